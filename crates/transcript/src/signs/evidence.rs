//! Which of the lines that read like labels are labels: what the whole document says about each
//! name.
//!
//! Every line that could be a label is read first. Then each name is weighed by its form, by how
//! often it comes back, by being introduced (`我是 …`, `my name is …`), by being spoken to
//! (`谢谢 …`, `over to …`), and by a Latin name in brackets. A candidate is a label if its name
//! together with its own place (does the line before end a sentence?) weighs enough. No list of
//! names is used.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::lines::layout::Layout;
use crate::lines::source::Source;
use crate::signs::label::{self, Candidate, Shape};
use crate::signs::lang;
use crate::signs::names::{self, Name};
use crate::signs::phrases::{is_office, speech_rate};
use crate::signs::script::{columns, is_finished, is_ideograph};
use crate::signs::stage::bracketed;
use crate::signs::suspect::{Doubt, Suspect};
use crate::turns::marks::Marks;

/// Weight from which a candidate is a label.
const ENOUGH: f32 = 2.5;
/// With this many labels that are certain, the source is a transcript,
const ESTABLISHED: usize = 3;
/// and a name at the beginning of a paragraph needs this much less.
const IN_TRANSCRIPT: f32 = 1.0;
/// Candidates this far from [`ENOUGH`] are reported as doubtful.
const DOUBT: f32 = 1.2;
/// Weight of each doubling of the number of places where a name stands as a label.
const REPETITION: f32 = 1.2;
/// A name repeated more often than this gains nothing more.
const MAX_REPETITION: f32 = 5.0;
/// Characters of a line that are looked at for a label.
const WINDOW: usize = 140;
/// The first half of a label that a column broke is not wider than this.
const MAX_HALF: usize = 64;
/// A label is not spread over more lines.
const MAX_LABEL_LINES: usize = 3;
/// Lines at the top of a source that may be its head, which does not end like sentences do.
const HEAD_LINES: usize = 6;
/// Share of labels that must have more than repetition to speak for them.
const ANCHORED: f32 = 0.25;
/// Speech words in a thousand characters from which weak labels make a transcript.
const SPEECH: f32 = 6.0;
/// The same where at least one label is anchored.
const SOME_SPEECH: f32 = 2.0;
/// Labels without an anchor that make a transcript if the text sounds like speech.
const MIN_WEAK_LABELS: usize = 4;
/// Names weighed by looking for them in the text; more are not people of one meeting.
const MAX_SEARCHED: usize = 20_000;

/// What the document says about one name.
#[derive(Debug, Clone)]
pub(crate) struct Group {
    /// The name as printed where it was first seen.
    pub name: String,
    /// What its form suggests.
    pub shape: Shape,
    /// Weight of the form.
    form: f32,
    /// Places where it stands as a label and the sentence before is complete.
    clean: u32,
    /// A Latin name or a role stands beside it in brackets.
    bracketed: bool,
    /// The markup says that it is a label.
    explicit: bool,
    /// Somebody says to be it.
    pub introduced: bool,
    /// Somebody speaks to it by its full name or by its first part.
    addressed: bool,
    /// Its first part stands somewhere else in the text.
    mentioned: bool,
    /// All of it does.
    named: bool,
    /// It is the first or last part of a name that is certain.
    short: bool,
}

impl Group {
    /// The weight of the name, without the place of one candidate.
    fn weight(&self) -> f32 {
        let repeated = (self.clean.max(1) as f32).log2() * REPETITION;
        let mut weight = self.form + repeated.min(MAX_REPETITION);
        for (holds, gain) in [
            (self.bracketed, 1.5),
            (self.explicit, 5.0),
            (self.introduced, 3.0),
            (self.addressed, 1.5),
            (self.mentioned || self.named, 0.5),
            (self.named, 1.0),
            (self.short, 1.5),
        ] {
            if holds {
                weight += gain;
            }
        }
        weight
    }

