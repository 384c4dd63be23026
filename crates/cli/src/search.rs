//! `turnsearch search` and `turnsearch suggest`.

use std::ops::Range;
use std::time::Instant;

use clap::Args;
use serde_json::{Value, json};
use turnsearch::{Answer, Facets, Filter, Hit, Request, Searcher, Snippet, Sort, TurnInfo};

use crate::error::CliError;
use crate::output::Lines;
use crate::source::{Inputs, searcher};

#[derive(Debug, Args)]
pub struct SearchArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// What to look for; with a filter it may be empty.
    #[arg(long, default_value = "", allow_hyphen_values = true)]
    query: String,
    /// How many hits to print.
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// How many hits to skip.
    #[arg(long, default_value_t = 0)]
    offset: usize,
    /// Only turns of this speaker, by any name or alias; may be repeated.
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,
    /// Only turns of this meeting, by its source, slug, or words of its title; may be repeated.
    #[arg(long, value_name = "NAME")]
    meeting: Vec<String>,
    /// Only turns of meetings in this year; may be repeated.
    #[arg(long, value_name = "YYYY")]
    year: Vec<String>,
    /// Order of the hits.
    #[arg(long, default_value = "relevance", value_parser = ["relevance", "time", "meeting"])]
    sort: String,
    /// Treat the query as unfinished: its last word also matches as a beginning.
    #[arg(long)]
    typing: bool,
    /// Say of each hit what its score is made of.
    #[arg(long)]
    explain: bool,
    /// Print lines with the match in the middle instead, with this many characters on either side.
    #[arg(long, value_name = "WIDTH")]
    kwic: Option<usize>,
}

#[derive(Debug, Args)]
pub struct SuggestArguments {
    #[command(flatten)]
    inputs: Inputs,
    /// What was typed so far.
    #[arg(long, allow_hyphen_values = true)]
    query: String,
    /// How many suggestions to print.
    #[arg(long, default_value_t = 10)]
    limit: usize,
}

/// Searches and prints an answer line, then a line for each hit: with the events of the snippet, if
/// some match.
///
/// # Errors
/// Where the inputs are bad, or a filter names nobody.
pub fn search(arguments: &SearchArguments) -> Result<(), CliError> {
    let searcher = searcher(&arguments.inputs)?;
    let request = Request {
        query: arguments.query.clone(),
        limit: arguments.limit,
        offset: arguments.offset,
        sort: Sort::from_name(&arguments.sort).unwrap_or_default(),
        typing: arguments.typing,
        filter: filter(arguments, &searcher)?,
    };
    let started = Instant::now();
    let answer = if arguments.explain {
        searcher.explain(&request)
    } else {
        searcher.search(&request)
    };
    let micros = started.elapsed().as_micros() as u64;

    let mut lines = Lines::open();
    lines.print(&answer_line(&request.query, &answer, &searcher, micros))?;
    if let Some(width) = arguments.kwic {
        for line in searcher.kwic(&request, width) {
            let turn = searcher.pack().turn(line.turn);
            lines.print(&json!({ "source": source(&searcher, turn), "n": turn.map(|turn| turn.n), "speaker": speaker(&searcher, turn), "before": line.before, "match": line.hit, "after": line.after }))?;
        }
        return lines.finish();
    }
    for (at, hit) in answer.hits.iter().enumerate() {
        lines.print(&hit_line(
            arguments.offset + at + 1,
            hit,
            &answer,
            &searcher,
            arguments.explain,
        ))?;
    }
    lines.finish()
}

/// Prints a line for each suggestion.
///
/// # Errors
/// Where the inputs are bad.
pub fn suggest(arguments: &SuggestArguments) -> Result<(), CliError> {
    let searcher = searcher(&arguments.inputs)?;
    let mut lines = Lines::open();
    for suggestion in searcher.suggest(&arguments.query, arguments.limit) {
        lines.print(&json!({
            "kind": suggestion.kind.as_str(), "text": suggestion.text, "insert": suggestion.insert,
            "detail": suggestion.detail, "turns": suggestion.turns,
        }))?;
    }
    lines.finish()
}

fn filter(arguments: &SearchArguments, searcher: &Searcher) -> Result<Filter, CliError> {
    Ok(Filter {
        speakers: called(&arguments.speaker, "speaker", |name| {
            searcher.speakers_called(name)
        })?,
        meetings: called(&arguments.meeting, "meeting", |name| {
            searcher.meetings_called(name)
        })?,
        years: arguments.year.clone(),
    })
}

