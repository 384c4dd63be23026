//! Plain text: transcripts with labels, documents with headings.

use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::lines::markup::Lines;
use crate::lines::source::Source;
use crate::lines::{front, markdown};

/// Reads a text. If nobody said that it is plain, its lines tell: text extracted from other
/// formats is often called `.md`, and the other way round.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let (source, front) = front::take(Source::read(input.text()?)?);
    let is_plain = input.is_named() || !markdown::is_markdown(&source);
    Ok(Shape::Lines(if is_plain {
        Lines::plain(source, front)
    } else {
        markdown::lines(source, front)?
    }))
}
