//! The term lexicon: an `fst` map (version 3 of that crate's format), read without trust.
//!
//! The builder writes it with the `fst` crate. The engine reads it with the few functions below,
//! for two reasons: the crate panics on bytes that no builder makes, and it costs the engine about
//! 20 kB. Differential tests hold this reader against the crate.
//!
//! An fst is a graph without cycles whose edges are bytes; the values along a path add up. A node
//! is written behind all nodes it leads to, and read from its last byte backwards:
//!
//! ```text
//! state byte   11cccccc  one edge, to the node that ends just before this one
//!              10cccccc  one edge, with value and address
//!              0fnnnnnn  any number n of edges, final if f
//! c            1 to 63: the edge's byte, by a table; 0: it stands before the state byte
//! n            1 to 63: how many edges; 0: that number stands before the state byte (1 means 256)
//! sizes        high half: bytes of an address; low half: bytes of a value (0: all are 0)
//! ```
//!
//! Address 0 is the final node without edges; others are distances back from the node's first byte.

use crate::bytes::little_endian;
use crate::fault::{Fault, check};

/// Version of the `fst` format.
const FST_VERSION: [u8; 8] = 3u64.to_le_bytes();
/// Version, type; number of keys, root address, checksum.
const HEADER: usize = 16;
const FOOTER: usize = 20;
/// From this many edges on a node has an index of 256 bytes.
const INDEXED: usize = 32;
/// Most edges that one walk follows. It bounds the work that a hostile graph can ask for; a walk
/// over the lexicon of 50 MB of text stays below it.
const MOST_STEPS: usize = 1 << 23;

/// What the short edges of an fst stand for: `COMMON_INPUTS_INV` of the `fst` crate, as far as six
/// bits reach.
const COMMON: [u8; 63] = *b"te/oasripcnw.hlm-du012g=:bf3y5&_4v9678k%?xCDASFIBEjPTzRNM+LOqHG";

/// The folded words of the collection, each with a value for [`turns_of_word`] and
/// [`is_function_word`].
#[derive(Debug, Clone, Copy)]
pub struct Lexicon<'p> {
    bytes: &'p [u8],
    root: usize,
    words: usize,
}

/// In how many turns a word of the lexicon stands.
pub fn turns_of_word(value: u64) -> usize {
    (value / 2) as usize
}

/// Whether a word of the lexicon asks, points or connects rather than names something.
pub fn is_function_word(value: u64) -> bool {
    value % 2 == 1
}

/// What a walk does at a node it has come to.
pub trait Visit {
    /// The walk has come along `byte`, to depth `depth` (from 1, beyond the prefix). Whether to go
    /// on below.
    fn enter(&mut self, depth: usize, byte: u8) -> bool;
    /// `word` ends here, with `value`. Whether to go on with the walk at all.
    fn word(&mut self, word: &[u8], value: u64) -> bool;
}

impl<'p> Lexicon<'p> {
    /// Reads an fst map.
    ///
    /// # Errors
    /// Where header or footer are not those of one.
    pub fn read(bytes: &'p [u8]) -> Result<Self, Fault> {
        let footer = bytes.len().checked_sub(FOOTER);
        let footer = footer.filter(|&footer| footer >= HEADER && bytes.starts_with(&FST_VERSION));
        let footer = footer.ok_or(Fault::NoMap)?;
        let number = |at: usize| little_endian(bytes.get(at..at + 8).unwrap_or_default());
        let (words, root) = (number(footer), number(footer + 8));
        let is_inside = root < footer as u64 && words <= 1 << 32;
        check(is_inside, Fault::RootOutside)?;
        Ok(Self {
            root: root as usize,
            words: words as usize,
            bytes,
        })
    }

    /// The lexicon in `bytes`, which were read before and had this root and so many words.
    pub(crate) fn known(bytes: &'p [u8], (root, words): (usize, usize)) -> Self {
        Self { bytes, root, words }
    }

    /// Root and number of words, for [`Lexicon::known`].
    pub(crate) fn root_and_words(&self) -> (usize, usize) {
        (self.root, self.words)
    }

    /// How many words there are.
    pub fn len(&self) -> usize {
        self.words
    }

    /// Whether there is no word.
    pub fn is_empty(&self) -> bool {
        self.words == 0
    }

    /// The value of `word`.
    pub fn get(&self, word: &str) -> Option<u64> {
        let (node, value) = self.descend(word.as_bytes())?;
        node.is_final.then(|| value.wrapping_add(node.final_value))
    }

