//! What a caller knows of a source beforehand.

use crate::column_names::ColumnNames;
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
