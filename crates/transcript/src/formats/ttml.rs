//! TTML and its profiles DFXP, IMSC and EBU-TT: paragraphs with times, and agents who speak them.

use std::collections::HashMap;
use std::ops::Range;

use turnsearch_model::Field;

use crate::captions::cue::{Captions, Cue, Span};
use crate::captions::file::clock;
use crate::fault::Fault;
use crate::flow::document::{Document, Element, Node, name_of_id};
use crate::flow::load;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::turns::furniture::Reason;

/// Elements whose text is not shown.
const HIDDEN: [&str; 4] = ["metadata", "agent", "desc", "set"];
/// Frames in a second, where the file states nothing.
const FRAMES: f64 = 30.0;

/// Whether the outermost element is that of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    sniff::is_xml(bytes, &["tt"])
}

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let document = load::xml(input.text()?)?;
    let mut captions = Captions {
        // An agent is stated where somebody speaks, and nowhere said to go on.
        voice_each: true,
        ..Captions::default()
    };
    let mut reader = Reader {
        document: &document,
        clock: Clock::of(&document),
        agents: agents(&document),
        captions: &mut captions,
        open: Vec::new(),
    };
    reader.read()?;
    Ok(Shape::Captions(captions))
}

/// The names of agents by their identifiers.
fn agents(document: &Document) -> HashMap<&str, String> {
    let mut names = HashMap::new();
    for (at, element) in document
        .all()
        .filter(|(_, element)| element.name == "agent")
    {
        let name = document.inside(at).find(|(_, inner)| inner.name == "name");
        let name = name.map(|(_, name)| document.text(name));
        if let (Some(id), Some(name)) = (element.get("id"), name.filter(|name| !name.is_empty())) {
            names.insert(id, name);
        }
    }
    names
}

/// What a file says of its times.
#[derive(Debug, Clone, Copy)]
struct Clock {
    frames: f64,
    ticks: f64,
}

impl Clock {
    fn of(document: &Document) -> Clock {
        let root = document.all().next().map(|(_, root)| root);
        let get = |name| root.and_then(|root| root.get(name));
        let number = |name| get(name).and_then(|value| value.parse::<f64>().ok());
        let multiplier = get("frameRateMultiplier").and_then(|pair| {
            let (above, below) = pair.split_once([' ', ':'])?;
            let (above, below): (f64, f64) =
                (above.trim().parse().ok()?, below.trim().parse().ok()?);
            (below > 0.0).then_some(above / below)
        });
        let stated = number("frameRate").filter(|rate| *rate > 0.0);
        let frames = stated.unwrap_or(FRAMES) * multiplier.unwrap_or(1.0);
        let implied = stated.map_or(1.0, |_| frames * number("subFrameRate").unwrap_or(1.0));
        Clock {
            frames,
            ticks: number("tickRate")
                .filter(|rate| *rate > 0.0)
                .unwrap_or(implied),
        }
    }

    /// A time in milliseconds: `00:01:02.5`, `00:01:02:12` with frames, `62.5s`, `1500f`, `90t`.
    fn read(self, text: &str) -> Option<u64> {
        let text = text.trim();
        if let [hours, minutes, seconds, frames] = text.split(':').collect::<Vec<_>>()[..] {
            let whole = clock(&format!("{hours}:{minutes}:{seconds}"))?;
            let frames: f64 = frames.parse().ok().filter(|frames| *frames >= 0.0)?;
            return Some(whole.saturating_add((frames * 1000.0 / self.frames).round() as u64));
        }
        if text.contains(':') {
            return clock(text);
        }
        let end = text
            .find(|c: char| c.is_ascii_alphabetic())
            .unwrap_or(text.len());
        let number: f64 = text[..end].parse().ok().filter(|number| *number >= 0.0)?;
        let unit = match &text[end..] {
            "h" => 3_600_000.0,
            "m" => 60_000.0,
            "s" | "" => 1000.0,
            "ms" => 1.0,
            "f" => 1000.0 / self.frames,
            "t" => 1000.0 / self.ticks,
            _ => return None,
        };
        Some((number * unit).round() as u64)
    }
}

/// An element that is open.
#[derive(Debug, Clone, Default)]
struct Open {
    /// When it begins; where that is stated, it is `timed`.
    start_ms: u64,
    timed: bool,
    end_ms: Option<u64>,
    /// Its children follow each other: the next begins here.
    next_ms: Option<u64>,
    agent: Option<String>,
}

struct Reader<'d> {
    document: &'d Document,
    clock: Clock,
    agents: HashMap<&'d str, String>,
    captions: &'d mut Captions,
    open: Vec<Open>,
}

