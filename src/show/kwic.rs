//! Key words in context: every match on a line of its own.

use std::ops::Range;

use turnsearch_model::TurnId;
use turnsearch_text::part;

use crate::find::plan::Plan;
use crate::index::Index;
use crate::show::marks::{display_text, marks_in};

/// A match with the text around it, line breaks as blanks. Of events the line has the one in which
/// the match is, if it is in one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Kwic {
    /// The turn.
    pub turn: TurnId,
    /// The text before the match.
    pub before: String,
    /// The match.
    pub hit: String,
    /// The text after the match.
    pub after: String,
}

/// The matches in `turn`, each with `width` characters of text before and after it.
pub(crate) fn kwic(index: &Index, turn: TurnId, plan: &Plan, width: usize) -> Vec<Kwic> {
    let text = display_text(index, turn);
    let mut lines = Vec::new();
    for (entry, event) in index.events_of(turn).filter_map(|at| index.event(at)) {
        let at = if text.is_char_boundary(event.offset) {
            event.offset
        } else {
            text.len()
        };
        let with_event = [&text[..at], &event.text, &text[at..]].concat();
        let mut marks = Vec::new();
        marks_in(index, entry, plan, &event.text, at, &mut marks);
        for mark in marks {
            lines.push((at, line(turn, &with_event, mark, width)));
        }
    }
    let mut marks = Vec::new();
    marks_in(index, turn, plan, &text, 0, &mut marks);
    for mark in marks {
        lines.push((mark.start, line(turn, &text, mark, width)));
    }
    lines.sort_by_key(|(at, _)| *at);
    lines.into_iter().map(|(_, line)| line).collect()
}

/// The part of `text` that `mark` marks, with `width` characters before and after it.
fn line(turn: TurnId, text: &str, mark: Range<usize>, width: usize) -> Kwic {
    let before = text[..mark.start]
        .char_indices()
        .rev()
        .take(width)
        .last()
        .map_or(mark.start, |(at, _)| at);
    let after = text[mark.end..]
        .char_indices()
        .nth(width)
        .map_or(text.len(), |(at, _)| mark.end + at);
    let on_one_line = |range| part(text, range).replace('\n', " ");
    Kwic {
        turn,
        before: on_one_line(before..mark.start),
        hit: on_one_line(mark.clone()),
        after: on_one_line(mark.end..after),
    }
}
