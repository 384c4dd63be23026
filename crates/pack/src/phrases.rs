//! Key phrases of the collection, offered as suggestions.
//!
//! ```text
//! number   how many; then for each the number of turns in which it stands. The phrases
//!          themselves are the strings after those of the section `coll`.
//! ```

use crate::bytes::ByteReader;
use crate::code::Strings;
use crate::error::Fault;

/// A phrase that the collection talks about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phrase {
    /// As it is printed where it stands first.
    pub text: String,
    /// In how many turns it stands.
    pub turns: u32,
}

/// Reads the section [`crate::SectionTag::PHRASES`].
pub(crate) fn read(
    bytes: &[u8],
    strings: &mut Strings<'_>,
    phrases: &mut Vec<Phrase>,
) -> Result<(), Fault> {
    let mut reader = ByteReader::new(bytes);
    for _ in 0..reader.count(bytes.len())? {
        let turns = reader.number()?;
        let text = strings.next()?;
        phrases.push(Phrase { text, turns });
    }
    reader.finish()
}

/// The section [`crate::SectionTag::PHRASES`].
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
