//! What each block of the corpus may have in it, so that a scan passes over blocks that cannot have
//! the needle.
//!
//! A signature file, kept in slices of bits (C. Faloutsos, S. Christodoulakis: Signature files,
//! 1984; B. Goodwin et al.: BitFunnel, SIGIR 2017): every block has a set of hashed grams
//! (characters and pairs of them), and the sets of 32 blocks lie side by side, so that one word
//! says which of the 32 have a gram. Grams that hash alike only cost a scan of a block; no block
//! that has the needle is ever passed over.

use std::ops::Range;

/// Bytes of a block. Some 1,400 ideographs, 400 of them different and 1,000 different pairs, fill
/// nearly a third of the rows.
const BLOCK: usize = 1 << 12;
/// Blocks that share a group: the bits of a row.
const GROUP: usize = u32::BITS as usize;
/// How many values a gram hashes to. With 32 blocks to a group, all rows take an eighth of the
/// corpus.
const ROWS: usize = 1 << ROW_BITS;
const ROW_BITS: u32 = 12;
/// A block also knows the grams that begin so many bytes after it, since a needle that begins in it
/// may reach there.
const REACH: usize = 64;
/// Most grams of a needle that are looked up.
const MOST_GRAMS: usize = 8;

/// The signatures of the first blocks, or of all.
#[derive(Debug, Clone, Default)]
pub(crate) struct Signatures {
    /// Group by group, for each row the blocks of the group that have a gram of it.
    groups: Vec<u32>,
    /// How many blocks have their signature; those beyond the end of the corpus too once it is
    /// reached.
    signed: usize,
}

/// Each call of [`Signatures::extend`] signs this part of the corpus, which takes about as long as
/// a scan of all of it.
const SHARE: usize = 32;

impl Signatures {
    /// Signs some more blocks of `corpus`, which is always the same one.
    ///
    /// Opening a pack does not do it: a reader who asks once needs no signatures, and one who goes
    /// on pays for them no more than for the scans that do without (as in the ski rental problem).
    pub(crate) fn extend(&mut self, corpus: &[u8]) {
        let blocks = corpus.len().div_ceil(BLOCK);
        let end = blocks.min(self.signed + blocks.div_ceil(SHARE));
        self.groups.resize(blocks.div_ceil(GROUP) * ROWS, 0);
        while self.signed < end {
            self.sign(self.signed, corpus);
            self.signed += 1;
        }
        if self.signed == blocks {
            // Nothing begins in those that would fill up the last group.
            self.signed = self.signed.next_multiple_of(GROUP);
        }
    }

    /// Gives `block` its signature: the grams that begin in it, and in what it knows of the next
    /// one.
    #[inline(never)] // Browsers make code fast while it is called again and again.
    fn sign(&mut self, block: usize, corpus: &[u8]) {
        let groups = self.groups.get_mut(block / GROUP * ROWS..);
        let Some(group) = groups.and_then(|groups| groups.first_chunk_mut::<ROWS>()) else {
            return;
        };
        let mut at = block * BLOCK;
        let end = corpus.len().min(at + BLOCK + REACH);
        while at < end {
            // What begins within a character, or where less than a pair follows, is another gram,
            // which does no harm.
            let window = window(&corpus[at..]);
            group[row(pair(window))] |= 1 << (block % GROUP);
            if window as u8 >= LONG {
                group[row(single(window))] |= 1 << (block % GROUP);
            }
            at += match window as u8 {
                0..0xC0 => 1,
                0xC0..LONG => 2,
                LONG..0xF0 => 3,
                0xF0.. => 4,
            };
        }
    }

    /// The ranges of offsets in which an occurrence of `needle` can begin, in order and apart. None
    /// before the first call of [`Signatures::extend`].
    pub(crate) fn ranges(&self, needle: &[u8]) -> Ranges<'_> {
        let mut rows = Vec::new();
        for (at, lead) in needle.iter().enumerate().take(REACH) {
            let window = window(&needle[at..]);
            let gram = match (lead, needle.len() - at) {
                (0x80..0xC0, _) => continue,
                (0..0x80, 4..) | (0xC0.., 6..) => pair(window),
                (LONG.., 3..) => single(window),
                _ => continue,
            };
            rows.push(row(gram));
        }
        rows.truncate(MOST_GRAMS);
        Ranges {
            signatures: self,
            rows,
            block: 0,
        }
    }
}

/// Least first byte of a character of three bytes or more. Shorter ones are too few not to be in
/// every block.
const LONG: u8 = 0xE0;

