//! What can be impossible about a section whose checksum is right.

/// What is impossible about a section. One byte, so that the results of all that reads stay small.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// It ends too early.
    #[error("it ends too early")]
    EndsEarly,
    /// A number is too large.
    #[error("a number is too large")]
    NumberTooLarge,
    /// A number is too long.
    #[error("a number is too long")]
    NumberTooLong,
    /// A count is larger than the pack has room for.
    #[error("a count is larger than the pack has room for")]
    CountTooLarge,
    /// It has bytes left over.
    #[error("it has bytes left over")]
    LeftOver,
    /// A literal is no character.
    #[error("a literal is no character")]
    LiteralNoCharacter,
    /// Its code lengths make no code.
    #[error("its code lengths make no code")]
    NoCode,
    /// A rule uses a symbol that comes after it.
    #[error("a rule uses a symbol that comes after it")]
    LaterSymbol,
    /// A rule expands to too much text.
    #[error("a rule expands to too much text")]
    RuleTooLong,
    /// A number is no character.
    #[error("a number is no character")]
    NoCharacter,
    /// A character folds to too much text.
    #[error("a character folds to too much text")]
    FoldsTooLong,
    /// A syllable is not ASCII.
    #[error("a syllable is not ASCII")]
    SyllableNotAscii,
    /// An ideograph has too many readings.
    #[error("an ideograph has too many readings")]
    TooManyReadings,
    /// A syllable is unknown.
    #[error("a syllable is unknown")]
    UnknownSyllable,
    /// It is no fst map.
    #[error("it is no fst map")]
    NoMap,
    /// Its root is outside.
    #[error("its root is outside")]
    RootOutside,
    /// Too many turns.
    #[error("too many turns")]
    TooManyTurns,
    /// A speaker is unknown.
    #[error("a speaker is unknown")]
    UnknownSpeaker,
    /// A heading is unknown.
    #[error("a heading is unknown")]
    UnknownHeading,
    /// Its headings are too long.
    #[error("its headings are too long")]
    HeadingsTooLong,
    /// A time is too large.
    #[error("a time is too large")]
    TimeTooLarge,
    /// An event is in no turn.
    #[error("an event is in no turn")]
    EventInNoTurn,
    /// It promises more text than a pack of its size may hold.
    #[error("it promises more text than a pack of its size may hold")]
    TooMuchText,
    /// A text is longer than the pack says. It is a fault of the section `text`, whichever section
    /// asked for the text.
    #[error("a text is longer than the pack says")]
    TextTooLong,
    /// It has another length than the pack says.
    #[error("it has another length than the pack says")]
    OtherLength,
}

impl Fault {
    /// The word that stands for the fault in the code of an error.
    pub fn code(self) -> &'static str {
        match self {
            Self::EndsEarly => "ends-early",
            Self::NumberTooLarge => "number-too-large",
            Self::NumberTooLong => "number-too-long",
            Self::CountTooLarge => "count-too-large",
            Self::LeftOver => "left-over",
            Self::LiteralNoCharacter => "literal-no-character",
            Self::NoCode => "no-code",
            Self::LaterSymbol => "later-symbol",
            Self::RuleTooLong => "rule-too-long",
            Self::NoCharacter => "no-character",
            Self::FoldsTooLong => "folds-too-long",
            Self::SyllableNotAscii => "syllable-not-ascii",
            Self::TooManyReadings => "too-many-readings",
            Self::UnknownSyllable => "unknown-syllable",
            Self::NoMap => "no-map",
            Self::RootOutside => "root-outside",
            Self::TooManyTurns => "too-many-turns",
            Self::UnknownSpeaker => "unknown-speaker",
            Self::UnknownHeading => "unknown-heading",
            Self::HeadingsTooLong => "headings-too-long",
            Self::TimeTooLarge => "time-too-large",
            Self::EventInNoTurn => "event-in-no-turn",
            Self::TooMuchText => "too-much-text",
            Self::TextTooLong => "text-too-long",
            Self::OtherLength => "other-length",
        }
    }
}

/// `Ok` where everything is `fine`.
pub(crate) fn check(fine: bool, fault: Fault) -> Result<(), Fault> {
    if fine { Ok(()) } else { Err(fault) }
}
