//! WebVTT: one caption a turn, the speaker as its voice.

use std::fmt::Write as _;

use turnsearch_model::{Field, Meeting, Speaker, Turn};

use super::error::ExportError;
use super::piece::{lines, name_of};
use super::times::{self, Cue, clock};

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
    let cues = times::cues(meeting, "vtt")?;
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
    for Cue {
        turn,
        start_ms,
        end_ms,
    } in cues
    {
        let _ = write!(
            out,
            "\n{}\n{} --> {}\n{}{}\n",
            turn.n,
            clock(start_ms, '.'),
            clock(end_ms, '.'),
            voice(turn, speakers),
            escape(&lines(turn).join("\n"))
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
