//! Events are found as what is said, held against the naive oracle, and shown as events.

mod common;

use std::collections::BTreeSet;

use common::{entries, folded_texts, naive, scan, searcher_of};
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};
use turnsearch::{Filter, Matched, Request, Searcher, Sort, TurnId};

fn request(query: &str) -> Request {
    Request {
        query: query.to_owned(),
        limit: usize::MAX,
        ..Request::default()
    }
}

/// The turns that an exact answer has, best first.
fn exact(searcher: &Searcher, query: &str) -> Vec<u32> {
    let answer = searcher.search(&request(query));
    assert!(
        answer.total == 0 || answer.matched == Matched::Exact,
        "{query}: {:?}",
        answer.matched
    );
    answer.hits.iter().map(|hit| hit.turn.0).collect()
}

fn meeting() -> Searcher {
    searcher_of(&[
        "# 2013-07-15 Opening",
        "Ann Lee: Thank you all {[Loud applause]} for coming.",
        "Bob Ray: No applause for me, thank you, and no applause for them.",
        "Ann Lee: {（笑聲）}",
        "# 2019-03-12 Closing",
        "Bob Ray: A vote is taken. {[Bob Ray leaves the room]}",
        "Cid Poe: Thank you {[Laughter]}, and thank you {[Applause]}.",
        "Cid Poe: Nothing happens.",
    ])
}

#[test]
fn every_way_of_asking_finds_events() {
    let searcher = meeting();
    assert_eq!(exact(&searcher, "laughter"), [4]);
    assert_eq!(exact(&searcher, "[Laughter]"), [4]);
    assert_eq!(exact(&searcher, "ＬＡＵＧＨＴＥＲ"), [4]);
    assert_eq!(exact(&searcher, "\"leaves the room\""), [3]);
    assert_eq!(exact(&searcher, "笑声"), [2], "folded as texts are");
    assert_eq!(exact(&searcher, "laugh"), [] as [u32; 0], "words are whole");
    let typing = Request {
        typing: true,
        ..request("laugh")
    };
    assert_eq!(searcher.search(&typing).total, 1);
    assert_eq!(exact(&searcher, "vote leaves"), [3], "one said, one not");
    let apart = searcher.search(&request("loud laughter"));
    assert_eq!(apart.matched, Matched::Words, "they are in two turns");
    assert_eq!(apart.total, 2);
    assert_eq!(
        exact(&searcher, "\"thank you all for coming\""),
        [0],
        "an event does not interrupt a phrase"
    );
    assert_eq!(exact(&searcher, "Bob Ray"), [1, 3], "found once");
}

#[test]
fn what_only_happens_comes_after_what_is_said() {
    let searcher = meeting();
    assert_eq!(exact(&searcher, "applause"), [1, 0, 4]);
    assert_eq!(exact(&searcher, "thank applause")[0], 1);
    let answer = searcher.search(&request("applause"));
    let scores: Vec<f32> = answer.hits.iter().map(|hit| hit.score).collect();
    assert!(scores[0] > 0.0 && scores[1..] == [0.0, 0.0], "{scores:?}");
    assert_eq!(
        exact(&searcher, "ray"),
        [3],
        "the name of the speaker lifts no event"
    );
    assert_eq!(searcher.search(&request("ray")).hits[0].score, 0.0);
}

