//! Real transcripts of other people: no panic, nothing lost, turns found against labels counted.
//!
//! The corpora are not part of the repository. They are looked for in `../shared/corpora` beside
//! it, or where `TURNSEARCH_CORPORA` says; without them the test says so and passes. The table
//! that it prints stands in `docs/PARSING.md`.

#[path = "../../../tests/common/corpora.rs"]
mod shared;

use std::time::Instant;

use shared::{corpora, skipped, unpack};
use turnsearch_transcript::{Corrections, parse};

/// Labels as a simple pattern sees them, without the parser.
fn labels(corpus: &str, line: &str) -> bool {
    let colon = |text: &str| text.ends_with([':', '：']);
    match corpus {
        "zh-sayit-md-2015-2019" => line.starts_with("### ") && colon(line.trim_end()),
        _ => line
            .strip_prefix("**")
            .and_then(|rest| rest.split_once("**"))
            .is_some_and(|(bold, rest)| colon(bold.trim_end()) && !is_time(rest)),
    }
}

/// Only times behind the label: a break in the recording.
fn is_time(text: &str) -> bool {
    text.contains(':') && !text.replace("to", "").contains(char::is_alphabetic)
}

#[test]
fn real_corpora_come_out_whole() {
    let Some(folder) = corpora() else {
        skipped("what is lost in real corpora", shared::ABSENT);
        return;
    };
    println!(
        "| corpus | files | without a turn | MB | labels counted | turns found | speakers | lost | MB/s |"
    );
    println!("|---|--:|--:|--:|--:|--:|--:|--:|--:|");
    for corpus in ["zh-sayit-md-2015-2019", "en-changelog-podcast-md"] {
        let archive = folder.join(corpus).join("data.tar.xz");
        let Some(files) = unpack(&archive) else {
            skipped(corpus, "cannot be unpacked");
            continue;
        };
        let (mut bytes, mut counted, mut found, mut empty, mut speakers) = (0, 0, 0, 0, 0);
        let mut seconds = 0.0;
        for (name, content) in &files {
            bytes += content.len();
            let text = String::from_utf8_lossy(content);
            let here = text.lines().filter(|line| labels(corpus, line)).count();
            let start = Instant::now();
            let parsed = parse(name, content, &Corrections::NONE);
            seconds += start.elapsed().as_secs_f64();
            match parsed {
                Ok(parsed) => {
                    assert!(parsed.account.is_balanced(), "{name}: {:?}", parsed.account);
                    let turns = parsed
                        .meeting
                        .turns
                        .iter()
                        .filter(|turn| turn.speaker.is_some())
                        .count();
                    if turns.abs_diff(here) > 0 && std::env::var_os("TURNSEARCH_VERBOSE").is_some()
                    {
                        println!("{name}: {here} labels, {turns} turns");
                    }
                    counted += here;
                    found += turns;
                    speakers += parsed.speakers.len();
                }
                Err(error) => {
                    empty += 1;
                    assert_eq!(here, 0, "{error}");
                }
            }
        }
        println!(
            "| {corpus} | {} | {empty} | {:.1} | {counted} | {found} | {speakers} | 0 | {:.0} |",
            files.len(),
            bytes as f64 / 1e6,
            bytes as f64 / 1e6 / seconds
        );
        let share = found as f64 / counted as f64;
        assert!(
            (0.99..1.01).contains(&share),
            "{corpus}: {found} turns, {counted} labels"
        );
    }
}
