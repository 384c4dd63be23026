//! Text with delimiters to cells, each with its line.
//!
//! `csv-core` finds where cells and rows end; what they hold is cut out of the source, so that a
//! quotation mark that quotes nothing stays text, and one that is open at the end is found.

use std::borrow::Cow;

use csv_core::{ReadFieldResult, ReaderBuilder};

use crate::fault::Fault;

/// How cells are separated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Dialect {
    /// The sign between two cells.
    pub delimiter: u8,
    /// Quotation marks around a cell are no text of it.
    pub quoted: bool,
}

/// A cell of a table.
#[derive(Debug, Clone)]
pub(crate) struct Cell<'t> {
    /// Line of the source, from 1.
    pub line: u32,
    /// What it holds, without the quotation marks around it.
    pub text: Cow<'t, str>,
    /// Whether quotation marks stand around it.
    pub quoted: bool,
    /// Where the source has it, marks included.
    start: usize,
}

impl Cell<'_> {
    /// Whether it holds nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// A row of a table.
#[derive(Debug, Clone)]
pub(crate) struct Row<'t> {
    /// Its cells; at least one.
    pub cells: Vec<Cell<'t>>,
    /// Where it ends in the source, line end included.
    end: usize,
}

impl<'t> Row<'t> {
    /// Line on which it begins.
    pub fn line(&self) -> u32 {
        self.cells.first().map_or(1, |cell| cell.line)
    }

    /// The cell of a column, if there is one that is not blank.
    pub fn get(&self, column: Option<usize>) -> Option<&Cell<'t>> {
        self.cells.get(column?).filter(|cell| !cell.is_blank())
    }

    /// Whether no cell holds anything.
    pub fn is_blank(&self) -> bool {
        self.cells.iter().all(Cell::is_blank)
    }

    /// Takes the delimiters inside the last of `columns` cells for text: nobody put it into
    /// quotation marks.
    pub fn join_from(&mut self, last: usize, source: &'t str, dialect: Dialect) {
        let Some(cell) = self.cells.get(last) else {
            return;
        };
        let raw = source[cell.start..self.end].trim_end();
        let text = unquoted(raw, dialect).unwrap_or(Cow::Borrowed(raw));
        self.cells.truncate(last + 1);
        if let Some(cell) = self.cells.last_mut() {
            cell.text = text;
        }
    }
}

/// The rows of a table; blank lines are none.
///
/// # Errors
/// A quotation mark that never closes, or that closes on a later line in the middle of a cell: the
/// rows between would be in the mouth of whoever opened it.
pub(crate) fn rows(source: &str, dialect: Dialect) -> Result<Vec<Row<'_>>, Fault> {
    let mut reader = ReaderBuilder::new()
        .delimiter(dialect.delimiter)
        .quoting(dialect.quoted)
        .build();
    // What the cells hold is cut out of the source.
    let mut unused = [0; 1024];
    let mut lines = Lines::new(source);
    let mut rows = Vec::new();
    let mut cells = Vec::new();
    let (mut at, mut start) = (0, 0);
    loop {
        let (result, read, _) = reader.read_field(&source.as_bytes()[at..], &mut unused);
        at += read;
        let ends = match result {
            ReadFieldResult::InputEmpty | ReadFieldResult::OutputFull => continue,
            ReadFieldResult::End => return Ok(rows),
            ReadFieldResult::Field { record_end } => record_end,
        };
        if cells.is_empty() {
            let blank = |c: char| c == '\n' || c == '\r';
            start = at - source[start..at].trim_start_matches(blank).len();
        }
        let raw = &source[start..at];
        let raw = if ends {
            raw.strip_suffix(['\n', '\r']).unwrap_or(raw)
        } else {
            raw.strip_suffix(char::from(dialect.delimiter))
                .unwrap_or(raw)
        };
        let line = lines.at(start);
        let text = match unquoted(raw, dialect) {
            Some(text) => text,
            None if raw.contains('\n') || at == source.len() && !is_closed(raw) => {
                return Err(open_quote(line));
            }
            None => Cow::Borrowed(raw),
        };
        cells.push(Cell {
            line,
            quoted: dialect.quoted && raw.starts_with('"') && text.len() < raw.len(),
            text,
            start,
        });
        start = at;
        if ends {
            rows.push(Row {
                cells: std::mem::take(&mut cells),
                end: at,
            });
        }
    }
}

