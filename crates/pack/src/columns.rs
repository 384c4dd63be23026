//! What a pack says about each turn besides its text: a column for each property of all turns.
//!
//! The columns of the turns of one meeting, as bits:
//!
//! - speakers: gamma code of 0 for nobody, else of the place (from 1) in the list of those who
//!   have spoken in this meeting, latest first; the place behind the last is a newcomer, whose
//!   number follows in as many bits as the number of speakers needs
//! - headings: for each turn gamma of how many headings stay, gamma of how many are new (strings)
//! - times: for each turn gamma of 0 for none, or 1 + distance from the start before; then gamma of
//!   0 for no end, or 1 + duration
//! - events: gamma of their number; for each gamma of the distance to its turn from the one before,
//!   gamma of the offset, a string

use std::ops::Range;

use turnsearch_model::{Event, SpeakerId, TurnId};

use crate::bytes::BitReader;
use crate::code::{Strings, bits_for};
use crate::fault::{Fault, check};

/// What is known of the turns of a collection without decoding a text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Columns {
    speakers: Vec<Option<SpeakerId>>,
    headings: Column<Heading>,
    times: Column<Time>,
    events: Column<Event>,
}

/// The headings above a turn.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Heading {
    /// The path, outermost first.
    pub path: Vec<String>,
    /// How many of the last headings of the path stand directly before this turn: its text begins
    /// with them, a line each.
    pub own: usize,
}

/// When a turn was spoken, in milliseconds from the start of the recording.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Time {
    /// When it begins.
    pub start_ms: u32,
    /// When it ends, where that is known.
    pub end_ms: Option<u32>,
}

impl Columns {
    /// The speaker of each turn, in the order of turns.
    pub fn speakers(&self) -> &[Option<SpeakerId>] {
        &self.speakers
    }

    /// The headings of a turn, where it has some.
    pub fn heading(&self, turn: TurnId) -> Option<&Heading> {
        self.headings.of(turn).first()
    }

    /// The times of a turn, where they are known.
    pub fn time(&self, turn: TurnId) -> Option<Time> {
        self.times.of(turn).first().copied()
    }

    /// What happens in a turn, in the order of the offsets. An offset of a forged pack can lie
    /// beyond the end of the text.
    pub fn events(&self, turn: TurnId) -> &[Event] {
        self.events.of(turn)
    }

    /// Which of [`all_events`](Self::all_events) are those of a turn.
    pub fn event_range(&self, turn: TurnId) -> Range<usize> {
        range_of(&self.events.turns, turn)
    }

    /// All events, turn by turn, and the turn of each.
    pub fn all_events(&self) -> (&[TurnId], &[Event]) {
        (&self.events.turns, &self.events.values)
    }
}

/// A column that only some turns have.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Column<T> {
    /// The turn of each value, in order.
    turns: Vec<TurnId>,
    values: Vec<T>,
}

impl<T> Default for Column<T> {
    fn default() -> Self {
        Self {
            turns: Vec::new(),
            values: Vec::new(),
        }
    }
}

impl<T> Column<T> {
    /// Adds a value of `turn`, which is the last turn so far, or comes after it.
    fn push(&mut self, turn: u32, value: T) {
        self.turns.push(TurnId(turn));
        self.values.push(value);
    }

    /// The values of `turn`.
    fn of(&self, turn: TurnId) -> &[T] {
        let range = range_of(&self.turns, turn);
        self.values.get(range).unwrap_or_default()
    }
}

/// Where `turn` stands in `turns`, which are in order.
#[inline(never)] // the same code for every column
fn range_of(turns: &[TurnId], turn: TurnId) -> Range<usize> {
    let start = turns.partition_point(|&of| of < turn);
    let rest = turns.iter().skip(start);
    start..start + rest.take_while(|&&of| of == turn).count()
}

/// The turns of one meeting, and which columns it has besides speakers.
pub(crate) struct Span {
    pub turns: Range<u32>,
    pub has_headings: bool,
    pub has_times: bool,
    pub has_events: bool,
}

/// Reads the columns of one meeting after the other.
pub(crate) struct ColumnReader<'a, 'b, 'c> {
    pub bits: BitReader<'a>,
    pub strings: &'b mut Strings<'c>,
    /// How many people speak in the collection.
    pub speakers: usize,
    pub columns: &'b mut Columns,
}

