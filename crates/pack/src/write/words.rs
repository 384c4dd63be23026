//! The words of a collection: its lexicon and its key phrases.
//!
//! Ideographs are cut into words by jieba, whose dictionary is simplified; it reads folded text,
//! which is simplified whatever the source. Words are for ranking questions, for suggestions and
//! for cutting queries, never for finding: a search for any substring scans the texts.

use std::iter;
use std::sync::{Arc, Mutex, PoisonError};

use jieba_rs::Jieba;
use turnsearch_text::{FoldTable, fold, words};

use super::parallel::in_parts;
use super::phrases::{Counts, KeyPhrase};
use super::vocabulary::Vocabulary;

/// The dictionary, which is kept from one small collection to the next, since reading it takes
/// longer than one of those.
static JIEBA: Mutex<Option<Arc<Jieba>>> = Mutex::new(None);

/// Bytes of text from which on a collection takes so long that it does not matter to read the
/// dictionary again, and so much memory that 50 MB do.
const LARGE: usize = 8 << 20;

/// What the writer needs to know of the words of a collection.
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
                let folded = fold(clause, fold_table);
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

/// The parts of `text` between marks that no phrase crosses. A mark that stands inside words, as in
/// `3.0`, ends a part where a blank is beside it: folding drops the blank, and `coach. They` would
/// be one word.
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
