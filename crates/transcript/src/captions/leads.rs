//! What a line of a caption opens with, if that can be a label: a name and the sign after it.

use crate::signs::phrases::{has_office, is_clause};
use crate::signs::script::{closing_bracket, is_colon, is_ideograph, is_terminator};

/// A name that nothing else speaks for is not longer than this many characters.
const MAX_NAME: usize = 60;
/// One whose words are all names or titles is not longer than this.
const MAX_OFFICE: usize = 120;
/// Words of a name that is not set like one: `Unidentified speaker`.
const MAX_WORDS: usize = 4;
/// A word in small letters inside a name has so many letters at most: `van der`, `for`, `and`.
const PARTICLE: usize = 4;

/// How the name is set off from the speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Setting {
    /// `Name: text`.
    Colon,
    /// `名：text`.
    WideColon,
    /// `[Name]: text`.
    BracketColon,
    /// `[Name] text`.
    Bracket,
    /// `<Name> text`.
    Angle,
    /// `Name|text`.
    Bar,
}

/// What opens a line. Offsets are bytes of the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Lead<'l> {
    /// How it is set.
    pub setting: Setting,
    /// The name as it is printed, without the signs around it.
    pub name: &'l str,
    /// Where the speech may begin.
    pub end: usize,
}

/// The sign before a name, or in its place, that says that somebody else speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Turn {
    /// `>>`, with where it ends.
    Chevron(usize),
    /// A dash, with where it ends.
    Dash(usize),
}

/// The sign of another speaker at the beginning of a line.
pub(crate) fn turn(line: &str) -> Option<Turn> {
    let chevrons = line.len() - line.trim_start_matches(['>', '＞']).len();
    if line[..chevrons].chars().count() > 1 {
        return Some(Turn::Chevron(chevrons));
    }
    let rest = line.strip_prefix(['-', '–', '—', '‐', '‑', '−'])?;
    // `-5 degrees` and `-- and so` are speech.
    let opens = rest
        .starts_with(|c: char| c.is_whitespace() || c.is_alphabetic() || "[(<\"“¿¡".contains(c));
    opens.then_some(Turn::Dash(line.len() - rest.len()))
}

/// The name that opens a line, after a sign of another speaker and a time.
pub(crate) fn lead(line: &str) -> Option<Lead<'_>> {
    let from = match turn(line) {
        Some(Turn::Chevron(end) | Turn::Dash(end)) => end,
        None => 0,
    };
    let from = after_time(line, after_blanks(line, from));
    let found = enclosed(&line[from..]).or_else(|| marked(&line[from..]))?;
    let lead = Lead {
        end: found.end + from,
        ..found
    };
    lead.name.chars().any(char::is_alphanumeric).then_some(lead)
}

fn after_blanks(line: &str, from: usize) -> usize {
    line.len() - line[from..].trim_start().len()
}

/// Where a line goes on after a time in brackets: `[00:01:02] Name: text`.
fn after_time(line: &str, from: usize) -> usize {
    let rest = &line[from..];
    let time = rest
        .strip_prefix(['[', '('])
        .and_then(|inner| inner.split_once([']', ')']))
        .filter(|(time, _)| time.contains(':') && is_numeric(time));
    time.map_or(from, |(_, after)| {
        after_blanks(line, line.len() - after.len())
    })
}

fn is_numeric(text: &str) -> bool {
    text.bytes()
        .all(|byte| byte.is_ascii_digit() || b":.,".contains(&byte))
}

/// `[Name]: `, `[Name] ` and `<Name> `.
fn enclosed(rest: &str) -> Option<Lead<'_>> {
    let open = rest.chars().next()?;
    let close = match open {
        '<' => '>',
        _ => closing_bracket(open)?,
    };
    let inner = &rest[open.len_utf8()..];
    let (length, _) = inner
        .char_indices()
        .take(MAX_NAME + 1)
        .find(|&(_, c)| c == close)?;
    let name = inner[..length].trim();
    let after = &inner[length + close.len_utf8()..];
    let speech = after.trim_start();
    let colon = speech.chars().next().filter(|&c| is_colon(c));
    let setting = match (open, colon) {
        (_, Some(_)) => Setting::BracketColon,
        ('<', None) => Setting::Angle,
        ('[' | '【' | '［', None) if !speech.is_empty() => Setting::Bracket,
        _ => return None,
    };
    let end = match colon {
        Some(colon) => rest.len() - speech.len() + colon.len_utf8(),
        None => rest.len() - after.len(),
    };
    let setting = if open == '<' { Setting::Angle } else { setting };
    Some(Lead { setting, name, end })
}

