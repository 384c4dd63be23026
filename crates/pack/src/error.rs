//! What can be wrong with the bytes of a pack.

use crate::fault::Fault;
use crate::format::{FORMAT_VERSION, SectionTag};

/// Why bytes are not a pack that this reader can use. `Display` says what is wrong and what to do,
/// [`PackError::code`] says the same to programs.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PackError {
    /// The bytes do not begin like a pack: another kind of file, such as an error page of the host.
    #[error(
        "this is not a turnsearch pack: it does not begin with the pack signature; \
         check that the address names a pack file or module made by `turnsearch build`"
    )]
    NotAPack,
    /// The pack was made by another generation of the builder.
    #[error(
        "the pack has format version {found}, this engine reads version {reads}; \
         rebuild the pack, or use the engine it was built with",
        reads = FORMAT_VERSION
    )]
    Version {
        /// Version that the pack states.
        found: u16,
    },
    /// Fewer or more bytes arrived than the pack says it has.
    #[error(
        "the pack is cut short or has been added to: it should have {expected} bytes and has \
         {found}{place}; fetch or copy it again",
        place = section.map(|section| format!(", up to section {section}")).unwrap_or_default()
    )]
    Length {
        /// Bytes that the header promises.
        expected: u64,
        /// Bytes that are there.
        found: u64,
        /// The section in which the bytes end too early, where the header came through.
        section: Option<SectionTag>,
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
    #[error("section {section} of the pack is malformed: {fault}; rebuild the pack")]
    Malformed {
        /// The section.
        section: SectionTag,
        /// What is impossible about it.
        fault: Fault,
    },
}

impl PackError {
    /// The error of a pack in which `section` has this fault.
    #[cold]
    #[inline(never)]
    pub(crate) fn malformed(section: SectionTag, fault: Fault) -> Self {
        let section = match fault {
            Fault::TextTooLong => SectionTag::TEXT,
            _ => section,
        };
        Self::Malformed { section, fault }
    }

    /// The error as a code with its values, separated by blanks: `pack/damaged coll`. Whoever shows
    /// it to readers words it in their language; the codes are listed in `docs/FORMAT.md`.
    ///
    /// Needs no formatting machinery, which would cost the engine several kilobytes.
    pub fn code(&self) -> String {
        let mut code = "pack/".to_owned();
        let mut say = |words: &[&str]| {
            for word in words {
                code.push_str(word);
            }
        };
        match self {
            Self::NotAPack => say(&["not-a-pack"]),
            Self::Version { found } => {
                let (found, reads) = (u64::from(*found), u64::from(FORMAT_VERSION));
                say(&["version ", &decimal(found), " ", &decimal(reads)]);
            }
            Self::Length {
                expected,
                found,
                section,
            } => {
                let lengths = [&decimal(*expected), " ", &decimal(*found)];
                match section {
                    None => say(&["length "]),
                    Some(_) => say(&["cut "]),
                }
                say(&lengths);
                if let Some(section) = section {
                    say(&[" ", section.as_str()]);
                }
            }
            Self::Header => say(&["header"]),
            Self::Checksum { section } => say(&["damaged ", section.as_str()]),
            Self::Missing { section } => say(&["missing ", section.as_str()]),
            Self::Malformed { section, fault } => {
                say(&["malformed ", section.as_str(), " ", fault.code()]);
            }
        }
        code
    }
}

fn decimal(number: u64) -> String {
    let mut digits = if number > 9 {
        decimal(number / 10)
    } else {
        String::new()
    };
    digits.push(char::from(b'0' + (number % 10) as u8));
    digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_carry_their_values() {
        let section = SectionTag::COLLECTION;
        let length = |section| PackError::Length {
            expected: 100,
            found: 50,
            section,
        };
        for (error, code) in [
            (PackError::NotAPack, "pack/not-a-pack"),
            (PackError::Version { found: 7 }, "pack/version 7 1"),
            (length(None), "pack/length 100 50"),
            (length(Some(section)), "pack/cut 100 50 coll"),
            (PackError::Header, "pack/header"),
            (PackError::Checksum { section }, "pack/damaged coll"),
            (PackError::Missing { section }, "pack/missing coll"),
            (
                PackError::malformed(section, Fault::TextTooLong),
                "pack/malformed text text-too-long",
            ),
        ] {
            assert_eq!(error.code(), code);
        }
    }

    #[test]
    fn messages_say_where_a_pack_ends() {
        let error = PackError::Length {
            expected: 100,
            found: 50,
            section: Some(SectionTag::TEXT),
        };
        let message = error.to_string();
        assert!(
            message.contains("100 bytes and has 50, up to section text; "),
            "{message}"
        );
    }
}
