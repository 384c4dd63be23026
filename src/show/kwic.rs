//! Key words in context: every match on a line of its own.

use std::ops::Range;

use turnsearch_model::TurnId;
use turnsearch_text::part;

use crate::find::plan::Plan;
use crate::index::Index;
use crate::show::marks::{display_text, marks_in};

/// A match with the text around it, line breaks as blanks.
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
    let on_one_line = |part: &str| part.replace('\n', " ");
    let line = |mark: Range<usize>| {
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
        Kwic {
            turn,
            before: on_one_line(part(&text, before..mark.start)),
            hit: on_one_line(part(&text, mark.clone())),
            after: on_one_line(part(&text, mark.end..after)),
        }
    };
    marks_in(index, turn, plan, &text)
        .into_iter()
        .map(line)
        .collect()
}
