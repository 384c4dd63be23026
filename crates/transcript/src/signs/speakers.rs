//! Labels to people: one person, one speaker, and never two people as one.

use std::collections::HashMap;
use std::ops::Range;

use aho_corasick::{AhoCorasick, MatchKind};
use turnsearch_model::{Speaker, SpeakerId};

use crate::lines::source::Source;
use crate::signs::evidence::Group;
use crate::signs::forest::Forest;
use crate::signs::initials;
use crate::signs::label::Candidate;
use crate::signs::lang;
use crate::signs::names::{self, Name, distance, key, misspelling_limit};
use crate::signs::phrases::is_office;
use crate::signs::script::{closing_bracket, is_ideograph, is_interpunct, is_question};
use crate::signs::suspect::{Doubt, Suspect};

/// A spelling that occurs more often than this is a name of its own.
const MAX_MISSPELT: u32 = 2;
/// How doubtful it is that two names are one person that have the same letters, or whose Latin
/// form is the same.
const MERGED: f32 = 0.2;
/// Labels beside those of another name, from which the two are two people.
const ANSWERS: usize = 2;
/// Most names that short forms and Latin names are looked for; more are not people of one source.
const MAX_NAMES: usize = 20_000;

/// Who speaks in a source.
#[derive(Debug, Default)]
pub(crate) struct Cast {
    /// The speakers in order of first appearance.
    pub speakers: Vec<Speaker>,
    /// The speaker of each label, in the order of the labels.
    pub of_label: Vec<Option<SpeakerId>>,
    /// Merges and short forms worth checking.
    pub suspects: Vec<Suspect>,
}

/// One name as the labels print it.
#[derive(Debug, Default)]
struct Printed {
    /// Printed forms with how often each stands in a label.
    forms: Vec<(String, u32)>,
    latin: Vec<String>,
    roles: Vec<(String, u32)>,
    labels: Vec<usize>,
    line: u32,
    introduced: bool,
    /// The name in full, where the source explains initials.
    full: Option<String>,
}

impl Printed {
    fn count(&self) -> u32 {
        self.forms.iter().map(|(_, count)| count).sum()
    }

    fn name(&self) -> &str {
        self.forms
            .iter()
            .max_by_key(|(_, count)| *count)
            .map_or("", |(name, _)| name)
    }

    /// Adds a Latin form, unless it is known.
    fn add_latin(&mut self, latin: String) {
        if !self.latin.iter().any(|known| Name(known).is(Name(&latin))) {
            self.latin.push(latin);
        }
    }
}

/// Decides which labels name the same person.
pub(crate) fn cast(source: &Source, labels: &[Candidate], groups: &HashMap<String, Group>) -> Cast {
    let mut names = collect(source, labels, groups);
    add_latin_names_of_text(source, &mut names);
    explain_initials(source, &mut names);
    let mut merger = Merger::new(source, names);
    merger.by_latin_name();
    merger.by_initials();
    merger.by_letters();
    merger.by_spelling();
    merger.by_short_form();
    merger.finish(labels.len())
}

/// Whether a label names several people: `Anna and Tom`, `Anna & Tom`.
fn is_several(name: &str) -> bool {
    let words = lang::words();
    let mut parts = name.split_whitespace().skip(1);
    name.contains(['&', '+', '/']) || parts.any(|part| lang::has(&words.and, part))
}

fn add(list: &mut Vec<(String, u32)>, item: &str) {
    match list.iter_mut().find(|(known, _)| known == item) {
        Some((_, count)) => *count += 1,
        None => list.push((item.to_owned(), 1)),
    }
}

/// Whether a label says that it is not known who speaks: by a sign alone, or by question marks.
fn names_nobody(name: &str) -> bool {
    name.chars().all(is_question)
}

