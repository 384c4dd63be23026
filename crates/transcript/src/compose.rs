//! From ranges of a content to turns: what all formats with markup share.

use std::ops::Range;

use crate::content::Content;
use crate::corrections::Corrections;
use crate::error::ParseError;
use crate::format::Format;
use crate::furniture::{Furniture, Reason};
use crate::text::{Break, TextBuilder};
use crate::transcript::Draft;
use crate::{Account, Parsed, dates, suspect};
use turnsearch_model::{Field, Kind, Meeting, SpeakerId, Turn};

/// Turns under construction.
#[derive(Debug)]
pub(crate) struct Composer<'c> {
    content: &'c Content,
    /// What is finished.
    pub draft: Draft,
    headings: Vec<(usize, String)>,
    open: Option<(Turn, TextBuilder<'c>)>,
}

impl<'c> Composer<'c> {
    /// Nothing yet.
    pub fn new(content: &'c Content) -> Self {
        Composer {
            content,
            draft: Draft {
                kind: Kind::Transcript,
                ..Draft::default()
            },
            headings: Vec::new(),
            open: None,
        }
    }

    /// Opens a turn; the one before ends.
    pub fn begin(&mut self, line: u32, label: Option<String>, speaker: Option<SpeakerId>) {
        self.close();
        let turn = Turn {
            speaker,
            label,
            line,
            heading: self.headings.iter().map(|(_, text)| text.clone()).collect(),
            ..Turn::default()
        };
        let content = self.content;
        let builder = TextBuilder::new(content.text(), content.marks(), content.words());
        self.open = Some((turn, builder));
    }

    /// The turn that is open, and its text so far.
    pub fn open(&mut self) -> Option<(&mut Turn, &str)> {
        self.open
            .as_mut()
            .map(|(turn, builder)| (turn, builder.text()))
    }

    /// Appends text to the open turn; without one, opens one of nobody.
    pub fn text(&mut self, range: Range<usize>, between: Break) {
        let Some(range) = self.content.trim(range) else {
            return;
        };
        if self.open.is_none() {
            self.begin(self.content.line_at(range.start), None, None);
        }
        if let Some((_, builder)) = &mut self.open {
            builder.push(range, between);
        }
    }

    /// What happens: an event of the open turn, or, before anybody speaks, no part of a turn.
    pub fn event(&mut self, range: Range<usize>) {
        let Some(range) = self.content.trim(range) else {
            return;
        };
        match &mut self.open {
            Some((_, builder)) => builder.event(self.content.clean(range)),
            None => self.furniture(range, Reason::Other),
        }
    }

    /// A heading of the turns below it, `depth` levels deep. The open turn ends.
    pub fn heading(&mut self, depth: usize, range: Range<usize>) {
        self.close();
        self.headings.retain(|(above, _)| *above < depth);
        if let Some(range) = self.content.trim(range) {
            self.headings
                .push((depth, self.content.clean(range.clone())));
            self.furniture(range, Reason::Heading);
        }
    }

    /// Leaves a section: its headings and those inside it hold no longer.
    pub fn leave(&mut self, depth: usize) {
        self.close();
        self.headings.retain(|(above, _)| *above < depth);
    }

    /// Content that is in no turn.
    pub fn furniture(&mut self, range: Range<usize>, reason: Reason) {
        if let Some(range) = self.content.trim(range) {
            self.draft.furniture.push(Furniture {
                line: self.content.line_at(range.start),
                offset: range.start,
                reason,
                text: self.content.clean(range),
            });
        }
    }

    /// Ends the open turn, if any. One that nobody is named for and that holds nothing is none.
    pub fn close(&mut self) {
        let Some((mut turn, builder)) = self.open.take() else {
            return;
        };
        if builder.is_empty() && turn.label.is_none() {
            return;
        }
        (turn.text, turn.events) = builder.finish();
        turn.n = u32::try_from(self.draft.turns.len() + 1).unwrap_or(u32::MAX);
        self.draft.turns.push(turn);
    }

    /// What was made.
    pub fn finish(mut self) -> Draft {
        self.close();
        self.draft
    }
}

/// Accounts for a draft and makes a meeting of it. `wanted` is what the format marks speech with.
pub(crate) fn finish(
    source_name: &str,
    format: Format,
    wanted: &'static str,
    content: &Content,
    mut draft: Draft,
    corrections: Option<&Corrections>,
) -> Result<Parsed, ParseError> {
    if draft.turns.is_empty() {
        return Err(ParseError::NoSpeech {
            source_name: source_name.to_owned(),
            format,
            wanted,
        });
    }
    if let Some(corrections) = corrections {
        corrections.merge_only(source_name, &mut draft)?;
    }
    if draft.meta[Field::Date].is_none() {
        draft.meta[Field::Date] = date_of_name(source_name);
    }
    draft
        .furniture
        .sort_by_key(|piece| (piece.offset, piece.line));
    suspect::rank(&mut draft.suspects);
    Ok(Parsed {
        account: Account::take(content.text(), &draft.turns, &draft.furniture),
        meeting: Meeting {
            id: turnsearch_model::slug(source_name),
            source: source_name.to_owned(),
            kind: draft.kind,
            meta: draft.meta,
            turns: draft.turns,
        },
        speakers: draft.speakers,
        furniture: draft.furniture,
        suspects: draft.suspects,
    })
}

/// The date with which the name of a file begins: captions rarely state one inside.
fn date_of_name(source_name: &str) -> Option<String> {
    let date = source_name.get(..10)?;
    let rest = &source_name[10..];
    let read = dates::read(date).date?;
    (read == date && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(read)
}
