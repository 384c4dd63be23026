//! The model in the field's interchange formats: what was read, or corrected, goes back to where
//! others can use it.

mod akn;
mod csv;
mod error;
mod html;
mod markdown;
mod piece;
mod podcast;
mod srt;
mod text;
mod times;
mod vtt;

use std::fmt;

use turnsearch_model::{Meeting, Speaker};

pub use error::ExportError;

/// A format that meetings are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// WebVTT with voice tags, one caption a turn. Needs times.
    Vtt,
    /// An Akoma Ntoso 3.0 debate.
    Akn,
    /// The JSON of `podcast:transcript` (Podcasting 2.0), one segment a turn.
    Json,
    /// Markdown in the style of SayIt: `### Name:` over paragraphs.
    Markdown,
    /// SubRip with labels, one caption a turn. Needs times.
    Srt,
    /// Plain text, a label before each speech.
    Text,
    /// A table with commas, a row a turn.
    Csv,
    /// A page in the style of Podcasting 2.0: `<cite>`, `<time>` and paragraphs.
    Html,
}

impl Target {
    /// Every format, in the order in which messages list them.
    pub const ALL: [Target; 8] = [
        Target::Vtt,
        Target::Akn,
        Target::Json,
        Target::Markdown,
        Target::Srt,
        Target::Text,
        Target::Csv,
        Target::Html,
    ];

    /// The name on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            Target::Vtt => "vtt",
            Target::Akn => "akn",
            Target::Json => "json",
            Target::Markdown => "md",
            Target::Srt => "srt",
            Target::Text => "txt",
            Target::Csv => "csv",
            Target::Html => "html",
        }
    }

    /// The format with this name.
    pub fn named(name: &str) -> Option<Target> {
        Target::ALL
            .into_iter()
            .find(|target| target.as_str() == name)
    }

    /// The usual ending of its files.
    pub fn extension(self) -> &'static str {
        match self {
            Target::Akn => "xml",
            other => other.as_str(),
        }
    }

    /// A meeting in this format. `speakers` is what the speakers of turns
    /// point into.
    ///
    /// # Errors
    ///
    /// [`ExportError::NoTimes`] for captions of a meeting without times.
    pub fn write(self, meeting: &Meeting, speakers: &[Speaker]) -> Result<String, ExportError> {
        match self {
            Target::Vtt => vtt::write(meeting, speakers),
            Target::Akn => Ok(akn::write(meeting, speakers)),
            Target::Json => podcast::write(meeting, speakers),
            Target::Markdown => Ok(markdown::write(meeting, speakers)),
            Target::Srt => srt::write(meeting, speakers),
            Target::Text => Ok(text::write(meeting, speakers)),
            Target::Csv => Ok(csv::write(meeting, speakers)),
            Target::Html => Ok(html::write(meeting, speakers)),
        }
    }
}

impl fmt::Display for Target {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
