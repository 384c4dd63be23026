//! Records with speakers: from labelled lines to turns.

use std::ops::Range;

use turnsearch_model::{Field, Kind, Speaker, SpeakerId};

use crate::fault::Fault;
use crate::lines::corrected;
use crate::lines::head::{self, HeadLine};
use crate::lines::markup::LineHint;
use crate::lines::openings;
use crate::lines::page::Class;
use crate::lines::reading::Reading;
use crate::signs::dates;
use crate::signs::evidence;
use crate::signs::label::Candidate;
use crate::signs::lang::{self, has};
use crate::signs::script::is_colon;
use crate::signs::speakers;
use crate::signs::suspect::{Doubt, Suspect};
use crate::turns::builder::Builder;
use crate::turns::corrections::Corrections;
use crate::turns::draft::Draft;
use crate::turns::furniture::Reason;
use crate::turns::join::join;
use crate::turns::text::{Break, Words};

/// What one person says is parted at the end of a paragraph past this many bytes.
const MAX_SPEECH: usize = 10_000;

/// A line that so many blanks stand before is set in the middle.
const CENTRED: usize = 16;

/// Reads the source as a transcript, if it is one.
pub(crate) fn read(reading: &Reading, corrections: &Corrections) -> Result<Option<Draft>, Fault> {
    let mut labels = evidence::find(
        &reading.source,
        &reading.marks,
        &reading.layout,
        &reading.classes.text_lines(),
        &reading.hints(),
    );
    openings::add_marked(&mut labels, &reading.marked);
    if let Some(series) = &reading.series {
        let is_wrapped = reading.layout.edge.is_some();
        openings::add_to(&mut labels, series, &reading.source, is_wrapped);
    }
    let breaks = take_time_marks(reading, &mut labels.accepted);
    if reading.series.is_none() {
        openings::take_fields(&mut labels.accepted);
    }
    openings::add_nobody(&mut labels.accepted, &reading.source, &reading.line_hints);
    corrected::labels(corrections, &reading.source, &mut labels.accepted)?;
    if reading.series.is_none() && !labels.make_a_transcript(&reading.source.text) {
        return Ok(None);
    }
    let mut cast = speakers::cast(&reading.source, &labels.accepted, &labels.groups);
    let renumbered = corrections.merge(&mut cast.speakers)?;
    for speaker in cast.of_label.iter_mut().flatten() {
        *speaker = renumbered[speaker.index()];
    }
    let words = reading.words();
    let mut assembly = Assembly::new(reading, &words);
    let draft = &mut assembly.turns.draft;
    draft.suspects.append(&mut labels.suspects);
    draft.suspects.append(&mut cast.suspects);
    draft.speakers = cast.speakers;
    let first = labels.accepted.first().map_or(0, |label| label.lines.start);
    assembly.head(first);
    assembly.body(first, &labels.accepted, &cast.of_label, &breaks);
    Ok(Some(assembly.turns.finish()))
}

/// Reads a source without labels as what one person says, whom its front matter names; `None` if
/// nothing is said. What listeners ask is nobody's: below a heading that says so, and from a
/// paragraph with `Q:` to the next with `A:`.
pub(crate) fn speech(reading: &Reading, speaker: &Speaker) -> Option<Draft> {
    let (front, words) = (&reading.front, reading.words());
    let mut assembly = Assembly::new(reading, &words);
    assembly.turns.draft.speakers = vec![speaker.clone()];
    let only = Some(SpeakerId::at(0));
    assembly.last_speaker = only;
    let mut began = false;
    // How deep the heading above the questions is.
    let mut questions: Option<u8> = None;
    for line in 0..reading.source.lines.len() {
        match reading.classes.of[line] {
            Class::Furniture(_) => continue,
            Class::Event => {
                if !reading.classes.continues[line] {
                    assembly.event(line..assembly.event_end(line));
                }
                continue;
            }
            Class::Text => {}
        }
        if let LineHint::Heading(level) = reading.line_hints[line] {
            let text = reading.clean_line(line);
            let titled = front.meta[Field::Title].is_some();
            if !began && (front.is_titled(&text) || !titled) {
                let piece = reading.furniture(line..line + 1, Reason::Title);
                assembly.turns.furniture(piece);
                assembly.turns.draft.meta[Field::Title] = Some(text);
            } else {
                let text = text.trim_end_matches(['?', ':', '：', '？']).to_lowercase();
                if questions.is_none_or(|above| level <= above) {
                    questions = has(&lang::words().questions, &text).then_some(level);
                    assembly.last_speaker = only.filter(|_| questions.is_none());
                }
                assembly.heading(line, level);
            }
            began = true;
            continue;
        }
        began = true;
        let speaker = match asks(&reading.clean_line(line)) {
            Some(true) => None,
            Some(false) => only,
            None => assembly.last_speaker,
        };
        let long = assembly.turns.open().map_or(0, |(_, text)| text.len()) > MAX_SPEECH
            && assembly.breaks_before(line);
        if speaker != assembly.last_speaker || long {
            let number = reading.source.lines[line].number;
            assembly.begin(number, None, speaker);
        }
        assembly.text_line(line);
    }
    let draft = assembly.turns.finish();
    (!draft.turns.is_empty()).then_some(draft)
}

