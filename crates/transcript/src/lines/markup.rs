//! What the markup of a format says of lines.

use std::ops::Range;

use crate::lines::front::Front;
use crate::lines::source::Source;
use crate::signs::label::Label;
use crate::turns::marks::Mark;

/// What the markup says of a line.
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
    /// It is quoted as it is, such as code: nothing in it is markup, and nobody is named.
    Verbatim,
    /// It is text that nobody says, such as a footnote.
    Nobody,
}

/// What the markup says of all lines.
#[derive(Debug, Default)]
pub(crate) struct Markup {
    /// One for each line.
    pub hints: Vec<LineHint>,
    /// Signs that are not text.
    pub marks: Vec<Mark>,
    /// `>>` is a label, and not a quotation.
    pub chevrons: bool,
    /// What is set in bold type, in order.
    pub strong: Vec<Range<usize>>,
    /// The labels, where the markup states who speaks.
    pub labels: Vec<Label>,
}

/// What the markup of a document says, by places in the text.
#[derive(Debug, Default)]
pub(crate) struct Stated {
    /// Where lines begin of which it says something, in order.
    pub hints: Vec<(usize, LineHint)>,
    /// Pieces inside lines that are no text.
    pub marks: Vec<Mark>,
    /// What is set in bold type, in order.
    pub strong: Vec<Range<usize>>,
    /// Who speaks, if it says so.
    pub speakers: Vec<StatedSpeaker>,
}

/// A speaker whom the markup names at the beginning of a line.
#[derive(Debug)]
pub(crate) struct StatedSpeaker {
    /// Where the line begins.
    pub start: usize,
    /// Where the speech begins.
    pub end: usize,
    /// The name.
    pub name: String,
    /// When the speech begins, in milliseconds, if that is stated.
    pub start_ms: Option<u64>,
}

impl Stated {
    /// The same by lines.
    fn markup(self, source: &Source) -> Markup {
        let line_at = |start: usize| {
            let line = source
                .lines
                .partition_point(|line| line.range.start < start);
            let found = source.lines.get(line)?;
            (found.range.start == start).then_some(line)
        };
        let mut hints = vec![LineHint::None; source.lines.len()];
        for (start, hint) in self.hints {
            if let Some(line) = line_at(start) {
                hints[line] = hint;
            }
        }
        let label = |speaker: StatedSpeaker| {
            let line = line_at(speaker.start)?;
            let range = speaker.start..speaker.end;
            let pieces = if range.is_empty() {
                Vec::new()
            } else {
                vec![range]
            };
            let mut label = Label::on(line, pieces, speaker.end, speaker.name);
            label.start_ms = speaker.start_ms;
            Some(label)
        };
        Markup {
            hints,
            marks: self.marks,
            chevrons: true,
            strong: self.strong,
            labels: self.speakers.into_iter().filter_map(label).collect(),
        }
    }
}

/// How the markup of lines is read.
#[derive(Debug)]
pub(crate) enum MarkupOf {
    /// From signs in the lines.
    Signs(fn(&Source) -> Markup),
    /// The document has said it.
    Stated(Stated),
}

impl MarkupOf {
    /// What the markup says of these lines.
    pub fn read(self, source: &Source) -> Markup {
        match self {
            MarkupOf::Signs(read) => read(source),
            MarkupOf::Stated(stated) => stated.markup(source),
        }
    }
}

/// Lines, and how to read their markup: one of the three shapes in which sources come.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    /// The lines.
    pub source: Source<'a>,
    /// What stands above them.
    pub front: Front,
    /// Reads the markup. It is asked once a person's corrections have split the lines that hold
    /// several speeches.
    pub markup: MarkupOf,
}

impl<'a> Lines<'a> {
    /// Lines without markup, below their front matter.
    pub fn plain(source: Source<'a>, front: Front) -> Lines<'a> {
        Lines {
            source,
            front,
            markup: MarkupOf::Signs(|source| Markup {
                hints: vec![LineHint::None; source.lines.len()],
                chevrons: true,
                ..Markup::default()
            }),
        }
    }
}
