//! Re-Pair: finds the rules of a grammar by replacing the most frequent pair of neighbours, again
//! and again.
//!
//! N. J. Larsson, A. Moffat: Offline Dictionary-Based Compression (DCC 1999). Where they keep
//! priority queues of linked records, this keeps a heap of counts that may be out of date and
//! checks each count when it comes up. Ties are broken by the symbols, so that the same texts give
//! the same grammar.

use std::collections::{BinaryHeap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use crate::code::MAX_EXPANSION;

/// Pairs that occur less often than this make no rule: measured on the seeds, a rule for a pair
/// that occurs twice costs more than it saves.
const LEAST_COUNT: u32 = 3;

/// A grammar over characters.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    /// The characters that occur, sorted; symbol `i` is literal `i`.
    pub literals: Vec<char>,
    /// Rule `r` is symbol `literals.len() + r` and stands for two lower symbols.
    pub rules: Vec<(u32, u32)>,
}

impl Grammar {
    /// How many symbols there are.
    pub fn symbols(&self) -> usize {
        self.literals.len() + self.rules.len()
    }

    /// What each symbol stands for.
    pub fn expansions(&self) -> Vec<String> {
        let mut expansions: Vec<String> = self.literals.iter().map(|&c| c.to_string()).collect();
        for &(left, right) in &self.rules {
            let expansion = format!(
                "{}{}",
                expansions[left as usize], expansions[right as usize]
            );
            expansions.push(expansion);
        }
        expansions
    }
}

/// Stands between texts; makes no pair.
const BOUNDARY: u32 = u32::MAX;
/// Stands for a place that a replacement has emptied.
const EMPTY: u32 = u32::MAX - 1;

/// The grammar of `texts`.
pub(super) fn infer(texts: &[&str]) -> Grammar {
    let mut literals: Vec<char> = texts.iter().flat_map(|text| text.chars()).collect();
    literals.sort_unstable();
    literals.dedup();
    let mut work = Work::new(texts, &literals);
    let mut rules = Vec::new();
    while let Some(pair) = work.most_frequent() {
        let symbol = (literals.len() + rules.len()) as u32;
        rules.push(pair);
        work.replace(pair, symbol);
    }
    Grammar { literals, rules }
}

struct Work {
    /// The texts as symbols, with [`BOUNDARY`] between them and [`EMPTY`] behind replaced pairs.
    symbols: Vec<u32>,
    /// At the first place of an [`EMPTY`] run, the index behind the run. Elsewhere unused.
    behind_run: Vec<u32>,
    /// At the last place of an [`EMPTY`] run, the index of the symbol before it. Elsewhere unused.
    before_run: Vec<u32>,
    pairs: HashMap<(u32, u32), Pair, BuildHasherDefault<PairHasher>>,
    /// Counts that were right when they were pushed.
    heap: BinaryHeap<(u32, std::cmp::Reverse<(u32, u32)>)>,
    /// Bytes that each symbol expands to.
    widths: Vec<u32>,
}

#[derive(Default)]
struct Pair {
    count: u32,
    /// Places of the left symbol; some no longer hold the pair.
    places: Vec<u32>,
}

impl Work {
    fn new(texts: &[&str], literals: &[char]) -> Self {
        let ids: HashMap<char, u32> = literals.iter().zip(0..).map(|(&c, id)| (c, id)).collect();
        let mut symbols = vec![BOUNDARY];
        for text in texts {
            symbols.extend(text.chars().map(|c| ids[&c]));
            symbols.push(BOUNDARY);
        }
        let mut work = Self {
            behind_run: vec![0; symbols.len()],
            before_run: vec![0; symbols.len()],
            pairs: HashMap::default(),
            heap: BinaryHeap::new(),
            widths: literals.iter().map(|c| c.len_utf8() as u32).collect(),
            symbols,
        };
        for place in 0..work.symbols.len() - 1 {
            work.count_pair(place, place + 1);
        }
        let counts = work
            .pairs
            .iter()
            .filter(|(_, found)| found.count >= LEAST_COUNT);
        work.heap = counts
            .map(|(&pair, found)| (found.count, std::cmp::Reverse(pair)))
            .collect();
        work
    }

