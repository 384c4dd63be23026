//! Corrections that a person writes beside a source, in `NAME.turns.toml`.
//!
//! Each names a line and quotes what stands there, so that a correction which the source has
//! outgrown is found out instead of hitting another line.

use serde::de::{Deserialize, Deserializer, Error};

use crate::error::ParseError;
use crate::furniture::{Mark, Reason};
use crate::label::Candidate;
use crate::names;
use crate::source::Source;
use crate::transcript::Draft;
use turnsearch_model::{Speaker, SpeakerId};

/// Ending of sidecars.
pub const SIDECAR: &str = ".turns.toml";

/// Name of the sidecar of a source: `week.txt` has `week.turns.toml`.
pub fn sidecar_name(source: &str) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    format!("{stem}{SIDECAR}")
}

/// What a person says of one source. The keys of a sidecar are the names of the fields.
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
    /// The label as printed; the turn begins behind it.
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
    /// The other names, as the parser gives them.
    pub names: Vec<String>,
}

impl Corrections {
    /// Splits lines at labels that a person found inside them.
    pub(crate) fn split_lines(&self, source: &mut Source) -> Result<(), ParseError> {
        for correction in &self.label {
            let (line, at) = self.find(source, "label", correction.line, &correction.quote)?;
            if at == source.lines[line].range.start {
                continue;
            }
            let mut second = source.lines[line].clone();
            let before = &source.text[second.range.start..at];
            source.lines[line].range.end = second.range.start + before.trim_end().len();
            second.range.start = at;
            second.gap = 0;
            second.page_break = false;
            source.lines.insert(line + 1, second);
        }
        Ok(())
    }

    /// Adds marks for furniture inside lines; gives the lines that are furniture as a whole.
    pub(crate) fn furniture(
        &self,
        source: &Source,
        marks: &mut Vec<Mark>,
    ) -> Result<Vec<(usize, Reason)>, ParseError> {
        let mut whole = Vec::new();
        for correction in &self.furniture {
            let (line, at) = self.find(source, "furniture", correction.line, &correction.quote)?;
            let reason = correction.reason.unwrap_or(Reason::Other);
            let range = at..at + correction.quote.trim().len();
            if range == source.lines[line].range {
                whole.push((line, reason));
            } else {
                marks.push(Mark { range, reason });
            }
        }
        Ok(whole)
    }

    /// The lines that are text.
    pub(crate) fn text_lines(&self, source: &Source) -> Result<Vec<usize>, ParseError> {
        self.text
            .iter()
            .map(|correction| {
                self.find(source, "text", correction.line, &correction.quote)
                    .map(|(line, _)| line)
            })
            .collect()
    }

    /// Puts the labels of the person in place of those that were found on the same lines, and
    /// takes away those on lines that are text.
    pub(crate) fn labels(
        &self,
        source: &Source,
        labels: &mut Vec<Candidate>,
    ) -> Result<(), ParseError> {
        let text = self.text_lines(source)?;
        labels.retain(|label| !text.contains(&label.lines.start));
        for correction in &self.label {
            let (line, at) = self.find(source, "label", correction.line, &correction.quote)?;
            let end = at + correction.quote.trim().len();
            labels.retain(|label| !label.lines.contains(&line));
            let place = labels.partition_point(|label| label.lines.start < line);
            let label = Candidate {
                lines: line..line + 1,
                pieces: std::iter::once(at..end).collect(),
                end,
                name: correction.speaker.trim().to_owned(),
                brackets: Vec::new(),
                chevron: None,
                explicit: true,
                start_ms: None,
            };
            labels.insert(place, label);
        }
        Ok(())
    }

    /// Merges speakers of a format whose markup says what is a label and what is text, so that
    /// nothing else needs correcting.
    pub(crate) fn merge_only(
        &self,
        source_name: &str,
        draft: &mut Draft,
    ) -> Result<(), ParseError> {
        let first = |table, line: Option<u32>| line.map(|line| (table, line));
        let other = first("label", self.label.first().map(|entry| entry.line))
            .or(first("text", self.text.first().map(|entry| entry.line)))
            .or(first(
                "furniture",
                self.furniture.first().map(|entry| entry.line),
            ));
        if let Some((table, line)) = other {
            let problem = "only [[merge]] can correct a file with markup; change the file itself";
            return Err(self.error(source_name, table, line, problem.to_owned()));
        }
        let renumbered = self.merge(source_name, &mut draft.speakers)?;
        for turn in &mut draft.turns {
            turn.speaker = turn.speaker.map(|speaker| renumbered[speaker.index()]);
        }
        Ok(())
    }

    /// Merges speakers; gives the new index of each.
    pub(crate) fn merge(
        &self,
        source_name: &str,
        speakers: &mut Vec<Speaker>,
    ) -> Result<Vec<SpeakerId>, ParseError> {
        let mut target: Vec<usize> = (0..speakers.len()).collect();
        for merge in &self.merge {
            let mut members = Vec::new();
            for name in &merge.names {
                let known = speakers
                    .iter()
                    .position(|speaker| names::is_called(speaker, name));
                let Some(known) = known else {
                    let names: Vec<&str> = speakers
                        .iter()
                        .map(|speaker| speaker.name.as_str())
                        .collect();
                    let problem = format!(
                        "nobody is called `{name}`; the speakers are {}",
                        names.join(", ")
                    );
                    return Err(self.error(source_name, "merge", 0, problem));
                };
                members.push(known);
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
                target[member] = first;
            }
            speakers[first] = merged;
        }
        Ok(drop_unused(&target, speakers))
    }

    /// The line with this number that holds the quote, and where the quote begins.
    fn find(
        &self,
        source: &Source,
        table: &'static str,
        number: u32,
        quote: &str,
    ) -> Result<(usize, usize), ParseError> {
        let quote = quote.trim();
        let first = source.lines.partition_point(|line| line.number < number);
        let found = (first..source.lines.len())
            .take_while(|&line| source.lines[line].number == number)
            .find_map(|line| {
                let at = source.line(line).find(quote)?;
                Some((line, source.lines[line].range.start + at))
            });
        if let (Some(found), false) = (found, quote.is_empty()) {
            return Ok(found);
        }
        let elsewhere = (0..source.lines.len())
            .find(|&line| !quote.is_empty() && source.line(line).contains(quote))
            .map(|line| source.lines[line].number);
        let problem = match elsewhere {
            Some(line) => format!("`{quote}` now stands on line {line}; change the number"),
            None => format!("`{quote}` does not stand there; remove or renew the correction"),
        };
        Err(self.error(source.name, table, number, problem))
    }

    fn error(
        &self,
        source_name: &str,
        table: &'static str,
        line: u32,
        problem: String,
    ) -> ParseError {
        ParseError::Correction {
            source_name: source_name.to_owned(),
            sidecar: self.file.clone(),
            table,
            line,
            problem,
        }
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

/// Removes merged speakers and renumbers the others.
fn drop_unused(target: &[usize], speakers: &mut Vec<Speaker>) -> Vec<SpeakerId> {
    let mut renumbered = vec![SpeakerId(0); speakers.len()];
    let mut kept = Vec::new();
    for (index, speaker) in std::mem::take(speakers).into_iter().enumerate() {
        if target[index] == index {
            renumbered[index] = SpeakerId::at(kept.len());
            kept.push(speaker);
        }
    }
    *speakers = kept;
    let end_of = |mut index: usize| {
        while target[index] != index {
            index = target[index];
        }
        index
    };
    (0..target.len())
        .map(|index| renumbered[end_of(index)])
        .collect()
}
