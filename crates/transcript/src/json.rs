//! Turns as JSON objects, one a line: what `turnsearch turns` prints and what is read again.
//!
//! The keys and their order are a contract. Absent values are `null`.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, Visitor};
use turnsearch_model::{Event, Field, Kind, Metadata, Turn, slug};

/// Separates the headings of a path.
pub const HEADING_SEPARATOR: &str = " > ";

/// The keys of a record, in order: the turn and its speaker, then the fields of its meeting, of
/// which the title stands early.
pub const KEYS: [&str; OF_TURN.len() + Field::ALL.len()] = {
    let mut keys = [""; OF_TURN.len() + Field::ALL.len()];
    keys[0] = OF_TURN[0];
    keys[1] = key(Field::Title);
    let mut at = 1;
    while at < OF_TURN.len() {
        keys[at + 1] = OF_TURN[at];
        at += 1;
    }
    let mut at = 1;
    while at < Field::ALL.len() {
        keys[OF_TURN.len() + at] = key(Field::ALL[at]);
        at += 1;
    }
    keys
};

/// The keys that are no fields of the meeting.
const OF_TURN: [&str; 12] = [
    "source", "kind", "n", "speaker", "aliases", "label", "heading", "start_ms", "end_ms", "text",
    "events", "role",
];

/// The key of a field of the meeting.
pub const fn key(field: Field) -> &'static str {
    match field {
        Field::Title => "meeting",
        other => other.name(),
    }
}

/// One turn with all that its meeting and speaker add to it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TurnRecord {
    /// File name of the source.
    pub source: String,
    /// `transcript` or `document`.
    pub kind: Option<String>,
    /// Ordinal in the meeting, from 1.
    pub n: u32,
    /// Display name of the speaker.
    pub speaker: Option<String>,
    /// Other names of the speaker.
    pub aliases: Vec<String>,
    /// The label as printed.
    pub label: Option<String>,
    /// Headings above the text, outermost first, joined by [`HEADING_SEPARATOR`].
    pub heading: Option<String>,
    /// Start in milliseconds.
    pub start_ms: Option<u64>,
    /// End in milliseconds.
    pub end_ms: Option<u64>,
    /// The text; `\n` marks a paragraph.
    pub text: String,
    /// Stage directions.
    pub events: Vec<EventRecord>,
    /// Role of the speaker.
    pub role: Option<String>,
    /// What the record says of its meeting. A meeting without a title has its id for one.
    pub meta: Metadata,
}

/// A stage direction.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct EventRecord {
    /// UTF-8 offset into the text before which it happened.
    pub offset: usize,
    /// As printed.
    pub text: String,
}

impl TurnRecord {
    /// What the record says of its meeting.
    pub fn metadata(&self) -> Metadata {
        let mut meta = self.meta.clone();
        meta[Field::Title].take_if(|title| *title == slug(&self.source));
        meta
    }

