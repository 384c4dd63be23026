//! Records with speakers: from labelled lines to turns.

use crate::corrections::Corrections;
use crate::error::ParseError;
use crate::evidence::{self, Labels};
use crate::furniture::{Furniture, Reason};
use crate::head::{self, HeadLine};
use crate::label::Candidate;
use crate::page::Class;
use crate::reading::{LineHint, Reading};
use crate::script::joint;
use crate::speakers;
use crate::suspect::{Doubt, Suspect};
use crate::text::{Break, TextBuilder, Words};
use crate::words::speech_rate;
use turnsearch_model::{Kind, Metadata, Speaker, SpeakerId, Turn};

/// Share of labels that must have more than repetition to speak for them.
const ANCHORED: f32 = 0.25;
/// Speech words in a thousand characters from which weak labels make a transcript.
const SPEECH: f32 = 6.0;
/// The same where at least one label is anchored.
const SOME_SPEECH: f32 = 2.0;
/// Labels without an anchor that make a transcript if the text sounds like speech.
const MIN_WEAK_LABELS: usize = 4;

/// What a source became, before it is accounted for.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    pub kind: Kind,
    pub meta: Metadata,
    pub turns: Vec<Turn>,
    pub speakers: Vec<Speaker>,
    pub furniture: Vec<Furniture>,
    pub suspects: Vec<Suspect>,
}

/// Reads the source as a transcript, if it is one.
pub(crate) fn read(
    reading: &Reading,
    corrections: Option<&Corrections>,
) -> Result<Option<Draft>, ParseError> {
    let mut labels = evidence::find(
        &reading.source,
        &reading.marks,
        &reading.layout,
        &reading.classes.text_lines(),
        &reading.hints(),
    );
    if let Some(corrections) = corrections {
        corrections.labels(&reading.source, &mut labels.accepted)?;
    }
    if !is_transcript(reading.source.text, &labels) {
        return Ok(None);
    }
    let breaks = take_time_marks(reading, &mut labels.accepted);
    let mut cast = speakers::cast(&reading.source, &labels.accepted, &labels.groups);
    if let Some(corrections) = corrections {
        let renumbered = corrections.merge(reading.source.name, &mut cast.speakers)?;
        for speaker in cast.of_label.iter_mut().flatten() {
            *speaker = renumbered[speaker.index()];
        }
    }
    let words = reading.words();
    let mut assembly = Assembly::new(reading, &words);
    assembly.draft.suspects.append(&mut labels.suspects);
    assembly.draft.suspects.append(&mut cast.suspects);
    assembly.draft.speakers = cast.speakers;
    let first = labels.accepted.first().map_or(0, |label| label.lines.start);
    assembly.head(first);
    assembly.body(first, &labels.accepted, &cast.of_label, &breaks);
    Ok(Some(assembly.finish()))
}

/// Whether the labels that were found make a transcript, or are the run-in headings of a document.
pub(crate) fn is_transcript(text: &str, labels: &Labels) -> bool {
    let (accepted, anchored) = (labels.accepted.len(), labels.anchored);
    if accepted == 0 {
        return false;
    }
    if labels.accepted.iter().any(|label| label.explicit) {
        return true;
    }
    if anchored >= 2 && anchored as f32 >= ANCHORED * accepted as f32 {
        return true;
    }
    let speech = speech_rate(text);
    anchored > 0 && speech >= SOME_SPEECH || accepted >= MIN_WEAK_LABELS && speech >= SPEECH
}

/// Labels in markup behind which there is nothing but times, such as `**Break:** [43:56]`: they
/// tell what happens, and nobody speaks. Gives their lines.
fn take_time_marks(reading: &Reading, labels: &mut Vec<Candidate>) -> Vec<usize> {
    let mut lines = Vec::new();
    let starts: Vec<usize> = labels.iter().map(|label| label.lines.start).collect();
    let mut index = 0;
    labels.retain(|label| {
        index += 1;
        let end = starts
            .get(index)
            .copied()
            .unwrap_or(reading.source.lines.len());
        let timed = label.explicit
            && end == label.lines.end
            && label.end < reading.source.lines[label.lines.start].range.end
            && is_times(&reading.clean(label.end..reading.source.lines[end - 1].range.end));
        if timed {
            lines.push(label.lines.start);
        }
        !timed
    });
    lines
}

fn is_times(text: &str) -> bool {
    text.contains(':')
        && text.contains(|c: char| c.is_ascii_digit())
        && text
            .split(|c: char| !c.is_alphabetic())
            .all(|word| word.is_empty() || word == "to")
}

/// Turns under construction.
struct Assembly<'r, 'a> {
    reading: &'r Reading<'a>,
    words: &'r Words<'r>,
    draft: Draft,
    headings: Vec<(u8, String)>,
    open: Option<(Turn, TextBuilder<'r>)>,
    last_line: Option<usize>,
    last_speaker: Option<SpeakerId>,
}

impl<'r, 'a> Assembly<'r, 'a> {
    fn new(reading: &'r Reading<'a>, words: &'r Words<'r>) -> Self {
        Assembly {
            reading,
            words,
            draft: Draft {
                kind: Kind::Transcript,
                furniture: reading.page_furniture(),
                ..Draft::default()
            },
            headings: Vec::new(),
            open: None,
            last_line: None,
            last_speaker: None,
        }
    }

