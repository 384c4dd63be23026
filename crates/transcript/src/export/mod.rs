//! The model in the field's interchange formats: what was read, or corrected, goes back to where
//! others can use it.
//!
//! ```
//! use turnsearch_transcript::{export, parse};
//!
//! let parsed = parse("week.txt", "JO SMITH: Hi.\n\nANN LEE: Hello.\n\nJO SMITH: Bye.\n".as_bytes(), None)?;
//! let text = export::Target::Markdown.write(&parsed.meeting, &parsed.speakers)?;
//! assert!(text.contains("### JO SMITH:\n\nHi."));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod akn;
mod markdown;
mod podcast;
mod vtt;

use std::fmt;
use std::str::FromStr;

use thiserror::Error;

use crate::unknown_name::UnknownName;
use turnsearch_model::{Meeting, Speaker, Turn};

/// A format that meetings are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Target {
    /// WebVTT with voice tags, one caption a turn. Needs times.
    Vtt,
    /// An Akoma Ntoso 3.0 debate.
    Akn,
    /// The JSON of `podcast:transcript` (Podcasting 2.0), one segment a turn.
    Json,
    /// Markdown in the style of SayIt: `### Name:` over paragraphs.
    Markdown,
}

/// Why a meeting cannot be written in a format.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The format needs times and the meeting has none.
    #[error(
        "{source_name}: no turn has a time, and {target} needs times; write one of the other formats"
    )]
    NoTimes {
        /// File name of the source of the meeting.
        source_name: String,
        /// The format.
        target: Target,
    },
    /// The meeting cannot be put into JSON.
    #[error("{source_name}: {error}")]
    Json {
        /// File name of the source of the meeting.
        source_name: String,
        /// What went wrong.
        #[source]
        error: serde_json::Error,
    },
}

impl Target {
    /// Every format, in the order in which messages list them.
    pub const ALL: [Target; 4] = [Target::Vtt, Target::Akn, Target::Json, Target::Markdown];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Target::Vtt => "vtt",
            Target::Akn => "akn",
            Target::Json => "json",
            Target::Markdown => "md",
        }
    }

    /// The usual ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Target::Akn => "xml",
            other => other.as_str(),
        }
    }

    /// A meeting in this format. `speakers` is what [`Turn::speaker`] points into.
    ///
    /// # Errors
    ///
    /// [`ExportError::NoTimes`] for captions of a meeting without times.
    pub fn write(self, meeting: &Meeting, speakers: &[Speaker]) -> Result<String, ExportError> {
        match self {
            Target::Vtt => vtt::write(meeting, speakers),
            Target::Akn => Ok(akn::write(meeting, speakers)),
            Target::Json => podcast::write(meeting, speakers),
            Target::Markdown => Ok(markdown::write(meeting, speakers)),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Target {
    type Err = UnknownName;

    /// The format with this name; case means nothing.
    fn from_str(name: &str) -> Result<Target, UnknownName> {
        Target::ALL
            .into_iter()
            .find(|target| target.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownName {
                kind: "format",
                name: name.to_owned(),
                known: Target::ALL.map(Target::as_str).to_vec(),
            })
    }
}

/// The name of the speaker of a turn.
fn name_of<'s>(turn: &Turn, speakers: &'s [Speaker]) -> Option<&'s str> {
    let speaker = speakers.get(turn.speaker?.index())?;
    Some(speaker.name.as_str())
}

/// A piece of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Piece<'t> {
    Text(&'t str),
    Event(&'t str),
}

/// The paragraphs of a turn, each as its text with the events at their places.
fn paragraphs(turn: &Turn) -> Vec<Vec<Piece<'_>>> {
    let mut paragraphs = Vec::new();
    let mut events = turn.events.iter().peekable();
    let mut start = 0;
    for paragraph in turn.text.split('\n') {
        let end = start + paragraph.len();
        let mut pieces = Vec::new();
        let mut from = start;
        while let Some(event) = events.next_if(|event| event.offset <= end) {
            let at = event.offset.clamp(from, end);
            if let Some(text) = turn.text.get(from..at).filter(|text| !text.is_empty()) {
                pieces.push(Piece::Text(text));
            }
            pieces.push(Piece::Event(&event.text));
            from = at;
        }
        if let Some(text) = turn.text.get(from..end).filter(|text| !text.is_empty()) {
            pieces.push(Piece::Text(text));
        }
        if !pieces.is_empty() {
            paragraphs.push(pieces);
        }
        start = end + 1;
    }
    paragraphs
}

/// A paragraph as one string, events in it as they are printed.
fn inline(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for piece in pieces {
        let (Piece::Text(text) | Piece::Event(text)) = *piece;
        let parted = line.chars().next_back().zip(text.chars().next());
        if let Some((last, next)) = parted
            && !last.is_whitespace()
            && !next.is_whitespace()
        {
            line.push_str(crate::signs::script::joint(last, next));
        }
        line.push_str(text);
    }
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnsearch_model::Event;

    #[test]
    fn events_stand_where_they_happened() {
        let event = |offset, text: &str| Event {
            offset,
            text: text.to_owned(),
        };
        let turn = Turn {
            text: "好。谢谢\nOne two".to_owned(),
            events: vec![event(6, "（笑）"), event(17, "[x]"), event(20, "[y]")],
            ..Turn::default()
        };
        let pieces = paragraphs(&turn);
        assert_eq!(
            pieces[0],
            [
                Piece::Text("好。"),
                Piece::Event("（笑）"),
                Piece::Text("谢谢")
            ]
        );
        assert_eq!(inline(&pieces[1]), "One [x] two [y]");
    }
}
