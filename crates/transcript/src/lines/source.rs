//! A source file as lines: decoded, numbered, with the white space around them measured.

use std::borrow::Cow;
use std::ops::Range;

use crate::fault::Fault;

/// Stands for a literal character where markup is looked for; no markup has it.
pub(crate) const MASK: char = '\u{1a}';

/// One line that holds more than white space.
#[derive(Debug, Clone)]
pub(crate) struct Line {
    /// Number in the file, from 1, counted as editors count.
    pub number: u32,
    /// The line without the white space at its ends, as bytes of the source.
    pub range: Range<usize>,
    /// Blank lines directly before this one.
    pub gap: u32,
    /// A form feed stands between this line and the one before.
    pub page_break: bool,
    /// Two or more blanks end the line, which is a line break in Markdown.
    pub hard_break: bool,
    /// The markup says that a paragraph begins here.
    pub opens_block: bool,
}

/// A decoded source and its lines.
#[derive(Debug)]
pub(crate) struct Source<'a> {
    /// The text, without byte order mark.
    pub text: Cow<'a, str>,
    /// The lines that hold something, without those of front matter.
    pub lines: Vec<Line>,
    /// Offsets, in order, of the ASCII characters that are text although they look like markup.
    pub literal: Vec<usize>,
}

impl<'a> Source<'a> {
    /// Splits a decoded text into lines.
    pub fn read(text: impl Into<Cow<'a, str>>) -> Result<Self, Fault> {
        let text = text.into();
        let lines = split(&text);
        if lines.is_empty() {
            return Err(Fault::Empty);
        }
        Ok(Source {
            text,
            lines,
            literal: Vec::new(),
        })
    }

    /// The same source without the lines that begin above this place.
    pub fn below(mut self, from: usize) -> Self {
        self.lines.retain(|line| line.range.start >= from);
        self
    }

    /// The text of a line, without the white space at its ends.
    pub fn line(&self, index: usize) -> &str {
        &self.text[self.lines[index].range.clone()]
    }

    /// A line in which every literal character is masked, for whoever looks for markup. Offsets in
    /// it are those in the line.
    pub fn markup(&self, index: usize) -> Cow<'_, str> {
        let (line, range) = (self.line(index), &self.lines[index].range);
        let first = self.literal.partition_point(|&at| at < range.start);
        let mut literal = self.literal[first..]
            .iter()
            .take_while(|&&at| at < range.end)
            .map(|at| at - range.start)
            .peekable();
        if literal.peek().is_none() {
            return Cow::Borrowed(line);
        }
        let mask = |(at, c)| literal.next_if_eq(&at).map_or(c, |_| MASK);
        Cow::Owned(line.char_indices().map(mask).collect())
    }
}

/// Splits at every kind of line end. Only `\n`, and `\r` on its own, count as lines of the file;
/// form feed, vertical tab and the Unicode separators end a line without being one in editors.
fn split(text: &str) -> Vec<Line> {
    let mut lines = Vec::new();
    let (mut number, mut gap, mut start) = (1u32, 0u32, 0usize);
    let mut page_break = false;
    let mut close = |range: Range<usize>, number: u32, gap: &mut u32, page_break: &mut bool| {
        let raw = &text[range.clone()];
        let trimmed = raw.trim();
        if trimmed.is_empty() {
            *gap += 1;
            return;
        }
        let start = range.start + (raw.len() - raw.trim_start().len());
        lines.push(Line {
            number,
            range: start..start + trimmed.len(),
            gap: std::mem::take(gap),
            page_break: std::mem::take(page_break),
            hard_break: raw.trim_end_matches('\r').ends_with("  "),
            opens_block: false,
        });
    };
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        if !matches!(
            c,
            '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'
        ) {
            continue;
        }
        if c == '\r' && chars.peek().is_some_and(|&(_, next)| next == '\n') {
            continue;
        }
        close(start..at, number, &mut gap, &mut page_break);
        start = at + c.len_utf8();
        number += u32::from(matches!(c, '\n' | '\r'));
        if c == '\u{c}' {
            page_break = true;
            gap = gap.saturating_sub(1);
        }
    }
    close(start..text.len(), number, &mut gap, &mut page_break);
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_numbered_as_in_an_editor() {
        let source = Source::read("甲：\r\n\r\n 乙 \u{c}丙  \n丁");
        let source = source.expect("readable");
        let seen: Vec<_> = (0..source.lines.len())
            .map(|i| (source.lines[i].number, source.line(i), source.lines[i].gap))
            .collect();
        assert_eq!(
            seen,
            [(1, "甲：", 0), (3, "乙", 1), (3, "丙", 0), (4, "丁", 0)]
        );
        assert!(source.lines[2].page_break && source.lines[2].hard_break);
    }

    #[test]
    fn white_space_alone_is_an_empty_file() {
        let error = Source::read(" \n\u{a0}\n").expect_err("empty");
        assert!(matches!(error, Fault::Empty));
    }
}
