//! Speakers that a recogniser gives by time, apart from the words.

use crate::formats::recogniser::voices::Voice;

/// So many spans before a word are looked at; more do not overlap in a recording.
const OVERLAPPING: usize = 32;
/// A word between two spans belongs to the nearer one, if it is not further away than this, in
/// milliseconds.
const NEAR_MS: u64 = 1000;

/// Who speaks from when to when.
#[derive(Debug, Default)]
pub(crate) struct Overlay {
    /// By their starts, in milliseconds.
    spans: Vec<(u64, u64, Voice)>,
}

impl Overlay {
    /// Of spans in any order: start, end, and who speaks.
    pub fn new(mut spans: Vec<(u64, u64, Voice)>) -> Overlay {
        spans.sort_by_key(|(start, ..)| *start);
        Overlay { spans }
    }

    /// Whether nobody is named.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Who speaks at a time: who does so longest in it, else who does so nearest to it. Nobody
    /// where two are as near, or all are far.
    pub fn voice(&self, start: u64, end: u64) -> Voice {
        let end = end.max(start.saturating_add(1));
        let after = self.spans.partition_point(|(from, ..)| *from < end);
        let before = &self.spans[after.saturating_sub(OVERLAPPING)..after];
        let shared =
            |(from, to, _): &&(u64, u64, Voice)| end.min(*to).saturating_sub(start.max(*from));
        let most = before
            .iter()
            .max_by_key(shared)
            .filter(|span| shared(span) > 0);
        if let Some((.., voice)) = most {
            return *voice;
        }
        let distance = |(from, to, _): &(u64, u64, Voice)| {
            from.saturating_sub(end).max(start.saturating_sub(*to))
        };
        let last = before.iter().max_by_key(|(_, to, _)| *to);
        let mut near: Vec<_> = last.into_iter().chain(self.spans.get(after)).collect();
        near.retain(|span| distance(span) <= NEAR_MS);
        match near[..] {
            [(.., one)] => *one,
            [a, b] if a.2 == b.2 || distance(a) < distance(b) => a.2,
            [a, b] if distance(b) < distance(a) => b.2,
            _ => Voice::Nobody,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Voice::{Nobody, One};

    #[test]
    fn a_word_belongs_to_who_speaks_longest_in_it_or_nearest_to_it() {
        let overlay = Overlay::new(vec![
            (5000, 6000, One(2)),
            (0, 1000, One(0)),
            (1000, 2000, One(1)),
        ]);
        for (start, end, expected) in [
            (100, 400, One(0)),
            (900, 1300, One(1)),
            (700, 1200, One(0)),
            (1000, 1000, One(1)),
            (2100, 2400, One(1)),
            (4500, 4900, One(2)),
            (3300, 3700, Nobody),
            (7500, 7600, Nobody),
        ] {
            assert_eq!(overlay.voice(start, end), expected, "{start} to {end}");
        }
    }

    #[test]
    fn a_word_between_two_people_is_nobodys_where_both_are_as_near() {
        let overlay = Overlay::new(vec![(0, 1000, One(0)), (1600, 2000, One(1))]);
        assert_eq!(overlay.voice(1200, 1400), Nobody);
        assert_eq!(overlay.voice(1200, 1500), One(1));
    }
}
