//! The names of the format, which reader, writer and errors have in common.

use std::fmt;

/// First bytes of every pack.
pub const SIGNATURE: [u8; 8] = *b"\x89turns\r\n";

/// Version of the format that this crate reads and writes. A change to any section's layout
/// raises it; a reader accepts its own version only.
pub const FORMAT_VERSION: u16 = 1;

/// Name of the WebAssembly custom section in which a module carries its pack.
pub const CUSTOM_SECTION: &str = "turnsearch.pack";

/// Name of a section: four ASCII letters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SectionTag(pub [u8; 4]);

impl SectionTag {
    /// Meetings, speakers, and the columns of the turns.
    pub const COLLECTION: Self = Self(*b"coll");
    /// Grammar and code of the texts.
    pub const CODE: Self = Self(*b"code");
    /// The coded texts.
    pub const TEXT: Self = Self(*b"text");
    /// The term lexicon, an `fst` map.
    pub const LEXICON: Self = Self(*b"lexi");
    /// The fold table.
    pub const FOLD: Self = Self(*b"fold");
    /// Key phrases.
    pub const PHRASES: Self = Self(*b"phra");
    /// Pronunciations of the ideographs.
    pub const PINYIN: Self = Self(*b"piny");

    /// The tag as text.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("????")
    }
}

impl fmt::Display for SectionTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for SectionTag {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
