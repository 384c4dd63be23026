//! What a pack says about its collection, meetings and speakers.
//!
//! ```text
//! number    bytes (UTF-8) of all turn texts together
//! mask      collection: 1 title, 2 language; a string for each bit, here and below
//! number    S, how many speakers; for each: string name; number 2·aliases + has role; the aliases;
//!           the role
//! number    M, how many meetings; for each: strings id, source; mask: 1 document, 2 title,
//!           4 event, 8 date, 16 time, 32 zone, 64 place, 128 language, 256 url, 512 media,
//!           1024 has headings, 2048 has times, 4096 has events; its strings; number of turns
//! bits      for each meeting its columns, see `columns.rs`
//! ```
//!
//! Strings are not stored here: they are the first texts of the section `text`, in the order in
//! which this section mentions them, and share its grammar.

use turnsearch_model::{Field, Kind, MeetingId, Metadata, Speaker, TurnId};

use crate::bytes::{BitReader, ByteReader};
use crate::code::Strings;
use crate::columns::{ColumnReader, Columns, Span};
use crate::fault::{Fault, check};

pub(crate) mod mask {
    pub const DOCUMENT: u32 = 1;
    pub const FIRST_STRING: u32 = 2;
    pub const HEADINGS: u32 = 1 << 10;
    pub const TIMES: u32 = 1 << 11;
    pub const EVENTS: u32 = 1 << 12;
}

/// What a pack says about its collection as a whole: [`turnsearch_model::Collection`] without
/// turns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct CollectionInfo {
    /// Title of the collection.
    pub title: Option<String>,
    /// BCP 47 tag of its main language.
    pub language: Option<String>,
    /// Meetings in order; their turns follow each other.
    pub meetings: Vec<MeetingInfo>,
    /// The people who speak.
    pub speakers: Vec<Speaker>,
    /// UTF-8 bytes of all turn texts together.
    pub text_bytes: usize,
}

impl CollectionInfo {
    /// The meeting of a turn: the last one that begins with it or before it.
    pub fn meeting_of(&self, turn: TurnId) -> MeetingId {
        let begun = |meeting: &MeetingInfo| meeting.first_turn <= turn;
        let begun = self.meetings.partition_point(begun) as u32;
        MeetingId(begun.saturating_sub(1))
    }

    /// How many turns all meetings have.
    pub fn turns(&self) -> u32 {
        let last = self.meetings.last();
        last.map_or(0, |last| last.first_turn.0 + last.turns)
    }
}

/// One meeting or document: [`turnsearch_model::Meeting`] without turns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingInfo {
    /// Stable name in addresses.
    pub id: String,
    /// File name of the source.
    pub source: String,
    /// Transcript or document.
    pub kind: Kind,
    /// Title, date, place and so on.
    pub meta: Metadata,
    /// Its first turn in the collection.
    pub first_turn: TurnId,
    /// How many turns it has.
    pub turns: u32,
}

/// Reads the section [`crate::SectionTag::COLLECTION`] into `info` and `columns`, which are empty
/// yet.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
pub(crate) fn read(
    bytes: &[u8],
    strings: &mut Strings<'_>,
    info: &mut CollectionInfo,
    columns: &mut Columns,
) -> Result<(), Fault> {
    let mut reader = ByteReader::new(bytes);
    info.text_bytes = reader.number()? as usize;
    let mask = reader.number()?;
    read_optional(mask & 1 != 0, strings, &mut info.title)?;
    read_optional(mask & 2 != 0, strings, &mut info.language)?;
    for _ in 0..reader.count(bytes.len())? {
        let mut speaker = Speaker::default();
        read_speaker(&mut reader, strings, bytes.len(), &mut speaker)?;
        info.speakers.push(speaker);
    }
    let mut spans = Vec::new();
    let mut first_turn = 0u32;
    for _ in 0..reader.count(bytes.len())? {
        let mut meeting = MeetingInfo {
            first_turn: TurnId(first_turn),
            ..MeetingInfo::default()
        };
        // A turn costs at least a bit of the columns.
        let mask = meeting.read(&mut reader, strings, bytes.len() * 8)?;
        let end = first_turn.checked_add(meeting.turns);
        let end = end.ok_or(Fault::TooManyTurns)?;
        spans.push(Span {
            turns: first_turn..end,
            has_headings: mask & mask::HEADINGS != 0,
            has_times: mask & mask::TIMES != 0,
            has_events: mask & mask::EVENTS != 0,
        });
        first_turn = end;
        info.meetings.push(meeting);
    }
    check(first_turn as usize <= bytes.len() * 8, Fault::CountTooLarge)?;
    let mut columns = ColumnReader {
        bits: BitReader::new(reader.rest(), 0),
        strings,
        speakers: info.speakers.len(),
        columns,
    };
    columns.read(&spans, first_turn as usize)
}

fn read_speaker(
    reader: &mut ByteReader<'_>,
    strings: &mut Strings<'_>,
    room: usize,
    speaker: &mut Speaker,
) -> Result<(), Fault> {
    strings.read(&mut speaker.name)?;
    let aliases_and_role = reader.number()?;
    let aliases = aliases_and_role as usize / 2;
    check(aliases <= room, Fault::CountTooLarge)?;
    strings.read_list(aliases, &mut speaker.aliases)?;
    read_optional(aliases_and_role % 2 == 1, strings, &mut speaker.role)
}

impl MeetingInfo {
    /// Returns the mask.
    fn read(
        &mut self,
        reader: &mut ByteReader<'_>,
        strings: &mut Strings<'_>,
        room: usize,
    ) -> Result<u32, Fault> {
        strings.read(&mut self.id)?;
        strings.read(&mut self.source)?;
        let mask = reader.number()?;
        for field in Field::ALL {
            let is_there = mask & (mask::FIRST_STRING << field as u32) != 0;
            read_optional(is_there, strings, &mut self.meta[field])?;
        }
        self.turns = reader.count(room)? as u32;
        if mask & mask::DOCUMENT != 0 {
            self.kind = Kind::Document;
        }
        Ok(mask)
    }
}

fn read_optional(
    is_there: bool,
    strings: &mut Strings<'_>,
    out: &mut Option<String>,
) -> Result<(), Fault> {
    if is_there {
        *out = Some(strings.next()?);
    }
    Ok(())
}
