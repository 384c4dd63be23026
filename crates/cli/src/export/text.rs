//! Plain text: a label and a speech, with blank lines between paragraphs.

use std::fmt::Write as _;

use turnsearch_model::{Field, Kind, Meeting, Speaker};

use super::piece::{SOMEBODY, lines, name_of};
use super::times::time_before;

/// Writes a meeting: its title and date, headings in brackets, for nobody says them, and a label
/// before each speech.
pub(super) fn write(meeting: &Meeting, speakers: &[Speaker]) -> String {
    let title = meeting.meta[Field::Title].as_deref();
    let mut out = format!("{}\n", title.unwrap_or(&meeting.id));
    if let Some(date) = &meeting.meta[Field::Date] {
        let _ = writeln!(out, "{date}");
    }
    let mut above: &[String] = &[];
    let mut is_named = false;
    for turn in &meeting.turns {
        if turn.heading != above {
            let _ = write!(out, "\n[{}]\n", turn.heading.join(" / "));
            above = &turn.heading;
        }
        let name = name_of(turn, speakers).filter(|_| meeting.kind == Kind::Transcript);
        let label = match name {
            Some(name) => format!("{}{name}: ", time_before(turn)),
            // Below a label, only another sign says that somebody else speaks.
            None if is_named => SOMEBODY.to_owned(),
            None => String::new(),
        };
        is_named |= name.is_some();
        let _ = write!(out, "\n{label}{}\n", lines(turn).join("\n\n"));
    }
    out
}