    fn count_pair(&mut self, left: usize, right: usize) {
        let pair = (self.symbols[left], self.symbols[right]);
        if pair.0 == BOUNDARY || pair.1 == BOUNDARY {
            return;
        }
        let found = self.pairs.entry(pair).or_default();
        found.count += 1;
        found.places.push(left as u32);
    }

    fn uncount_pair(&mut self, pair: (u32, u32)) {
        if let Some(found) = self.pairs.get_mut(&pair) {
            found.count = found.count.saturating_sub(1);
        }
    }

    fn most_frequent(&mut self) -> Option<(u32, u32)> {
        while let Some((count, std::cmp::Reverse(pair))) = self.heap.pop() {
            let now = self.pairs.get(&pair).map_or(0, |found| found.count);
            if now < LEAST_COUNT {
                self.pairs.remove(&pair);
            } else if now != count {
                self.heap.push((now, std::cmp::Reverse(pair)));
            } else if self.widths[pair.0 as usize] + self.widths[pair.1 as usize]
                <= MAX_EXPANSION as u32
            {
                return Some(pair);
            }
        }
        None
    }

    fn replace(&mut self, pair: (u32, u32), symbol: u32) {
        self.widths
            .push(self.widths[pair.0 as usize] + self.widths[pair.1 as usize]);
        let places = self
            .pairs
            .remove(&pair)
            .map(|found| found.places)
            .unwrap_or_default();
        let mut grown = Vec::new();
        for place in places {
            let left = place as usize;
            if self.symbols[left] != pair.0 {
                continue;
            }
            let right = self.next(left);
            if self.symbols[right] != pair.1 {
                continue;
            }
            let before = self.previous(left);
            let after = self.next(right);
            self.uncount_pair((self.symbols[before], pair.0));
            self.uncount_pair((pair.1, self.symbols[after]));
            self.symbols[left] = symbol;
            self.symbols[right] = EMPTY;
            // The empty run from `left + 1` to `after - 1` knows both of its ends.
            self.behind_run[left + 1] = after as u32;
            self.before_run[after - 1] = left as u32;
            for (a, b) in [(before, left), (left, after)] {
                self.count_pair(a, b);
                grown.push((self.symbols[a], self.symbols[b]));
            }
        }
        grown.sort_unstable();
        grown.dedup();
        for pair in grown {
            let count = self.pairs.get(&pair).map_or(0, |found| found.count);
            if count >= LEAST_COUNT {
                self.heap.push((count, std::cmp::Reverse(pair)));
            }
        }
    }

    fn next(&self, place: usize) -> usize {
        match self.symbols[place + 1] {
            EMPTY => self.behind_run[place + 1] as usize,
            _ => place + 1,
        }
    }

    fn previous(&self, place: usize) -> usize {
        match self.symbols[place - 1] {
            EMPTY => self.before_run[place - 1] as usize,
            _ => place - 1,
        }
    }
}

/// Multiplies and folds; the keys are small numbers without an enemy, and the order of the table
/// is never looked at.
#[derive(Default)]
struct PairHasher(u64);

impl Hasher for PairHasher {
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

    #[test]
    fn frequent_pairs_become_rules() {
        let grammar = infer(&["abcabcabc", "abd"]);
        let expansions = grammar.expansions();
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
            grammar
                .expansions()
                .iter()
                .all(|expansion| text.contains(expansion.as_str()))
        );
    }

    #[test]
    fn pairs_across_texts_do_not_count() {
        assert!(infer(&["ab", "ba", "ab", "ba"]).rules.is_empty());
    }
}
