//! Markdown: `### Name:` headings or `**Name:**` as labels, `#` headings.

use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::lines::markup::Lines;
use crate::lines::source::Source;
use crate::lines::{front, markdown};

/// Reads a text. If nobody said that it is Markdown, its lines tell, as for plain text.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let (source, front) = front::take(Source::read(input.text()?)?);
    let is_markdown = input.is_named()
        || markdown::is_markdown(&source)
        || front.end > 0 && markdown::has_heading(&source);
    Ok(Shape::Lines(if is_markdown {
        markdown::lines(source, front)?
    } else {
        Lines::plain(source, front)
    }))
}
