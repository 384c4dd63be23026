//! Running text to turns: paragraphs, and what happens in between.

use std::ops::Range;

use turnsearch_model::Kind;

use crate::flow::steps::{Flow, Step};
use crate::signs::stage::is_stage_line;
use crate::turns::builder::Builder;
use crate::turns::content::Content;
use crate::turns::draft::Draft;
use crate::turns::furniture::Reason;
use crate::turns::text::Break;

/// The turns of a document; returns them with the content that they are made of.
pub(crate) fn read(flow: Flow) -> (Draft, Content) {
    let Flow { content, steps, .. } = flow;
    let mut writer = Writer::new(&content);
    writer.turns.draft.meta = steps.meta;
    writer.turns.draft.speakers = steps.speakers;
    for step in steps.steps {
        writer.step(step);
    }
    writer.end_block();
    (writer.turns.finish(), content)
}

/// Whose text comes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// The text of a speech.
    Speech,
    /// Nobody's, and nothing of it was seen yet.
    Outside,
    /// Nobody's, in a turn of its own.
    OutsideTurn,
}

/// Text on its way into turns.
struct Writer<'c> {
    content: &'c Content,
    turns: Builder<'c>,
    /// Text that belongs together.
    run: Option<Range<usize>>,
    /// What separates the run from the text before it.
    between: Break,
    place: Place,
}

impl<'c> Writer<'c> {
    fn new(content: &'c Content) -> Self {
        let (text, marks, words) = (content.text(), content.marks(), content.words());
        Writer {
            content,
            turns: Builder::new(Kind::Transcript, text, marks, words),
            run: None,
            between: Break::Paragraph,
            place: Place::Outside,
        }
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Text(range) => {
                self.flush();
                self.run = Some(range);
            }
            Step::EndBlock => self.end_block(),
            Step::Speech {
                line,
                label,
                speaker,
            } => {
                self.end_block();
                let label = label
                    .and_then(|label| self.content.trim(label))
                    .map(|label| self.content.clean(label));
                self.turns.begin(line, label, speaker);
                self.place = Place::Speech;
            }
            Step::EndSpeech => self.end_speech(),
            Step::Event(range) => {
                self.flush();
                self.event(range);
            }
            Step::Furniture(range, reason) => {
                self.flush();
                self.turns.furniture(self.content.furniture(range, reason));
            }
            Step::Heading(depth, range) => {
                self.end_speech();
                let piece = self.content.furniture(range, Reason::Heading);
                self.turns.heading(depth, piece);
            }
            Step::Leave(depth) => {
                self.end_speech();
                self.turns.leave(depth);
            }
        }
    }

    fn end_speech(&mut self) {
        self.end_block();
        self.place = Place::Outside;
    }

    /// Ends a paragraph. One that is all in brackets tells what happens.
    fn end_block(&mut self) {
        if self.between == Break::Paragraph
            && let Some(range) = self.run.clone()
            && is_stage_line(&self.content.clean(range.clone()))
        {
            self.run = None;
            self.event(range);
        }
        self.flush();
        self.between = Break::Paragraph;
    }

    fn event(&mut self, range: Range<usize>) {
        let piece = self.content.furniture(range, Reason::Other);
        if piece.is_some() && !self.turns.is_open() {
            self.place = Place::OutsideTurn;
        }
        self.turns.event(piece);
    }

    fn flush(&mut self) {
        let Some(range) = self.run.take() else { return };
        let Some(range) = self.content.trim(range) else {
            return;
        };
        if self.place == Place::Outside {
            let line = self.content.line_at(range.start);
            self.turns.begin(line, None, None);
            self.place = Place::OutsideTurn;
        }
        self.turns.text(range, self.between);
        self.between = Break::Wrap;
    }
}
