//! Captions: WebVTT, SRT and the JSON of podcasts. Each is a list of short pieces with times, which
//! are joined to turns.

mod merge;
mod payload;
mod podcast;
mod srt;
mod vtt;

use std::ops::Range;

use crate::Parsed;
use crate::compose;
use crate::content::Content;
use crate::corrections::Corrections;
use crate::error::ParseError;
use crate::format::Format;
use crate::furniture::Reason;
use turnsearch_model::Metadata;

pub(crate) use podcast::is_podcast;
pub(crate) use srt::is_srt;
pub(crate) use vtt::is_vtt;

/// One caption.
#[derive(Debug, Default)]
pub(crate) struct Cue {
    /// Whether the file states times for it.
    pub timed: bool,
    /// Start in milliseconds.
    pub start_ms: u64,
    /// End in milliseconds.
    pub end_ms: u64,
    /// What is said, by one voice after the other.
    pub spans: Vec<Span>,
}

impl Cue {
    /// Whether the file states that it ends before it starts.
    fn is_backward(&self) -> bool {
        self.timed && self.end_ms < self.start_ms
    }

    /// End in milliseconds; of one that ends before it starts, its start.
    fn sound_end_ms(&self) -> u64 {
        self.end_ms.max(self.start_ms)
    }
}

/// What one voice says in a caption.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// Where the content has the name that the markup gives.
    pub voice: Option<Range<usize>>,
    /// The lines of the speech in the content, none of them blank.
    pub lines: Vec<Range<usize>>,
}

/// A caption file, read.
#[derive(Debug, Default)]
pub(crate) struct Captions {
    pub content: Content,
    pub cues: Vec<Cue>,
    /// What is no speech.
    pub furniture: Vec<(Range<usize>, Reason)>,
    pub meta: Metadata,
    /// Line ends inside captions part paragraphs; otherwise the width of the screen made them.
    pub paragraphs: bool,
    /// Text that belongs to no caption.
    pub strays: Vec<Range<usize>>,
}

impl Captions {
    /// Adds a line that is no speech.
    fn add_furniture(&mut self, line: u32, text: &str, reason: Reason) {
        let range = self.content.push_line(line, text);
        self.furniture.extend(range.map(|range| (range, reason)));
    }

    /// Adds a line that belongs to no caption.
    fn add_stray(&mut self, line: u32, text: &str) {
        if let Some(range) = self.content.push_line(line, text) {
            self.strays.push(range.clone());
            self.furniture.push((range, Reason::Other));
        }
    }
}

/// Reads a caption file of this format and joins its captions to turns.
pub(crate) fn parse(
    source_name: &str,
    text: &str,
    format: Format,
    corrections: Option<&Corrections>,
) -> Result<Parsed, ParseError> {
    let captions = match format {
        Format::Srt => srt::read(source_name, text)?,
        Format::PodcastJson => podcast::read(source_name, text)?,
        _ => vtt::read(source_name, text)?,
    };
    let draft = merge::turns(source_name, &captions);
    let wanted = "captions with a time line and text";
    compose::finish(
        source_name,
        format,
        wanted,
        &captions.content,
        draft,
        corrections,
    )
}

/// A line of the file.
#[derive(Debug, Clone, Copy)]
struct FileLine<'a> {
    /// From 1.
    number: u32,
    text: &'a str,
}

impl FileLine<'_> {
    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a file, ended by `\n`, `\r\n` or `\r`.
fn file_lines(text: &str) -> Vec<FileLine<'_>> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let after = &rest[end..];
        let skip = if after.starts_with("\r\n") {
            2
        } else {
            after.len().min(1)
        };
        lines.push(FileLine {
            number: u32::try_from(lines.len() + 1).unwrap_or(u32::MAX),
            text: &rest[..end],
        });
        rest = &after[skip..];
    }
    lines
}

/// The error for a time line that cannot be read.
fn broken_times(source_name: &str, line: FileLine, format: Format) -> ParseError {
    let example = match format {
        Format::Srt => "00:00:01,000 --> 00:00:02,500",
        _ => "00:00:01.000 --> 00:00:02.500",
    };
    let shown: String = line.text.trim().chars().take(60).collect();
    syntax(
        source_name,
        line.number,
        format,
        format!("`{shown}` is no time line; write it like `{example}`, or remove the caption"),
    )
}

/// Whether a line begins like a time line and ends before the arrow: `00:01:0`.
fn begins_times(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(|c: char| c.is_ascii_digit())
        && line.contains(':')
        && line
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b":., -".contains(&byte))
}

/// The error for a caption that stops behind its time line.
fn half_caption(source_name: &str, line: FileLine, format: Format) -> ParseError {
    let problem = "the file ends with the time line of a caption, so it was probably cut off; get \
                   it whole, or remove this line";
    syntax(source_name, line.number, format, problem.to_owned())
}

fn syntax(source_name: &str, line: u32, format: Format, problem: String) -> ParseError {
    ParseError::Syntax {
        source_name: source_name.to_owned(),
        line: line as usize,
        format,
        problem,
    }
}
