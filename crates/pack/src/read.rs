//! Opening a pack.

use std::ops::Range;

use turnsearch_text::FoldTable;

use crate::bytes::BitReader;
use crate::code::TextCode;
use crate::collection::{self, CollectionInfo};
use crate::container::{SectionTag, Sections};
use crate::error::PackError;
use crate::lexicon::Lexicon;
use crate::phrases::{self, Phrase};
use crate::tables::{self, Pinyin};

/// Most text that a pack may hold, in bytes. It bounds what a hostile pack can make a page
/// allocate; a collection this large wants more than one pack anyway.
pub const MAX_TEXT_BYTES: usize = 1 << 28;

/// Bytes of text that a byte of the section may be thought to hold, when memory is set aside. Texts
/// of meetings come to four or five; a pack may promise anything.
const LIKELY_EXPANSION: usize = 16;

/// An opened pack: everything but the texts, which are decoded one by one.
#[derive(Debug, Clone)]
pub struct Pack {
    bytes: Vec<u8>,
    sections: Sections,
    text: Range<usize>,
    code: TextCode,
    collection: CollectionInfo,
    phrases: Vec<Phrase>,
    lexicon: Lexicon,
    fold_table: FoldTable,
    pinyin: Pinyin,
    /// For each turn the bit of the text section at which its text begins.
    turn_bits: Vec<u32>,
}

impl Pack {
    /// Reads `bytes`, checks every checksum, and hands the folded text of each turn, in
    /// order, to `on_turn`, with how many bytes of text are likely to come, its own included.
    ///
    /// # Errors
    /// A [`PackError`] that says what is wrong and what to do. Nothing of a bad pack can be used.
    pub fn open(bytes: Vec<u8>, mut on_turn: impl FnMut(&str, usize)) -> Result<Self, PackError> {
        let sections = Sections::read(&bytes)?;
        let section = |tag| sections.get(tag).map(|range| &bytes[range]);
        let code = TextCode::read(section(SectionTag::CODE)?)?;
        let literals = code.literals();
        let fold_table = tables::read_fold(section(SectionTag::FOLD)?, literals)?;
        let ideographs = tables::folded_ideographs(literals, &fold_table);
        let pinyin = tables::read_pinyin(section(SectionTag::PINYIN)?, &ideographs)?;
        let lexicon = Lexicon::read(section(SectionTag::LEXICON)?.to_vec())?;

        let text = sections.get(SectionTag::TEXT)?;
        let mut bits = BitReader::new(&bytes[text.clone()], 0);
        let mut strings_left = MAX_TEXT_BYTES;
        let mut next_string = || {
            let mut string = String::new();
            code.decode(&mut bits, &mut string, strings_left)?;
            strings_left -= string.len();
            Ok(string)
        };
        let collection = collection::read(section(SectionTag::COLLECTION)?, &mut next_string)?;
        let phrases = phrases::read(section(SectionTag::PHRASES)?, &mut next_string)?;

        let mut left = collection.text_bytes;
        if left > MAX_TEXT_BYTES {
            let what = "it promises more text than a pack may hold";
            return Err(PackError::Malformed {
                section: SectionTag::COLLECTION,
                what,
            });
        }
        let mut turn_bits = Vec::with_capacity(collection.turn_speakers.len());
        let folded = code.folded(&fold_table);
        let mut turn = String::new();
        for _ in &collection.turn_speakers {
            turn_bits.push(bits.position() as u32);
            turn.clear();
            let length = code.decode_folded(&mut bits, &folded, &mut turn, left)?;
            on_turn(&turn, left.min(text.len() * LIKELY_EXPANSION));
            left -= length;
        }
        if left != 0 || bits.position().div_ceil(8) != text.len() {
            let what = "it has another length than the pack says";
            return Err(PackError::Malformed {
                section: SectionTag::TEXT,
                what,
            });
        }
        Ok(Self {
            bytes,
            sections,
            text,
            code,
            collection,
            phrases,
            lexicon,
            fold_table,
            pinyin,
            turn_bits,
        })
    }

    /// Appends the text of the turn with this number in the collection (from 0) to `out`: its own
    /// headings, a line each, then what was said. Nothing for a number that is too large.
    pub fn turn_text(&self, turn: u32, out: &mut String) {
        let Some(&bit) = self.turn_bits.get(turn as usize) else {
            return;
        };
        let mut bits = BitReader::new(&self.bytes[self.text.clone()], bit as usize);
        let decoded = self.code.decode(&mut bits, out, usize::MAX);
        debug_assert!(
            decoded.is_ok(),
            "every turn was decoded when the pack was opened"
        );
    }

    /// Meetings, speakers and columns.
    pub fn collection(&self) -> &CollectionInfo {
        &self.collection
    }

    /// Key phrases, the weightiest first.
    pub fn phrases(&self) -> &[Phrase] {
        &self.phrases
    }

    /// The term lexicon.
    pub fn lexicon(&self) -> &Lexicon {
        &self.lexicon
    }

    /// The fold table.
    pub fn fold_table(&self) -> &FoldTable {
        &self.fold_table
    }

    /// Pronunciations.
    pub fn pinyin(&self) -> &Pinyin {
        &self.pinyin
    }

    /// How many turns there are.
    pub fn turns(&self) -> u32 {
        self.turn_bits.len() as u32
    }

    /// Where the sections lie.
    pub fn sections(&self) -> &Sections {
        &self.sections
    }

    /// The bytes that were opened.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}
