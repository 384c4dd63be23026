//! Markdown in the style of SayIt.

use std::fmt::Write as _;

use turnsearch_model::{Field, Kind, Meeting, Speaker, Turn};
use turnsearch_transcript::entity;
use turnsearch_transcript::script::is_ideograph;

use super::piece::{NOBODY, Piece, inline, name_of, new_headings, paragraphs};
use super::times::time_before;

/// Writes a meeting: its date and title, headings, and a heading with a colon for each label.
pub(super) fn write(meeting: &Meeting, speakers: &[Speaker]) -> String {
    let mut out = String::new();
    let title = escape(meeting.meta[Field::Title].as_deref().unwrap_or(&meeting.id));
    match &meeting.meta[Field::Date] {
        Some(date) => out.push_str(&format!("# {date} {title}\n")),
        None => out.push_str(&format!("# {title}\n")),
    }
    let mut above: &[String] = &[];
    let mut is_named = false;
    for turn in &meeting.turns {
        for (level, heading) in new_headings(above, turn) {
            let _ = write!(out, "\n{} {}\n", "#".repeat(level), escape(heading));
        }
        above = &turn.heading;
        if meeting.kind == Kind::Transcript {
            // Below a label, only another one says that somebody else speaks.
            let name = name_of(turn, speakers).or(is_named.then_some(NOBODY));
            out.push_str(&name.map_or_else(String::new, |name| label(turn, name)));
            is_named |= name.is_some();
        }
        for pieces in paragraphs(turn) {
            let quoted = match pieces[..] {
                [Piece::Event(event)] => format!("> {}", escape(event)),
                _ => paragraph(&inline(&pieces)),
            };
            let _ = write!(out, "\n{quoted}\n");
        }
    }
    out
}

/// `### Name:`, with the start of the speech before the name where it is known.
fn label(turn: &Turn, name: &str) -> String {
    let colon = if name.contains(is_ideograph) {
        "："
    } else {
        ":"
    };
    let time = time_before(turn);
    format!("\n### {time}{}{colon}\n", escape(name))
}

/// A paragraph that does not open like a heading or a quotation.
fn paragraph(text: &str) -> String {
    let sign = if text.starts_with(['#', '>']) {
        "\\"
    } else {
        ""
    };
    format!("{sign}{}", escape(text))
}

/// Keeps what looks like emphasis, code, or a reference from being it.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if matches!(c, '\\' | '*' | '`') || entity::opening(&text[at..]).is_some() {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
