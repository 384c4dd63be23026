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
        let mut message = String::new();
        let mut say = |text: &str| message.push_str(text);
        match self {
            Self::NotAPack => say(
                "this is not a turnsearch pack: it does not begin with the pack signature; check that the address names a pack file or module made by `turnsearch build`",
            ),
            Self::Version { found } => {
                say("the pack has format version ");
                say(&decimal(u64::from(*found)));
                say(", this engine reads version ");
                say(&decimal(u64::from(FORMAT_VERSION)));
                say("; rebuild the pack, or use the engine it was built with");
            }
            Self::Length {
                expected,
                found,
                section,
            } => {
                say("the pack is cut short or has been added to: it should have ");
                say(&decimal(*expected));
                say(" bytes and has ");
                say(&decimal(*found));
                if let Some(section) = section {
                    say(", up to section ");
                    say(section.as_str());
                }
                say(AGAIN);
            }
            Self::Header => {
                say("the header of the pack is damaged");
                say(AGAIN);
            }
            Self::Checksum { section } => {
                say(SECTION);
                say(section.as_str());
                say(" of the pack is damaged (its checksum differs)");
                say(AGAIN);
            }
            Self::Missing { section } => {
                say(SECTION);
                say(section.as_str());
                say(" of the pack is missing");
                say(REBUILD);
            }
            Self::Malformed { section, what } => {
                say(SECTION);
                say(section.as_str());
                say(" of the pack is malformed: ");
                say(what);
                say(REBUILD);
            }
        }
        message
    }
}

const SECTION: &str = "section ";
const AGAIN: &str = "; fetch or copy it again";
const REBUILD: &str = "; rebuild the pack";

fn decimal(number: u64) -> String {
    let mut digits = if number > 9 {
        decimal(number / 10)
    } else {
        String::new()
    };
    digits.push(char::from(b'0' + (number % 10) as u8));
    digits
}

/// What is impossible about a section. One byte, so that the results of all that reads stay small;
/// [`Fault::in_section`] makes the error of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    EndsEarly,
    NumberTooLarge,
    NumberTooLong,
    CountTooLarge,
    LeftOver,
    LiteralNoCharacter,
    NoCode,
    LaterSymbol,
    RuleTooLong,
    NoCharacter,
    FoldsTooLong,
    SyllableNotAscii,
    TooManyReadings,
    UnknownSyllable,
    NoMap,
    RootOutside,
    TooManyTurns,
    UnknownSpeaker,
    UnknownHeading,
    HeadingsTooLong,
    TimeTooLarge,
    EventInNoTurn,
    TooMuchText,
    /// Of the section `text`, whichever section asked for the text.
    TextTooLong,
    OtherLength,
}

impl Fault {
    /// The error of a pack in which `section` has this fault.
    #[cold]
    #[inline(never)]
    pub fn in_section(self, section: SectionTag) -> PackError {
        let section = match self {
            Self::TextTooLong => SectionTag::TEXT,
            _ => section,
        };
        let what = self.what();
        PackError::Malformed { section, what }
    }

    fn what(self) -> &'static str {
        match self {
            Self::EndsEarly => "it ends too early",
            Self::NumberTooLarge => "a number is too large",
            Self::NumberTooLong => "a number is too long",
            Self::CountTooLarge => "a count is larger than the pack has room for",
            Self::LeftOver => "it has bytes left over",
            Self::LiteralNoCharacter => "a literal is no character",
            Self::NoCode => "its code lengths make no code",
            Self::LaterSymbol => "a rule uses a symbol that comes after it",
            Self::RuleTooLong => "a rule expands to too much text",
            Self::NoCharacter => "a number is no character",
            Self::FoldsTooLong => "a character folds to too much text",
            Self::SyllableNotAscii => "a syllable is not ASCII",
            Self::TooManyReadings => "an ideograph has too many readings",
            Self::UnknownSyllable => "a syllable is unknown",
            Self::NoMap => "it is no fst map",
            Self::RootOutside => "its root is outside",
            Self::TooManyTurns => "too many turns",
            Self::UnknownSpeaker => "a speaker is unknown",
            Self::UnknownHeading => "a heading is unknown",
            Self::HeadingsTooLong => "its headings are too long",
            Self::TimeTooLarge => "a time is too large",
            Self::EventInNoTurn => "an event is in no turn",
            Self::TooMuchText => "it promises more text than a pack of its size may hold",
            Self::TextTooLong => "a text is longer than the pack says",
            Self::OtherLength => "it has another length than the pack says",
        }
    }
}

/// `Ok` where everything is `fine`.
pub(crate) fn check(fine: bool, fault: Fault) -> Result<(), Fault> {
    if fine { Ok(()) } else { Err(fault) }
}
