//! What a source with markup holds once the markup is taken away.

use std::ops::Range;

use crate::turns::furniture::{Furniture, Reason};
use crate::turns::marks::Marks;
use crate::turns::text::{Words, clean};

/// The text of a source with markup: every character that is no markup, in the order of the
/// source. Turns and furniture are ranges of it, and the account is taken over it.
#[derive(Debug, Default)]
pub(crate) struct Content {
    text: String,
    /// Where each piece begins, with its line in the file.
    pieces: Vec<(usize, u32)>,
    /// Nothing is left out inside pieces.
    marks: Marks,
    /// No line end cut a word.
    words: Words<'static>,
}

impl Content {
    /// Appends a piece of text as it is, and returns its place.
    pub fn push(&mut self, line: u32, piece: &str) -> Range<usize> {
        let start = self.text.len();
        self.pieces.push((start, line));
        self.text.push_str(piece);
        start..self.text.len()
    }

    /// Appends a line, and returns its place without the white space at its ends; nothing for a
    /// blank one.
    pub fn push_line(&mut self, line: u32, piece: &str) -> Option<Range<usize>> {
        let range = self.push(line, piece);
        self.text.push('\n');
        self.trim(range)
    }

    /// All of it.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// For building texts.
    pub fn marks(&self) -> &Marks {
        &self.marks
    }

    /// For building texts.
    pub fn words(&self) -> &Words<'_> {
        &self.words
    }

    /// The range without the white space at its ends, if anything is left.
    pub fn trim(&self, range: Range<usize>) -> Option<Range<usize>> {
        let raw = &self.text[range.clone()];
        let trimmed = raw.trim();
        let start = range.start + (raw.len() - raw.trim_start().len());
        (!trimmed.is_empty()).then(|| start..start + trimmed.len())
    }

    /// A range as it is shown, on one line.
    pub fn clean(&self, range: Range<usize>) -> String {
        clean(&self.text, range, &self.marks)
    }

    /// A range that is in no turn; nothing for a blank one.
    pub fn furniture(&self, range: Range<usize>, reason: Reason) -> Option<Furniture> {
        let range = self.trim(range)?;
        Some(Furniture {
            line: self.line_at(range.start),
            offset: range.start,
            reason,
            text: self.clean(range),
        })
    }

    /// Line in the file of an offset.
    pub fn line_at(&self, offset: usize) -> u32 {
        let after = self.pieces.partition_point(|&(start, _)| start <= offset);
        let Some(&(start, line)) = after.checked_sub(1).and_then(|at| self.pieces.get(at)) else {
            return 1;
        };
        let ends = self.text[start..offset]
            .bytes()
            .filter(|&byte| byte == b'\n')
            .count();
        line.saturating_add(u32::try_from(ends).unwrap_or(u32::MAX))
    }
}
