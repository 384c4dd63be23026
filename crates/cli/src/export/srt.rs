//! SubRip: one caption a turn, the speaker as a label before the text.

use std::fmt::Write as _;

use turnsearch_model::{Meeting, Speaker};

use super::error::ExportError;
use super::piece::{SOMEBODY, lines, name_of, with_references};
use super::times::{self, Cue, clock};

/// Writes captions.
pub(super) fn write(meeting: &Meeting, speakers: &[Speaker]) -> Result<String, ExportError> {
    let mut out = String::new();
    let is_named = meeting.turns.iter().any(|turn| turn.speaker.is_some());
    for (index, cue) in times::cues(meeting, "srt")?.iter().enumerate() {
        let Cue {
            turn,
            start_ms,
            end_ms,
        } = cue;
        let label = match name_of(turn, speakers) {
            Some(name) => format!("{}: ", escape(name)),
            None if is_named => SOMEBODY.to_owned(),
            None => String::new(),
        };
        let _ = write!(
            out,
            "{}\n{} --> {}\n{label}{}\n\n",
            index + 1,
            clock(*start_ms, ','),
            clock(*end_ms, ','),
            escape(&lines(turn).join("\n"))
        );
    }
    Ok(out)
}

/// Keeps what looks like a tag or a reference from being one. Players show the rest as it is.
fn escape(text: &str) -> String {
    let text = with_references(text);
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let after = text[at..].chars().nth(1);
        if c == '<' && after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '/') {
            out.push_str("&lt;");
        } else {
            out.push(c);
        }
    }
    out
}
