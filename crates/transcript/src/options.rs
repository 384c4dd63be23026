//! What a caller knows of a source beforehand.

use std::fmt;

use serde::Deserialize;

use crate::encoding::Encoding;
use crate::formats::Format;

/// Largest source that is read, in bytes. Offsets fit into 32 bits well below it, and a file of
/// this size is not one meeting.
pub const MAX_BYTES: usize = 256 << 20;

/// What a caller knows of a source beforehand. What is not given is detected.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format.
    pub format: Option<Format>,
    /// The encoding.
    pub encoding: Option<Encoding>,
    /// The columns of tables.
    pub columns: ColumnNames,
}

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
