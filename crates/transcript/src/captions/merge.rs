//! Captions to turns: who speaks, and where one turn ends and the next begins.

use std::collections::HashMap;
use std::ops::Range;

use turnsearch_model::{Kind, SpeakerId};

use crate::captions::cue::{Captions, Cue, Span};
use crate::lines::layout::Layout;
use crate::lines::source::{Line, Source};
use crate::signs::evidence::{self, Hints, Labels};
use crate::signs::label::Candidate;
use crate::signs::script::{is_colon, is_finished};
use crate::signs::speakers::{self, Cast};
use crate::signs::stage::is_stage_line;
use crate::signs::suspect::{Doubt, Suspect};
use crate::turns::builder::Builder;
use crate::turns::content::Content;
use crate::turns::draft::Draft;
use crate::turns::furniture::Reason;
use crate::turns::join::join;
use crate::turns::text::Break;

/// Share of captions, in percent, that must open with a short name and a colon for all such
/// openings to be labels: what meeting software writes, whatever the names look like.
const UNIFORM: usize = 80;
/// A name in such a caption is not longer than this many characters.
const MAX_NAME: usize = 60;

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

/// Without speakers a turn is a paragraph: about a minute of speech, so that a place in a long
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
pub(crate) fn turns(captions: &Captions) -> Draft {
    let source = Source {
        text: captions.content.text().into(),
        lines: lines(captions),
        literal: Vec::new(),
    };
    let labels = labels(captions, &source);
    let cast = speakers::cast(&source, &labels.accepted, &labels.groups);
    Merger::new(captions, &labels.accepted, &cast).merge(labels.suspects)
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
            });
        }
    }
    lines
}

/// Labels by markup where there is any, else by what the captions open with.
fn labels(captions: &Captions, source: &Source) -> Labels {
    let voices = voices(captions);
    if !voices.is_empty() {
        return Labels {
            anchored: voices.len(),
            accepted: voices,
            ..Labels::default()
        };
    }
    let text_lines: Vec<usize> = (0..source.lines.len())
        .filter(|&line| !is_stage_line(source.line(line)))
        .collect();
    let openings = openings(captions, source);
    let named = openings.iter().filter(|&&named| named).count();
    let spoken = captions.cues.iter().filter(|cue| !cue.spans.is_empty());
    let is_uniform = named > 1 && named * 100 >= UNIFORM * spoken.count();
    let hints = Hints {
        explicit: if is_uniform { openings } else { Vec::new() },
        only_explicit: is_uniform,
        chevrons: true,
        events: vec![false; source.lines.len()],
    };
    let layout = Layout::measure(source, &text_lines);
    let marks = captions.content.marks();
    let found = evidence::find(source, marks, &layout, &text_lines, &hints);
    if found.make_a_transcript(&source.text) {
        found
    } else {
        Labels::default()
    }
}

/// Labels of voice tags and of speaker fields.
fn voices(captions: &Captions) -> Vec<Candidate> {
    let mut labels = Vec::new();
    let mut line = 0;
    for span in captions.cues.iter().flat_map(|cue| &cue.spans) {
        if let (Some(voice), Some(first)) = (&span.voice, span.lines.first()) {
            labels.push(Candidate {
                lines: line..line + 1,
                pieces: std::iter::once(voice.clone()).collect(),
                end: first.start,
                name: name_of(&captions.content.clean(voice.clone())),
                brackets: Vec::new(),
                chevron: None,
                explicit: true,
                start_ms: None,
            });
        }
        line += span.lines.len();
    }
    labels
}

/// A name without the colon that some programs put into the tag.
fn name_of(voice: &str) -> String {
    voice.trim_end_matches(is_colon).trim_end().to_owned()
}

