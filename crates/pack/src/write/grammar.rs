//! Re-Pair: finds the rules of a grammar by replacing the most frequent pair of neighbours, again
//! and again.
//!
//! N. J. Larsson, A. Moffat: Offline Dictionary-Based Compression (DCC 1999). Where they keep
//! priority queues of linked records, this keeps a heap of counts that may be out of date and
//! checks each count when it comes up. Ties are broken by the symbols, so that the same texts give
//! the same grammar.
//!
//! Larsson and Moffat know the places of every pair from the start, when there are most of them. Here
//! the most frequent pairs are replaced by [`Sweep`], which goes through all the texts for each of them
//! and keeps counts only. A few hundred rules leave half of the symbols or two thirds, and
//! [`Places`] goes on with those, by the places of each pair.

mod places;
mod sweep;

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use self::places::Places;
use self::sweep::Sweep;
use super::characters;
use crate::code::MAX_EXPANSION;

/// Pairs that occur less often than this make no rule: measured on the seeds, a rule for a pair
/// that occurs twice costs more than it saves.
const LEAST_COUNT: u32 = 3;

/// Stands before, between and behind texts, the end marks included; makes no pair.
const BOUNDARY: u32 = u32::MAX;

/// A grammar over characters.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    /// The characters that occur, sorted; symbol `i` is literal `i`.
    pub literals: Vec<char>,
    /// Rule `r` is symbol [`Grammar::first_rule`] plus `r` and stands for two lower symbols.
    pub rules: Vec<(u32, u32)>,
}

impl Grammar {
    /// The symbol with which every text ends, behind the literals.
    pub fn end_mark(&self) -> u32 {
        self.literals.len() as u32
    }

    /// The symbol of the first rule.
    pub fn first_rule(&self) -> usize {
        self.literals.len() + 1
    }

    /// How many symbols there are.
    pub fn symbols(&self) -> usize {
        self.first_rule() + self.rules.len()
    }
}

/// The number of each literal.
#[derive(Debug, Default)]
pub(super) struct Literals(Vec<u32>);

impl Literals {
    /// Numbers `literals`, which are sorted.
    pub fn new(literals: &[char]) -> Self {
        let mut ids = vec![0; literals.last().map_or(0, |&last| last as usize + 1)];
        for (&literal, id) in literals.iter().zip(0..) {
            ids[literal as usize] = id;
        }
        Self(ids)
    }

    /// The number of a character that is one of the literals.
    pub fn id(&self, literal: char) -> u32 {
        self.0[literal as usize]
    }
}

/// Two symbols side by side.
type PairOfSymbols = (u32, u32);

/// A hash table whose order is never looked at, keyed by small numbers without an enemy.
type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<NumberHasher>>;

/// The grammar of `texts`.
pub(super) fn infer(texts: &[&str]) -> Grammar {
    let literals = characters(texts.iter().copied());
    let mut rules = Rules::over(&literals);
    let mut sweep = Sweep::over(sequence(texts, &literals));
    sweep.run(&mut rules);
    Places::after(sweep).run(&mut rules);
    Grammar {
        literals,
        rules: rules.rules,
    }
}

/// The texts as symbols, each with the end mark behind it, and [`BOUNDARY`] around them.
fn sequence(texts: &[&str], literals: &[char]) -> Vec<u32> {
    let ids = Literals::new(literals);
    let characters: usize = texts.iter().map(|text| text.chars().count() + 2).sum();
    let mut symbols = Vec::with_capacity(1 + characters);
    symbols.push(BOUNDARY);
    for text in texts {
        symbols.extend(text.chars().map(|c| ids.id(c)));
        symbols.push(literals.len() as u32);
        symbols.push(BOUNDARY);
    }
    symbols
}

/// The rules that have been made so far.
struct Rules {
    rules: Vec<PairOfSymbols>,
    /// Bytes that each symbol expands to, literals and end mark among them.
    widths: Vec<u32>,
}

