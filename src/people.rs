//! Finding speakers by any of their names.

use turnsearch_pack::{Pack, Pinyin};
use turnsearch_text::fold_query;

use crate::chars::{has_two, is_all_han, pieces};
use crate::strings::{contains, join};

/// Stands around the parts of a name. Folding drops line breaks, so no part has it.
const AROUND: &str = "\n";

/// The names of all speakers, as they are compared.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    /// In the order of the speakers.
    names: Vec<Name>,
}

#[derive(Debug, Clone)]
struct Name {
    speaker: u32,
    /// Folded, without blanks and marks between the parts.
    key: String,
    /// The parts of the name, folded, with [`AROUND`] before, between and behind them.
    parts: String,
    /// Whether there are several parts.
    several: bool,
    /// `key` as it is pronounced, where it is Han, else empty; for each ideograph the usual reading.
    pinyin: String,
}

impl People {
    pub(crate) fn of(pack: &Pack) -> Self {
        let mut people = Self::default();
        for (speaker, info) in (0..).zip(&pack.collection().speakers) {
            people.add(speaker, &info.name, pack);
            for alias in &info.aliases {
                people.add(speaker, alias, pack);
            }
        }
        people
    }

    fn add(&mut self, speaker: u32, name: &str, pack: &Pack) {
        let folded = fold_query(name, pack.fold_table());
        let parts = pieces(&folded, is_name_mark);
        if parts.is_empty() {
            return;
        }
        let key = join(&parts, "");
        self.names.push(Name {
            speaker,
            parts: marked_off(&join(&parts, AROUND)),
            several: parts.len() > 1,
            pinyin: pronounced(&key, pack.pinyin()),
            key,
        });
    }

    /// The speakers who have `folded` as a full name: one of at least two parts, or an office or
    /// name in ideographs. (A single Latin word, such as `peter`, is a word like others.)
    pub(crate) fn named_in_full(&self, folded: &str) -> Vec<u32> {
        let key = key(folded);
        let in_ideographs = is_all_han(&key) && has_two(&key);
        self.who(&|name| name.key == key && (name.several || in_ideographs))
    }

    /// The speakers whom `folded` means as the value of a filter: by full name if there is one, else
    /// by a part of a name, else by a beginning of a part, else by pronunciation.
    pub(crate) fn meant_by(&self, folded: &str) -> Vec<u32> {
        let key = key(folded);
        if key.is_empty() {
            return Vec::new();
        }
        let part = marked_off(&key);
        let beginning = turnsearch_text::part(&part, ..part.len() - AROUND.len());
        let in_ideographs = is_all_han(&key);
        let in_letters = key.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let tests: [&dyn Fn(&Name) -> bool; 4] = [
            &|name| name.key == key,
            &|name| contains(&name.parts, &part),
            &|name| {
                contains(&name.key, &key) && (in_ideographs || contains(&name.parts, beginning))
            },
            &|name| in_letters && name.pinyin == key,
        ];
        let mut speakers = Vec::new();
        for test in tests {
            if speakers.is_empty() {
                speakers = self.who(test);
            }
        }
        speakers
    }

    /// The speakers of whom some part of a name is `word`.
    pub(crate) fn with_part(&self, word: &str) -> Vec<u32> {
        let part = marked_off(word);
        self.who(&|name| contains(&name.parts, &part) || name.key == word)
    }

    /// The speakers whom `folded`, a word of a query, names: by a whole name, by a part of one, or by
    /// at least two ideographs of one.
    pub(crate) fn named_by(&self, folded: &str) -> Vec<u32> {
        let key = key(folded);
        let part = marked_off(&key);
        let ideographs = is_all_han(&key) && has_two(&key);
        self.who(&|name| {
            name.key == key
                || contains(&name.parts, &part)
                || (ideographs && contains(&name.key, &key))
        })
    }

    /// The speakers, in order, of whom some name passes `test`.
    fn who(&self, test: &dyn Fn(&Name) -> bool) -> Vec<u32> {
        let mut speakers = Vec::new();
        for name in &self.names {
            // The names of one speaker follow each other.
            if test(name) && speakers.last() != Some(&name.speaker) {
                speakers.push(name.speaker);
            }
        }
        speakers
    }
}

fn marked_off(part: &str) -> String {
    join(&["", part, ""], AROUND)
}

/// A name without what stands between its parts.
fn key(folded: &str) -> String {
    join(&pieces(folded, is_name_mark), "")
}

fn is_name_mark(c: char) -> bool {
    matches!(c, ' ' | '·' | '-' | '.' | ',' | '\'')
}

/// How `key` is pronounced; empty where that is not known of every character.
fn pronounced(key: &str, pinyin: &Pinyin) -> String {
    let mut pronounced = String::new();
    for c in key.chars() {
        let Some(reading) = pinyin.readings(c).next() else {
            return String::new();
        };
        pronounced.push_str(reading);
    }
    pronounced
}
