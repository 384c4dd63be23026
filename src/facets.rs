//! Filters, the counts beside the hits, and where the matches lie.

use turnsearch_pack::MeetingInfo;

use crate::order::{pair, sorted, unpair};
use crate::plan::Plan;
use crate::request::{Dispersion, Facets, Filter};
use crate::searcher::{Found, Index};
use crate::turn_set::TurnSet;

/// Most marks of a meeting's dispersion: more than a screen has columns.
const MOST_MARKS: usize = 2000;

pub(crate) struct Filtered {
    /// The turns that pass.
    pub turns: TurnSet,
    pub facets: Facets,
}

/// Applies `filter` to what was `found`, and counts. Speakers whom the query names come first among
/// the speakers.
pub(crate) fn filter(index: &Index, found: &Found, filter: &Filter) -> Filtered {
    let nothing = TurnSet::none(index.turns());
    let turns = if found.unasked && filter.is_empty() {
        &nothing
    } else {
        &found.turns
    };
    let collection = index.pack.collection();
    let mut passed = TurnSet::none(index.turns());
    let mut by_speaker = vec![0; collection.speakers.len()];
    let mut by_meeting = vec![0; collection.meetings.len()];
    // For the years, as if the filter named none.
    let mut of_any_year = vec![0; collection.meetings.len()];
    for turn in turns.iter() {
        let meeting = index.meeting_of(turn);
        let speaker = index.speaker_of(turn);
        let speaker_fits = filter.speakers.is_empty()
            || speaker.is_some_and(|speaker| filter.speakers.contains(&speaker));
        let meeting_fits = filter.meetings.is_empty() || filter.meetings.contains(&meeting);
        let info = collection.meetings.get(meeting as usize);
        let year_fits = filter.years.is_empty()
            || info.is_some_and(|meeting| is_of_year(meeting, &filter.years));
        if let Some(speaker) = speaker {
            count(&mut by_speaker, speaker, meeting_fits && year_fits);
        }
        count(&mut by_meeting, meeting, speaker_fits && year_fits);
        count(&mut of_any_year, meeting, speaker_fits && meeting_fits);
        if speaker_fits && meeting_fits && year_fits {
            passed.insert(turn);
        }
    }
    let facets = Facets {
        speakers: ranked(&by_speaker, &found.plan.named_speakers(index)),
        meetings: ranked(&by_meeting, &[]),
        years: years(&collection.meetings, &of_any_year),
    };
    Filtered {
        turns: passed,
        facets,
    }
}

/// Counts one more of `number`, if it `fits`.
fn count(counts: &mut [u32], number: u32, fits: bool) {
    if let Some(count) = counts.get_mut(number as usize) {
        *count += u32::from(fits);
    }
}

fn is_of_year(meeting: &MeetingInfo, years: &[String]) -> bool {
    let year = meeting.meta.year();
    year.is_some_and(|year| years.iter().any(|wanted| wanted == year))
}

/// The numbers of `counts` that are not 0, greatest count first, but those of `named` before the others.
fn ranked(counts: &[u32], named: &[u32]) -> Vec<(u32, usize)> {
    let mut keys = Vec::new();
    for (number, &count) in (0..).zip(counts) {
        if count > 0 {
            keys.push(pair(!count, number));
        }
    }
    let keys = sorted(keys);
    let mut ranked = Vec::with_capacity(keys.len());
    for of_named in [true, false] {
        for &key in &keys {
            let (rest, number) = unpair(key);
            if named.contains(&number) == of_named {
                ranked.push((number, !rest as usize));
            }
        }
    }
    ranked
}

fn years(meetings: &[MeetingInfo], by_meeting: &[u32]) -> Vec<(String, usize)> {
    let mut years: Vec<(String, usize)> = Vec::new();
    for (meeting, &count) in meetings.iter().zip(by_meeting) {
        let (Some(year), 1..) = (meeting.meta.year(), count) else {
            continue;
        };
        let count = count as usize;
        // Latest first.
        let at = years.partition_point(|(known, _)| known.as_str() > year);
        match years.get_mut(at) {
            Some(known) if known.0 == year => known.1 += count,
            _ => years.insert(at, (year.to_owned(), count)),
        }
    }
    years
}

/// The first `wanted` of `turns`.
pub(crate) fn by_time(turns: &TurnSet, wanted: usize) -> Vec<u32> {
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
pub(crate) fn by_meeting(index: &Index, turns: &TurnSet, wanted: usize) -> Vec<u32> {
    let mut counts = vec![0; index.pack.collection().meetings.len()];
    for turn in turns.iter() {
        count(&mut counts, index.meeting_of(turn), true);
    }
    let mut first = Vec::new();
    for (meeting, _) in ranked(&counts, &[]) {
        for turn in index.turns_of_meeting(meeting) {
            if first.len() < wanted && turns.contains(turn) {
                first.push(turn);
            }
        }
    }
    first
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
        let start = index.corpus.turn_range(of_meeting.start).start;
        let end = index.corpus.turn_range(of_meeting.end - 1).end;
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
