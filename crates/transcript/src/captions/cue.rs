//! Captions: short pieces with times.

use std::ops::Range;

use turnsearch_model::Metadata;

use crate::signs::suspect::Doubt;
use crate::turns::content::Content;
use crate::turns::furniture::Reason;

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
    pub fn is_backward(&self) -> bool {
        self.timed && self.end_ms < self.start_ms
    }

    /// End in milliseconds; of one that ends before it starts, its start.
    pub fn sound_end_ms(&self) -> u64 {
        self.end_ms.max(self.start_ms)
    }
}

/// What one voice says in a caption.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Span {
    /// Where the content has the name that the markup states.
    pub voice: Option<Range<usize>>,
    /// The markup says where the voice ends.
    pub closed: bool,
    /// The lines of the speech in the content, none of them blank.
    pub lines: Vec<Range<usize>>,
}

/// A caption file, read: one of the three shapes in which sources come.
#[derive(Debug, Default)]
pub(crate) struct Captions {
    /// Its text, without markup.
    pub content: Content,
    /// The captions, in order.
    pub cues: Vec<Cue>,
    /// What is no speech.
    pub furniture: Vec<(Range<usize>, Reason)>,
    /// What the header states.
    pub meta: Metadata,
    /// Line ends inside captions separate paragraphs; otherwise the width of the screen made them.
    pub paragraphs: bool,
    /// A caption that begins a sentence begins a paragraph.
    pub rows: bool,
    /// The file states when captions begin, and not when they end.
    pub endless: bool,
    /// Places that a person should look at, each with what is doubtful.
    pub doubts: Vec<(Range<usize>, Doubt)>,
    /// A caption without a voice is nobody's, for every caption states its own.
    pub voice_each: bool,
    /// Every caption is said by itself, by somebody who is not named.
    pub apart: bool,
}

/// What somebody says, as a file with fields states it.
#[derive(Debug)]
pub(crate) struct Said<'s, L> {
    /// The line of the file.
    pub line: u32,
    /// Who says it.
    pub voice: Option<&'s str>,
    /// The lines of the speech.
    pub lines: L,
    /// When it begins, in milliseconds.
    pub start_ms: Option<u64>,
    /// When it ends, in milliseconds.
    pub end_ms: Option<u64>,
}

impl Captions {
    /// Adds a caption of one voice.
    pub fn add_said<'s>(&mut self, said: Said<'_, impl Iterator<Item = &'s str>>) {
        let content = &mut self.content;
        let voice = said.voice.map(|voice| {
            let range = content.push_line(said.line, voice);
            let nobody = content.text().len();
            range.unwrap_or(nobody..nobody)
        });
        let lines = said
            .lines
            .filter_map(|text| content.push_line(said.line, text));
        let span = Span {
            voice,
            closed: true,
            lines: lines.collect(),
        };
        let start_ms = said.start_ms.unwrap_or(0);
        self.cues.push(Cue {
            timed: said.start_ms.is_some(),
            start_ms,
            end_ms: said.end_ms.unwrap_or(0).max(start_ms),
            spans: vec![span],
        });
    }

    /// Adds a line that is no speech.
    pub fn add_furniture(&mut self, line: u32, text: &str, reason: Reason) {
        let range = self.content.push_line(line, text);
        self.furniture.extend(range.map(|range| (range, reason)));
    }

    /// Adds a line that belongs to no caption.
    pub fn add_stray(&mut self, line: u32, text: &str) {
        if let Some(range) = self.content.push_line(line, text) {
            self.doubts.push((range.clone(), Doubt::OutsideCaption));
            self.furniture.push((range, Reason::Other));
        }
    }
}
