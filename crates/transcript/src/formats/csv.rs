//! Tables with commas or semicolons, and with tabs: a row for what one person says.

use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::tables::cells::{Dialect, rows};
use crate::tables::columns::Columns;
use crate::tables::rows::captions;

/// Whether the first line names columns of speech, with commas or semicolons between them.
pub(crate) fn sniff_csv(bytes: &[u8]) -> bool {
    has_header(bytes, b",;")
}

/// The same with tabs.
pub(crate) fn sniff_tsv(bytes: &[u8]) -> bool {
    has_header(bytes, b"\t")
}

fn has_header(bytes: &[u8], delimiters: &[u8]) -> bool {
    // What spreadsheets write above the header: `sep=;`.
    let mut lines = sniff::lines(bytes).skip_while(|line| line.starts_with("sep="));
    let Some(first) = lines.next() else {
        return false;
    };
    delimiters.iter().any(|&delimiter| {
        let dialect = Dialect {
            delimiter,
            quoted: true,
        };
        rows(first, dialect).is_ok_and(|rows| Columns::find(&rows).is_some())
    })
}

/// Reads a table, whichever sign separates its cells.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    captions(input.text()?, input.columns()).map(Shape::Captions)
}
