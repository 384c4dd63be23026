//! Real tables: turns, speakers and times against counts made without the parser.

#[path = "../../../tests/common/corpora.rs"]
mod shared;

use turnsearch_transcript::{Corrections, Doubt, Parsed, parse};

/// What a file holds: turns, of which so many have a time, characters of nobody, rows of which
/// nobody could tell whose they are, and who speaks.
struct Held {
    file: &'static str,
    turns: usize,
    timed: usize,
    nobody: usize,
    doubtful: usize,
    speakers: &'static [&'static str],
}

/// Counted in the rows with a CSV reader of another language: names at changes, the rows below them
/// theirs, and nobody's where the same name stands on both sides of rows without one.
const HELD: [Held; 5] = [
    Held {
        file: "armantrout.csv",
        turns: 411,
        timed: 23,
        nobody: 816,
        doubtful: 2,
        speakers: &["Devin Becker", "Rae Armantrout"],
    },
    Held {
        file: "gluck.csv",
        turns: 338,
        timed: 28,
        nobody: 115,
        doubtful: 0,
        speakers: &["DB", "LG", "KRISTIN"],
    },
    Held {
        file: "mcmichael.csv",
        turns: 338,
        timed: 16,
        nobody: 450,
        doubtful: 3,
        speakers: &["Devin Becker", "James McMichael"],
    },
    Held {
        file: "mohammad.csv",
        turns: 262,
        timed: 19,
        nobody: 0,
        doubtful: 0,
        speakers: &["Devin Becker", "Kasey Mohammad"],
    },
    Held {
        file: "wrigley.csv",
        turns: 201,
        timed: 33,
        nobody: 0,
        doubtful: 0,
        speakers: &["Devin Becker", "Robert Wrigley"],
    },
];

/// Characters of nobody.
fn nobody(parsed: &Parsed) -> usize {
    let turns = parsed.meeting.turns.iter();
    let texts = turns.filter(|turn| turn.speaker.is_none());
    texts.map(|turn| turn.text.chars().count()).sum()
}

#[test]
fn tables_of_an_oral_history_come_out_as_they_are_read_by_a_person() {
    let Some(files) = shared::files("csv-oral-history") else {
        shared::skipped("tables of an oral history", shared::ABSENT);
        return;
    };
    for held in &HELD {
        let mut files = files.iter();
        let (_, bytes) = files
            .find(|(path, _)| path.ends_with(held.file))
            .unwrap_or_else(|| panic!("{} is not there", held.file));
        let parsed = parse(held.file, bytes, &Corrections::NONE).expect(held.file);
        assert!(parsed.account.is_balanced(), "{}", held.file);
        let turns = &parsed.meeting.turns;
        let timed = turns.iter().filter(|turn| turn.start_ms.is_some()).count();
        let doubts = parsed.suspects.iter();
        let doubtful = doubts
            .filter(|suspect| suspect.reason == Doubt::MissingSpeaker)
            .count();
        let names: Vec<&str> = parsed.speakers.iter().map(|s| s.name.as_str()).collect();
        assert_eq!(
            (turns.len(), timed, nobody(&parsed), doubtful, &names[..]),
            (
                held.turns,
                held.timed,
                held.nobody,
                held.doubtful,
                held.speakers
            ),
            "{}",
            held.file
        );
    }
}
