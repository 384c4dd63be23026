//! The key phrases of a collection, which are suggested while somebody types.
//!
//! A collection has far more phrases than are worth keeping, and most stand in one turn only. So
//! they are counted twice: first in a small table of bytes that only ever counts too many, then
//! exactly, but only those that the first count has left.

use std::collections::HashMap;

use turnsearch_text::{FoldTable, fold_with_spans};

use super::vocabulary::{Role, Vocabulary};

/// A phrase is suggested if it stands in at least this many turns.
const LEAST_TURNS: u32 = 3;
/// Words in a phrase.
const MOST_WORDS: usize = 4;
/// A phrase's words must stand together this many times as often as chance would have it.
const LEAST_LIFT: f64 = 8.0;
/// Bits of the places of the rough count: 16 MB, a few times as many as the phrases of 50 MB of
/// text.
const SKETCH_BITS: u32 = 24;

/// A phrase that was chosen.
pub(super) struct KeyPhrase {
    /// As it is printed where it stands first.
    pub text: String,
    /// In how many turns it stands.
    pub turns: u32,
}

/// How often each phrase occurs.
pub(super) struct Counts {
    /// For each place that a phrase's text hashes to, how often the phrases of that place occur, at
    /// most [`LEAST_TURNS`].
    sketch: Vec<u8>,
    counts: HashMap<Box<str>, Count>,
}

/// One phrase.
struct Count {
    turns: u32,
    last_turn: u32,
    words: Vec<u32>,
    first_printed: String,
}

impl Default for Counts {
    fn default() -> Self {
        Self {
            sketch: vec![0; 1 << SKETCH_BITS],
            counts: HashMap::new(),
        }
    }
}

impl Counts {
    /// Counts the phrases of a clause roughly.
    pub(super) fn sketch(&mut self, words: &[u32], vocabulary: &Vocabulary) {
        each_phrase(words, vocabulary, |phrase| {
            let count = &mut self.sketch[place(phrase.text)];
            *count = (*count + 1).min(LEAST_TURNS as u8);
        });
    }

    /// Counts the phrases of a clause exactly, once for each turn (numbered from 1); after all
    /// clauses have been counted roughly.
    pub(super) fn count(
        &mut self,
        words: &[u32],
        turn: u32,
        clause: &str,
        fold_table: &FoldTable,
        vocabulary: &Vocabulary,
    ) {
        let mut spans = None;
        each_phrase(words, vocabulary, |phrase| {
            if u32::from(self.sketch[place(phrase.text)]) < LEAST_TURNS {
                return;
            }
            if let Some(count) = self.counts.get_mut(phrase.text) {
                count.turns += u32::from(count.last_turn != turn);
                count.last_turn = turn;
                return;
            }
            // The way back to how it is printed is only walked for phrases that are new.
            let spans = spans.get_or_insert_with(|| fold_with_spans(clause, fold_table));
            let printed = spans.display_range(phrase.start..phrase.start + phrase.text.len());
            let count = Count {
                turns: 1,
                last_turn: turn,
                words: phrase.words.to_vec(),
                first_printed: clause[printed]
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" "),
            };
            self.counts.insert(phrase.text.into(), count);
        });
    }

    /// The phrases worth suggesting, the weightiest first.
    pub(super) fn choose(self, vocabulary: &Vocabulary, turns: usize) -> Vec<KeyPhrase> {
        // As many as a reader could want to meet while typing; they cost three bytes each.
        let most = 64 + turns / 4;
        let mut scored: Vec<(f64, Box<str>, Count)> = self
            .counts
            .into_iter()
            .filter(|(_, count)| {
                count.turns >= LEAST_TURNS && count.turns as usize * 4 <= turns.max(12)
            })
            .filter_map(|(phrase, count)| Some((weight(&count, vocabulary, turns)?, phrase, count)))
            .collect();
        scored.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
        let mut chosen = Vec::new();
        // For each part of a chosen phrase, the most turns that one of those phrases stands in.
        let mut parts: HashMap<&str, u32> = HashMap::new();
        for (_, phrase, count) in &scored {
            if chosen.len() == most {
                break;
            }
            // A part of a phrase that hardly ever stands without the rest says nothing more.
            let whole = parts.get(&**phrase).copied().unwrap_or(0);
            if whole > 0 && whole * 4 >= count.turns * 3 {
                continue;
            }
            for part in parts_of(phrase) {
                let most = parts.entry(part).or_default();
                *most = count.turns.max(*most);
            }
            chosen.push(KeyPhrase {
                text: count.first_printed.clone(),
                turns: count.turns,
            });
        }
        chosen
    }
}

/// A phrase where it stands in a clause.
struct Found<'a> {
    text: &'a str,
    words: &'a [u32],
    /// Offset in the folded clause.
    start: usize,
}

/// Calls `found` with every phrase of the clause that has these words.
fn each_phrase(words: &[u32], vocabulary: &Vocabulary, mut found: impl FnMut(Found<'_>)) {
    let mut start = 0;
    let mut text = String::new();
    for (at, &first) in words.iter().enumerate() {
        let start_of_first = start;
        start += vocabulary.text(first).len();
        if vocabulary.role(first) == Role::Other {
            continue;
        }
        text.clear();
        for (before, &word) in words[at..].iter().take(MOST_WORDS).enumerate() {
            let role = vocabulary.role(word);
            if role == Role::Other && vocabulary.text(word) != " " {
                break;
            }
            text.push_str(vocabulary.text(word));
            if role == Role::Head && (before > 0 || tells_alone(&text)) {
                found(Found {
                    text: &text,
                    words: &words[at..=at + before],
                    start: start_of_first,
                });
            }
        }
    }
}

/// Whether one word makes a key phrase: foreign terms and words of three ideographs do; shorter
/// ones are mostly of the general language, and completion offers them anyway.
fn tells_alone(word: &str) -> bool {
    const LEAST_CHARACTERS: usize = 3;
    word.chars().count() >= LEAST_CHARACTERS
}

/// Where the sketch counts a phrase: FNV-1a, its high bits, which are mixed best.
fn place(phrase: &str) -> usize {
    const OFFSET: u64 = 0xcbf2_9ce4_8422_2325;
    const PRIME: u64 = 0x0100_0000_01b3;
    let hash = phrase.bytes().fold(OFFSET, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(PRIME)
    });
    (hash >> (u64::BITS - SKETCH_BITS)) as usize
}

/// Every substring of a phrase.
fn parts_of(phrase: &str) -> impl Iterator<Item = &str> {
    let starts = phrase.char_indices().map(|(start, _)| start);
    starts.flat_map(move |start| {
        let rest = &phrase[start..];
        rest.char_indices()
            .map(move |(at, c)| &rest[..at + c.len_utf8()])
    })
}

/// How much a phrase tells: the turns that have it, times their rarity, times its length in words.
/// `None` for words that stand together by chance.
fn weight(count: &Count, vocabulary: &Vocabulary, turns: usize) -> Option<f64> {
    let (found, turns) = (f64::from(count.turns), turns as f64);
    let share = |&word: &u32| f64::from(vocabulary.turns(word)) / turns;
    let by_chance = turns * count.words.iter().map(share).product::<f64>();
    if count.words.len() > 1 && found < LEAST_LIFT * by_chance {
        return None;
    }
    Some(found * (turns / found).ln() * count.words.len() as f64)
}
