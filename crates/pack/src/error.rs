//! What can be wrong with the bytes of a pack.

use crate::container::{FORMAT_VERSION, SectionTag};

/// Why bytes are not a pack that this reader can use.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// The bytes do not begin like a pack: another kind of file, such as an error page of the host.
    #[error(
        "this is not a turnsearch pack: it does not begin with the pack signature; check that the address names a pack file or module made by `turnsearch build`"
    )]
    NotAPack,
    /// The pack was made by another generation of the builder.
    #[error(
        "the pack has format version {found}, this engine reads version {}; rebuild the pack, or use the engine it was built with",
        FORMAT_VERSION
    )]
    Version {
        /// Version that the pack states.
        found: u16,
    },
    /// Fewer or more bytes arrived than the pack says it has.
    #[error(
        "the pack is cut short or has been added to: it should have {expected} bytes and has {found}; fetch or copy it again"
    )]
    Length {
        /// Bytes that the header promises.
        expected: u64,
        /// Bytes that are there.
        found: u64,
    },
    /// The header or the section table does not match its checksum.
    #[error("the header of the pack is damaged; fetch or copy it again")]
    Header,
    /// The content of a section does not match its checksum.
    #[error(
        "section {section} of the pack is damaged (its checksum differs); fetch or copy it again"
    )]
    Checksum {
        /// The damaged section.
        section: SectionTag,
    },
    /// A section that every pack has is not there.
    #[error("section {section} of the pack is missing; rebuild the pack")]
    Missing {
        /// The section that was looked for.
        section: SectionTag,
    },
    /// A section is intact but says something impossible: it was not made by the builder.
    #[error("section {section} of the pack is malformed: {what}; rebuild the pack")]
    Malformed {
        /// The section.
        section: SectionTag,
        /// What is impossible about it.
        what: &'static str,
    },
}
