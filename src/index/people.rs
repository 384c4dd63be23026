//! Finding speakers by any of their names.

use turnsearch_model::SpeakerId;
use turnsearch_pack::{Pack, Pinyin};
use turnsearch_text::{fold_query, part};

use crate::compact::chars::{has_two, is_all_han, pieces};
use crate::compact::strings::join;
use crate::index::names::Names;

/// Stands around whole names and around their parts. Folding drops line breaks, so none has it.
const AROUND: &str = "\n";

/// The names of all speakers, as they are compared: folded, without blanks and marks between the
/// parts.
#[derive(Debug, Clone, Default)]
pub(crate) struct People {
    /// For each name, in the order of the speakers, whose it is, and whether it has several parts.
    names: Vec<(SpeakerId, bool)>,
    /// The names, with [`AROUND`] before and after them.
    keys: Names,
    /// The parts of each name, with [`AROUND`] before, between and after them.
    parts: Names,
    /// The names as they are pronounced, with [`AROUND`] before and after; for each ideograph the
    /// usual reading. Empty for those that are not Han.
    pinyin: Names,
}

impl People {
    pub(crate) fn of(pack: &Pack) -> Self {
        let mut people = Self::default();
        for (speaker, info) in (0..).zip(&pack.collection().speakers) {
            people.add(SpeakerId(speaker), &info.name, pack);
            for alias in &info.aliases {
                people.add(SpeakerId(speaker), alias, pack);
            }
        }
        people
    }

    fn add(&mut self, speaker: SpeakerId, name: &str, pack: &Pack) {
        let folded = fold_query(name, pack.fold_table());
        let parts = pieces(&folded, is_name_mark);
        if parts.is_empty() {
            return;
        }
        let key = join(&parts, "");
        self.names.push((speaker, parts.len() > 1));
        self.parts.push(&marked_off(&join(&parts, AROUND)));
        self.pinyin.push(&pronounced(&key, pack.pinyin()));
        self.keys.push(&marked_off(&key));
    }

    /// The speakers who have `folded` as a full name: one of at least two parts, or an office or
    /// name in ideographs. (A single Latin word, such as `peter`, is a word like others.)
    pub(crate) fn named_in_full(&self, folded: &str) -> Vec<SpeakerId> {
        let key = key(folded);
        let in_ideographs = is_all_han(&key) && has_two(&key);
        let mut named = self.keys.with(&marked_off(&key));
        named.retain(|&name| self.names[name as usize].1 || in_ideographs);
        self.who(&[named])
    }

    /// The speakers whom `folded` means as the value of a filter: by full name if there is one,
    /// else by a part of a name, else by a beginning of a part or within a name in ideographs, else
    /// by pronunciation.
    pub(crate) fn meant_by(&self, folded: &str) -> Vec<SpeakerId> {
        let key = key(folded);
        let whole = marked_off(&key);
        let begun_or_within = if is_all_han(&key) {
            (&self.keys, key.as_str())
        } else {
            (&self.parts, part(&whole, ..whole.len() - AROUND.len()))
        };
        let ways = [
            (&self.keys, whole.as_str()),
            (&self.parts, &whole),
            begun_or_within,
            (&self.pinyin, &whole),
        ];
        let mut named = Vec::new();
        for (names, what) in ways {
            if named.is_empty() && !key.is_empty() {
                named = names.with(what);
            }
        }
        self.who(&[named])
    }

    /// The speakers of whom some part of a name is `word`.
    pub(crate) fn with_part(&self, word: &str) -> Vec<SpeakerId> {
        let whole = marked_off(word);
        self.who(&[self.keys.with(&whole), self.parts.with(&whole)])
    }

    /// The speakers whom `folded`, a word of a query, names: by a whole name, by a part of one, or
    /// by at least two ideographs of one.
    pub(crate) fn named_by(&self, folded: &str) -> Vec<SpeakerId> {
        let key = key(folded);
        let whole = marked_off(&key);
        let within = if is_all_han(&key) && has_two(&key) {
            &key
        } else {
            &whole
        };
        self.who(&[self.keys.with(within), self.parts.with(&whole)])
    }

    /// The speakers, in order, whose are the names with the numbers in any of `named`.
    fn who(&self, named: &[Vec<u32>]) -> Vec<SpeakerId> {
        let mut is_named = vec![false; self.names.len()];
        for names in named {
            for &name in names {
                is_named[name as usize] = true;
            }
        }
        let mut speakers = Vec::new();
        for (&(speaker, _), is_named) in self.names.iter().zip(is_named) {
            // The names of one speaker follow each other.
            if is_named && speakers.last() != Some(&speaker) {
                speakers.push(speaker);
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

/// How `key` is pronounced, marked off; empty where that is not known of every character.
fn pronounced(key: &str, pinyin: &Pinyin) -> String {
    let mut pronounced = String::new();
    for c in key.chars() {
        let Some(reading) = pinyin.readings(c).next() else {
            return String::new();
        };
        pronounced.push_str(reading);
    }
    marked_off(&pronounced)
}
