//! What a searcher answers.

use std::ops::Range;

use turnsearch::{Answer, Event, Request, Searcher, Sort};

/// How many hits are asked for at once.
const LIMIT: usize = 5;

/// The answers to `query`, in every order, finished or still being typed, are sound: turns that
/// exist, each once, snippets of their texts, ranges inside them, counts that fit.
pub fn assert_answers(searcher: &Searcher, query: &str) {
    for (sort, typing) in [
        (Sort::Relevance, false),
        (Sort::Relevance, true),
        (Sort::Time, false),
        (Sort::Meeting, true),
    ] {
        let request = Request {
            query: query.to_owned(),
            limit: LIMIT,
            sort,
            typing,
            ..Request::default()
        };
        let answer = searcher.search(&request);
        assert_answer(searcher, &request, &answer);
    }
    let suggestions = searcher.suggest(query, LIMIT);
    assert!(suggestions.len() <= LIMIT);
    let lines = searcher.kwic(
        &Request {
            query: query.to_owned(),
            ..Request::default()
        },
        10,
    );
    assert!(
        lines
            .iter()
            .all(|line| line.turn.0 < searcher.pack().turns())
    );
}

fn assert_answer(searcher: &Searcher, request: &Request, answer: &Answer) {
    let turns = searcher.pack().turns();
    let found = searcher.find(&request.query, request.typing);
    assert!(answer.total <= turns as usize);
    assert_eq!(answer.hits.len(), answer.total.min(LIMIT));
    for (at, hit) in answer.hits.iter().enumerate() {
        assert!(hit.turn.0 < turns && hit.score.is_finite(), "{hit:?}");
        assert!(answer.hits[..at].iter().all(|other| other.turn != hit.turn));
        let text = searcher.pack().text(hit.turn);
        let text = text.expect("what is found is there");

        let snippet = &hit.snippet;
        assert_ranges(&whole(&snippet.text, &snippet.events), &snippet.marks);
        assert!(text.contains(&snippet.text));
        assert!(snippet.cut_before || text.starts_with(&snippet.text));
        assert!(snippet.cut_after || text.ends_with(&snippet.text));

        let marks = searcher.marks(&found, hit.turn);
        let events = searcher.pack().columns().events(hit.turn);
        assert_ranges(&whole(&text, events), &marks);
        assert!(
            marks.is_empty() || !snippet.marks.is_empty(),
            "a snippet without its match"
        );
    }
    assert_counts(searcher, answer);
    for strip in searcher.dispersion(&found, &request.filter) {
        assert!(strip.meeting.index() < searcher.pack().collection().meetings.len());
        assert_eq!(strip.positions.len(), strip.turns.len());
        assert!(strip.positions.iter().all(|at| (0.0..=1.0).contains(at)));
        assert!(strip.turns.is_sorted());
    }
}

/// `ranges` lie in `text`, on characters, in order, apart, and none is empty.
pub fn assert_ranges(text: &str, ranges: &[Range<usize>]) {
    let mut end = 0;
    for range in ranges {
        assert!(
            range.start >= end && range.start < range.end,
            "{ranges:?} are out of order"
        );
        assert!(
            text.get(range.clone()).is_some(),
            "{range:?} is no part of {text:?}"
        );
        end = range.end;
    }
}

/// What marks go through: `text`, then what happens in it.
fn whole(text: &str, events: &[Event]) -> String {
    let events = events.iter().map(|event| event.text.as_str());
    std::iter::once(text).chain(events).collect()
}

fn assert_counts(searcher: &Searcher, answer: &Answer) {
    let collection = searcher.pack().collection();
    let facets = &answer.facets;
    for (id, count) in &facets.speakers {
        assert!(id.index() < collection.speakers.len() && *count <= answer.total);
    }
    let mut in_meetings = 0;
    for (id, count) in &facets.meetings {
        assert!(id.index() < collection.meetings.len());
        in_meetings += count;
    }
    assert_eq!(in_meetings, answer.total, "every hit is in one meeting");
}