    /// Whether something beside repetition says that this is somebody who speaks.
    fn is_anchored(&self) -> bool {
        self.explicit
            || self.introduced
            || self.form >= 3.0
            || self.addressed
                && (self.form >= 1.2 || is_office(&self.name) || self.shape == Shape::Short)
            || is_office(&self.name) && self.clean > 1
    }
}

/// The labels of a source, with what speaks for each.
#[derive(Debug, Default)]
pub(crate) struct Labels {
    /// Labels in the order of the source; their lines do not overlap.
    pub accepted: Vec<Candidate>,
    /// How many of them belong to names that more than repetition speaks for.
    pub anchored: usize,
    /// The names, by key.
    pub groups: HashMap<String, Group>,
    /// Places worth checking.
    pub suspects: Vec<Suspect>,
}

impl Labels {
    /// Whether the labels of this text make a transcript, or are the run-in headings of a document.
    pub fn make_a_transcript(&self, text: &str) -> bool {
        let (accepted, anchored) = (self.accepted.len(), self.anchored);
        if accepted == 0 {
            return false;
        }
        if self.accepted.iter().any(|label| label.explicit) {
            return true;
        }
        if anchored >= 2 && anchored as f32 >= ANCHORED * accepted as f32 {
            return true;
        }
        let speech = speech_rate(text);
        anchored > 0 && speech >= SOME_SPEECH || accepted >= MIN_WEAK_LABELS && speech >= SPEECH
    }
}

/// How lines are read: what the markup of the format says.
#[derive(Debug, Default)]
pub(crate) struct Hints {
    /// Lines whose markup says that a label opens them.
    pub explicit: Vec<bool>,
    /// Only those can be labels.
    pub only_explicit: bool,
    /// `>>` is a label (and not a quotation).
    pub chevrons: bool,
    /// Lines that are events or headings: no label goes on after them.
    pub events: Vec<bool>,
}

/// Reads and weighs every candidate of the text lines.
pub(crate) fn find(
    source: &Source,
    marks: &Marks,
    layout: &Layout,
    text_lines: &[usize],
    hints: &Hints,
) -> Labels {
    let mut finder = Finder {
        source,
        layout,
        text_lines,
        hints,
        signs: text_lines
            .iter()
            .map(|&line| signs_of(source, marks, line))
            .collect(),
        candidates: Vec::new(),
        groups: HashMap::new(),
    };
    finder.read();
    finder.search_names();
    finder.find_short_names();
    finder.decide()
}

fn signs_of(source: &Source, marks: &Marks, line: usize) -> Vec<(usize, char)> {
    marks
        .chars(&source.text, source.lines[line].range.clone())
        .take(WINDOW)
        .collect()
}

struct Finder<'a> {
    source: &'a Source<'a>,
    layout: &'a Layout,
    /// Indices of the text lines; candidates count lines in this list until they are decided.
    text_lines: &'a [usize],
    hints: &'a Hints,
    signs: Vec<Vec<(usize, char)>>,
    /// Every reading, with its position weight.
    candidates: Vec<(Candidate, f32)>,
    groups: HashMap<String, Group>,
}

