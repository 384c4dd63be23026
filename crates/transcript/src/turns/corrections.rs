//! Corrections that a person writes beside a source, in `NAME.turns.toml`.
//!
//! Each names a line and quotes what stands there, so that a correction which the source has
//! outgrown is noticed instead of hitting another line.

use serde::de::{Deserialize, Deserializer, Error};
use turnsearch_model::{Speaker, SpeakerId};

use crate::fault::Fault;
use crate::signs::forest::Forest;
use crate::signs::names;
use crate::turns::draft::Draft;
use crate::turns::furniture::Reason;

/// Ending of sidecars.
pub const SIDECAR: &str = ".turns.toml";

/// Name of the sidecar of a source: `week.txt` has `week.turns.toml`.
pub fn sidecar_name(source: &str) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    format!("{stem}{SIDECAR}")
}

/// What a person says of one source; without any table, nothing. The keys of
/// a sidecar are the names of the fields.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Corrections {
    /// Name of the sidecar, for messages.
    #[serde(skip)]
    pub file: String,
    /// Labels that were not found, or that name somebody else.
    #[serde(default)]
    pub label: Vec<LabelCorrection>,
    /// Lines that are text, and neither label nor furniture.
    #[serde(default)]
    pub text: Vec<TextCorrection>,
    /// What is in no turn.
    #[serde(default)]
    pub furniture: Vec<FurnitureCorrection>,
    /// Names of one person.
    #[serde(default)]
    pub merge: Vec<MergeCorrection>,
}

/// `[[label]]`: the quoted piece of the line is a label of this speaker.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LabelCorrection {
    /// Line of the source, from 1.
    pub line: u32,
    /// The label as printed; the turn begins after it.
    pub quote: String,
    /// Name of the speaker; empty for a speaker who is not named.
    pub speaker: String,
}

/// `[[text]]`: the line is text.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TextCorrection {
    /// Line of the source, from 1.
    pub line: u32,
    /// Some of the line, so that a changed source is noticed.
    pub quote: String,
}

/// `[[furniture]]`: the quoted piece of the line is in no turn.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FurnitureCorrection {
    /// Line of the source, from 1.
    pub line: u32,
    /// The piece, which may be a part of the line.
    pub quote: String,
    /// Why; `other` if not given.
    #[serde(default, deserialize_with = "reason")]
    pub reason: Option<Reason>,
}

/// `[[merge]]`: these names are one person.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct MergeCorrection {
    /// The name to show.
    pub speaker: String,
    /// The other names, as the parser found them.
    pub names: Vec<String>,
}

impl Corrections {
    /// No corrections.
    pub const NONE: Corrections = Corrections {
        file: String::new(),
        label: Vec::new(),
        text: Vec::new(),
        furniture: Vec::new(),
        merge: Vec::new(),
    };

    /// Merges speakers of a format whose markup says what is a label and what is text, so that
    /// nothing else needs correcting.
    pub(crate) fn merge_only(&self, draft: &mut Draft) -> Result<(), Fault> {
        let first = |table, line: Option<u32>| line.map(|line| (table, line));
        let other = first("label", self.label.first().map(|entry| entry.line))
            .or(first("text", self.text.first().map(|entry| entry.line)))
            .or(first(
                "furniture",
                self.furniture.first().map(|entry| entry.line),
            ));
        if let Some((table, line)) = other {
            let problem = "only [[merge]] can correct a file with markup; change the file itself";
            return Err(Fault::Correction {
                table,
                line,
                problem: problem.to_owned(),
            });
        }
        let renumbered = self.merge(&mut draft.speakers)?;
        for turn in &mut draft.turns {
            turn.speaker = turn.speaker.map(|speaker| renumbered[speaker.index()]);
        }
        Ok(())
    }

    /// Merges speakers; returns the new index of each.
    pub(crate) fn merge(&self, speakers: &mut Vec<Speaker>) -> Result<Vec<SpeakerId>, Fault> {
        let mut people = Forest::of(speakers.len());
        for merge in &self.merge {
            let mut members = Vec::new();
            for name in &merge.names {
                let known = speakers
                    .iter()
                    .position(|speaker| names::is_called(speaker, name));
                members.push(known.ok_or_else(|| nobody(name, speakers))?);
            }
            members.extend(
                speakers
                    .iter()
                    .position(|speaker| names::is_called(speaker, &merge.speaker)),
            );
            let Some(&first) = members.iter().min() else {
                continue;
            };
            let mut merged = Speaker {
                name: merge.speaker.clone(),
                role: members
                    .iter()
                    .find_map(|&member| speakers[member].role.clone()),
                ..Speaker::default()
            };
            for &member in &members {
                let old = speakers[member].clone();
                names::add_alias(&mut merged, &old.name);
                old.aliases
                    .iter()
                    .for_each(|alias| names::add_alias(&mut merged, alias));
                people.join(member, first);
            }
            speakers[first] = merged;
        }
        Ok(keep_roots(&mut people, speakers))
    }
}

/// A reason by its word. The error is made while the word is read, so that it has its line.
fn reason<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Reason>, D::Error> {
    let word = String::deserialize(deserializer)?;
    let reason = Reason::from_word(&word).ok_or_else(|| {
        let known = Reason::ALL.map(Reason::as_str).join(", ");
        D::Error::custom(format!("`{word}` is no reason; known are {known}"))
    });
    reason.map(Some)
}

/// The error for a name that is not there.
fn nobody(name: &str, speakers: &[Speaker]) -> Fault {
    let names: Vec<&str> = speakers
        .iter()
        .map(|speaker| speaker.name.as_str())
        .collect();
    Fault::Correction {
        table: "merge",
        line: 0,
        problem: format!(
            "nobody is called `{name}`; the speakers are {}",
            names.join(", ")
        ),
    }
}

/// Removes speakers who are merged into others; returns the new index of each.
fn keep_roots(people: &mut Forest, speakers: &mut Vec<Speaker>) -> Vec<SpeakerId> {
    let mut renumbered = vec![SpeakerId(0); speakers.len()];
    let mut kept = Vec::new();
    for (index, speaker) in std::mem::take(speakers).into_iter().enumerate() {
        if people.root(index) == index {
            renumbered[index] = SpeakerId::at(kept.len());
            kept.push(speaker);
        }
    }
    *speakers = kept;
    (0..renumbered.len())
        .map(|index| renumbered[people.root(index)])
        .collect()
}