impl Rules {
    fn over(literals: &[char]) -> Self {
        let literals = literals.iter().map(|c| c.len_utf8() as u32);
        Self {
            rules: Vec::new(),
            widths: literals.chain([0]).collect(),
        }
    }

    /// Makes a rule of `pair`, and gives its symbol.
    fn add(&mut self, pair: PairOfSymbols) -> u32 {
        self.rules.push(pair);
        self.widths.push(self.width(pair));
        self.widths.len() as u32 - 1
    }

    /// Whether `pair`, which occurs so often, may become a rule, now or later.
    fn admit(&self, pair: PairOfSymbols, count: u32) -> bool {
        count >= LEAST_COUNT && self.width(pair) <= MAX_EXPANSION as u32
    }

    fn width(&self, pair: PairOfSymbols) -> u32 {
        self.widths[pair.0 as usize] + self.widths[pair.1 as usize]
    }
}

/// Pairs by their counts, which were right when they were pushed.
///
/// A pair comes into being either at the start or when one of its two symbols does, and from then on
/// only loses places. So a count can only be too high, and a pair that is too rare will never be a rule.
#[derive(Default)]
struct Queue(BinaryHeap<(u32, Reverse<PairOfSymbols>)>);

impl Queue {
    fn push(&mut self, pair: PairOfSymbols, count: u32) {
        self.0.push((count, Reverse(pair)));
    }

    /// Takes the most frequent pair, and gives its count; `count` knows those of today, 0 for a pair that
    /// is no longer of interest.
    fn pop(&mut self, count: impl Fn(&PairOfSymbols) -> u32) -> Option<(PairOfSymbols, u32)> {
        while let Some((pushed, Reverse(pair))) = self.0.pop() {
            let now = count(&pair);
            if now == pushed {
                return Some((pair, now));
            }
            if now > 0 {
                self.push(pair, now);
            }
        }
        None
    }
}

/// Multiplies and folds.
#[derive(Default)]
pub(super) struct NumberHasher(u64);

impl Hasher for NumberHasher {
    fn finish(&self) -> u64 {
        self.0 ^ self.0 >> 32
    }

    fn write(&mut self, bytes: &[u8]) {
        for &byte in bytes {
            self.write_u32(u32::from(byte));
        }
    }

    fn write_u32(&mut self, value: u32) {
        self.0 = (self.0.rotate_left(26) ^ u64::from(value)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expansions(grammar: &Grammar) -> Vec<String> {
        let mut expansions: Vec<String> = grammar.literals.iter().map(char::to_string).collect();
        expansions.push("|".to_owned());
        for &(left, right) in &grammar.rules {
            expansions.push(expansions[left as usize].clone() + &expansions[right as usize]);
        }
        expansions
    }

    #[test]
    fn frequent_pairs_become_rules() {
        let grammar = infer(&["abcabcabc", "abd"]);
        let expansions = expansions(&grammar);
        assert!(
            expansions.contains(&"ab".to_owned()) && expansions.contains(&"abc".to_owned()),
            "{expansions:?}"
        );
    }

    #[test]
    fn runs_of_one_character_are_no_trouble() {
        let text = "aaaaaaaaaaaaaaaaaaaaaaa";
        let grammar = infer(&[text, text]);
        assert!(
            expansions(&grammar)
                .iter()
                .all(|expansion| format!("{text}|").contains(expansion.as_str()))
        );
    }

    #[test]
    fn pairs_across_texts_do_not_count() {
        assert!(infer(&["ab", "ba", "ab", "ba"]).rules.is_empty());
    }

    #[test]
    fn what_texts_end_with_makes_rules_with_the_end_mark() {
        assert_eq!(
            expansions(&infer(&["a.", "b.", "c."]))
                .last()
                .map(String::as_str),
            Some(".|")
        );
    }
}