/// What a cell holds without the marks around it; nothing where it has one that does not quote all
/// of it.
fn unquoted(raw: &str, dialect: Dialect) -> Option<Cow<'_, str>> {
    let Some(inner) = raw.strip_prefix('"').filter(|_| dialect.quoted) else {
        return Some(Cow::Borrowed(raw));
    };
    let inner = inner.trim_end().strip_suffix('"')?;
    if !inner.contains('"') {
        return Some(Cow::Borrowed(inner));
    }
    let halved = inner.replace("\"\"", "");
    (!halved.contains('"')).then(|| Cow::Owned(inner.replace("\"\"", "\"")))
}

/// Whether a cell that begins with a mark has another one.
fn is_closed(raw: &str) -> bool {
    raw.strip_prefix('"')
        .is_some_and(|inner| inner.replace("\"\"", "").contains('"'))
}

fn open_quote(line: u32) -> Fault {
    let problem = "the quotation mark that opens here never closes; close it, or write it twice \
                   (`\"\"`) inside of a cell in quotation marks if it is text";
    Fault::at(line, problem)
}

/// Counts lines of places that are asked for in their order.
struct Lines<'t> {
    source: &'t [u8],
    end: u8,
    counted: usize,
    line: u32,
}

impl<'t> Lines<'t> {
    fn new(source: &'t str) -> Self {
        Lines {
            source: source.as_bytes(),
            end: if source.contains('\n') { b'\n' } else { b'\r' },
            counted: 0,
            line: 1,
        }
    }

    fn at(&mut self, offset: usize) -> u32 {
        let new = &self.source[self.counted..offset];
        let ends = memchr::memchr_iter(self.end, new).count();
        self.line = self
            .line
            .saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.counted = offset;
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Dialect = Dialect {
        delimiter: b',',
        quoted: true,
    };

    fn read(source: &str) -> Result<Vec<Vec<(u32, String)>>, usize> {
        let rows = rows(source, COMMA).map_err(|fault| match fault {
            Fault::Syntax { line, .. } => line,
            other => panic!("{other:?}"),
        })?;
        let cells = |row: &Row| {
            let cells = row.cells.iter();
            cells
                .map(|cell| (cell.line, cell.text.to_string()))
                .collect()
        };
        Ok(rows.iter().map(cells).collect())
    }

    fn row(line: u32, cells: &[&str]) -> Vec<(u32, String)> {
        cells.iter().map(|&cell| (line, cell.to_owned())).collect()
    }

    #[test]
    fn cells_are_what_stands_between_delimiters_with_their_lines() {
        for (source, expected) in [
            ("a,b\nc,d", vec![row(1, &["a", "b"]), row(2, &["c", "d"])]),
            (
                "\n\na,b\r\n\r\nc,\r\n",
                vec![row(3, &["a", "b"]), row(5, &["c", ""])],
            ),
            (
                "a,\"b, \"\"c\"\"\"\rd,e\r",
                vec![row(1, &["a", "b, \"c\""]), row(2, &["d", "e"])],
            ),
            (
                "a,\"\"\nb,\"\"\"\"",
                vec![row(1, &["a", ""]), row(2, &["b", "\""])],
            ),
            ("a,é \"x\" y\n", vec![row(1, &["a", "é \"x\" y"])]),
            ("a,\"x\" he said\n", vec![row(1, &["a", "\"x\" he said"])]),
            ("a,\"x\" \n", vec![row(1, &["a", "x"])]),
            ("", vec![]),
        ] {
            assert_eq!(read(source), Ok(expected), "{source:?}");
        }
        let broken = read("a,\"b\n\nc\",d\ne,f\n").expect("closed");
        assert_eq!(broken[0][1], (1, "b\n\nc".to_owned()));
        assert_eq!(broken[0][2], (3, "d".to_owned()));
        assert_eq!(broken[1][0].0, 4);
    }

    #[test]
    fn a_mark_that_never_closes_is_named_with_the_line_on_which_it_opens() {
        for (source, line) in [
            ("a,b\nc,\"d\ne,f\n", 2),
            ("a,b\nc,\"d", 2),
            ("a,b\nc,\"", 2),
            ("a,\"b\nc,\"d\"\ne,f", 1),
            ("a,\"b\nc,\"d, e\"\n", 1),
        ] {
            assert_eq!(read(source), Err(line), "{source:?}");
        }
    }

    #[test]
    fn delimiters_inside_the_last_cell_are_text() {
        let source = "a, well, \"yes\", no\n";
        let mut rows = rows(source, COMMA).expect("closed");
        rows[0].join_from(1, source, COMMA);
        assert_eq!(rows[0].cells[1].text, " well, \"yes\", no");
    }
}
