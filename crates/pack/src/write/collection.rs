//! Writing the section [`crate::SectionTag::COLLECTION`].

use std::borrow::Cow;
use std::collections::BTreeMap;

use turnsearch_model::{Collection, Field, Kind, Meeting, SpeakerId, Turn};

use crate::bytes::{BitWriter, push_number};
use crate::code::bits_for;
use crate::collection::mask;

/// Marks that close a run-in heading.
const HEADING_CLOSERS: [char; 4] = ['：', ':', '。', '.'];

/// The searchable text of every turn: its own headings, a line each, then what was said.
pub(super) fn turn_texts(collection: &Collection) -> Vec<Cow<'_, str>> {
    let mut texts = Vec::new();
    for meeting in &collection.meetings {
        for (turn, own) in with_own_headings(meeting) {
            texts.push(if own.is_empty() {
                Cow::Borrowed(turn.text.as_str())
            } else {
                Cow::Owned(format!("{}\n{}", own.join("\n"), turn.text))
            });
        }
    }
    texts
}

/// As [`turn_texts`]; frees everything else on the way.
pub(super) fn take_turn_texts(collection: Collection) -> Vec<Box<str>> {
    let mut texts = Vec::new();
    for meeting in collection.meetings {
        let own = with_own_headings(&meeting).into_iter().map(|(_, own)| own);
        let own: Vec<Vec<String>> = own.collect();
        for (turn, mut lines) in meeting.turns.into_iter().zip(own) {
            let text = if lines.is_empty() {
                turn.text
            } else {
                lines.push(turn.text);
                lines.join("\n")
            };
            texts.push(text.into_boxed_str());
        }
    }
    texts
}

/// Writes the section and appends the strings it mentions to `strings`.
pub(super) fn write(
    collection: &Collection,
    text_bytes: usize,
    strings: &mut Vec<String>,
) -> Vec<u8> {
    let mut out = Vec::new();
    push_number(&mut out, text_bytes as u32);
    push_mask(
        &mut out,
        0,
        1,
        &[&collection.title, &collection.language],
        strings,
    );
    push_number(&mut out, collection.speakers.len() as u32);
    for speaker in &collection.speakers {
        strings.push(speaker.name.clone());
        push_number(
            &mut out,
            2 * speaker.aliases.len() as u32 + u32::from(speaker.role.is_some()),
        );
        strings.extend(speaker.aliases.iter().chain(&speaker.role).cloned());
    }
    push_number(&mut out, collection.meetings.len() as u32);
    let mut bits = BitWriter::default();
    let mut heading_and_event_strings = Vec::new();
    for meeting in &collection.meetings {
        strings.push(meeting.id.clone());
        strings.push(meeting.source.clone());
        let has = |yes: bool, bit: u32| if yes { bit } else { 0 };
        let flags = has(meeting.kind == Kind::Document, mask::DOCUMENT)
            | has(
                meeting.turns.iter().any(|turn| !turn.heading.is_empty()),
                mask::HEADINGS,
            )
            | has(
                meeting.turns.iter().any(|turn| turn.start_ms.is_some()),
                mask::TIMES,
            )
            | has(
                meeting.turns.iter().any(|turn| !turn.events.is_empty()),
                mask::EVENTS,
            );
        let fields = Field::ALL.map(|field| &meeting.meta[field]);
        push_mask(&mut out, flags, mask::FIRST_STRING, &fields, strings);
        push_number(&mut out, meeting.turns.len() as u32);

        push_speakers(&mut bits, meeting, collection.speakers.len());
        if flags & mask::HEADINGS != 0 {
            push_headings(&mut bits, meeting, &mut heading_and_event_strings);
        }
        if flags & mask::TIMES != 0 {
            push_times(&mut bits, meeting);
        }
        if flags & mask::EVENTS != 0 {
            push_events(&mut bits, meeting, &mut heading_and_event_strings);
        }
    }
    strings.extend(heading_and_event_strings);
    out.extend(bits.finish());
    out
}

