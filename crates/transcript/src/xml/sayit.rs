//! The JSON of a SayIt site: an array of sections, each with a speaker and a piece of HTML.

use std::ops::Range;

use percent_encoding::percent_decode_str;
use serde::Deserialize;

use super::flow::{Flow, is_block, is_hidden};
use super::load::Loader;
use super::{Document, Element, Node};
use crate::error::{ParseError, json_problem};
use crate::format::Format;
use crate::furniture::Reason;
use crate::transcript::Draft;
use turnsearch_model::{Field, Speaker};

/// What speech is marked with.
pub(super) const WANTED: &str = "sections with a `section_speaker` and `section_content`";

/// Whether the keys are those of the format.
pub(crate) fn is_sayit(text: &str) -> bool {
    text.starts_with('[') && text.contains("\"section_content\"")
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

/// Reads an array of sections, whose texts go into the document.
pub(super) fn read(
    source_name: &str,
    text: &str,
    document: &mut Document,
) -> Result<Draft, ParseError> {
    let sections: Vec<Section> =
        serde_json::from_str(text).map_err(|error| ParseError::Syntax {
            source_name: source_name.to_owned(),
            line: error.line(),
            format: Format::SayitJson,
            problem: json_problem(&error, "expected an array of SayIt sections"),
        })?;
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
        Loader::new(
            source_name,
            &section.section_content,
            Format::SayitJson,
            false,
            document,
        )
        .at_line(line)
        .load()?;
        loaded.push(Loaded {
            speaker: section.section_speaker,
            nodes: start..document.nodes.len(),
        });
    }
    let mut draft = turns(document, &loaded);
    draft.meta[Field::Title] = title;
    Ok(draft)
}

fn turns(document: &Document, sections: &[Loaded]) -> Draft {
    let mut flow = Flow::new(document);
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
        flow.begin_speech(line, None, Some(speaker));
        speech(document, section.nodes.clone(), &mut flow);
        flow.end_speech();
    }
    flow.finish()
}

fn speech(document: &Document, nodes: Range<usize>, flow: &mut Flow) {
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
