//! The places in a displayed text, and in the events of a turn, that match.

use std::ops::Range;

use turnsearch_model::TurnId;
use turnsearch_text::fold_start_with_spans;

use crate::compact::order::unpair;
use crate::find::plan::Plan;
use crate::index::Index;

/// What happens in a turn, and where it matches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MarkedEvent {
    /// UTF-8 offset in the text that it is shown with, before which it happens; at most its length.
    pub offset: usize,
    /// The event as printed, brackets included.
    pub text: String,
    /// The matches in it, UTF-8 offsets, in order and apart; none where it does not match.
    pub marks: Vec<Range<usize>>,
}

/// The matches of `plan` in the displayed text of `turn`: UTF-8 ranges in order, apart.
pub(crate) fn marks(index: &Index, turn: TurnId, plan: &Plan) -> Vec<Range<usize>> {
    marks_in(index, turn, plan, &display_text(index, turn))
}

/// The events of `turn`, of which `text` is the displayed text, with the matches of `plan` in them.
pub(crate) fn events_in(index: &Index, turn: TurnId, plan: &Plan, text: &str) -> Vec<MarkedEvent> {
    let mut events = Vec::new();
    for (entry, event) in index.events_of(turn) {
        let is_inside = text.is_char_boundary(event.offset);
        events.push(MarkedEvent {
            offset: if is_inside { event.offset } else { text.len() },
            text: event.text.clone(),
            marks: marks_in(index, entry, plan, &event.text),
        });
    }
    events
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

pub(crate) fn display_text(index: &Index, turn: TurnId) -> String {
    index.pack.text(turn).unwrap_or_default()
}