    /// The turn of the record, without its speaker. `line` is where the record stands.
    pub fn to_turn(&self, line: u32) -> Turn {
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
    pub fn kind(&self) -> Kind {
        match self.kind.as_deref() {
            Some("document") => Kind::Document,
            _ => Kind::Transcript,
        }
    }
}

impl<'de> Deserialize<'de> for TurnRecord {
    /// Reads an object. Only source, ordinal and text have to be there; a key that means nothing,
    /// or that stands there twice, is a mistake.
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<TurnRecord, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = TurnRecord;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("the object of a turn")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<TurnRecord, A::Error> {
                let mut record = TurnRecord::default();
                let mut seen = [false; KEYS.len()];
                while let Some(name) = map.next_key::<String>()? {
                    let at = KEYS
                        .iter()
                        .position(|known| *known == name)
                        .ok_or_else(|| A::Error::unknown_field(&name, &KEYS))?;
                    if std::mem::replace(&mut seen[at], true) {
                        return Err(A::Error::duplicate_field(KEYS[at]));
                    }
                    read_value(KEYS[at], &mut record, &mut map)?;
                }
                for needed in ["source", "n", "text"] {
                    if !KEYS
                        .iter()
                        .zip(seen)
                        .any(|(key, seen)| seen && *key == needed)
                    {
                        return Err(A::Error::missing_field(needed));
                    }
                }
                Ok(record)
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// Reads the value of a key into its place.
fn read_value<'de, A: MapAccess<'de>>(
    name: &'static str,
    record: &mut TurnRecord,
    map: &mut A,
) -> Result<(), A::Error> {
    match name {
        "source" => record.source = map.next_value()?,
        "kind" => record.kind = map.next_value()?,
        "n" => record.n = map.next_value()?,
        "speaker" => record.speaker = map.next_value()?,
        "aliases" => record.aliases = map.next_value()?,
        "label" => record.label = map.next_value()?,
        "heading" => record.heading = map.next_value()?,
        "start_ms" => record.start_ms = map.next_value()?,
        "end_ms" => record.end_ms = map.next_value()?,
        "text" => record.text = map.next_value()?,
        "events" => record.events = map.next_value()?,
        "role" => record.role = map.next_value()?,
        _ => {
            let value = map.next_value()?;
            if let Some(field) = Field::ALL.into_iter().find(|field| key(*field) == name) {
                record.meta[field] = value;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_of_the_keys_is_a_contract() {
        assert_eq!(
            KEYS.join(" "),
            "source meeting kind n speaker aliases label heading start_ms end_ms text events role \
             event date time zone place language url media"
        );
    }

    #[test]
    fn every_key_has_its_place_and_others_are_mistakes() {
        let line = "{\"source\":\"a.txt\",\"meeting\":\"a\",\"kind\":\"document\",\"n\":1,\
                    \"speaker\":\"J\",\"aliases\":[\"K\"],\"label\":\"J:\",\"heading\":\"A > B\",\
                    \"start_ms\":1,\"end_ms\":2,\"text\":\"x\",\"events\":[{\"offset\":9,\
                    \"text\":\"[y]\"}],\"role\":\"R\",\"event\":\"E\",\"date\":null,\"time\":\"T\",\
                    \"zone\":\"Z\",\"place\":\"P\",\"language\":\"en\",\"url\":\"u\",\"media\":\"m\"}";
        let record: TurnRecord = serde_json::from_str(line).expect("it is a turn");
        let stated: Vec<&str> = record.meta.iter().map(|(_, value)| value).collect();
        assert_eq!(stated, ["a", "E", "T", "Z", "P", "en", "u", "m"]);
        assert_eq!(record.metadata()[Field::Title], None, "it is the id");
        assert_eq!(record.kind(), Kind::Document);
        let turn = record.to_turn(7);
        assert_eq!(
            (turn.start_ms, turn.end_ms, turn.line),
            (Some(1), Some(2), 7)
        );
        assert_eq!(turn.heading, ["A", "B"]);
        assert_eq!(turn.events[0].offset, 1, "at most the length of the text");
        assert_eq!(
            (
                record.speaker.as_deref(),
                record.role.as_deref(),
                record.label.as_deref()
            ),
            (Some("J"), Some("R"), Some("J:"))
        );
        assert_eq!(record.aliases, ["K"]);
        for (line, words) in [
            (
                "{\"source\":\"a\",\"n\":1,\"text\":\"x\",\"tile\":1}",
                "unknown field `tile`",
            ),
            (
                "{\"source\":\"a\",\"n\":1,\"text\":\"x\",\"title\":1}",
                "unknown field `title`",
            ),
            (
                "{\"source\":\"a\",\"n\":1,\"n\":1,\"text\":\"x\"}",
                "duplicate field `n`",
            ),
            ("{\"source\":\"a\",\"n\":1}", "missing field `text`"),
            ("[1]", "the object of a turn"),
        ] {
            let error = serde_json::from_str::<TurnRecord>(line)
                .expect_err(line)
                .to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
