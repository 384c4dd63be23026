//! A turn in pieces: its paragraphs, with the stage directions where they happened.

use turnsearch_model::{Speaker, Turn};
use turnsearch_transcript::entity;
use turnsearch_transcript::script::joint;

/// Headings of Markdown and HTML are not deeper than this.
const MAX_LEVEL: usize = 6;

/// In place of a name where nobody is known, and the speaker above would go on without one.
pub const NOBODY: &str = "?";

/// Where nothing keeps a name apart: somebody speaks, and it is not known who.
pub const SOMEBODY: &str = ">> ";

/// The name of the speaker of a turn.
pub fn name_of<'s>(turn: &Turn, speakers: &'s [Speaker]) -> Option<&'s str> {
    let speaker = speakers.get(turn.speaker?.index())?;
    Some(speaker.name.as_str())
}

/// A piece of a turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Some of its text.
    Text(&'t str),
    /// A stage direction, as printed.
    Event(&'t str),
}

/// The paragraphs of a turn, each as its text with the events at their places.
pub fn paragraphs(turn: &Turn) -> Vec<Vec<Piece<'_>>> {
    let mut paragraphs = Vec::new();
    let mut events = turn.events.iter().peekable();
    let mut start = 0;
    for paragraph in turn.text.split('\n') {
        let end = start + paragraph.len();
        let mut pieces = Vec::new();
        let mut from = start;
        while let Some(event) = events.next_if(|event| event.offset <= end) {
            let at = event.offset.clamp(from, end);
            if let Some(text) = turn.text.get(from..at).filter(|text| !text.is_empty()) {
                pieces.push(Piece::Text(text));
            }
            pieces.push(Piece::Event(&event.text));
            from = at;
        }
        if let Some(text) = turn.text.get(from..end).filter(|text| !text.is_empty()) {
            pieces.push(Piece::Text(text));
        }
        if !pieces.is_empty() {
            paragraphs.push(pieces);
        }
        start = end + 1;
    }
    paragraphs
}

/// The paragraphs of a turn, each as one string.
pub fn lines(turn: &Turn) -> Vec<String> {
    let paragraphs = paragraphs(turn);
    paragraphs.iter().map(|pieces| inline(pieces)).collect()
}

/// The headings of a turn that are not those of the turn above, each with its level on a page
/// whose title has the first.
pub fn new_headings<'t>(
    above: &[String],
    turn: &'t Turn,
) -> impl Iterator<Item = (usize, &'t str)> + use<'t> {
    let pairs = above.iter().zip(&turn.heading);
    let same = pairs.take_while(|(above, here)| above == here).count();
    let headings = turn.heading.iter().enumerate().skip(same);
    headings.map(|(depth, heading)| ((depth + 2).min(MAX_LEVEL), heading.as_str()))
}

/// A paragraph as one string, events in it as they are printed.
pub fn inline(pieces: &[Piece]) -> String {
    let mut line = String::new();
    for piece in pieces {
        let (Piece::Text(text) | Piece::Event(text)) = *piece;
        let ends = line.chars().next_back().zip(text.chars().next());
        if let Some((last, next)) = ends
            && !last.is_whitespace()
            && !next.is_whitespace()
        {
            line.push_str(joint(last, next));
        }
        line.push_str(text);
    }
    line
}

/// The text with `&amp;` in place of each `&` that would begin a reference where references are
/// resolved.
pub fn with_references(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        if c == '&' && entity::opening(&text[at..]).is_some() {
            out.push_str("&amp;");
        } else {
            out.push(c);
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use turnsearch_model::Event;

    #[test]
    fn events_stand_where_they_happened() {
        let event = |offset, text: &str| Event {
            offset,
            text: text.to_owned(),
        };
        let turn = Turn {
            text: "好。谢谢\nOne two".to_owned(),
            events: vec![event(6, "（笑）"), event(17, "[x]"), event(20, "[y]")],
            ..Turn::default()
        };
        let pieces = paragraphs(&turn);
        assert_eq!(
            pieces[0],
            [
                Piece::Text("好。"),
                Piece::Event("（笑）"),
                Piece::Text("谢谢")
            ]
        );
        assert_eq!(inline(&pieces[1]), "One [x] two [y]");
    }
}
