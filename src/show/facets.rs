//! How many turns of a result are of each speaker, meeting and year.

use turnsearch_model::{MeetingId, SpeakerId};
use turnsearch_pack::MeetingInfo;

use crate::compact::order::{pair, sorted, unpair};
use crate::find::filter::Filter;
use crate::find::found::Found;
use crate::index::Index;
use crate::index::turn_set::TurnSet;

/// Counts by property, most first; speakers whom the query names before the others. Each list is
/// counted without its own filter, so that choosing one value does not make the others vanish.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// The speaker, turns.
    pub speakers: Vec<(SpeakerId, usize)>,
    /// The meeting, turns.
    pub meetings: Vec<(MeetingId, usize)>,
    /// Year, turns; latest first.
    pub years: Vec<(String, usize)>,
}

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
        let info = collection.meetings.get(meeting.index());
        let year_fits = filter.years.is_empty()
            || info.is_some_and(|meeting| is_of_year(meeting, &filter.years));
        if let Some(speaker) = speaker {
            count(&mut by_speaker, speaker.index(), meeting_fits && year_fits);
        }
        count(&mut by_meeting, meeting.index(), speaker_fits && year_fits);
        count(
            &mut of_any_year,
            meeting.index(),
            speaker_fits && meeting_fits,
        );
        if speaker_fits && meeting_fits && year_fits {
            passed.insert(turn);
        }
    }
    let named = found.plan.named_speakers(index);
    let mut facets = Facets {
        years: years(&collection.meetings, &of_any_year),
        ..Facets::default()
    };
    for (number, count) in ranked(&by_speaker, &|number| named.contains(&SpeakerId(number))) {
        facets.speakers.push((SpeakerId(number), count));
    }
    for (number, count) in ranked(&by_meeting, &|_| false) {
        facets.meetings.push((MeetingId(number), count));
    }
    Filtered {
        turns: passed,
        facets,
    }
}

/// Counts one more of the thing at `index`, if it `fits`.
pub(super) fn count(counts: &mut [u32], index: usize, fits: bool) {
    if let Some(count) = counts.get_mut(index) {
        *count += u32::from(fits);
    }
}

fn is_of_year(meeting: &MeetingInfo, years: &[String]) -> bool {
    let year = meeting.meta.year();
    year.is_some_and(|year| years.iter().any(|wanted| wanted == year))
}

/// The things that `counts` counts more than 0 of, by number, greatest count first, but those of
/// which `is_first` is true before the others.
pub(super) fn ranked(counts: &[u32], is_first: &dyn Fn(u32) -> bool) -> Vec<(u32, usize)> {
    let mut keys = Vec::new();
    for (number, &count) in (0..).zip(counts) {
        if count > 0 {
            keys.push(pair(!count, number));
        }
    }
    let keys = sorted(keys);
    let mut ranked = Vec::with_capacity(keys.len());
    for of_first in [true, false] {
        for &key in &keys {
            let (rest, number) = unpair(key);
            if is_first(number) == of_first {
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
