//! Paragraphs, headings and rows of a document to lines with hints.
//!
//! Word processors and pages say what a paragraph is, what is set in bold type and where a row of
//! a table ends. Whoever reads them tells it here, and the parser of lines finds who speaks.

use std::ops::Range;

use turnsearch_model::{Field, Metadata};

use crate::fault::Fault;
use crate::lines::front::Front;
use crate::lines::markup::{LineHint, Lines, MarkupOf, Stated, StatedSpeaker};
use crate::lines::source::{Line, Source};
use crate::signs::dates;
use crate::signs::script::is_colon;
use crate::signs::stamp;
use crate::turns::furniture::{Furniture, Reason};
use crate::turns::marks::{Mark, Marks};
use crate::turns::text::clean;

/// A label in bold type is not longer than this many characters.
const MAX_LABEL: usize = 80;
/// A line all in bold type that is longer than this many characters is no name.
const MAX_NAME: usize = 60;
/// Paragraphs in a cell beside others, from which the table only lays out the page.
const MAX_IN_CELL: usize = 3;

/// Speakers whom the markup names, from which it names all.
const MIN_STATED: usize = 2;

/// What a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Text.
    Paragraph,
    /// A heading of this level.
    Heading(u8),
    /// Text that nobody says.
    Nobody,
    /// Nothing that is said, for this reason.
    Aside(Reason),
}

/// What a piece of a paragraph is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Run {
    /// Text.
    Plain,
    /// Text in bold type.
    Strong,
    /// The name of whoever speaks; if that is not sure, the signs around it have to say so too.
    Name {
        /// Whether nothing else can stand here.
        is_sure: bool,
    },
    /// The time at which a speech begins, in milliseconds.
    Time(u64),
    /// Nothing that is said, for this reason.
    Aside(Reason),
}

/// A paragraph under construction.
#[derive(Debug)]
struct Paragraph {
    kind: Kind,
    /// Its text; `\n` ends lines.
    text: String,
    /// What is special in it, in order.
    runs: Vec<(Range<usize>, Run)>,
    /// The line of the file on which each of its lines begins.
    numbers: Vec<u32>,
}

impl Paragraph {
    fn new(kind: Kind, number: u32) -> Paragraph {
        Paragraph {
            kind,
            text: String::new(),
            runs: Vec::new(),
            numbers: vec![number],
        }
    }

    fn push(&mut self, text: &str, run: Run) {
        let start = self.text.len();
        self.text.push_str(text);
        let end = self.text.len();
        match self.runs.last_mut() {
            _ if run == Run::Plain || start == end => {}
            Some((range, last)) if *last == run && range.end == start => range.end = end,
            _ => self.runs.push((start..end, run)),
        }
    }

    fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// Appends another paragraph after a separator.
    fn append(&mut self, separator: char, other: Paragraph) {
        self.text.push(separator);
        let start = self.text.len();
        self.text.push_str(&other.text);
        let shifted = other
            .runs
            .into_iter()
            .map(|(range, run)| (start + range.start..start + range.end, run));
        self.runs.extend(shifted);
        let inner = usize::from(separator != '\n');
        self.numbers.extend(other.numbers.into_iter().skip(inner));
    }
}

/// A row of a table under construction.
#[derive(Debug, Default)]
struct Row {
    cells: Vec<Vec<Paragraph>>,
    /// The table lays out the page: other tables or headings stand in it.
    is_layout: bool,
    /// Paragraphs that are open around it.
    depth: usize,
}

/// A document on its way to lines.
#[derive(Debug, Default)]
pub(crate) struct Blocks {
    text: String,
    lines: Vec<Line>,
    stated: Stated,
    asides: Vec<Furniture>,
    open: Vec<Paragraph>,
    rows: Vec<Row>,
    /// The hints of headings that are times.
    timed: Vec<usize>,
    /// What the first heading states that is a day.
    day: Option<String>,
    /// Notes inside paragraphs, which stand below all text.
    notes: Vec<Paragraph>,
    /// Blank paragraphs since the last one that holds something.
    blanks: u32,
    /// The last paragraph had several lines.
    after_lines: bool,
    after_page: bool,
}

impl Blocks {
    /// Begins a paragraph on this line of the file, inside the one that is open, if one is.
    pub fn open(&mut self, kind: Kind, number: u32) {
        self.open.push(Paragraph::new(kind, number));
    }

    /// Whether a paragraph is open.
    pub fn is_open(&self) -> bool {
        !self.open.is_empty()
    }

    /// Whether nothing but white space stands in the innermost paragraph, or none is open.
    pub fn is_blank(&self) -> bool {
        self.open.last().is_none_or(Paragraph::is_blank)
    }

