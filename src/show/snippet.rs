//! The part of a turn that shows why it was found.

use std::ops::Range;

use turnsearch_model::{Event, TurnId};
use turnsearch_text::part;

use crate::find::plan::Plan;
use crate::index::Index;
use crate::show::marks::{display_text, marks_in};
use crate::show::ruler::Ruler;

/// Width of a snippet, in half-width columns: two lines of a phone, one and a half of a desktop.
const WIDTH: usize = 160;
/// Of so many matches, the first in the turn, the snippet shows those that stand best: a short word
/// stands in a long turn hundreds of times.
const MOST_WEIGHED: usize = 64;
/// A cut moves outward to the end of a sentence or clause if one is this near, in columns.
const CLAUSE_REACH: usize = 24;

/// A part of a turn's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// The matches in it, UTF-8 offsets, in order and apart. They go on through the texts of the
    /// events: the first begins where the text ends, each other where the one before ends.
    pub marks: Vec<Range<usize>>,
    /// What happens in it and matches, in order, with UTF-8 offsets into it; in a whole turn, all
    /// that happens. Of a forged pack they can lie beyond its end, or inside a character.
    pub events: Vec<Event>,
    /// Whether the turn has text before it.
    pub cut_before: bool,
    /// Whether the turn has text after it.
    pub cut_after: bool,
}

/// The snippet of `turn` for `plan`, or the `whole` turn with all of its events.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(crate) fn snippet(index: &Index, turn: TurnId, plan: &Plan, whole: bool) -> Snippet {
    let text = display_text(index, turn);
    let mut places = Vec::new();
    marks_in(index, turn, plan, &text, 0, &mut places);
    let mut window = 0..text.len();
    let happening = || index.events_of(turn).filter_map(|at| index.event(at));
    if !whole {
        for (entry, event) in happening() {
            if !plan.places_in(entry).is_empty() {
                // In the text an event takes no room.
                let at = places.partition_point(|place: &Range<usize>| place.start <= event.offset);
                places.insert(at, event.offset..event.offset);
            }
        }
        window = self::window(&text, &places);
    }
    let mut marks = Vec::new();
    for place in places {
        if !place.is_empty() && place.start < window.end && place.end > window.start {
            let start = place.start.max(window.start) - window.start;
            marks.push(start..place.end.min(window.end) - window.start);
        }
    }
    let shown = part(&text, window.clone());
    let mut start = shown.len();
    let mut events = Vec::new();
    for (entry, event) in happening() {
        let offset = event.offset.wrapping_sub(window.start);
        if whole || offset <= window.len() && !plan.places_in(entry).is_empty() {
            marks_in(index, entry, plan, &event.text, start, &mut marks);
            start += event.text.len();
            let text = event.text.clone();
            events.push(Event { offset, text });
        }
    }
    Snippet {
        text: shown.to_owned(),
        marks,
        events,
        cut_before: window.start > 0,
        cut_after: window.end < text.len(),
    }
}

/// The stretch of about [`WIDTH`] columns that holds the most different matches, moved to where
/// sentences and clauses begin and end.
#[inline(never)] // A seam: browsers compile small functions faster.
fn window(text: &str, marks: &[Range<usize>]) -> Range<usize> {
    let marks = marks.get(..MOST_WEIGHED).unwrap_or(marks);
    let ruler = Ruler::of(text);
    if ruler.total() <= WIDTH {
        return 0..text.len();
    }
    let Some(first) = marks.first() else {
        return 0..ruler.clause_end(text, ruler.offset(WIDTH), CLAUSE_REACH);
    };
    let mut best = (0, first.start, first.end);
    let mut rest = marks;
    while let [mark, others @ ..] = rest {
        let most = ruler.at(mark.start) + WIDTH * 3 / 4;
        let (distinct, end) = ruler.distinct(text, rest, most);
        if distinct > best.0 {
            best = (distinct, mark.start, end);
        }
        rest = others;
    }
    let (_, start, end) = best;
    let spare = WIDTH.saturating_sub(ruler.at(end) - ruler.at(start));
    // A third of the room goes before the match: what follows says more.
    let from = ruler.at(start).saturating_sub(spare / 3);
    let start = ruler.clause_start(text, ruler.offset(from), start, CLAUSE_REACH);
    let to = ruler.at(start) + WIDTH.max(ruler.at(end) - ruler.at(start));
    let end = ruler.clause_end(text, ruler.offset(to).max(end), CLAUSE_REACH);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_texts_stay_whole() {
        assert_eq!(window("只有一句话。", std::slice::from_ref(&(0..3))), 0..18);
    }

    #[test]
    fn the_window_begins_and_ends_with_clauses_and_holds_the_match() {
        let text =
            "前面的话说了很多。".repeat(20) + "这里有关键词，" + &"后面的话也很多。".repeat(20);
        let at = text.find("关键词").expect("it is there");
        let mark = at..at + "关键词".len();
        let window = window(&text, std::slice::from_ref(&mark));
        assert!(window.start <= mark.start && window.end >= mark.end);
        assert!(
            text[..window.start].ends_with('。') && text[window.clone()].ends_with(['。', '，'])
        );
        assert!(Ruler::of(&text[window]).total() <= WIDTH + 2 * CLAUSE_REACH);
    }

    #[test]
    fn the_window_with_the_most_different_matches_wins() {
        let text = [
            "甲甲".to_owned(),
            "话".repeat(200),
            "甲甲乙乙".to_owned(),
            "话".repeat(200),
        ]
        .concat();
        let late = text.rfind("甲甲").expect("it is there");
        let marks = [0..6, late..late + 6, late + 6..late + 12];
        let window = window(&text, &marks);
        assert!(window.contains(&late) && !window.contains(&0));
    }
}