    /// The lines above the first label.
    fn head(&mut self, end: usize) {
        let reading = self.reading;
        let lines: Vec<usize> = (0..end)
            .filter(|&line| reading.classes.of[line] == Class::Text)
            .collect();
        let texts: Vec<String> = lines.iter().map(|&line| reading.clean_line(line)).collect();
        let texts: Vec<(&str, bool)> = texts
            .iter()
            .map(|text| (text.as_str(), reading.layout.is_full(text)))
            .collect();
        let (meta, kinds) = head::read(&texts);
        self.draft.meta = meta;
        for (&line, kind) in lines.iter().zip(kinds) {
            match kind {
                HeadLine::Furniture(reason) => {
                    let piece = reading.furniture(line..line + 1, reason);
                    self.draft.furniture.extend(piece);
                }
                HeadLine::Text => {
                    if self.open.is_none() {
                        let number = reading.source.lines[line].number;
                        let text = reading.source.line(line).chars().take(60).collect();
                        self.draft.suspects.push(Suspect::new(
                            number,
                            0.8,
                            Doubt::TextBeforeLabels,
                            text,
                        ));
                        self.begin(number, None, None);
                    }
                    self.text_line(line);
                }
            }
        }
        for line in 0..end {
            if reading.classes.of[line] == Class::Event && !reading.classes.continues[line] {
                let piece = reading.furniture(line..self.event_end(line), Reason::Other);
                self.draft.furniture.extend(piece);
            }
        }
    }

    fn event_end(&self, line: usize) -> usize {
        let classes = &self.reading.classes;
        (line + 1..classes.of.len())
            .find(|&next| classes.of[next] != Class::Event || !classes.continues[next])
            .unwrap_or(classes.of.len())
    }

    fn body(
        &mut self,
        start: usize,
        labels: &[Candidate],
        of_label: &[Option<SpeakerId>],
        time_marks: &[usize],
    ) {
        let reading = self.reading;
        let mut labels = labels.iter().zip(of_label).peekable();
        let mut line = start;
        while line < reading.source.lines.len() {
            if let Some((label, speaker)) = labels.next_if(|(label, _)| label.lines.start == line) {
                self.label(label, *speaker);
                line = label.lines.end;
                continue;
            }
            match reading.classes.of[line] {
                Class::Furniture(_) => {}
                Class::Event => {
                    if !reading.classes.continues[line] {
                        self.event(line..self.event_end(line));
                    }
                }
                Class::Text if time_marks.contains(&line) => self.event(line..line + 1),
                Class::Text => match reading.line_hints[line] {
                    LineHint::Heading(level) => self.heading(line, level),
                    _ => self.text_line(line),
                },
            }
            line += 1;
        }
        self.close();
    }

    fn begin(&mut self, line: u32, label: Option<String>, speaker: Option<SpeakerId>) {
        self.close();
        self.last_speaker = speaker;
        let turn = Turn {
            speaker,
            label,
            line,
            heading: self.headings.iter().map(|(_, text)| text.clone()).collect(),
            ..Turn::default()
        };
        let reading = self.reading;
        let builder = TextBuilder::new(reading.source.text, &reading.marks, self.words);
        self.open = Some((turn, builder));
        self.last_line = None;
    }

    fn label(&mut self, label: &Candidate, speaker: Option<SpeakerId>) {
        let reading = self.reading;
        let mut text = String::new();
        for piece in &label.pieces {
            let piece = reading.clean(piece.clone());
            if let (Some(last), Some(next)) = (text.chars().next_back(), piece.chars().next()) {
                text.push_str(joint(last, next));
            }
            text.push_str(&piece);
        }
        let number = reading.source.lines[label.lines.start].number;
        self.begin(number, Some(text), speaker);
        let last = label.lines.end - 1;
        if let Some((turn, builder)) = &mut self.open {
            turn.start_ms = label.start_ms;
            builder.push(
                label.end..reading.source.lines[last].range.end,
                Break::Paragraph,
            );
            if !builder.is_empty() {
                self.last_line = Some(last);
            }
        }
    }

    fn text_line(&mut self, line: usize) {
        let reading = self.reading;
        let between = match self.last_line {
            Some(last) => reading.layout.between(&reading.source, last, line),
            None => Break::Paragraph,
        };
        if self.open.is_none() {
            // Behind a heading the same person goes on, in a turn of its own.
            self.begin(reading.source.lines[line].number, None, self.last_speaker);
        }
        if let Some((_, builder)) = &mut self.open {
            builder.push(reading.source.lines[line].range.clone(), between);
            self.last_line = Some(line);
        }
    }

    fn event(&mut self, lines: std::ops::Range<usize>) {
        let Some(piece) = self.reading.furniture(lines, Reason::Other) else {
            return;
        };
        match &mut self.open {
            Some((_, builder)) => builder.event(piece.text),
            None => self.draft.furniture.push(piece),
        }
    }

    /// A heading inside a transcript is the heading of the turns below it.
    fn heading(&mut self, line: usize, level: u8) {
        self.close();
        self.headings.retain(|(above, _)| *above < level);
        let piece = self.reading.furniture(line..line + 1, Reason::Heading);
        if let Some(piece) = piece {
            self.headings.push((level, piece.text.clone()));
            self.draft.furniture.push(piece);
        }
        self.last_line = None;
    }

    fn close(&mut self) {
        let Some((mut turn, builder)) = self.open.take() else {
            return;
        };
        let (text, events) = builder.finish();
        turn.text = text;
        turn.events = events;
        turn.n = u32::try_from(self.draft.turns.len() + 1).unwrap_or(u32::MAX);
        self.draft.turns.push(turn);
    }

    fn finish(mut self) -> Draft {
        self.close();
        self.draft
    }
}
