//! The characters of a line as they are shown, each with its place and its type.

use std::ops::Range;

use crate::turns::marks::Marks;

/// One character of a line that is shown.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Glyph {
    /// Where it stands in the source, in bytes.
    pub at: usize,
    /// The character.
    pub c: char,
    /// Whether it is set in bold type.
    pub strong: bool,
}

/// The first `most` characters of a piece of the source that are shown. What the marks leave out
/// tells the type: two stars or underscores begin and end bold type.
pub(crate) fn glyphs(text: &str, range: Range<usize>, marks: &Marks, most: usize) -> Vec<Glyph> {
    let mut strong = false;
    let mut end = range.start;
    marks
        .chars(text, range)
        .take(most)
        .map(|(at, c)| {
            let hidden = &text[end..at];
            if hidden.contains("**") || hidden.contains("__") {
                strong = !strong;
            }
            end = at + c.len_utf8();
            let strong = strong || marks.is_strong(at);
            Glyph { at, c, strong }
        })
        .collect()
}
