//! Search held against the naive oracle: the same turns, for any query that is one piece of text.

mod common;

use std::cell::Cell;
use std::collections::BTreeSet;

use common::{entries, scan, seeds, texts};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use turnsearch::{Filter, Matched, Request, Searcher, Sort, TurnId};

fn all_hits(searcher: &Searcher, query: &str, filter: Filter) -> (Matched, BTreeSet<u32>) {
    let request = Request {
        query: query.to_owned(),
        limit: usize::MAX,
        filter,
        ..Request::default()
    };
    let answer = searcher.search(&request);
    let hits: BTreeSet<u32> = answer.hits.iter().map(|hit| hit.turn.0).collect();
    assert_eq!(
        hits.len(),
        answer.total,
        "{query:?}: as many hits as it says, each once"
    );
    (answer.matched, hits)
}

/// A phrase in quotation marks: one contiguous piece, whatever blanks and operators it holds.
fn quoted(text: &str) -> String {
    format!("\"{text}\"")
}

fn runner(cases: u32) -> TestRunner {
    TestRunner::new(Config {
        cases,
        rng_seed: RngSeed::Fixed(20),
        failure_persistence: None,
        ..Config::default()
    })
}

/// A substring of some turn, by turn, start and length in characters.
fn substring(
    texts: &[String],
    (turn, start, length): (prop::sample::Index, prop::sample::Index, usize),
) -> String {
    let text: Vec<char> = texts[turn.index(texts.len())].chars().collect();
    let start = start.index(text.len().max(1));
    text.iter().skip(start).take(length).collect()
}

#[test]
fn random_substrings_of_the_seeds_find_the_turns_that_a_scan_finds() {
    let searcher = seeds();
    let (texts, folded) = (texts(&searcher), entries(&searcher));
    let table = searcher.pack().fold_table().clone();
    let places = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        1..=12usize,
    );
    let compared = Cell::new(0);
    runner(2000)
        .run(&places, |place| {
            let needle = substring(&texts, place);
            // Quotation marks end a phrase; the grammar's own tests cover them.
            prop_assume!(!needle.contains(['"', '“', '”', '„']) && !needle.trim().is_empty());
            let expected = scan(&folded, &table, needle.trim());
            prop_assume!(!expected.is_empty());
            let (matched, found) = all_hits(&searcher, &quoted(needle.trim()), Filter::default());
            let named = speakers_named(&searcher, &needle);
            prop_assert_eq!(&found - &named, &expected - &named, "{:?}", needle);
            prop_assert!(expected.is_subset(&found));
            prop_assert_eq!(matched, Matched::Exact);
            compared.set(compared.get() + 1);
            Ok(())
        })
        .expect("search and scan agree");
    assert!(
        compared.get() >= 1500,
        "only {} substrings were compared",
        compared.get()
    );
}

/// The turns of speakers whose full name is `needle`: those are found whether or not the name
/// stands in them.
fn speakers_named(searcher: &Searcher, needle: &str) -> BTreeSet<u32> {
    let speakers = searcher.speakers_called(needle);
    let named = (0..).zip(searcher.pack().columns().speakers());
    named
        .filter(|(_, speaker)| speaker.is_some_and(|s| speakers.contains(&s)))
        .map(|(turn, _)| turn)
        .collect()
}

#[test]
fn strings_that_do_not_occur_are_never_passed_off_as_exact() {
    let searcher = seeds();
    let folded = entries(&searcher);
    let table = searcher.pack().fold_table().clone();
    let strings = "[的是多利益相关方互联网会议a-z0-9齉龘]{4,10}";
    runner(400)
        .run(&strings, |needle| {
            prop_assume!(scan(&folded, &table, &needle).is_empty());
            let (matched, found) = all_hits(&searcher, &quoted(&needle), Filter::default());
            prop_assert!(
                found.is_empty() || matched != Matched::Exact,
                "{:?}",
                needle
            );
            Ok(())
        })
        .expect("nothing is invented");
}

#[test]
fn combinations_are_set_operations() {
    let searcher = seeds();
    let (texts, folded) = (texts(&searcher), entries(&searcher));
    let table = searcher.pack().fold_table().clone();
    let place = || {
        (
            any::<prop::sample::Index>(),
            any::<prop::sample::Index>(),
            1..=3usize,
        )
    };
    runner(600)
        .run(
            &(place(), place(), place(), 0..4usize),
            |(a, b, c, shape)| {
                let parts = [a, b, c].map(|place| substring(&texts, place).trim().to_owned());
                for part in &parts {
                    prop_assume!(
                        !part.contains(['"', '“', '”', '„', '「', '」', '\n']) && !part.is_empty()
                    );
                    prop_assume!(searcher.speakers_called(part).is_empty());
                }
                let [a, b, c] = &parts;
                let [in_a, in_b, in_c] = parts.each_ref().map(|part| scan(&folded, &table, part));
                let (query, expected) = match shape {
                    0 => (format!("\"{a}\" \"{b}\" \"{c}\""), &(&in_a & &in_b) & &in_c),
                    1 => (format!("\"{a}\" OR \"{b}\""), &in_a | &in_b),
                    2 => (format!("\"{a}\" -\"{b}\""), &in_a - &in_b),
                    _ => (
                        format!("\"{a}\" | \"{b}\" -\"{c}\""),
                        &(&in_a | &in_b) - &in_c,
                    ),
                };
                let (matched, found) = all_hits(&searcher, &query, Filter::default());
                if expected.is_empty() {
                    prop_assert!(found.is_empty() || matched != Matched::Exact, "{}", query);
                } else {
                    prop_assert_eq!(found, expected, "{}", query);
                }
                Ok(())
            },
        )
        .expect("the answers are the sets");
}

