//! Orders of hits that need no score.

use turnsearch_model::{MeetingId, TurnId};

use crate::index::Index;
use crate::index::turn_set::TurnSet;
use crate::show::facets::{count, ranked};

/// The first `wanted` of `turns`.
pub(crate) fn by_time(turns: &TurnSet, wanted: usize) -> Vec<TurnId> {
    let mut first = Vec::new();
    for turn in turns.iter() {
        if first.len() == wanted {
            break;
        }
        first.push(turn);
    }
    first
}

/// The first `wanted` of `turns`, the meeting with the most of them first.
pub(crate) fn by_meeting(index: &Index, turns: &TurnSet, wanted: usize) -> Vec<TurnId> {
    let mut counts = vec![0; index.pack.collection().meetings.len()];
    for turn in turns.iter() {
        count(&mut counts, index.meeting_of(turn).index(), true);
    }
    let mut first = Vec::new();
    for (meeting, _) in ranked(&counts, &|_| false) {
        for turn in index.turns_of_meeting(MeetingId(meeting)).map(TurnId) {
            if first.len() < wanted && turns.contains(turn) {
                first.push(turn);
            }
        }
    }
    first
}
