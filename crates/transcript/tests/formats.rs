//! Real files of every format: what comes out, nothing lost, how fast.
//!
//! The corpora are not part of the repository; see `tests/common/corpora.rs`. Without them these
//! tests say so and pass. What they print stands in `docs/FORMATS.md`:
//!
//! ```text
//! cargo test --release -p turnsearch-transcript --test formats -- --nocapture
//! ```

#[path = "../../../tests/common/corpora.rs"]
mod shared;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use turnsearch_model::Turn;
use turnsearch_transcript::{Corrections, ParseError, Parsed, ReadOptions, parse_with};

/// The corpora with the formats of their files.
const CORPORA: [(&str, &str); 13] = [
    ("zh-sayit-md-2015-2019", "markdown"),
    ("en-changelog-podcast-md", "markdown"),
    ("en-zoom-vtt-ethereum-acd", "vtt"),
    ("vtt-voice-ableplayer", "vtt"),
    ("en-srt-virtualcoffee-s1-s3", "srt"),
    ("podcast20-examples", "podcast-json, vtt, srt, html"),
    ("zh-sayit-akn-2015-2017", "akn 2.0"),
    ("akn-oasis-ke", "akn 3.0"),
    ("tei-parlamint-es", "tei"),
    ("uk-twfy-commons", "twfy"),
    ("zh-sayit-json", "sayit-json"),
    ("csv-oral-history", "csv"),
    ("zh-cn-vcsum-dev", "none of these"),
];

fn name(path: &std::path::Path) -> String {
    path.file_name()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

/// What a corpus came to.
#[derive(Default)]
struct Sums {
    files: usize,
    bytes: usize,
    turns: usize,
    timed: usize,
    speakers: usize,
    seconds: f64,
    skipped: BTreeMap<&'static str, usize>,
}

impl Sums {
    fn add(&mut self, name: &str, parsed: &Parsed) {
        let account = &parsed.account;
        assert!(account.is_balanced(), "{name}: {account:?}");
        assert_eq!(account.characters, account.in_turns + account.furniture);
        let turns = &parsed.meeting.turns;
        self.turns += turns.len();
        self.timed += turns.iter().filter(|turn| turn.start_ms.is_some()).count();
        self.speakers += parsed.speakers.len();
        for (index, turn) in turns.iter().enumerate() {
            assert_eq!(turn.n as usize, index + 1, "{name}");
            assert_eq!(turn.text.trim(), turn.text, "{name}: {turn:?}");
            assert!(
                turn.end_ms.is_none() || turn.start_ms <= turn.end_ms,
                "{name}: {turn:?}"
            );
            assert!(
                turn.events
                    .iter()
                    .all(|event| turn.text.is_char_boundary(event.offset))
            );
        }
    }
}

/// Seconds that this thread has computed, where the system says so (Linux), so that other work on
/// the machine does not count; elsewhere seconds since `start`.
fn computed(start: Instant) -> f64 {
    std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|text| text.split_whitespace().next()?.parse::<f64>().ok())
        .map_or_else(
            || start.elapsed().as_secs_f64(),
            |nanoseconds| nanoseconds / 1e9,
        )
}

/// Megabytes in a second, where there was enough to measure.
fn rate(megabytes: f64, seconds: f64) -> String {
    if seconds < 0.01 {
        return "–".to_owned();
    }
    format!("{:.0}", megabytes / seconds)
}

#[test]
fn the_formats_of_the_corpora() {
    if shared::corpora().is_none() {
        shared::skipped("the formats of the corpora", shared::ABSENT);
        return;
    }
    println!(
        "| corpus | format | files | MB | turns | timed | speakers | lost | s | MB/s | skipped |"
    );
    println!("|---|---|--:|--:|--:|--:|--:|--:|--:|--:|---|");
    let start = Instant::now();
    for (corpus, format) in CORPORA {
        let Some(files) = shared::files(corpus) else {
            shared::skipped(corpus, "cannot be unpacked");
            continue;
        };
        let mut sums = Sums::default();
        for (path, bytes) in &files {
            let name = name(path);
            let before = computed(start);
            let parsed = parse_with(&name, bytes, &Corrections::NONE, &ReadOptions::default());
            sums.seconds += computed(start) - before;
            sums.files += 1;
            sums.bytes += bytes.len();
            match parsed {
                Ok(meetings) => meetings.iter().for_each(|parsed| sums.add(&name, parsed)),
                Err(error) => {
                    let reason = match &error {
                        ParseError::UnknownFormat { .. } => "unknown format",
                        ParseError::NoTurns { .. } | ParseError::NoSpeech { .. } => "no turn",
                        other => panic!("{corpus}: {other}"),
                    };
                    *sums.skipped.entry(reason).or_default() += 1;
                }
            }
        }
        let skipped: Vec<String> = sums
            .skipped
            .iter()
            .map(|(why, n)| format!("{n} {why}"))
            .collect();
        let megabytes = sums.bytes as f64 / 1e6;
        println!(
            "| {corpus} | {format} | {} | {megabytes:.2} | {} | {} | {} | 0 | {:.2} | {} | {} |",
            sums.files,
            sums.turns,
            sums.timed,
            sums.speakers,
            sums.seconds,
            rate(megabytes, sums.seconds),
            skipped.join(", ")
        );
    }
}

