//! What a reader chose besides the query.

use turnsearch_model::{MeetingId, SpeakerId};

/// Restrictions; an empty list restricts nothing. Within a list one must fit, and all lists must.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Who speaks.
    pub speakers: Vec<SpeakerId>,
    /// In which meetings.
    pub meetings: Vec<MeetingId>,
    /// Years, four digits.
    pub years: Vec<String>,
}

impl Filter {
    /// Whether nothing is restricted.
    pub fn is_empty(&self) -> bool {
        self.speakers.is_empty() && self.meetings.is_empty() && self.years.is_empty()
    }
}
