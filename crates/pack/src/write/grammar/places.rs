//! Replacing pairs at their places, which are known.

use super::pairs::{FastMap, PairOfSymbols, Queue};
use super::rules::{BOUNDARY, LEAST_COUNT, Rules};
use super::sweep::Sweep;

/// Marks a place that a replacement has emptied. The other bits of the first and of the last place
/// of such a run hold its length.
const EMPTY: u32 = 1 << 31;

/// The texts, and where each pair stands in them.
pub(super) struct Places {
    /// The texts as symbols, with [`BOUNDARY`] around them and [`EMPTY`] behind replaced pairs.
    symbols: Vec<u32>,
    /// Pairs that may still become rules.
    pairs: FastMap<PairOfSymbols, Pair>,
    /// The places of the left symbols of all pairs; see [`Places::tidy`].
    places: Vec<u32>,
    /// Those pairs by their counts.
    queue: Queue,
}

struct Pair {
    count: u32,
    /// Where its places begin.
    start: u32,
    /// How many they are; some no longer hold the pair.
    held: u32,
}

impl Pair {
    fn range(&self) -> std::ops::Range<usize> {
        self.start as usize..(self.start + self.held) as usize
    }
}

impl Places {
    /// Goes on where `sweep` has stopped.
    pub(super) fn after(sweep: Sweep) -> Self {
        let Sweep {
            symbols,
            counts,
            queue,
        } = sweep;
        let mut all = 0;
        let room = |(pair, count)| {
            let (start, held) = (all, 0);
            all += count;
            (pair, Pair { count, start, held })
        };
        let mut pairs: FastMap<PairOfSymbols, Pair> = counts.into_iter().map(room).collect();
        // With some to spare, it is seldom full.
        let mut places = Vec::with_capacity(all as usize + all as usize / 16);
        places.resize(all as usize, 0);
        for (place, neighbours) in (0..).zip(symbols.windows(2)) {
            if let Some(pair) = pairs.get_mut(&(neighbours[0], neighbours[1])) {
                places[pair.range().end] = place;
                pair.held += 1;
            }
        }
        Self {
            symbols,
            pairs,
            places,
            queue,
        }
    }

    /// Makes the rules of all pairs that are frequent enough.
    pub(super) fn run(mut self, rules: &mut Rules) {
        let count = |pairs: &FastMap<PairOfSymbols, Pair>, pair: &PairOfSymbols| {
            pairs.get(pair).map_or(0, |found| found.count)
        };
        while let Some((pair, _)) = self.queue.pop(|pair| count(&self.pairs, pair)) {
            let symbol = rules.add(pair);
            let places = self.replace(pair, symbol);
            self.find_new_pairs(&places, symbol, rules);
        }
    }

    /// Puts `symbol` wherever `pair` stands, and returns the places.
    fn replace(&mut self, pair: PairOfSymbols, symbol: u32) -> Vec<u32> {
        let Some(found) = self.pairs.remove(&pair) else {
            return Vec::new();
        };
        let mut places = self.places[found.range()].to_vec();
        places.retain(|&place| self.replace_at(place as usize, pair, symbol));
        places
    }

    /// Puts `symbol` in the place of `pair`, unless the pair no longer stands there.
    fn replace_at(&mut self, left: usize, pair: PairOfSymbols, symbol: u32) -> bool {
        if !self.stands_at(left, pair) {
            return false;
        }
        let right = self.next(left);
        let before = self.previous(left);
        let after = self.next(right);
        self.uncount((self.symbols[before], pair.0));
        self.uncount((pair.1, self.symbols[after]));
        self.symbols[left] = symbol;
        // Inside a longer run only the mark counts; it keeps the place from being taken for a
        // symbol.
        self.symbols[right] = EMPTY;
        let emptied = EMPTY | (after - left - 1) as u32;
        self.symbols[left + 1] = emptied;
        self.symbols[after - 1] = emptied;
        true
    }

    fn stands_at(&self, place: usize, pair: PairOfSymbols) -> bool {
        self.symbols[place] == pair.0 && self.symbols[self.next(place)] == pair.1
    }

    fn uncount(&mut self, pair: PairOfSymbols) {
        if let Some(found) = self.pairs.get_mut(&pair) {
            found.count -= 1;
            if found.count < LEAST_COUNT {
                self.pairs.remove(&pair);
            }
        }
    }

    /// Keeps the pairs that `symbol`, new at `places`, makes with its neighbours.
    fn find_new_pairs(&mut self, places: &[u32], symbol: u32, rules: &Rules) {
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
            let (pair, count) = (same[0].0, same.len() as u32);
            if rules.admit(pair, count) {
                self.keep(pair, same.iter().map(|&(_, place)| place));
                self.queue.push(pair, count);
            }
        }
    }

    /// Keeps a new pair with its places.
    fn keep(&mut self, pair: PairOfSymbols, places: impl ExactSizeIterator<Item = u32>) {
        let count = places.len() as u32;
        if self.places.len() + places.len() > self.places.capacity() {
            self.tidy();
        }
        let start = self.places.len() as u32;
        self.places.extend(places);
        let held = count;
        self.pairs.insert(pair, Pair { count, start, held });
    }

    /// Makes room: drops the places of pairs that have become rules or too rare, and those that no
    /// longer hold their pair, and moves the others together. A place holds one pair at most, and
    /// symbols only ever become fewer, so that what is left never takes more room than at the
    /// start.
    fn tidy(&mut self) {
        let mut order: Vec<(u32, PairOfSymbols)> = Vec::with_capacity(self.pairs.len());
        order.extend(self.pairs.iter().map(|(&pair, found)| (found.start, pair)));
        order.sort_unstable();
        let mut kept = 0;
        for (start, pair) in order {
            let Some(held) = self.pairs.get(&pair).map(Pair::range) else {
                continue;
            };
            debug_assert_eq!(held.start, start as usize);
            let first = kept;
            for at in held {
                let place = self.places[at];
                self.places[kept] = place;
                kept += usize::from(self.stands_at(place as usize, pair));
            }
            if let Some(found) = self.pairs.get_mut(&pair) {
                found.start = first as u32;
                found.held = (kept - first) as u32;
            }
        }
        self.places.truncate(kept);
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
