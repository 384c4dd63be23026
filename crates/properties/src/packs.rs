//! Packs from anywhere.

use turnsearch::{PackError, Searcher};
use turnsearch_pack::{Pack, SectionTag, Sections};

use crate::answers::assert_answers;
use crate::collections::samples;

/// Queries that take each way through the search: exact, joined, phrase, filter, question,
/// misspelt, pinyin, initials.
const QUERIES: [&str; 10] = [
    "域名系统",
    "DNS 滥用",
    "“domain names” -call",
    "speaker:ann names",
    "meeting:第一 after:2000 会议",
    "什么时候召开第二次会议",
    "stakehodler",
    "duoliyi",
    "dly",
    "著 OR 着 before:2031",
];

/// Any bytes are an error that says what to do, or a pack of which every access is safe.
pub fn any_pack(bytes: &[u8]) {
    safe_pack(bytes, &QUERIES);
}

fn safe_pack(bytes: &[u8], queries: &[&str]) {
    let texts = Pack::open(bytes.to_vec(), None);
    match Searcher::open(bytes.to_vec()) {
        Ok(searcher) => {
            assert_usable(&searcher, queries);
            // What can be searched can be read without searching.
            let mut texts = texts.expect("who reads less finds no more fault");
            texts.set_turn_starts(searcher.pack().turn_starts().to_vec());
            assert_eq!(texts_of(&texts), texts_of(searcher.pack()));
        }
        Err(error) => {
            assert_tells(&error);
            // Starts of another pack: wrong texts at worst.
            if let Ok(mut texts) = texts {
                texts.set_turn_starts(vec![1, u32::MAX]);
                texts_of(&texts);
            }
        }
    }
}

fn texts_of(pack: &Pack) -> Vec<String> {
    let mut texts = vec![String::new(); pack.turns() as usize];
    for (turn, text) in (0..).zip(&mut texts) {
        pack.turn_text(turn, text);
    }
    texts
}

/// A sound pack with damage done to its sections and every checksum made right again, as somebody
/// could do on purpose: an error, or at worst a wrong text.
///
/// `instructions` are four bytes for each change: what to do and in which section, two bytes for
/// the place, a value; the first one chooses the pack. Bytes that are left over do nothing. All
/// together choose the query that is asked, since asking all of them would make fuzzing slow.
pub fn forged_pack(instructions: &[u8]) {
    let (&sample, changes) = instructions.split_first().unwrap_or((&0, &[]));
    let packs = samples();
    let mut sections = sections_of(&packs[usize::from(sample) % packs.len()]);
    let other = sections_of(&packs[(usize::from(sample) + 1) % packs.len()]);
    for change in changes.chunks_exact(4) {
        let place = usize::from(u16::from_le_bytes([change[1], change[2]]));
        let at = usize::from(change[0]) % sections.len();
        apply(
            change[0] / 16,
            &mut sections[at].1,
            &other[at].1,
            place,
            change[3],
        );
    }
    match turnsearch_pack::assemble(&sections) {
        Ok(pack) => {
            let sum: usize = instructions.iter().copied().map(usize::from).sum();
            let query = sum % QUERIES.len();
            safe_pack(&pack, &QUERIES[query..=query]);
        }
        Err(error) => unreachable!("small sections do not fit a pack: {error}"),
    }
}

fn sections_of(pack: &[u8]) -> Vec<(SectionTag, Vec<u8>)> {
    let Ok(sections) = Sections::read(pack) else {
        unreachable!("the sample is not sound");
    };
    let copied = sections
        .iter()
        .map(|(tag, range)| (tag, pack[range].to_vec()));
    copied.collect()
}

/// Does one kind of damage to the bytes of a section; `other` is the same section of another pack.
fn apply(kind: u8, section: &mut Vec<u8>, other: &[u8], place: usize, value: u8) {
    if section.is_empty() {
        section.push(value);
        return;
    }
    let at = place % section.len();
    match kind {
        0..=5 => section[at] = value,
        6..=9 => section[at] ^= 1 << (value % 8),
        10 => section.truncate(at),
        11 => section.insert(at, value),
        12 => drop(section.drain(at..(at + usize::from(value)).min(section.len()))),
        13 => section.extend(std::iter::repeat_n(value, place % 64)),
        14 => section.rotate_left(at),
        _ => *section = other.to_vec(),
    }
}

fn assert_tells(error: &PackError) {
    let message = error.message();
    assert_eq!(message, error.to_string());
    let advice = ["rebuild", "fetch or copy", "check that", "use the engine"];
    assert!(
        advice.iter().any(|advice| message.contains(advice)),
        "no advice in: {message}"
    );
}

fn assert_usable(searcher: &Searcher, queries: &[&str]) {
    let pack = searcher.pack();
    let collection = pack.collection();
    let mut text = String::new();
    for turn in 0..pack.turns() {
        text.clear();
        pack.turn_text(turn, &mut text);
        searcher.folded_characters(turnsearch::TurnId(turn));
        assert!((collection.meeting_of(turn) as usize) < collection.meetings.len());
        let speaker = collection.turn_speakers[turn as usize];
        assert!(speaker.is_none_or(|speaker| (speaker as usize) < collection.speakers.len()));
    }
    for query in queries {
        assert_answers(searcher, query);
    }
}
