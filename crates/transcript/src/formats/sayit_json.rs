//! The JSON of a SayIt site: an array of sections, each with a speaker and a piece of HTML.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use serde::Deserialize;
use turnsearch_model::{Field, Speaker};

use crate::fault::Fault;
use crate::flow::document::{Document, Element, Node};
use crate::flow::elements::{is_block, is_hidden};
use crate::flow::load;
use crate::flow::steps::{Flow, Steps};
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::turns::furniture::Reason;

/// Whether the keys are those of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    bytes.first() == Some(&b'[') && sniff::holds(bytes, "\"section_content\"")
}

#[derive(Deserialize)]
struct Section {
    section_speaker: Option<String>,
    #[serde(default)]
    section_content: String,
    #[serde(default)]
    filename: Option<String>,
}

/// A section in the document.
struct Loaded {
    speaker: Option<String>,
    nodes: Range<usize>,
}

/// Reads an array of sections.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let text = input.text()?;
    let sections: Vec<Section> = serde_json::from_str(text)
        .map_err(|error| Fault::json(1, &error, "expected an array of SayIt sections"))?;
    let mut document = Document::default();
    let title = sections
        .first()
        .and_then(|section| section.filename.clone());
    let mut loaded = Vec::with_capacity(sections.len());
    let mut lines = text.lines().zip(1..);
    for section in sections {
        let line = lines
            .by_ref()
            .find(|(line, _)| line.contains("\"section_content\""))
            .map_or(1, |(_, number)| number);
        let start = document.nodes.len();
        load::html(&section.section_content, line, &mut document)?;
        loaded.push(Loaded {
            speaker: section.section_speaker,
            nodes: start..document.nodes.len(),
        });
    }
    let mut steps = steps(&document, &loaded);
    steps.meta[Field::Title] = title;
    Ok(Shape::Flow(Flow {
        content: document.content,
        steps,
        wanted: "sections with a `section_speaker` and `section_content`",
    }))
}

fn steps(document: &Document, sections: &[Loaded]) -> Steps {
    let mut flow = Steps::default();
    for section in sections {
        let Some(speaker) = &section.speaker else {
            let first = document.content_of(section.nodes.start);
            let last = document.content_of(section.nodes.end);
            flow.end_block();
            flow.event(first..last);
            continue;
        };
        let name = name_of_slug(speaker);
        let speaker = flow.speaker(speaker, || Speaker {
            name,
            ..Speaker::default()
        });
        let line = document
            .content
            .line_at(document.content_of(section.nodes.start));
        flow.speech(line, None, Some(speaker));
        speech(document, section.nodes.clone(), &mut flow);
        flow.end_speech();
    }
    flow
}

fn speech(document: &Document, nodes: Range<usize>, flow: &mut Steps) {
    let mut at = nodes.start;
    while at < nodes.end {
        at = match &document.nodes[at] {
            Node::Text(range) => {
                flow.text(range.clone());
                at + 1
            }
            Node::Open(element) if is_hidden(&element.name) => {
                flow.furniture(element.range.clone(), Reason::Markup);
                element.end + 1
            }
            Node::Open(Element { name, .. }) => {
                if is_block(name) {
                    flow.end_block();
                }
                at + 1
            }
            // Inline elements hold no paragraphs, so a paragraph can end where anything does.
            Node::Close => at + 1,
        };
    }
}

/// `%E5%94%90%E9%B3%B3-3` is the third 唐鳳 of the site.
fn name_of_slug(slug: &str) -> String {
    let slug = percent_decode_str(slug).decode_utf8_lossy();
    let name = match slug.rsplit_once('-') {
        Some((name, number)) if number.bytes().all(|byte| byte.is_ascii_digit()) => name,
        _ => &slug,
    };
    name.replace('-', " ").trim().to_owned()
}
