//! The words of a collection: its lexicon and its key phrases.
//!
//! Ideographs are cut into words by jieba, whose dictionary is simplified; it reads folded text,
//! which is simplified whatever the source. Words are for ranking questions, for suggestions and
//! for cutting queries, never for finding: a search for any substring scans the texts.

use std::iter;
use std::sync::{Arc, Mutex, PoisonError};

use indexmap::IndexMap;
use jieba_rs::Jieba;
use turnsearch_text::{FoldTable, words};

use super::parallel::in_parts;
use super::phrases::{Counts, KeyPhrase, Role};
use super::{folded, is_all_han};

/// A Han word enters the lexicon if it stands in at least this many turns: half of all words stand
/// in one turn only, where they help nobody to rank.
const LEAST_TURNS_OF_WORD: u32 = 2;

/// The dictionary, which is kept from one small collection to the next, since reading it takes longer
/// than one of those.
static JIEBA: Mutex<Option<Arc<Jieba>>> = Mutex::new(None);

/// Bytes of text from which on a collection takes so long that it does not matter to read the
/// dictionary again, and so much memory that 50 MB do.
const LARGE: usize = 8 << 20;

pub(super) struct Words {
    /// The section [`crate::SectionTag::LEXICON`].
    pub lexicon: Vec<u8>,
    /// Key phrases, the weightiest first.
    pub phrases: Vec<KeyPhrase>,
}

impl Words {
    /// The words of `turns`.
    ///
    /// # Errors
    /// Where the lexicon cannot be made.
    pub(super) fn of(turns: &[&str], fold_table: &FoldTable) -> Result<Self, fst::Error> {
        let Cut { vocabulary, words } = cut(turns, fold_table);

        let cut_clauses = || words.split(|&word| word == CLAUSE_END);
        let mut counts = Counts::default();
        for words in cut_clauses() {
            counts.sketch(words, &vocabulary);
        }
        let clauses = (1..)
            .zip(turns)
            .flat_map(|(turn, text)| clauses(text).map(move |clause| (turn, clause)));
        for ((turn, clause), words) in clauses.zip(cut_clauses()) {
            counts.count(words, turn, clause, fold_table, &vocabulary);
        }
        let phrases = counts.choose(&vocabulary, turns.len());
        Ok(Self {
            lexicon: vocabulary.lexicon()?,
            phrases,
        })
    }
}

/// The dictionary that is kept, or one that is read now.
fn dictionary() -> Arc<Jieba> {
    let mut kept = JIEBA.lock().unwrap_or_else(PoisonError::into_inner);
    Arc::clone(kept.get_or_insert_with(|| Arc::new(Jieba::new())))
}

/// Cuts `turns` into words, on all processors.
fn cut(turns: &[&str], fold_table: &FoldTable) -> Cut {
    let jieba = dictionary();
    let parts = in_parts(turns, |start, turns| {
        Cut::of(turns, start, &jieba, fold_table)
    });
    if turns.iter().map(|turn| turn.len()).sum::<usize>() >= LARGE {
        *JIEBA.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }
    drop(jieba);
    let whole = parts.into_iter().reduce(Cut::followed_by);
    whole.unwrap_or_default()
}

/// Stands behind the words of a clause.
const CLAUSE_END: u32 = u32::MAX;

/// Turns cut into words.
#[derive(Default)]
struct Cut {
    vocabulary: Vocabulary,
    /// The words of every clause, each clause with [`CLAUSE_END`] behind it.
    words: Vec<u32>,
}

impl Cut {
    /// Cuts `turns`, before which the collection has `start` others.
    fn of(turns: &[&str], start: usize, jieba: &Jieba, fold_table: &FoldTable) -> Self {
        let mut cut = Self::default();
        for (turn, text) in (start as u32 + 1..).zip(turns) {
            for clause in clauses(text) {
                let folded = folded(clause, fold_table);
                for found in jieba.tag(&folded, true) {
                    let word = cut.vocabulary.count_word(found.word, found.tag, turn);
                    cut.words.push(word);
                }
                // Terms with inner marks, which the cutter takes apart: 3.0, example.com.
                for term in words::terms(&folded) {
                    cut.vocabulary.count_term(term, turn);
                }
                cut.words.push(CLAUSE_END);
            }
        }
        cut
    }

    /// These turns and those that `next` has cut, which stand behind them.
    fn followed_by(mut self, next: Self) -> Self {
        let ids = self.vocabulary.absorb(next.vocabulary);
        let renumbered = next.words.into_iter().map(|word| match word {
            CLAUSE_END => CLAUSE_END,
            word => ids[word as usize],
        });
        self.words.extend(renumbered);
        self
    }
}

/// What a word is, which the word alone decides.
#[derive(Clone, Copy, Default)]
struct Class {
    role: Role,
    /// Pronouns, conjunctions, prepositions, adverbs, particles.
    is_functional: bool,
}

/// Every word of the collection, numbered in the order of their appearance.
#[derive(Default)]
pub(super) struct Vocabulary(IndexMap<Box<str>, Entry>);

#[derive(Default)]
struct Entry {
    /// `None` while it is known as a term only.
    class: Option<Class>,
    turns: u32,
    /// The last turn that it was counted for.
    last_turn: u32,
}

impl Vocabulary {
    /// Counts a word that jieba has found, once for each turn (numbered from 1), and gives its number.
    fn count_word(&mut self, word: &str, tag: &str, turn: u32) -> u32 {
        let id = self.count_term(word, turn);
        let class = &mut self.0[id as usize].class;
        class.get_or_insert_with(|| classify(word, tag));
        id
    }

