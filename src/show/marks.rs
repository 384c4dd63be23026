//! The places in a displayed text, and in the events of a turn, that match.

use std::ops::Range;

use turnsearch_model::TurnId;
use turnsearch_text::fold_start_with_spans;

use crate::compact::order::unpair;
use crate::find::plan::Plan;
use crate::index::Index;

/// Adds to `marks` the matches of `plan` in `text`, the displayed text of an entry of the corpus,
/// which begins at `from` as marks go.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(super) fn marks_in(
    index: &Index,
    entry: TurnId,
    plan: &Plan,
    text: &str,
    from: usize,
    marks: &mut Vec<Range<usize>>,
) {
    let start = index.corpus.turn_range(entry).start;
    let places = plan.places_in(entry);
    let mut end = start;
    for &place in &places {
        let (at, length) = unpair(place);
        end = end.max((at + length) as usize);
    }
    if places.is_empty() {
        return;
    }
    let folded = fold_start_with_spans(text, index.fold_table(), end - start);
    for place in places {
        let (at, length) = unpair(place);
        let at = at as usize - start;
        let range = folded.display_range(at..at + length as usize);
        let range = from + range.start..from + range.end;
        match marks.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => marks.push(range),
        }
    }
}

pub(super) fn display_text(index: &Index, turn: TurnId) -> String {
    index.pack.text(turn).unwrap_or_default()
}
