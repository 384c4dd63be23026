//! Pairs of neighbouring symbols, by their counts.

use std::cmp::Reverse;
use std::collections::{BinaryHeap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

/// Two symbols side by side.
pub(super) type PairOfSymbols = (u32, u32);

/// A hash table whose order is never looked at, keyed by small numbers without an enemy.
pub(super) type FastMap<K, V> = HashMap<K, V, BuildHasherDefault<NumberHasher>>;

/// Pairs by their counts, which were right when they were pushed.
///
/// A pair comes into being either at the start or when one of its two symbols does, and from then
/// on only loses places. So a count can only be too high, and a pair that is too rare will never be
/// a rule.
#[derive(Default)]
pub(super) struct Queue(BinaryHeap<(u32, Reverse<PairOfSymbols>)>);

impl Queue {
    pub(super) fn push(&mut self, pair: PairOfSymbols, count: u32) {
        self.0.push((count, Reverse(pair)));
    }

    /// Takes the most frequent pair, and returns its count; `count` knows those of today, 0 for a
    /// pair that is no longer of interest.
    pub(super) fn pop(
        &mut self,
        count: impl Fn(&PairOfSymbols) -> u32,
    ) -> Option<(PairOfSymbols, u32)> {
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
