//! A source made ready for transcripts and documents alike.

use std::ops::Range;

use crate::fault::Fault;
use crate::lines::front::Front;
use crate::lines::layout::Layout;
use crate::lines::markup::{LineHint, Markup};
use crate::lines::openings::{self, Shown};
use crate::lines::page::{self, Class, Classes};
use crate::lines::source::Source;
use crate::lines::{corrected, emphasis, numbering, table};
use crate::signs::evidence::Hints;
use crate::signs::label::Label;
use crate::signs::series::Series;
use crate::turns::corrections::Corrections;
use crate::turns::furniture::{Furniture, Reason};
use crate::turns::join::join;
use crate::turns::marks::{Mark, Marks};
use crate::turns::text::{Words, clean};

/// Everything that is known of the lines before turns are made of them.
#[derive(Debug)]
pub(crate) struct Reading<'a> {
    /// The lines.
    pub source: Source<'a>,
    /// What the text leaves out inside lines.
    pub marks: Marks,
    /// What each line is.
    pub classes: Classes,
    /// What the markup says of each line.
    pub line_hints: Vec<LineHint>,
    /// `>>` is a label.
    chevrons: bool,
    /// How lines relate to paragraphs.
    pub layout: Layout,
    /// What the page states at its head.
    pub front: Front,
    /// The labels that the structure shows, where the markup does not set them.
    pub series: Option<Series>,
    /// Labels of the markup that the structure shows too.
    pub marked: Vec<Label>,
}

impl<'a> Reading<'a> {
    /// Drops markup and sorts lines into text, furniture and events.
    pub fn new(
        source: Source<'a>,
        markup: Markup,
        front: Front,
        corrections: &Corrections,
    ) -> Result<Reading<'a>, Fault> {
        let Markup {
            hints: line_hints,
            mut marks,
            chevrons,
            strong,
            labels: stated,
        } = markup;
        marks.extend(emphasis::pairs(&source).into_iter().map(|range| Mark {
            range,
            reason: Reason::Markup,
        }));
        marks.extend(numbering::find(&source).into_iter().map(|range| Mark {
            range,
            reason: Reason::Identifier,
        }));
        let (stated, table_head) = if stated.is_empty() {
            match table::find(&source) {
                Some(table) => {
                    marks.extend(table.marks);
                    (Some(table.series), table.head)
                }
                None => (None, 0..0),
            }
        } else {
            let series = Series {
                labels: stated,
                ..Series::default()
            };
            (Some(series), 0..0)
        };
        let whole_lines = corrected::furniture(corrections, &source, &mut marks)?;
        let marks = Marks::new(marks).with_strong(strong);
        let mut classes = page::classify(&source, &marks);
        for (line, hint) in line_hints.iter().enumerate() {
            classes.of[line] = match hint {
                LineHint::Narrative => Class::Event,
                LineHint::Label | LineHint::Heading(_) | LineHint::Nobody => Class::Text,
                LineHint::None | LineHint::Verbatim => continue,
            };
            classes.continues[line] = false;
        }
        for line in table_head {
            classes.of[line] = Class::Furniture(Reason::Rule);
            classes.continues[line] = false;
        }
        for line in corrected::text_lines(corrections, &source)? {
            classes.of[line] = Class::Text;
            classes.continues[line] = false;
        }
        for (line, reason) in whole_lines {
            classes.of[line] = Class::Furniture(reason);
            classes.continues[line] = false;
        }
        classes.separate_pieces();
        let mut layout = Layout::measure(&source, &classes.text_lines());
        let shown = match stated {
            Some(series) => Some(Shown::All(series)),
            None => openings::find(&source, &marks, &classes, &line_hints, &layout),
        };
        let (series, marked) = match shown {
            Some(Shown::All(series)) => (Some(series), Vec::new()),
            Some(Shown::Marked(labels)) => (None, labels),
            None => (None, Vec::new()),
        };
        if let Some(series) = &series {
            for line in series.labels.iter().flat_map(|label| label.lines.clone()) {
                classes.of[line] = Class::Text;
                classes.continues[line] = false;
            }
            classes.separate_pieces();
            let lines = classes.text_lines();
            // Lines that nearly all open with a label are not wrapped.
            layout = if 10 * series.labels.len() >= 6 * lines.len() {
                Layout::unwrapped()
            } else {
                Layout::measure(&source, &lines)
            };
        }
        Ok(Reading {
            source,
            marks,
            classes,
            line_hints,
            chevrons,
            layout,
            front,
            series,
            marked,
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
            chevrons: self.chevrons,
            events: (0..self.classes.of.len())
                .map(|line| {
                    let is_other = matches!(
                        self.line_hints[line],
                        LineHint::Heading(_) | LineHint::Verbatim
                    );
                    self.classes.of[line] == Class::Event || is_other
                })
                .collect(),
        }
    }

    /// The words of the source, for joining lines.
    pub fn words(&self) -> Words<'_> {
        Words::count((0..self.source.lines.len()).map(|line| self.source.line(line)))
    }

    /// A piece of the source as it is shown.
    pub fn clean(&self, range: Range<usize>) -> String {
        clean(&self.source.text, range, &self.marks)
    }

    /// Whether anything of a piece is shown.
    pub fn shows(&self, range: Range<usize>) -> bool {
        self.marks
            .chars(&self.source.text, range)
            .any(|(_, c)| !c.is_whitespace())
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
            .chars(&self.source.text, first.range.clone())
            .find(|(_, c)| !c.is_whitespace())
            .map(|(offset, _)| offset)?;
        Some(Furniture {
            line: first.number,
            offset,
            reason,
            text: join(lines.map(|line| self.clean_line(line))),
        })
    }

    /// Pieces of the source as furniture.
    pub fn furniture_of(&self, pieces: Vec<Range<usize>>, reason: Reason) -> Option<Furniture> {
        let first = pieces.first()?.start;
        let line = self
            .source
            .lines
            .partition_point(|line| line.range.end <= first);
        Some(Furniture {
            line: self.source.lines.get(line)?.number,
            offset: first,
            reason,
            text: join(pieces.into_iter().map(|piece| self.clean(piece))),
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
