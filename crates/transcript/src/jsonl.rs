//! JSON Lines: turns as `turnsearch turns` prints them, one or several meetings in a file.

use crate::Parsed;
use crate::account::Account;
use crate::error::{ParseError, json_problem};
use crate::format::Format;
use crate::json::TurnRecord;
use turnsearch_model::slug;
use turnsearch_model::{Meeting, Speaker, SpeakerId};

/// Reads turns. The records of one source stand together.
pub(crate) fn parse(source_name: &str, text: &str) -> Result<Vec<Parsed>, ParseError> {
    let wrong = |line: usize, problem: String| ParseError::Syntax {
        source_name: source_name.to_owned(),
        line,
        format: Format::Jsonl,
        problem,
    };
    let mut sources: Vec<Parsed> = Vec::new();
    for (index, line) in text.split('\n').enumerate() {
        if line.trim().is_empty() {
            continue;
        }
        let record: TurnRecord = serde_json::from_str(line).map_err(|error| {
            let problem = json_problem(&error, "expected what `turnsearch turns` prints");
            wrong(index + 1, format!("not a turn: {problem}"))
        })?;
        if let (Some(start), Some(end)) = (record.start_ms, record.end_ms)
            && end < start
        {
            let problem = format!(
                "the turn ends (end_ms {end}) before it starts ({start}); correct one of them"
            );
            return Err(wrong(index + 1, problem));
        }
        let at = match sources.last() {
            Some(last) if last.meeting.source == record.source => sources.len() - 1,
            _ if sources
                .iter()
                .any(|known| known.meeting.source == record.source) =>
            {
                let problem = format!(
                    "turns of `{}` do not stand together; sort the lines by source",
                    record.source
                );
                return Err(wrong(index + 1, problem));
            }
            _ => {
                sources.push(begin(&record));
                sources.len() - 1
            }
        };
        let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
        add(&mut sources[at], &record, number);
    }
    if sources.is_empty() {
        return Err(ParseError::Empty {
            source_name: source_name.to_owned(),
        });
    }
    Ok(sources)
}

fn begin(record: &TurnRecord) -> Parsed {
    Parsed {
        meeting: Meeting {
            id: slug(&record.source),
            source: record.source.clone(),
            kind: record.kind(),
            meta: record.metadata(),
            turns: Vec::new(),
        },
        speakers: Vec::new(),
        furniture: Vec::new(),
        suspects: Vec::new(),
        account: Account::default(),
    }
}

fn add(parsed: &mut Parsed, record: &TurnRecord, line: u32) {
    let mut turn = record.to_turn(line);
    if let Some(name) = &record.speaker {
        let known = parsed
            .speakers
            .iter()
            .position(|speaker| speaker.name == *name);
        let at = known.unwrap_or_else(|| {
            parsed.speakers.push(Speaker {
                name: name.clone(),
                aliases: record.aliases.clone(),
                role: record.role.clone(),
            });
            parsed.speakers.len() - 1
        });
        turn.speaker = Some(SpeakerId::at(at));
    }
    let characters = turn.text.chars().filter(|c| !c.is_whitespace()).count();
    parsed.account.characters += characters;
    parsed.account.in_turns += characters;
    // Somebody may have left lines out; a number is the place among the turns that are there.
    turn.n = u32::try_from(parsed.meeting.turns.len() + 1).unwrap_or(u32::MAX);
    parsed.meeting.turns.push(turn);
}