/// The printed names in order of first appearance.
fn collect(
    source: &Source,
    labels: &[Candidate],
    groups: &HashMap<String, Group>,
) -> Vec<(String, Printed)> {
    let mut index: HashMap<String, usize> = HashMap::new();
    let mut names: Vec<(String, Printed)> = Vec::new();
    for (label, candidate) in labels.iter().enumerate() {
        if names_nobody(&candidate.name) {
            continue;
        }
        let key = key(&candidate.name);
        let at = *index.entry(key.clone()).or_insert_with(|| {
            let introduced = groups.get(&key).is_some_and(|group| group.introduced);
            names.push((
                key,
                Printed {
                    line: source.lines[candidate.lines.start].number,
                    introduced,
                    ..Printed::default()
                },
            ));
            names.len() - 1
        });
        let printed = &mut names[at].1;
        printed.labels.push(label);
        add(&mut printed.forms, &Name(&candidate.name).collapsed());
        for content in &candidate.brackets {
            if is_latin_name(content) && !candidate.name.is_ascii() {
                printed.add_latin(Name(content).collapsed());
            } else if let Some(role) = role(content) {
                add(&mut printed.roles, &role);
            }
        }
    }
    names
}

/// `PATRICK JONES`, `Naela Sarras`: a name in full, not `GAC` or `ALAC chair`.
fn is_latin_name(content: &str) -> bool {
    let words: Vec<&str> = content.split_whitespace().collect();
    let initials_upper = words
        .iter()
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .count();
    (2..=6).contains(&words.len())
        && initials_upper >= 2
        && content.chars().all(|c| {
            c.is_alphabetic() && !is_ideograph(c) || matches!(c, ' ' | '-' | '.' | '\'' | '’')
        })
        && !is_office(content)
}

/// A role as a reader would write it: without the blanks and commas of characters lost.
fn role(content: &str) -> Option<String> {
    let role = content.trim_matches(|c: char| {
        c.is_whitespace() || matches!(c, '，' | ',' | '、' | ';' | '；' | '：')
    });
    (!role.is_empty()).then(|| Name(role).collapsed())
}

/// Looks for `中文名 (Latin Name)` in the speech.
fn add_latin_names_of_text(source: &Source, names: &mut [(String, Printed)]) {
    let wanted: Vec<(usize, String)> = names
        .iter()
        .enumerate()
        .filter(|(_, (_, printed))| !printed.name().is_ascii())
        .filter(|(_, (_, printed))| printed.name().chars().count() >= 2)
        .map(|(index, (_, printed))| (index, printed.name().to_owned()))
        .take(MAX_NAMES)
        .collect();
    for (at, found) in occurrences(&source.text, wanted.iter().map(|(_, name)| name.as_str())) {
        let rest = source.text[found.end..].trim_start_matches([' ', '\u{a0}']);
        let Some(latin) = bracket_at(rest).filter(|content| is_latin_name(content)) else {
            continue;
        };
        let printed = &mut names[wanted[at].0].1;
        printed.add_latin(Name(latin).collapsed());
    }
}

/// Whose initials the labels are, where the source says so.
fn explain_initials(source: &Source, names: &mut [(String, Printed)]) {
    let labels: Vec<String> = names
        .iter()
        .map(|(_, printed)| printed.name().to_owned())
        .collect();
    let mut found = initials::explained(&source.text, labels.iter().map(String::as_str));
    for ((_, printed), label) in names.iter_mut().zip(&labels) {
        printed.full = found.remove(label.as_str());
    }
    for (index, full) in named_before(names, &labels) {
        let printed = &mut names[index].1;
        printed.full.get_or_insert_with(|| labels[full].clone());
    }
}

/// Initials, each with the name in full of whoever they are: the one name with these initials, and
/// under it somebody speaks before the initials begin, and never after.
fn named_before(names: &[(String, Printed)], labels: &[String]) -> Vec<(usize, usize)> {
    let mut by_initials: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, label) in labels.iter().enumerate() {
        if let Some(initials) = initials::of(label) {
            by_initials.entry(initials).or_default().push(index);
        }
    }
    let before = |full: usize, short: usize| {
        let (full, short) = (&names[full].1.labels, &names[short].1.labels);
        full.last() < short.first()
    };
    let initials = labels.iter().enumerate();
    initials
        .filter(|(_, label)| initials::are_initials(label))
        .filter_map(|(short, label)| match by_initials.get(label)?[..] {
            [full] if before(full, short) => Some((short, full)),
            _ => None,
        })
        .collect()
}

/// What stands in the bracket with which the text begins.
fn bracket_at(text: &str) -> Option<&str> {
    let open = text.chars().next()?;
    let close = closing_bracket(open)?;
    let inner = &text[open.len_utf8()..];
    let (end, _) = inner.char_indices().take(64).find(|&(_, c)| c == close)?;
    Some(&inner[..end])
}

