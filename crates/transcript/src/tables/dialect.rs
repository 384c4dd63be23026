//! How a table is written: which sign separates its cells, and whether quotation marks quote.

use std::collections::HashMap;

use crate::fault::Fault;
use crate::tables::cells::{Dialect, Row, rows};
use crate::tables::columns::Columns;

/// The signs that separate cells; where two fit alike, the first does.
const DELIMITERS: [u8; 3] = [b'\t', b';', b','];
/// So many bytes tell how a table is written.
const HEAD: usize = 64 << 10;
/// What spreadsheets write above a table: `sep=;`.
const DECLARATION: &str = "sep=";

/// A table with its cells found.
#[derive(Debug)]
pub(crate) struct Table<'t> {
    /// All rows, a header among them.
    pub rows: Vec<Row<'t>>,
    /// How they are written.
    pub dialect: Dialect,
    /// The line above the rows that says how they are written.
    pub declaration: Option<&'t str>,
}

/// Reads the rows of a table, however it is written.
pub(crate) fn read(text: &str) -> Result<Table<'_>, Fault> {
    let declared = declared(text);
    let delimiter = declared.map_or_else(|| delimiter(head(text)), |(_, sign)| sign);
    let quoted = Dialect {
        delimiter,
        quoted: true,
    };
    let literal = Dialect {
        delimiter,
        quoted: false,
    };
    let (rows, dialect) = if delimiter == b'\t' {
        tabbed(text, quoted, literal)?
    } else {
        (rows(text, quoted)?, quoted)
    };
    let skipped = usize::from(declared.is_some());
    Ok(Table {
        rows: rows.into_iter().skip(skipped).collect(),
        dialect,
        declaration: declared.map(|(line, _)| line),
    })
}

/// The rows of a table with tabs. Programs that write these quote nothing, but some do.
fn tabbed(text: &str, quoted: Dialect, literal: Dialect) -> Result<(Vec<Row<'_>>, Dialect), Fault> {
    let as_text = rows(text, literal)?;
    let is_regular = regularity(&as_text) == 100;
    match rows(text, quoted) {
        Ok(found) if are_quotes(&found, is_regular) => Ok((found, quoted)),
        Err(fault) if !is_regular => Err(fault),
        Ok(_) | Err(_) => Ok((as_text, literal)),
    }
}

/// The first line, if it says which sign separates cells, and the sign.
fn declared(text: &str) -> Option<(&str, u8)> {
    let line = text.lines().next()?.trim_end();
    let sign = line.trim_matches('"').strip_prefix(DECLARATION)?;
    match sign.as_bytes() {
        [sign] if sign.is_ascii_punctuation() || *sign == b'\t' => Some((line, *sign)),
        [] => Some((line, b'\t')),
        _ => None,
    }
}

/// The beginning of a text, in whole lines.
pub(crate) fn head(text: &str) -> &str {
    if text.len() <= HEAD {
        return text;
    }
    let mut end = HEAD;
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let head = &text[..end];
    head.rfind('\n').map_or(head, |end| &head[..=end])
}

/// The sign with which the beginning has a header, or rows that are alike.
fn delimiter(head: &str) -> u8 {
    let rate = |&delimiter: &u8| {
        let found = [true, false].into_iter().find_map(|quoted| {
            let dialect = Dialect { delimiter, quoted };
            rows(head, dialect).ok()
        });
        let found = found.unwrap_or_default();
        (Columns::find(&found).is_some(), regularity(&found))
    };
    let best = DELIMITERS
        .iter()
        .rev()
        .max_by_key(|delimiter| rate(delimiter));
    best.copied().unwrap_or(b',')
}

/// How many rows of a hundred have as many cells as most have; 0 where most have one.
fn regularity(rows: &[Row]) -> usize {
    let mut counts: HashMap<usize, usize> = HashMap::new();
    for row in rows {
        *counts.entry(row.cells.len()).or_default() += 1;
    }
    let most = counts
        .into_iter()
        .max_by_key(|&(cells, rows)| (rows, cells));
    match most {
        Some((cells, count)) if cells > 1 => count * 100 / rows.len(),
        _ => 0,
    }
}

/// Whether marks around cells quote them: they do where one holds what must be quoted, or where all
/// cells of a column stand in marks. If all lines have as many cells without them, line ends and
/// tabs were not quoted.
fn are_quotes(rows: &[Row], is_regular: bool) -> bool {
    let must = |text: &str| text.contains('"') || !is_regular && text.contains(['\n', '\r', '\t']);
    let mut cells = rows.iter().flat_map(|row| &row.cells);
    if cells.any(|cell| cell.quoted && must(&cell.text)) {
        return true;
    }
    let body = rows.get(1..).unwrap_or_default();
    let width = body.iter().map(|row| row.cells.len()).max().unwrap_or(0);
    (0..width).any(|column| {
        let mut cells = body.iter().filter_map(|row| row.get(Some(column)));
        body.len() > 1 && cells.clone().next().is_some() && cells.all(|cell| cell.quoted)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(text: &str) -> Vec<Vec<String>> {
        let table = read(text).unwrap_or_else(|fault| panic!("{text:?}: {fault:?}"));
        let cells = |row: &Row| row.cells.iter().map(|cell| cell.text.to_string()).collect();
        table.rows.iter().map(cells).collect()
    }

    #[test]
    fn the_delimiter_is_told_by_the_header_and_by_rows_that_are_alike() {
        for (text, delimiter) in [
            ("speaker,text\nA,x; y; z\n", b','),
            ("Sprecher;Text\nA;x, y\nB;z\n", b';'),
            ("speaker\ttext\nA\tx, y; z\n", b'\t'),
            ("A;x, y, z\nB;x\nA;y, z\n", b';'),
            ("sep=|\nspeaker|text\nA|x, y\n", b'|'),
        ] {
            let table = read(text).expect("a table");
            assert_eq!(table.dialect.delimiter, delimiter, "{text}");
            assert_eq!(table.rows[0].cells.len(), 2, "{text}");
        }
    }

    #[test]
    fn marks_in_tables_with_tabs_quote_only_where_something_must_be_quoted() {
        let open = shown("start\tend\ttext\n0\t9\t\"Well\n9\t20\tyes\"\n");
        assert_eq!(
            (open[1][2].as_str(), open[2][2].as_str()),
            ("\"Well", "yes\"")
        );
        let whole = shown("start\tend\ttext\n0\t9\t\"Well\"\n9\t20\tyes\n");
        assert_eq!(whole[1][2], "\"Well\"");
        let quoted = shown("speaker\ttext\nA\t\"x\ty\"\nB\t\"z\"\n");
        assert_eq!(
            (quoted[1][1].as_str(), quoted[2][1].as_str()),
            ("x\ty", "z")
        );
    }
}