impl Finder<'_> {
    fn read(&mut self) {
        for at in 0..self.text_lines.len() {
            let explicit = self.is_explicit(at);
            if self.hints.only_explicit && !explicit {
                continue;
            }
            let longest = if explicit { 1 } else { MAX_LABEL_LINES };
            for lines in 1..=longest {
                let end = at + lines;
                if end > self.text_lines.len() || lines > 1 && !self.may_go_on(at, end - 1) {
                    break;
                }
                let (signs, starts) = label::join_signs(&self.signs[at..end]);
                let read = label::read(&signs, at..end, &starts);
                let read = read.or_else(|| explicit.then(|| label::whole(&signs, at))?);
                if let Some(mut candidate) = read {
                    if candidate.chevron.is_some() && !self.hints.chevrons {
                        break;
                    }
                    candidate.explicit = explicit;
                    self.add(candidate);
                    break;
                }
            }
        }
    }

    fn is_explicit(&self, at: usize) -> bool {
        let line = self.text_lines[at];
        self.hints.explicit.get(line).copied().unwrap_or(false)
    }

    /// Whether the lines `at..=half` can be the first part of a label that goes on below.
    fn may_go_on(&self, at: usize, next: usize) -> bool {
        let half = self.source.line(self.text_lines[next - 1]);
        let gap = self.source.lines[self.text_lines[next]].gap;
        let between = self.text_lines[next - 1]..self.text_lines[next];
        let interrupted = self.hints.events[between].contains(&true);
        let open = half.rfind(['(', '（']) > half.rfind([')', '）']);
        columns(half) <= MAX_HALF
            && !interrupted
            && gap <= 2
            && !self.is_explicit(next)
            && (!is_finished(half) || open || next - at == 1 && self.is_bracket(at))
    }

    /// Whether the line is all brackets: `(PATRICK JONES)`.
    fn is_bracket(&self, at: usize) -> bool {
        bracketed(self.source.line(self.text_lines[at])).is_some()
    }

    fn add(&mut self, candidate: Candidate) {
        let place = self.place(&candidate);
        if !candidate.name.is_empty() {
            let group = self
                .groups
                .entry(names::key(&candidate.name))
                .or_insert_with(|| {
                    let (shape, form) = label::shape(&candidate.name);
                    Group {
                        name: candidate.name.clone(),
                        shape,
                        form,
                        clean: 0,
                        bracketed: false,
                        explicit: false,
                        introduced: false,
                        addressed: false,
                        mentioned: false,
                        named: false,
                        short: false,
                    }
                });
            group.clean += u32::from(place >= -1.0);
            group.bracketed |= !candidate.brackets.is_empty();
            group.explicit |= candidate.explicit;
        }
        self.candidates.push((candidate, place));
    }

    /// What the line before says for a label at this place.
    fn place(&self, candidate: &Candidate) -> f32 {
        let at = candidate.lines.start;
        let Some(before) = at.checked_sub(1).map(|before| self.text_lines[before]) else {
            return 0.0;
        };
        let line = self.text_lines[at];
        let text = self.source.line(before);
        if is_finished(text) || line > before + 1 {
            return 0.0;
        }
        // In a wrapped sentence only the last line is short, and that does not end with a colon.
        let last = self.source.lines[self.text_lines[candidate.lines.end - 1]]
            .range
            .clone();
        let alone = candidate.end == last.end && !self.layout.is_full(&self.source.text[last]);
        match self.layout.edge {
            None => -0.5,
            Some(_) if alone || at < HEAD_LINES => -0.5,
            Some(_) if self.source.lines[line].gap > self.layout.usual_gap => -0.3,
            Some(_) if self.layout.is_full(text) => -3.0,
            Some(_) => -0.7,
        }
    }

    /// Looks for every name, and for its first part, in the whole text at once.
    fn search_names(&mut self) {
        let mut keys: Vec<&String> = self
            .groups
            .iter()
            .filter(|(_, group)| group.form > -1.0)
            .map(|(key, _)| key)
            .collect();
        keys.sort();
        keys.truncate(MAX_SEARCHED);
        let keys: Vec<String> = keys.into_iter().cloned().collect();
        let mut patterns: Vec<String> = Vec::new();
        let mut owners: HashMap<String, Vec<(usize, bool)>> = HashMap::new();
        for (index, key) in keys.iter().enumerate() {
            let name = self.groups[key].name.as_str();
            let parts = [(name, true), (Name(name).first_part(), false)];
            for (part, whole) in parts {
                if part.chars().count() < 2 || !whole && part == name {
                    continue;
                }
                let owners = owners.entry(part.to_lowercase()).or_default();
                if owners.is_empty() {
                    patterns.push(part.to_owned());
                }
                owners.push((index, whole));
            }
        }
        let Ok(automaton) = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
        else {
            return;
        };
        let taken = self.label_places();
        let mut taken = taken.iter().peekable();
        let text = self.source.text.as_ref();
        for found in automaton.find_iter(text) {
            while taken.next_if(|label| label.end <= found.start()).is_some() {}
            if taken
                .peek()
                .is_some_and(|label| label.start <= found.start())
            {
                continue;
            }
            let part = &patterns[found.pattern().as_usize()];
            let context = Context::around(text, found.range());
            if !context.is_word {
                continue;
            }
            for &(owner, whole) in owners.get(&part.to_lowercase()).into_iter().flatten() {
                if let Some(group) = self.groups.get_mut(&keys[owner]) {
                    group.mentioned |= !whole;
                    group.named |= whole;
                    group.addressed |= context.addressed;
                    group.introduced |= whole && context.introduced;
                }
            }
        }
    }

    /// Marks names that are a part of another one: `PETER` beside `PETER MAJOR`.
    fn find_short_names(&mut self) {
        let parts: HashSet<String> = self
            .groups
            .values()
            .filter(|group| group.weight() >= ENOUGH)
            .filter_map(|group| Name(&group.name).short_forms())
            .flatten()
            .map(names::key)
            .collect();
        for (key, group) in &mut self.groups {
            group.short = parts.contains(key);
        }
    }

    /// Where candidates stand: a name there is not a mention.
    fn label_places(&self) -> Vec<Range<usize>> {
        let mut places: Vec<Range<usize>> = self
            .candidates
            .iter()
            .flat_map(|(candidate, _)| candidate.pieces.iter().cloned())
            .collect();
        places.sort_by_key(|place| place.start);
        places
    }

    fn weight(&self, candidate: &Candidate, place: f32) -> f32 {
        if candidate.name.is_empty() {
            return ENOUGH + 3.0;
        }
        let group = &self.groups[&names::key(&candidate.name)];
        let chevron = if candidate.chevron.is_some() {
            3.0
        } else {
            0.0
        };
        let broken = if candidate.lines.len() > 1 { -0.5 } else { 0.0 };
        group.weight() + place + chevron + broken
    }

    fn decide(mut self) -> Labels {
        let mut labels = Labels::default();
        let candidates = std::mem::take(&mut self.candidates);
        let mut weights: Vec<f32> = candidates
            .iter()
            .map(|(candidate, place)| self.weight(candidate, *place))
            .collect();
        self.lift_in_transcript(&candidates, &mut weights);
        let mut taken_to = 0;
        for (index, (candidate, _)) in candidates.iter().enumerate() {
            let weight = weights[index];
            if candidate.lines.start < taken_to {
                continue;
            }
            if weight < ENOUGH {
                if candidate.chevron.is_some() {
                    taken_to = self.accept(&mut labels, unnamed(candidate));
                    labels.suspects.push(self.doubt(candidate, weight));
                } else if weight >= ENOUGH - DOUBT {
                    labels.suspects.push(self.doubt(candidate, weight));
                }
                continue;
            }
            if self.rival_is_better(&candidates, &weights, index) {
                continue;
            }
            if weight < ENOUGH + DOUBT {
                labels.suspects.push(self.doubt(candidate, weight));
            }
            taken_to = self.accept(&mut labels, candidate.clone());
        }
        labels.groups = self.groups;
        labels
    }

    /// In a source that is a transcript beyond doubt, what looks like a name where a label may
    /// stand is more likely to be one.
    fn lift_in_transcript(&self, candidates: &[(Candidate, f32)], weights: &mut [f32]) {
        let group = |candidate: &Candidate| self.groups.get(&names::key(&candidate.name));
        let certain = candidates
            .iter()
            .zip(weights.iter())
            .filter(|((candidate, _), weight)| {
                **weight >= ENOUGH && group(candidate).is_some_and(Group::is_anchored)
            })
            .take(ESTABLISHED)
            .count();
        if certain < ESTABLISHED {
            return;
        }
        for ((candidate, place), weight) in candidates.iter().zip(weights) {
            if *place >= -0.5 && group(candidate).is_some_and(|group| group.form > 0.0) {
                *weight += IN_TRANSCRIPT;
            }
        }
    }

    fn accept(&self, labels: &mut Labels, mut candidate: Candidate) -> usize {
        let end = candidate.lines.end;
        let group = self.groups.get(&names::key(&candidate.name));
        let anchored = candidate.chevron.is_some() || group.is_some_and(Group::is_anchored);
        labels.anchored += usize::from(anchored);
        candidate.lines =
            self.text_lines[candidate.lines.start]..self.text_lines[candidate.lines.end - 1] + 1;
        labels.accepted.push(candidate);
        end
    }

    /// Whether a broken label is better read as text before a label on the next line.
    fn rival_is_better(
        &self,
        candidates: &[(Candidate, f32)],
        weights: &[f32],
        index: usize,
    ) -> bool {
        let lines = &candidates[index].0.lines;
        candidates[index + 1..]
            .iter()
            .zip(&weights[index + 1..])
            .take_while(|((rival, _), _)| rival.lines.start < lines.end)
            .any(|(_, &weight)| weight >= ENOUGH && weight > weights[index])
    }

    fn doubt(&self, candidate: &Candidate, weight: f32) -> Suspect {
        let line = &self.source.lines[self.text_lines[candidate.lines.start]];
        let text: String = self.source.text[line.range.clone()]
            .chars()
            .take(60)
            .collect();
        let reason = if weight >= ENOUGH {
            Doubt::WeakLabel
        } else {
            Doubt::PossibleLabel
        };
        let score = 1.0 - (weight - ENOUGH).abs().min(2.0) / 2.0;
        Suspect::new(line.number, score, reason, text)
    }
}

