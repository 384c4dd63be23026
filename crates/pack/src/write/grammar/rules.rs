//! The rules that have been made, and which pairs may become one.

use super::pairs::PairOfSymbols;
use crate::code::MAX_EXPANSION;

/// Pairs that occur less often than this make no rule: measured on the seeds, a rule for a pair
/// that occurs twice costs more than it saves.
pub(super) const LEAST_COUNT: u32 = 3;

/// Stands before, between and behind texts, the end marks included; makes no pair.
pub(super) const BOUNDARY: u32 = u32::MAX;

/// The rules that have been made so far.
pub(super) struct Rules {
    pub(super) rules: Vec<PairOfSymbols>,
    /// Bytes that each symbol expands to, literals and end mark among them.
    widths: Vec<u32>,
}

impl Rules {
    pub(super) fn over(literals: &[char]) -> Self {
        let literals = literals.iter().map(|c| c.len_utf8() as u32);
        Self {
            rules: Vec::new(),
            widths: literals.chain([0]).collect(),
        }
    }

    /// Makes a rule of `pair`, and returns its symbol.
    pub(super) fn add(&mut self, pair: PairOfSymbols) -> u32 {
        self.rules.push(pair);
        self.widths.push(self.width(pair));
        self.widths.len() as u32 - 1
    }

    /// Whether `pair`, which occurs so often, may become a rule, now or later.
    pub(super) fn admit(&self, pair: PairOfSymbols, count: u32) -> bool {
        count >= LEAST_COUNT && self.width(pair) <= MAX_EXPANSION as u32
    }

    fn width(&self, pair: PairOfSymbols) -> u32 {
        self.widths[pair.0 as usize] + self.widths[pair.1 as usize]
    }
}
