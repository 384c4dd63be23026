//! Where in the meetings the matches lie.

use turnsearch_model::{MeetingId, TurnId};

use crate::compact::order::{pair, unpair};
use crate::find::plan::Plan;
use crate::index::Index;
use crate::index::turn_set::TurnSet;

/// Most marks of a meeting's dispersion: more than a screen has columns.
const MOST_MARKS: usize = 2000;
/// In place of the length of a match, where that is in an event.
const IN_EVENT: u32 = u32::MAX;

/// The matches in one meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispersion {
    /// The meeting.
    pub meeting: MeetingId,
    /// Place of each match, from 0 (beginning) to 1 (end of the meeting's text): turn by turn,
    /// those in its text and then those in its events. The place of an event is a little off where
    /// folding changes the length of the text before it.
    pub positions: Vec<f32>,
    /// The turn of each match.
    pub turns: Vec<TurnId>,
}

/// Where the matches of `plan` lie in each meeting that has some of `turns`.
pub(crate) fn dispersion(index: &Index, plan: &Plan, turns: &TurnSet) -> Vec<Dispersion> {
    let mut found: Vec<Dispersion> = Vec::new();
    for turn in turns.iter() {
        let meeting = index.meeting_of(turn);
        if found.last().is_none_or(|last| last.meeting != meeting) {
            found.push(Dispersion {
                meeting,
                positions: Vec::new(),
                turns: Vec::new(),
            });
        }
        let Some(last) = found.last_mut() else {
            continue;
        };
        let of_meeting = index.turns_of_meeting(meeting);
        let start = index.corpus.turn_range(TurnId(of_meeting.start)).start;
        let end = index.corpus.turn_range(TurnId(of_meeting.end - 1)).end;
        let position = |at: usize| (at - start) as f32 / (end - start).max(1) as f32;
        let turn_range = index.corpus.turn_range(turn);
        let mut places = plan.places_in(turn);
        for (entry, event) in index.events_of(turn).filter_map(|at| index.event(at)) {
            for _ in plan.places_in(entry) {
                let at = turn_range.start + event.offset.min(turn_range.len());
                places.push(pair(at as u32, IN_EVENT));
            }
        }
        if places.is_empty() {
            places.push(pair(turn_range.start as u32, 0));
        }
        let mut before = None;
        for place in places {
            let (at, length) = unpair(place);
            if (before != Some(at) || length == IN_EVENT) && last.turns.len() < MOST_MARKS {
                last.turns.push(turn);
                last.positions.push(position(at as usize));
            }
            before = Some(at);
        }
    }
    found
}
