//! The seeds against listings that people made by reading them.
//!
//! The listings stand in `tests/golden` of the repository; their first lines explain the format.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use turnsearch_model::{Field, Kind, SpeakerId, Turn};
use turnsearch_transcript::{Corrections, Parsed, Reason, parse};

/// Texts up to this many characters are listed whole.
const WHOLE: usize = 45;
/// Of longer ones this many are listed at either end.
const END: usize = 20;

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

/// First and last words as the listings give them, and the number of characters.
fn ends(text: &str) -> (String, usize) {
    let characters: Vec<char> = squeeze(text).chars().collect();
    let short = if characters.len() <= WHOLE {
        characters.iter().collect()
    } else {
        let first: String = characters[..END].iter().collect();
        let last: String = characters[characters.len() - END..].iter().collect();
        format!("{first} … {last}")
    };
    (short, characters.len())
}

/// One listing, section by section.
#[derive(Debug, Default)]
struct Listing {
    meta: BTreeMap<String, String>,
    turns: Vec<(String, String, usize)>,
    events: Vec<(u32, String)>,
    aliases: BTreeMap<String, BTreeSet<String>>,
    furniture: Vec<(u32, String, String)>,
    markup: usize,
}

impl Listing {
    fn read(path: &Path) -> Listing {
        let text = std::fs::read_to_string(path).expect("a listing");
        let mut listing = Listing::default();
        let mut section = String::from("meta");
        for line in text.lines() {
            if let Some(header) = line.strip_prefix('#') {
                listing.header(header.trim(), &mut section);
            } else if !line.trim().is_empty() {
                listing.row(&section, line);
            }
        }
        listing
    }

    fn header(&mut self, header: &str, section: &mut String) {
        if header.starts_with("n |") {
            *section = "turns".to_owned();
            return;
        }
        let (key, value) = header.split_once(':').unwrap_or((header, ""));
        match key {
            "events" | "aliases" | "furniture" => *section = key.to_owned(),
            "" => {}
            _ if *section == "meta" => {
                self.meta.insert(key.to_owned(), value.trim().to_owned());
            }
            _ => {}
        }
    }

    fn row(&mut self, section: &str, line: &str) {
        match section {
            "turns" => {
                let (_, rest) = line.split_once(" | ").expect("n | …");
                let (rest, count) = rest.rsplit_once(" | ").expect("… | characters");
                let (who, words) = rest.split_once(" | ").expect("speaker | words");
                let count = count.trim().parse().expect("a number");
                self.turns.push((who.to_owned(), words.to_owned(), count));
            }
            "events" => {
                let (turn, text) = line.split_once(" | ").expect("turn | text");
                self.events
                    .push((turn.parse().expect("a number"), text.to_owned()));
            }
            "aliases" => {
                let (name, aliases) = line.split_once(" = ").expect("speaker = aliases");
                let aliases = aliases.split(", ").map(str::to_owned).collect();
                self.aliases.insert(name.to_owned(), aliases);
            }
            "furniture" => {
                let (line, rest) = line.split_once(" | ").expect("line | …");
                let (reason, words) = rest.split_once(" | ").expect("reason | words");
                if reason == "markup" {
                    self.markup = words
                        .split(' ')
                        .next()
                        .and_then(|n| n.parse().ok())
                        .expect("a sum");
                } else {
                    let line = line.parse().expect("a line number");
                    self.furniture
                        .push((line, reason.to_owned(), words.to_owned()));
                }
            }
            _ => panic!("a row in no section: {line}"),
        }
    }

    /// The same listing made of what the parser gives.
    fn of(parsed: &Parsed) -> Listing {
        let meta = &parsed.meeting.meta;
        let or_dash = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
        let named: BTreeSet<SpeakerId> = parsed
            .meeting
            .turns
            .iter()
            .filter_map(|turn| turn.speaker)
            .collect();
        let meta = [
            ("source", parsed.meeting.source.clone()),
            ("kind", parsed.meeting.kind.as_str().to_owned()),
            ("title", or_dash(&meta[Field::Title])),
            ("event", or_dash(&meta[Field::Event])),
            ("date", or_dash(&meta[Field::Date])),
            ("time", or_dash(&meta[Field::Time])),
            ("zone", or_dash(&meta[Field::Zone])),
            ("place", or_dash(&meta[Field::Place])),
            ("speakers", named.len().to_string()),
        ];
        let mut listing = Listing {
            meta: meta
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect(),
            ..Listing::default()
        };
        for turn in &parsed.meeting.turns {
            let (words, count) = ends(&turn.text);
            listing.turns.push((who(parsed, turn), words, count));
            for event in &turn.events {
                listing.events.push((turn.n, event.text.clone()));
            }
        }
        for speaker in &parsed.speakers {
            if !speaker.aliases.is_empty() {
                let aliases = speaker.aliases.iter().cloned().collect();
                listing.aliases.insert(speaker.name.clone(), aliases);
            }
        }
        for piece in &parsed.furniture {
            if piece.reason == Reason::Markup {
                listing.markup += squeeze(&piece.text).chars().count();
            } else {
                let words = ends(&piece.text).0;
                listing
                    .furniture
                    .push((piece.line, piece.reason.as_str().to_owned(), words));
            }
        }
        listing
    }
}

