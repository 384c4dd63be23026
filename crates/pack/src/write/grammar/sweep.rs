//! Replacing the most frequent pairs, each in one sweep over all symbols.
//!
//! For a pair that stands at every hundredth place that is as fast as to go from place to place,
//! and needs no places.

use super::pairs::{FastMap, PairOfSymbols, Queue};
use super::rules::{BOUNDARY, LEAST_COUNT, Rules};

/// Pairs get a sweep of their own while at least one of so many symbols begins one. More would make
/// the builder slower, fewer leave more places to keep.
const SYMBOLS_FOR_ONE: usize = 3072;

/// Symbols that are looked at together.
const BLOCK: usize = 32;

/// The texts, and how often each pair stands in them.
pub(super) struct Sweep {
    /// The texts as symbols, with [`BOUNDARY`] around them.
    pub symbols: Vec<u32>,
    /// Pairs that may still become rules.
    pub counts: FastMap<PairOfSymbols, u32>,
    /// Those pairs by their counts.
    pub queue: Queue,
}

impl Sweep {
    pub(super) fn over(symbols: Vec<u32>) -> Self {
        let mut counts: FastMap<PairOfSymbols, u32> = FastMap::default();
        for pair in pairs(&symbols) {
            *counts.entry(pair).or_default() += 1;
        }
        counts.retain(|_, count| *count >= LEAST_COUNT);
        counts.shrink_to_fit();
        let mut queue = Queue::default();
        for (&pair, &count) in &counts {
            queue.push(pair, count);
        }
        Self {
            symbols,
            counts,
            queue,
        }
    }

    /// Makes the rules of the most frequent pairs.
    pub(super) fn run(&mut self, rules: &mut Rules) {
        while let Some((pair, count)) = self.queue.pop(|pair| *self.counts.get(pair).unwrap_or(&0))
        {
            if count as usize * SYMBOLS_FOR_ONE < self.symbols.len() {
                self.queue.push(pair, count);
                break;
            }
            let symbol = rules.add(pair);
            let (before, after) = self.replace(pair, symbol);
            for (other, count) in (0..).zip(before) {
                self.admit((other, symbol), count, rules);
            }
            for (other, count) in (0..).zip(after) {
                self.admit((symbol, other), count, rules);
            }
        }
        self.symbols.shrink_to_fit();
    }

    /// Puts `symbol` wherever `pair` stands, and counts by their symbols the neighbours that it has
    /// then before and behind it. Where it stands twice in a row, that counts once, as before.
    fn replace(&mut self, pair: PairOfSymbols, symbol: u32) -> (Vec<u32>, Vec<u32>) {
        self.counts.remove(&pair);
        let mut before = vec![0; symbol as usize + 1];
        let mut after = before.clone();
        let mut written = 0;
        let mut read = 0;
        while let Some(found) = find(&self.symbols[read..], pair) {
            self.symbols.copy_within(read..read + found, written);
            written += found;
            read += found + 2;
            // There is a boundary before the first pair and one behind the last.
            let (previous, next) = (self.symbols[written - 1], self.symbols[read]);
            self.uncount((previous, pair.0));
            self.uncount((pair.1, next));
            if previous != BOUNDARY {
                before[previous as usize] += 1;
            }
            if next != BOUNDARY && (next, self.symbols[read + 1]) != pair {
                after[next as usize] += 1;
            }
            self.symbols[written] = symbol;
            written += 1;
        }
        let rest = self.symbols.len() - read;
        self.symbols.copy_within(read.., written);
        self.symbols.truncate(written + rest);
        (before, after)
    }

    fn uncount(&mut self, pair: PairOfSymbols) {
        if let Some(count) = self.counts.get_mut(&pair) {
            *count -= 1;
            if *count < LEAST_COUNT {
                self.counts.remove(&pair);
            }
        }
    }

    fn admit(&mut self, pair: PairOfSymbols, count: u32, rules: &Rules) {
        if rules.admit(pair, count) {
            self.counts.insert(pair, count);
            self.queue.push(pair, count);
        }
    }
}

/// The pairs of `symbols` in the order of their places, with none for the places of [`BOUNDARY`].
fn pairs(symbols: &[u32]) -> impl Iterator<Item = PairOfSymbols> {
    let pairs = symbols.iter().zip(&symbols[1..]);
    pairs
        .map(|(&left, &right)| (left, right))
        .filter(|&(left, right)| left != BOUNDARY && right != BOUNDARY)
}

/// Where `pair` first stands in `symbols`. Blocks are looked through without a branch, which
/// compilers make into vector instructions.
fn find(symbols: &[u32], pair: PairOfSymbols) -> Option<usize> {
    let is_pair = |(&left, &right): (&u32, &u32)| (left == pair.0) & (right == pair.1);
    let lefts = symbols.chunks(BLOCK);
    let rights = symbols[1..].chunks(BLOCK);
    let mut blocks = (0..).step_by(BLOCK).zip(lefts.zip(rights));
    blocks.find_map(|(start, (lefts, rights))| {
        let both = || lefts.iter().zip(rights);
        if !both().fold(false, |found, at| found | is_pair(at)) {
            return None;
        }
        both().position(is_pair).map(|at: usize| start + at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pair_is_found_wherever_it_stands() {
        for place in [0, 1, 30, 31, 32, 33, 63, 64, 97] {
            let mut symbols = vec![1; 99];
            symbols[place] = 7;
            assert_eq!(find(&symbols, (7, 1)), Some(place));
            assert_eq!(find(&symbols, (7, 7)), None);
        }
        assert_eq!(find(&[1], (1, 1)), None);
    }

    #[test]
    fn counts_stay_right() {
        // 0 0 1 | 0 1 0 1 0 1 2 | 0 0 0 1 0 0
        let texts: [&[u32]; 3] = [&[0, 0, 1], &[0, 1, 0, 1, 0, 1, 2], &[0, 0, 0, 1, 0, 0]];
        let mut symbols = vec![BOUNDARY];
        for text in texts {
            symbols.extend(text);
            symbols.push(BOUNDARY);
        }
        let mut sweep = Sweep::over(symbols);
        assert_eq!(sweep.counts.get(&(0, 1)), Some(&5));
        let (before, after) = sweep.replace((0, 1), 3);
        let rest: Vec<&[u32]> = sweep.symbols.split(|&symbol| symbol == BOUNDARY).collect();
        let expected: [&[u32]; 5] = [&[], &[0, 3], &[3, 3, 3, 2], &[0, 0, 3, 0, 0], &[]];
        assert_eq!(rest, expected);
        assert_eq!((before, after), (vec![2, 0, 0, 2], vec![1, 0, 1, 0]));
        assert_eq!(sweep.counts.get(&(0, 1)), None);
    }
}
