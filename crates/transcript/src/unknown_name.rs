//! A name that a person wrote and that nothing has.

use thiserror::Error;

/// A name that no format or encoding has.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
#[error("no {kind} is called `{name}`; known are {}", known.join(", "))]
pub struct UnknownName {
    /// What was asked for: `format` or `encoding`.
    pub kind: &'static str,
    /// The name as written.
    pub name: String,
    /// The names that would have been understood.
    pub known: Vec<&'static str>,
}
