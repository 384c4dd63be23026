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

use crate::bytes::{BitReader, ByteReader};
use crate::container::SectionTag;
use crate::error::PackError;

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
    pub speakers: Vec<SpeakerInfo>,
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

/// One meeting or document.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingInfo {
    /// Stable name in addresses.
    pub slug: String,
    /// File name of the source.
    pub source: String,
    /// Whether it is a document without speakers.
    pub document: bool,
    /// Title, event, date (`YYYY-MM-DD`), time, zone, place, language, url, media, in the order of
    /// [`MeetingField`].
    pub fields: [Option<String>; 9],
    /// Number of its first turn in the collection, from 0.
    pub first_turn: u32,
    /// How many turns it has.
    pub turns: u32,
}

/// Index into [`MeetingInfo::fields`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[allow(missing_docs)] // The names say it; see the metadata of the transcript crate.
pub enum MeetingField {
    Title,
    Event,
    Date,
    Time,
    Zone,
    Place,
    Language,
    Url,
    Media,
}

impl MeetingInfo {
    /// A field, where the source states it.
    pub fn field(&self, field: MeetingField) -> Option<&str> {
        self.fields[field as usize].as_deref()
    }

    /// The four digits of the year, where the date is known.
    pub fn year(&self) -> Option<&str> {
        self.field(MeetingField::Date)?.get(..4)
    }
}

/// One person or office.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct SpeakerInfo {
    /// The name to show.
    pub name: String,
    /// Other forms of the name.
    pub aliases: Vec<String>,
    /// Role, where one is printed.
    pub role: Option<String>,
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

/// Gives the strings of the collection one after the other.
pub(crate) type NextString<'a> = dyn FnMut() -> Result<String, PackError> + 'a;

pub(crate) fn read(
    bytes: &[u8],
    next_string: &mut NextString<'_>,
) -> Result<CollectionInfo, PackError> {
    let mut reader = ByteReader::new(bytes, SectionTag::COLLECTION);
    let mut info = CollectionInfo {
        text_bytes: reader.number()? as usize,
        ..CollectionInfo::default()
    };
    let [title, language] = strings_of_mask(reader.number()?, 1, next_string)?;
    (info.title, info.language) = (title, language);
    for _ in 0..reader.count(bytes.len())? {
        let name = next_string()?;
        let aliases_and_role = reader.number()?;
        let aliases = aliases_and_role as usize / 2;
        if aliases > bytes.len() {
            return Err(reader.malformed("a count is larger than the pack has room for"));
        }
        let aliases = (0..aliases)
            .map(|_| next_string())
            .collect::<Result<_, _>>()?;
        let role = if aliases_and_role % 2 == 1 {
            Some(next_string()?)
        } else {
            None
        };
        info.speakers.push(SpeakerInfo {
            name,
            aliases,
            role,
        });
    }
    let mut masks = Vec::new();
    let mut first_turn = 0u32;
    for _ in 0..reader.count(bytes.len())? {
        let (slug, source) = (next_string()?, next_string()?);
        let mask = reader.number()?;
        let fields = strings_of_mask(mask, mask::FIRST_STRING, next_string)?;
        // A turn costs at least a bit of the columns.
        let turns = reader.count(bytes.len() * 8)? as u32;
        let document = mask & mask::DOCUMENT != 0;
        info.meetings.push(MeetingInfo {
            slug,
            source,
            document,
            fields,
            first_turn,
            turns,
        });
        masks.push(mask);
        first_turn = first_turn
            .checked_add(turns)
            .ok_or_else(|| reader.malformed("too many turns"))?;
    }
    if first_turn as usize > bytes.len() * 8 {
        return Err(reader.malformed("a count is larger than the pack has room for"));
    }
    let mut columns = Columns {
        bits: BitReader::new(reader.rest(), 0),
        info,
        next_string,
    };
    for (meeting, mask) in masks.into_iter().enumerate() {
        columns.read(meeting, mask)?;
    }
    Ok(columns.info)
}

fn strings_of_mask<const N: usize>(
    mask: u32,
    first_bit: u32,
    next_string: &mut NextString<'_>,
) -> Result<[Option<String>; N], PackError> {
    let mut strings = [const { None }; N];
    for (at, string) in strings.iter_mut().enumerate() {
        if mask & (first_bit << at) != 0 {
            *string = Some(next_string()?);
        }
    }
    Ok(strings)
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
    info: CollectionInfo,
    next_string: &'b mut NextString<'c>,
}

