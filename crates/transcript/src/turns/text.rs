//! From pieces of a source to one normalised string.

use std::collections::HashMap;
use std::ops::Range;

use turnsearch_model::Event;
use unicode_normalization::char::compose;

use crate::signs::script::joint;
use crate::signs::stage;
use crate::turns::marks::Marks;

/// What lies between a piece and the one before it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Break {
    /// A line end that a page or a column made.
    Wrap,
    /// The end of a paragraph or of a list item.
    Paragraph,
}

/// Latin words and numbers of the source, counted where no line end touches them. They tell a
/// word that a line end cut in two from two words.
#[derive(Debug, Default)]
pub(crate) struct Words<'a>(HashMap<&'a str, u32>);

impl<'a> Words<'a> {
    /// Counts the words of all lines, leaving out the first and the last of each.
    pub fn count(lines: impl Iterator<Item = &'a str>) -> Words<'a> {
        let mut counts = HashMap::new();
        for line in lines {
            let mut inner = line
                .split(|c: char| !c.is_ascii_alphanumeric())
                .filter(|word| !word.is_empty())
                .peekable();
            let skip_first = line.starts_with(|c: char| c.is_ascii_alphanumeric());
            let skip_last = line.ends_with(|c: char| c.is_ascii_alphanumeric());
            let mut first = true;
            while let Some(word) = inner.next() {
                let edge = (first && skip_first) || (inner.peek().is_none() && skip_last);
                first = false;
                if !edge {
                    *counts.entry(word).or_insert(0) += 1;
                }
            }
        }
        Words(counts)
    }

    /// Whether a line end between `before` and `after` cut a word that the source knows whole.
    fn cut(&self, before: &str, after: &str) -> bool {
        let tail = before.len()
            - before
                .bytes()
                .rev()
                .take_while(u8::is_ascii_alphanumeric)
                .count();
        let head = after.bytes().take_while(u8::is_ascii_alphanumeric).count();
        let (tail, head) = (&before[tail..], &after[..head]);
        if tail.is_empty() || head.is_empty() || tail.len() + head.len() > 40 {
            return false;
        }
        let seen = |word: &str| self.0.get(word).copied().unwrap_or(0);
        let whole = seen(&format!("{tail}{head}"));
        whole > seen(tail).min(seen(head))
    }
}

/// Collapses white space and composes combining marks, appending to `out`.
fn push_char(out: &mut String, c: char) {
    if c.is_whitespace() {
        if !out.is_empty() && !out.ends_with([' ', '\n']) {
            out.push(' ');
        }
        return;
    }
    // Nothing below U+0300 combines with the character before it.
    if c >= '\u{300}'
        && let Some(last) = out.chars().next_back()
        && let Some(composed) = compose(last, c)
    {
        out.pop();
        out.push(composed);
        return;
    }
    out.push(c);
}

/// A piece of the source on one line: marks dropped, white space collapsed, marks composed.
pub(crate) fn clean(source: &str, range: Range<usize>, marks: &Marks) -> String {
    let mut out = String::with_capacity(range.len());
    for (_, c) in marks.chars(source, range) {
        push_char(&mut out, c);
    }
    out.truncate(out.trim_end().len());
    out
}

/// Builds the text of one turn, with its events.
#[derive(Debug)]
pub(crate) struct TextBuilder<'s> {
    source: &'s str,
    marks: &'s Marks,
    words: &'s Words<'s>,
    out: String,
    events: Vec<Event>,
}

impl<'s> TextBuilder<'s> {
    /// An empty text over this source.
    pub fn new(source: &'s str, marks: &'s Marks, words: &'s Words<'s>) -> Self {
        TextBuilder {
            source,
            marks,
            words,
            out: String::new(),
            events: Vec::new(),
        }
    }

    /// Appends a piece of the source.
    pub fn push(&mut self, range: Range<usize>, between: Break) {
        let piece = clean(self.source, range, self.marks);
        let Some(first) = piece.chars().next() else {
            return;
        };
        // A blank before a stage direction may end the text so far.
        self.out.truncate(self.out.trim_end().len());
        if let Some(last) = self.out.chars().next_back() {
            match between {
                Break::Paragraph => self.out.push('\n'),
                Break::Wrap if self.words.cut(&self.out, &piece) => {}
                Break::Wrap if is_hyphenated(&self.out, first) => {}
                Break::Wrap => self.out.push_str(joint(last, first)),
            }
        }
        self.push_with_stage_directions(&piece);
    }

