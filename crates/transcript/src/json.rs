//! Turns as JSON objects, one a line: what `turnsearch turns` prints and what `build` reads again.

use serde::{Deserialize, Serialize};

use turnsearch_model::{Event, Kind, Meeting, Metadata, Speaker, Turn};
use turnsearch_model::{Field, slug};

/// One turn with all that its meeting and speaker add to it.
///
/// The names and the order of the fields are the contract of `turnsearch turns`. Absent values are
/// `null`.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TurnRecord {
    /// File name of the source.
    pub source: String,
    /// Title of the meeting; its id, if it has no title.
    #[serde(default)]
    pub meeting: Option<String>,
    /// `transcript` or `document`.
    #[serde(default)]
    pub kind: Option<String>,
    /// Ordinal in the meeting, from 1.
    pub n: u32,
    /// Display name of the speaker.
    #[serde(default)]
    pub speaker: Option<String>,
    /// Other names of the speaker.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// The label as printed.
    #[serde(default)]
    pub label: Option<String>,
    /// Headings above the text, outermost first, joined by ` > `.
    #[serde(default)]
    pub heading: Option<String>,
    /// Start in milliseconds.
    #[serde(default)]
    pub start_ms: Option<u64>,
    /// End in milliseconds.
    #[serde(default)]
    pub end_ms: Option<u64>,
    /// The text; `\n` marks a paragraph.
    pub text: String,
    /// Stage directions.
    #[serde(default)]
    pub events: Vec<EventRecord>,
    /// Role of the speaker.
    #[serde(default)]
    pub role: Option<String>,
    /// The larger event that the meeting belongs to.
    #[serde(default)]
    pub event: Option<String>,
    /// Date of the meeting as `YYYY-MM-DD`.
    #[serde(default)]
    pub date: Option<String>,
    /// Time of the meeting as `HH:MM` or `HH:MM-HH:MM`.
    #[serde(default)]
    pub time: Option<String>,
    /// Time zone as printed.
    #[serde(default)]
    pub zone: Option<String>,
    /// Where the meeting was held.
    #[serde(default)]
    pub place: Option<String>,
    /// BCP 47 tag of the meeting.
    #[serde(default)]
    pub language: Option<String>,
    /// The publisher's own page of the record.
    #[serde(default)]
    pub url: Option<String>,
    /// An audio or video file of the meeting.
    #[serde(default)]
    pub media: Option<String>,
}

/// A stage direction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct EventRecord {
    /// UTF-8 offset into the text before which it happened.
    pub offset: usize,
    /// As printed.
    pub text: String,
}

/// Between the headings of a path.
const HEADING_SEPARATOR: &str = " > ";

impl TurnRecord {
    /// The record of a turn. `speakers` is what [`Turn::speaker`] points into.
    pub fn new(meeting: &Meeting, speakers: &[Speaker], turn: &Turn) -> TurnRecord {
        let speaker = turn.speaker.and_then(|index| speakers.get(index.index()));
        let events = turn.events.iter().map(|event| EventRecord {
            offset: event.offset,
            text: event.text.clone(),
        });
        TurnRecord {
            source: meeting.source.clone(),
            meeting: Some(
                meeting.meta[Field::Title]
                    .clone()
                    .unwrap_or_else(|| meeting.id.clone()),
            ),
            kind: Some(meeting.kind.as_str().to_owned()),
            n: turn.n,
            speaker: speaker.map(|speaker| speaker.name.clone()),
            aliases: speaker.map_or_else(Vec::new, |speaker| speaker.aliases.clone()),
            label: turn.label.clone(),
            heading: (!turn.heading.is_empty()).then(|| turn.heading.join(HEADING_SEPARATOR)),
            start_ms: turn.start_ms,
            end_ms: turn.end_ms,
            text: turn.text.clone(),
            events: events.collect(),
            role: speaker.and_then(|speaker| speaker.role.clone()),
            event: meeting.meta[Field::Event].clone(),
            date: meeting.meta[Field::Date].clone(),
            time: meeting.meta[Field::Time].clone(),
            zone: meeting.meta[Field::Zone].clone(),
            place: meeting.meta[Field::Place].clone(),
            language: meeting.meta[Field::Language].clone(),
            url: meeting.meta[Field::Url].clone(),
            media: meeting.meta[Field::Media].clone(),
        }
    }

    /// What the record says of its meeting.
    pub(crate) fn metadata(&self) -> Metadata {
        let id = slug(&self.source);
        Metadata::from_iter(
            [
                (
                    Field::Title,
                    self.meeting.as_ref().filter(|title| **title != id),
                ),
                (Field::Event, self.event.as_ref()),
                (Field::Date, self.date.as_ref()),
                (Field::Time, self.time.as_ref()),
                (Field::Zone, self.zone.as_ref()),
                (Field::Place, self.place.as_ref()),
                (Field::Language, self.language.as_ref()),
                (Field::Url, self.url.as_ref()),
                (Field::Media, self.media.as_ref()),
            ]
            .into_iter()
            .filter_map(|(field, value)| Some((field, value?))),
        )
    }

    /// The object on one line.
    ///
    /// # Errors
    ///
    /// None that this structure can give; the signature is that of `serde_json`.
    pub fn to_line(&self) -> serde_json::Result<String> {
        serde_json::to_string(self)
    }

    /// The turn of the record, without its speaker. `line` is where the record stands.
    pub(crate) fn to_turn(&self, line: u32) -> Turn {
        let heading = self.heading.as_deref().unwrap_or("");
        let boundary = |offset: usize| {
            let mut offset = offset.min(self.text.len());
            while !self.text.is_char_boundary(offset) {
                offset -= 1;
            }
            offset
        };
        Turn {
            n: self.n,
            speaker: None,
            label: self.label.clone(),
            heading: heading
                .split(HEADING_SEPARATOR)
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
            text: self.text.clone(),
            start_ms: self.start_ms,
            end_ms: self.end_ms,
            events: self
                .events
                .iter()
                .map(|event| Event {
                    offset: boundary(event.offset),
                    text: event.text.clone(),
                })
                .collect(),
            line,
        }
    }

    /// Transcript or document; an unknown word is a transcript.
    pub(crate) fn kind(&self) -> Kind {
        match self.kind.as_deref() {
            Some("document") => Kind::Document,
            _ => Kind::Transcript,
        }
    }
}
