//! WebVTT: one caption a turn, the speaker as its voice.

use std::fmt::Write as _;

use turnsearch_model::{Field, Meeting, Speaker, Turn};

use super::error::ExportError;
use super::piece::{inline, name_of, paragraphs};

/// A turn that states no end, and after which nothing begins, lasts this long.
const LAST_MS: u64 = 1000;

/// The fields of the header, in order; the title stands beside the signature.
const HEADER: [Field; 5] = [
    Field::Language,
    Field::Date,
    Field::Place,
    Field::Url,
    Field::Media,
];

/// Writes captions.
pub(super) fn write(meeting: &Meeting, speakers: &[Speaker]) -> Result<String, ExportError> {
    if meeting.turns.iter().all(|turn| turn.start_ms.is_none()) {
        return Err(ExportError::NoTimes {
            source_name: meeting.source.clone(),
        });
    }
    let meta = &meeting.meta;
    let mut out = String::from("WEBVTT");
    if let Some(title) = &meta[Field::Title] {
        let _ = write!(out, " - {}", one_line(title));
    }
    out.push('\n');
    for field in HEADER {
        if let Some(value) = meta.get(field) {
            let _ = writeln!(out, "{}: {}", capitalised(field.name()), one_line(value));
        }
    }
    let mut start = 0;
    for (index, turn) in meeting.turns.iter().enumerate() {
        start = turn.start_ms.unwrap_or(start).max(start);
        let next = meeting.turns[index + 1..]
            .iter()
            .find_map(|turn| turn.start_ms);
        let end = turn.end_ms.or(next).unwrap_or(start + LAST_MS).max(start);
        let _ = write!(
            out,
            "\n{}\n{} --> {}\n{}{}\n",
            turn.n,
            timestamp(start),
            timestamp(end),
            voice(turn, speakers),
            payload(turn)
        );
    }
    Ok(out)
}

/// `<v Name>`; without a name for nobody, so that the voice before does not go on.
fn voice(turn: &Turn, speakers: &[Speaker]) -> String {
    match name_of(turn, speakers) {
        Some(name) => format!("<v {}>", escape(&one_line(name))),
        None => "<v>".to_owned(),
    }
}

fn payload(turn: &Turn) -> String {
    let lines: Vec<String> = paragraphs(turn)
        .iter()
        .map(|pieces| escape(&inline(pieces)))
        .collect();
    lines.join("\n")
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

/// `Date` for `date`.
fn capitalised(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(letters).collect()
}

/// A value that cannot break out of its line.
fn one_line(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    words.join(" ").replace("-->", "→")
}

/// `hh:mm:ss.ttt`.
fn timestamp(ms: u64) -> String {
    let (seconds, ms) = (ms / 1000, ms % 1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    format!(
        "{:02}:{:02}:{seconds:02}.{ms:03}",
        minutes / 60,
        minutes % 60
    )
}
