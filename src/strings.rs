//! Finding and joining strings, in a few lines: what the standard library and `memchr::memmem` have is
//! made for more than search needs, and costs the engine some 10 kB.

use memchr::memchr;

/// Finds a string in texts: looks for one of its bytes, then compares.
pub(crate) struct Finder<'a> {
    needle: &'a [u8],
    /// The byte that is looked for, and its offset in the needle.
    byte: u8,
    offset: usize,
}

impl<'a> Finder<'a> {
    /// A finder that looks for the byte of `needle` of which `frequency` is least. `None` for an empty
    /// needle: it stands nowhere.
    pub(crate) fn new(needle: &'a str, frequency: impl Fn(u8) -> u32) -> Option<Self> {
        let (offset, byte) = needle
            .bytes()
            .enumerate()
            .min_by_key(|&(_, byte)| frequency(byte))?;
        Some(Self {
            needle: needle.as_bytes(),
            byte,
            offset,
        })
    }

    /// The first offset, from `from` on, at which the needle stands in `text`.
    pub(crate) fn find(&self, text: &[u8], from: usize) -> Option<usize> {
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

/// Whether `part` stands in `text`; an empty one does not.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    let finder = Finder::new(part, |_| 0);
    finder.is_some_and(|finder| finder.find(text.as_bytes(), 0).is_some())
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
            text in "[ab多利]{0,40}",
            needle in "[ab多利]{1,5}",
            from in 0usize..50,
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
