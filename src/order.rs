//! Putting things in order.
//!
//! The standard sorts are fast for anything, and each kind of thing sorted costs the engine 2 to 10
//! kB. So what there may be many of is sorted as numbers, in one place; of what is shown, only as
//! much is kept in order as is wanted.

use std::collections::BinaryHeap;

/// A number that is ordered by `first`, then by `second`.
pub(crate) fn pair(first: u32, second: u32) -> u64 {
    u64::from(first) << 32 | u64::from(second)
}

/// What [`pair`] was made of.
pub(crate) fn unpair(pair: u64) -> (u32, u32) {
    ((pair >> 32) as u32, pair as u32)
}

/// A number that is the smaller the greater `score` is, in the order of [`f32::total_cmp`].
pub(crate) fn descending(score: f32) -> u32 {
    let bits = score.to_bits();
    // Of negative numbers the bits grow the other way.
    if bits >> 31 == 0 {
        !bits & (u32::MAX >> 1)
    } else {
        bits
    }
}

/// `numbers`, least first.
pub(crate) fn sorted(numbers: Vec<u64>) -> Vec<u64> {
    BinaryHeap::from(numbers).into_sorted_vec()
}

/// Keeps the least of the numbers that it is given.
pub(crate) struct Least {
    kept: BinaryHeap<u64>,
    wanted: usize,
}

impl Least {
    /// Keeps `wanted` numbers.
    pub(crate) fn new(wanted: usize) -> Self {
        Self {
            kept: BinaryHeap::new(),
            wanted,
        }
    }

    /// Takes `number`, if it is among the least.
    pub(crate) fn add(&mut self, number: u64) {
        if self.kept.len() < self.wanted {
            self.kept.push(number);
        } else if let Some(mut greatest) = self.kept.peek_mut()
            && number < *greatest
        {
            *greatest = number;
        }
    }

    /// Whether `number` and all greater ones would not be taken.
    pub(crate) fn excludes(&self, number: u64) -> bool {
        self.kept.len() >= self.wanted && self.kept.peek().is_none_or(|&most| number > most)
    }

    /// What was kept, least first.
    pub(crate) fn into_sorted(self) -> Vec<u64> {
        self.kept.into_sorted_vec()
    }
}

/// Numbers of which the least is taken first. Taking a few of many is cheaper than sorting them all.
pub(crate) struct LeastFirst(BinaryHeap<u64>);

impl LeastFirst {
    pub(crate) fn new(mut numbers: Vec<u64>) -> Self {
        // The heap gives the greatest first.
        numbers.iter_mut().for_each(|number| *number = !*number);
        Self(BinaryHeap::from(numbers))
    }
}

impl Iterator for LeastFirst {
    type Item = u64;

    fn next(&mut self) -> Option<u64> {
        self.0.pop().map(|number| !number)
    }
}

/// Puts `item` into `kept`, which is in the order that `before` gives, behind its equals; drops what
/// is more than `most`.
pub(crate) fn keep_first<T>(
    kept: &mut Vec<T>,
    item: T,
    most: usize,
    before: impl Fn(&T, &T) -> bool,
) {
    let at = kept.partition_point(|other| !before(&item, other));
    if at < most {
        kept.truncate(most - 1);
        kept.insert(at, item);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_least_are_the_head_of_the_sorted(numbers: Vec<u64>, wanted in 0usize..9) {
            let mut expected = numbers.clone();
            expected.sort();
            prop_assert_eq!(&sorted(numbers.clone()), &expected);
            expected.truncate(wanted);
            prop_assert_eq!(&LeastFirst::new(numbers.clone()).take(wanted).collect::<Vec<_>>(), &expected);
            let mut least = Least::new(wanted);
            for &number in &numbers {
                prop_assert!(!expected.contains(&number) || !least.excludes(number));
                least.add(number);
            }
            prop_assert_eq!(&least.into_sorted(), &expected);
            if wanted > 0 {
                let mut kept = Vec::new();
                for number in numbers {
                    keep_first(&mut kept, number, wanted, |a, b| a < b);
                }
                prop_assert_eq!(kept, expected);
            }
        }

        #[test]
        fn scores_and_pairs_keep_their_order(a: f32, b: f32, c: u32, d: u32) {
            prop_assert_eq!(descending(a).cmp(&descending(b)), b.total_cmp(&a));
            let (first, second) = (descending(a), descending(b));
            prop_assert_eq!(pair(first, c).cmp(&pair(second, d)), (first, c).cmp(&(second, d)));
            prop_assert_eq!(unpair(pair(c, d)), (c, d));
        }
    }
}
