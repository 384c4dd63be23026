//! Transcripts that are set as a table: who speaks, and perhaps when, in columns beside the text.

use std::collections::HashMap;
use std::ops::Range;

use crate::lines::source::Source;
use crate::signs::label::Label;
use crate::signs::names::key;
use crate::signs::series::Series;
use crate::signs::stamp;
use crate::turns::furniture::Reason;
use crate::turns::marks::Mark;

/// A table with fewer rows shows nothing.
const MIN_ROWS: usize = 3;
/// A table with more columns is none of speech.
const MAX_COLUMNS: usize = 6;
/// Share of the lines that are rows.
const ROWS: f32 = 0.8;
/// A name is not longer than this, in bytes.
const MAX_NAME: usize = 110;

/// A table of speech.
#[derive(Debug)]
pub(crate) struct Table {
    /// One label for each row.
    pub series: Series,
    /// The signs between the cells.
    pub marks: Vec<Mark>,
    /// The two lines of its head.
    pub head: Range<usize>,
}

/// The table that the source is, if it is one: the text stands in the last column, and before it
/// a column with names that come back.
pub(crate) fn find(source: &Source) -> Option<Table> {
    let lines = 0..source.lines.len();
    let is_row = |line: &usize| source.line(*line).starts_with('|');
    let delimiter = lines
        .clone()
        .skip(1)
        .find(|&line| is_delimiter(source.line(line)))?;
    let columns = cells(source, delimiter).len();
    let rows: Vec<(usize, Vec<Range<usize>>)> = (delimiter + 1..lines.end)
        .take_while(is_row)
        .map(|line| (line, cells(source, line)))
        .collect();
    let is_table = rows.len() >= MIN_ROWS
        && (2..=MAX_COLUMNS).contains(&columns)
        && cells(source, delimiter - 1).len() == columns
        && rows.iter().all(|(_, cells)| cells.len() == columns)
        && rows.len() as f32 >= ROWS * (lines.end - delimiter - 1) as f32;
    if !is_table {
        return None;
    }
    let text = columns - 1;
    let times = (0..text).find(|&column| {
        let mut cells = rows.iter().map(|(_, cells)| &cells[column]);
        cells.all(|cell| stamp::alone(&source.text[cell.clone()]).is_some())
    });
    let names =
        (0..text).find(|&column| Some(column) != times && comes_back(source, &rows, column))?;
    let (mut labels, mut marks) = (Vec::new(), Vec::new());
    for (line, cells) in &rows {
        let pieces = cells[..text]
            .iter()
            .filter(|cell| !cell.is_empty())
            .cloned();
        let name = source.text[cells[names].clone()].to_owned();
        let mut label = Label::on(*line, pieces.collect(), cells[text].start, name);
        label.start_ms = times.and_then(|times| stamp::alone(&source.text[cells[times].clone()]));
        labels.push(label);
        let start = source.lines[*line].range.start;
        marks.extend(bars(source.line(*line)).map(|bar| start + bar..start + bar + 1));
    }
    Some(Table {
        series: Series {
            labels,
            ..Series::default()
        },
        marks: marks
            .into_iter()
            .map(|range| Mark {
                range,
                reason: Reason::Markup,
            })
            .collect(),
        head: delimiter - 1..delimiter + 1,
    })
}

/// Whether the names of a column are short, and one of them comes back after another.
fn comes_back(source: &Source, rows: &[(usize, Vec<Range<usize>>)], column: usize) -> bool {
    let mut last_seen: HashMap<String, usize> = HashMap::new();
    let mut returns = 0;
    for (at, (_, cells)) in rows.iter().enumerate() {
        let name = &source.text[cells[column].clone()];
        if name.len() > MAX_NAME || !name.contains(char::is_alphabetic) {
            return false;
        }
        let before = last_seen.insert(key(name), at);
        returns += usize::from(before.is_some_and(|before| before + 1 < at));
    }
    returns > 0 && 2 * last_seen.len() <= rows.len() + 1
}

/// The cells of a row without the blanks around them, as bytes of the source.
fn cells(source: &Source, line: usize) -> Vec<Range<usize>> {
    let start = source.lines[line].range.start;
    let text = source.line(line);
    let mut bars: Vec<usize> = bars(text).collect();
    if !text.ends_with('|') {
        bars.push(text.len());
    }
    bars.windows(2)
        .map(|pair| {
            let cell = &text[pair[0] + 1..pair[1]];
            let blanks = cell.len() - cell.trim_start().len();
            let from = start + pair[0] + 1 + blanks;
            from..from + cell.trim().len()
        })
        .collect()
}

/// Where the cells of a row are parted.
fn bars(row: &str) -> impl Iterator<Item = usize> {
    let bars = row.match_indices('|').map(|(at, _)| at);
    bars.filter(|&at| !row[..at].ends_with('\\'))
}

/// `| --- | :-: |`.
fn is_delimiter(line: &str) -> bool {
    line.starts_with('|')
        && line.contains("--")
        && line.chars().all(|c| matches!(c, '|' | '-' | ':' | ' '))
}
