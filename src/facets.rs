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
    for turn in turns.iter() {
        let meeting = index.meeting_of(turn);
        let speaker = index.speaker_of(turn);
        let speaker_fits = fits(&filter.speakers, |&wanted| Some(wanted) == speaker);
        let meeting_fits = fits(&filter.meetings, |&wanted| wanted == meeting);
        let year = collection.meetings[meeting as usize].year();
        let year_fits = fits(&filter.years, |wanted| Some(wanted.as_str()) == year);
        if let (Some(speaker), true) = (speaker, meeting_fits && year_fits) {
            by_speaker[speaker as usize] += 1;
        }
        if speaker_fits && year_fits {
            by_meeting[meeting as usize] += 1;
        }
        if speaker_fits && meeting_fits && year_fits {
            passed.insert(turn);
        }
    }
    let years = if filter.years.is_empty() && filter.meetings.is_empty() {
        years(&collection.meetings, &by_meeting)
    } else {
        years(
            &collection.meetings,
            &without_year_filter(index, turns, filter),
        )
    };
    let facets = Facets {
        speakers: named_first(ranked(&by_speaker), &found.plan.named_speakers(index)),
        meetings: ranked(&by_meeting),
        years,
    };
    Filtered {
        turns: passed,
        facets,
    }
}

fn fits<T>(wanted: &[T], fits: impl Fn(&T) -> bool) -> bool {
    wanted.is_empty() || wanted.iter().any(fits)
}

/// Turns of each meeting, the filter by year left aside.
fn without_year_filter(index: &Index, turns: &TurnSet, filter: &Filter) -> Vec<usize> {
    let mut by_meeting = vec![0; index.pack.collection().meetings.len()];
    for turn in turns.iter() {
        let meeting = index.meeting_of(turn);
        let speaker = index.speaker_of(turn);
        if fits(&filter.speakers, |&wanted| Some(wanted) == speaker)
            && fits(&filter.meetings, |&wanted| wanted == meeting)
        {
            by_meeting[meeting as usize] += 1;
        }
    }
    by_meeting
}

fn ranked(counts: &[usize]) -> Vec<(u32, usize)> {
    let counted = (0..).zip(counts).filter(|(_, count)| **count > 0);
    let keys = counted.map(|(number, &count)| pair(u32::MAX - count as u32, number));
    sorted(keys.collect())
        .into_iter()
        .map(unpair)
        .map(|(rest, number)| (number, (u32::MAX - rest) as usize))
        .collect()
}

/// `counts` with the speakers in `named` before the others.
fn named_first(counts: Vec<(u32, usize)>, named: &[u32]) -> Vec<(u32, usize)> {
    let (mut first, others): (Vec<_>, Vec<_>) = counts
        .into_iter()
        .partition(|(speaker, _)| named.contains(speaker));
    first.extend(others);
    first
}

fn years(meetings: &[MeetingInfo], by_meeting: &[usize]) -> Vec<(String, usize)> {
    let mut years: Vec<(String, usize)> = Vec::new();
    for (meeting, &count) in meetings.iter().zip(by_meeting) {
        let (Some(year), true) = (meeting.year(), count > 0) else {
            continue;
        };
        // Latest first.
        match years.binary_search_by(|(known, _)| year.cmp(known)) {
            Ok(at) => years[at].1 += count,
            Err(at) => years.insert(at, (year.to_owned(), count)),
        }
    }
    years
}

/// The first `wanted` of `turns`, the meeting with the most of them first.
pub(crate) fn by_meeting(index: &Index, turns: &TurnSet, wanted: usize) -> Vec<u32> {
    let mut counts = vec![0; index.pack.collection().meetings.len()];
    for turn in turns.iter() {
        counts[index.meeting_of(turn) as usize] += 1;
    }
    let meetings = index.pack.collection().meetings.as_slice();
    let in_meeting = |(meeting, _): (u32, usize)| {
        let meeting = &meetings[meeting as usize];
        (meeting.first_turn..meeting.first_turn + meeting.turns)
            .filter(|&turn| turns.contains(turn))
    };
    ranked(&counts)
        .into_iter()
        .flat_map(in_meeting)
        .take(wanted)
        .collect()
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
        let info = &index.pack.collection().meetings[meeting as usize];
        let start = index.corpus.turn_range(info.first_turn).start;
        let end = index
            .corpus
            .turn_range(info.first_turn + info.turns - 1)
            .end;
        let position = |at: usize| (at - start) as f32 / (end - start).max(1) as f32;
        let mut places = plan.places_in(turn);
        if places.is_empty() {
            places.push((index.corpus.turn_range(turn).start as u32, 0));
        }
        places.dedup_by_key(|place| place.0);
        places.truncate(MOST_MARKS - last.turns.len().min(MOST_MARKS));
        last.turns.extend(places.iter().map(|_| turn));
        last.positions
            .extend(places.iter().map(|&(at, _)| position(at as usize)));
    }
    found
}
