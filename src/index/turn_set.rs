//! Sets of turns, as bits.

use turnsearch_model::TurnId;

/// A set of turns of one collection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct TurnSet(Vec<u64>);

impl TurnSet {
    /// No turn, of a collection that has `turns`.
    pub(crate) fn none(turns: u32) -> Self {
        Self(vec![0; (turns as usize).div_ceil(64)])
    }

    /// Every turn of a collection that has `turns`.
    pub(crate) fn all(turns: u32) -> Self {
        let mut set = Self(vec![!0; (turns as usize).div_ceil(64)]);
        if let (Some(last), rest @ 1..) = (set.0.last_mut(), turns % 64) {
            *last = (1 << rest) - 1;
        }
        set
    }

    pub(crate) fn insert(&mut self, turn: TurnId) {
        if let Some(word) = self.0.get_mut(turn.index() / 64) {
            *word |= 1 << (turn.0 % 64);
        }
    }

    pub(crate) fn contains(&self, turn: TurnId) -> bool {
        let word = self.0.get(turn.index() / 64);
        word.is_some_and(|word| word >> (turn.0 % 64) & 1 == 1)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    pub(crate) fn len(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Keeps the turns that `other` has too.
    pub(crate) fn intersect(&mut self, other: &Self) {
        self.combine(other, |own, other| own & other);
    }

    /// Adds the turns of `other`.
    pub(crate) fn unite(&mut self, other: &Self) {
        self.combine(other, |own, other| own | other);
    }

    /// Drops the turns of `other`.
    pub(crate) fn subtract(&mut self, other: &Self) {
        self.combine(other, |own, other| own & !other);
    }

    fn combine(&mut self, other: &Self, combined: fn(u64, u64) -> u64) {
        for (word, &other) in self.0.iter_mut().zip(&other.0) {
            *word = combined(*word, other);
        }
    }

    /// The turns in order.
    pub(crate) fn iter(&self) -> Turns<'_> {
        Turns {
            words: &self.0,
            at: 0,
            left: self.0.first().copied().unwrap_or(0),
        }
    }
}

/// Iterates over the turns of a set.
pub(crate) struct Turns<'a> {
    words: &'a [u64],
    /// The word that is read, and those of its bits that are to come.
    at: usize,
    left: u64,
}

impl Iterator for Turns<'_> {
    type Item = TurnId;

    fn next(&mut self) -> Option<TurnId> {
        while self.left == 0 {
            self.at += 1;
            self.left = *self.words.get(self.at)?;
        }
        let bit = self.left.trailing_zeros();
        self.left &= self.left - 1;
        Some(TurnId(self.at as u32 * 64 + bit))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set_of<const N: usize>(turns: [u32; N]) -> TurnSet {
        let mut set = TurnSet::none(130);
        for turn in turns {
            set.insert(TurnId(turn));
        }
        set
    }

    #[test]
    fn sets_combine() {
        let mut set = set_of([0, 63, 64, 129]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 129].map(TurnId));
        set.unite(&set_of([5]));
        set.intersect(&set_of([5, 63, 100]));
        set.subtract(&set_of([63]));
        assert_eq!(
            (set.iter().collect::<Vec<_>>(), set.len()),
            (vec![TurnId(5)], 1)
        );
        for turns in [0, 1, 64, 65, 130] {
            assert_eq!(TurnSet::all(turns).iter().count(), turns as usize);
            assert!(TurnSet::none(turns).is_empty());
        }
    }
}
