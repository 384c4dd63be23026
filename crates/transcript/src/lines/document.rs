//! Texts without speakers: blocks under headings.
//!
//! A heading stands on a line of its own, or runs in: it opens a paragraph and is closed by `：`
//! or `。`. Form alone does not tell a run-in heading from a sentence, so the document is asked:
//! an opening that comes back in other sections is a heading, a short name before a colon is one,
//! and openings closed by a full stop are headings where all paragraphs in a row have them.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use turnsearch_model::{Field, Kind};

use crate::lines::markup::LineHint;
use crate::lines::page::Class;
use crate::lines::reading::Reading;
use crate::signs::dates;
use crate::signs::label::{Sign, extent, join_signs};
use crate::signs::names::key;
use crate::signs::phrases::is_sentence;
use crate::signs::script::{
    closing_bracket, columns, is_colon, is_finished, is_list_item, is_terminator,
};
use crate::signs::suspect::{Doubt, Suspect};
use crate::turns::builder::Builder;
use crate::turns::draft::Draft;
use crate::turns::furniture::Reason;
use crate::turns::join::join;
use crate::turns::text::{Break, Words};

/// A run-in heading is not longer than this many characters.
const MAX_OPENING: usize = 60;
/// A name of a topic before a colon that nothing else speaks for is not longer than this.
const MAX_TOPIC: usize = 16;
/// Characters of a line that a suspect quotes.
const QUOTED: usize = 60;
/// A standing heading is not wider than this where lines are not wrapped.
const MAX_STANDING: usize = 72;
/// The title of a document is not more lines than this.
const MAX_TITLE_LINES: usize = 3;

/// Levels of headings by their form; Markdown headings have their own, below these.
const STANDING: u8 = 10;
const COLON: u8 = 20;
const FULL_STOP: u8 = 30;

/// A paragraph: lines that were one, before they were wrapped.
#[derive(Debug)]
struct Paragraph {
    lines: Vec<usize>,
    /// How it begins, if a run-in heading could be that.
    opening: Option<Opening>,
    role: Role,
}

/// The beginning of a paragraph up to its first colon or full stop.
#[derive(Debug, Clone)]
struct Opening {
    /// Without the closing mark.
    text: String,
    /// In the source, with the closing mark: one piece for each line.
    pieces: Vec<Range<usize>>,
    colon: bool,
    /// Nothing follows in the paragraph.
    whole: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    Title,
    Date,
    Text,
    Item,
    /// A heading of this level, all of the paragraph or its opening.
    Heading(u8),
}

/// Reads the source as a document: blocks under headings, or, where it has none, paragraphs.
pub(crate) fn read(reading: &Reading) -> Option<Draft> {
    let mut paragraphs = paragraphs(reading);
    title(reading, &mut paragraphs);
    standing_headings(reading, &mut paragraphs);
    let doubtful = run_in_headings(&mut paragraphs);
    let has = |paragraphs: &[Paragraph], test: fn(Role) -> bool| {
        paragraphs.iter().any(|paragraph| test(paragraph.role))
    };
    let is_plain = !has(&paragraphs, |role| matches!(role, Role::Heading(_)));
    if is_plain {
        // Without headings nothing tells a title from a first sentence but its end.
        for paragraph in &mut paragraphs {
            if paragraph.role == Role::Title && ends_a_sentence(reading, paragraph) {
                paragraph.role = Role::Text;
            }
        }
        let text = &reading.source.text;
        let is_readable = text.chars().any(char::is_alphanumeric) && !text.contains('\0');
        if !is_readable || !has(&paragraphs, |role| matches!(role, Role::Text | Role::Item)) {
            return None;
        }
    }
    let labelled = first_label(&paragraphs);
    let words = reading.words();
    let mut blocks = Blocks::new(reading, &words);
    blocks.is_plain = is_plain;
    for paragraph in &paragraphs {
        blocks.add(paragraph);
    }
    let mut draft = blocks.finish();
    draft.suspects.extend(doubtful.into_iter().map(|index| {
        let paragraph = &paragraphs[index];
        let text = paragraph
            .opening
            .as_ref()
            .map_or("", |opening| &opening.text);
        let number = reading.source.lines[paragraph.lines[0]].number;
        Suspect::new(number, 0.5, Doubt::WeakHeading, text.to_owned())
    }));
    if let Some(paragraph) = labelled {
        let line = paragraph.lines[0];
        let number = reading.source.lines[line].number;
        let text = reading.source.line(line).chars().take(QUOTED).collect();
        draft
            .suspects
            .push(Suspect::new(number, 0.95, Doubt::LabelledDocument, text));
    }
    Some(draft)
}

