//! Sorting, as numbers: each kind of thing that the standard library sorts costs the engine 2 to
//! 10 kB, so pairs are packed into one number and sorted in one place.

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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn scores_and_pairs_keep_their_order(a: f32, b: f32, c: u32, d: u32) {
            prop_assert_eq!(descending(a).cmp(&descending(b)), b.total_cmp(&a));
            let (first, second) = (descending(a), descending(b));
            prop_assert_eq!(pair(first, c).cmp(&pair(second, d)), (first, c).cmp(&(second, d)));
            prop_assert_eq!(unpair(pair(c, d)), (c, d));
        }
    }
}