/// Every place where one of the names stands, longest first, case put aside.
fn occurrences<'n>(text: &str, names: impl Iterator<Item = &'n str>) -> Vec<(usize, Range<usize>)> {
    let Ok(automaton) = AhoCorasick::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::LeftmostLongest)
        .build(names)
    else {
        return Vec::new();
    };
    automaton
        .find_iter(text)
        .filter(|found| !found.is_empty())
        .map(|found| (found.pattern().as_usize(), found.range()))
        .collect()
}

/// Joins names into people: a forest over the names, each root one person.
struct Merger<'a> {
    source: &'a Source<'a>,
    names: Vec<(String, Printed)>,
    people: Forest,
    /// Names that are short for another one; they become no alias.
    short: Vec<bool>,
    suspects: Vec<Suspect>,
}

impl<'a> Merger<'a> {
    fn new(source: &'a Source<'a>, names: Vec<(String, Printed)>) -> Self {
        Merger {
            source,
            people: Forest::of(names.len()),
            short: vec![false; names.len()],
            names,
            suspects: Vec::new(),
        }
    }

    /// The same Latin name in brackets, or a label that is that Latin name.
    fn by_latin_name(&mut self) {
        let mut by_key: HashMap<String, usize> = HashMap::new();
        for (index, (key, _)) in self.names.iter().enumerate() {
            by_key.insert(key.clone(), index);
        }
        let mut pairs = Vec::new();
        for (index, (_, printed)) in self.names.iter().enumerate() {
            for latin in &printed.latin {
                let other = *by_key.entry(key(latin)).or_insert(index);
                pairs.push((index, other));
            }
        }
        for (a, b) in pairs {
            self.join_listed(a, b);
        }
    }

    /// Joins two names and lists that they are taken as one person, unless they are one already.
    fn join_listed(&mut self, a: usize, b: usize) {
        if self.people.root(a) == self.people.root(b) {
            return;
        }
        let (first, second) = (&self.names[a].1, &self.names[b].1);
        let text = format!("{} / {}", first.name(), second.name());
        let line = first.line.max(second.line);
        self.suspects
            .push(Suspect::new(line, MERGED, Doubt::SpellingMerged, text));
        self.people.join(a, b);
    }

    /// Initials that the source explains: `Mara Vogel (MVL)`.
    fn by_initials(&mut self) {
        let known: HashMap<String, usize> = (self.names.iter().enumerate())
            .map(|(index, (key, _))| (key.clone(), index))
            .collect();
        for index in 0..self.names.len() {
            let printed = &self.names[index].1;
            let Some(full) = &printed.full else { continue };
            let text = format!("{} / {full}", printed.name());
            self.suspects
                .push(Suspect::new(printed.line, 0.3, Doubt::ShortName, text));
            if let Some(&other) = known.get(&key(full)) {
                self.short[index] = true;
                self.people.join(other, index);
            }
        }
    }

    /// The same letters, with blanks or dots lost: `DELA CHAPELLE`, `帕特里克琼斯`.
    fn by_letters(&mut self) {
        let mut by_letters: HashMap<String, usize> = HashMap::new();
        for index in 0..self.names.len() {
            let letters: String = self.names[index]
                .0
                .chars()
                .filter(|c| c.is_alphanumeric())
                .collect();
            if letters.chars().count() < 4 {
                continue;
            }
            let other = *by_letters.entry(letters).or_insert(index);
            self.join_listed(index, other);
        }
    }

    /// One or two letters off in one part of a name, the other parts alike.
    fn by_spelling(&mut self) {
        let mut buckets: HashMap<(usize, usize, String), Vec<usize>> = HashMap::new();
        for (index, (key, _)) in self.names.iter().enumerate() {
            let parts: Vec<&str> = Name(key).parts().collect();
            if parts.len() < 2 {
                continue;
            }
            for left_out in 0..parts.len() {
                let mut others = parts.clone();
                others.remove(left_out);
                buckets
                    .entry((parts.len(), left_out, others.join(" ")))
                    .or_default()
                    .push(index);
            }
        }
        let mut alike: Vec<(usize, usize, usize)> = buckets
            .into_iter()
            // A bucket this full holds a common surname, not misspellings.
            .filter(|(_, members)| (2..=24).contains(&members.len()))
            .flat_map(|((_, part, _), members)| {
                let mut pairs = Vec::new();
                for (at, &a) in members.iter().enumerate() {
                    pairs.extend(members[at + 1..].iter().map(|&b| (a, b, part)));
                }
                pairs
            })
            .collect();
        alike.sort_unstable();
        for (a, b, part) in alike {
            if self.people.root(a) != self.people.root(b) {
                self.judge_spelling(a, b, part);
            }
        }
    }

