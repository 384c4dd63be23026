//! Captions to turns: who speaks, and where one turn ends and the next begins.

use std::collections::HashMap;
use std::ops::Range;

use turnsearch_model::{Kind, SpeakerId};

use crate::captions::chevrons::split_lines;
use crate::captions::cue::{Captions, Cue, Span};
use crate::captions::events::is_event;
use crate::captions::labels;
use crate::captions::rolling::take_copies;
use crate::captions::voices::take_channels;
use crate::lines::source::{Line, Source};
use crate::signs::label::Candidate;
use crate::signs::script::is_finished;
use crate::signs::speakers::{self, Cast};
use crate::signs::suspect::{Doubt, Suspect};
use crate::turns::builder::Builder;
use crate::turns::content::Content;
use crate::turns::draft::Draft;
use crate::turns::furniture::Reason;
use crate::turns::join::join;
use crate::turns::text::Break;

/// How long turns get when captions are joined.
#[derive(Debug, Clone, Copy)]
struct Bounds {
    /// A pause of this many milliseconds ends a turn, if it has `some` characters,
    long_pause: u64,
    some: usize,
    /// a pause of this many ends it after a sentence, if it has `enough`,
    pause: u64,
    enough: usize,
    /// the end of a sentence does with this many,
    sentence: usize,
    /// and any caption does with this many.
    most: usize,
}

/// Without a speaker a turn is a paragraph: about a minute of speech, so that a place in a long
/// recording can be found.
const PARAGRAPHS: Bounds = Bounds {
    long_pause: 4000,
    some: 80,
    pause: 1500,
    enough: 200,
    sentence: 600,
    most: 1500,
};
/// A speaker's turn is one, however long the pauses, until a lecture makes it unreadable: ten
/// minutes of speech or more.
const SPEECHES: Bounds = Bounds {
    long_pause: u64::MAX,
    some: usize::MAX,
    pause: u64::MAX,
    enough: usize::MAX,
    sentence: 10_000,
    most: 15_000,
};

/// Joins captions to turns.
pub(crate) fn turns(captions: &mut Captions) -> Draft {
    take_copies(captions);
    take_channels(captions);
    split_lines(captions);
    let captions = &*captions;
    let source = Source {
        text: captions.content.text().into(),
        lines: lines(captions),
        literal: Vec::new(),
    };
    let labels = labels::find(captions, &source);
    let cast = speakers::cast(&source, &labels.accepted, &labels.groups);
    Merger::new(captions, &source, &labels.accepted, &cast).merge(labels.suspects)
}

/// The lines of speech.
fn lines(captions: &Captions) -> Vec<Line> {
    let mut lines = Vec::new();
    for cue in &captions.cues {
        let ranges = cue.spans.iter().flat_map(|span| &span.lines);
        for (index, range) in ranges.enumerate() {
            lines.push(Line {
                number: captions.content.line_at(range.start),
                range: range.clone(),
                gap: u32::from(index == 0),
                page_break: false,
                hard_break: false,
                opens_block: false,
            });
        }
    }
    lines
}

/// A piece of a caption file that a person should look at.
fn suspect(content: &Content, piece: &Range<usize>, doubt: Doubt) -> Suspect {
    let text = content.clean(piece.clone()).chars().take(60).collect();
    Suspect::new(content.line_at(piece.start), 0.9, doubt, text)
}

struct Merger<'c> {
    captions: &'c Captions,
    turns: Builder<'c>,
    /// The end of a dialogue of dashes: nobody says who goes on.
    after_dashes: bool,
    /// The open turn is of nobody, and short enough to be left whole.
    whole: bool,
    /// For the first line of every label without a name, whether its speech is short.
    short: HashMap<usize, bool>,
    /// The label that begins on a line, with its speaker.
    labels: HashMap<usize, (&'c Candidate, Option<SpeakerId>)>,
    /// Lines of labels that are spread over several.
    inside_labels: HashMap<usize, usize>,
    speaker: Option<SpeakerId>,
}

