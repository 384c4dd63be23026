//! The places in a displayed text that match.

use std::ops::Range;

use turnsearch_model::TurnId;
use turnsearch_text::fold_start_with_spans;

use crate::compact::order::unpair;
use crate::find::plan::Plan;
use crate::index::Index;

/// The matches of `plan` in the displayed text of `turn`: UTF-8 ranges in order, apart.
pub(crate) fn marks(index: &Index, turn: TurnId, plan: &Plan) -> Vec<Range<usize>> {
    marks_in(index, turn, plan, &display_text(index, turn))
}

#[inline(never)] // A seam: browsers compile small functions faster.
pub(super) fn marks_in(index: &Index, turn: TurnId, plan: &Plan, text: &str) -> Vec<Range<usize>> {
    let start = index.corpus.turn_range(turn).start;
    let places = plan.places_in(turn);
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
