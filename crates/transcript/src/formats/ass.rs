//! Advanced SubStation Alpha (ASS) and its forerunner SSA: lines with fields, of which one can name
//! who speaks.

use turnsearch_model::Field;

use crate::captions::cue::{Captions, Cue, Span};
use crate::captions::file::{FileLine, broken_times, clock, file_lines};
use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::signs::suspect::Doubt;
use crate::tables::speakers::{Whose, whose};
use crate::turns::furniture::Reason;

/// The fields of an event, where no line names them.
const FIELDS: &str = "Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text";
/// How an event is written.
const TIMES: &str = "Dialogue: 0,0:00:01.00,0:00:02.50,Default,Name,0,0,0,,Text";

/// Whether the first line opens the head of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    let first = sniff::lines(bytes).next();
    first.is_some_and(|line| line.trim().eq_ignore_ascii_case("[script info]"))
}

/// Where the fields of an event stand.
struct Fields {
    count: usize,
    start: usize,
    end: usize,
    name: Option<usize>,
}

impl Fields {
    /// Reads a `Format` line. The text is the last field, for it may hold commas.
    fn read(names: &str) -> Option<Fields> {
        let names: Vec<String> = names
            .split(',')
            .map(|name| name.trim().to_lowercase())
            .collect();
        let at = |wanted: &[&str]| {
            names
                .iter()
                .position(|name| wanted.contains(&name.as_str()))
        };
        (names.last()? == "text").then_some(Fields {
            count: names.len(),
            start: at(&["start"])?,
            end: at(&["end"])?,
            name: at(&["name", "actor"]),
        })
    }
}

/// A line that is shown.
struct Event<'t> {
    line: u32,
    start_ms: u64,
    end_ms: u64,
    name: Option<&'t str>,
    /// What stands before the text, the name aside.
    fields: String,
    /// Lines of text, each with what it notes and draws.
    text: Vec<Piece>,
}

/// Text of an event.
#[derive(Debug, PartialEq, Eq)]
enum Piece {
    Line(String),
    /// A note between braces, or a drawing.
    Hidden(String),
}

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let lines = file_lines(input.text()?);
    let mut captions = Captions::default();
    let mut fields = Fields::read(FIELDS);
    let mut events = Vec::new();
    let mut in_events = false;
    for line in &lines {
        let text = line.text.trim();
        if text.starts_with('[') && text.ends_with(']') {
            in_events = text.eq_ignore_ascii_case("[events]");
        }
        let (key, value) = text.split_once(':').unwrap_or((text, ""));
        match key {
            "Format" if in_events => fields = Fields::read(value).or(fields),
            "Dialogue" if in_events => {
                let event = fields
                    .as_ref()
                    .and_then(|fields| event(*line, value, fields));
                events.push(event.ok_or_else(|| broken_times(*line, TIMES))?);
                continue;
            }
            "Comment" if in_events => {
                captions.add_furniture(line.number, line.text, Reason::Comment);
                continue;
            }
            "Title" if captions.meta[Field::Title].is_none() => {
                captions.meta[Field::Title] =
                    Some(value.trim().to_owned()).filter(|title| !title.is_empty());
            }
            _ => {}
        }
        captions.add_furniture(line.number, line.text, Reason::Metadata);
    }
    // Signs on the screen often stand apart, before all speech or after it.
    events.sort_by_key(|event| event.start_ms);
    let names: Vec<Option<&str>> = events.iter().map(|event| event.name).collect();
    let is_named = names.iter().any(Option::is_some);
    for (event, whose) in events.iter().zip(whose(&names)) {
        add(event, is_named.then_some(whose), &mut captions);
    }
    Ok(Shape::Captions(captions))
}

fn event<'t>(line: FileLine<'t>, value: &'t str, fields: &Fields) -> Option<Event<'t>> {
    let cells: Vec<&str> = value.splitn(fields.count, ',').collect();
    let (text, cells) = cells.split_last().filter(|_| cells.len() == fields.count)?;
    let name = fields
        .name
        .and_then(|at| cells.get(at))
        .map(|name| name.trim());
    let others = cells
        .iter()
        .enumerate()
        .filter(|(at, _)| Some(*at) != fields.name);
    let others: Vec<&str> = others.map(|(_, cell)| *cell).collect();
    Some(Event {
        line: line.number,
        start_ms: clock(cells[fields.start].trim())?,
        end_ms: clock(cells[fields.end].trim())?,
        name: name.filter(|name| !name.is_empty()),
        fields: format!("Dialogue:{}", others.join(",")),
        text: pieces(text),
    })
}