impl<'c> Merger<'c> {
    fn new(captions: &'c Captions, source: &Source, labels: &'c [Candidate], cast: &Cast) -> Self {
        let content = &captions.content;
        let (text, marks, words) = (content.text(), content.marks(), content.words());
        let mut turns = Builder::new(Kind::Transcript, text, marks, words);
        turns.draft.meta = captions.meta.clone();
        turns.draft.speakers.clone_from(&cast.speakers);
        turns.draft.suspects.clone_from(&cast.suspects);
        for (range, reason) in &captions.furniture {
            turns.furniture(content.furniture(range.clone(), *reason));
        }
        for (range, doubt) in &captions.doubts {
            turns.draft.suspects.push(suspect(content, range, *doubt));
        }
        let starts = labels.iter().zip(&cast.of_label);
        Merger {
            captions,
            turns,
            after_dashes: false,
            whole: false,
            short: short_speeches(source, labels),
            labels: starts
                .map(|(label, speaker)| (label.lines.start, (label, *speaker)))
                .collect(),
            inside_labels: labels
                .iter()
                .flat_map(|label| label.lines.clone().map(|line| (line, label.end)))
                .collect(),
            speaker: None,
        }
    }

    fn merge(mut self, mut suspects: Vec<Suspect>) -> Draft {
        let mut line = 0;
        for cue in &self.captions.cues {
            self.end_long_turn(cue);
            self.doubt_times(cue);
            for span in &cue.spans {
                self.span(span, line, cue);
                line += span.lines.len();
            }
            if cue.timed && !self.captions.endless {
                self.extend_to(cue.sound_end_ms());
            }
            if std::mem::take(&mut self.after_dashes) {
                self.turns.close();
                self.speaker = None;
            }
        }
        let mut draft = self.turns.finish();
        draft.suspects.append(&mut suspects);
        draft
    }

    fn doubt_times(&mut self, cue: &Cue) {
        let first = cue.spans.iter().find_map(|span| span.lines.first());
        if let (true, Some(first)) = (cue.is_backward(), first) {
            let suspect = suspect(&self.captions.content, first, Doubt::BackwardTimes);
            self.turns.draft.suspects.push(suspect);
        }
    }

    /// What one voice says, whose first line has this index.
    fn span(&mut self, span: &Span, first_line: usize, cue: &Cue) {
        let lines = first_line..first_line + span.lines.len();
        if lines.is_empty() {
            if let Some(voice) = &span.voice {
                self.furniture(voice, Reason::Label);
            }
            return;
        }
        let stated = self.labels.get(&first_line).copied();
        let stated = stated.filter(|(label, _)| is_outside(label));
        let voiced = stated.is_some();
        let labelled = lines
            .clone()
            .any(|line| self.inside_labels.contains_key(&line));
        let happens = (voiced || !labelled)
            && span
                .lines
                .first()
                .zip(span.lines.last())
                .is_some_and(|(first, last)| {
                    is_event(&self.captions.content.clean(first.start..last.end))
                });
        // What happens and is nobody's stands in the turn that is open.
        if let Some((label, speaker)) = stated
            && !(happens && speaker.is_none())
        {
            self.speak(label, speaker, cue);
        }
        if happens && let (Some(first), Some(last)) = (span.lines.first(), span.lines.last()) {
            let what = self
                .captions
                .content
                .furniture(first.start..last.end, Reason::Other);
            if !self.turns.is_open() {
                self.begin(self.captions.content.line_at(first.start), None, cue);
            }
            self.turns.event(what);
            return;
        }
        if self.captions.apart && self.open_is_finished() {
            self.turns.close();
        }
        for (line, range) in lines.zip(&span.lines) {
            if !voiced && let Some(&(label, speaker)) = self.labels.get(&line) {
                self.speak(label, speaker, cue);
            }
            let label_end = self.inside_labels.get(&line).copied().unwrap_or(0);
            let is_paragraph = if line > first_line {
                self.captions.paragraphs
            } else {
                self.captions.rows && self.open_is_finished()
            };
            let between = if is_paragraph {
                Break::Paragraph
            } else {
                Break::Wrap
            };
            self.text(range.start.max(label_end)..range.end, between, cue);
        }
    }

