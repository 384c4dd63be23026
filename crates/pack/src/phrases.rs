//! Key phrases of the collection, offered as suggestions.
//!
//! ```text
//! number   how many; then for each the number of turns in which it stands. The phrases
//!          themselves are the strings after those of the section `coll`.
//! ```

use turnsearch_text::part;

use crate::bytes::ByteReader;
use crate::code::Strings;
use crate::fault::Fault;

/// A phrase that the collection talks about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Phrase<'a> {
    /// As it is printed where it stands first.
    pub text: &'a str,
    /// In how many turns it stands.
    pub turns: u32,
}

/// The phrases of a collection, the weightiest first.
///
/// Their texts lie one after the other: a large collection has tens of thousands, and by itself
/// each would take more memory than it holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Phrases {
    texts: String,
    /// Where the text of each ends, and in how many turns it stands.
    ends: Vec<(u32, u32)>,
}

impl Phrases {
    /// How many there are.
    pub fn len(&self) -> usize {
        self.ends.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ends.is_empty()
    }

    /// The phrase with this number, from 0.
    pub fn get(&self, number: usize) -> Option<Phrase<'_>> {
        let &(end, turns) = self.ends.get(number)?;
        let before = number
            .checked_sub(1)
            .and_then(|before| self.ends.get(before));
        let start = before.map_or(0, |before| before.0);
        Some(Phrase {
            text: part(&self.texts, start as usize..end as usize),
            turns,
        })
    }
}

/// Reads the section [`crate::SectionTag::PHRASES`].
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
pub(crate) fn read(
    bytes: &[u8],
    strings: &mut Strings<'_>,
    phrases: &mut Phrases,
) -> Result<(), Fault> {
    let mut reader = ByteReader::new(bytes);
    for _ in 0..reader.count(bytes.len())? {
        let turns = reader.number()?;
        strings.read(&mut phrases.texts)?;
        phrases.ends.push((phrases.texts.len() as u32, turns));
    }
    reader.finish()
}

/// The section [`crate::SectionTag::PHRASES`], from the number of turns in which each phrase
/// stands.
#[cfg(feature = "write")]
pub(crate) fn write(turns: &[u32]) -> Vec<u8> {
    use crate::bytes::push_number;
    let mut out = Vec::new();
    push_number(&mut out, turns.len() as u32);
    for &turns in turns {
        push_number(&mut out, turns);
    }
    out
}
