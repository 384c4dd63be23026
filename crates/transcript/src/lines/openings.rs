//! Where labels may stand among the lines, and the labels that the structure of the text shows.

use std::collections::{HashMap, HashSet};

use crate::lines::asides;
use crate::lines::layout::Layout;
use crate::lines::markup::LineHint;
use crate::lines::page::{Class, Classes};
use crate::lines::source::Source;
use crate::signs::dates;
use crate::signs::evidence::Labels;
use crate::signs::glyph::glyphs;
use crate::signs::label::{Candidate, Label};
use crate::signs::names::key;
use crate::signs::opening::{self, Close, Form, Lead, Opening, Wrap};
use crate::signs::script::{closing_bracket, is_colon, is_finished};
use crate::signs::series::{self, Place, Series};
use crate::signs::stamp::Stamp;
use crate::signs::suspect::{Doubt, Suspect};
use crate::turns::furniture::Reason;
use crate::turns::marks::Marks;

/// Characters of a line that are looked at.
const WINDOW: usize = 240;
/// Labels in markup that structure a text by themselves.
const MARKED: usize = 3;
/// Characters of a line that a suspect quotes.
const QUOTED: usize = 60;

/// Letters of a field in capitals: fewer are initials.
const MIN_LOUD: usize = 4;

/// The labels that the structure shows.
#[derive(Debug)]
pub(crate) enum Shown {
    /// All of them.
    All(Series),
    /// The markup sets labels, and the structure shows which of these it is certain of.
    Marked(Vec<Label>),
}

/// The labels that the structure shows, if it shows any.
pub(crate) fn find(
    source: &Source,
    marks: &Marks,
    classes: &Classes,
    hints: &[LineHint],
    layout: &Layout,
) -> Option<Shown> {
    let mut series = series::find(
        &source.text,
        &places(source, marks, classes, hints, layout),
        layout.edge.is_some(),
    )?;
    asides::lines_of_nobody(&mut series.labels, source, marks, classes);
    if series.is_examination {
        asides::lines_in_capitals(&mut series.labels, source, marks, classes);
    }
    let marked = hints
        .iter()
        .filter(|hint| **hint == LineHint::Label)
        .count();
    let by_markup = marked >= MARKED && 2 * marked >= series.labels.len();
    if !by_markup {
        return Some(Shown::All(series));
    }
    let is_marked = |label: &Label| hints[label.lines.start] == LineHint::Label;
    series.labels.retain(|label| {
        if label.name.is_empty() {
            is_loud_field(source.line(label.lines.start))
        } else {
            is_marked(label)
        }
    });
    Some(Shown::Marked(series.labels))
}

/// `PROPOSAL: …`: what whoever takes the minutes sets so among labels of the markup is nobody's.
/// In small letters it may be how somebody begins a paragraph.
fn is_loud_field(line: &str) -> bool {
    line.split_once(is_colon).is_some_and(|(key, _)| {
        let letters = key.chars().filter(|c| c.is_alphabetic()).count();
        let is_loud = !key.chars().any(char::is_lowercase) && key.contains(char::is_uppercase);
        letters >= MIN_LOUD && is_loud && series::is_field(key)
    })
}

/// Adds labels of the markup that the evidence of names did not take, such as long offices.
pub(crate) fn add_marked(labels: &mut Labels, marked: &[Label]) {
    let taken: HashSet<usize> = labels
        .accepted
        .iter()
        .map(|label| label.lines.start)
        .collect();
    let left = marked
        .iter()
        .filter(|label| !taken.contains(&label.lines.start));
    labels.accepted.extend(left.map(|label| Candidate {
        explicit: true,
        ..candidate(label)
    }));
    labels.accepted.sort_by_key(|label| label.lines.start);
}

/// Puts what the structure shows beside what the evidence of names found, or in its place.
/// `is_wrapped`: columns break labels, which only the evidence of names joins again.
pub(crate) fn add_to(labels: &mut Labels, series: &Series, source: &Source, is_wrapped: bool) {
    let known: HashSet<String> = series.labels.iter().map(|label| key(&label.name)).collect();
    // The structure knows the times of the labels too.
    let shown: HashMap<usize, &Label> = series
        .labels
        .iter()
        .flat_map(|label| label.lines.clone().map(move |line| (line, label)))
        .collect();
    labels.accepted.retain(|label| {
        let second = source.line(label.lines.end - 1);
        let is_bracket = second
            .chars()
            .next()
            .is_some_and(|c| closing_bracket(c).is_some());
        let broken = label.lines.len() > 1 && (is_bracket || known.contains(&key(&label.name)));
        let alone = is_wrapped
            && shown
                .get(&label.lines.start)
                .is_none_or(|same| !same.name.is_empty() && key(&same.name) != key(&label.name));
        let nameless = label.chevron.is_some() && !shown.contains_key(&label.lines.start);
        let kept = broken || nameless || alone;
        kept && !series::is_field(&label.name)
    });
    if !is_wrapped {
        labels.suspects.clear();
    }
    labels.suspects.extend(suspects(source, series));
    let taken: Vec<_> = labels
        .accepted
        .iter()
        .map(|label| label.lines.clone())
        .collect();
    let is_free = |label: &&Label| {
        let after = taken.partition_point(|lines| lines.end <= label.lines.start);
        taken
            .get(after)
            .is_none_or(|lines| lines.start >= label.lines.end)
    };
    labels
        .accepted
        .extend(series.labels.iter().filter(is_free).map(candidate));
    labels.accepted.sort_by_key(|label| label.lines.start);
}