    fn judge_spelling(&mut self, a: usize, b: usize, part: usize) {
        let (first, second) = (&self.names[a], &self.names[b]);
        let mut parts = (Name(&first.0).parts(), Name(&second.0).parts());
        let (Some(one), Some(other)) = (parts.0.nth(part), parts.1.nth(part)) else {
            return;
        };
        let Some(limit) = misspelling_limit(one, other, part == 0) else {
            return;
        };
        if distance(one, other, limit) > limit {
            return;
        }
        let rarer = first.1.count().min(second.1.count());
        let common = first.1.count().max(second.1.count());
        // Smith and Smyth are two people unless one of them is clearly a slip.
        let long = one.chars().count() >= if one.is_ascii() { 8 } else { 5 };
        let slip = rarer <= MAX_MISSPELT && (long || common >= 3 * rarer);
        let both_own = first.1.introduced && second.1.introduced;
        let both_latin = !first.1.latin.is_empty() && !second.1.latin.is_empty();
        let line = first.1.line.max(second.1.line);
        let text = format!("{} / {}", first.1.name(), second.1.name());
        // Two Latin names that differ were not merged by them: they are two people.
        if !slip || both_own || both_latin {
            self.suspects
                .push(Suspect::new(line, 0.6, Doubt::SimilarNames, text));
        } else {
            self.suspects
                .push(Suspect::new(line, 0.5, Doubt::SpellingMerged, text));
            self.people.join(a, b);
        }
    }

    /// A bare first name, or last name, where the source knows only one person so called.
    fn by_short_form(&mut self) {
        let mut owners: HashMap<String, Vec<usize>> = HashMap::new();
        for index in 0..self.names.len() {
            if is_several(&self.names[index].0) {
                continue;
            }
            let Some(short_forms) = Name(&self.names[index].0).short_forms() else {
                continue;
            };
            let root = self.people.root(index);
            for part in short_forms {
                let owners = owners.entry(part.to_owned()).or_default();
                if !owners.contains(&root) {
                    owners.push(root);
                }
            }
        }
        let bare: Vec<usize> = (0..self.names.len())
            .filter(|&index| owners.contains_key(&self.names[index].0))
            .take(MAX_NAMES)
            .collect();
        if bare.is_empty() {
            return;
        }
        let wanted: Vec<String> = bare
            .iter()
            .map(|&name| self.names[name].1.name().to_owned())
            .collect();
        let mut doubtful = vec![false; bare.len()];
        let text = self.source.text.as_ref();
        for (at, found) in occurrences(text, wanted.iter().map(String::as_str)) {
            let full = &owners[&self.names[bare[at]].0];
            if let Some(next) = name_part_after(&text[found.end..]) {
                let next = key(next);
                let known = full
                    .iter()
                    .any(|&owner| Name(&self.names[owner].0).parts().any(|part| part == next));
                doubtful[at] |= !known;
            }
        }
        for (at, &index) in bare.iter().enumerate() {
            let full = owners[&self.names[index].0].clone();
            let printed = &self.names[index].1;
            let (line, text) = (printed.line, printed.name().to_owned());
            if let ([owner], false) = (full.as_slice(), doubtful[at])
                && !self.answer_each_other(*owner, index)
            {
                self.suspects
                    .push(Suspect::new(line, 0.7, Doubt::ShortName, text));
                self.short[index] = true;
                self.people.join(*owner, index);
            } else {
                self.suspects
                    .push(Suspect::new(line, 0.9, Doubt::AmbiguousName, text));
            }
        }
    }

