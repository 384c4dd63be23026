//! What a person says of the columns of tables.

use std::fmt;

use serde::Deserialize;

/// Which column of a table holds what. What is not given is found by the names in its first row, or
/// by what the columns hold.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct ColumnNames {
    /// Who speaks.
    pub speaker: Option<ColumnName>,
    /// What is said.
    pub text: Option<ColumnName>,
    /// When it begins.
    pub start: Option<ColumnName>,
    /// When it ends.
    pub end: Option<ColumnName>,
}

impl ColumnNames {
    /// No column is given.
    pub const NONE: ColumnNames = ColumnNames {
        speaker: None,
        text: None,
        start: None,
        end: None,
    };
}

/// One column of a table.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(
    untagged,
    expecting = "expected the name of a column, or its number from 1"
)]
pub enum ColumnName {
    /// By its place, from 1.
    Number(usize),
    /// By its name; case, blanks and signs mean nothing.
    Name(String),
}

impl fmt::Display for ColumnName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ColumnName::Number(number) => write!(f, "{number}"),
            ColumnName::Name(name) => write!(f, "`{name}`"),
        }
    }
}