impl<'d> Reader<'d> {
    fn read(&mut self) -> Result<(), Fault> {
        let mut at = 0;
        while let Some(node) = self.document.nodes.get(at) {
            at = match node {
                Node::Open(element) => match element.name.as_str() {
                    "tt" => {
                        self.captions.meta[Field::Language] =
                            element.get("lang").map(str::to_owned);
                        self.open.push(Open::default());
                        at + 1
                    }
                    "head" => {
                        self.head(at, element);
                        element.end + 1
                    }
                    "p" => {
                        let open = self.enter(element)?;
                        self.paragraph(at, element, &open)?;
                        self.leave(&open);
                        element.end + 1
                    }
                    name if HIDDEN.contains(&name) => {
                        self.furniture(element.range.clone(), Reason::Metadata);
                        element.end + 1
                    }
                    _ => {
                        let open = self.enter(element)?;
                        self.open.push(open);
                        at + 1
                    }
                },
                Node::Text(range) => {
                    self.furniture(range.clone(), Reason::Other);
                    at + 1
                }
                Node::Close => {
                    if let Some(open) = self.open.pop() {
                        self.leave(&open);
                    }
                    at + 1
                }
            };
        }
        Ok(())
    }

    fn head(&mut self, at: usize, head: &Element) {
        let title = self
            .document
            .inside(at)
            .find(|(_, inner)| inner.name == "title");
        let title = title.map(|(_, title)| self.document.text(title));
        self.captions.meta[Field::Title] = title.filter(|title| !title.is_empty());
        self.furniture(head.range.clone(), Reason::Metadata);
    }

    /// What an element adds to those around it. Its times count from the beginning of these.
    fn enter(&self, element: &Element) -> Result<Open, Fault> {
        let time = |name: &str| match element.get(name) {
            None => Ok(None),
            Some(text) => self.clock.read(text).map(Some).ok_or_else(|| {
                let problem = format!(
                    "`{text}` is no time; write it like `00:00:01.000`, `1.5s`, `40f` or `90t`"
                );
                Fault::at(element.line, problem)
            }),
        };
        let around = self.open.last().cloned().unwrap_or_default();
        let base = around.next_ms.unwrap_or(around.start_ms);
        let (begin, end, dur) = (time("begin")?, time("end")?, time("dur")?);
        let start_ms = base.saturating_add(begin.unwrap_or(0));
        let end_ms = match (end, dur) {
            (Some(end), _) => Some(base.saturating_add(end)),
            (None, Some(dur)) => Some(start_ms.saturating_add(dur)),
            (None, None) => around.end_ms,
        };
        let follows = element.get("timeContainer") == Some("seq");
        Ok(Open {
            start_ms,
            timed: around.timed || begin.is_some() || end_ms.is_some(),
            end_ms,
            next_ms: follows.then_some(start_ms),
            agent: self.agent(element).or(around.agent),
        })
    }

    fn leave(&mut self, open: &Open) {
        if let Some(around) = self.open.last_mut()
            && around.next_ms.is_some()
        {
            around.next_ms = open.end_ms.or(around.next_ms);
        }
    }

    /// Who says what an element holds: its agents, each by the name that the file has for it.
    fn agent(&self, element: &Element) -> Option<String> {
        let ids = element.get("agent")?.split_whitespace();
        let names = ids.map(|id| match self.agents.get(id.trim_start_matches('#')) {
            Some(name) => name.clone(),
            None => name_of_id(id),
        });
        Some(names.collect::<Vec<String>>().join(", "))
    }

    /// A paragraph is a caption; a span in it can have another agent, and times of its own.
    fn paragraph(&mut self, at: usize, element: &'d Element, open: &Open) -> Result<(), Fault> {
        let mut pieces: Vec<Piece> = Vec::new();
        let mut inner = vec![open.clone()];
        let (mut first, mut last) = (None, None);
        let mut node = at + 1;
        while node < element.end {
            node = match &self.document.nodes[node] {
                Node::Open(element) if HIDDEN.contains(&element.name.as_str()) => {
                    self.furniture(element.range.clone(), Reason::Metadata);
                    element.end + 1
                }
                Node::Open(element) => {
                    if element.name == "br" {
                        pieces.push(Piece::LineEnd);
                    }
                    self.open.push(inner.last().cloned().unwrap_or_default());
                    let open = self.enter(element);
                    self.open.pop();
                    let open = open?;
                    if element.get("begin").is_some() {
                        first = first.or(Some(open.start_ms));
                        last = last.max(open.end_ms);
                    }
                    inner.push(open);
                    node + 1
                }
                Node::Text(range) => {
                    let agent = inner.last().and_then(|open| open.agent.clone());
                    let line = element.line;
                    pieces.push(Piece::Text(range.clone(), agent, line));
                    node + 1
                }
                Node::Close => {
                    inner.pop();
                    node + 1
                }
            };
        }
        let spans = self.spans(pieces);
        if spans.is_empty() {
            return Ok(());
        }
        let start_ms = if open.timed {
            open.start_ms
        } else {
            first.unwrap_or(open.start_ms)
        };
        self.captions.cues.push(Cue {
            timed: open.timed || first.is_some(),
            start_ms,
            end_ms: open.end_ms.or(last).unwrap_or(start_ms),
            spans,
        });
        Ok(())
    }

