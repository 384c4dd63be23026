//! Finding and joining strings, in a few lines: what the standard library and `memchr::memmem` have is
//! made for more than search needs, and costs the engine some 10 kB.

use memchr::arch::all::packedpair::Pair;
use memchr::memchr;

use crate::pair_finder::PairFinder;

/// Finds a string in texts: looks for its two rarest bytes, or for the rarest where that is not to be
/// had, then compares.
pub(crate) struct Finder<'a> {
    needle: &'a [u8],
    /// For a needle of at least two bytes.
    pair: Option<PairFinder>,
    /// The rarest byte, and its offset in the needle.
    byte: u8,
    offset: usize,
}

impl<'a> Finder<'a> {
    /// A finder that looks for the bytes of `needle` of which `frequency` is least. `None` for an empty
    /// needle: it stands nowhere.
    pub(crate) fn new(needle: &'a str, frequency: impl Fn(u8) -> u32) -> Option<Self> {
        let needle = needle.as_bytes();
        let offset = rarest(needle, None, &frequency)?;
        let second = rarest(needle, Some(offset), &frequency);
        let pair = second.and_then(|second| Pair::with_indices(needle, offset as u8, second as u8));
        Some(Self {
            needle,
            pair: pair.and_then(|pair| PairFinder::with_pair(needle, pair)),
            byte: needle[offset],
            offset,
        })
    }

    /// The first offset, from `from` on, at which the needle stands in `text`.
    pub(crate) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
        let rest = text.get(from..)?;
        if let Some(pair) = self
            .pair
            .filter(|pair| rest.len() >= pair.min_haystack_len())
        {
            return pair.find(rest, self.needle).map(|at| from + at);
        }
        let mut at = from + self.offset;
        loop {
            at += memchr(self.byte, text.get(at..)?)?;
            let start = at - self.offset;
            if text[start..].starts_with(self.needle) {
                return Some(start);
            }
            at += 1;
        }
    }
}

/// The offset, other than `besides`, of the byte of `needle` of which `frequency` is least. Looks at the
/// first 256 bytes, which is as far as a pair can lie.
fn rarest(needle: &[u8], besides: Option<usize>, frequency: &impl Fn(u8) -> u32) -> Option<usize> {
    let offsets = (0..needle.len().min(256)).filter(|&at| Some(at) != besides);
    offsets.min_by_key(|&at| frequency(needle[at]))
}

/// Whether `part` stands in `text`, a short one; an empty `part` does not.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    let part = part.as_bytes();
    !part.is_empty()
        && text
            .as_bytes()
            .windows(part.len())
            .any(|window| window == part)
}

/// The strings one after the other, with `between` between any two.
pub(crate) fn join(strings: &[&str], between: &str) -> String {
    let mut joined = String::new();
    for (at, string) in strings.iter().enumerate() {
        if at > 0 {
            joined.push_str(between);
        }
        joined.push_str(string);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_what_the_standard_library_finds(
            text in "[ab多利]{0,80}",
            needle in "[ab多利]{1,5}",
            from in 0usize..100,
        ) {
            let from = from.min(text.len());
            let expected = (from..text.len()).find(|&at| text.as_bytes()[at..].starts_with(needle.as_bytes()));
            let finder = Finder::new(&needle, |byte| u32::from(byte) % 7);
            prop_assert_eq!(finder.and_then(|finder| finder.find(text.as_bytes(), from)), expected);
            prop_assert_eq!(contains(&text, &needle), text.contains(&needle));
        }

        #[test]
        fn joins_as_the_standard_library_does(strings: Vec<String>, between: String) {
            let strings: Vec<&str> = strings.iter().map(String::as_str).collect();
            prop_assert_eq!(join(&strings, &between), strings.join(&between));
        }
    }
}
