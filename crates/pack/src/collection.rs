//! What a pack says about its meetings, speakers and turns, besides the texts.
//!
//! ```text
//! number    bytes (UTF-8) of all turn texts together
//! mask      collection: 1 title, 2 language; a string for each bit, here and below
//! number    S, how many speakers; for each: string name; number 2·aliases + has role; the aliases;
//!           the role
//! number    M, how many meetings; for each: strings slug, source; mask: 1 document, 2 title,
//!           4 event, 8 date, 16 time, 32 zone, 64 place, 128 language, 256 url, 512 media,
//!           1024 has headings, 2048 has times, 4096 has events; its strings; number of turns
//! bits      for each meeting its columns, see `read_columns`
//! ```
//!
//! Strings are not stored here: they are the first texts of the section `text`, in the order in
//! which this section mentions them, and share its grammar.

use turnsearch_model::{Field, Metadata, Speaker};

use crate::bytes::{BitReader, ByteReader};
use crate::code::{Strings, bits_for};
use crate::error::{Fault, check};

pub(crate) mod mask {
    pub const DOCUMENT: u32 = 1;
    pub const FIRST_STRING: u32 = 2;
    pub const HEADINGS: u32 = 1 << 10;
    pub const TIMES: u32 = 1 << 11;
    pub const EVENTS: u32 = 1 << 12;
}

/// Everything about the collection that is no text of a turn.
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
    /// For each turn of the collection, its speaker.
    pub turn_speakers: Vec<Option<u32>>,
    /// Turns that have headings, in order.
    pub headings: Vec<HeadingInfo>,
    /// Turns that have times, in order.
    pub times: Vec<TimeInfo>,
    /// Stage directions, in order of turn and offset.
    pub events: Vec<EventInfo>,
    /// UTF-8 bytes of all turn texts together.
    pub text_bytes: usize,
}

impl CollectionInfo {
    /// The meeting of `turn`: the last one that begins with it or before it.
    pub fn meeting_of(&self, turn: u32) -> u32 {
        let begun = |meeting: &MeetingInfo| meeting.first_turn <= turn;
        let begun = self.meetings.partition_point(begun) as u32;
        begun.saturating_sub(1)
    }
}

/// One meeting or document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingInfo {
    /// Stable name in addresses.
    pub slug: String,
    /// File name of the source.
    pub source: String,
    /// Whether it is a document without speakers.
    pub document: bool,
    /// Title, date, place and so on.
    pub meta: Metadata,
    /// Number of its first turn in the collection, from 0.
    pub first_turn: u32,
    /// How many turns it has.
    pub turns: u32,
}

/// The headings above a turn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HeadingInfo {
    /// Number of the turn in the collection.
    pub turn: u32,
    /// The path, outermost first.
    pub path: Vec<String>,
    /// How many of the last headings of the path stand directly before this turn: its text begins
    /// with them, a line each.
    pub own: usize,
}

/// When a turn was spoken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TimeInfo {
    /// Number of the turn in the collection.
    pub turn: u32,
    /// Milliseconds from the start of the recording.
    pub start_ms: u32,
    /// Milliseconds from the start of the recording, where the end is known.
    pub end_ms: Option<u32>,
}

/// A stage direction.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventInfo {
    /// Number of the turn in the collection.
    pub turn: u32,
    /// UTF-8 offset into the turn's text.
    pub offset: u32,
    /// As printed.
    pub text: String,
}