/// Whether a line opens with the mark of a question, or of an answer.
fn asks(line: &str) -> Option<bool> {
    let mut signs = line.chars();
    let mark = signs.next()?;
    let after = signs.find(|c| !c.is_ascii_digit())?;
    let closed = is_colon(after) || after == '.' && signs.next().is_none_or(char::is_whitespace);
    if !closed || !mark.is_uppercase() {
        return None;
    }
    let (words, mark) = (lang::words(), mark.to_lowercase().to_string());
    match (has(&words.question, &mark), has(&words.answer, &mark)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

/// Labels in markup that only times follow, such as `**Break:** [43:56]`: they tell what happens,
/// and nobody speaks. Returns their lines.
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

/// A record on its way into turns.
struct Assembly<'r, 'a> {
    reading: &'r Reading<'a>,
    turns: Builder<'r>,
    last_line: Option<usize>,
    last_speaker: Option<SpeakerId>,
}

impl<'r, 'a> Assembly<'r, 'a> {
    fn new(reading: &'r Reading<'a>, words: &'r Words<'r>) -> Self {
        let text = &reading.source.text;
        let mut turns = Builder::new(Kind::Transcript, text, &reading.marks, words);
        turns.draft.furniture = reading.page_furniture();
        Assembly {
            reading,
            turns,
            last_line: None,
            last_speaker: None,
        }
    }

    /// The lines above the first label.
    fn head(&mut self, end: usize) {
        let reading = self.reading;
        let mut lines: Vec<usize> = (0..end)
            .filter(|&line| reading.classes.of[line] == Class::Text)
            .collect();
        let headings = self.headings_of(&lines);
        lines.retain(|line| !headings.iter().any(|(heading, _)| heading == line));
        let texts: Vec<String> = lines.iter().map(|&line| reading.clean_line(line)).collect();
        let texts: Vec<(&str, bool)> = texts
            .iter()
            .map(|text| (text.as_str(), reading.layout.is_full(text)))
            .collect();
        let (meta, kinds) = head::read(&texts, self.first_centred(&lines), &reading.front);
        self.turns.draft.meta = meta;
        let happens = |line: usize| {
            reading.classes.of[line] == Class::Event && !reading.classes.continues[line]
        };
        let mut kinds = lines.into_iter().zip(kinds).peekable();
        let mut headings = headings.into_iter().peekable();
        for line in 0..end {
            if let Some((_, level)) = headings.next_if(|&(heading, _)| heading == line) {
                self.heading(line, level);
            } else if let Some((_, kind)) = kinds.next_if(|&(text, _)| text == line) {
                self.head_line(line, kind);
            } else if happens(line) {
                self.head_event(line);
            }
        }
    }

    /// A line above the first label that is no heading.
    fn head_line(&mut self, line: usize, kind: HeadLine) {
        let reading = self.reading;
        if let HeadLine::Furniture(reason) = kind {
            let piece = reading.furniture(line..line + 1, reason);
            self.turns.furniture(piece);
            return;
        }
        if !self.turns.is_open() {
            let number = reading.source.lines[line].number;
            let text = reading.source.line(line).chars().take(60).collect();
            let suspect = Suspect::new(number, 0.8, Doubt::TextBeforeLabels, text);
            self.turns.draft.suspects.push(suspect);
            self.begin(number, None, None);
        }
        self.text_line(line);
    }

    /// What stands in brackets above the first label happens, or states the date of the record.
    fn head_event(&mut self, line: usize) {
        let lines = line..self.event_end(line);
        let piece = self.reading.furniture(lines.clone(), Reason::Date);
        let date = piece
            .as_ref()
            .and_then(|piece| dates::read(&piece.text).date);
        let slot = &mut self.turns.draft.meta[Field::Date];
        if slot.is_none() && date.is_some() {
            *slot = date;
            self.turns.furniture(piece);
        } else {
            self.event(lines);
        }
    }

    /// The first line of the head that is set in the middle, below others that are not: what
    /// stands above it is no title. 0 where no line is.
    fn first_centred(&self, lines: &[usize]) -> usize {
        let source = &self.reading.source;
        let indent = |line: usize| {
            let before = &source.text[..source.lines[line].range.start];
            before.len() - before.trim_end_matches(' ').len()
        };
        let first = lines.iter().position(|&line| indent(line) >= CENTRED);
        first.unwrap_or(0)
    }

    /// The headings above the first label that are no title: the title stands first, unless front
    /// matter has it, and others are deeper.
    fn headings_of(&self, lines: &[usize]) -> Vec<(usize, u8)> {
        let reading = self.reading;
        let front = &reading.front;
        let titled = front.meta[Field::Title].is_some();
        let mut title: Option<u8> = titled.then_some(0);
        let mut headings = Vec::new();
        for &line in lines {
            let LineHint::Heading(level) = reading.line_hints[line] else {
                continue;
            };
            match title {
                None => title = Some(level),
                Some(above) if level > above && !front.is_titled(&reading.clean_line(line)) => {
                    headings.push((line, level));
                }
                Some(_) => {}
            }
        }
        headings
    }

    /// Whether a paragraph ends before this line.
    fn breaks_before(&self, line: usize) -> bool {
        let layout = &self.reading.layout;
        self.last_line
            .is_none_or(|last| layout.between(&self.reading.source, last, line) == Break::Paragraph)
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
    }

    fn begin(&mut self, line: u32, label: Option<String>, speaker: Option<SpeakerId>) {
        self.turns.begin(line, label, speaker);
        self.last_speaker = speaker;
        self.last_line = None;
    }

    fn label(&mut self, label: &Candidate, speaker: Option<SpeakerId>) {
        let reading = self.reading;
        let pieces = label
            .pieces
            .iter()
            .map(|piece| reading.clean(piece.clone()));
        let number = reading.source.lines[label.lines.start].number;
        let printed = Some(join(pieces)).filter(|label| !label.is_empty());
        // A time alone names nobody, so it is no label that a reader wants to see.
        let printed = if label.name.is_empty() && label.start_ms.is_some() {
            self.turns
                .furniture(reading.furniture_of(label.pieces.clone(), Reason::Timing));
            None
        } else if label.name.is_empty() && label.chevron.is_none() && !label.explicit {
            // It tells who asks below, and nobody speaks.
            self.turns
                .furniture(reading.furniture_of(label.pieces.clone(), Reason::Label));
            None
        } else {
            printed
        };
        self.begin(number, printed, speaker);
        if let Some((turn, _)) = self.turns.open() {
            turn.start_ms = label.start_ms;
        }
        let last = label.lines.end - 1;
        let speech = label.end..reading.source.lines[last].range.end;
        self.turns.text(speech, Break::Paragraph);
        if !self.turns.is_blank() {
            self.last_line = Some(last);
        }
    }

    fn text_line(&mut self, line: usize) {
        let reading = self.reading;
        let between = match self.last_line {
            Some(last) => reading.layout.between(&reading.source, last, line),
            None => Break::Paragraph,
        };
        // Where markup sets the labels, the same person goes on below a heading, in a turn of its
        // own. Elsewhere headings part the speeches from what the writer sums up.
        let speaker = self.last_speaker.filter(|_| reading.series.is_none());
        let begins = self.turns.open().is_none_or(|(turn, text)| {
            let is_of_events = text.is_empty() && turn.speaker.is_none() && turn.label.is_none();
            is_of_events && speaker.is_some()
        });
        if begins {
            self.begin(reading.source.lines[line].number, None, speaker);
        }
        let range = reading.source.lines[line].range.clone();
        self.turns.text(range, between);
        self.last_line = Some(line);
    }

    fn event(&mut self, lines: Range<usize>) {
        self.turns
            .event(self.reading.furniture(lines, Reason::Other));
    }

    /// A heading inside a transcript is the heading of the turns below it.
    fn heading(&mut self, line: usize, level: u8) {
        let piece = self.reading.furniture(line..line + 1, Reason::Heading);
        self.turns.heading(usize::from(level), piece);
        self.last_line = None;
    }
}