/// A turn of the meeting as both sources print it.
#[derive(PartialEq, Debug)]
struct Said {
    speaker: String,
    /// The letters and digits of the text.
    words: String,
    /// Everything in the text but white space.
    signs: String,
}

fn letters(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A text without what Markdown keeps of links and the other source has as elements:
/// `[text](address)` and `![text](address)` are their text.
fn without_links(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some(at) = rest.find("](") {
        let open = rest[..at].rfind('[');
        let close = rest[at..].find(')');
        match (open, close) {
            (Some(open), Some(close)) => {
                plain.push_str(rest[..open].trim_end_matches('!'));
                plain.push_str(&rest[open + 1..at]);
                rest = &rest[at + close + 1..];
            }
            _ => {
                plain.push_str(&rest[..at + 2]);
                rest = &rest[at + 2..];
            }
        }
    }
    plain + rest
}

fn said(parsed: &Parsed) -> Vec<Said> {
    let said = |turn: &Turn| {
        let speaker = turn
            .speaker
            .map(|at| parsed.speakers[at.index()].name.as_str());
        let text = without_links(&turn.text);
        Said {
            // The Markdown has identifiers (`peggylo`) where the other has the name (`PeggyLo`).
            speaker: letters(speaker.unwrap_or_default()).to_lowercase(),
            words: letters(&text),
            signs: text.chars().filter(|c| !c.is_whitespace()).collect(),
        }
    };
    let turns = parsed.meeting.turns.iter().map(said);
    turns.filter(|said| !said.words.is_empty()).collect()
}

/// How two versions of one meeting compare.
#[derive(Default, Debug)]
struct Comparison {
    meetings: usize,
    same_meetings: usize,
    turns: usize,
    same_speaker: usize,
    same_words: usize,
    same_signs: usize,
    /// One version has only the beginning of what the other has.
    shortened: usize,
    other_count: usize,
}

#[test]
fn markdown_and_akoma_ntoso_of_the_same_meetings_agree() {
    let (Some(markdown), Some(akn)) = (
        shared::files("zh-sayit-md-2015-2019"),
        shared::files("zh-sayit-akn-2015-2017"),
    ) else {
        shared::skipped("Markdown beside Akoma Ntoso", shared::ABSENT);
        return;
    };
    let markdown: BTreeMap<String, (PathBuf, Vec<u8>)> = markdown
        .into_iter()
        .map(|(path, bytes)| {
            (
                name(&path).trim_end_matches(".md").to_owned(),
                (path, bytes),
            )
        })
        .collect();
    let verbose = std::env::var_os("TURNSEARCH_VERBOSE").is_some();
    let mut sums = Comparison::default();
    for (path, bytes) in &akn {
        let Some((other, text)) = markdown.get(name(path).trim_end_matches(".an.xml")) else {
            continue;
        };
        let read = |path: &PathBuf, bytes: &[u8]| {
            parse_with(
                &name(path),
                bytes,
                &Corrections::NONE,
                &ReadOptions::default(),
            )
            .ok()
            .and_then(|mut meetings| meetings.pop())
        };
        let (Some(left), Some(right)) = (read(path, bytes), read(other, text)) else {
            continue;
        };
        let (left, right) = (said(&left), said(&right));
        if right.is_empty() {
            // Six files of the Markdown corpus are a title without the record.
            continue;
        }
        sums.meetings += 1;
        if left.len() != right.len() {
            sums.other_count += 1;
            if verbose {
                println!(
                    "{}: {} turns, Markdown {}",
                    name(path),
                    left.len(),
                    right.len()
                );
            }
            continue;
        }
        sums.same_meetings += usize::from(left == right);
        for (a, b) in left.iter().zip(&right) {
            sums.turns += 1;
            sums.same_speaker += usize::from(a.speaker == b.speaker);
            sums.same_words += usize::from(a.words == b.words);
            sums.same_signs += usize::from(a.signs == b.signs);
            let begins = a.words.starts_with(&b.words) || b.words.starts_with(&a.words);
            sums.shortened += usize::from(a.words != b.words && begins);
            if verbose && a != b {
                println!("{}\n  AKN {a:?}\n  MD  {b:?}", name(path));
            }
        }
    }
    println!("{sums:?}");
    let share = |part: usize, whole: usize| part as f64 / whole as f64;
    assert!(
        sums.meetings > 0 && share(sums.other_count, sums.meetings) < 0.02,
        "{sums:?}"
    );
    assert!(share(sums.same_speaker, sums.turns) > 0.999, "{sums:?}");
    assert!(share(sums.same_words, sums.turns) > 0.97, "{sums:?}");
    assert!(share(sums.same_signs, sums.turns) > 0.9, "{sums:?}");
}
