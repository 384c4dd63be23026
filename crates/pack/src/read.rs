//! Opening a pack.

use std::ops::Range;

use turnsearch_model::TurnId;
use turnsearch_text::{FoldTable, JoinedText};

use crate::bytes::BitReader;
use crate::code::{Strings, TextCode};
use crate::collection::{self, CollectionInfo};
use crate::columns::Columns;
use crate::container::Sections;
use crate::error::PackError;
use crate::fault::{Fault, check};
use crate::format::SectionTag;
use crate::lexicon::Lexicon;
use crate::phrases::{self, Phrases};
use crate::tables::{self, Pinyin};
use crate::turn::TurnInfo;

/// Most text that a pack may hold, in bytes. It bounds what a hostile pack can make a page
/// allocate; a collection this large wants more than one pack anyway.
pub const MAX_TEXT_BYTES: usize = 1 << 28;

/// Most text, in bytes, that a pack of so many bytes may hold, or its text folded, or its names and
/// headings: no more than [`MAX_TEXT_BYTES`], and beyond 16 MiB no more than 256 times the pack.
/// Texts of meetings come to four or five times; each bit of a forged pack could stand for a
/// kilobyte.
pub fn most_text(pack_bytes: usize) -> usize {
    const ANYWAY: usize = 1 << 24;
    const TIMES: usize = 256;
    pack_bytes
        .saturating_mul(TIMES)
        .saturating_add(ANYWAY)
        .min(MAX_TEXT_BYTES)
}

/// Bytes of text that a byte of the section may be thought to hold, when memory is set aside. Texts
/// of meetings come to four or five; a pack may promise anything.
const LIKELY_EXPANSION: usize = 16;

/// Takes the folded text of each turn, in UTF-8, with how many bytes of text are likely to come.
pub type OnTurn<'a> = &'a mut dyn FnMut(&[u8], usize);

/// An opened pack: everything but the texts, which are decoded one by one. It is open as a whole,
/// or not at all.
#[derive(Debug, Clone)]
pub struct Pack {
    bytes: Vec<u8>,
    sections: Sections,
    text: Range<usize>,
    code: TextCode,
    collection: CollectionInfo,
    columns: Columns,
    phrases: Phrases,
    lexicon: Range<usize>,
    root_and_words: (usize, usize),
    fold_table: FoldTable,
    pinyin: Pinyin,
    /// For each turn the bit of the section `text` at which its text begins.
    turn_starts: Vec<u32>,
}

impl Pack {
    /// Reads `bytes`, checks every checksum, and decodes every text once.
    ///
    /// `on_turn` is handed the folded text of each turn, in order, with how many bytes of text are
    /// likely to come, its own included.
    ///
    /// # Errors
    /// A [`PackError`] that says what is wrong and what to do. Nothing of a bad pack can be used.
    pub fn open(bytes: Vec<u8>, on_turn: OnTurn<'_>) -> Result<Self, PackError> {
        let mut pack = Self {
            sections: Sections::read(&bytes)?,
            bytes,
            text: 0..0,
            code: TextCode::default(),
            collection: CollectionInfo::default(),
            columns: Columns::default(),
            phrases: Phrases::default(),
            lexicon: 0..0,
            root_and_words: (0, 0),
            fold_table: FoldTable::default(),
            pinyin: Pinyin::default(),
            turn_starts: Vec::new(),
        };
        pack.read_tables()?;
        pack.read_texts(on_turn)?;
        Ok(pack)
    }

