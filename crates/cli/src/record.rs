//! A turn as one JSON object: a line of what `turnsearch turns` prints.

use serde::ser::{Serialize, SerializeMap, Serializer};
use turnsearch_model::{Field, Meeting, Speaker, Turn};
use turnsearch_transcript::json::{HEADING_SEPARATOR, key};

/// One turn with all that its meeting and speaker add to it.
///
/// The names and the order of the keys are the contract of `turnsearch turns`:
/// [`KEYS`](turnsearch_transcript::json::KEYS). Absent values are `null`.
#[derive(Debug, Clone, Copy)]
pub struct TurnRecord<'a> {
    meeting: &'a Meeting,
    speaker: Option<&'a Speaker>,
    turn: &'a Turn,
}

impl<'a> TurnRecord<'a> {
    /// The record of a turn. `speakers` is what [`Turn::speaker`] points into.
    pub fn new(meeting: &'a Meeting, speakers: &'a [Speaker], turn: &'a Turn) -> Self {
        Self {
            meeting,
            speaker: turn.speaker.and_then(|id| speakers.get(id.index())),
            turn,
        }
    }
}

impl Serialize for TurnRecord<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Self {
            meeting,
            speaker,
            turn,
        } = *self;
        let title = meeting.meta.get(Field::Title).unwrap_or(&meeting.id);
        let aliases: &[String] = speaker.map_or(&[], |speaker| &speaker.aliases);
        let heading = turn.heading.join(HEADING_SEPARATOR);
        let heading = Some(heading).filter(|_| !turn.heading.is_empty());
        let events = turn.events.iter().map(|event| EventRecord {
            offset: event.offset,
            text: &event.text,
        });
        let events: Vec<EventRecord> = events.collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("source", &meeting.source)?;
        map.serialize_entry(key(Field::Title), title)?;
        map.serialize_entry("kind", meeting.kind.as_str())?;
        map.serialize_entry("n", &turn.n)?;
        map.serialize_entry("speaker", &speaker.map(|speaker| &speaker.name))?;
        map.serialize_entry("aliases", aliases)?;
        map.serialize_entry("label", &turn.label)?;
        map.serialize_entry("heading", &heading)?;
        map.serialize_entry("start_ms", &turn.start_ms)?;
        map.serialize_entry("end_ms", &turn.end_ms)?;
        map.serialize_entry("text", &turn.text)?;
        map.serialize_entry("events", &events)?;
        map.serialize_entry("role", &speaker.and_then(|speaker| speaker.role.as_ref()))?;
        for field in Field::ALL
            .into_iter()
            .filter(|field| *field != Field::Title)
        {
            map.serialize_entry(key(field), &meeting.meta[field])?;
        }
        map.end()
    }
}

/// A stage direction.
#[derive(serde::Serialize)]
struct EventRecord<'a> {
    offset: usize,
    text: &'a str,
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnsearch_transcript::json::KEYS;

    #[test]
    fn a_record_has_the_keys_that_are_read_in_their_order() {
        let (meeting, turn) = (Meeting::default(), Turn::default());
        let record = TurnRecord::new(&meeting, &[], &turn);
        let line = serde_json::to_string(&record).expect("it is JSON");
        let written: Vec<&str> = line.split('"').filter(|part| KEYS.contains(part)).collect();
        assert_eq!(written, KEYS, "{line}");
    }
}
