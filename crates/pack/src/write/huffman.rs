//! Code lengths of an optimal prefix code with bounded length.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// The lengths of a Huffman code for `counts` (0 for symbols with count 0), none longer than
/// `most`.
///
/// Where the optimal code is too long, counts are halved (kept at 1 or more) until it fits; with
/// the bounds used here that happens on artificial input only. A single symbol gets length 1.
pub(super) fn code_lengths(counts: &[u64], most: usize) -> Vec<u8> {
    let mut counts = counts.to_vec();
    loop {
        let lengths = unbounded_lengths(&counts);
        if lengths.iter().all(|&length| usize::from(length) <= most) {
            return lengths;
        }
        for count in counts.iter_mut().filter(|count| **count > 0) {
            *count = (*count / 2).max(1);
        }
    }
}

fn unbounded_lengths(counts: &[u64]) -> Vec<u8> {
    let mut lengths = vec![0; counts.len()];
    let leaves: Vec<usize> = (0..counts.len())
        .filter(|&symbol| counts[symbol] > 0)
        .collect();
    if let [only] = leaves[..] {
        lengths[only] = 1;
        return lengths;
    }
    // Nodes are leaves first, then inner nodes in the order of their making; parents come later.
    let mut parents = vec![0; leaves.len()];
    let mut heap: BinaryHeap<Reverse<(u64, usize)>> = leaves
        .iter()
        .enumerate()
        .map(|(node, &symbol)| Reverse((counts[symbol], node)))
        .collect();
    while let (Some(Reverse(a)), Some(Reverse(b))) = (heap.pop(), heap.pop()) {
        let parent = parents.len();
        parents.push(0);
        parents[a.1] = parent;
        parents[b.1] = parent;
        heap.push(Reverse((a.0 + b.0, parent)));
        if heap.len() == 1 {
            break;
        }
    }
    let mut depths = vec![0u8; parents.len()];
    for node in (0..parents.len().saturating_sub(1)).rev() {
        depths[node] = depths[parents[node]].saturating_add(1);
    }
    for (node, &symbol) in leaves.iter().enumerate() {
        lengths[symbol] = depths[node];
    }
    lengths
}

/// The codewords of the canonical code with these lengths: within a length in the order of the
/// symbols.
pub(super) fn codewords(lengths: &[u8]) -> Vec<u32> {
    let mut order: Vec<usize> = (0..lengths.len())
        .filter(|&symbol| lengths[symbol] > 0)
        .collect();
    order.sort_by_key(|&symbol| lengths[symbol]);
    let mut codewords = vec![0; lengths.len()];
    let mut next = 0u32;
    let mut length = order.first().map_or(0, |&symbol| lengths[symbol]);
    for symbol in order {
        next <<= lengths[symbol] - length;
        length = lengths[symbol];
        codewords[symbol] = next;
        next = next.wrapping_add(1);
    }
    codewords
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_fill_the_code_space_and_respect_the_bound() {
        let fibonacci: Vec<u64> = (0..40)
            .scan((1, 1), |s, _| {
                *s = (s.1, s.0 + s.1);
                Some(s.0)
            })
            .collect();
        for most in [8, 15, 23] {
            let lengths = code_lengths(&fibonacci, most);
            let filled: f64 = lengths
                .iter()
                .map(|&length| 0.5f64.powi(length.into()))
                .sum();
            assert_eq!(filled, 1.0);
            assert!(lengths.iter().all(|&length| usize::from(length) <= most));
        }
    }

    #[test]
    fn rare_symbols_get_longer_codewords() {
        assert_eq!(code_lengths(&[8, 0, 4, 2, 2], 15), [1, 0, 2, 3, 3]);
        assert_eq!(codewords(&[1, 0, 2, 3, 3]), [0, 0, 0b10, 0b110, 0b111]);
        assert_eq!(code_lengths(&[0, 5], 15), [0, 1]);
    }
}
