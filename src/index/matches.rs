//! Where a needle stands.

use std::cell::Cell;
use std::sync::Arc;

use turnsearch_model::TurnId;

/// Where a needle stands.
#[derive(Debug, Clone, Default)]
pub(crate) struct Matches {
    /// Shared with what is kept of recent needles: megabytes for a frequent needle of a large
    /// corpus.
    lists: Arc<Lists>,
    /// Index of the entry that was asked for last: turns are scored in order.
    latest: Cell<usize>,
}

/// Two flat lists of one type, which is compiled once.
#[derive(Debug, Default)]
pub(super) struct Lists {
    /// Entries of the corpus in order, with the number of places up to the end of each.
    turns: Vec<(u32, u32)>,
    /// Folded offset (UTF-8) in the corpus of each occurrence, in order, with its length.
    places: Vec<(u32, u32)>,
}

impl Lists {
    /// How many entries there are so far.
    pub(super) fn entry_count(&self) -> usize {
        self.turns.len()
    }

    pub(super) fn push(&mut self, TurnId(turn): TurnId, start: u32, length: u32) {
        self.places.push((start, length));
        let end = self.places.len() as u32;
        match self.turns.last_mut() {
            Some(last) if last.0 == turn => last.1 = end,
            _ => self.turns.push((turn, end)),
        }
    }
}

impl From<Lists> for Matches {
    fn from(lists: Lists) -> Self {
        Self {
            lists: lists.into(),
            latest: Cell::default(),
        }
    }
}

impl Matches {
    pub(crate) fn is_empty(&self) -> bool {
        self.lists.turns.is_empty()
    }

    /// In how many entries of the corpus the needle stands: hardly more than the turns that have
    /// it, since events are few.
    pub(crate) fn entry_count(&self) -> usize {
        self.lists.turns.len()
    }

    /// The entries of the corpus that have the needle, in order: turns by their ids, then events.
    pub(crate) fn entries(&self) -> impl Iterator<Item = TurnId> + '_ {
        self.lists.turns.iter().map(|&(turn, _)| TurnId(turn))
    }

    /// Folded offset in the corpus and length of each occurrence.
    pub(crate) fn places(&self) -> &[(u32, u32)] {
        &self.lists.places
    }

    /// Folded offset in the corpus and length of each occurrence in the text of `turn`, or in the
    /// entry of an event.
    pub(crate) fn in_turn(&self, TurnId(turn): TurnId) -> &[(u32, u32)] {
        let at = self.index_of(turn);
        self.latest.set(at);
        let Lists { turns, places } = &*self.lists;
        match turns.get(at) {
            Some(&(found, end)) if found == turn => {
                let before = turns.get(at.wrapping_sub(1));
                let start = before.map_or(0, |before| before.1);
                let places = places.get(start as usize..end as usize);
                places.unwrap_or_default()
            }
            _ => &[],
        }
    }

    /// How many of the turns that have the needle come before `turn`. Looks ahead from the turn
    /// that was asked for last, in steps that double.
    fn index_of(&self, turn: u32) -> usize {
        let turns = &self.lists.turns;
        let comes_before = |at: usize| turns.get(at).is_some_and(|&(of, _)| of < turn);
        let mut from = self.latest.get();
        if from > 0 && !comes_before(from - 1) {
            from = 0;
        }
        let mut step = 1;
        while comes_before(from + step - 1) {
            from += step;
            step *= 2;
        }
        let to = turns.len().min(from + step);
        let ahead = turns.get(from..to).unwrap_or_default();
        from + ahead.partition_point(|&(of, _)| of < turn)
    }

    /// The occurrences in the entries of which `is_wanted` is true.
    pub(crate) fn only_in(&self, is_wanted: &dyn Fn(TurnId) -> bool) -> Self {
        let mut kept = Lists::default();
        for (entry, start, length) in self.each() {
            if is_wanted(entry) {
                kept.push(entry, start, length);
            }
        }
        kept.into()
    }

    /// The occurrences that do not lie inside one of `longer`.
    pub(crate) fn outside(&self, longer: &Self) -> Self {
        let mut kept = Lists::default();
        let mut around = 0;
        for (turn, start, length) in self.each() {
            let mut long = longer.places().get(around);
            while long.is_some_and(|&(from, long)| from + long < start + length) {
                around += 1;
                long = longer.places().get(around);
            }
            if long.is_none_or(|&(from, _)| from > start) {
                kept.push(turn, start, length);
            }
        }
        kept.into()
    }

    /// The occurrences of both, as one needle's.
    pub(crate) fn merged(self, other: Self) -> Self {
        if other.is_empty() {
            return self;
        }
        if self.is_empty() {
            return other;
        }
        let mut merged = Lists::default();
        let (mut lefts, mut rights) = (self.each(), other.each());
        let (mut left, mut right) = (lefts.next(), rights.next());
        loop {
            let is_left = left.is_some_and(|left| right.is_none_or(|right| left <= right));
            let next = if is_left { left } else { right };
            let Some((turn, start, length)) = next else {
                return merged.into();
            };
            // Of two that begin alike the shorter one, which comes first, is enough.
            if merged.places.last().is_none_or(|last| last.0 != start) {
                merged.push(turn, start, length);
            }
            if is_left {
                left = lefts.next();
            } else {
                right = rights.next();
            }
        }
    }

    /// Turn, offset and length of each occurrence, in order.
    pub(super) fn each(&self) -> Each<'_> {
        Each {
            lists: &self.lists,
            turn: 0,
            place: 0,
        }
    }
}

/// Goes through the places with the turn of each: written out, since `flat_map` is four times as
/// long.
pub(super) struct Each<'a> {
    lists: &'a Lists,
    /// Indices of the place that comes next, and of a turn that does not end before it.
    place: usize,
    turn: usize,
}

impl Iterator for Each<'_> {
    type Item = (TurnId, u32, u32);

    fn next(&mut self) -> Option<Self::Item> {
        let &(start, length) = self.lists.places.get(self.place)?;
        let (mut turn, end) = *self.lists.turns.get(self.turn)?;
        if self.place as u32 == end {
            self.turn += 1;
            turn = self.lists.turns.get(self.turn)?.0;
        }
        self.place += 1;
        Some((TurnId(turn), start, length))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn turns_may_be_asked_for_in_any_order(having: HashSet<u8>, asked: Vec<u8>) {
            let mut lists = Lists::default();
            for turn in (0..=255).filter(|turn| having.contains(turn)) {
                lists.push(TurnId(turn.into()), 10 * u32::from(turn), 1);
            }
            let matches = Matches::from(lists);
            for turn in asked {
                let expected = having.contains(&turn).then_some((10 * u32::from(turn), 1));
                prop_assert_eq!(matches.in_turn(TurnId(turn.into())), expected.as_slice());
            }
        }
    }
}
