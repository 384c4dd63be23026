//! The least of many numbers.

use std::collections::BinaryHeap;

/// Keeps the least of the numbers that it takes.
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

/// Numbers of which the least is taken first. Taking a few of many is cheaper than sorting them
/// all.
pub(crate) struct LeastFirst(BinaryHeap<u64>);

impl LeastFirst {
    pub(crate) fn new(mut numbers: Vec<u64>) -> Self {
        // The heap returns the greatest first.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compact::order::sorted;
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
        }
    }
}