#[test]
fn filters_exclusions_and_alternatives_take_events_as_said() {
    let searcher = meeting();
    assert_eq!(exact(&searcher, "thank -applause"), [] as [u32; 0]);
    let mut others = exact(&searcher, "thank -laughter");
    others.sort_unstable();
    assert_eq!(others, [0, 1]);
    assert_eq!(exact(&searcher, "laughter OR 笑聲"), [2, 4]);
    assert_eq!(exact(&searcher, "applause speaker:ann"), [0]);
    assert_eq!(exact(&searcher, "applause after:2019"), [4]);
    assert_eq!(exact(&searcher, "applause meeting:opening"), [1, 0]);
    let filter = Filter {
        years: vec!["2019".to_owned()],
        ..Filter::default()
    };
    let answer = searcher.search(&Request {
        filter,
        ..request("applause")
    });
    assert_eq!((answer.total, answer.hits[0].turn), (1, TurnId(4)));
    let meetings: Vec<usize> = answer.facets.meetings.iter().map(|(_, n)| *n).collect();
    assert_eq!(meetings, [1], "the filter of years applies");
    let counts = searcher.search(&request("applause")).facets.speakers;
    assert_eq!(counts.iter().map(|(_, n)| n).sum::<usize>(), 3);
}

#[test]
fn a_snippet_has_the_events_that_match() {
    let searcher = meeting();
    let answer = searcher.search(&request("thank laughter"));
    let snippet = &answer.hits[0].snippet;
    assert_eq!(snippet.text, "Thank you , and thank you .");
    let [event] = &snippet.events[..] else {
        panic!("{:?}", snippet.events);
    };
    assert_eq!((event.offset, event.text.as_str()), (10, "[Laughter]"));
    assert_eq!(
        snippet.marks,
        [0..5, 16..21, 28..36],
        "on through the event"
    );
    // A turn has all of its events.
    let found = searcher.find("thank applause", false);
    assert_eq!(searcher.marks(&found, TurnId(4)), [0..5, 16..21, 38..46]);
    let answer = searcher.search(&request("笑声"));
    assert_eq!(answer.hits[0].snippet.text, "", "nothing is said");
    assert_eq!(answer.hits[0].snippet.events[0].text, "（笑聲）");
}

#[test]
fn a_snippet_of_a_long_turn_is_where_the_event_is() {
    let long = "Words go on. ".repeat(200);
    let line = format!("Ann: {long}Before it. {{[Gavel]}} After it. {long}");
    let searcher = searcher_of(&[&line]);
    let answer = searcher.search(&request("gavel"));
    let snippet = &answer.hits[0].snippet;
    let event = &snippet.events[0];
    assert!(snippet.text[..event.offset].ends_with("Before it. "));
    assert!(snippet.text[event.offset..].starts_with(" After it."));
    assert!(snippet.cut_before && snippet.cut_after && snippet.text.len() < 300);
}

#[test]
fn lines_and_dispersion_have_events_in_their_places() {
    let searcher = meeting();
    let lines: Vec<_> = searcher
        .kwic(&request("thank OR laughter"), 8)
        .into_iter()
        .filter(|line| line.turn == TurnId(4))
        .map(|line| (line.before, line.hit, line.after))
        .collect();
    let expected = [
        ("", "Thank", " you , a"),
        ("nk you [", "Laughter", "], and t"),
        ("u , and ", "thank", " you ."),
    ];
    let expected = expected.map(|(before, hit, after)| (before.into(), hit.into(), after.into()));
    assert_eq!(lines, expected);
    let found = searcher.find("thank OR laughter", false);
    let strips = searcher.dispersion(&found, &Filter::default());
    assert_eq!(strips[1].turns, [4, 4, 4].map(TurnId));
    let [first, second, event] = strips[1].positions[..] else {
        panic!("{strips:?}");
    };
    assert!(first < event && event < second);
}

/// A turn's text with its events between `{` and `}`.
fn turn() -> impl Strategy<Value = String> {
    let piece = prop_oneof!["[ab ,多利声]{0,4}", "\\{[\\[(]?[ab 多聲]{0,4}\\]?\\}"];
    prop::collection::vec(piece, 0..5).prop_map(|pieces| format!("Zed: {}", pieces.concat()))
}

