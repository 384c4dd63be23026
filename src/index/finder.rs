//! Finding a string in a text: two of its bytes at once, at 64 places at a time.
//!
//! Looking for the two rarest bytes is what `memchr::memmem` does (A. Gallant, 2019). That looks at
//! 16 places at a time in WebAssembly, and starts anew after every match; this is smaller, and
//! reports one match after the other.

use std::ops::Range;

/// How many places are looked at together.
const PLACES: usize = 64;

/// Finds a string in texts.
pub(crate) struct Finder<'a> {
    needle: &'a [u8],
    /// The first eight bytes of the needle as a number, and the bits of it that count where there
    /// are fewer.
    head: (u64, u64),
    /// The two rarest bytes with their offsets in the needle; one twice for a needle of one byte.
    rarest: [(u8, usize); 2],
}

impl<'a> Finder<'a> {
    /// A finder that looks for the bytes of `needle` of which `frequency` is least. `None` for an
    /// empty needle: it stands nowhere.
    pub(crate) fn new(needle: &'a str, frequency: impl Fn(u8) -> u32) -> Option<Self> {
        let needle = needle.as_bytes();
        let first = rarest(needle, needle.len(), &frequency)?;
        let second = rarest(needle, first, &frequency).unwrap_or(first);
        let mut head = [0; 8];
        for (byte, &of_needle) in head.iter_mut().zip(needle) {
            *byte = of_needle;
        }
        Some(Self {
            needle,
            head: (
                u64::from_le_bytes(head),
                !0 >> (8 * 8usize.saturating_sub(needle.len())),
            ),
            rarest: [first, second].map(|offset| (needle[offset], offset)),
        })
    }

    /// Calls `on_place` with every offset among `starts` at which the needle stands in `text`, in
    /// order, until that returns false. Places may overlap.
    pub(crate) fn each(
        &self,
        text: &[u8],
        starts: Range<usize>,
        on_place: &mut dyn FnMut(usize) -> bool,
    ) {
        let [first, second] = self.rarest;
        let end = starts
            .end
            .min((text.len() + 1).saturating_sub(self.needle.len()));
        let mut at = starts.start;
        while at < end {
            let mut places = match (window(text, at + first.1), window(text, at + second.1)) {
                (Some(firsts), Some(seconds)) => {
                    lanes::both((firsts, first.0), (seconds, second.0))
                }
                // Near the end of the text every place is tried.
                _ => !0,
            };
            if end - at < PLACES {
                places &= (1 << (end - at)) - 1;
            }
            while places != 0 {
                let start = at + places.trailing_zeros() as usize;
                places &= places - 1;
                if self.stands_at_head(text.get(start..).unwrap_or_default()) && !on_place(start) {
                    return;
                }
            }
            at += PLACES;
        }
    }

    fn stands_at_head(&self, text: &[u8]) -> bool {
        let (head, mask) = self.head;
        // Mostly the needle is no longer than that, and comparing it is no call.
        let may_stand = text
            .first_chunk()
            .is_none_or(|&begun| u64::from_le_bytes(begun) & mask == head);
        may_stand && (self.needle.len() <= 8 && text.len() >= 8 || text.starts_with(self.needle))
    }
}

/// The offset, other than `besides`, of the byte of `needle` of which `frequency` is least. Looks
/// at the first 256 bytes, which are enough to choose from.
fn rarest(needle: &[u8], besides: usize, frequency: &impl Fn(u8) -> u32) -> Option<usize> {
    let offsets = (0..needle.len().min(256)).filter(|&at| at != besides);
    offsets.min_by_key(|&at| frequency(needle[at]))
}

/// Bytes in a row, and the one that is looked for among them.
type Among<'t> = (&'t [u8; PLACES], u8);

/// The bytes of [`PLACES`] places from `at` on; nothing where there are fewer.
fn window(text: &[u8], at: usize) -> Option<&[u8; PLACES]> {
    text.get(at..)?.first_chunk()
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod lanes {
    use core::arch::wasm32::{
        u8x16_bitmask, u8x16_eq, u8x16_splat, v128, v128_and, v128_any_true, v128_or,
    };

    use super::Among;

    /// The places, as bits, at which both bytes stand.
    #[inline(always)]
    pub(super) fn both((firsts, first): Among<'_>, (seconds, second): Among<'_>) -> u64 {
        let ([a, b, c, d], _) = firsts.as_chunks() else {
            return 0;
        };
        let ([e, f, g, h], _) = seconds.as_chunks() else {
            return 0;
        };
        let both = |firsts: &[u8; 16], seconds: &[u8; 16]| {
            let firsts = u8x16_eq(bytemuck::cast::<_, v128>(*firsts), u8x16_splat(first));
            let seconds = u8x16_eq(bytemuck::cast::<_, v128>(*seconds), u8x16_splat(second));
            v128_and(firsts, seconds)
        };
        let (a, b, c, d) = (both(a, e), both(b, f), both(c, g), both(d, h));
        if !v128_any_true(v128_or(v128_or(a, b), v128_or(c, d))) {
            return 0;
        }
        let places = |lane| u64::from(u8x16_bitmask(lane));
        places(a) | places(b) << 16 | places(c) << 32 | places(d) << 48
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
mod lanes {
    use super::{Among, PLACES};

    /// As the other one, for compilers to make vectors of.
    pub(super) fn both((firsts, first): Among<'_>, (seconds, second): Among<'_>) -> u64 {
        let mut both = [0; PLACES];
        for (at, place) in both.iter_mut().enumerate() {
            *place = u8::from(firsts[at] == first) & u8::from(seconds[at] == second);
        }
        if both == [0; PLACES] {
            return 0;
        }
        let bits = (0..).zip(both).map(|(at, place)| u64::from(place) << at);
        bits.fold(0, |places, bit| places | bit)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn finds_every_place(
            text in "[ab多利]{0,150}",
            needle in "[ab多利]{0,5}",
            starts in (0usize..400, 0usize..400),
            most in 1usize..30,
        ) {
            let starts = starts.0..starts.1;
            let stands = |&at: &usize| text.as_bytes().get(at..).is_some_and(|rest| rest.starts_with(needle.as_bytes()));
            let expected: Vec<usize> = starts.clone().filter(stands).take(most).collect();
            let mut found = Vec::new();
            match Finder::new(&needle, |byte| u32::from(byte) % 7) {
                None => prop_assert!(needle.is_empty()),
                Some(finder) => {
                    finder.each(text.as_bytes(), starts, &mut |at| {
                        found.push(at);
                        found.len() < most
                    });
                    prop_assert_eq!(found, expected);
                }
            }
        }
    }
}
