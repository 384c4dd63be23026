//! Meetings to a collection: one person is one speaker in all of them.

use std::collections::{HashMap, HashSet};

use turnsearch_model::{Collection, Field, Meeting, SpeakerId};
use turnsearch_transcript::{Account, Encoding, Furniture, Parsed, Suspect};

use crate::config::CollectionConfig;
use crate::error::ConfigError;
use crate::hint::hint;
use crate::people::People;
use crate::renames::rename;

/// What became of the characters of one source.
#[derive(Debug, Clone, PartialEq)]
pub struct Audit {
    /// File name of the source.
    pub source: String,
    /// What is in no turn.
    pub furniture: Vec<Furniture>,
    /// Places worth checking, best first.
    pub suspects: Vec<Suspect>,
    /// The sums.
    pub account: Account,
    /// In which encoding the source was read; none where its bytes are no text.
    pub encoding: Option<Encoding>,
}

/// Makes a collection of parsed sources.
///
/// People are the same in two meetings if they have the same name, if the full name of one is an
/// alias of the other, or if the configuration says so; two speakers of one meeting are never
/// merged except by the configuration. Meetings are ordered by date and id; those without a date
/// come last. The audits are in the order of the meetings.
///
/// # Errors
///
/// [`ConfigError::UnknownMeeting`] if the configuration has metadata for a source that is not
/// there, [`ConfigError::UnknownSpeaker`] if it renames somebody who does not speak.
pub fn collect(
    mut sources: Vec<Parsed>,
    config: &CollectionConfig,
) -> Result<(Collection, Vec<Audit>), ConfigError> {
    check_meetings(&sources, config)?;
    for parsed in &mut sources {
        rename(parsed, config)?;
    }
    let people = People::of(&sources, config);
    let mut meetings: Vec<(Meeting, Audit)> = Vec::with_capacity(sources.len());
    for (source, parsed) in sources.into_iter().enumerate() {
        meetings.push(finish(parsed, &people.of_source[source], config));
    }
    meetings.sort_by(|(a, _), (b, _)| {
        let undated = |meeting: &Meeting| meeting.meta[Field::Date].is_none();
        (undated(a), &a.meta[Field::Date], &a.id).cmp(&(undated(b), &b.meta[Field::Date], &b.id))
    });
    let mut ids = HashSet::new();
    for (meeting, _) in &mut meetings {
        meeting.id = unique(&meeting.id, &mut ids);
        config.link(meeting);
    }
    let (meetings, audits) = meetings.into_iter().unzip();
    let mut collection = Collection {
        title: config.title.clone(),
        language: config.language.clone(),
        meetings,
        speakers: people.speakers,
    };
    order_speakers(&mut collection);
    Ok((collection, audits))
}

fn check_meetings(sources: &[Parsed], config: &CollectionConfig) -> Result<(), ConfigError> {
    let known: Vec<&str> = sources
        .iter()
        .map(|parsed| parsed.meeting.source.as_str())
        .collect();
    match config
        .meetings
        .iter()
        .find(|(name, _)| !known.contains(&name.as_str()))
    {
        Some((meeting, given)) => Err(ConfigError::UnknownMeeting {
            file: config.file.clone(),
            line: given.line,
            meeting: meeting.clone(),
            hint: hint(meeting, &known),
        }),
        None => Ok(()),
    }
}

fn finish(parsed: Parsed, people: &[SpeakerId], config: &CollectionConfig) -> (Meeting, Audit) {
    let mut meeting = parsed.meeting;
    for turn in &mut meeting.turns {
        turn.speaker = turn.speaker.map(|local| people[local.index()]);
    }
    config.apply(&mut meeting);
    let audit = Audit {
        source: meeting.source.clone(),
        furniture: parsed.furniture,
        suspects: parsed.suspects,
        account: parsed.account,
        encoding: parsed.encoding,
    };
    (meeting, audit)
}

/// Puts the speakers in order of first appearance; those who never speak are left out.
fn order_speakers(collection: &mut Collection) {
    let mut new_index: HashMap<SpeakerId, SpeakerId> = HashMap::new();
    let mut order = Vec::new();
    for turn in collection
        .meetings
        .iter_mut()
        .flat_map(|meeting| &mut meeting.turns)
    {
        if let Some(old) = turn.speaker {
            let new = *new_index.entry(old).or_insert_with(|| {
                order.push(old);
                SpeakerId::at(order.len() - 1)
            });
            turn.speaker = Some(new);
        }
    }
    collection.speakers = order
        .into_iter()
        .map(|old| std::mem::take(&mut collection.speakers[old.index()]))
        .collect();
}

fn unique(id: &str, taken: &mut HashSet<String>) -> String {
    let mut candidate = id.to_owned();
    let mut count = 1;
    while !taken.insert(candidate.clone()) {
        count += 1;
        candidate = format!("{id}-{count}");
    }
    candidate
}
