//! Names of people in place of those by which one source calls them, such as `SPEAKER_00`.

use std::collections::HashMap;

use turnsearch_model::{Speaker, SpeakerId};
use turnsearch_transcript::Parsed;
use turnsearch_transcript::names::{add_alias, is_called, is_machine_made, key};

use crate::config::CollectionConfig;
use crate::error::ConfigError;
use crate::hint::hint;

/// Gives the speakers of a source the names that the configuration has for them. Two with one name
/// are one person.
///
/// # Errors
/// A name that nobody has in the source.
pub(crate) fn rename(parsed: &mut Parsed, config: &CollectionConfig) -> Result<(), ConfigError> {
    let source = &parsed.meeting.source;
    let Some(given) = config.meetings.get(source) else {
        return Ok(());
    };
    let mut named: HashMap<usize, &str> = HashMap::new();
    for (called, renamed) in &given.speakers {
        let mut speakers = parsed.speakers.iter();
        let Some(at) = speakers.position(|speaker| is_called(speaker, called)) else {
            let known: Vec<&str> = parsed.speakers.iter().map(|s| s.name.as_str()).collect();
            return Err(ConfigError::UnknownSpeaker {
                file: config.file.clone(),
                line: renamed.line,
                meeting: source.clone(),
                speaker: called.clone(),
                hint: hint(called, &known),
            });
        };
        named.insert(at, &renamed.name);
    }
    if named.is_empty() {
        return Ok(());
    }
    let mut people: Vec<Speaker> = Vec::new();
    let mut person_of_name: HashMap<String, SpeakerId> = HashMap::new();
    let mut persons = Vec::with_capacity(parsed.speakers.len());
    for (at, mut speaker) in std::mem::take(&mut parsed.speakers).into_iter().enumerate() {
        if let Some(&name) = named.get(&at) {
            let called = std::mem::replace(&mut speaker.name, name.to_owned());
            // Machines give the same names to other people in other recordings.
            speaker
                .aliases
                .retain(|alias| !is_machine_made(alias) && key(alias) != key(name));
            if !is_machine_made(&called) {
                add_alias(&mut speaker, &called);
            }
        }
        let person = *person_of_name.entry(key(&speaker.name)).or_insert_with(|| {
            people.push(Speaker {
                name: speaker.name.clone(),
                ..Speaker::default()
            });
            SpeakerId::at(people.len() - 1)
        });
        let known = &mut people[person.index()];
        speaker
            .aliases
            .iter()
            .for_each(|alias| add_alias(known, alias));
        known.role = known.role.take().or(speaker.role);
        persons.push(person);
    }
    for turn in &mut parsed.meeting.turns {
        turn.speaker = turn.speaker.map(|speaker| persons[speaker.index()]);
    }
    parsed.speakers = people;
    Ok(())
}
