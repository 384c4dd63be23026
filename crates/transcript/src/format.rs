//! Which format a source is in.

use crate::markdown;
use crate::source::Source;

/// A format that the parser knows. Each has a module that turns it into a reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Format {
    /// Plain text: transcripts with labels, documents with headings.
    Text,
    /// Markdown: `### Name:` headings or `**Name:**` as labels, `#` headings.
    Markdown,
}

impl Format {
    /// The word used in messages.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
        }
    }
}

/// Tells the format by what the lines hold; the name of the file decides nothing, since text
/// extracted from other formats is often called `.md`, and the other way round.
pub(crate) fn detect(source: &Source) -> Format {
    if markdown::is_markdown(source) {
        Format::Markdown
    } else {
        Format::Text
    }
}
