//! How well the searcher returns what people judged to be right: `tests/relevance/*.tsv`.
//!
//! `cargo xtask relevance` prints the table. One file serves for tuning, the other one is held out;
//! both have floors, so that quality cannot sink unseen.

mod common;

use std::collections::{BTreeMap, BTreeSet};

use common::seeds;
use turnsearch::{Matched, Request, Searcher, TurnId};

/// Kinds whose answer is an ordered list; all others are sets.
const QUESTION: &str = "question";

struct Judged {
    kind: String,
    query: String,
    /// Numbers of turns in the collection, best first for questions.
    expected: Vec<u32>,
}

#[derive(Default)]
struct Score {
    queries: usize,
    exact_sets: usize,
    precision: f64,
    recall: f64,
    reciprocal_ranks: f64,
    misses: Vec<String>,
}

#[test]
fn tuning_half_stays_above_its_floor() {
    check("tune", include_str!("relevance/tune.tsv"));
}

#[test]
fn held_out_half_stays_above_its_floor() {
    check("held", include_str!("relevance/held.tsv"));
}

fn check(name: &str, table: &str) {
    let searcher = seeds();
    let judged: Vec<Judged> = table
        .lines()
        .filter_map(|line| parse(line, &searcher))
        .collect();
    assert!(judged.len() >= 90, "{name}: only {} queries", judged.len());
    let mut scores: BTreeMap<&str, Score> = BTreeMap::new();
    for judged in &judged {
        scores
            .entry(&judged.kind)
            .or_default()
            .add(judged, &searcher);
    }
    println!(
        "\n{name}: {} queries\n{:14} {:>7} {:>9} {:>9} {:>7} {:>7}",
        judged.len(),
        "kind",
        "queries",
        "exact set",
        "precision",
        "recall",
        "MRR@10"
    );
    for (kind, score) in &scores {
        println!("{}", score.row(kind));
        for miss in &score.misses {
            println!("    {miss}");
        }
    }
    let sets = scores.iter().filter(|(kind, _)| **kind != QUESTION);
    let (exact, all) = sets.fold((0, 0), |(exact, all), (_, score)| {
        (exact + score.exact_sets, all + score.queries)
    });
    let rate = exact as f64 / all as f64;
    let questions = &scores[QUESTION];
    let reciprocal_rank = questions.reciprocal_ranks / questions.queries as f64;
    println!(
        "{name}: exact sets {exact} of {all} ({:.1} %), MRR@10 of questions {reciprocal_rank:.3}",
        100.0 * rate
    );
    assert!(rate >= 0.98, "{name}: exact-set rate {rate:.3}");
    assert!(
        reciprocal_rank >= 0.96,
        "{name}: MRR@10 {reciprocal_rank:.3}"
    );
}

impl Score {
    fn add(&mut self, judged: &Judged, searcher: &Searcher) {
        let request = Request {
            query: judged.query.clone(),
            limit: usize::MAX,
            ..Request::default()
        };
        let answer = searcher.search(&request);
        let found: Vec<u32> = answer.hits.iter().map(|hit| hit.turn.0).collect();
        self.queries += 1;
        if judged.kind == QUESTION {
            let rank = found
                .iter()
                .take(10)
                .position(|turn| judged.expected.contains(turn));
            self.reciprocal_ranks += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
            if rank != Some(0) {
                let first: Vec<String> = found
                    .iter()
                    .take(3)
                    .map(|&turn| place(searcher, turn))
                    .collect();
                self.misses.push(format!(
                    "{}: rank {:?}, first {first:?}, expected {:?}",
                    judged.query,
                    rank.map(|r| r + 1),
                    judged
                        .expected
                        .iter()
                        .map(|&t| place(searcher, t))
                        .collect::<Vec<_>>()
                ));
            }
            return;
        }
        let expected: BTreeSet<u32> = judged.expected.iter().copied().collect();
        // What is marked as approximate is no claim that the string occurs.
        let claimed: BTreeSet<u32> = if expected.is_empty() && answer.matched != Matched::Exact {
            BTreeSet::new()
        } else {
            found.into_iter().collect()
        };
        let right = claimed.intersection(&expected).count() as f64;
        self.precision += if claimed.is_empty() {
            1.0
        } else {
            right / claimed.len() as f64
        };
        self.recall += if expected.is_empty() {
            1.0
        } else {
            right / expected.len() as f64
        };
        if claimed == expected {
            self.exact_sets += 1;
        } else {
            let list = |turns: Vec<&u32>| {
                turns
                    .into_iter()
                    .map(|&turn| place(searcher, turn))
                    .collect::<Vec<_>>()
            };
            self.misses.push(format!(
                "{} ({}): missing {:?}, too many {:?}",
                judged.query,
                answer.matched.as_str(),
                list(expected.difference(&claimed).collect()),
                list(claimed.difference(&expected).take(12).collect()),
            ));
        }
    }

    fn row(&self, kind: &str) -> String {
        let queries = self.queries as f64;
        if kind == QUESTION {
            return format!(
                "{kind:14} {:>7} {:>9} {:>9} {:>7} {:>7.3}",
                self.queries,
                "",
                "",
                "",
                self.reciprocal_ranks / queries
            );
        }
        let (precision, recall) = (self.precision / queries, self.recall / queries);
        format!(
            "{kind:14} {:>7} {:>9} {precision:>9.3} {recall:>7.3}",
            self.queries, self.exact_sets
        )
    }
}

/// A line `kind TAB query TAB expected TAB note`; `None` for comments and headings.
fn parse(line: &str, searcher: &Searcher) -> Option<Judged> {
    if line.starts_with('#') || line.trim().is_empty() || line.starts_with("kind\t") {
        return None;
    }
    let mut columns = line.split('\t');
    let (kind, query, expected) = (columns.next()?, columns.next()?, columns.next()?);
    let expected = if expected == "none" {
        Vec::new()
    } else {
        expected
            .split(' ')
            .flat_map(|part| turns(part, searcher))
            .collect()
    };
    Some(Judged {
        kind: kind.to_owned(),
        query: query.to_owned(),
        expected,
    })
}

/// `002:3,5-7` as numbers of turns in the collection.
fn turns(part: &str, searcher: &Searcher) -> Vec<u32> {
    let (source, numbers) = part
        .split_once(':')
        .unwrap_or_else(|| panic!("{part:?} is no place"));
    let meetings = &searcher.pack().collection().meetings;
    let meeting = meetings
        .iter()
        .find(|meeting| meeting.source.starts_with(source))
        .unwrap_or_else(|| panic!("no source {source}"));
    let number = |text: &str| {
        text.parse::<u32>()
            .unwrap_or_else(|_| panic!("{part:?}: {text:?} is no number"))
    };
    let range = |text: &str| {
        let (from, to) = text.split_once('-').unwrap_or((text, text));
        number(from)..=number(to)
    };
    let within = |n: u32| {
        assert!(
            (1..=meeting.turns).contains(&n),
            "{part:?}: there is no turn {n}"
        );
        meeting.first_turn.0 + n - 1
    };
    numbers.split(',').flat_map(range).map(within).collect()
}

fn place(searcher: &Searcher, turn: u32) -> String {
    let collection = searcher.pack().collection();
    let turn = searcher.pack().turn(TurnId(turn)).expect("it was found");
    let meeting = &collection.meetings[turn.meeting.index()];
    format!("{}:{}", &meeting.source[..3], turn.n)
}
