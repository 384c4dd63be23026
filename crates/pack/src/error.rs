//! What can be wrong with the bytes of a pack.

use crate::container::{FORMAT_VERSION, SectionTag};

/// Why bytes are not a pack that this reader can use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}", self.message())]
#[non_exhaustive]
pub enum PackError {
    /// The bytes do not begin like a pack: another kind of file, such as an error page of the host.
    NotAPack,
    /// The pack was made by another generation of the builder.
    Version {
        /// Version that the pack states.
        found: u16,
    },
    /// Fewer or more bytes arrived than the pack says it has.
    Length {
        /// Bytes that the header promises.
        expected: u64,
        /// Bytes that are there.
        found: u64,
        /// The section in which the bytes end too early, where the header came through.
        section: Option<SectionTag>,
    },
    /// The header or the section table does not match its checksum.
    Header,
    /// The content of a section does not match its checksum.
    Checksum {
        /// The damaged section.
        section: SectionTag,
    },
    /// A section that every pack has is not there.
    Missing {
        /// The section that was looked for.
        section: SectionTag,
    },
    /// A section is intact but says something impossible: it was not made by the builder.
    Malformed {
        /// The section.
        section: SectionTag,
        /// What is impossible about it.
        what: &'static str,
    },
}

impl PackError {
    /// What is wrong and what to do. `Display` shows the same; this needs no formatting machinery,
    /// which would cost the engine several kilobytes.
    pub fn message(&self) -> String {
        let say = |parts: &[&str]| parts.iter().copied().collect();
        match self {
            Self::NotAPack => say(&[
                "this is not a turnsearch pack: it does not begin with the pack signature; check that the address names a pack file or module made by `turnsearch build`",
            ]),
            Self::Version { found } => say(&[
                "the pack has format version ",
                &found.to_string(),
                ", this engine reads version ",
                &FORMAT_VERSION.to_string(),
                "; rebuild the pack, or use the engine it was built with",
            ]),
            Self::Length {
                expected,
                found,
                section,
            } => say(&[
                "the pack is cut short or has been added to: it should have ",
                &expected.to_string(),
                " bytes and has ",
                &found.to_string(),
                section.map_or("", |_| ", up to section "),
                section.as_ref().map_or("", SectionTag::as_str),
                "; fetch or copy it again",
            ]),
            Self::Header => say(&["the header of the pack is damaged; fetch or copy it again"]),
            Self::Checksum { section } => say(&[
                "section ",
                section.as_str(),
                " of the pack is damaged (its checksum differs); fetch or copy it again",
            ]),
            Self::Missing { section } => say(&[
                "section ",
                section.as_str(),
                " of the pack is missing; rebuild the pack",
            ]),
            Self::Malformed { section, what } => say(&[
                "section ",
                section.as_str(),
                " of the pack is malformed: ",
                what,
                "; rebuild the pack",
            ]),
        }
    }
}
