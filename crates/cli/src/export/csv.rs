//! A table with commas: a row a turn, for spreadsheets and notebooks.

use turnsearch_model::{Meeting, Speaker};

use super::piece::{lines, name_of, with_references};
use super::times::clock;

/// Names of the columns.
const COLUMNS: [&str; 5] = ["start", "end", "speaker", "heading", "text"];

/// Writes rows, with CRLF as RFC 4180 has it.
pub(super) fn write(meeting: &Meeting, speakers: &[Speaker]) -> String {
    let mut out = row(COLUMNS.map(str::to_owned));
    let time = |ms: Option<u64>| ms.map_or_else(String::new, |ms| clock(ms, '.'));
    for turn in &meeting.turns {
        out += &row([
            time(turn.start_ms),
            time(turn.end_ms),
            with_references(name_of(turn, speakers).unwrap_or_default()),
            turn.heading.join(" / "),
            with_references(&lines(turn).join("\n")),
        ]);
    }
    out
}

fn row<const N: usize>(cells: [String; N]) -> String {
    cells.map(|cell| quoted(&cell)).join(",") + "\r\n"
}

/// A cell in quotation marks where it needs them.
fn quoted(cell: &str) -> String {
    if cell.contains([',', ';', '\t', '"', '\n', '\r']) || cell.trim() != cell {
        format!("\"{}\"", cell.replace('"', "\"\""))
    } else {
        cell.to_owned()
    }
}