/// Whatever `find` finds under each of `names`.
fn called<Id>(
    names: &[String],
    what: &'static str,
    find: impl Fn(&str) -> Vec<Id>,
) -> Result<Vec<Id>, CliError> {
    let mut ids = Vec::new();
    for name in names {
        let found = find(name);
        if found.is_empty() {
            let hint = format!(
                "`turnsearch search … --query '' --{what} NAME` takes any name that `turnsearch turns` prints"
            );
            return Err(CliError::Unknown {
                what,
                name: name.clone(),
                hint,
            });
        }
        ids.extend(found);
    }
    Ok(ids)
}

fn answer_line(query: &str, answer: &Answer, searcher: &Searcher, micros: u64) -> Value {
    let notes: Vec<Value> = answer
        .notes
        .iter()
        .map(|note| json!({ "kind": note.kind.as_str(), "terms": note.terms, "more": note.more }))
        .collect();
    json!({
        "query": query, "total": answer.total, "matched": answer.matched.as_str(),
        "facets": facets(&answer.facets, searcher), "notes": notes, "micros": micros,
    })
}

fn facets(facets: &Facets, searcher: &Searcher) -> Value {
    let collection = searcher.pack().collection();
    let speakers = facets.speakers.iter().map(|(speaker, turns)| json!({ "speaker": collection.speakers[speaker.index()].name, "turns": turns }));
    let meetings = facets.meetings.iter().map(|(meeting, turns)| json!({ "source": collection.meetings[meeting.index()].source, "turns": turns }));
    let years = facets
        .years
        .iter()
        .map(|(year, turns)| json!({ "year": year, "turns": turns }));
    json!({ "speakers": speakers.collect::<Vec<_>>(), "meetings": meetings.collect::<Vec<_>>(), "years": years.collect::<Vec<_>>() })
}

fn hit_line(rank: usize, hit: &Hit, answer: &Answer, searcher: &Searcher, explain: bool) -> Value {
    let turn = searcher.pack().turn(hit.turn);
    let mut line = json!({
        "rank": rank, "source": source(searcher, turn), "n": turn.map(|turn| turn.n),
        "speaker": speaker(searcher, turn), "score": hit.score,
        "matched": answer.matched.as_str(),
        "snippet": pieces(&hit.snippet.text, 0, &hit.snippet.marks),
    });
    let events = events(&hit.snippet);
    if !events.is_empty() {
        line["events"] = events.into();
    }
    if explain {
        line["explanation"] = hit
            .explanation
            .iter()
            .map(|(what, value)| json!([what, value]))
            .collect();
    }
    line
}

fn source<'s>(searcher: &'s Searcher, turn: Option<TurnInfo>) -> Option<&'s str> {
    let meetings = &searcher.pack().collection().meetings;
    Some(&meetings[turn?.meeting.index()].source)
}

fn speaker<'s>(searcher: &'s Searcher, turn: Option<TurnInfo>) -> Option<&'s str> {
    let speakers = &searcher.pack().collection().speakers;
    Some(&speakers[turn?.speaker?.index()].name)
}

/// The events of a snippet, each with its UTF-8 offset.
fn events(snippet: &Snippet) -> Vec<Value> {
    let mut start = snippet.text.len();
    let mut events = Vec::new();
    for event in &snippet.events {
        let pieces = pieces(&event.text, start, &snippet.marks);
        events.push(json!({ "offset": event.offset, "event": pieces }));
        start += event.text.len();
    }
    events
}

/// A text with those of the `marks` that lie in it, as a list of `[text, is_match]`. To the marks
/// it begins at `start`.
fn pieces<'t>(text: &'t str, start: usize, marks: &[Range<usize>]) -> Vec<(&'t str, bool)> {
    let mut pieces = Vec::new();
    let mut at = 0;
    let in_text = |mark: &&Range<usize>| mark.start >= start && mark.end <= start + text.len();
    for mark in marks.iter().filter(in_text) {
        let mark = mark.start - start..mark.end - start;
        pieces.push((&text[at..mark.start], false));
        pieces.push((&text[mark.clone()], true));
        at = mark.end;
    }
    pieces.push((&text[at..], false));
    pieces.retain(|(text, _)| !text.is_empty());
    pieces
}