fn push_mask(
    out: &mut Vec<u8>,
    flags: u32,
    first_bit: u32,
    fields: &[&Option<String>],
    strings: &mut Vec<String>,
) {
    let mut mask = flags;
    for (at, field) in fields.iter().enumerate() {
        if let Some(value) = field {
            mask |= first_bit << at;
            strings.push(value.clone());
        }
    }
    push_number(out, mask);
}

fn push_speakers(bits: &mut BitWriter, meeting: &Meeting, speakers: usize) {
    let mut latest: Vec<SpeakerId> = Vec::new();
    for turn in &meeting.turns {
        let Some(speaker) = turn.speaker else {
            bits.gamma(0);
            continue;
        };
        match latest.iter().position(|&other| other == speaker) {
            Some(place) => {
                bits.gamma(place as u32 + 1);
                latest.remove(place);
            }
            None => {
                bits.gamma(latest.len() as u32 + 1);
                bits.bits(speaker.0, bits_for(speakers));
            }
        }
        latest.insert(0, speaker);
    }
}

fn push_headings(bits: &mut BitWriter, meeting: &Meeting, strings: &mut Vec<String>) {
    let mut before: &[String] = &[];
    for (turn, own) in with_own_headings(meeting) {
        let kept = turn.heading.len() - own.len();
        debug_assert!(kept <= before.len());
        bits.gamma(kept as u32);
        bits.gamma(own.len() as u32);
        strings.extend(turn.heading[kept..].iter().cloned());
        before = &turn.heading;
    }
}

fn push_times(bits: &mut BitWriter, meeting: &Meeting) {
    // Times run forward in every sound recording; one that does not is brought to the one before.
    let mut before = 0;
    for turn in &meeting.turns {
        let Some(start) = turn.start_ms else {
            bits.gamma(0);
            continue;
        };
        let start = milliseconds(start).max(before);
        bits.gamma(1 + (start - before));
        bits.gamma(
            turn.end_ms
                .map_or(0, |end| 1 + milliseconds(end).saturating_sub(start)),
        );
        before = start;
    }
}

/// Times beyond twelve days, which no recording has, are cut to that: half of what gamma codes
/// hold.
fn milliseconds(time: u64) -> u32 {
    const MOST: u64 = 1 << 30;
    time.min(MOST) as u32
}

fn push_events(bits: &mut BitWriter, meeting: &Meeting, strings: &mut Vec<String>) {
    bits.gamma(
        meeting
            .turns
            .iter()
            .map(|turn| turn.events.len() as u32)
            .sum(),
    );
    let mut before = 0;
    for (at, (turn, own)) in with_own_headings(meeting).into_iter().enumerate() {
        let headings: usize = own.iter().map(|heading| heading.len() + 1).sum();
        for event in &turn.events {
            bits.gamma(at as u32 - before);
            before = at as u32;
            bits.gamma((headings + event.offset) as u32);
            strings.push(event.text.clone());
        }
    }
}

/// Each turn with the heading lines that stand directly before it: those of its path that the turn
/// before did not stand under. Where the label has a heading's line as printed, that is taken.
fn with_own_headings(meeting: &Meeting) -> Vec<(&Turn, Vec<String>)> {
    let mut before: &[String] = &[];
    let mut found = Vec::with_capacity(meeting.turns.len());
    for turn in &meeting.turns {
        let shared = turn
            .heading
            .iter()
            .zip(before)
            .take_while(|(a, b)| a == b)
            .count();
        // A turn under the same headings again opens no block; one whose path is a part of the
        // path before has its last heading repeated.
        let kept = if shared == turn.heading.len() && shared < before.len() {
            shared.saturating_sub(1)
        } else {
            shared
        };
        found.push((turn, own_headings(turn, kept)));
        before = &turn.heading;
    }
    found
}

fn own_headings(turn: &Turn, kept: usize) -> Vec<String> {
    let printed: BTreeMap<&str, &str> = turn
        .label
        .iter()
        .flat_map(|label| label.lines())
        .map(|line| (line.trim_end_matches(HEADING_CLOSERS).trim_end(), line))
        .collect();
    turn.heading[kept..]
        .iter()
        .map(|heading| {
            printed
                .get(heading.as_str())
                .map_or(heading.as_str(), |line| line)
                .to_owned()
        })
        .collect()
}