/// The first of the paragraphs that open with a short text and a colon, if two such texts come back
/// at least once each: perhaps somebody speaks there.
fn first_label(paragraphs: &[Paragraph]) -> Option<&Paragraph> {
    let label = |paragraph: &Paragraph| {
        let opening = paragraph.opening.as_ref()?;
        let is_short = opening.text.chars().count() <= MAX_TOPIC;
        (opening.colon && is_short).then(|| key(&opening.text))
    };
    let mut counts: HashMap<String, usize> = HashMap::new();
    for name in paragraphs.iter().filter_map(label) {
        *counts.entry(name).or_default() += 1;
    }
    let comes_back = |name: &String| counts[name] > 1;
    let names = counts.keys().filter(|name| comes_back(name)).count();
    let first = |paragraph: &&Paragraph| label(paragraph).is_some_and(|name| comes_back(&name));
    paragraphs.iter().find(first).filter(|_| names > 1)
}

fn ends_a_sentence(reading: &Reading, paragraph: &Paragraph) -> bool {
    let last = paragraph.lines.last();
    last.is_some_and(|&line| reading.clean_line(line).ends_with(is_terminator))
}

fn paragraphs(reading: &Reading) -> Vec<Paragraph> {
    let lines = split_at_topics(reading, joined_lines(reading));
    lines
        .into_iter()
        .map(|lines| {
            let first = lines[0];
            let (role, opening) = match reading.line_hints[first] {
                LineHint::Heading(level) => (Role::Heading(level), None),
                _ if is_list_item(reading.source.line(first)) => (Role::Item, None),
                _ => (Role::Text, opening(reading, &lines)),
            };
            Paragraph {
                lines,
                opening,
                role,
            }
        })
        .collect()
}

/// Lines that go on, by layout.
fn joined_lines(reading: &Reading) -> Vec<Vec<usize>> {
    let mut paragraphs: Vec<Vec<usize>> = Vec::new();
    for line in 0..reading.source.lines.len() {
        if matches!(reading.classes.of[line], Class::Furniture(_)) {
            continue;
        }
        match paragraphs.last_mut() {
            Some(paragraph) if goes_on(reading, paragraph, line) => paragraph.push(line),
            _ => paragraphs.push(vec![line]),
        }
    }
    paragraphs
}

/// A full line may end a paragraph or not. It does if the next line begins with a topic that opens
/// paragraphs elsewhere, and a full stop or blank lines stand between.
fn split_at_topics(reading: &Reading, paragraphs: Vec<Vec<usize>>) -> Vec<Vec<usize>> {
    let topic = |lines: &[usize]| {
        opening(reading, lines)
            .filter(|opening| opening.colon && opening.text.chars().count() <= MAX_TOPIC)
            .map(|opening| key(&opening.text))
    };
    let topics: HashSet<String> = paragraphs.iter().filter_map(|lines| topic(lines)).collect();
    let mut split = Vec::with_capacity(paragraphs.len());
    for paragraph in paragraphs {
        let mut from = 0;
        for at in 1..paragraph.len() {
            let finished = is_finished(reading.source.line(paragraph[at - 1]));
            let parted = reading.source.lines[paragraph[at]].gap > reading.layout.usual_gap;
            if (finished || parted)
                && topic(&paragraph[at..=at]).is_some_and(|topic| topics.contains(&topic))
            {
                split.push(paragraph[from..at].to_vec());
                from = at;
            }
        }
        split.push(paragraph[from..].to_vec());
    }
    split
}

fn goes_on(reading: &Reading, lines: &[usize], next: usize) -> bool {
    let Some(&last) = lines.last() else {
        return false;
    };
    let heading = |line: usize| matches!(reading.line_hints[line], LineHint::Heading(_));
    if heading(last) || heading(next) {
        return false;
    }
    let text = reading.source.line(last);
    // A line well short of the edge ends its paragraph: a heading, or an item of a list.
    let short = reading
        .layout
        .edge
        .is_some_and(|edge| columns(text) * 10 < edge * 6);
    let between = reading.layout.between(&reading.source, last, next);
    between == Break::Wrap
        && !(short && starts_anew(reading, last, next))
        && !is_set_apart(reading, lines, next)
}

