//! Where in the meetings the matches lie.

use turnsearch_model::{MeetingId, TurnId};

use crate::compact::order::{pair, unpair};
use crate::find::plan::Plan;
use crate::index::Index;
use crate::index::turn_set::TurnSet;

/// Most marks of a meeting's dispersion: more than a screen has columns.
const MOST_MARKS: usize = 2000;

/// The matches in one meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispersion {
    /// The meeting.
    pub meeting: MeetingId,
    /// Place of each match, from 0 (beginning) to 1 (end of the meeting's text).
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
        let mut places = plan.places_in(turn);
        if places.is_empty() {
            places.push(pair(index.corpus.turn_range(turn).start as u32, 0));
        }
        let mut before = None;
        for place in places {
            let (at, _) = unpair(place);
            if before != Some(at) && last.turns.len() < MOST_MARKS {
                last.turns.push(turn);
                last.positions.push(position(at as usize));
            }
            before = Some(at);
        }
    }
    found
}