/// Reads the section [`crate::SectionTag::COLLECTION`] into `info`, which is empty yet.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
pub(crate) fn read(
    bytes: &[u8],
    strings: &mut Strings<'_>,
    info: &mut CollectionInfo,
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
    let mut masks = Vec::new();
    let mut first_turn = 0u32;
    for _ in 0..reader.count(bytes.len())? {
        let mut meeting = MeetingInfo {
            first_turn,
            ..MeetingInfo::default()
        };
        // A turn costs at least a bit of the columns.
        masks.push(meeting.read(&mut reader, strings, bytes.len() * 8)?);
        let end = first_turn.checked_add(meeting.turns);
        first_turn = end.ok_or(Fault::TooManyTurns)?;
        info.meetings.push(meeting);
    }
    check(first_turn as usize <= bytes.len() * 8, Fault::CountTooLarge)?;
    info.turn_speakers.reserve_exact(first_turn as usize);
    let mut columns = Columns {
        bits: BitReader::new(reader.rest(), 0),
        info,
        strings,
        first: 0,
        end: 0,
    };
    for (meeting, mask) in masks.into_iter().enumerate() {
        columns.read(meeting, mask)?;
    }
    Ok(())
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
    /// Tells the mask.
    fn read(
        &mut self,
        reader: &mut ByteReader<'_>,
        strings: &mut Strings<'_>,
        room: usize,
    ) -> Result<u32, Fault> {
        strings.read(&mut self.slug)?;
        strings.read(&mut self.source)?;
        let mask = reader.number()?;
        for field in Field::ALL {
            let is_there = mask & (mask::FIRST_STRING << field as u32) != 0;
            read_optional(is_there, strings, &mut self.meta[field])?;
        }
        self.turns = reader.count(room)? as u32;
        self.document = mask & mask::DOCUMENT != 0;
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

/// The columns of the turns of one meeting, as bits:
///
/// - speakers: gamma code of 0 for nobody, else of the place (from 1) in the list of those who
///   have spoken in this meeting, latest first; the place behind the last is a newcomer, whose
///   number follows in as many bits as the number of speakers needs
/// - headings: for each turn gamma of how many headings stay, gamma of how many are new (strings)
/// - times: for each turn gamma of 0 for none, or 1 + distance from the start before; then gamma of
///   0 for no end, or 1 + duration
/// - events: gamma of their number; for each gamma of the distance to its turn from the one before,
///   gamma of the offset, a string
struct Columns<'a, 'b, 'c> {
    bits: BitReader<'a>,
    info: &'b mut CollectionInfo,
    strings: &'b mut Strings<'c>,
    /// The turns of the meeting: number of its first one, and of the first behind them.
    first: u32,
    end: u32,
}

impl Columns<'_, '_, '_> {
    fn read(&mut self, meeting: usize, mask: u32) -> Result<(), Fault> {
        let Some(meeting) = self.info.meetings.get(meeting) else {
            return Ok(());
        };
        self.first = meeting.first_turn;
        self.end = meeting.first_turn + meeting.turns;
        self.speakers()?;
        if mask & mask::HEADINGS != 0 {
            self.headings()?;
        }
        if mask & mask::TIMES != 0 {
            self.times()?;
        }
        if mask & mask::EVENTS != 0 {
            self.events()?;
        }
        self.bits.check()
    }

    fn speakers(&mut self) -> Result<(), Fault> {
        let speakers = self.info.speakers.len();
        let mut latest: Vec<u32> = Vec::new();
        for _ in self.first..self.end {
            self.bits.check()?;
            let place = self.bits.gamma() as usize;
            let Some(at) = place.checked_sub(1) else {
                self.info.turn_speakers.push(None);
                continue;
            };
            if at == latest.len() {
                latest.push(self.bits.bits(bits_for(speakers)));
            }
            let speaker = latest.get(at).copied();
            let speaker = speaker.filter(|&speaker| (speaker as usize) < speakers);
            let speaker = speaker.ok_or(Fault::UnknownSpeaker)?;
            // To the front; those before move up to where it was.
            let mut moved = speaker;
            for slot in latest.iter_mut().take(place) {
                moved = std::mem::replace(slot, moved);
            }
            self.info.turn_speakers.push(Some(speaker));
        }
        Ok(())
    }

    fn headings(&mut self) -> Result<(), Fault> {
        let mut path: Vec<String> = Vec::new();
        // Each turn has its path for itself, which a hostile pack could use to multiply a long heading.
        let mut left = self.strings.left;
        for turn in self.first..self.end {
            let kept = self.bits.gamma() as usize;
            let own = self.bits.gamma() as usize;
            let is_known = kept <= path.len() && !self.bits.overrun();
            check(is_known, Fault::UnknownHeading)?;
            path.truncate(kept);
            self.strings.read_list(own, &mut path)?;
            if path.is_empty() {
                continue;
            }
            for heading in &path {
                let bytes = heading.len() + size_of::<String>();
                left = left.checked_sub(bytes).ok_or(Fault::HeadingsTooLong)?;
            }
            let path = path.clone();
            self.info.headings.push(HeadingInfo { turn, path, own });
        }
        Ok(())
    }

    fn times(&mut self) -> Result<(), Fault> {
        let mut before = 0u32;
        for turn in self.first..self.end {
            self.bits.check()?;
            let Some(distance) = self.bits.gamma().checked_sub(1) else {
                continue;
            };
            before = before.checked_add(distance).ok_or(Fault::TimeTooLarge)?;
            let duration = self.bits.gamma().checked_sub(1);
            self.info.times.push(TimeInfo {
                turn,
                start_ms: before,
                end_ms: duration.map(|duration| before.saturating_add(duration)),
            });
        }
        Ok(())
    }

    fn events(&mut self) -> Result<(), Fault> {
        let mut turn = self.first;
        for _ in 0..self.bits.gamma() {
            turn = turn.saturating_add(self.bits.gamma());
            let offset = self.bits.gamma();
            let is_inside = turn < self.end && !self.bits.overrun();
            check(is_inside, Fault::EventInNoTurn)?;
            let text = self.strings.next()?;
            self.info.events.push(EventInfo { turn, offset, text });
        }
        Ok(())
    }
}