/// Whether blank lines alone, without the furniture of a page, separate a list item or a line that
/// could be a heading from what follows.
fn is_set_apart(reading: &Reading, lines: &[usize], next: usize) -> bool {
    let first = reading.source.line(lines[0]);
    let last = lines[lines.len() - 1];
    let item = is_list_item(first);
    let heading = lines.len() <= 2
        && lines
            .iter()
            .map(|&line| columns(reading.source.line(line)))
            .sum::<usize>()
            <= MAX_STANDING;
    // A page may end inside an item, but then the line before it is full.
    let item = item && (next == last + 1 || !reading.layout.is_full(reading.source.line(last)));
    let heading = heading && next == last + 1;
    reading.source.lines[next].gap > reading.layout.usual_gap
        && (item || heading)
        && starts_anew(reading, last, next)
}

/// Whether the next line can begin a paragraph although the last one has no end.
fn starts_anew(reading: &Reading, last: usize, next: usize) -> bool {
    let text = reading.source.line(last);
    !text.ends_with(['，', ',', '、', '-', '（', '('])
        && !reading
            .source
            .line(next)
            .starts_with(|c: char| c.is_lowercase() || matches!(c, '，' | '。' | ')' | '）' | '、'))
}

/// The first characters of a paragraph up to a colon or full stop with no comma before it.
fn opening(reading: &Reading, lines: &[usize]) -> Option<Opening> {
    let texts: Vec<Vec<(usize, char)>> = lines
        .iter()
        .take(3)
        .map(|&line| {
            reading
                .marks
                .chars(
                    &reading.source.text,
                    reading.source.lines[line].range.clone(),
                )
                .take(4 * MAX_OPENING)
                .collect()
        })
        .collect();
    let (signs, starts) = join_signs(&texts);
    let mut text = String::new();
    let mut close: Option<char> = None;
    for (at, &(_, c)) in signs.iter().enumerate() {
        if text.chars().count() > MAX_OPENING {
            return None;
        }
        match close {
            Some(bracket) if c == bracket => close = None,
            Some(_) => {}
            None => close = closing_bracket(c),
        }
        if close.is_none() && closes_opening(&signs, at) {
            let whole = at + 1 >= signs.len();
            let pieces = pieces(&signs, at + 1, &starts);
            let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
            return (text.chars().count() >= 2).then_some(Opening {
                text,
                pieces,
                colon: is_colon(c),
                whole,
            });
        }
        if close.is_none()
            && matches!(
                c,
                '，' | ',' | '；' | ';' | '？' | '?' | '！' | '!' | '“' | '"'
            )
        {
            return None;
        }
        text.push(c);
    }
    None
}

fn closes_opening(signs: &[Sign], at: usize) -> bool {
    let next = signs.get(at + 1).map(|&(_, c)| c);
    match signs[at].1 {
        '。' => true,
        '.' => next.is_none_or(char::is_whitespace),
        ':' => next.is_none_or(|c| !c.is_ascii_digit() && c != '/'),
        c => is_colon(c),
    }
}

fn pieces(signs: &[Sign], end: usize, starts: &[usize]) -> Vec<Range<usize>> {
    let mut pieces = Vec::new();
    for (index, &from) in starts.iter().enumerate() {
        let to = starts
            .get(index + 1)
            .copied()
            .unwrap_or(signs.len())
            .min(end);
        let inside = &signs[from.min(to)..to];
        pieces.extend(extent(inside));
    }
    pieces
}

/// The short paragraphs at the top: title, subtitle, date.
fn title(reading: &Reading, paragraphs: &mut [Paragraph]) {
    let width = |paragraph: &Paragraph| columns(reading.source.line(paragraph.lines[0]));
    let (front, limit) = (&reading.front, width_limit(reading));
    let mut titles = 0;
    let short = paragraphs
        .iter()
        .take_while(|paragraph| {
            paragraph.lines.len() == 1
                && width(paragraph) <= limit
                && paragraph.role != Role::Item
                && !paragraph
                    .opening
                    .as_ref()
                    .is_some_and(|opening| opening.colon)
        })
        .count();
    if short == paragraphs.len() {
        return;
    }
    for (index, paragraph) in paragraphs.iter_mut().take(short).enumerate() {
        let line = reading.clean_line(paragraph.lines[0]);
        let marked = matches!(paragraph.role, Role::Heading(_));
        let role = if front.is_titled(&line) {
            Role::Title
        } else if dates::read(&line).is_some_only() {
            Role::Date
        } else if front.is_there() && (front.meta[Field::Title].is_some() || !marked) {
            // Front matter has the title, and prose may begin with a short line.
            break;
        } else if index == 0
            || titles > 0 && titles < MAX_TITLE_LINES && is_finished(&line) && !marked
        {
            titles += 1;
            Role::Title
        } else {
            break;
        };
        paragraph.role = role;
    }
}

