//! The XML captions of YouTube: `<timedtext>` with `<p t d>` and `<s>` (srv3), and the older
//! `<transcript>` with `<text start dur>` (srv1) and `<timedtext>` with `<text t d>` (srv2).

use crate::captions::cue::{Captions, Cue};
use crate::captions::payload;
use crate::entity::unescape;
use crate::fault::Fault;
use crate::flow::document::{Element, Node};
use crate::flow::load;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::turns::furniture::Reason;

/// Whether the outermost element is one of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    sniff::is_xml(bytes, &["timedtext"])
        || sniff::is_xml(bytes, &["transcript"]) && sniff::holds(bytes, "<text start=")
}

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let document = load::xml(input.text()?)?;
    let mut captions = Captions::default();
    let mut at = 0;
    while let Some(node) = document.nodes.get(at) {
        at = match node {
            Node::Open(element) if matches!(element.name.as_str(), "p" | "text") => {
                let text = &document.content.text()[element.range.clone()];
                add(element, text, &mut captions);
                element.end + 1
            }
            Node::Text(range) => {
                let text = document.content.clean(range.clone());
                let line = document.content.line_at(range.start);
                captions.add_furniture(line, &text, Reason::Other);
                at + 1
            }
            Node::Open(_) | Node::Close => at + 1,
        };
    }
    Ok(Shape::Captions(captions))
}

/// A caption. Its times are in milliseconds, or, in the oldest form, in seconds; its words carry
/// times of their own, which are no text.
fn add(element: &Element, text: &str, captions: &mut Captions) {
    let number = |name: &str| {
        let number = element.get(name)?.parse::<f64>().ok()?;
        (0.0..1e12).contains(&number).then_some(number)
    };
    let milliseconds = |name: &str, seconds: &str| {
        let in_ms = number(name).map(|ms| ms.round() as u64);
        in_ms.or_else(|| number(seconds).map(|seconds| (seconds * 1000.0).round() as u64))
    };
    let start_ms = milliseconds("t", "start");
    let length = milliseconds("d", "dur").unwrap_or(0);
    // The older forms have their references written as text once more.
    let text = unescape(text);
    let spans = payload::spans(&text, element.line, &mut captions.content);
    if spans.iter().all(|span| span.lines.is_empty()) {
        return;
    }
    captions.cues.push(Cue {
        timed: start_ms.is_some(),
        start_ms: start_ms.unwrap_or_default(),
        end_ms: start_ms.unwrap_or_default().saturating_add(length),
        spans,
    });
}