/// For every line whether it is the first of a caption and opens with a short name and a colon.
fn openings(captions: &Captions, source: &Source) -> Vec<bool> {
    let mut named = Vec::with_capacity(source.lines.len());
    for cue in &captions.cues {
        let count = cue.spans.iter().map(|span| span.lines.len()).sum::<usize>();
        for index in 0..count {
            named.push(index == 0 && opens_with_name(source.line(named.len())));
        }
    }
    named
}

fn opens_with_name(line: &str) -> bool {
    let Some(at) = line.find(is_colon) else {
        return false;
    };
    let (name, rest) = line.split_at(at);
    let mut rest = rest.chars();
    // A wide colon has its blank in itself.
    let separated = rest.next() != Some(':') || rest.next().is_none_or(char::is_whitespace);
    separated && name.chars().count() <= MAX_NAME && name.chars().any(char::is_alphanumeric)
}

/// A piece of a caption file that a person should look at.
fn suspect(content: &Content, piece: &Range<usize>, doubt: Doubt) -> Suspect {
    let text = content.clean(piece.clone()).chars().take(60).collect();
    Suspect::new(content.line_at(piece.start), 0.9, doubt, text)
}

struct Merger<'c> {
    captions: &'c Captions,
    turns: Builder<'c>,
    bounds: Bounds,
    /// The label that begins on a line, with its speaker.
    labels: HashMap<usize, (&'c Candidate, Option<SpeakerId>)>,
    /// Lines of labels that are spread over several.
    inside_labels: HashMap<usize, usize>,
    speaker: Option<SpeakerId>,
}

impl<'c> Merger<'c> {
    fn new(captions: &'c Captions, labels: &'c [Candidate], cast: &Cast) -> Self {
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
            bounds: if labels.is_empty() {
                PARAGRAPHS
            } else {
                SPEECHES
            },
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
            if cue.timed {
                self.extend_to(cue.sound_end_ms());
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
        let voiced = span.voice.is_some();
        if voiced && let Some(&(label, speaker)) = self.labels.get(&first_line) {
            self.speak(label, speaker, cue);
        }
        let labelled = lines
            .clone()
            .any(|line| self.inside_labels.contains_key(&line));
        if (voiced || !labelled)
            && let (Some(first), Some(last)) = (span.lines.first(), span.lines.last())
            && is_stage_line(&self.captions.content.clean(first.start..last.end))
        {
            let what = self
                .captions
                .content
                .furniture(first.start..last.end, Reason::Other);
            self.turns.event(what);
            return;
        }
        for (line, range) in lines.zip(&span.lines) {
            if !voiced && let Some(&(label, speaker)) = self.labels.get(&line) {
                self.speak(label, speaker, cue);
            }
            let label_end = self.inside_labels.get(&line).copied().unwrap_or(0);
            let between = if self.captions.paragraphs && line > first_line {
                Break::Paragraph
            } else {
                Break::Wrap
            };
            self.text(range.start.max(label_end)..range.end, between, cue);
        }
    }

    /// A label: the same person goes on, or a turn begins.
    fn speak(&mut self, label: &Candidate, speaker: Option<SpeakerId>, cue: &Cue) {
        let goes_on = speaker.is_some() && speaker == self.speaker;
        if goes_on && self.turns.is_open() {
            for piece in &label.pieces {
                self.furniture(piece, Reason::Label);
            }
            return;
        }
        self.speaker = speaker;
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

    /// Ends the open turn before this caption if it is long enough for the pause between.
    fn end_long_turn(&mut self, next: &Cue) {
        let bounds = self.bounds;
        let Some((turn, text)) = self.turns.open() else {
            return;
        };
        let pause = next.start_ms.saturating_sub(turn.end_ms.unwrap_or(0));
        let length = text.len();
        let after_sentence =
            length >= bounds.enough.min(bounds.sentence) && is_finished(text.trim_end());
        let ends = length >= bounds.most
            || pause >= bounds.long_pause && length >= bounds.some
            || after_sentence && (length >= bounds.sentence || pause >= bounds.pause);
        if ends {
            self.turns.close();
        }
    }
}
