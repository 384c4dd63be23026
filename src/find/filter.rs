//! What a reader chose besides the query.

/// Restrictions; an empty list restricts nothing. Within a list one must fit, and all lists must.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Numbers of speakers in the collection.
    pub speakers: Vec<u32>,
    /// Numbers of meetings in the collection.
    pub meetings: Vec<u32>,
    /// Years, four digits.
    pub years: Vec<String>,
}

impl Filter {
    /// Whether nothing is restricted.
    pub fn is_empty(&self) -> bool {
        self.speakers.is_empty() && self.meetings.is_empty() && self.years.is_empty()
    }
}