    /// A label: the same person goes on, or a turn begins.
    fn speak(&mut self, label: &Candidate, speaker: Option<SpeakerId>, cue: &Cue) {
        self.after_dashes |= is_dash(label);
        let is_nobody = speaker.is_none() && is_outside(label);
        let goes_on = speaker == self.speaker && (speaker.is_some() || is_nobody);
        if goes_on && self.turns.is_open() {
            for piece in &label.pieces {
                self.furniture(piece, Reason::Label);
            }
            return;
        }
        self.speaker = speaker;
        self.whole = self.short.get(&label.lines.start) == Some(&true);
        let line = label
            .pieces
            .first()
            .map_or(1, |piece| self.captions.content.line_at(piece.start));
        let label = self.label_text(label);
        self.begin(line, Some(label).filter(|label| !label.is_empty()), cue);
    }

    fn label_text(&self, label: &Candidate) -> String {
        let content = &self.captions.content;
        join(
            label
                .pieces
                .iter()
                .map(|piece| content.clean(piece.clone())),
        )
    }

    fn furniture(&mut self, piece: &Range<usize>, reason: Reason) {
        let piece = self.captions.content.furniture(piece.clone(), reason);
        self.turns.furniture(piece);
    }

    fn begin(&mut self, line: u32, label: Option<String>, cue: &Cue) {
        self.turns.begin(line, label, self.speaker);
        if let Some((turn, _)) = self.turns.open() {
            turn.start_ms = cue.timed.then_some(cue.start_ms);
            turn.end_ms = cue.timed.then_some(cue.sound_end_ms());
            turn.end_ms.take_if(|_| self.captions.endless);
        }
    }

    fn text(&mut self, range: Range<usize>, between: Break, cue: &Cue) {
        if range.is_empty() {
            return;
        }
        if !self.turns.is_open() {
            let line = self.captions.content.line_at(range.start);
            self.begin(line, None, cue);
        }
        self.turns.text(range, between);
    }

    fn extend_to(&mut self, end_ms: u64) {
        if let Some((turn, _)) = self.turns.open() {
            turn.end_ms = turn.end_ms.max(Some(end_ms));
        }
    }

    /// Whether the open turn ends a sentence.
    fn open_is_finished(&mut self) -> bool {
        let open = self.turns.open();
        open.is_some_and(|(_, text)| is_finished(text.trim_end()))
    }

    /// Ends the open turn before this caption if it is long enough for the pause between.
    fn end_long_turn(&mut self, next: &Cue) {
        let bounds = if self.speaker.is_some() || self.whole {
            SPEECHES
        } else {
            PARAGRAPHS
        };
        let Some((turn, text)) = self.turns.open() else {
            return;
        };
        let pause = match self.captions.endless {
            true => 0,
            false => next.start_ms.saturating_sub(turn.end_ms.unwrap_or(0)),
        };
        let length = text.len();
        let after_sentence =
            length >= bounds.enough.min(bounds.sentence) && is_finished(text.trim_end());
        let ends = length >= bounds.most
            || pause >= bounds.long_pause && length >= bounds.some
            || after_sentence && (length >= bounds.sentence || pause >= bounds.pause);
        if ends {
            self.turns.close();
            self.whole = false;
        }
    }
}

/// Whether the label stands outside the lines of the speech: in a tag or a field.
fn is_outside(label: &Candidate) -> bool {
    label
        .pieces
        .iter()
        .all(|piece| piece.end <= label.end && piece.is_empty())
        || label.explicit && label.pieces.iter().all(|piece| piece.end < label.end)
}

/// Whether the label is a dash, which says that another person speaks, and not who.
fn is_dash(label: &Candidate) -> bool {
    label.name.is_empty() && !label.explicit && label.chevron.is_none()
}

/// For the first line of every label without a name, whether the speech up to the next label is no
/// longer than a paragraph. Where the next sign of another speaker is far away, one was probably
/// missed, and nobody can say who speaks.
fn short_speeches(source: &Source, labels: &[Candidate]) -> HashMap<usize, bool> {
    let mut starts = labels.iter().map(|label| label.lines.start).skip(1);
    let mut short = HashMap::new();
    for label in labels {
        let end = starts.next().unwrap_or(source.lines.len());
        if !label.name.is_empty() {
            continue;
        }
        let lines = source.lines.get(label.lines.start..end).unwrap_or_default();
        let length: usize = lines.iter().map(|line| line.range.len() + 1).sum();
        short.insert(label.lines.start, length <= PARAGRAPHS.most);
    }
    short
}
