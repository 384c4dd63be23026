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

/// The first few of the strings that it is given: those of the lowest class, of these those with the
/// greatest count, of these the first by their letters. One kind of thing for all that is shown in order.
pub(crate) struct First {
    pub kept: Vec<Counted>,
    wanted: usize,
}

/// A string with what its place among others hangs on.
pub(crate) struct Counted {
    pub class: u32,
    pub count: u32,
    pub text: String,
    /// What else the string stands for.
    pub id: u32,
}

impl First {
    /// Keeps `wanted` strings.
    pub(crate) fn new(wanted: usize) -> Self {
        Self {
            kept: Vec::new(),
            wanted,
        }
    }

    /// Takes `text`, behind its equals, if it is among the first.
    pub(crate) fn add(&mut self, class: u32, count: u32, text: &str, id: u32) {
        let key = |class, count: u32| pair(class, !count);
        let before = |other: &&Counted| {
            (key(other.class, other.count), other.text.as_str()) <= (key(class, count), text)
        };
        let at = self.kept.iter().take_while(before).count();
        if at < self.wanted {
            self.kept.truncate(self.wanted - 1);
            let text = text.to_owned();
            self.kept.insert(
                at,
                Counted {
                    class,
                    count,
                    text,
                    id,
                },
            );
        }
    }

    /// The strings of the lowest class that there is.
    pub(crate) fn of_lowest_class(self) -> Vec<String> {
        let lowest = self.kept.first().map_or(0, |first| first.class);
        let mut texts = Vec::new();
        for counted in self.kept {
            if counted.class == lowest {
                texts.push(counted.text);
            }
        }
        texts
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
        }

        #[test]
        fn the_first_strings_are_the_head_of_the_sorted(
            mut strings in prop::collection::vec((0u32..3, 0u32..3, "[ab]{0,2}"), 0..20),
            wanted in 1usize..9,
        ) {
            let mut first = First::new(wanted);
            for (id, (class, count, text)) in (0..).zip(&strings) {
                first.add(*class, *count, text, id);
            }
            let key = |of: &Counted| (of.class, !of.count, of.text.clone(), of.id);
            let in_order = first.kept.windows(2).all(|two| key(&two[0]) < key(&two[1]));
            prop_assert!(in_order);
            let kept: Vec<_> = first
                .kept
                .iter()
                .map(|of| (of.class, of.count, of.text.clone()))
                .collect();
            strings.sort_by_key(|(class, count, text)| (*class, !count, text.clone()));
            strings.truncate(wanted);
            prop_assert_eq!(kept, strings);
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