impl Columns<'_, '_, '_> {
    fn read(&mut self, meeting: usize, mask: u32) -> Result<(), PackError> {
        let (first, turns) = (
            self.info.meetings[meeting].first_turn,
            self.info.meetings[meeting].turns,
        );
        self.speakers(turns)?;
        if mask & mask::HEADINGS != 0 {
            self.headings(first, turns)?;
        }
        if mask & mask::TIMES != 0 {
            self.times(first, turns)?;
        }
        if mask & mask::EVENTS != 0 {
            self.events(first, turns)?;
        }
        self.check(!self.bits.overrun(), "it ends too early")
    }

    fn speakers(&mut self, turns: u32) -> Result<(), PackError> {
        let speakers = self.info.speakers.len();
        let mut latest: Vec<u32> = Vec::new();
        for _ in 0..turns {
            self.check(!self.bits.overrun(), "it ends too early")?;
            let speaker = match self.bits.gamma() as usize {
                0 => {
                    self.info.turn_speakers.push(None);
                    continue;
                }
                place if place <= latest.len() => latest.remove(place - 1),
                place => {
                    self.check(place == latest.len() + 1, "a speaker is unknown")?;
                    self.bits.bits(crate::code::bits_for(speakers))
                }
            };
            self.check((speaker as usize) < speakers, "a speaker is unknown")?;
            latest.insert(0, speaker);
            self.info.turn_speakers.push(Some(speaker));
        }
        Ok(())
    }

    fn headings(&mut self, first: u32, turns: u32) -> Result<(), PackError> {
        let mut path: Vec<String> = Vec::new();
        // Each turn has its path for itself, which a hostile pack could use to multiply a long heading.
        let mut left = crate::MAX_TEXT_BYTES;
        for turn in first..first + turns {
            let kept = self.bits.gamma() as usize;
            let own = self.bits.gamma() as usize;
            self.check(
                kept <= path.len() && !self.bits.overrun(),
                "a heading is unknown",
            )?;
            path.truncate(kept);
            for _ in 0..own {
                path.push((self.next_string)()?);
            }
            if !path.is_empty() {
                let bytes = path
                    .iter()
                    .map(|heading| heading.len() + size_of::<String>());
                left = left
                    .checked_sub(bytes.sum())
                    .ok_or_else(|| malformed("its headings are too long"))?;
                self.info.headings.push(HeadingInfo {
                    turn,
                    path: path.clone(),
                    own,
                });
            }
        }
        Ok(())
    }

    fn times(&mut self, first: u32, turns: u32) -> Result<(), PackError> {
        let mut before = 0u32;
        for turn in first..first + turns {
            self.check(!self.bits.overrun(), "it ends too early")?;
            let Some(distance) = self.bits.gamma().checked_sub(1) else {
                continue;
            };
            let start_ms = before.checked_add(distance);
            let start_ms = start_ms.ok_or_else(|| malformed("a time is too large"))?;
            let duration = self.bits.gamma().checked_sub(1);
            let end_ms = duration.map(|duration| start_ms.saturating_add(duration));
            self.info.times.push(TimeInfo {
                turn,
                start_ms,
                end_ms,
            });
            before = start_ms;
        }
        Ok(())
    }

    fn events(&mut self, first: u32, turns: u32) -> Result<(), PackError> {
        let mut turn = first;
        for _ in 0..self.bits.gamma() {
            turn = turn.saturating_add(self.bits.gamma());
            let offset = self.bits.gamma();
            self.check(
                turn < first + turns && !self.bits.overrun(),
                "an event is in no turn",
            )?;
            let text = (self.next_string)()?;
            self.info.events.push(EventInfo { turn, offset, text });
        }
        Ok(())
    }

    fn check(&self, fine: bool, what: &'static str) -> Result<(), PackError> {
        if fine { Ok(()) } else { Err(malformed(what)) }
    }
}

fn malformed(what: &'static str) -> PackError {
    PackError::Malformed {
        section: SectionTag::COLLECTION,
        what,
    }
}
