//! Which pairs of ideographs are words, remembered: to see whether an occurrence cuts a word, the lexicon is asked
//! about the same few pairs again and again.

use std::cell::Cell;

use turnsearch_pack::Pack;

/// Pairs that are remembered: 8 kB, more than stand around the occurrences of nearly every ideograph.
const REMEMBERED: usize = 1 << 10;

/// What the lexicon was asked. Pairs that fall on the same place push each other out.
#[derive(Debug, Clone)]
pub(crate) struct WordEdges(Vec<Cell<u64>>);

impl Default for WordEdges {
    fn default() -> Self {
        Self(vec![Cell::new(0); REMEMBERED])
    }
}

impl WordEdges {
    /// Whether `pair`, the two characters `left` and `right`, is a word of the lexicon of `pack`, which is the same at
    /// every call.
    pub(crate) fn is_word(&self, left: char, right: char, pair: &str, pack: &Pack) -> bool {
        let question = (u64::from(left) << 21 | u64::from(right)) << 1;
        // Fibonacci hashing (D. Knuth, The Art of Computer Programming 3, 6.4).
        let place = question.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let Some(known) = self.0.get(place as usize % REMEMBERED) else {
            return false;
        };
        if known.get() & !1 != question {
            known.set(question | u64::from(pack.lexicon().get(pair).is_some()));
        }
        known.get() & 1 == 1
    }
}
