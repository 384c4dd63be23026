//! Search held against the naive oracle on five megabytes of real transcripts in traditional
//! characters.

mod common;
#[path = "common/corpora.rs"]
mod corpora;

use std::collections::BTreeSet;

use common::{entries, scan};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use turnsearch::{Request, Searcher, TurnId};
use turnsearch_intake::{CollectionConfig, collect};
use turnsearch_text::fold;
use turnsearch_transcript::{Corrections, parse};

/// How much of the corpus is taken.
const BYTES: usize = 5_000_000;

/// A searcher over the first files of the corpus; `None` where it is absent.
fn searcher() -> Option<Searcher> {
    let archive = corpora::corpora()?.join("zh-sayit-md-2015-2019/data.tar.xz");
    let mut left = BYTES;
    let mut parsed = Vec::new();
    for (name, bytes) in corpora::unpack(&archive)? {
        left = match left.checked_sub(bytes.len()) {
            Some(left) => left,
            None => break,
        };
        parsed.extend(parse(&name, &bytes, &Corrections::NONE));
    }
    let (collection, _) =
        collect(parsed, &CollectionConfig::default()).expect("nothing is configured");
    let pack = turnsearch_pack::write(&collection).expect("the corpus makes a pack");
    println!(
        "{} meetings, {} bytes of pack",
        collection.meetings.len(),
        pack.len()
    );
    Some(Searcher::open(pack).expect("the writer makes a sound pack"))
}

#[test]
fn random_substrings_of_real_transcripts_find_the_turns_that_a_scan_finds() {
    let Some(searcher) = searcher() else {
        corpora::skipped("the oracle on real transcripts", corpora::ABSENT);
        return;
    };
    let folded = entries(&searcher);
    let table = searcher.pack().fold_table().clone();
    let config = Config {
        cases: 300,
        rng_seed: RngSeed::Fixed(7),
        failure_persistence: None,
        ..Config::default()
    };
    let places = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        2..=8usize,
    );
    TestRunner::new(config)
        .run(&places, |(turn, start, length)| {
            let turn = TurnId::at(turn.index(searcher.pack().turns() as usize));
            let text = searcher.pack().text(turn).expect("the turn is there");
            let characters: Vec<char> = text.chars().collect();
            let start = start.index(characters.len().max(1));
            let needle: String = characters.iter().skip(start).take(length).collect();
            let needle = needle.trim();
            prop_assume!(
                !needle.is_empty() && !needle.contains(['"', '“', '”', '„', '「', '」', '\n'])
            );
            prop_assume!(searcher.speakers_called(needle).is_empty());
            let expected = scan(&folded, &table, needle);
            prop_assume!(!expected.is_empty());
            // As it is printed, and in simplified characters, which stand for themselves only.
            for typed in [needle.to_owned(), fold(needle, &table)] {
                let expected = scan(&folded, &table, &typed);
                let query = format!("\"{typed}\"");
                let answer = searcher.search(&Request {
                    query,
                    limit: usize::MAX,
                    ..Request::default()
                });
                let found: BTreeSet<u32> = answer.hits.iter().map(|hit| hit.turn.0).collect();
                prop_assert_eq!(&found, &expected, "{:?}", typed);
            }
            Ok(())
        })
        .expect("search and scan agree");
}