/// Puts a turn of nobody where the markup says that text is nobody's.
pub(crate) fn add_nobody(labels: &mut Vec<Candidate>, source: &Source, hints: &[LineHint]) {
    let is_nobody = |line: &usize| hints[*line] == LineHint::Nobody;
    let lines: Vec<usize> = (0..hints.len()).filter(is_nobody).collect();
    if lines.is_empty() {
        return;
    }
    labels.retain(|label| hints[label.lines.start] != LineHint::Nobody);
    let nobody = |line: usize| Label::of_nobody(line, source.lines[line].range.start);
    labels.extend(lines.into_iter().map(|line| candidate(&nobody(line))));
    labels.sort_by_key(|label| label.lines.start);
}

/// Fields that the markup sets like labels: nobody speaks them. Above the first label they are
/// lines of the head.
pub(crate) fn take_fields(labels: &mut Vec<Candidate>) {
    let is_field = |label: &Candidate| label.explicit && series::is_field(&label.name);
    let first = labels.iter().position(|label| !is_field(label));
    labels.drain(..first.unwrap_or(0));
    for label in labels {
        if let (true, Some(piece)) = (is_field(label), label.pieces.first()) {
            label.end = piece.start;
            label.pieces.clear();
            label.name.clear();
            label.brackets.clear();
        }
    }
}

fn places(
    source: &Source,
    marks: &Marks,
    classes: &Classes,
    hints: &[LineHint],
    layout: &Layout,
) -> Vec<Place> {
    let is_heading = |line: usize| matches!(hints[line], LineHint::Heading(_));
    let is_nobody = |line: usize| hints.get(line) == Some(&LineHint::Nobody);
    let is_text = |line: usize| {
        classes.of.get(line) == Some(&Class::Text) && !is_heading(line) && !is_nobody(line)
    };
    let starts = |line: usize| {
        let Some(before) = line.checked_sub(1) else {
            return true;
        };
        layout.edge.is_none()
            || !is_text(before)
            || source.lines[line].gap > layout.usual_gap
            || is_finished(source.line(before))
            || !layout.is_full(source.line(before))
    };
    let mut places = Vec::new();
    let mut time_above = None;
    for (line, &hint) in hints.iter().enumerate() {
        if is_nobody(line) || hint == LineHint::Verbatim {
            continue;
        }
        // A label that comes back looks like a running head, and a time in brackets like an event.
        let timed_only = match classes.of[line] {
            Class::Text => false,
            Class::Event => true,
            Class::Furniture(Reason::RunningHead) => false,
            Class::Furniture(_) => continue,
        };
        let range = source.lines[line].range.clone();
        let shown = glyphs(&source.text, range.clone(), marks, WINDOW);
        let mut readings = opening::readings(&shown, range.end);
        readings.retain(|reading: &Opening| !timed_only || reading.form.is_timed());
        readings.retain(|reading: &Opening| !is_date(reading, source.line(line)));
        if is_heading(line) {
            // Only beside a time is somebody named by a heading.
            readings.retain(|reading: &Opening| {
                reading.form.after.is_some() && reading.form.close == Close::End
            });
            for reading in &mut readings {
                reading.form.lead = Lead::Heading;
            }
        }
        if (timed_only || is_heading(line)) && readings.is_empty() {
            continue;
        }
        let below = source.lines.get(line + 1);
        let is_followed = is_text(line + 1) && below.is_some_and(|below| below.gap == 0);
        let above = time_above.take_if(|(at, _)| *at + 1 == line && source.lines[line].gap == 0);
        if let (Some((_, start_ms)), true) = (above, is_followed) {
            let named: Vec<Opening> = readings
                .iter()
                .filter(|reading| is_name_alone(reading.form))
                .cloned()
                .collect();
            readings.extend(named.into_iter().map(|mut reading| {
                reading.form.before = Some(Stamp::Above);
                reading.start_ms = start_ms;
                reading
            }));
        }
        time_above = readings
            .iter()
            .find(|reading| reading.form.nameless && reading.form.close == Close::End)
            .map(|reading| (line, reading.start_ms));
        places.push(Place {
            line,
            starts: starts(line),
            is_followed,
            is_apart: line == 0 || source.lines[line].gap > 0 || !is_text(line - 1),
            readings,
        });
    }
    places
}

/// Whether what looks like a name and a time is a day and a time: `5. März 2024, 10:03`.
fn is_date(reading: &Opening, line: &str) -> bool {
    let may_be = reading.form.after.is_some()
        && reading.form.close == Close::End
        && reading.name.contains(|c: char| c.is_ascii_digit());
    may_be && {
        let stated = dates::read(line);
        stated.date.is_some() && stated.is_some_only()
    }
}

/// Whether nothing but a name, or a name in bold type, is on the line.
fn is_name_alone(form: Form) -> bool {
    form.lead == Lead::None
        && !form.is_timed()
        && matches!(form.wrap, Wrap::None | Wrap::Strong)
        && form.close == Close::End
        && !form.nameless
}

fn candidate(label: &Label) -> Candidate {
    Candidate {
        lines: label.lines.clone(),
        pieces: label.pieces.clone(),
        end: label.end,
        name: label.name.clone(),
        brackets: label.brackets.clone(),
        chevron: None,
        explicit: false,
        start_ms: label.start_ms,
    }
}

/// Labels that stand once, and openings in the form of labels that were taken for text.
fn suspects(source: &Source, series: &Series) -> Vec<Suspect> {
    let suspect = |&line: &usize, score, doubt| {
        let text = source.line(line).chars().take(QUOTED).collect();
        Suspect::new(source.lines[line].number, score, doubt, text)
    };
    let left = series
        .left
        .iter()
        .map(|line| suspect(line, 0.8, Doubt::PossibleLabel));
    let once = series
        .once
        .iter()
        .map(|line| suspect(line, 0.4, Doubt::WeakLabel));
    left.chain(once).collect()
}
