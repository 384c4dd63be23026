//! Running text with markup inside it: paragraphs, inline elements, what happens in between.

use std::collections::HashMap;
use std::ops::Range;

use super::Document;
use crate::compose::Composer;
use crate::furniture::Reason;
use crate::text::Break;
use crate::transcript::Draft;
use crate::words::is_stage_line;
use turnsearch_model::{Speaker, SpeakerId};

/// Text of a document on its way into turns.
#[derive(Debug)]
pub(super) struct Flow<'d> {
    document: &'d Document,
    composer: Composer<'d>,
    /// Text that belongs together.
    run: Option<Range<usize>>,
    /// What parts the run from the text before it.
    between: Break,
    place: Place,
    /// Speakers by what the document calls them.
    speakers: HashMap<String, SpeakerId>,
    /// Speakers by name: two identifiers of one name are one person.
    names: HashMap<String, SpeakerId>,
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

impl<'d> Flow<'d> {
    pub fn new(document: &'d Document) -> Self {
        Flow {
            document,
            composer: Composer::new(&document.content),
            run: None,
            between: Break::Paragraph,
            place: Place::Outside,
            speakers: HashMap::new(),
            names: HashMap::new(),
        }
    }

    /// What is finished, for metadata.
    pub fn draft(&mut self) -> &mut Draft {
        &mut self.composer.draft
    }

    /// The speaker that the document calls so; `describe` names one that is new.
    pub fn speaker(&mut self, key: &str, describe: impl FnOnce() -> Speaker) -> SpeakerId {
        if let Some(&known) = self.speakers.get(key) {
            return known;
        }
        let speaker = describe();
        let speakers = &mut self.composer.draft.speakers;
        let at = *self.names.entry(speaker.name.clone()).or_insert_with(|| {
            speakers.push(speaker);
            SpeakerId::at(speakers.len() - 1)
        });
        self.speakers.insert(key.to_owned(), at);
        at
    }

    /// A speech begins. `label` is where the content names the speaker.
    pub fn begin_speech(
        &mut self,
        line: u32,
        label: Option<Range<usize>>,
        speaker: Option<SpeakerId>,
    ) {
        self.end_block();
        let label = label
            .and_then(|label| self.document.content.trim(label))
            .map(|label| self.document.content.clean(label));
        self.composer.begin(line, label, speaker);
        self.place = Place::Speech;
    }

    /// A speech ends. What happens behind it is still its event; text behind it is not its text.
    pub fn end_speech(&mut self) {
        self.end_block();
        self.place = Place::Outside;
    }

    /// More text of the paragraph.
    pub fn text(&mut self, range: Range<usize>) {
        match &mut self.run {
            Some(run) if run.end == range.start => run.end = range.end,
            _ => {
                self.flush();
                self.run = Some(range);
            }
        }
    }

    /// A paragraph begins or ends. One that is all in brackets tells what happens.
    pub fn end_block(&mut self) {
        if self.between == Break::Paragraph
            && let Some(range) = self.run.clone()
            && is_stage_line(&self.document.content.clean(range.clone()))
        {
            self.run = None;
            self.composer.event(range);
        }
        self.flush();
        self.between = Break::Paragraph;
    }

    /// What happens. The paragraph may go on behind it.
    pub fn event(&mut self, range: Range<usize>) {
        self.flush();
        self.composer.event(range);
    }

    /// What is in no turn. The paragraph may go on behind it.
    pub fn furniture(&mut self, range: Range<usize>, reason: Reason) {
        self.flush();
        self.composer.furniture(range, reason);
    }

    /// A heading of what follows, `depth` levels deep.
    pub fn heading(&mut self, depth: usize, range: Range<usize>) {
        self.end_speech();
        self.composer.heading(depth, range);
    }

    /// A section ends, and its headings, `depth` levels deep and deeper, with it.
    pub fn leave(&mut self, depth: usize) {
        self.end_speech();
        self.composer.leave(depth);
    }

    fn flush(&mut self) {
        let Some(range) = self.run.take() else { return };
        let Some(range) = self.document.content.trim(range) else {
            return;
        };
        if self.place == Place::Outside {
            let line = self.document.content.line_at(range.start);
            self.composer.begin(line, None, None);
            self.place = Place::OutsideTurn;
        }
        self.composer.text(range, self.between);
        self.between = Break::Wrap;
    }

    pub fn finish(mut self) -> Draft {
        self.end_block();
        self.composer.finish()
    }
}

/// Elements that are paragraphs, or lists and tables of them, in every format.
pub(super) fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "seg"
            | "ab"
            | "lg"
            | "l"
            | "li"
            | "ul"
            | "ol"
            | "list"
            | "item"
            | "blockList"
            | "table"
            | "tr"
            | "td"
            | "th"
            | "row"
            | "cell"
            | "blockquote"
            | "quote"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "br"
            | "eol"
            | "lb"
            | "hr"
            | "block"
            | "foreign"
            | "pre"
            | "content"
            | "paragraph"
            | "section"
            | "tblock"
            | "toc"
            | "dl"
            | "dt"
            | "dd"
    )
}

/// Elements whose content is for machines.
pub(super) fn is_hidden(name: &str) -> bool {
    matches!(name, "script" | "style" | "iframe" | "noscript" | "object")
}