    /// Appends a piece, turning bracketed stage directions inside it into events.
    fn push_with_stage_directions(&mut self, piece: &str) {
        let mut rest = piece;
        while let Some(direction) = stage::find(rest) {
            self.append(&rest[..direction.start]);
            self.event(rest[direction.clone()].to_owned());
            rest = &rest[direction.end..];
        }
        self.append(rest);
    }

    fn append(&mut self, text: &str) {
        let text = if self.out.is_empty() || self.out.ends_with([' ', '\n']) {
            text.trim_start()
        } else {
            text
        };
        self.out.push_str(text);
    }

    /// Records an event at the end of the text so far.
    pub fn event(&mut self, text: String) {
        self.events.push(Event {
            offset: self.out.trim_end().len(),
            text,
        });
    }

    /// The text so far.
    pub fn text(&self) -> &str {
        &self.out
    }

    /// Whether there is neither text nor event.
    pub fn is_empty(&self) -> bool {
        self.events.is_empty() && self.out.trim_end().is_empty()
    }

    /// The text and its events.
    pub fn finish(mut self) -> (String, Vec<Event>) {
        self.out.truncate(self.out.trim_end().len());
        (self.out, self.events)
    }
}

/// Whether a hyphen at the line end belongs to a word that goes on: `multi-` / `stakeholder`.
fn is_hyphenated(before: &str, after: char) -> bool {
    let mut end = before.chars().rev();
    end.next() == Some('-') && end.next().is_some_and(char::is_alphanumeric) && after.is_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn join(pieces: &[(&str, Break)], lines: &[&str]) -> (String, Vec<Event>) {
        let source: String = pieces.iter().map(|(piece, _)| *piece).collect();
        let (marks, words) = (Marks::default(), Words::count(lines.iter().copied()));
        let mut builder = TextBuilder::new(&source, &marks, &words);
        let mut at = 0;
        for (piece, between) in pieces {
            builder.push(at..at + piece.len(), *between);
            at += piece.len();
        }
        builder.finish()
    }

    #[test]
    fn wrapped_lines_become_one_paragraph() {
        use Break::{Paragraph, Wrap};
        let (text, _) = join(
            &[
                ("我们在 ICANN", Wrap),
                ("的工\u{a0} 作", Wrap),
                ("很多。", Wrap),
                ("谢谢。", Paragraph),
            ],
            &[],
        );
        assert_eq!(text, "我们在 ICANN 的工 作很多。\n谢谢。");
    }

    #[test]
    fn a_word_that_the_source_knows_whole_is_joined() {
        use Break::Wrap;
        let lines = ["在 ICANN 里", "向 ICANN 说"];
        assert_eq!(
            join(&[("有 ICA", Wrap), ("NN 吗", Wrap)], &lines).0,
            "有 ICANN 吗"
        );
        assert_eq!(
            join(&[("有 ICA", Wrap), ("NN 吗", Wrap)], &[]).0,
            "有 ICA NN 吗"
        );
        assert_eq!(
            join(&[("multi-", Wrap), ("party", Wrap)], &[]).0,
            "multi-party"
        );
    }

    #[test]
    fn combining_marks_are_composed_and_nothing_else() {
        use Break::Wrap;
        let (text, _) = join(&[("Jose\u{301} ﬁ Ａ \u{212b}", Wrap)], &[]);
        assert_eq!(text, "José ﬁ Ａ \u{212b}");
    }

    #[test]
    fn a_stage_direction_inside_a_line_is_an_event() {
        use Break::Wrap;
        let (text, events) = join(&[("好。（笑）谢谢 [听不清]。", Wrap)], &[]);
        assert_eq!(text, "好。谢谢 [听不清]。");
        assert_eq!(
            events,
            [Event {
                offset: "好。".len(),
                text: "（笑）".into()
            }]
        );
    }
}