/// The widest heading. Where blank lines separate paragraphs it may fill the line; where they mean
/// nothing it must be well short of it.
fn width_limit(reading: &Reading) -> usize {
    match reading.layout.edge {
        Some(edge) if reading.layout.usual_gap > 0 => edge * 7 / 10,
        _ => MAX_STANDING,
    }
}

/// Lines of their own that do not end like sentences and have text below them.
fn standing_headings(reading: &Reading, paragraphs: &mut [Paragraph]) {
    let limit = width_limit(reading);
    let parted = reading.layout.edge.is_some() && reading.layout.usual_gap == 0;
    for index in 0..paragraphs.len() {
        let paragraph = &paragraphs[index];
        if paragraph.role != Role::Text || paragraph.lines.len() > 1 + usize::from(parted) {
            continue;
        }
        let whole: String = paragraph
            .lines
            .iter()
            .map(|&line| reading.source.line(line))
            .collect();
        let line = whole.as_str();
        let ends = line.chars().next_back();
        let open =
            ends.is_some_and(|c| is_terminator(c) || is_colon(c) || matches!(c, '，' | ',' | '、'));
        let starts = line
            .chars()
            .next()
            .is_some_and(|c| c.is_alphanumeric() && !c.is_lowercase());
        let after_end = index == 0 || {
            let before = &paragraphs[index - 1];
            let text = reading.source.line(before.lines[before.lines.len() - 1]);
            is_finished(text)
                || before.role != Role::Text
                || reading.source.lines[paragraph.lines[0]].gap > reading.layout.usual_gap
        };
        let above_text = paragraphs
            .get(index + 1)
            .is_some_and(|next| next.role != Role::Item || index > 0);
        if columns(line) <= limit && !open && starts && after_end && above_text {
            paragraphs[index].role = Role::Heading(STANDING);
        }
    }
}

/// Marks run-in headings; returns those that little speaks for.
fn run_in_headings(paragraphs: &mut [Paragraph]) -> Vec<usize> {
    let mut seen: HashMap<String, u32> = HashMap::new();
    for opening in paragraphs.iter().filter_map(candidate) {
        *seen.entry(key(&opening.text)).or_insert(0) += 1;
    }
    let mut doubtful = Vec::new();
    let mut row: Vec<usize> = Vec::new();
    for index in 0..=paragraphs.len() {
        let opening = paragraphs.get(index).and_then(candidate);
        let repeated = opening.is_some_and(|opening| seen[&key(&opening.text)] > 1);
        match opening {
            Some(opening) if !repeated && !opening.whole && !is_sentence(&opening.text) => {
                row.push(index);
                continue;
            }
            _ => {}
        }
        judge_row(paragraphs, &mut row, &mut doubtful);
        let Some(opening) = paragraphs.get(index).and_then(candidate) else {
            continue;
        };
        let topic = opening.colon
            && opening.text.chars().count() <= MAX_TOPIC
            && !is_sentence(&opening.text);
        if repeated && (opening.colon || !opening.whole) || topic {
            let level = if opening.colon { COLON } else { FULL_STOP };
            paragraphs[index].role = Role::Heading(level);
        }
    }
    doubtful
}

fn candidate(paragraph: &Paragraph) -> Option<&Opening> {
    paragraph
        .opening
        .as_ref()
        .filter(|_| paragraph.role == Role::Text)
}

/// Paragraphs in a row whose openings all could be headings.
fn judge_row(paragraphs: &mut [Paragraph], row: &mut Vec<usize>, doubtful: &mut Vec<usize>) {
    let is_colon = |paragraphs: &[Paragraph], index: usize| {
        candidate(&paragraphs[index]).is_some_and(|opening| opening.colon)
    };
    let stops = row
        .iter()
        .filter(|&&index| !is_colon(paragraphs, index))
        .count();
    for &index in row.iter() {
        let short = candidate(&paragraphs[index])
            .is_some_and(|opening| opening.text.chars().count() <= MAX_TOPIC);
        if stops >= 2 {
            paragraphs[index].role = Role::Heading(FULL_STOP);
        } else if is_colon(paragraphs, index) && short {
            paragraphs[index].role = Role::Heading(COLON);
        } else {
            doubtful.push(index);
        }
    }
    row.clear();
}