/// The next eight bytes, the first one lowest; zeros after the end.
fn window(bytes: &[u8]) -> u64 {
    if let Some(&window) = bytes.first_chunk() {
        return u64::from_le_bytes(window);
    }
    let mut window = [0; 8];
    window[..bytes.len()].copy_from_slice(bytes);
    u64::from_le_bytes(window)
}

/// The two characters at the head of `window`, or the four bytes where the first one is ASCII.
fn pair(window: u64) -> u32 {
    let head = window as u32;
    if head as u8 >= 0x80 {
        head ^ u32::from((window >> 32) as u16) << 11
    } else {
        head
    }
}

/// The long character at the head of `window`.
fn single(window: u64) -> u32 {
    window as u32 & 0xFF_FFFF
}

/// The row of a gram.
///
/// Fibonacci hashing (D. Knuth, The Art of Computer Programming 3, 6.4).
fn row(gram: u32) -> usize {
    (gram.wrapping_mul(0x9E37_79B1) >> (u32::BITS - ROW_BITS)) as usize
}

/// Iterates over the ranges in which a needle can begin.
pub(crate) struct Ranges<'a> {
    signatures: &'a Signatures,
    /// The rows that the needle's grams hash to.
    rows: Vec<usize>,
    /// The next block.
    block: usize,
}

impl Ranges<'_> {
    /// The blocks of the group of the next block that may have all grams, from the next block on:
    /// those without a signature too.
    fn group(&self) -> Option<u32> {
        let Signatures { groups, signed } = self.signatures;
        let first = self.block / GROUP;
        let group = groups.get(first * ROWS..(first + 1) * ROWS)?;
        let all = self.rows.iter().fold(!0, |all, &row| all & group[row]);
        let unsigned = match signed.saturating_sub(first * GROUP) {
            signed @ 0..GROUP => !0 << signed,
            GROUP.. => 0,
        };
        Some((all | unsigned) >> (self.block % GROUP))
    }
}

impl Iterator for Ranges<'_> {
    type Item = Range<usize>;

    fn next(&mut self) -> Option<Range<usize>> {
        let mut blocks = self.group()?;
        while blocks == 0 {
            self.block = (self.block / GROUP + 1) * GROUP;
            blocks = self.group()?;
        }
        self.block += blocks.trailing_zeros() as usize;
        let first = self.block;
        self.block += (blocks >> blocks.trailing_zeros()).trailing_ones() as usize;
        Some(first * BLOCK..self.block * BLOCK)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All blocks of `corpus` but so many that `calls` were not enough for.
    fn signatures(corpus: &str, calls: usize) -> Signatures {
        let mut signatures = Signatures::default();
        for _ in 0..calls {
            signatures.extend(corpus.as_bytes());
        }
        signatures
    }

    #[test]
    fn blocks_without_the_needle_are_passed_over() {
        let corpus = format!("{}多利益{}", "话".repeat(50_000), "语".repeat(50_000));
        let signatures = signatures(&corpus, SHARE);
        let ranges: Vec<_> = signatures.ranges("多利".as_bytes()).collect();
        assert_eq!(ranges.len(), 1);
        assert!(ranges[0].contains(&150_000) && ranges[0].len() <= 2 * BLOCK);
        for absent in ["利多", "好", "abcd"] {
            assert_eq!(signatures.ranges(absent.as_bytes()).count(), 0);
        }
    }

    #[test]
    fn a_needle_without_a_gram_may_be_anywhere() {
        let corpus = "话".repeat(5_000);
        for calls in [1, SHARE] {
            let signatures = signatures(&corpus, calls);
            let ranges: Vec<_> = signatures.ranges(b"a").collect();
            assert_eq!(ranges.first().map(|range| range.start), Some(0));
            assert!(ranges.last().is_some_and(|range| range.end >= corpus.len()));
        }
    }

    proptest! {
        #[test]
        fn no_occurrence_is_passed_over(
            words in prop::collection::vec("[ab 哈不😀é,]{0,9}", 1..80),
            copies in 1usize..60,
            calls in 1..=SHARE,
            from in 0usize..20_000,
            length in 1usize..200,
        ) {
            let corpus = words.concat().repeat(copies);
            prop_assume!(!corpus.is_empty());
            let starts: Vec<usize> = corpus.char_indices().map(|(at, _)| at).collect();
            let start = starts[from % starts.len()];
            let needle: String = corpus[start..].chars().take(length).collect();
            let signatures = signatures(&corpus, calls);
            let mut ranges: Vec<_> = signatures.ranges(needle.as_bytes()).collect();
            prop_assert!(ranges.iter().any(|range| range.contains(&start)));
            ranges.dedup_by(|next, range| range.end <= next.start);
            prop_assert_eq!(ranges.len(), 1, "they are in order and apart");
        }
    }
}
