//! JSON Lines: turns as `turnsearch turns` prints them, one or several meetings in a file.

use turnsearch_model::{Speaker, SpeakerId};

use crate::fault::{Fault, json_problem};
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::json::TurnRecord;
use crate::turns::draft::Draft;

/// Whether the first line is an object with the keys that every turn has.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    let end = bytes.iter().position(|&byte| byte == b'\n');
    let first = bytes[..end.unwrap_or(bytes.len())].trim_ascii_end();
    first.starts_with(b"{")
        && first.ends_with(b"}")
        && sniff::holds(first, "\"source\"")
        && sniff::holds(first, "\"text\"")
}

/// Reads turns. The records of one source stand together.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let mut meetings: Vec<(String, Draft)> = Vec::new();
    for (line, number) in input.text()?.split('\n').zip(1..) {
        if line.trim().is_empty() {
            continue;
        }
        let record: TurnRecord = serde_json::from_str(line).map_err(|error| {
            let problem = json_problem(&error, "expected what `turnsearch turns` prints");
            Fault::at(number, format!("not a turn: {problem}"))
        })?;
        if let (Some(start), Some(end)) = (record.start_ms, record.end_ms)
            && end < start
        {
            let problem = format!(
                "the turn ends (end_ms {end}) before it starts ({start}); correct one of them"
            );
            return Err(Fault::at(number, problem));
        }
        let known = meetings
            .iter()
            .position(|(source, _)| *source == record.source);
        let at = match known {
            Some(at) if at + 1 < meetings.len() => {
                let problem = format!(
                    "turns of `{}` do not stand together; sort the lines by source",
                    record.source
                );
                return Err(Fault::at(number, problem));
            }
            Some(at) => at,
            None => {
                meetings.push((record.source.clone(), begin(&record)));
                meetings.len() - 1
            }
        };
        add(&mut meetings[at].1, &record, number);
    }
    if meetings.is_empty() {
        return Err(Fault::Empty);
    }
    Ok(Shape::Meetings(meetings))
}

fn begin(record: &TurnRecord) -> Draft {
    Draft {
        kind: record.kind(),
        meta: record.metadata(),
        ..Draft::default()
    }
}

/// Adds a turn. Somebody may have left lines out, so its number is its place among those that are
/// there.
fn add(draft: &mut Draft, record: &TurnRecord, line: u32) {
    let mut turn = record.to_turn(line);
    if let Some(name) = &record.speaker {
        let speakers = &mut draft.speakers;
        let known = speakers.iter().position(|speaker| speaker.name == *name);
        let at = known.unwrap_or_else(|| {
            speakers.push(Speaker {
                name: name.clone(),
                aliases: record.aliases.clone(),
                role: record.role.clone(),
            });
            speakers.len() - 1
        });
        turn.speaker = Some(SpeakerId::at(at));
    }
    draft.push(turn);
}
