//! Finding speakers by any of their names.

use turnsearch_pack::{Pack, Pinyin};
use turnsearch_text::{fold_query, is_han};

use crate::strings::contains;

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
    /// The parts of the name, folded.
    parts: Vec<String>,
    /// `key` as it is pronounced, where it is Han; for each ideograph the usual reading.
    pinyin: Option<String>,
}

impl People {
    pub(crate) fn of(pack: &Pack) -> Self {
        let mut names = Vec::new();
        for (speaker, info) in pack.collection().speakers.iter().enumerate() {
            for name in std::iter::once(&info.name).chain(&info.aliases) {
                let folded = fold_query(name, pack.fold_table());
                let key = key(&folded);
                if key.is_empty() {
                    continue;
                }
                let parts = folded
                    .split(is_name_mark)
                    .filter(|part| !part.is_empty())
                    .map(str::to_owned)
                    .collect();
                let pinyin = pronounced(&key, pack.pinyin());
                names.push(Name {
                    speaker: speaker as u32,
                    key,
                    parts,
                    pinyin,
                });
            }
        }
        Self { names }
    }

    /// The speakers who have `folded` as a full name: one of at least two parts, or an office or
    /// name in ideographs. (A single Latin word, such as `peter`, is a word like others.)
    pub(crate) fn named_in_full(&self, folded: &str) -> Vec<u32> {
        let key = key(folded);
        let full = |name: &Name| {
            let han = name.key.chars().all(is_han) && name.key.chars().nth(1).is_some();
            name.key == key && (name.parts.len() > 1 || han)
        };
        self.who(full)
    }

    /// The speakers whom `folded` means as the value of a filter: by full name if there is one, else
    /// by a part of a name, else by a beginning of a part, else by pronunciation.
    pub(crate) fn meant_by(&self, folded: &str) -> Vec<u32> {
        let key = key(folded);
        if key.is_empty() {
            return Vec::new();
        }
        let letters: String = key.chars().filter(char::is_ascii_alphanumeric).collect();
        let tests: [&dyn Fn(&Name) -> bool; 4] = [
            &|name| name.key == key,
            &|name| name.parts.contains(&key),
            &|name| {
                contains(&name.key, &key)
                    && (is_all_han(&key) || name.parts.iter().any(|part| part.starts_with(&key)))
            },
            &|name| {
                name.pinyin
                    .as_ref()
                    .is_some_and(|pinyin| *pinyin == letters && letters == key)
            },
        ];
        tests
            .iter()
            .map(|test| self.who(test))
            .find(|speakers| !speakers.is_empty())
            .unwrap_or_default()
    }

    /// The speakers of whom some part of a name is `word`.
    pub(crate) fn with_part(&self, word: &str) -> Vec<u32> {
        self.who(|name| name.parts.iter().any(|part| part == word) || name.key == word)
    }

    /// The speakers whom `folded`, a word of a query, names: by a whole name, by a part of one, or by
    /// at least two ideographs of one.
    pub(crate) fn named_by(&self, folded: &str) -> Vec<u32> {
        let key = key(folded);
        let ideographs = is_all_han(&key) && key.chars().nth(1).is_some();
        self.who(|name| {
            name.key == key
                || name.parts.contains(&key)
                || (ideographs && contains(&name.key, &key))
        })
    }

    /// The speakers, in order, of whom some name passes `test`.
    fn who(&self, test: impl Fn(&Name) -> bool) -> Vec<u32> {
        let passed = self.names.iter().filter(|name| test(name));
        let mut speakers: Vec<u32> = passed.map(|name| name.speaker).collect();
        // The names of one speaker follow each other.
        speakers.dedup();
        speakers
    }
}

/// A name without what stands between its parts.
fn key(folded: &str) -> String {
    folded.chars().filter(|&c| !is_name_mark(c)).collect()
}

fn is_name_mark(c: char) -> bool {
    matches!(c, ' ' | '·' | '-' | '.' | ',' | '\'')
}

fn is_all_han(text: &str) -> bool {
    text.chars().all(is_han)
}

fn pronounced(key: &str, pinyin: &Pinyin) -> Option<String> {
    key.chars().map(|c| pinyin.readings(c).next()).collect()
}