    /// Visits the words that begin with `prefix`, in order. What is no sound graph is passed over.
    pub fn walk(&self, prefix: &str, visit: &mut dyn Visit) {
        let Some((start, value)) = self.descend(prefix.as_bytes()) else {
            return;
        };
        let mut word = prefix.as_bytes().to_vec();
        let mut steps = 0;
        if start.is_final && !visit.word(&word, value.wrapping_add(start.final_value)) {
            return;
        }
        let mut open = vec![(start, 0, value)];
        while let Some((node, next, value)) = open.last_mut() {
            if *next == node.edges || steps == MOST_STEPS {
                open.pop();
                word.truncate(word.len() - usize::from(!open.is_empty()));
                continue;
            }
            steps += 1;
            let edge = node.edge(self.bytes, *next);
            let value = *value;
            *next += 1;
            let Some((byte, gain, address)) = edge else {
                continue;
            };
            if !visit.enter(open.len(), byte) {
                continue;
            }
            let Some(below) = Node::read(self.bytes, address) else {
                continue;
            };
            let value = value.wrapping_add(gain);
            word.push(byte);
            if below.is_final && !visit.word(&word, value.wrapping_add(below.final_value)) {
                return;
            }
            open.push((below, 0, value));
        }
    }

    fn descend(&self, bytes: &[u8]) -> Option<(Node, u64)> {
        let mut node = Node::read(self.bytes, self.root)?;
        let mut value = 0u64;
        for &byte in bytes {
            let number = node.edge_with(self.bytes, byte)?;
            let (_, gain, address) = node.edge(self.bytes, number)?;
            value = value.wrapping_add(gain);
            node = Node::read(self.bytes, address)?;
        }
        Some((node, value))
    }
}

/// Where the parts of a node lie.
#[derive(Debug, Clone, Copy)]
struct Node {
    is_final: bool,
    final_value: u64,
    edges: usize,
    /// The one edge's byte, where it does not lie in the fst.
    common: Option<u8>,
    /// Just behind the bytes of the edges; those of the first edge come last, as for all columns.
    bytes_end: usize,
    addresses_end: usize,
    values_end: usize,
    address_size: usize,
    value_size: usize,
    /// First byte of the node.
    start: usize,
    /// Whether the one edge leads to the node just before.
    leads_back: bool,
}

impl Node {
    fn read(bytes: &[u8], address: usize) -> Option<Self> {
        let mut node = Self {
            is_final: true,
            final_value: 0,
            edges: 0,
            common: None,
            bytes_end: 0,
            addresses_end: 0,
            values_end: 0,
            address_size: 0,
            value_size: 0,
            start: 0,
            leads_back: false,
        };
        if address == 0 {
            return Some(node);
        }
        let state = *bytes.get(address)?;
        let low = usize::from(state & 0x3F);
        // Everything lies before `at`.
        let mut at = address;
        let mut back = |by: usize| {
            at = at.checked_sub(by)?;
            Some(at)
        };
        if state & 0x80 != 0 {
            node.is_final = false;
            node.edges = 1;
            node.common = low.checked_sub(1).and_then(|at| COMMON.get(at).copied());
            node.leads_back = state & 0x40 != 0;
            node.bytes_end = address;
            let inline = usize::from(node.common.is_none());
            node.start = back(inline)?;
            if !node.leads_back {
                node.set_sizes(*bytes.get(back(1)?)?);
                node.addresses_end = node.start - 1;
                node.values_end = back(node.address_size)?;
                node.start = back(node.value_size)?;
            }
            return Some(node);
        }
        node.is_final = state & 0x40 != 0;
        node.edges = match low {
            0 => match *bytes.get(back(1)?)? {
                1 => 256,
                edges => usize::from(edges),
            },
            edges => edges,
        };
        node.set_sizes(*bytes.get(back(1)?)?);
        node.bytes_end = back(if node.edges > INDEXED { 256 } else { 0 })?;
        node.addresses_end = back(node.edges)?;
        node.values_end = back(node.edges * node.address_size)?;
        node.start = back(node.edges * node.value_size)?;
        if node.is_final {
            node.start = back(node.value_size)?;
            node.final_value = little_endian(bytes.get(node.start..node.start + node.value_size)?);
        }
        Some(node)
    }

    fn set_sizes(&mut self, sizes: u8) {
        self.address_size = usize::from(sizes >> 4);
        self.value_size = usize::from(sizes & 0xF);
    }