    /// Whether one speaks directly after the other, and more than once: nobody is announced twice.
    fn answer_each_other(&self, one: usize, other: usize) -> bool {
        let labels = &self.names[one].1.labels;
        let beside = |label: &&usize| {
            let has = |beside: Option<usize>| {
                beside.is_some_and(|beside| labels.binary_search(&beside).is_ok())
            };
            has(label.checked_sub(1)) || has(label.checked_add(1))
        };
        let others = &self.names[other].1.labels;
        others.iter().filter(beside).count() >= ANSWERS
    }

    fn finish(mut self, labels: usize) -> Cast {
        let mut members: Vec<Vec<usize>> = vec![Vec::new(); self.names.len()];
        for index in 0..self.names.len() {
            let root = self.people.root(index);
            members[root].push(index);
        }
        let mentions = self.mentions();
        let mut cast = Cast {
            of_label: vec![None; labels],
            suspects: std::mem::take(&mut self.suspects),
            ..Cast::default()
        };
        for members in members.into_iter().filter(|members| !members.is_empty()) {
            for &member in &members {
                for &label in &self.names[member].1.labels {
                    cast.of_label[label] = Some(SpeakerId::at(cast.speakers.len()));
                }
            }
            cast.speakers.push(self.speaker(&members, &mentions));
        }
        cast
    }

    /// How often each name stands anywhere in the source.
    fn mentions(&self) -> Vec<u32> {
        let mut mentions = vec![0; self.names.len()];
        let names = self.names.iter().map(|(_, printed)| printed.name());
        for (at, _) in occurrences(&self.source.text, names) {
            mentions[at] += 1;
        }
        mentions
    }

    /// The display name is the Chinese form where there is one, else the one printed most often.
    fn speaker(&self, members: &[usize], mentions: &[u32]) -> Speaker {
        let native = |index: usize| Name(&self.names[index].0).is_native();
        let Some(&chosen) = members.iter().max_by_key(|&&index| {
            let printed = &self.names[index].1;
            (
                !self.short[index],
                native(index),
                printed.count(),
                mentions[index],
                printed.name().len(),
                std::cmp::Reverse(index),
            )
        }) else {
            return Speaker::default();
        };
        let printed = &self.names[chosen].1;
        let name = printed.full.as_deref().unwrap_or(printed.name()).to_owned();
        let mut speaker = Speaker {
            name,
            ..Speaker::default()
        };
        let mut roles: Vec<(String, u32)> = Vec::new();
        for &member in members {
            let printed = &self.names[member].1;
            for latin in &printed.latin {
                names::add_alias(&mut speaker, latin);
            }
            for (form, _) in &printed.forms {
                names::add_alias(&mut speaker, form);
            }
            for (role, count) in &printed.roles {
                match roles.iter_mut().find(|(known, _)| known == role) {
                    Some((_, known)) => *known += count,
                    None => roles.push((role.clone(), *count)),
                }
            }
        }
        speaker.role = roles
            .into_iter()
            .max_by_key(|(role, count)| (*count, role.len()))
            .map(|(role, _)| role);
        speaker
    }
}

/// The next part of a name that begins with what was just read: `·琼斯`, ` Jones`.
fn name_part_after(text: &str) -> Option<&str> {
    let mut chars = text.chars();
    let separator = chars.next()?;
    let rest = chars.as_str();
    let end = rest
        .find(|c: char| !c.is_alphabetic() && c != '-')
        .unwrap_or(rest.len());
    let part = &rest[..end];
    let first = part.chars().next()?;
    let dotted = is_interpunct(separator) && is_ideograph(first);
    let spaced = separator == ' ' && first.is_uppercase() && !is_ideograph(first);
    // In `Peter Major, …` the part ends where ideographs begin.
    let latin_end = part
        .find(is_ideograph)
        .filter(|_| spaced)
        .unwrap_or(part.len());
    (dotted || spaced)
        .then(|| &part[..latin_end])
        .filter(|part| part.chars().count() > 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn latin_names_are_told_from_offices() {
        assert!(is_latin_name("PATRICK JONES") && is_latin_name("Ludwig van Beethoven"));
        for content in ["GAC", "GAC CHAIR", "， 主席", "by phone"] {
            assert!(!is_latin_name(content), "{content}");
        }
        assert_eq!(role(" ， 主席").as_deref(), Some("主席"));
        assert_eq!(role(" ， "), None);
    }
}