/// The lines of a text. What stands in braces is not shown: settings with a backslash, and notes.
fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut line = String::new();
    let mut drawing = false;
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if let Some((block, after)) = rest.strip_prefix('{').and_then(|rest| rest.split_once('}')) {
            if block.contains('\\') {
                let draws = draws(block).unwrap_or(drawing);
                if draws != drawing {
                    end_piece(&mut pieces, &mut line, drawing);
                }
                drawing = draws;
            } else {
                end_piece(&mut pieces, &mut line, drawing);
                pieces.push(Piece::Hidden(block.to_owned()));
            }
            rest = after;
        } else if let Some(after) = rest
            .strip_prefix("\\N")
            .or_else(|| rest.strip_prefix("\\n"))
        {
            end_piece(&mut pieces, &mut line, drawing);
            rest = after;
        } else if let Some(after) = rest.strip_prefix("\\h") {
            line.push(' ');
            rest = after;
        } else {
            line.push(c);
            rest = &rest[c.len_utf8()..];
        }
    }
    end_piece(&mut pieces, &mut line, drawing);
    pieces
}

/// Whether settings say that what follows is drawn: `\p1`, and no more with `\p0`.
fn draws(block: &str) -> Option<bool> {
    let settings = block
        .split('\\')
        .filter_map(|setting| setting.strip_prefix('p'));
    let mut numbers = settings.filter_map(|number| number.trim().parse::<u32>().ok());
    numbers.next_back().map(|scale| scale > 0)
}

fn end_piece(pieces: &mut Vec<Piece>, line: &mut String, drawing: bool) {
    let text = std::mem::take(line);
    if !text.trim().is_empty() {
        pieces.push(match drawing {
            true => Piece::Hidden(text),
            false => Piece::Line(text),
        });
    }
}

fn add(event: &Event, whose: Option<Whose>, captions: &mut Captions) {
    captions.add_furniture(event.line, &event.fields, Reason::Timing);
    let from = captions.content.text().len();
    let voice = event
        .name
        .and_then(|name| captions.content.push_line(event.line, name));
    let nobody = matches!(whose, Some(Whose::Nobody | Whose::Doubtful)).then_some(from..from);
    let mut lines = Vec::new();
    for piece in &event.text {
        match piece {
            Piece::Line(text) => lines.extend(captions.content.push_line(event.line, text)),
            Piece::Hidden(text) => captions.add_furniture(event.line, text, Reason::Comment),
        }
    }
    if whose == Some(Whose::Doubtful)
        && let Some(first) = lines.first()
    {
        captions.doubts.push((first.clone(), Doubt::MissingSpeaker));
    }
    captions.cues.push(Cue {
        timed: true,
        start_ms: event.start_ms,
        end_ms: event.end_ms,
        spans: vec![Span {
            voice: voice.or(nobody),
            closed: false,
            lines,
        }],
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_not_shown_is_no_text() {
        let line = |text: &str| Piece::Line(text.to_owned());
        let hidden = |text: &str| Piece::Hidden(text.to_owned());
        for (text, expected) in [
            (
                "{\\i1}Well{\\i0},\\Nyes\\hno",
                vec![line("Well,"), line("yes no")],
            ),
            (
                "a{check this}b",
                vec![line("a"), hidden("check this"), line("b")],
            ),
            (
                "{\\p1}m 0 0 l 9 9{\\p0}a",
                vec![hidden("m 0 0 l 9 9"), line("a")],
            ),
            ("{\\pos(1,2)}a {b", vec![line("a {b")]),
        ] {
            assert_eq!(pieces(text), expected, "{text}");
        }
    }

    #[test]
    fn an_event_that_cannot_be_read_is_named_with_its_line() {
        for event in ["Dialogue: 0,0:00:01.00,0:00:", "Dialogue: 0,x,y,,,,,,,Hi"] {
            let text = format!("[Script Info]\n[Events]\n{event}\n");
            match read(&Input::new(text.as_bytes(), None, true)) {
                Err(Fault::Syntax { line: 3, .. }) => {}
                other => panic!("{event}: {other:?}"),
            }
        }
    }
}
