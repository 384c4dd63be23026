//! Which pairs of ideographs are words, remembered: to see whether an occurrence cuts a word, the
//! lexicon is asked about the same few pairs again and again.

use std::cell::Cell;

use turnsearch_pack::Pack;

use crate::compact::chars::is_all_han;

/// Pairs that are remembered: 8 kB, more than stand around the occurrences of nearly every
/// ideograph.
const REMEMBERED: usize = 1 << 10;

/// What the lexicon was asked. Pairs that fall on the same place replace each other.
#[derive(Debug, Clone)]
pub(crate) struct WordEdges(Vec<Cell<u64>>);

impl Default for WordEdges {
    fn default() -> Self {
        Self(vec![Cell::new(0); REMEMBERED])
    }
}

impl WordEdges {
    /// Whether `pair`, two characters of three bytes each, are ideographs and a word of the lexicon
    /// of `pack`, which is the same at every call.
    pub(crate) fn is_word(&self, pair: [u8; 6], pack: &Pack) -> bool {
        let [a, b, c, d, e, f] = pair;
        let question = u64::from_le_bytes([a, b, c, d, e, f, 0, 0]) << 1;
        // Fibonacci hashing (D. Knuth, The Art of Computer Programming 3, 6.4).
        let place = question.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 32;
        let Some(known) = self.0.get(place as usize % REMEMBERED) else {
            return false;
        };
        if known.get() & !1 != question {
            let pair = str::from_utf8(&pair).unwrap_or_default();
            known.set(question | u64::from(is_word(pair, pack)));
        }
        known.get() & 1 == 1
    }
}

/// Whether `pair` are ideographs and a word of the lexicon of `pack`.
pub(crate) fn is_word(pair: &str, pack: &Pack) -> bool {
    is_all_han(pair) && pack.lexicon().get(pair).is_some()
}
