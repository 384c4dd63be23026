//! What is asked of a searcher.

use crate::find::filter::Filter;

/// A search.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What the reader typed; see [`crate::Query`].
    pub query: String,
    /// How many hits to return.
    pub limit: usize,
    /// How many hits to skip.
    pub offset: usize,
    /// Order of the hits.
    pub sort: Sort,
    /// Whether the reader is still typing: the last word then matches as a beginning, too.
    pub typing: bool,
    /// What the reader chose besides the query.
    pub filter: Filter,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            query: String::new(),
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            typing: false,
            filter: Filter::default(),
        }
    }
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first; equals in the order of meeting and turn.
    #[default]
    Relevance,
    /// Oldest meeting first, each in the order in which it was held.
    Time,
    /// The meeting with the most hits first, each in the order in which it was held.
    Meeting,
}

impl Sort {
    /// The order with this name: `relevance`, `time` or `meeting`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "relevance" => Self::Relevance,
            "time" => Self::Time,
            "meeting" => Self::Meeting,
            _ => return None,
        })
    }
}
