//! TheyWorkForYou / parlparse: speeches under major and minor headings, and divisions.

use turnsearch_model::{Field, Speaker};

use crate::fault::Fault;
use crate::flow::document::{Document, Element, Node};
use crate::flow::elements::{is_block, is_hidden};
use crate::flow::load;
use crate::flow::steps::Steps;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::signs::dates;
use crate::signs::script::is_colon;
use crate::turns::furniture::Reason;

/// Whether the outermost element is that of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    sniff::is_xml(bytes, &["publicwhip"])
}

/// What an open element does when it closes.
#[derive(Debug, Clone, Copy)]
enum Opened {
    Nothing,
    Block,
    Speech,
}

/// Reads a day of debates.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    load::flow(input.text()?, "`<speech>` elements with text", steps).map(Shape::Flow)
}

fn steps(document: &Document) -> Steps {
    let mut flow = Steps::default();
    let mut open = Vec::new();
    let mut at = 0;
    while let Some(node) = document.nodes.get(at) {
        at = match node {
            Node::Text(range) => {
                flow.text(range.clone());
                at + 1
            }
            Node::Close => {
                match open.pop() {
                    Some(Opened::Block) => flow.end_block(),
                    Some(Opened::Speech) => flow.end_speech(),
                    Some(Opened::Nothing) | None => {}
                }
                at + 1
            }
            Node::Open(element) => match skipped(element, &mut flow) {
                true => element.end + 1,
                false => {
                    open.push(entered(element, &mut flow));
                    at + 1
                }
            },
        };
    }
    flow.meta[Field::Date] = date(document);
    flow
}

/// Reads an element that is one piece, if it is one.
fn skipped(element: &Element, flow: &mut Steps) -> bool {
    let range = element.range.clone();
    match element.name.as_str() {
        "oral-heading" => flow.heading(1, range),
        "major-heading" => flow.heading(2, range),
        "minor-heading" => flow.heading(3, range),
        // Who voted how is a table and no speech.
        "division" => {
            flow.end_speech();
            flow.furniture(range, Reason::Other);
        }
        name if is_hidden(name) => flow.furniture(range, Reason::Markup),
        _ => return false,
    }
    true
}

fn entered(element: &Element, flow: &mut Steps) -> Opened {
    match element.name.as_str() {
        "speech" => {
            let speaker = element.get("speakername").map(|name| {
                let key = element.get("speakerid").filter(|id| *id != "unknown");
                flow.speaker(key.unwrap_or(name), || speaker(name))
            });
            flow.speech(element.line, None, speaker);
            Opened::Speech
        }
        name if is_block(name) => {
            flow.end_block();
            Opened::Block
        }
        _ => Opened::Nothing,
    }
}

fn speaker(name: &str) -> Speaker {
    Speaker {
        name: name.trim_end_matches(is_colon).trim().to_owned(),
        ..Speaker::default()
    }
}

/// The day, which only identifiers and divisions state: `uk.org.publicwhip/debate/2009-10-28b.1.0`.
fn date(document: &Document) -> Option<String> {
    document
        .all()
        .filter(|(_, element)| element.name != "gidredirect")
        .filter_map(|(_, element)| element.get("id"))
        .find_map(|id| {
            let date = id.rsplit('/').next()?.get(..10)?;
            dates::read(date).date.filter(|read| read == date)
        })
}