    /// Lines, put together from what stands between tags, by who says them.
    fn spans(&mut self, pieces: Vec<Piece>) -> Vec<Span> {
        let mut spans: Vec<Span> = Vec::new();
        let mut voice: Option<String> = None;
        let mut line = String::new();
        let mut number = 1;
        for piece in pieces {
            match piece {
                Piece::LineEnd => self.end_line(&mut spans, &voice, &mut line, number),
                Piece::Text(range, agent, at) => {
                    let text = &self.document.content.text()[range.clone()];
                    if agent != voice && !text.trim().is_empty() {
                        self.end_line(&mut spans, &voice, &mut line, number);
                        spans.push(Span::default());
                        voice = agent;
                    }
                    number = at.max(self.document.content.line_at(range.start));
                    line.push_str(text);
                }
            }
        }
        self.end_line(&mut spans, &voice, &mut line, number);
        spans.retain(|span| !span.lines.is_empty());
        spans
    }

    fn end_line(
        &mut self,
        spans: &mut Vec<Span>,
        voice: &Option<String>,
        line: &mut String,
        at: u32,
    ) {
        // Line ends in the source are white space.
        let text = line.split_whitespace().collect::<Vec<_>>().join(" ");
        line.clear();
        if text.is_empty() {
            return;
        }
        if spans.is_empty() {
            spans.push(Span::default());
        }
        let content = &mut self.captions.content;
        if let Some(span) = spans.last_mut() {
            if let (Some(name), true) = (voice, span.lines.is_empty()) {
                span.voice = content.push_line(at, name);
                span.closed = true;
            }
            span.lines.extend(content.push_line(at, &text));
        }
    }

    fn furniture(&mut self, range: Range<usize>, reason: Reason) {
        if let Some(range) = self.document.content.trim(range) {
            let line = self.document.content.line_at(range.start);
            let text = self.document.content.clean(range);
            self.captions.add_furniture(line, &text, reason);
        }
    }
}

/// A piece of a paragraph.
enum Piece {
    /// Text, who says it, and the line of its paragraph.
    Text(Range<usize>, Option<String>, u32),
    LineEnd,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn captions(text: &str) -> Captions {
        match read(&Input::new(text.as_bytes(), None, true)) {
            Ok(Shape::Captions(captions)) => captions,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn times_are_clocks_offsets_frames_and_ticks() {
        let clock = Clock {
            frames: 25.0,
            ticks: 10_000_000.0,
        };
        for (text, expected) in [
            ("00:01:02.5", Some(62_500)),
            ("00:01:02:05", Some(62_200)),
            ("1:02.25", Some(62_250)),
            ("62.5s", Some(62_500)),
            ("12.5", Some(12_500)),
            ("1500ms", Some(1500)),
            ("2m", Some(120_000)),
            ("50f", Some(2000)),
            ("25000000t", Some(2500)),
            ("soon", None),
            ("-1s", None),
        ] {
            assert_eq!(clock.read(text), expected, "{text}");
        }
        let rates = captions(
            "<tt xmlns:p='x' p:frameRate='30' p:frameRateMultiplier='1000 1001'><body><div>\
             <p begin='30f' end='60f'>a</p></div></body></tt>",
        );
        assert_eq!(rates.cues[0].start_ms, 1001);
    }

    #[test]
    fn times_count_from_what_is_around_and_children_can_follow_each_other() {
        let seen = |text: &str| -> Vec<(u64, u64)> {
            let captions = captions(text);
            let cues = captions.cues.iter();
            cues.map(|cue| (cue.start_ms, cue.end_ms)).collect()
        };
        let par = "<tt><body begin='10s'><div begin='1s'><p begin='2s' end='3s'>a</p>\
                   <p begin='4s' dur='1s'>b</p></div></body></tt>";
        assert_eq!(seen(par), [(13_000, 14_000), (15_000, 16_000)]);
        let seq = "<tt><body><div timeContainer='seq'><p dur='2s'>a</p><p dur='1s'>b</p></div></body></tt>";
        assert_eq!(seen(seq), [(0, 2000), (2000, 3000)]);
        let spans = "<tt><body><div><p><span begin='1s' end='2s'>a</span> <span begin='2s' end='3s'>b</span></p></div></body></tt>";
        assert_eq!(seen(spans), [(1000, 3000)]);
    }

    #[test]
    fn a_time_that_cannot_be_read_is_named_with_its_line() {
        let text = "<tt><body><div>\n<p begin='soon'>a</p></div></body></tt>";
        match read(&Input::new(text.as_bytes(), None, true)) {
            Err(Fault::Syntax { line: 2, problem }) => assert!(problem.contains("soon")),
            other => panic!("{other:?}"),
        }
    }
}
