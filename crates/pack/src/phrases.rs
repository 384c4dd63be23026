//! Key phrases of the collection, offered as suggestions.
//!
//! ```text
//! number   how many; then for each the number of turns in which it stands. The phrases
//!          themselves are the strings after those of the section `coll`.
//! ```

use crate::bytes::ByteReader;
use crate::collection::NextString;
use crate::container::SectionTag;
use crate::error::PackError;

/// A phrase that the collection talks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As it is printed where it stands first.
    pub text: String,
    /// In how many turns it stands.
    pub turns: u32,
}

pub(crate) fn read(
    bytes: &[u8],
    next_string: &mut NextString<'_>,
) -> Result<Vec<Phrase>, PackError> {
    let mut reader = ByteReader::new(bytes, SectionTag::PHRASES);
    let mut phrases = Vec::new();
    for _ in 0..reader.count(bytes.len())? {
        let turns = reader.number()?;
        phrases.push(Phrase {
            text: next_string()?,
            turns,
        });
    }
    reader.finish()?;
    Ok(phrases)
}

/// The section [`SectionTag::PHRASES`].
#[cfg(feature = "write")]
pub(crate) fn write(phrases: &[Phrase]) -> Vec<u8> {
    use crate::bytes::push_number;
    let mut out = Vec::new();
    push_number(&mut out, phrases.len() as u32);
    for phrase in phrases {
        push_number(&mut out, phrase.turns);
    }
    out
}
