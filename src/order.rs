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

/// The `wanted` least of `numbers`, least first.
pub(crate) fn least(numbers: impl Iterator<Item = u64>, wanted: usize) -> Vec<u64> {
    let mut kept = BinaryHeap::new();
    for number in numbers {
        if kept.len() < wanted {
            kept.push(number);
        } else if let Some(mut greatest) = kept.peek_mut()
            && number < *greatest
        {
            *greatest = number;
        }
    }
    kept.into_sorted_vec()
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
            prop_assert_eq!(&least(numbers.iter().copied(), wanted), &expected);
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