impl ColumnReader<'_, '_, '_> {
    /// Reads the columns of all meetings, which have so many `turns` together.
    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    pub fn read(&mut self, meetings: &[Span], turns: usize) -> Result<(), Fault> {
        self.columns.speakers.reserve_exact(turns);
        for meeting in meetings {
            let turns = || meeting.turns.clone();
            self.read_speakers(turns())?;
            if meeting.has_headings {
                self.read_headings(turns())?;
            }
            if meeting.has_times {
                self.read_times(turns())?;
            }
            if meeting.has_events {
                self.read_events(turns())?;
            }
            self.bits.check()?;
        }
        Ok(())
    }

    fn read_speakers(&mut self, turns: Range<u32>) -> Result<(), Fault> {
        let mut latest: Vec<u32> = Vec::new();
        for _ in turns {
            self.bits.check()?;
            let place = self.bits.gamma() as usize;
            let Some(at) = place.checked_sub(1) else {
                self.columns.speakers.push(None);
                continue;
            };
            if at == latest.len() {
                latest.push(self.bits.bits(bits_for(self.speakers)));
            }
            let speaker = latest.get(at).copied();
            let speaker = speaker.filter(|&speaker| (speaker as usize) < self.speakers);
            let speaker = speaker.ok_or(Fault::UnknownSpeaker)?;
            // To the front; those before move up to where it was.
            let mut moved = speaker;
            for slot in latest.iter_mut().take(place) {
                moved = std::mem::replace(slot, moved);
            }
            self.columns.speakers.push(Some(SpeakerId(speaker)));
        }
        Ok(())
    }

    fn read_headings(&mut self, turns: Range<u32>) -> Result<(), Fault> {
        let mut path: Vec<String> = Vec::new();
        // Each turn has its path for itself, which a hostile pack could use to multiply a long
        // heading.
        let mut left = self.strings.left;
        for turn in turns {
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
            self.columns.headings.push(turn, Heading { path, own });
        }
        Ok(())
    }

    fn read_times(&mut self, turns: Range<u32>) -> Result<(), Fault> {
        let mut before = 0u32;
        for turn in turns {
            self.bits.check()?;
            let Some(distance) = self.bits.gamma().checked_sub(1) else {
                continue;
            };
            before = before.checked_add(distance).ok_or(Fault::TimeTooLarge)?;
            let duration = self.bits.gamma().checked_sub(1);
            let time = Time {
                start_ms: before,
                end_ms: duration.map(|duration| before.saturating_add(duration)),
            };
            self.columns.times.push(turn, time);
        }
        Ok(())
    }

    fn read_events(&mut self, turns: Range<u32>) -> Result<(), Fault> {
        let mut turn = turns.start;
        for _ in 0..self.bits.gamma() {
            turn = turn.saturating_add(self.bits.gamma());
            let offset = self.bits.gamma() as usize;
            let is_inside = turn < turns.end && !self.bits.overrun();
            check(is_inside, Fault::EventInNoTurn)?;
            let text = self.strings.next()?;
            self.columns.events.push(turn, Event { offset, text });
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_turn_has_its_own_events_and_entries() {
        let event = |offset| Event {
            offset,
            text: format!("[{offset}]"),
        };
        let time = |start_ms| Time {
            start_ms,
            end_ms: None,
        };
        let mut columns = Columns::default();
        columns.times.push(1, time(7));
        columns.times.push(4, time(9));
        for (turn, offset) in [(1, 0), (1, 5), (4, 2)] {
            columns.events.push(turn, event(offset));
        }
        assert_eq!(columns.events(TurnId(1)), [event(0), event(5)]);
        assert_eq!(columns.events(TurnId(4)), [event(2)]);
        assert_eq!(columns.event_range(TurnId(4)), 2..3);
        let (turns, events) = columns.all_events();
        assert_eq!(turns, [1, 1, 4].map(TurnId));
        assert_eq!(events, [event(0), event(5), event(2)]);
        assert_eq!(columns.time(TurnId(4)), Some(time(9)));
        for without in [0, 2, 3, 5].map(TurnId) {
            assert_eq!(columns.events(without), []);
            assert_eq!(columns.time(without), None);
            assert_eq!(columns.heading(without), None);
        }
    }
}
