//! The only place where turns are begun, filled and closed.

use std::ops::Range;

use turnsearch_model::{Kind, SpeakerId, Turn};

use crate::turns::draft::Draft;
use crate::turns::furniture::{Furniture, Reason};
use crate::turns::marks::Marks;
use crate::turns::text::{Break, TextBuilder, Words};

/// Turns under construction, over one text.
#[derive(Debug)]
pub(crate) struct Builder<'s> {
    source: &'s str,
    marks: &'s Marks,
    words: &'s Words<'s>,
    /// What is finished.
    pub draft: Draft,
    /// The path of headings, each with its depth.
    headings: Vec<(usize, String)>,
    open: Option<(Turn, TextBuilder<'s>)>,
}

impl<'s> Builder<'s> {
    /// Nothing yet. Ranges are bytes of `source`; `marks` is what they leave out, and `words` tells
    /// which words a line end has cut.
    pub fn new(kind: Kind, source: &'s str, marks: &'s Marks, words: &'s Words<'s>) -> Self {
        Builder {
            source,
            marks,
            words,
            draft: Draft {
                kind,
                ..Draft::default()
            },
            headings: Vec::new(),
            open: None,
        }
    }

    /// Opens a turn under the headings of this place; the one before ends.
    pub fn begin(&mut self, line: u32, label: Option<String>, speaker: Option<SpeakerId>) {
        self.close();
        let turn = Turn {
            speaker,
            label,
            line,
            heading: self.headings.iter().map(|(_, text)| text.clone()).collect(),
            ..Turn::default()
        };
        let text = TextBuilder::new(self.source, self.marks, self.words);
        self.open = Some((turn, text));
    }

    /// The turn that is open, and its text so far.
    pub fn open(&mut self) -> Option<(&mut Turn, &str)> {
        self.open
            .as_mut()
            .map(|(turn, builder)| (turn, builder.text()))
    }

    /// Whether a turn is open.
    pub fn is_open(&self) -> bool {
        self.open.is_some()
    }

    /// Whether a turn is open and has neither text nor event yet.
    pub fn is_blank(&self) -> bool {
        self.open.as_ref().is_some_and(|(_, text)| text.is_empty())
    }

    /// Appends a piece of the source to the open turn. Whoever has text has begun a turn for it.
    pub fn text(&mut self, range: Range<usize>, between: Break) {
        debug_assert!(self.is_open(), "text outside a turn");
        if let Some((_, text)) = &mut self.open {
            text.push(range, between);
        }
    }

    /// What happens: an event of the open turn, or, before anybody speaks, of a turn of nobody, so
    /// that it is found like the others.
    pub fn event(&mut self, piece: Option<Furniture>) {
        let Some(piece) = piece else { return };
        if self.open.is_none() {
            self.begin(piece.line, None, None);
        }
        if let Some((_, text)) = &mut self.open {
            text.event(piece.text);
        }
    }

    /// A heading of the turns below it, `depth` levels deep, that is in no turn itself. The open
    /// turn ends.
    pub fn heading(&mut self, depth: usize, piece: Option<Furniture>) {
        self.leave(depth);
        if let Some(piece) = piece {
            self.headings.push((depth, piece.text.clone()));
            self.draft.furniture.push(Furniture {
                reason: Reason::Heading,
                ..piece
            });
        }
    }

    /// A heading that the label of the next turn prints.
    pub fn heading_in_label(&mut self, depth: usize, text: String) {
        self.leave(depth);
        self.headings.push((depth, text));
    }

    /// Leaves a section: its headings and those inside it hold no longer. The open turn ends.
    pub fn leave(&mut self, depth: usize) {
        self.close();
        self.headings.retain(|(above, _)| *above < depth);
    }

    /// Something that is in no turn.
    pub fn furniture(&mut self, piece: Option<Furniture>) {
        self.draft.furniture.extend(piece);
    }

    /// Ends the open turn, if any. An empty turn without a label is dropped.
    pub fn close(&mut self) {
        let Some((mut turn, text)) = self.open.take() else {
            return;
        };
        if text.is_empty() && turn.label.is_none() {
            return;
        }
        (turn.text, turn.events) = text.finish();
        self.draft.push(turn);
    }

    /// What was made.
    pub fn finish(mut self) -> Draft {
        self.close();
        self.draft
    }
}