    // Both fill what is there rather than return what they have read: where one part is bad, there
    // is one thing to let go of, not another set of parts at each place that can fail.

    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    fn read_tables(&mut self) -> Result<(), PackError> {
        let section = |tag| {
            self.sections
                .get(tag)
                .map(|range| part_of(&self.bytes, range))
        };
        let in_section = |tag| move |fault: Fault| PackError::malformed(tag, fault);

        let tag = SectionTag::CODE;
        let code = self.code.read(section(tag)?);
        code.map_err(in_section(tag))?;
        let literals = self.code.literals();
        let tag = SectionTag::FOLD;
        let fold = tables::read_fold(section(tag)?, literals, &mut self.fold_table);
        fold.map_err(in_section(tag))?;
        let ideographs = tables::folded_ideographs(literals, &self.fold_table);
        let tag = SectionTag::PINYIN;
        let pinyin = tables::read_pinyin(section(tag)?, &ideographs, &mut self.pinyin);
        pinyin.map_err(in_section(tag))?;
        self.lexicon = self.sections.get(SectionTag::LEXICON)?;
        let lexicon = Lexicon::read(section(SectionTag::LEXICON)?);
        let lexicon = lexicon.map_err(in_section(SectionTag::LEXICON))?;
        self.root_and_words = lexicon.root_and_words();
        Ok(())
    }

    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    fn read_texts(&mut self, on_turn: OnTurn<'_>) -> Result<(), PackError> {
        self.text = self.sections.get(SectionTag::TEXT)?;
        let section = |tag| {
            self.sections
                .get(tag)
                .map(|range| part_of(&self.bytes, range))
        };
        let in_section = |tag| move |fault: Fault| PackError::malformed(tag, fault);

        let text = part_of(&self.bytes, self.text.clone());
        let most = most_text(self.bytes.len());
        let mut strings = Strings::new(&self.code, text, most);
        let tag = SectionTag::COLLECTION;
        let (info, columns) = (&mut self.collection, &mut self.columns);
        let collection = collection::read(section(tag)?, &mut strings, info, columns);
        collection.map_err(in_section(tag))?;
        let mut left = self.collection.text_bytes;
        let promised = check(left <= most, Fault::TooMuchText);
        promised.map_err(in_section(SectionTag::COLLECTION))?;
        let tag = SectionTag::PHRASES;
        let phrases = phrases::read(section(tag)?, &mut strings, &mut self.phrases);
        phrases.map_err(in_section(tag))?;
        let mut bits = strings.bits;
        let turns = self.columns.speakers().len();
        self.turn_starts.reserve(turns);
        let mut turn = JoinedText::default();
        let mut folded_left = most;
        let in_text = in_section(SectionTag::TEXT);
        let folded = self.code.folded(&self.fold_table);
        for _ in 0..turns {
            self.turn_starts.push(bits.position() as u32);
            let most = (left, folded_left);
            let length = self.code.decode_folded(&mut bits, &folded, &mut turn, most);
            let length = length.map_err(in_text)?;
            on_turn(turn.as_bytes(), left.min(text.len() * LIKELY_EXPANSION));
            left -= length;
            folded_left -= turn.len();
        }
        let is_whole = left == 0 && bits.position().div_ceil(8) == text.len();
        check(is_whole, Fault::OtherLength).map_err(in_text)
    }

    /// What is known of a turn without its text; `None` where the collection has no such turn.
    pub fn turn(&self, id: TurnId) -> Option<TurnInfo<'_>> {
        let speaker = *self.columns.speakers().get(id.index())?;
        let meeting = self.collection.meeting_of(id);
        let first_turn = self.collection.meetings.get(meeting.index())?.first_turn;
        let heading = self.columns.heading(id);
        Some(TurnInfo {
            id,
            meeting,
            n: id.0 - first_turn.0 + 1,
            speaker,
            heading: heading.map_or(&[], |heading| &heading.path),
            own_headings: heading.map_or(0, |heading| heading.own),
            time: self.columns.time(id),
            events: self.columns.events(id),
        })
    }

    /// The text of a turn: its own headings, a line each, then what was said. `None` where the
    /// collection has no such turn.
    pub fn text(&self, id: TurnId) -> Option<String> {
        let bit = *self.turn_starts.get(id.index())?;
        let mut bits = BitReader::new(part_of(&self.bytes, self.text.clone()), bit as usize);
        let mut text = String::new();
        // Every turn was decoded once when its start was found: there is no end to come too soon.
        let most = self.collection.text_bytes;
        let _ = self.code.decode(&mut bits, &mut text, most);
        Some(text)
    }

    /// Meetings and speakers.
    pub fn collection(&self) -> &CollectionInfo {
        &self.collection
    }

    /// What is known of all turns without their texts; [`Pack::turn`] puts together what it says of
    /// one.
    pub fn columns(&self) -> &Columns {
        &self.columns
    }

    /// Key phrases.
    pub fn phrases(&self) -> &Phrases {
        &self.phrases
    }

    /// The term lexicon.
    pub fn lexicon(&self) -> Lexicon<'_> {
        let bytes = part_of(&self.bytes, self.lexicon.clone());
        Lexicon::known(bytes, self.root_and_words)
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
        self.turn_starts.len() as u32
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

fn part_of(bytes: &[u8], range: Range<usize>) -> &[u8] {
    bytes.get(range).unwrap_or_default()
}