    /// The number of the first edge for `byte`.
    fn edge_with(&self, bytes: &[u8], byte: u8) -> Option<usize> {
        if let Some(common) = self.common {
            return (common == byte).then_some(0);
        }
        let of_edges = bytes.get(self.bytes_end.checked_sub(self.edges)?..self.bytes_end)?;
        of_edges.iter().rev().position(|&of| of == byte)
    }

    /// Byte, value and address of the edge with this number. An address that does not lie before
    /// the node is refused: every walk comes to an end.
    fn edge(&self, bytes: &[u8], number: usize) -> Option<(u8, u64, usize)> {
        let column = |end: usize, size: usize| {
            let end = end.checked_sub(number * size)?;
            bytes.get(end.checked_sub(size)?..end)
        };
        let byte = match self.common {
            Some(byte) => byte,
            None => *column(self.bytes_end, 1)?.first()?,
        };
        if self.leads_back {
            return Some((byte, 0, self.start.checked_sub(1)?));
        }
        let value = little_endian(column(self.values_end, self.value_size)?);
        let distance = little_endian(column(self.addresses_end, self.address_size)?);
        if distance == 0 {
            return Some((byte, value, 0));
        }
        let address = self.start.checked_sub(usize::try_from(distance).ok()?)?;
        (address > 0).then_some((byte, value, address))
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use std::collections::BTreeMap;

    use proptest::prelude::*;

    use super::*;

    struct All(Vec<(String, u64)>);

    impl Visit for All {
        fn enter(&mut self, _: usize, _: u8) -> bool {
            true
        }

        fn word(&mut self, word: &[u8], value: u64) -> bool {
            self.0.push((
                String::from_utf8(word.to_vec()).expect("words are UTF-8"),
                value,
            ));
            true
        }
    }

    fn written(words: &BTreeMap<String, u64>) -> Vec<u8> {
        let mut builder = fst::MapBuilder::memory();
        for (word, &value) in words {
            builder.insert(word, value).expect("a map is sorted");
        }
        builder.into_inner().expect("memory does not fail")
    }

    fn all_below(lexicon: &Lexicon, prefix: &str) -> Vec<(String, u64)> {
        let mut all = All(Vec::new());
        lexicon.walk(prefix, &mut all);
        all.0
    }

    proptest! {
        #[test]
        fn reads_what_the_crate_writes(words in prop::collection::btree_map("[a-c]{0,4}|[多利益相关方]{1,3}|.{0,3}", 0u64..1 << 40, 0..200), other: String) {
            let bytes = written(&words);
            let lexicon = Lexicon::read(&bytes).expect("the crate made it");
            let map = fst::Map::new(&bytes).expect("the crate made it");
            prop_assert_eq!(lexicon.len(), words.len());
            for word in words.keys().chain([&other]) {
                prop_assert_eq!(lexicon.get(word), map.get(word));
            }
            for prefix in ["", "a", "多", &other] {
                let expected: Vec<_> = words.iter().filter(|(word, _)| word.starts_with(prefix)).map(|(word, &value)| (word.clone(), value)).collect();
                prop_assert_eq!(all_below(&lexicon, prefix), expected);
            }
        }

        #[test]
        fn damaged_bytes_never_panic(words in prop::collection::btree_map("[a-z]{1,6}", 0u64..9, 1..60), changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6)) {
            let mut bytes = written(&words);
            for (place, byte) in changes {
                let at = place.index(bytes.len());
                bytes[at] = byte;
            }
            if let Ok(lexicon) = Lexicon::read(&bytes) {
                struct Count(usize);
                impl Visit for Count {
                    fn enter(&mut self, _: usize, _: u8) -> bool {
                        true
                    }
                    fn word(&mut self, _: &[u8], _: u64) -> bool {
                        self.0 += 1;
                        self.0 < 10_000
                    }
                }
                lexicon.walk("", &mut Count(0));
                for word in words.keys() {
                    lexicon.get(word);
                }
            }
        }
    }

    #[test]
    fn nodes_with_many_edges_have_an_index() {
        let words: BTreeMap<String, u64> = (0..=255u32)
            .filter_map(char::from_u32)
            .map(|c| (format!("{c}x"), u64::from(c)))
            .collect();
        let bytes = written(&words);
        let lexicon = Lexicon::read(&bytes).expect("the crate made it");
        for (word, value) in &words {
            assert_eq!(lexicon.get(word), Some(*value));
        }
        assert_eq!(all_below(&lexicon, "").len(), words.len());
    }
}
