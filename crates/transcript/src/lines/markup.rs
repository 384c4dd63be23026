//! What the markup of a format says of lines.

use crate::lines::front::Front;
use crate::lines::source::Source;
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
}

/// What the markup says of all lines.
#[derive(Debug)]
pub(crate) struct Markup {
    /// One for each line.
    pub hints: Vec<LineHint>,
    /// Signs that are not text.
    pub marks: Vec<Mark>,
    /// `>>` is a label, and not a quotation.
    pub chevrons: bool,
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
    pub markup: fn(&Source) -> Markup,
}

impl<'a> Lines<'a> {
    /// Lines without markup, below their front matter.
    pub fn plain(source: Source<'a>, front: Front) -> Lines<'a> {
        Lines {
            source,
            front,
            markup: |source| Markup {
                hints: vec![LineHint::None; source.lines.len()],
                marks: Vec::new(),
                chevrons: true,
            },
        }
    }
}
