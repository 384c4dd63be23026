//! The places in a displayed text, and in the events of a turn, that match.

use std::ops::Range;

use turnsearch_model::{Event, TurnId};
use turnsearch_text::fold_start_with_spans;

use crate::compact::order::unpair;
use crate::find::plan::Plan;
use crate::index::Index;

/// What happens in a turn, and the matches in its text.
pub(super) type MarkedEvent<'p> = (&'p Event, Vec<Range<usize>>);

/// The events of `turn`, with the matches of `plan` in the text of each: UTF-8 ranges in order,
/// apart; mostly none.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(super) fn events_in<'i>(index: &'i Index, turn: TurnId, plan: &Plan) -> Vec<MarkedEvent<'i>> {
    let (first, events) = index.events_of(turn);
    let mut marked = Vec::new();
    for (entry, event) in (first..).zip(events) {
        marked.push((event, marks_in(index, TurnId(entry), plan, &event.text)));
    }
    marked
}

/// The matches of `plan` in `text`, the displayed text of an entry of the corpus.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(super) fn marks_in(index: &Index, entry: TurnId, plan: &Plan, text: &str) -> Vec<Range<usize>> {
    let start = index.corpus.turn_range(entry).start;
    let places = plan.places_in(entry);
    let mut end = start;
    for &place in &places {
        let (at, length) = unpair(place);
        end = end.max((at + length) as usize);
    }
    let mut marks: Vec<Range<usize>> = Vec::new();
    if places.is_empty() {
        return marks;
    }
    let folded = fold_start_with_spans(text, index.fold_table(), end - start);
    for place in places {
        let (at, length) = unpair(place);
        let at = at as usize - start;
        let range = folded.display_range(at..at + length as usize);
        match marks.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => marks.push(range),
        }
    }
    marks
}

pub(super) fn display_text(index: &Index, turn: TurnId) -> String {
    index.pack.text(turn).unwrap_or_default()
}