#[test]
fn every_way_of_writing_a_query_finds_the_same() {
    let searcher = seeds();
    let texts = texts(&searcher);
    let place = (
        any::<prop::sample::Index>(),
        any::<prop::sample::Index>(),
        2..=8usize,
    );
    runner(600)
        .run(&(place, 0..5usize), |(place, way)| {
            let needle = substring(&texts, place).trim().to_owned();
            prop_assume!(
                !needle.is_empty() && !needle.contains(['"', '“', '”', '„', '「', '」', '\n'])
            );
            let rewritten = match way {
                0 => needle.to_uppercase(),
                1 => needle.chars().map(full_width).collect(),
                2 => needle.chars().flat_map(|c| [c, '\u{200B}']).collect(),
                3 => needle.replace(' ', "\u{A0}\u{3000}"),
                _ => between_ideographs(&needle),
            };
            let plain = all_hits(&searcher, &quoted(&needle), Filter::default());
            prop_assert_eq!(
                all_hits(&searcher, &quoted(&rewritten), Filter::default()),
                plain,
                "{:?}",
                rewritten
            );
            Ok(())
        })
        .expect("folding hides the difference");
}

fn full_width(c: char) -> char {
    match c {
        '!'..='~' if c != '"' => char::from_u32(u32::from(c) + 0xFEE0).unwrap_or(c),
        _ => c,
    }
}

/// Blanks where they mean nothing: between ideographs.
fn between_ideographs(text: &str) -> String {
    let mut spaced = String::new();
    for c in text.chars() {
        if turnsearch_text::is_han(c)
            && spaced
                .chars()
                .next_back()
                .is_some_and(turnsearch_text::is_han)
        {
            spaced.push(' ');
        }
        spaced.push(c);
    }
    spaced
}

#[test]
fn filters_and_orders_keep_the_set_and_facets_count_it() {
    let searcher = seeds();
    let collection = searcher.pack().collection();
    let speakers = searcher.pack().columns().speakers();
    for query in ["互联网", "icann", "会议", "我们 问题"] {
        let (_, all) = all_hits(&searcher, query, Filter::default());
        assert!(all.len() > 10, "{query} is common");
        for sort in [Sort::Relevance, Sort::Time, Sort::Meeting] {
            let request = Request {
                query: query.into(),
                limit: usize::MAX,
                sort,
                ..Request::default()
            };
            let hits: BTreeSet<u32> = searcher
                .search(&request)
                .hits
                .iter()
                .map(|hit| hit.turn.0)
                .collect();
            assert_eq!(hits, all);
        }
        let facets = searcher
            .search(&Request {
                query: query.into(),
                ..Request::default()
            })
            .facets;
        for (meeting, count) in facets.meetings {
            let filter = Filter {
                meetings: vec![meeting],
                ..Filter::default()
            };
            let expected: BTreeSet<u32> = all
                .iter()
                .copied()
                .filter(|&turn| collection.meeting_of(TurnId(turn)) == meeting)
                .collect();
            assert_eq!(
                (all_hits(&searcher, query, filter).1, expected.len()),
                (expected, count)
            );
        }
        for (speaker, count) in facets.speakers {
            let filter = Filter {
                speakers: vec![speaker],
                ..Filter::default()
            };
            let spoken = |turn: &u32| speakers[*turn as usize] == Some(speaker);
            let expected: BTreeSet<u32> = all.iter().copied().filter(spoken).collect();
            assert_eq!(
                (all_hits(&searcher, query, filter).1, expected.len()),
                (expected, count)
            );
        }
    }
}

#[test]
fn snippets_and_marks_lie_inside_the_text_and_show_the_match() {
    let searcher = seeds();
    let texts = texts(&searcher);
    for query in [
        "多利益",
        "gtld",
        "互联网 治理",
        "“加强合作”",
        "什么时候召开会议",
        "的",
    ] {
        let answer = searcher.search(&Request {
            query: query.into(),
            limit: 400,
            ..Request::default()
        });
        assert!(answer.total > 0, "{query}");
        for hit in answer.hits {
            let text = &texts[hit.turn.index()];
            assert!(
                text.contains(&hit.snippet.text) && !hit.snippet.marks.is_empty(),
                "{query} {}",
                hit.turn.0
            );
            let mut end = 0;
            for mark in &hit.snippet.marks {
                assert!(
                    mark.start >= end
                        && mark.start < mark.end
                        && hit.snippet.text.get(mark.clone()).is_some()
                );
                end = mark.end;
            }
            for mark in searcher.marks(&searcher.find(query, false), hit.turn) {
                assert!(text.get(mark).is_some_and(|marked| !marked.is_empty()));
            }
        }
    }
}
