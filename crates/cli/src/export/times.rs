//! Turns as captions: when each appears and disappears.

use turnsearch_model::{Meeting, Turn};

use super::error::ExportError;

/// A turn that states no end, and after which nothing begins, lasts this long.
const LAST_MS: u64 = 1000;

/// A turn with its times.
pub struct Cue<'m> {
    /// What is shown.
    pub turn: &'m Turn,
    /// From when, in milliseconds.
    pub start_ms: u64,
    /// Until when, in milliseconds.
    pub end_ms: u64,
}

/// The turns of a meeting as captions of the format `target`, none of which begins before the one
/// above it.
///
/// # Errors
///
/// [`ExportError::NoTimes`] if no turn has a time.
pub fn cues<'m>(meeting: &'m Meeting, target: &'static str) -> Result<Vec<Cue<'m>>, ExportError> {
    let turns = &meeting.turns;
    if turns.iter().all(|turn| turn.start_ms.is_none()) {
        return Err(ExportError::NoTimes {
            source_name: meeting.source.clone(),
            target,
        });
    }
    let mut cues: Vec<Cue> = Vec::with_capacity(turns.len());
    let mut start_ms = 0;
    for turn in turns {
        start_ms = turn.start_ms.unwrap_or(start_ms).max(start_ms);
        cues.push(Cue {
            turn,
            start_ms,
            end_ms: turn.end_ms.unwrap_or(0),
        });
    }
    // From the last one, so that each knows when something begins after it.
    let mut next = None;
    for cue in cues.iter_mut().rev() {
        let end = cue.turn.end_ms.or(next).unwrap_or(cue.start_ms + LAST_MS);
        cue.end_ms = end.max(cue.start_ms);
        next = cue.turn.start_ms.or(next);
    }
    Ok(cues)
}

/// `hh:mm:ss.ttt`, with this sign before the milliseconds.
pub fn clock(ms: u64, sign: char) -> String {
    let (seconds, ms) = (ms / 1000, ms % 1000);
    let (minutes, seconds) = (seconds / 60, seconds % 60);
    let (hours, minutes) = (minutes / 60, minutes % 60);
    format!("{hours:02}:{minutes:02}:{seconds:02}{sign}{ms:03}")
}

/// `[hh:mm:ss.ttt] ` before a label, or nothing where no time is known.
pub fn time_before(turn: &Turn) -> String {
    turn.start_ms
        .map_or_else(String::new, |ms| format!("[{}] ", clock(ms, '.')))
}
