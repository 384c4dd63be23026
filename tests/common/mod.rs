//! What the tests of the library share: the seeds as a searcher, and a naive oracle.

#![allow(dead_code)] // Each test binary uses its own part.

use std::collections::BTreeSet;

use turnsearch::Searcher;
use turnsearch_model::{Collection, Event, Field, Meeting, Speaker, SpeakerId, Turn, TurnId};
use turnsearch_text::{FoldTable, fold, is_token, query_variants};

/// The pack of the seeds.
pub const SEEDS_PACK: &[u8] = turnsearch::SEEDS_PACK;

/// A searcher over the seeds.
pub fn seeds() -> Searcher {
    Searcher::open(SEEDS_PACK.to_vec()).expect("the build script makes a sound pack")
}

/// The displayed texts of all turns.
pub fn texts(searcher: &Searcher) -> Vec<String> {
    let text = |turn| {
        let text = searcher.pack().text(TurnId(turn));
        text.expect("the turn is there")
    };
    (0..searcher.pack().turns()).map(text).collect()
}

/// A searcher over turns written as `name: text` or `name = alias: text` lines; a line
/// `# date title` opens a meeting. What stands in a text between `{` and `}` is an event.
pub fn searcher_of(lines: &[&str]) -> Searcher {
    let mut collection = Collection::default();
    for line in lines {
        if let Some(head) = line.strip_prefix("# ") {
            let (date, title) = head.split_once(' ').unwrap_or((head, head));
            let mut meeting = Meeting {
                id: format!("m{}", collection.meetings.len()),
                ..Meeting::default()
            };
            meeting.source = format!("{}.txt", meeting.id);
            meeting.meta[Field::Date] = Some(date.to_owned());
            meeting.meta[Field::Title] = Some(title.to_owned());
            collection.meetings.push(meeting);
            continue;
        }
        if collection.meetings.is_empty() {
            collection.meetings.push(Meeting {
                id: "m0".into(),
                source: "m0.txt".into(),
                ..Meeting::default()
            });
        }
        let (label, text) = line.split_once(": ").expect("a test turn is `name: text`");
        let (name, alias) = label
            .split_once(" = ")
            .map_or((label, None), |(name, alias)| (name, Some(alias)));
        let known = collection
            .speakers
            .iter()
            .position(|speaker| speaker.name == name);
        let speaker = known.unwrap_or_else(|| {
            let name = name.to_owned();
            collection.speakers.push(Speaker {
                name,
                aliases: alias.into_iter().map(str::to_owned).collect(),
                ..Default::default()
            });
            collection.speakers.len() - 1
        });
        let meeting = collection.meetings.last_mut().expect("one was pushed");
        let n = meeting.turns.len() as u32 + 1;
        let (text, events) = without_events(text);
        meeting.turns.push(Turn {
            n,
            speaker: Some(SpeakerId::at(speaker)),
            text,
            events,
            ..Turn::default()
        });
    }
    let pack = turnsearch_pack::write(&collection).expect("the test collection is sound");
    Searcher::open(pack).expect("the writer makes a sound pack")
}

/// A text without the events between `{` and `}`, and those.
fn without_events(text: &str) -> (String, Vec<Event>) {
    let mut pieces = text.split(['{', '}']);
    let mut said = pieces.next().unwrap_or_default().to_owned();
    let mut events = Vec::new();
    while let (Some(event), Some(after)) = (pieces.next(), pieces.next()) {
        events.push(Event {
            offset: said.len(),
            text: event.to_owned(),
        });
        said.push_str(after);
    }
    (said, events)
}

/// The folded texts of all events, each with the number of its turn.
pub fn folded_events(searcher: &Searcher) -> Vec<(u32, String)> {
    let pack = searcher.pack();
    let of_turn = |turn| {
        let events = pack.turn(TurnId(turn)).expect("the turn is there").events;
        events.iter().map(move |event| (turn, &event.text))
    };
    (0..pack.turns())
        .flat_map(of_turn)
        .map(|(turn, text)| (turn, fold(text, pack.fold_table())))
        .collect()
}

/// Everything that is found, folded: the texts of all turns, then all events; and the turn of each.
pub fn entries(searcher: &Searcher) -> (Vec<u32>, Vec<String>) {
    let texts = (0..).zip(folded_texts(searcher));
    texts.chain(folded_events(searcher)).unzip()
}

/// The turns that have `needle`, in their texts or in their events: see [`naive`].
pub fn scan(
    (turns, folded): &(Vec<u32>, Vec<String>),
    table: &FoldTable,
    needle: &str,
) -> BTreeSet<u32> {
    let found = naive(folded, table, needle).into_iter();
    found.map(|entry| turns[entry as usize]).collect()
}

/// The turns of which the folded text has `needle`, by looking at every place: the definition of
/// an exact match, written as plainly as possible. A character with several counterparts stands
/// for each of them (計畫 for 计画 and 计划), unless it is alone and stands there itself.
pub fn naive(folded: &[String], table: &FoldTable, needle: &str) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    for form in query_variants(needle, table) {
        if found.is_empty() || form.chars().count() > 1 {
            found.extend(turns_with(folded, &form));
        }
    }
    found
}

fn turns_with<'a>(folded: &'a [String], needle: &'a str) -> impl Iterator<Item = u32> + 'a {
    let edge = |outside: Option<char>, inside: Option<char>| {
        !(inside.is_some_and(is_token) && outside.is_some_and(is_token))
    };
    let stands_in = move |text: &str| {
        let places = text
            .char_indices()
            .map(|(at, _)| at)
            .filter(|&at| text[at..].starts_with(needle));
        let mut fits = places.filter(|&at| {
            edge(text[..at].chars().next_back(), needle.chars().next())
                && edge(
                    text[at + needle.len()..].chars().next(),
                    needle.chars().next_back(),
                )
        });
        fits.next().is_some()
    };
    (0..)
        .zip(folded)
        .filter(move |(_, text)| !needle.is_empty() && stands_in(text))
        .map(|(turn, _)| turn)
}

/// The folded texts of all turns.
pub fn folded_texts(searcher: &Searcher) -> Vec<String> {
    texts(searcher)
        .iter()
        .map(|text| fold(text, searcher.pack().fold_table()))
        .collect()
}
