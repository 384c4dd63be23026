//! How the two edges of a needle must meet the text around it.

use turnsearch_text::is_token;

use crate::compact::chars;

/// How the edges of a needle that are token characters must meet the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Edge {
    /// At the edge of a token.
    Token,
    /// The end of the needle may lie inside a token: its last word is still being typed.
    Prefix,
}

/// The edges of a needle.
pub(super) struct NeedleEdges {
    pub length: usize,
    /// Whether no token may end where it begins.
    pub begins_token: bool,
    /// Whether no token may begin where it ends.
    pub ends_token: bool,
}

impl NeedleEdges {
    pub(super) fn of(needle: &str, edge: Edge) -> Self {
        Self {
            length: needle.len(),
            begins_token: is_token_at(chars::first(needle)),
            ends_token: edge == Edge::Token && is_token_at(chars::last(needle)),
        }
    }
}

pub(super) fn is_token_at(c: Option<char>) -> bool {
    c.is_some_and(is_token)
}
