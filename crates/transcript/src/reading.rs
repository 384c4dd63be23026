//! A source made ready for transcripts and documents alike.

use std::ops::Range;

use crate::corrections::Corrections;
use crate::emphasis;
use crate::error::ParseError;
use crate::evidence::Hints;
use crate::format::Format;
use crate::furniture::{Furniture, Mark, Marks, Reason};
use crate::layout::Layout;
use crate::markdown;
use crate::page::{self, Class, Classes};
use crate::source::Source;
use crate::text::{Words, clean};

/// What the markup of a format says of a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LineHint {
    /// Nothing.
    None,
    /// A label opens it.
    Label,
    /// It is a heading of this level.
    Heading(u8),
    /// It tells what happens, and is nobody's speech.
    Narrative,
}

/// Everything that is known of the lines before turns are made of them.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// The lines.
    pub source: Source<'a>,
    /// How they are marked up.
    pub format: Format,
    /// What the text leaves out inside lines.
    pub marks: Marks,
    /// What each line is.
    pub classes: Classes,
    /// What the markup says of each line.
    pub line_hints: Vec<LineHint>,
    /// How lines relate to paragraphs.
    pub layout: Layout,
}

impl<'a> Reading<'a> {
    /// Drops markup and sorts lines into text, furniture and events.
    pub fn new(
        source: Source<'a>,
        format: Format,
        corrections: Option<&Corrections>,
    ) -> Result<Reading<'a>, ParseError> {
        let (line_hints, mut marks) = match format {
            Format::Markdown => markdown::read(&source),
            _ => (vec![LineHint::None; source.lines.len()], Vec::new()),
        };
        marks.extend(emphasis::pairs(&source).into_iter().map(|range| Mark {
            range,
            reason: Reason::Markup,
        }));
        let whole_lines = match corrections {
            Some(corrections) => corrections.furniture(&source, &mut marks)?,
            None => Vec::new(),
        };
        let marks = Marks::new(marks);
        let mut classes = page::classify(&source, &marks);
        for (line, hint) in line_hints.iter().enumerate() {
            classes.of[line] = match hint {
                LineHint::Narrative => Class::Event,
                LineHint::Label | LineHint::Heading(_) => Class::Text,
                LineHint::None => continue,
            };
            classes.continues[line] = false;
        }
        if let Some(corrections) = corrections {
            for line in corrections.text_lines(&source)? {
                classes.of[line] = Class::Text;
                classes.continues[line] = false;
            }
        }
        for (line, reason) in whole_lines {
            classes.of[line] = Class::Furniture(reason);
            classes.continues[line] = false;
        }
        classes.part_pieces();
        let layout = Layout::measure(&source, &classes.text_lines());
        Ok(Reading {
            source,
            format,
            marks,
            classes,
            line_hints,
            layout,
        })
    }

    /// How labels are looked for.
    pub fn hints(&self) -> Hints {
        let explicit: Vec<bool> = self
            .line_hints
            .iter()
            .map(|hint| *hint == LineHint::Label)
            .collect();
        Hints {
            only_explicit: explicit.iter().any(|&label| label),
            explicit,
            chevrons: self.format == Format::Text,
            events: self
                .classes
                .of
                .iter()
                .map(|&class| class == Class::Event)
                .collect(),
        }
    }

    /// The words of the source, for joining lines.
    pub fn words(&self) -> Words<'_> {
        Words::count((0..self.source.lines.len()).map(|line| self.source.line(line)))
    }

    /// A piece of the source as it is shown.
    pub fn clean(&self, range: Range<usize>) -> String {
        clean(self.source.text, range, &self.marks)
    }

    /// A line as it is shown.
    pub fn clean_line(&self, line: usize) -> String {
        self.clean(self.source.lines[line].range.clone())
    }

    /// A line, or several that are one piece, as furniture.
    pub fn furniture(&self, lines: Range<usize>, reason: Reason) -> Option<Furniture> {
        let first = &self.source.lines[lines.start];
        let offset = self
            .marks
            .chars(self.source.text, first.range.clone())
            .find(|(_, c)| !c.is_whitespace())
            .map(|(offset, _)| offset)?;
        let mut text = String::new();
        for line in lines {
            let piece = self.clean_line(line);
            if let (Some(last), Some(next)) = (text.chars().next_back(), piece.chars().next()) {
                text.push_str(crate::script::joint(last, next));
            }
            text.push_str(&piece);
        }
        Some(Furniture {
            line: first.number,
            offset,
            reason,
            text,
        })
    }

    /// The furniture of lines that are furniture by class, and of marks inside lines.
    pub fn page_furniture(&self) -> Vec<Furniture> {
        let mut pieces = Vec::new();
        let of = &self.classes.of;
        for (line, &class) in of.iter().enumerate() {
            let Class::Furniture(reason) = class else {
                continue;
            };
            if self.classes.continues[line] {
                continue;
            }
            let more = (line + 1..of.len())
                .take_while(|&next| of[next] == class && self.classes.continues[next])
                .count();
            pieces.extend(self.furniture(line..line + 1 + more, reason));
        }
        let lines = &self.source.lines;
        pieces.extend(self.marks.iter().map(|mark| {
            let at = lines.partition_point(|line| line.range.end <= mark.range.start);
            Furniture {
                line: lines.get(at).map_or(0, |line| line.number),
                offset: mark.range.start,
                reason: mark.reason,
                text: self.source.text[mark.range.clone()].trim().to_owned(),
            }
        }));
        pieces
    }
}
