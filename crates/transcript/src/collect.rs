//! Meetings to a collection: one person is one speaker in all of them.

use std::collections::{HashMap, HashSet};

use crate::Parsed;
use crate::config::{CollectionConfig, hint};
use crate::error::ConfigError;
use crate::signs::names::{self, key};
use crate::signs::script::{is_ideograph, is_interpunct};
use crate::signs::suspect::Suspect;
use crate::turns::account::Account;
use crate::turns::furniture::Furniture;
use turnsearch_model::{Collection, Field, Meeting, Speaker, SpeakerId};

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
/// there.
pub fn collect(
    sources: Vec<Parsed>,
    config: &CollectionConfig,
) -> Result<(Collection, Vec<Audit>), ConfigError> {
    check_meetings(&sources, config)?;
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
    };
    (meeting, audit)
}

/// The speakers of all sources as people.
struct People {
    speakers: Vec<Speaker>,
    /// For each source, the person of each of its speakers.
    of_source: Vec<Vec<SpeakerId>>,
}

impl People {
    fn of(sources: &[Parsed], config: &CollectionConfig) -> People {
        // Every speaker of every source, and every one of the configuration, is a node of a
        // forest; nodes that share a full name are joined.
        let mut forest = Forest::default();
        let mut configured = Vec::new();
        for speaker in &config.speakers {
            let node = forest.add();
            configured.push(node);
            forest.claim(node, &speaker.name);
            speaker
                .aliases
                .iter()
                .for_each(|alias| forest.claim(node, alias));
        }
        let mut nodes = Vec::new();
        for parsed in sources {
            let mut of_source = Vec::new();
            for speaker in &parsed.speakers {
                let node = forest.add();
                of_source.push(node);
                forest.claim(node, &speaker.name);
                for alias in speaker.aliases.iter().filter(|alias| is_full(alias)) {
                    forest.claim(node, alias);
                }
            }
            nodes.push(of_source);
        }
        let mut speakers: Vec<Speaker> = Vec::new();
        let mut person_of_root: HashMap<usize, SpeakerId> = HashMap::new();
        for (node, given) in configured.iter().zip(&config.speakers) {
            let person = person(*node, &mut forest, &mut person_of_root, &mut speakers);
            absorb(
                &mut speakers[person.index()],
                &given.name,
                &given.aliases,
                given.role.as_deref(),
            );
        }
        let of_source = nodes
            .iter()
            .zip(sources)
            .map(|(nodes, parsed)| {
                nodes
                    .iter()
                    .zip(&parsed.speakers)
                    .map(|(&node, speaker)| {
                        let person = person(node, &mut forest, &mut person_of_root, &mut speakers);
                        let role = speaker.role.as_deref();
                        absorb(
                            &mut speakers[person.index()],
                            &speaker.name,
                            &speaker.aliases,
                            role,
                        );
                        person
                    })
                    .collect()
            })
            .collect();
        People {
            speakers,
            of_source,
        }
    }
}

fn person(
    node: usize,
    forest: &mut Forest,
    person_of_root: &mut HashMap<usize, SpeakerId>,
    speakers: &mut Vec<Speaker>,
) -> SpeakerId {
    let root = forest.root(node);
    *person_of_root.entry(root).or_insert_with(|| {
        speakers.push(Speaker::default());
        SpeakerId::at(speakers.len() - 1)
    })
}

/// Adds the names of one source to a person. A Chinese name takes the place of a Latin one, except
/// the first name given by the configuration.
fn absorb(person: &mut Speaker, name: &str, aliases: &[String], role: Option<&str>) {
    if person.name.is_empty() {
        name.clone_into(&mut person.name);
    } else if person.name.is_ascii() && name.chars().any(is_ideograph) {
        let latin = std::mem::replace(&mut person.name, name.to_owned());
        names::add_alias(person, &latin);
    } else {
        names::add_alias(person, name);
    }
    aliases
        .iter()
        .for_each(|alias| names::add_alias(person, alias));
    if person.role.is_none() {
        person.role = role.map(str::to_owned);
    }
}

/// Whether a name has several parts, so that it names one person.
fn is_full(name: &str) -> bool {
    name.trim()
        .split(|c: char| is_interpunct(c) || c.is_whitespace())
        .filter(|part| !part.is_empty())
        .count()
        > 1
}

#[derive(Default)]
struct Forest {
    parent: Vec<usize>,
    owner: HashMap<String, usize>,
}

impl Forest {
    fn add(&mut self) -> usize {
        self.parent.push(self.parent.len());
        self.parent.len() - 1
    }

    fn claim(&mut self, node: usize, name: &str) {
        let other = *self.owner.entry(key(name)).or_insert(node);
        let (a, b) = (self.root(node), self.root(other));
        self.parent[a.max(b)] = a.min(b);
    }

    fn root(&mut self, mut node: usize) -> usize {
        while self.parent[node] != node {
            self.parent[node] = self.parent[self.parent[node]];
            node = self.parent[node];
        }
        node
    }
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
