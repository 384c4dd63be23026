//! Packs from anywhere.

use turnsearch::{PackError, Searcher};
use turnsearch_model::TurnId;
use turnsearch_pack::{SectionTag, Sections};

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
    match Searcher::open(bytes.to_vec()) {
        Ok(searcher) => assert_usable(&searcher, queries),
        Err(error) => assert_tells(&error),
    }
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

/// Readers are told what to do, programs in which section something is wrong.
fn assert_tells(error: &PackError) {
    let message = error.to_string();
    let advice = ["rebuild", "fetch or copy", "check that", "use the engine"];
    assert!(
        advice.iter().any(|advice| message.contains(advice)),
        "no advice in: {message}"
    );
    let code = error.code();
    let (name, values) = code.split_once(' ').unwrap_or((&code, ""));
    let is_plain = |c: char| c.is_ascii_lowercase() || "/-".contains(c);
    assert!(
        name.starts_with("pack/") && name.chars().all(is_plain),
        "{code}"
    );
    if let PackError::Checksum { section }
    | PackError::Missing { section }
    | PackError::Malformed { section, .. } = error
    {
        assert!(values.starts_with(section.as_str()), "{code}");
    }
}

fn assert_usable(searcher: &Searcher, queries: &[&str]) {
    let pack = searcher.pack();
    let collection = pack.collection();
    let mut text_bytes = 0;
    for id in (0..pack.turns()).map(TurnId) {
        searcher.folded_characters(id);
        let (Some(turn), Some(text)) = (pack.turn(id), pack.text(id)) else {
            unreachable!("a pack of {} turns lacks turn {id}", pack.turns());
        };
        text_bytes += text.len();
        let meeting = &collection.meetings[turn.meeting.index()];
        assert_eq!(meeting.first_turn.0 + turn.n - 1, id.0);
        assert!((1..=meeting.turns).contains(&turn.n));
        let speaker = turn.speaker;
        assert!(speaker.is_none_or(|speaker| speaker.index() < collection.speakers.len()));
        assert!(turn.own_headings <= turn.heading.len());
    }
    assert_eq!(text_bytes, collection.text_bytes);
    let behind = TurnId(pack.turns());
    assert!(pack.turn(behind).is_none() && pack.text(behind).is_none());
    for query in queries {
        assert_answers(searcher, query);
    }
}
