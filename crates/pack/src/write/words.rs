//! The words of a collection: its lexicon and its key phrases.
//!
//! Ideographs are cut into words by jieba, whose dictionary is simplified; it reads folded text,
//! which is simplified whatever the source. Words are for ranking questions, for suggestions and
//! for cutting queries, never for finding: a search for any substring scans the texts.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::sync::LazyLock;

use jieba_rs::Jieba;
use turnsearch_text::{FoldTable, words};

use super::parallel::in_parts;
use super::phrases::{Counts, Role};
use super::{folded, is_all_han};
use crate::phrases::Phrase;

/// A Han word enters the lexicon if it stands in at least this many turns: half of all words stand
/// in one turn only, where they help nobody to rank.
const LEAST_TURNS_OF_WORD: u32 = 2;

/// The dictionary is read once in the life of the program: it takes longer than a small collection.
static JIEBA: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// A word and the number of turns that it stands in.
type WordCount = (Box<str>, u32);

pub(super) struct Words {
    /// The lexicon: words, sorted, with the turns that each stands in.
    lexicon: Vec<WordCount>,
    function_words: BTreeSet<Box<str>>,
    phrases: Vec<Phrase>,
}

impl Words {
    /// The words of `turns`.
    pub(super) fn of(turns: &[Cow<'_, str>], fold_table: &FoldTable) -> Self {
        let parts = in_parts(turns, |start, turns| {
            Cut::of(turns, start, &JIEBA, fold_table)
        });
        let Cut { vocabulary, words } = parts.into_iter().fold(Cut::default(), Cut::followed_by);

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
        let (lexicon, function_words) = vocabulary.into_lexicon();
        Self {
            lexicon,
            function_words,
            phrases,
        }
    }

    /// Key phrases, the weightiest first.
    pub(super) fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// The section [`crate::SectionTag::LEXICON`]: an `fst` map from word to twice the number of turns
    /// it stands in, plus one for a function word.
    pub(super) fn lexicon(&self) -> Result<Vec<u8>, fst::Error> {
        let mut builder = fst::MapBuilder::memory();
        for (word, turns) in &self.lexicon {
            let functional = self.function_words.contains(word);
            builder.insert(
                word.as_bytes(),
                2 * u64::from(*turns) + u64::from(functional),
            )?;
        }
        builder.into_inner()
    }
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
    fn of(turns: &[Cow<'_, str>], start: usize, jieba: &Jieba, fold_table: &FoldTable) -> Self {
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
pub(super) struct Vocabulary {
    ids: HashMap<Box<str>, u32>,
    words: Vec<Entry>,
}

struct Entry {
    text: Box<str>,
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
        let class = &mut self.words[id as usize].class;
        class.get_or_insert_with(|| classify(word, tag));
        id
    }

    /// Counts a term once for each turn (numbered from 1), and gives its number.
    fn count_term(&mut self, term: &str, turn: u32) -> u32 {
        let id = match self.ids.get(term) {
            Some(&id) => id,
            None => self.add(term),
        };
        let entry = &mut self.words[id as usize];
        entry.turns += u32::from(entry.last_turn != turn);
        entry.last_turn = turn;
        id
    }

    fn add(&mut self, word: &str) -> u32 {
        let id = self.words.len() as u32;
        self.ids.insert(word.into(), id);
        self.words.push(Entry {
            text: word.into(),
            class: None,
            turns: 0,
            last_turn: 0,
        });
        id
    }

    /// Takes in the words of later turns, and gives the number that each has now.
    fn absorb(&mut self, later: Self) -> Vec<u32> {
        let absorb = |entry: Entry| {
            let id = match self.ids.get(&entry.text) {
                Some(&id) => id,
                None => self.add(&entry.text),
            };
            let known = &mut self.words[id as usize];
            known.class = known.class.or(entry.class);
            known.turns += entry.turns;
            known.last_turn = entry.last_turn;
            id
        };
        later.words.into_iter().map(absorb).collect()
    }

    /// The word with this number.
    pub(super) fn text(&self, word: u32) -> &str {
        &self.words[word as usize].text
    }

    /// Whether the word with this number can begin or end a phrase.
    pub(super) fn role(&self, word: u32) -> Role {
        self.words[word as usize].class.unwrap_or_default().role
    }

    /// In how many turns the word with this number stands.
    pub(super) fn turns(&self, word: u32) -> u32 {
        self.words[word as usize].turns
    }

    /// The words of the lexicon, sorted, with their turns; and which are function words.
    fn into_lexicon(self) -> (Vec<WordCount>, BTreeSet<Box<str>>) {
        let kept = self
            .words
            .into_iter()
            .filter(|entry| belongs_in_lexicon(&entry.text, entry.turns));
        let mut lexicon = Vec::new();
        let mut function_words = BTreeSet::new();
        for entry in kept {
            let is_functional = entry.class.unwrap_or_default().is_functional;
            if is_functional && is_all_han(&entry.text) {
                function_words.insert(entry.text.clone());
            }
            lexicon.push((entry.text, entry.turns));
        }
        lexicon.sort_unstable();
        (lexicon, function_words)
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

/// The parts of `text` between marks that no phrase crosses.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        !c.is_alphanumeric()
            && !c.is_whitespace()
            && !matches!(c, '-' | '·' | '+' | '.' | '\'' | '’')
            || c == '\n'
    })
    .filter(|clause| !clause.trim().is_empty())
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
