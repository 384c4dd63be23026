//! What a query found, before the reader's filters.

use crate::find::matched::Matched;
use crate::find::plan::Plan;
use crate::index::turn_set::TurnSet;

/// What a query found, before the reader's filters: any page of the answer can be made of it.
#[derive(Debug, Clone)]
pub struct Found {
    pub(crate) plan: Plan,
    pub(crate) matched: Matched,
    pub(crate) turns: TurnSet,
    /// Whether the query is a question, so that answers are wanted and not those who ask it too.
    pub(crate) question: bool,
    /// Whether the query asks for nothing: then only the reader's filters do.
    pub(crate) unasked: bool,
}