/// `Name: ` and `Name|`.
fn marked(rest: &str) -> Option<Lead<'_>> {
    let mut bar = None;
    let mut chars = rest.char_indices().take(MAX_OFFICE + 1).peekable();
    while let Some((at, c)) = chars.next() {
        if c == '|' && bar.is_none() {
            bar = Some(at);
            // `Sam | Nimbus: text` has a bar inside the name.
            if !rest[..at].ends_with(char::is_whitespace) && !rest[at + 1..].starts_with(' ') {
                break;
            }
        }
        if !is_colon(c) {
            continue;
        }
        // A wide colon has its blank in itself.
        let next = chars.peek().map(|&(_, next)| next);
        if c != ':' || next.is_none_or(char::is_whitespace) {
            return Some(Lead {
                setting: if c == ':' {
                    Setting::Colon
                } else {
                    Setting::WideColon
                },
                name: bare(&rest[..at]),
                end: at + c.len_utf8(),
            });
        }
        // `10:30` and `https://` may stand in speech and in no name, and so may not `a:b`.
        if next.is_some_and(|next| next == '/' || next.is_ascii_digit()) {
            break;
        }
    }
    let at = bar?;
    Some(Lead {
        setting: Setting::Bar,
        name: bare(&rest[..at]),
        end: at + 1,
    })
}

/// A name without what the speech before has left in front of it: `. Joan: text`.
fn bare(name: &str) -> &str {
    name.trim_start_matches(|c: char| c.is_whitespace() || is_terminator(c) || c == ',')
        .trim_end()
}

impl Lead<'_> {
    /// Whether the name is short enough for one in a file where every caption opens with one.
    pub fn is_short(&self) -> bool {
        let length = self.name.chars().count();
        length <= MAX_NAME || length <= MAX_OFFICE && is_set_like_names(self.name)
    }

    /// Whether the form allows a name where the caption could as well open with a sentence that
    /// has a colon.
    pub fn is_like_a_name(&self) -> bool {
        let words = self.name.split_whitespace().count();
        let ideographs = self.name.chars().filter(|&c| is_ideograph(c)).count();
        self.is_short()
            && ideographs <= 14
            && !has_sentence_end(self.name)
            && !is_clause(without_note(self.name))
            && (words <= MAX_WORDS || is_set_like_names(self.name))
    }

    /// Whether it has several words.
    pub fn has_words(&self) -> bool {
        self.name.contains(char::is_whitespace)
    }

    /// Whether it opens with a capital, which has no place in the middle of a sentence.
    pub fn is_capital(&self) -> bool {
        self.name.starts_with(char::is_uppercase)
    }

    /// Whether it opens with a small letter, as sentences do that go on, and is no handle such as
    /// `bren_77`.
    pub fn is_small(&self) -> bool {
        let is_handle = |c: char| c == '_' || c.is_ascii_digit();
        if self.name.contains(is_handle) && !self.name.contains(char::is_whitespace) {
            return false;
        }
        self.name
            .chars()
            .find(|c| c.is_alphanumeric())
            .is_some_and(char::is_lowercase)
    }
}

/// A name without capitals may have so many characters where the names that come back are shorter.
const SHORT: usize = 6;

/// How the names are written that are known to be names. Where a name stands once, a sentence with
/// a colon must not be taken for one: `In other words: text`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Style {
    /// The script has capitals.
    cased: bool,
    /// Every name of several words is set like names are.
    set: bool,
    /// Characters of the longest name.
    longest: usize,
}

impl Style {
    /// The style of these names.
    pub fn of<'a>(names: impl Iterator<Item = &'a Lead<'a>>) -> Style {
        let mut style = Style {
            cased: false,
            set: true,
            longest: 0,
        };
        for lead in names {
            let name = without_note(lead.name);
            style.cased |= is_cased(name);
            style.set &= !lead.has_words() || is_set_like_names(name);
            style.longest = style.longest.max(name.chars().count());
        }
        style
    }

    /// Whether a name that stands once is written so.
    pub fn allows(&self, lead: &Lead) -> bool {
        let name = without_note(lead.name);
        let words = name.split_whitespace().count();
        match (self.cased, is_cased(name)) {
            (true, true) => {
                let is_title = |word: &str| word.chars().count() > 2 && is_all_capitals(word);
                let titled = name.contains('.') || name.split_whitespace().any(is_title);
                !self.set || words < 3 || titled || is_set_like_names(name)
            }
            (false, false) => name.chars().count() <= self.longest.max(SHORT),
            // Another script: nobody begins a sentence in it.
            _ => true,
        }
    }
}