    /// Whether the innermost paragraph ends in white space, or is empty.
    pub fn ends_blank(&self) -> bool {
        self.open.last().is_none_or(|paragraph| {
            let last = paragraph.text.chars().next_back();
            last.is_none_or(char::is_whitespace)
        })
    }

    /// The innermost paragraph becomes one of this kind.
    pub fn becomes(&mut self, kind: Kind) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.kind = kind;
        }
    }

    /// Appends a piece to the innermost paragraph. Line ends in it are blanks.
    pub fn text(&mut self, text: &str, run: Run) {
        let Some(paragraph) = self.open.last_mut() else {
            return;
        };
        if text.contains(['\n', '\r']) {
            paragraph.push(&text.replace(['\n', '\r'], " "), run);
        } else {
            paragraph.push(text, run);
        }
    }

    /// Ends a line inside the innermost paragraph; the next begins on this line of the file.
    pub fn line_break(&mut self, number: u32) {
        if let Some(paragraph) = self.open.last_mut() {
            paragraph.text.push('\n');
            paragraph.numbers.push(number);
        }
    }

    /// A page begins.
    pub fn page_break(&mut self) {
        self.after_page = true;
    }

    /// Ends the innermost paragraph.
    pub fn close(&mut self) {
        let Some(paragraph) = self.open.pop() else {
            return;
        };
        let depth = self.open.len();
        if paragraph.kind == Kind::Nobody && depth > 0 {
            self.notes.push(paragraph);
            return;
        }
        match self.rows.last_mut() {
            Some(row) if !row.is_layout && depth == row.depth && !row.cells.is_empty() => {
                if matches!(paragraph.kind, Kind::Heading(_)) {
                    row.is_layout = true;
                }
                if let Some(cell) = row.cells.last_mut() {
                    cell.push(paragraph);
                }
                if row.is_layout {
                    self.flush_row();
                }
            }
            _ => self.add(paragraph),
        }
    }

    /// Begins a row of a table.
    pub fn open_row(&mut self) {
        if let Some(outer) = self.rows.last_mut() {
            outer.is_layout = true;
            self.flush_row();
        }
        self.rows.push(Row {
            depth: self.open.len(),
            ..Row::default()
        });
    }

    /// Begins a cell of the row.
    pub fn cell(&mut self) {
        if let Some(row) = self.rows.last_mut() {
            row.cells.push(Vec::new());
        }
    }

    /// Ends a row.
    pub fn close_row(&mut self) {
        let Some(mut row) = self.rows.pop() else {
            return;
        };
        for cell in &mut row.cells {
            cell.retain(|paragraph| !paragraph.is_blank());
        }
        let last = row.cells.iter().rposition(|cell| !cell.is_empty());
        let beside = row.cells.iter().take(last.unwrap_or(0));
        let is_plain = row.is_layout
            || row.cells.len() < 2
            || beside.clone().any(|cell| cell.len() > MAX_IN_CELL);
        if is_plain {
            let paragraphs = row.cells.into_iter().flatten();
            paragraphs.for_each(|paragraph| self.add(paragraph));
            return;
        }
        let mut line: Option<Paragraph> = None;
        for (at, cell) in row.cells.into_iter().enumerate() {
            let mut separator = '\t';
            for mut paragraph in cell {
                if Some(at) != last {
                    // What stands beside the text is read on one line.
                    paragraph.text = paragraph.text.replace('\n', " ");
                    paragraph.numbers.truncate(1);
                }
                match &mut line {
                    Some(line) => line.append(separator, paragraph),
                    None => line = Some(paragraph),
                }
                separator = if Some(at) == last { '\n' } else { ' ' };
            }
        }
        if let Some(line) = line {
            self.add(line);
        }
    }

    /// Adds what the innermost row holds so far as paragraphs.
    fn flush_row(&mut self) {
        let Some(row) = self.rows.last_mut() else {
            return;
        };
        let cells = row.cells.iter_mut().map(std::mem::take);
        let paragraphs: Vec<Paragraph> = cells.flatten().collect();
        paragraphs
            .into_iter()
            .for_each(|paragraph| self.add(paragraph));
    }

    /// A text that is in no paragraph and is not said.
    pub fn aside(&mut self, text: &str, number: u32, reason: Reason) {
        let mut paragraph = Paragraph::new(Kind::Aside(reason), number);
        paragraph.push(text, Run::Plain);
        self.add(paragraph);
    }

    fn add(&mut self, paragraph: Paragraph) {
        if paragraph.is_blank() {
            self.blanks += u32::from(!matches!(paragraph.kind, Kind::Aside(_)));
            return;
        }
        let base = self.text.len();
        self.text.push_str(&paragraph.text);
        self.text.push('\n');
        if let Kind::Aside(reason) = paragraph.kind {
            let number = paragraph.numbers.first().copied().unwrap_or(1);
            let text = self.text[base..].to_owned();
            self.set_aside(base, &text, number, reason);
            return;
        }
        let lines = self.split(base, &paragraph);
        let Some(first) = lines.first() else {
            return;
        };
        let hint = match paragraph.kind {
            Kind::Heading(level) => Some(LineHint::Heading(level)),
            Kind::Nobody => Some(LineHint::Nobody),
            _ => None,
        };
        if let Some(hint) = hint {
            // What is numbered as a heading and ends in a colon names who speaks below.
            let is_label = matches!(hint, LineHint::Heading(_))
                && self.text[first.clone()].ends_with(is_colon);
            let hint = if is_label { LineHint::Label } else { hint };
            if matches!(hint, LineHint::Heading(_)) {
                self.heading(first.clone());
            }
            self.stated.hints.push((first.start, hint));
        }
        let is_text = matches!(paragraph.kind, Kind::Paragraph);
        self.add_runs(base, &paragraph, &lines, is_text);
    }

    /// What a heading states: when the speech below it begins, or the day of the record.
    fn heading(&mut self, line: Range<usize>) {
        let text = &self.text[line];
        if stamp::alone(text).is_some() {
            self.timed.push(self.stated.hints.len());
        } else if self.day.is_none() {
            let stated = dates::read(text);
            self.day = stated.date.clone().filter(|_| stated.is_some_only());
        }
    }

    /// Where headings are times, as Google Meet sets them, they are read as lines are, and with
    /// them the labels below.
    fn take_times(&mut self) {
        if self.timed.is_empty() {
            return;
        }
        for &hint in &self.timed {
            self.stated.hints[hint].1 = LineHint::None;
        }
        let hints = &mut self.stated.hints;
        hints.retain(|(_, hint)| !matches!(hint, LineHint::None | LineHint::Label));
    }

    /// Adds the lines of a paragraph, and returns their places.
    fn split(&mut self, base: usize, paragraph: &Paragraph) -> Vec<Range<usize>> {
        let mut lines = Vec::new();
        let mut start = base;
        let mut gap = self.blanks;
        // Where paragraphs have several lines, what separates them is more than a line end.
        let has_lines = paragraph.text.trim().contains('\n');
        if (has_lines || self.after_lines) && gap == 0 && !self.lines.is_empty() {
            gap = 1;
        }
        for (at, line) in paragraph.text.split('\n').enumerate() {
            let trimmed = line.trim();
            let from = start + (line.len() - line.trim_start().len());
            start += line.len() + 1;
            if trimmed.is_empty() {
                gap += u32::from(!lines.is_empty());
                continue;
            }
            let range = from..from + trimmed.len();
            self.lines.push(Line {
                number: paragraph.numbers.get(at).copied().unwrap_or(1),
                range: range.clone(),
                gap: std::mem::take(&mut gap),
                page_break: std::mem::take(&mut self.after_page),
                hard_break: false,
                opens_block: lines.is_empty(),
            });
            lines.push(range);
        }
        self.blanks = 0;
        self.after_lines = has_lines;
        lines
    }

    fn add_runs(&mut self, base: usize, paragraph: &Paragraph, lines: &[Range<usize>], text: bool) {
        let shifted = paragraph
            .runs
            .iter()
            .map(|(range, run)| (base + range.start..base + range.end, *run));
        let runs: Vec<(Range<usize>, Run)> = shifted.collect();
        for (range, run) in &runs {
            let piece = &self.text[range.clone()];
            if let (Run::Aside(reason), false) = (run, piece.trim().is_empty()) {
                let start = range.start + (piece.len() - piece.trim_start().len());
                self.stated.marks.push(Mark {
                    range: start..start + piece.trim().len(),
                    reason: *reason,
                });
            }
        }
        if !text {
            return;
        }
        let mut next = 0;
        for line in lines {
            while runs
                .get(next)
                .is_some_and(|(range, _)| range.end <= line.start)
            {
                next += 1;
            }
            let inside = runs[next..]
                .iter()
                .take_while(|(range, _)| range.start < line.end);
            self.strong_of(line, inside.clone());
            self.speaker_of(line, inside);
        }
    }

    /// Takes what is set in bold type on a line.
    fn strong_of<'r>(
        &mut self,
        line: &Range<usize>,
        runs: impl Iterator<Item = &'r (Range<usize>, Run)>,
    ) {
        let mut strong: Vec<Range<usize>> = Vec::new();
        for (range, _) in runs.filter(|(_, run)| *run == Run::Strong) {
            let range = range.start.max(line.start)..range.end.min(line.end);
            match strong.last_mut() {
                Some(last) if self.text[last.end..range.start].trim().is_empty() => {
                    last.end = range.end;
                }
                _ => strong.push(range),
            }
        }
        let Some(first) = strong.first() else { return };
        let opens = self.text[line.start..first.start].trim().is_empty();
        let set = self.text[first.clone()].trim();
        let after = self.text[first.end..line.end].trim_start();
        if opens && after.is_empty() {
            // A line all in bold type sets nothing apart, unless it is a name.
            let inner = set.trim_end_matches(is_colon).trim_end();
            if inner.contains(is_colon) || set.chars().count() > MAX_NAME {
                return;
            }
        }
        let is_label = opens
            && set.chars().count() <= MAX_LABEL
            && set.contains(char::is_alphanumeric)
            && (set.ends_with(is_colon) || after.starts_with(is_colon));
        if is_label {
            self.stated.hints.push((line.start, LineHint::Label));
        }
        self.stated.strong.append(&mut strong);
    }

    /// Takes the speaker whom the markup names at the beginning of a line.
    fn speaker_of<'r>(
        &mut self,
        line: &Range<usize>,
        runs: impl Iterator<Item = &'r (Range<usize>, Run)>,
    ) {
        let (mut name, mut is_named, mut start_ms, mut end) = (None, false, None, line.start);
        for (range, run) in runs {
            let is_sign =
                |c: char| c.is_whitespace() || is_colon(c) || matches!(c, '–' | '—' | '-');
            let between = self.text.get(end..range.start.max(end)).unwrap_or("");
            if !between.trim_matches(is_sign).is_empty() {
                break;
            }
            match run {
                Run::Name { is_sure } if name.is_none() => {
                    name = Some(range.clone());
                    is_named = *is_sure;
                }
                Run::Time(time) if start_ms.is_none() => start_ms = Some(*time),
                _ => break,
            }
            end = range.end.min(line.end);
        }
        let Some(name) = name else { return };
        let rest = &self.text[end..line.end];
        let signs = rest.trim_start_matches(|c: char| c.is_whitespace() || is_colon(c));
        let signs = rest[..rest.len() - signs.len()].trim_end();
        let name = self.text[name].trim();
        let is_nick = name.starts_with('<') && name.ends_with('>');
        is_named |= name.ends_with(is_colon) || !signs.is_empty() || start_ms.is_some() || is_nick;
        let name = name.trim_end_matches(is_colon).trim();
        let name = name
            .trim_matches(|c| is_nick && matches!(c, '<' | '>'))
            .trim();
        if !is_named || name.is_empty() || name.chars().count() > MAX_LABEL {
            return;
        }
        let end = end + signs.len();
        self.stated.speakers.push(StatedSpeaker {
            start: line.start,
            end,
            name: name.to_owned(),
            start_ms,
        });
    }

    fn set_aside(&mut self, base: usize, text: &str, number: u32, reason: Reason) {
        let trimmed = text.trim_start();
        let offset = base + (text.len() - trimmed.len());
        let range = 0..trimmed.trim_end().len();
        self.asides.push(Furniture {
            line: number,
            offset,
            reason,
            text: clean(trimmed, range, &Marks::default()),
        });
    }

    /// The lines, of a file that states `meta` beside its text, and `fallback` where the text says
    /// nothing.
    pub fn finish(
        mut self,
        meta: Metadata,
        mut fallback: Metadata,
    ) -> Result<Lines<'static>, Fault> {
        while !self.rows.is_empty() || !self.open.is_empty() {
            if self.open.is_empty() {
                self.close_row();
            } else {
                self.close();
            }
        }
        for note in std::mem::take(&mut self.notes) {
            self.add(note);
        }
        if self.lines.is_empty() {
            return Err(Fault::Empty);
        }
        self.take_times();
        if let Some(day) = self.day {
            fallback[Field::Date] = Some(day);
        }
        if self.stated.speakers.len() < MIN_STATED {
            self.stated.speakers.clear();
        }
        Ok(Lines {
            source: Source {
                text: self.text.into(),
                lines: self.lines,
                literal: Vec::new(),
            },
            front: Front::of_markup(meta, fallback, self.asides),
            markup: MarkupOf::Stated(self.stated),
        })
    }
}