/// The label without the name that too little speaks for: only its `>>`.
fn unnamed(candidate: &Candidate) -> Candidate {
    let mut label = candidate.clone();
    let (Some(first), Some(end)) = (label.pieces.first().cloned(), label.chevron) else {
        return label;
    };
    label.name.clear();
    label.brackets.clear();
    label.lines = label.lines.start..label.lines.start + 1;
    label.end = end;
    label.pieces = std::iter::once(first.start..label.end).collect();
    label
}

/// What stands around a name in the text.
struct Context {
    is_word: bool,
    introduced: bool,
    addressed: bool,
}

impl Context {
    fn around(text: &str, range: Range<usize>) -> Context {
        let before = tail(&text[..range.start], 14).to_lowercase();
        let after = head(&text[range.end..], 12).to_lowercase();
        let inside = |c: Option<char>| {
            c.is_some_and(|c| c.is_alphanumeric() && !is_ideograph(c) && c.is_ascii())
        };
        let latin = text[range.clone()].is_ascii();
        let is_word =
            !latin || !inside(before.chars().next_back()) && !inside(after.chars().next());
        let trimmed = before.trim_end();
        let words = lang::words();
        let ends = |words: &[String]| words.iter().any(|word| trimmed.ends_with(word.as_str()));
        let vocative =
            before.chars().next_back().is_none_or(|c| {
                matches!(c, '，' | '。' | '？' | '！' | '\n' | ',' | '.' | '?' | '!')
            }) && after.starts_with(['，', '。', '？', ',', '.', '?']);
        Context {
            is_word,
            introduced: ends(&words.introducing),
            addressed: vocative
                || ends(&words.addressing_before)
                || words
                    .addressing_after
                    .iter()
                    .any(|word| after.trim_start().starts_with(word.as_str())),
        }
    }
}

fn tail(text: &str, characters: usize) -> &str {
    let start = text
        .char_indices()
        .rev()
        .nth(characters.saturating_sub(1))
        .map_or(0, |(at, _)| at);
    &text[start..]
}

fn head(text: &str, characters: usize) -> &str {
    let end = text
        .char_indices()
        .nth(characters)
        .map_or(text.len(), |(at, _)| at);
    &text[..end]
}