impl Style {
    /// Whether the form leaves no doubt that a name that stands once is one: a single word, or
    /// words with the capitals that names have.
    pub fn is_sure(&self, lead: &Lead) -> bool {
        let name = without_note(lead.name);
        if !lead.has_words() || has_office(name) {
            return true;
        }
        match (self.cased, is_cased(name)) {
            (false, false) => false,
            (true, true) => {
                let mut later = name.split_whitespace().skip(1);
                later.any(|word| word.contains(|c: char| c.is_uppercase() || c.is_numeric()))
            }
            _ => true,
        }
    }
}

fn is_all_capitals(word: &str) -> bool {
    word.chars().all(|c| !c.is_lowercase()) && word.chars().any(char::is_uppercase)
}

fn is_cased(name: &str) -> bool {
    name.chars().any(|c| c.is_uppercase() || c.is_lowercase())
}

/// Whether every word opens like a name or is a particle: `The Minister for Ports (Ben Renner)`.
pub(crate) fn is_set_like_names(name: &str) -> bool {
    let mut particles = 0;
    let mut words = 0;
    for word in name.split_whitespace() {
        words += 1;
        let Some(first) = word.chars().find(|c| c.is_alphanumeric()) else {
            continue;
        };
        if first.is_lowercase() {
            particles += 1;
            if word.chars().count() > PARTICLE && !word.starts_with(['(', '[']) {
                return false;
            }
        }
    }
    words > 0 && particles * 2 <= words
}

/// A name without what stands in brackets behind it: `Ben Renner (he/him)`.
fn without_note(name: &str) -> &str {
    match name.find(['(', '（', '[']) {
        Some(at) if at > 0 => &name[..at],
        _ => name,
    }
}

/// Whether a sentence ends inside, or somebody is quoted: a point after a word that is no title or
/// initial, or quotes that stand around words. Hebrew has them inside words.
fn has_sentence_end(name: &str) -> bool {
    let quoted = |word: &str| word.starts_with('"') || word.ends_with('"');
    // Who is not known: `Speaker ?`, `Mme X…`.
    let name = name.trim_end_matches(['?', '？', '…']);
    if name.contains(['?', '!', '。', '？', '！', '…', '“', '”'])
        || name.split_whitespace().any(quoted)
    {
        return true;
    }
    let mut words = name.split_whitespace().peekable();
    while let Some(word) = words.next() {
        let letters = word.trim_end_matches('.');
        let is_small = word.starts_with(char::is_lowercase);
        let most = if is_small { 4 } else { 5 };
        let ends = letters.len() < word.len() && letters.chars().count() > most;
        if ends && words.peek().is_some() {
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_all_their_settings() {
        for (line, setting, name, rest) in [
            ("Anna: hi", Setting::Colon, "Anna", " hi"),
            ("Анна №1: да", Setting::Colon, "Анна №1", " да"),
            ("安娜：好", Setting::WideColon, "安娜", "好"),
            (
                "[SPEAKER_00]: hi",
                Setting::BracketColon,
                "SPEAKER_00",
                " hi",
            ),
            ("[Anna] hi", Setting::Bracket, "Anna", " hi"),
            ("<Anna> hi", Setting::Angle, "Anna", " hi"),
            ("Sam | Nimbus: hi", Setting::Colon, "Sam | Nimbus", " hi"),
            ("SPEAKER_01|Hi: you", Setting::Bar, "SPEAKER_01", "Hi: you"),
            ("- Anna: hi", Setting::Colon, "Anna", " hi"),
            (". Anna: hi", Setting::Colon, "Anna", " hi"),
            (">> [00:01] Anna: hi", Setting::Colon, "Anna", " hi"),
        ] {
            let lead = lead(line).unwrap_or_else(|| panic!("{line}"));
            assert_eq!((lead.setting, lead.name), (setting, name), "{line}");
            assert_eq!(&line[lead.end..], rest, "{line}");
        }
        for line in [
            "at 10:30 we",
            "see https://a.b: c",
            "hello",
            "[music]",
            "♪: x",
        ] {
            assert_eq!(lead(line), None, "{line}");
        }
    }

    #[test]
    fn sentences_with_a_colon_are_told_from_names() {
        let is_name = |line: &str| lead(line).is_some_and(|lead| lead.is_like_a_name());
        for line in [
            "The Secretary of State for Environment, Food and Rural Affairs (Ben Renner): a",
            "M. le président: a",
            "Dr. Ben Renner: a",
            "bren_77: a",
            "Ben Renner (he/him): a",
            "היו\"ר דוד כהן: a",
            "Unidentified speaker: a",
            "Иванов И.И.: a",
        ] {
            assert!(is_name(line), "{line}");
        }
        for line in [
            "say. But then, that is it: a",
            "you know, the guy following around the knight: a",
            "What next? He said: a",
        ] {
            assert!(!is_name(line), "{line}");
        }
    }
}
