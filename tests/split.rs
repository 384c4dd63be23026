//! Search over a split index is search over the whole: of any collection in two packs, the exact
//! answers of both together are those of one pack of everything. (Scores are not: how rare a word
//! is depends on what it is compared with.)

mod common;

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use common::searcher_of;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use turnsearch::{Field, Filter, Matched, Request, Searcher};

/// Names of one part and of several, in Latin letters and in ideographs.
const SPEAKERS: [&str; 4] = ["Bob", "Ann Lee", "多利·安", "Ann"];

/// A turn: its meeting, its speaker in [`SPEAKERS`], its text, and the pack that it goes to.
type Row = (usize, usize, String, bool);

/// What a search found: for each turn that answers exactly, by its place in the whole, its marks.
type Marks = BTreeMap<usize, Vec<Range<usize>>>;

/// How many of the turns that were found are of each meeting, of each speaker and of each year.
type Counts = [BTreeMap<String, usize>; 3];

/// A pack of some turns of a collection.
struct Side {
    searcher: Option<Searcher>,
    /// For each turn of the pack its place in the whole collection.
    places: Vec<usize>,
}

impl Side {
    /// The pack of the rows that are `kept`, which are in the order of their meetings.
    fn of(rows: &[Row], kept: impl Fn(&Row) -> bool) -> Self {
        let mut lines = Vec::new();
        let mut places = Vec::new();
        let mut open = None;
        for (place, row) in rows.iter().enumerate().filter(|(_, row)| kept(row)) {
            let (meeting, speaker, text, _) = row;
            if open != Some(meeting) {
                open = Some(meeting);
                lines.push(format!("# 20{:02}-03-01 meeting {meeting}", 10 + meeting));
            }
            lines.push(format!("{}: {text}", SPEAKERS[*speaker]));
            places.push(place);
        }
        let lines: Vec<&str> = lines.iter().map(String::as_str).collect();
        // A pack holds at least one turn.
        let searcher = (!places.is_empty()).then(|| searcher_of(&lines));
        Self { searcher, places }
    }

    /// Adds what answers `request` exactly.
    fn search(&self, request: &Request, marks: &mut Marks, counts: &mut Counts) {
        let Some(searcher) = &self.searcher else {
            return;
        };
        let found = searcher.find(&request.query, request.typing);
        let answer = searcher.answer(&found, request);
        assert_eq!(answer.hits.len(), answer.total);
        // What one pack does not have it looks for in other words, as the whole does if neither has
        // it.
        if answer.matched != Matched::Exact {
            return;
        }
        for hit in &answer.hits {
            let place = self.places[hit.turn.index()];
            marks.insert(place, searcher.marks(&found, hit.turn));
        }
        let collection = searcher.pack().collection();
        let [meetings, speakers, years] = counts;
        for &(meeting, count) in &answer.facets.meetings {
            let title = collection.meetings[meeting.index()].meta.get(Field::Title);
            *meetings
                .entry(title.unwrap_or_default().to_owned())
                .or_default() += count;
        }
        for &(speaker, count) in &answer.facets.speakers {
            let name = collection.speakers[speaker.index()].name.clone();
            *speakers.entry(name).or_default() += count;
        }
        for (year, count) in &answer.facets.years {
            *years.entry(year.clone()).or_default() += count;
        }
    }
}

/// What the packs of `sides` have together.
fn together(sides: &[Side], request: &Request) -> (Marks, Counts) {
    let (mut marks, mut counts) = (Marks::new(), Counts::default());
    for side in sides {
        side.search(request, &mut marks, &mut counts);
    }
    (marks, counts)
}

/// Whether a phrase means the same whatever else its collection has. Of 畫 alone, which is 画 and
/// 划, a pack takes the one that it has; and 划 stands for 画, too, in a pack without 划.
fn is_plain(phrase: &str) -> bool {
    let mut characters = phrase.chars().filter(|c| !matches!(c, ' ' | ','));
    let is_one = characters.next().is_some() && characters.next().is_none();
    let is_trimmed = !phrase.is_empty() && phrase.trim() == phrase;
    is_trimmed && !phrase.contains('划') && !(is_one && phrase.contains('畫'))
}

#[test]
fn two_packs_answer_together_as_one_of_everything() {
    let row = (
        0..4usize,
        0..SPEAKERS.len(),
        "[ab 多利安画划畫计計,]{1,14}",
        any::<bool>(),
    );
    let rows = prop::collection::vec(row, 1..14);
    let phrase = || prop_oneof![3 => "[ab 多利安画畫计計,]{1,3}", 1 => "(ann lee|多利安|bob)"];
    let query = (phrase(), phrase(), phrase(), 0..6usize);
    let years = prop::collection::vec(10..14u32, 0..3);
    let mut runner = TestRunner::new(Config {
        cases: 300,
        rng_seed: RngSeed::Fixed(18),
        failure_persistence: None,
        ..Config::default()
    });
    let found_in_both = Cell::new(0);
    let all = (
        rows,
        prop::collection::vec((query, years, any::<bool>()), 12),
    );
    runner
        .run(&all, |(mut rows, queries)| {
            rows.sort_by_key(|row| row.0);
            let whole = [Side::of(&rows, |_| true)];
            let halves = [Side::of(&rows, |row| row.3), Side::of(&rows, |row| !row.3)];
            for ((a, b, c, shape), years, typing) in queries {
                if ![&a, &b, &c].into_iter().all(|phrase| is_plain(phrase)) {
                    continue;
                }
                let request = Request {
                    query: match shape {
                        0 => format!("\"{a}\""),
                        1 => format!("\"{a}\" \"{b}\""),
                        2 => format!("\"{a}\" OR \"{b}\" \"{c}\""),
                        3 => format!("\"{a}\" -\"{b}\""),
                        4 => format!("\"{a}\" after:2012"),
                        _ => format!("before:2012-04 \"{a}\" | \"{b}\" -\"{c}\""),
                    },
                    typing,
                    limit: usize::MAX,
                    filter: Filter {
                        years: years.iter().map(|year| format!("20{year}")).collect(),
                        ..Filter::default()
                    },
                    ..Request::default()
                };
                let (one, both) = (together(&whole, &request), together(&halves, &request));
                let sides = |marks: &Marks, side| marks.keys().any(|&at| rows[at].3 == side);
                if sides(&one.0, true) && sides(&one.0, false) {
                    found_in_both.set(found_in_both.get() + 1);
                }
                prop_assert_eq!(one, both, "{}", request.query);
            }
            Ok(())
        })
        .expect("the packs agree");
    let found = found_in_both.get();
    assert!(
        found > 100,
        "only {found} queries had answers in both packs"
    );
}
