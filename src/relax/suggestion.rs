//! One thing to offer while a reader types.

use turnsearch_model::{MeetingId, SpeakerId};

/// One thing to offer while a reader types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// What to show.
    pub text: String,
    /// What to put into the box.
    pub insert: String,
    /// A remark: an alias, a date.
    pub detail: String,
    /// How many turns it leads to.
    pub turns: usize,
}

/// Kinds of [`Suggestion`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuggestionKind {
    /// A person or office.
    Speaker(SpeakerId),
    /// A meeting.
    Meeting(MeetingId),
    /// A key phrase of the collection.
    Phrase,
    /// A word that begins like the last one typed.
    Term,
    /// A word spelt almost like one typed.
    Correction,
}

impl SuggestionKind {
    /// The name used on the command line and in the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speaker(_) => "speaker",
            Self::Meeting(_) => "meeting",
            Self::Phrase => "phrase",
            Self::Term => "term",
            Self::Correction => "correction",
        }
    }
}
