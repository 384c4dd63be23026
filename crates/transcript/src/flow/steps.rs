//! Running text with what happens in it, step by step.

use std::collections::HashMap;
use std::ops::Range;

use turnsearch_model::{Metadata, Speaker, SpeakerId};

use crate::turns::content::Content;
use crate::turns::furniture::Reason;

/// A document as running text: one of the three shapes in which sources come.
#[derive(Debug)]
pub(crate) struct Flow {
    /// The text, of which steps are ranges.
    pub content: Content,
    /// What happens in it.
    pub steps: Steps,
    /// What the format marks speech with, for the message when there is none.
    pub wanted: &'static str,
}

/// One thing that happens in running text. Ranges are bytes of the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Step {
    /// More text of the paragraph.
    Text(Range<usize>),
    /// A paragraph begins or ends.
    EndBlock,
    /// A speech begins.
    Speech {
        /// Line on which it does.
        line: u32,
        /// Where the content names the speaker.
        label: Option<Range<usize>>,
        /// Who speaks.
        speaker: Option<SpeakerId>,
    },
    /// A speech ends. What happens after it is still its event; text after it is not its text.
    EndSpeech,
    /// Something happens. The paragraph may go on after it.
    Event(Range<usize>),
    /// Something that is in no turn. The paragraph may go on after it.
    Furniture(Range<usize>, Reason),
    /// A heading of what follows, so many levels deep.
    Heading(usize, Range<usize>),
    /// A section ends, and with it its headings, so many levels deep and deeper.
    Leave(usize),
}

/// The steps of a document, its metadata and its speakers.
#[derive(Debug, Default)]
pub(crate) struct Steps {
    /// What the document states of itself.
    pub meta: Metadata,
    /// Who speaks, in order of first appearance.
    pub speakers: Vec<Speaker>,
    /// What happens.
    pub steps: Vec<Step>,
    /// Speakers by what the document calls them.
    by_key: HashMap<String, SpeakerId>,
    /// Speakers by name: two identifiers of one name are one person.
    by_name: HashMap<String, SpeakerId>,
}

impl Steps {
    /// The speaker that the document calls so; `describe` names one that is new.
    pub fn speaker(&mut self, key: &str, describe: impl FnOnce() -> Speaker) -> SpeakerId {
        if let Some(&known) = self.by_key.get(key) {
            return known;
        }
        let speaker = describe();
        let speakers = &mut self.speakers;
        let at = *self.by_name.entry(speaker.name.clone()).or_insert_with(|| {
            speakers.push(speaker);
            SpeakerId::at(speakers.len() - 1)
        });
        self.by_key.insert(key.to_owned(), at);
        at
    }

    /// More text of the paragraph.
    pub fn text(&mut self, range: Range<usize>) {
        match self.steps.last_mut() {
            Some(Step::Text(before)) if before.end == range.start => before.end = range.end,
            _ => self.steps.push(Step::Text(range)),
        }
    }

    /// A speech begins. `label` is where the content names the speaker.
    pub fn speech(&mut self, line: u32, label: Option<Range<usize>>, speaker: Option<SpeakerId>) {
        self.steps.push(Step::Speech {
            line,
            label,
            speaker,
        });
    }

    /// A speech ends.
    pub fn end_speech(&mut self) {
        self.steps.push(Step::EndSpeech);
    }

    /// A paragraph begins or ends.
    pub fn end_block(&mut self) {
        self.steps.push(Step::EndBlock);
    }

    /// Something happens.
    pub fn event(&mut self, range: Range<usize>) {
        self.steps.push(Step::Event(range));
    }

    /// Something that is in no turn.
    pub fn furniture(&mut self, range: Range<usize>, reason: Reason) {
        self.steps.push(Step::Furniture(range, reason));
    }

    /// A heading of what follows, `depth` levels deep.
    pub fn heading(&mut self, depth: usize, range: Range<usize>) {
        self.steps.push(Step::Heading(depth, range));
    }

    /// A section ends, and its headings, `depth` levels deep and deeper, with it.
    pub fn leave(&mut self, depth: usize) {
        self.steps.push(Step::Leave(depth));
    }
}