proptest! {
    #![proptest_config(Config {
        cases: 500,
        rng_seed: RngSeed::Fixed(3),
        failure_persistence: None,
        ..Config::default()
    })]

    #[test]
    fn search_finds_what_a_scan_of_texts_and_events_finds(
        turns in prop::collection::vec(turn(), 1..12),
        parts in prop::array::uniform3("[ab多利声聲]{1,2}"),
        shape in 0..4usize,
    ) {
        let lines: Vec<&str> = turns.iter().map(String::as_str).collect();
        let searcher = searcher_of(&lines);
        let table = searcher.pack().fold_table();
        let (said, all) = (folded_texts(&searcher), entries(&searcher));
        let found_in = |needle: &String| scan(&all, table, needle);
        let [a, b, c] = &parts;
        let [in_a, in_b, in_c] = parts.each_ref().map(found_in);
        let (query, wanted, expected) = match shape {
            0 => (format!("\"{a}\" \"{b}\""), &parts[..2], &in_a & &in_b),
            1 => (format!("\"{a}\" OR \"{b}\""), &parts[..2], &in_a | &in_b),
            2 => (format!("\"{a}\" -\"{b}\""), &parts[..1], &in_a - &in_b),
            _ => (
                format!("\"{a}\" | \"{b}\" -\"{c}\""),
                &parts[..2],
                &(&in_a | &in_b) - &in_c,
            ),
        };
        let answer = searcher.search(&request(&query));
        if expected.is_empty() {
            prop_assert!(answer.total == 0 || answer.matched != Matched::Exact);
            return Ok(());
        }
        prop_assert_eq!(answer.matched, Matched::Exact);
        let order: Vec<u32> = answer.hits.iter().map(|hit| hit.turn.0).collect();
        let found: BTreeSet<u32> = order.iter().copied().collect();
        prop_assert_eq!(&found, &expected, "{}", query);
        prop_assert_eq!(answer.total, order.len());

        // What is said comes before what only happens.
        let mut spoken = BTreeSet::new();
        for part in wanted {
            spoken.extend(naive(&said, table, part));
        }
        // An ambiguous character alone may stand for another one only where no event has it.
        if wanted.iter().any(|part| part.contains('聲')) {
            return Ok(());
        }
        prop_assert!(order.is_sorted_by_key(|turn| !spoken.contains(turn)), "{:?}", order);

        // Each is shown where it matches.
        let found = searcher.find(&query, false);
        let mut matches = 0;
        for hit in &answer.hits {
            let marks = searcher.marks(&found, hit.turn);
            let length = searcher.pack().text(hit.turn).unwrap_or_default().len();
            let in_text = marks.iter().filter(|mark| mark.start < length).count();
            prop_assert_eq!(in_text > 0, spoken.contains(&hit.turn.0));
            prop_assert!(!marks.is_empty());
            // Short turns are shown whole, with those events that match.
            let snippet = &hit.snippet;
            prop_assert_eq!(&snippet.marks[..in_text], &marks[..in_text]);
            prop_assert_eq!(snippet.marks.len(), marks.len());
            let all = searcher.pack().columns().events(hit.turn);
            prop_assert_eq!(snippet.events.is_empty(), in_text == marks.len());
            prop_assert!(snippet.events.iter().all(|event| all.contains(event)));
            matches += marks.len();
        }
        let strips = searcher.dispersion(&found, &Filter::default());
        let ticks: Vec<u32> = strips
            .iter()
            .flat_map(|strip| strip.turns.iter().map(|turn| turn.0))
            .collect();
        prop_assert_eq!(&ticks.iter().copied().collect::<BTreeSet<u32>>(), &expected);
        prop_assert!(ticks.len() >= matches, "{} of {}", ticks.len(), matches);
        for sort in [Sort::Time, Sort::Meeting] {
            let sorted = searcher.search(&Request { sort, ..request(&query) });
            let turns: BTreeSet<u32> = sorted.hits.iter().map(|hit| hit.turn.0).collect();
            prop_assert_eq!(&turns, &expected);
        }
    }
}