    /// Counts a term once for each turn (numbered from 1), and gives its number.
    fn count_term(&mut self, term: &str, turn: u32) -> u32 {
        let id = match self.0.get_index_of(term) {
            Some(id) => id,
            None => self.0.insert_full(term.into(), Entry::default()).0,
        };
        let entry = &mut self.0[id];
        entry.turns += u32::from(entry.last_turn != turn);
        entry.last_turn = turn;
        id as u32
    }

    /// Takes in the words of later turns, and gives the number that each has now.
    fn absorb(&mut self, later: Self) -> Vec<u32> {
        let absorb = |(word, entry): (Box<str>, Entry)| {
            let word = self.0.entry(word);
            let id = word.index() as u32;
            let known = word.or_default();
            known.class = known.class.or(entry.class);
            known.turns += entry.turns;
            known.last_turn = entry.last_turn;
            id
        };
        later.0.into_iter().map(absorb).collect()
    }

    /// The word with this number.
    pub(super) fn text(&self, word: u32) -> &str {
        self.0.get_index(word as usize).map_or("", |(text, _)| text)
    }

    /// Whether the word with this number can begin or end a phrase.
    pub(super) fn role(&self, word: u32) -> Role {
        self.0[word as usize].class.unwrap_or_default().role
    }

    /// In how many turns the word with this number stands.
    pub(super) fn turns(&self, word: u32) -> u32 {
        self.0[word as usize].turns
    }

    /// The section [`crate::SectionTag::LEXICON`]: an `fst` map from word to twice the number of turns
    /// it stands in, plus one for a function word.
    fn lexicon(mut self) -> Result<Vec<u8>, fst::Error> {
        self.0
            .retain(|word, entry| belongs_in_lexicon(word, entry.turns));
        self.0.sort_unstable_keys();
        let mut builder = fst::MapBuilder::memory();
        for (word, entry) in &self.0 {
            let is_functional = entry.class.unwrap_or_default().is_functional && is_all_han(word);
            let value = 2 * u64::from(entry.turns) + u64::from(is_functional);
            builder.insert(word.as_bytes(), value)?;
        }
        builder.into_inner()
    }
}

/// Terms of the alphabetic scripts all belong in the lexicon, since it completes and corrects what is
/// typed. Ideographs alone need no entry: the searcher counts them in the texts.
fn belongs_in_lexicon(word: &str, turns: u32) -> bool {
    if is_all_han(word) {
        return turns >= LEAST_TURNS_OF_WORD && word.chars().nth(1).is_some();
    }
    words::terms(word).next() == Some(word)
}

/// The parts of `text` between marks that no phrase crosses. A mark that stands inside words, as in `3.0`,
/// ends a part where a blank is beside it: folding drops the blank, and `coach. They` would be one word.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = Some(text);
    let parts = iter::from_fn(move || {
        let text = rest?;
        let mut before = ' ';
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            let after = characters.peek().map_or(' ', |&(_, after)| after);
            let is_end = match c {
                '-' | '·' | '+' | '.' | '\'' | '’' => {
                    before.is_whitespace() || after.is_whitespace()
                }
                '\n' => true,
                _ => !c.is_alphanumeric() && !c.is_whitespace(),
            };
            if is_end {
                rest = Some(&text[at + c.len_utf8()..]);
                return Some(&text[..at]);
            }
            before = c;
        }
        rest.take()
    });
    parts.filter(|clause| !clause.trim().is_empty())
}

/// What jieba's part of speech says about a word.
fn classify(word: &str, tag: &str) -> Class {
    let role = match tag.as_bytes().first() {
        _ if !word.chars().any(char::is_alphabetic) => Role::Other,
        Some(b'n' | b'l' | b'j') => Role::Head,
        _ if tag == "vn" || tag == "eng" || tag == "an" => Role::Head,
        Some(b'v') if word.chars().nth(1).is_some() => Role::Modifier,
        // Single ones, too: 新 gTLD, 多利益. Those that are there by chance have no lift.
        Some(b'a' | b'b' | b'm') => Role::Modifier,
        _ => Role::Other,
    };
    let is_particle = matches!(
        tag.as_bytes().first(),
        Some(b'r' | b'c' | b'p' | b'd' | b'u' | b'y' | b'e' | b'o')
    );
    // The cutter takes 几点 and 多少 for numbers.
    let is_functional = is_particle || word.starts_with('几') || word.contains("多少");
    Class {
        role,
        is_functional,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_end_clauses_and_marks_inside_words_do_not() {
        let found: Vec<_> =
            clauses("Ask the coach. They use .net, IPv6 3.0 and\nit's on-line at example.com.")
                .collect();
        let expected = [
            "Ask the coach",
            " They use ",
            "net",
            " IPv6 3.0 and",
            "it's on-line at example.com",
        ];
        assert_eq!(found, expected);
    }

    #[test]
    fn no_word_of_the_lexicon_reaches_over_the_end_of_a_sentence() {
        let turns = ["Ask the coach. They know. Ask at example.com."];
        let words = Words::of(&turns, &FoldTable::default()).expect("they fit into a map");
        let map = fst::Map::new(words.lexicon).expect("it was just built");
        for (word, is_there) in [
            ("coach", true),
            ("coach.they", false),
            ("they", true),
            ("example.com", true),
        ] {
            assert_eq!(map.contains_key(word), is_there, "{word}");
        }
    }
}