fn who(parsed: &Parsed, turn: &Turn) -> String {
    match (parsed.meeting.kind, turn.speaker) {
        (Kind::Document, _) if !turn.heading.is_empty() => turn.heading.join(" > "),
        (Kind::Transcript, Some(speaker)) => parsed.speakers[speaker.index()].name.clone(),
        _ => "-".to_owned(),
    }
}

/// The differences, line by line; empty if there are none.
fn differences(expected: &Listing, found: &Listing) -> String {
    let mut out = String::new();
    for (key, value) in &expected.meta {
        let got = found.meta.get(key).map_or("(nothing)", String::as_str);
        if got != value {
            writeln!(
                out,
                "{key}: expected {value}\n{:>width$}found {got}",
                "",
                width = key.len() + 2
            )
            .expect("a string");
        }
    }
    list(&mut out, "turn", &expected.turns, &found.turns);
    list(&mut out, "event", &expected.events, &found.events);
    list(&mut out, "furniture", &expected.furniture, &found.furniture);
    let aliases = |listing: &Listing| listing.aliases.clone().into_iter().collect::<Vec<_>>();
    list(&mut out, "aliases", &aliases(expected), &aliases(found));
    if expected.markup != found.markup {
        writeln!(
            out,
            "markup: expected {}, found {}",
            expected.markup, found.markup
        )
        .expect("a string");
    }
    out
}

/// Compares two lists. After the first difference the ones that follow are shown only if they
/// stand in one list and not in the other.
fn list<T: PartialEq + std::fmt::Debug>(out: &mut String, what: &str, expected: &[T], found: &[T]) {
    if expected == found {
        return;
    }
    writeln!(
        out,
        "{what}: {} expected, {} found",
        expected.len(),
        found.len()
    )
    .expect("a string");
    for (index, item) in expected.iter().enumerate() {
        if !found.contains(item) {
            writeln!(out, "  - {} {item:?}", index + 1).expect("a string");
        }
    }
    for (index, item) in found.iter().enumerate() {
        if !expected.contains(item) {
            writeln!(out, "  + {} {item:?}", index + 1).expect("a string");
        }
    }
    if expected.len() == found.len() && expected.iter().all(|item| found.contains(item)) {
        writeln!(out, "  the order differs").expect("a string");
    }
}

#[test]
fn every_seed_comes_out_as_a_careful_person_would_type_it_up() {
    let mut listings: Vec<PathBuf> = std::fs::read_dir(repository().join("tests/golden"))
        .expect("the folder of listings")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.to_string_lossy().ends_with(".turns.txt"))
        .collect();
    listings.sort();
    assert!(!listings.is_empty(), "no listing");
    let mut report = String::new();
    for path in listings {
        let expected = Listing::read(&path);
        let source = &expected.meta["source"];
        assert!(
            !expected.turns.is_empty(),
            "{source}: a listing without turns"
        );
        assert!(
            !expected.furniture.is_empty(),
            "{source}: a listing without furniture"
        );
        let bytes = std::fs::read(repository().join("seeds").join(source)).expect("the seed");
        let parsed = parse(source, &bytes, &Corrections::NONE).expect("a seed that parses");
        let found = differences(&expected, &Listing::of(&parsed));
        if !found.is_empty() {
            writeln!(report, "\n{source}\n{found}").expect("a string");
        }
        assert!(
            parsed.account.is_balanced(),
            "{source}: {:?}",
            parsed.account
        );
        let sums = parsed.account;
        assert_eq!(sums.characters, sums.in_turns + sums.furniture, "{source}");
        assert_eq!(
            sums.characters,
            squeeze(&String::from_utf8_lossy(&bytes)).chars().count()
        );
    }
    assert!(report.is_empty(), "{report}");
}
