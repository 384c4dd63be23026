//! A page with the transcript as Podcasting 2.0 has it: `<cite>`, `<time>` and paragraphs.

use std::fmt::Write as _;

use turnsearch_model::{Field, Kind, Meeting, Speaker};

use super::piece::{NOBODY, lines, name_of, new_headings};
use super::times::clock;

/// Writes a page that needs nothing else.
pub(super) fn write(meeting: &Meeting, speakers: &[Speaker]) -> String {
    let title = escape(meeting.meta[Field::Title].as_deref().unwrap_or(&meeting.id));
    let language = meeting.meta[Field::Language].as_deref().unwrap_or_default();
    let mut out = format!(
        "<!doctype html>\n<html lang=\"{}\">\n<meta charset=\"utf-8\">\n<title>{title}</title>\n\
         <h1>{title}</h1>\n",
        escape(language)
    );
    if let Some(date) = &meeting.meta[Field::Date] {
        let date = escape(date);
        let _ = writeln!(out, "<p><time datetime=\"{date}\">{date}</time></p>");
    }
    let mut above: &[String] = &[];
    let mut is_named = false;
    for turn in &meeting.turns {
        for (level, heading) in new_headings(above, turn) {
            let _ = writeln!(out, "<h{level}>{}</h{level}>", escape(heading));
        }
        above = &turn.heading;
        // Below a name, only another one says that somebody else speaks.
        let name = name_of(turn, speakers).or(is_named.then_some(NOBODY));
        if let Some(name) = name.filter(|_| meeting.kind == Kind::Transcript) {
            is_named = true;
            let _ = write!(out, "<cite>{}:</cite>", escape(name));
            if let Some(start) = turn.start_ms {
                let _ = write!(out, " <time>{}</time>", clock(start, '.'));
            }
            out.push('\n');
        }
        for line in lines(turn) {
            let _ = writeln!(out, "<p>{}</p>", escape(&line));
        }
    }
    out
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
