//! The words of a collection, with how often they occur and what they are.

use indexmap::IndexMap;
use turnsearch_text::{is_han, words};

/// A Han word enters the lexicon if it stands in at least this many turns: half of all words stand
/// in one turn only, where they help nobody to rank.
const LEAST_TURNS_OF_WORD: u32 = 2;

/// Every word of the collection, numbered in the order of their appearance.
#[derive(Default)]
pub(super) struct Vocabulary(IndexMap<Box<str>, Entry>);

/// What a word can be in a phrase.
#[derive(Clone, Copy, Default, PartialEq)]
pub(super) enum Role {
    /// Nouns, names, foreign words: can end a phrase.
    Head,
    /// Verbs, adjectives: can stand in a phrase, not at its end.
    Modifier,
    /// Particles, pronouns, numbers and so on: break a phrase.
    #[default]
    Other,
}

#[derive(Default)]
struct Entry {
    /// `None` while it is known as a term only.
    class: Option<Class>,
    turns: u32,
    /// The last turn that it was counted for.
    last_turn: u32,
}

/// What a word is, which the word alone decides.
#[derive(Clone, Copy, Default)]
struct Class {
    role: Role,
    /// Pronouns, conjunctions, prepositions, adverbs, particles.
    is_functional: bool,
}

impl Vocabulary {
    /// Counts a word that jieba has found, once for each turn (numbered from 1), and returns its
    /// number.
    pub(super) fn count_word(&mut self, word: &str, tag: &str, turn: u32) -> u32 {
        let id = self.count_term(word, turn);
        let class = &mut self.0[id as usize].class;
        class.get_or_insert_with(|| classify(word, tag));
        id
    }

    /// Counts a term once for each turn (numbered from 1), and returns its number.
    pub(super) fn count_term(&mut self, term: &str, turn: u32) -> u32 {
        let id = match self.0.get_index_of(term) {
            Some(id) => id,
            None => self.0.insert_full(term.into(), Entry::default()).0,
        };
        let entry = &mut self.0[id];
        entry.turns += u32::from(entry.last_turn != turn);
        entry.last_turn = turn;
        id as u32
    }

    /// Takes in the words of later turns, and returns the number that each has now.
    pub(super) fn absorb(&mut self, later: Self) -> Vec<u32> {
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

    /// The section [`crate::SectionTag::LEXICON`]: an `fst` map from word to twice the number of
    /// turns it stands in, plus one for a function word.
    pub(super) fn lexicon(mut self) -> Result<Vec<u8>, fst::Error> {
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

/// Terms of the alphabetic scripts all belong in the lexicon, since it completes and corrects what
/// is typed. Ideographs alone need no entry: the searcher counts them in the texts.
fn belongs_in_lexicon(word: &str, turns: u32) -> bool {
    if is_all_han(word) {
        return turns >= LEAST_TURNS_OF_WORD && word.chars().nth(1).is_some();
    }
    words::terms(word).next() == Some(word)
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

/// Whether every character of `word` is an ideograph.
fn is_all_han(word: &str) -> bool {
    word.chars().all(is_han)
}
