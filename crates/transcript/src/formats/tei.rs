//! Parliamentary TEI: Parla-CLARIN and ParlaMint.

use std::collections::HashMap;
use std::ops::Range;

use turnsearch_model::{Field, Metadata, Speaker, SpeakerId};

use crate::fault::Fault;
use crate::flow::document::{Document, Element, Node, name_of_id};
use crate::flow::elements::{is_block, is_hidden};
use crate::flow::load;
use crate::flow::steps::Steps;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::turns::furniture::Reason;

/// Whether the outermost element is that of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    sniff::is_xml(bytes, &["TEI", "teiCorpus"])
}

/// What an open element does when it closes.
#[derive(Debug, Clone, Copy)]
enum Opened {
    Nothing,
    Block,
    Speech,
    /// A division this deep.
    Division(usize),
}

/// Reads a sitting.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    load::flow(input.text()?, "`<u>` elements with text", steps).map(Shape::Flow)
}

fn steps(document: &Document) -> Steps {
    let mut reader = Reader {
        flow: Steps::default(),
        people: people(document),
        open: Vec::new(),
        depth: 0,
        label: None,
    };
    reader.flow.meta = metadata(document);
    let mut at = 0;
    while let Some(node) = document.nodes.get(at) {
        at = match node {
            Node::Text(range) => {
                if document.content.trim(range.clone()).is_some() {
                    reader.drop_label();
                }
                reader.flow.text(range.clone());
                at + 1
            }
            Node::Close => {
                reader.close();
                at + 1
            }
            Node::Open(element) => reader.element(at, element),
        };
    }
    reader.drop_label();
    reader.flow
}

/// The people that the file lists: identifiers with names, given name first.
fn people(document: &Document) -> HashMap<&str, Speaker> {
    document
        .all()
        .filter(|(_, element)| matches!(element.name.as_str(), "person" | "org"))
        .filter_map(|(at, element)| {
            let id = element.get("id")?;
            let (name_at, name) = document
                .inside(at)
                .find(|(_, inner)| matches!(inner.name.as_str(), "persName" | "orgName"))?;
            let parts = |wanted: &[&str]| -> Vec<String> {
                document
                    .inside(name_at)
                    .filter(|(_, part)| wanted.contains(&part.name.as_str()))
                    .map(|(_, part)| document.text(part))
                    .collect()
            };
            let mut parts_of_name = parts(&["forename"]);
            parts_of_name.extend(parts(&["nameLink", "surname"]));
            let name = if parts_of_name.is_empty() {
                document.text(name)
            } else {
                parts_of_name.join(" ")
            };
            let speaker = Speaker {
                name,
                ..Speaker::default()
            };
            Some((id, speaker))
        })
        .collect()
}

/// Title, date, place and language of the header.
fn metadata(document: &Document) -> Metadata {
    let mut meta = Metadata::default();
    let all = || document.all();
    let language = all().next().and_then(|(_, root)| root.get("lang"));
    meta[Field::Language] = language.map(str::to_owned);
    let part = |name: &str| {
        all()
            .find(|(_, element)| element.name == name)
            .map(|(at, _)| at)
    };
    if let Some(titles) = part("titleStmt") {
        let mut titles: Vec<&Element> = document
            .inside(titles)
            .map(|(_, element)| element)
            .filter(|element| element.name == "title")
            .collect();
        // The short title in the language of the record, if there is one.
        titles.sort_by_key(|title| {
            (
                title.get("lang") != language,
                title.get("type") != Some("sub"),
            )
        });
        meta[Field::Title] = titles.first().map(|title| document.text(title));
    }
    let dated = |part: usize| {
        document
            .inside(part)
            .filter(|(_, element)| element.name == "date")
            .find_map(|(_, date)| date.get("when").or_else(|| date.get("from")))
            .and_then(|date| date.get(..10))
            .map(str::to_owned)
    };
    meta[Field::Date] = ["setting", "sourceDesc"]
        .iter()
        .find_map(|name| dated(part(name)?));
    if let Some(setting) = part("setting") {
        let places: Vec<String> = document
            .inside(setting)
            .map(|(_, element)| element)
            .filter(|place| place.name == "name" && place.get("type") != Some("address"))
            .map(|place| document.text(place))
            .filter(|place| !place.is_empty())
            .collect();
        meta[Field::Place] = (!places.is_empty()).then(|| places.join(", "));
    }
    meta
}

struct Reader<'d> {
    flow: Steps,
    people: HashMap<&'d str, Speaker>,
    /// What the open elements do when they close.
    open: Vec<Opened>,
    /// Divisions around this place.
    depth: usize,
    /// The name printed before the next speech.
    label: Option<Range<usize>>,
}

impl<'d> Reader<'d> {
    /// Reads a start tag; returns where to go on.
    fn element(&mut self, at: usize, element: &'d Element) -> usize {
        let after = element.end + 1;
        let range = element.range.clone();
        match element.name.as_str() {
            "teiHeader" | "front" | "back" => {
                self.flow.end_block();
                self.flow.furniture(range, Reason::Metadata);
                after
            }
            "head" => {
                self.drop_label();
                self.flow.heading(self.depth, range);
                after
            }
            "note" if element.get("type") == Some("speaker") => {
                self.drop_label();
                self.flow.end_speech();
                self.label = Some(range);
                after
            }
            "note" | "kinesic" | "vocal" | "incident" | "gap" | "pause" | "stage" | "desc" => {
                self.drop_label();
                self.flow.event(range);
                after
            }
            "pb" | "fw" => {
                self.flow.furniture(range, Reason::PageNumber);
                after
            }
            name if is_hidden(name) => {
                self.flow.furniture(range, Reason::Markup);
                after
            }
            _ => {
                self.enter(element);
                at + 1
            }
        }
    }

    fn enter(&mut self, element: &'d Element) {
        let opened = match element.name.as_str() {
            "u" | "sp" => {
                let speaker = element.get("who").map(|who| self.person(who));
                let label = self.label.take();
                self.flow.speech(element.line, label, speaker);
                Opened::Speech
            }
            "div" => {
                self.depth += 1;
                Opened::Division(self.depth)
            }
            name if is_block(name) => {
                self.flow.end_block();
                Opened::Block
            }
            _ => Opened::Nothing,
        };
        self.open.push(opened);
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Opened::Block) => self.flow.end_block(),
            Some(Opened::Speech) => self.flow.end_speech(),
            Some(Opened::Division(depth)) => {
                self.drop_label();
                self.flow.leave(depth);
                self.depth = depth - 1;
            }
            Some(Opened::Nothing) | None => {}
        }
    }

    fn person(&mut self, who: &str) -> SpeakerId {
        let id = who
            .split_whitespace()
            .next()
            .unwrap_or(who)
            .trim_start_matches('#');
        let known = self.people.get(id).cloned();
        self.flow.speaker(id, || {
            known.unwrap_or_else(|| Speaker {
                name: name_of_id(id),
                ..Speaker::default()
            })
        })
    }

    /// A printed name after which nobody speaks.
    fn drop_label(&mut self) {
        if let Some(label) = self.label.take() {
            self.flow.furniture(label, Reason::Label);
        }
    }
}