/// A document on its way into blocks, each a turn.
struct Blocks<'r, 'a> {
    reading: &'r Reading<'a>,
    turns: Builder<'r>,
    /// There are no headings: every paragraph is a block of its own.
    is_plain: bool,
    /// Headings that no text has followed yet.
    label: Vec<String>,
    /// Line on which they begin.
    label_line: u32,
    title: Vec<String>,
}

impl<'r, 'a> Blocks<'r, 'a> {
    fn new(reading: &'r Reading<'a>, words: &'r Words<'r>) -> Self {
        let text = &reading.source.text;
        let mut turns = Builder::new(Kind::Document, text, &reading.marks, words);
        turns.draft.furniture = reading.page_furniture();
        Blocks {
            reading,
            turns,
            is_plain: false,
            label: Vec::new(),
            label_line: 0,
            title: Vec::new(),
        }
    }

    fn add(&mut self, paragraph: &Paragraph) {
        let first = paragraph.lines[0];
        match paragraph.role {
            Role::Title => {
                self.title.push(self.reading.clean_line(first));
                let piece = self.reading.furniture(first..first + 1, Reason::Title);
                self.turns.furniture(piece);
            }
            Role::Date => {
                let stated = dates::read(&self.reading.clean_line(first));
                let meta = &mut self.turns.draft.meta;
                meta[Field::Date] = meta[Field::Date].take().or(stated.date);
                meta[Field::Time] = meta[Field::Time].take().or(stated.time);
                meta[Field::Zone] = meta[Field::Zone].take().or(stated.zone);
                let piece = self.reading.furniture(first..first + 1, Reason::Date);
                self.turns.furniture(piece);
            }
            Role::Text | Role::Item => self.text(&paragraph.lines, None),
            Role::Heading(level) => match &paragraph.opening {
                Some(opening) if level > STANDING => {
                    self.heading(level, first, &opening.text, &opening.pieces);
                    self.text(&paragraph.lines, opening.pieces.last());
                }
                _ => {
                    let ranges: Vec<Range<usize>> = paragraph
                        .lines
                        .iter()
                        .map(|&line| self.reading.source.lines[line].range.clone())
                        .collect();
                    let text = self.joined(&ranges);
                    let clean = text.trim_end_matches(is_colon).trim_end();
                    self.heading(level, first, clean, &ranges);
                }
            },
        }
    }

    fn joined(&self, pieces: &[Range<usize>]) -> String {
        join(pieces.iter().map(|piece| self.reading.clean(piece.clone())))
    }

    fn heading(&mut self, level: u8, line: usize, text: &str, pieces: &[Range<usize>]) {
        self.turns
            .heading_in_label(usize::from(level), text.to_owned());
        if self.label.is_empty() {
            self.label_line = self.reading.source.lines[line].number;
        }
        self.label.push(self.joined(pieces));
    }

    /// Appends a paragraph, from the end of its run-in heading if it has one.
    fn text(&mut self, lines: &[usize], heading: Option<&Range<usize>>) {
        let reading = self.reading;
        let mut between = Break::Paragraph;
        if self.is_plain {
            self.turns.close();
        }
        for &line in lines {
            let mut range = reading.source.lines[line].range.clone();
            if let Some(heading) = heading {
                range.start = range.start.max(heading.end.min(range.end));
            }
            if range.is_empty() {
                continue;
            }
            if !self.turns.is_open() {
                // Headings without text wait for the next block.
                if !reading.shows(range.clone()) {
                    continue;
                }
                if self.label.is_empty() {
                    self.label_line = reading.source.lines[line].number;
                }
                self.begin();
            }
            self.turns.text(range, between);
            between = Break::Wrap;
        }
    }

    /// Opens the block of the headings that wait for one.
    fn begin(&mut self) {
        let label = std::mem::take(&mut self.label);
        let label = (!label.is_empty()).then(|| label.join("\n"));
        self.turns.begin(self.label_line, label, None);
    }

    fn finish(mut self) -> Draft {
        if !self.label.is_empty() {
            // A heading at the very end has a block without text.
            self.begin();
        }
        let mut draft = self.turns.finish();
        if !self.title.is_empty() {
            draft.meta[Field::Title] = Some(self.title.join(" "));
        }
        draft
    }
}
