//! Re-Pair: finds the rules of a grammar by replacing the most frequent pair of neighbours, again
//! and again.
//!
//! N. J. Larsson, A. Moffat: Offline Dictionary-Based Compression (DCC 1999). Where they keep
//! priority queues of linked records, this keeps a heap of counts that may be out of date and
//! checks each count when it comes up. Ties are broken by the symbols, so that the same texts give
//! the same grammar.
//!
//! A pair comes into being either at the start or when one of its two symbols does, and from then on
//! only loses places. So a pair that is too rare at that moment will never be a rule, and nothing is
//! kept of it: that bounds the memory to some eight bytes a character.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use super::characters;
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
pub(super) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<NumberHasher>>;

/// Stands between texts; makes no pair.
const BOUNDARY: u32 = u32::MAX;
/// Marks a place that a replacement has emptied. The other bits of the first and of the last place
/// of such a run hold its length.
const EMPTY: u32 = 1 << 31;

/// The grammar of `texts`.
pub(super) fn infer(texts: &[&str]) -> Grammar {
    let literals = characters(texts.iter().copied());
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
    /// Pairs that may still become rules.
    pairs: FastMap<PairOfSymbols, Pair>,
    /// Counts that were right when they were pushed.
    heap: BinaryHeap<(u32, Reverse<PairOfSymbols>)>,
    /// Bytes that each symbol expands to.
    widths: Vec<u32>,
}

struct Pair {
    count: u32,
    /// Places of the left symbol; some no longer hold the pair.
    places: Vec<u32>,
}

impl Work {
    fn new(texts: &[&str], literals: &[char]) -> Self {
        let ids = Literals::new(literals);
        let characters: usize = texts.iter().map(|text| text.chars().count() + 1).sum();
        let mut symbols = Vec::with_capacity(1 + characters);
        symbols.push(BOUNDARY);
        for text in texts {
            symbols.extend(text.chars().map(|c| ids.id(c)));
            symbols.push(BOUNDARY);
        }
        let mut work = Self {
            pairs: FastMap::default(),
            heap: BinaryHeap::new(),
            widths: literals.iter().map(|c| c.len_utf8() as u32).collect(),
            symbols,
        };
        work.find_first_pairs();
        work
    }

    /// Counts before it keeps places, so that rare pairs take no room.
    fn find_first_pairs(&mut self) {
        let mut counts: FastMap<PairOfSymbols, u32> = FastMap::default();
        for pair in self.symbols.windows(2).filter_map(inside_a_text) {
            *counts.entry(pair).or_default() += 1;
        }
        counts.retain(|_, count| *count >= LEAST_COUNT);
        counts.shrink_to_fit();
        self.heap = counts
            .iter()
            .map(|(&pair, &count)| (count, Reverse(pair)))
            .collect();
        let room = |(pair, count)| {
            let places = Vec::with_capacity(count as usize);
            (pair, Pair { count, places })
        };
        self.pairs = counts.into_iter().map(room).collect();
        for (place, neighbours) in self.symbols.windows(2).enumerate() {
            let found = inside_a_text(neighbours).and_then(|pair| self.pairs.get_mut(&pair));
            if let Some(found) = found {
                found.places.push(place as u32);
            }
        }
    }

    fn most_frequent(&mut self) -> Option<PairOfSymbols> {
        while let Some((count, Reverse(pair))) = self.heap.pop() {
            let now = self.pairs.get(&pair).map_or(0, |found| found.count);
            if now < LEAST_COUNT {
                self.pairs.remove(&pair);
            } else if now != count {
                self.heap.push((now, Reverse(pair)));
            } else if self.widths[pair.0 as usize] + self.widths[pair.1 as usize]
                <= MAX_EXPANSION as u32
            {
                return Some(pair);
            }
        }
        None
    }

    fn replace(&mut self, pair: PairOfSymbols, symbol: u32) {
        self.widths
            .push(self.widths[pair.0 as usize] + self.widths[pair.1 as usize]);
        let mut places = self
            .pairs
            .remove(&pair)
            .map(|found| found.places)
            .unwrap_or_default();
        places.retain(|&place| self.replace_at(place as usize, pair, symbol));
        self.find_new_pairs(&places, symbol);
    }

    /// Puts `symbol` in the place of `pair`, unless the pair no longer stands there.
    fn replace_at(&mut self, left: usize, pair: PairOfSymbols, symbol: u32) -> bool {
        if self.symbols[left] != pair.0 {
            return false;
        }
        let right = self.next(left);
        if self.symbols[right] != pair.1 {
            return false;
        }
        let before = self.previous(left);
        let after = self.next(right);
        self.uncount_pair((self.symbols[before], pair.0));
        self.uncount_pair((pair.1, self.symbols[after]));
        self.symbols[left] = symbol;
        // Inside a longer run only the mark counts; it keeps the place from being taken for a symbol.
        self.symbols[right] = EMPTY;
        let emptied = EMPTY | (after - left - 1) as u32;
        self.symbols[left + 1] = emptied;
        self.symbols[after - 1] = emptied;
        true
    }

    fn uncount_pair(&mut self, pair: PairOfSymbols) {
        if let Some(found) = self.pairs.get_mut(&pair) {
            found.count = found.count.saturating_sub(1);
        }
    }

    /// Keeps the pairs that `symbol`, new at `places`, makes with its neighbours.
    fn find_new_pairs(&mut self, places: &[u32], symbol: u32) {
        let mut found: Vec<(PairOfSymbols, u32)> = Vec::new();
        for &place in places {
            let before = self.previous(place as usize);
            // Where the new symbol stands twice in a row, the left one counts the pair.
            if self.symbols[before] != symbol && self.symbols[before] != BOUNDARY {
                found.push(((self.symbols[before], symbol), before as u32));
            }
            let after = self.symbols[self.next(place as usize)];
            if after != BOUNDARY {
                found.push(((symbol, after), place));
            }
        }
        found.sort_unstable();
        for same in found.chunk_by(|a, b| a.0 == b.0) {
            let count = same.len() as u32;
            if count >= LEAST_COUNT {
                let places = same.iter().map(|&(_, place)| place).collect();
                self.pairs.insert(same[0].0, Pair { count, places });
                self.heap.push((count, Reverse(same[0].0)));
            }
        }
    }

    fn next(&self, place: usize) -> usize {
        place + 1 + self.emptied_at(place + 1)
    }

    fn previous(&self, place: usize) -> usize {
        place - 1 - self.emptied_at(place - 1)
    }

    /// Length of the emptied run that begins or ends at `place`.
    fn emptied_at(&self, place: usize) -> usize {
        match self.symbols[place] {
            BOUNDARY => 0,
            symbol if symbol & EMPTY != 0 => (symbol & !EMPTY) as usize,
            _ => 0,
        }
    }
}

fn inside_a_text(neighbours: &[u32]) -> Option<PairOfSymbols> {
    match *neighbours {
        [BOUNDARY, _] | [_, BOUNDARY] => None,
        [left, right] => Some((left, right)),
        _ => None,
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
                .all(|expansion| text.contains(expansion.as_str()))
        );
    }

    #[test]
    fn pairs_across_texts_do_not_count() {
        assert!(infer(&["ab", "ba", "ab", "ba"]).rules.is_empty());
    }
}
