//! Akoma Ntoso debates: 3.0 with its namespace, and the style of 2.0 without, as SayIt writes it.

use std::collections::HashMap;

use turnsearch_model::{Field, Metadata, Speaker, SpeakerId};

use crate::fault::Fault;
use crate::flow::document::{Document, Element, Node, name_of_id};
use crate::flow::elements::{is_block, is_hidden};
use crate::flow::load;
use crate::flow::steps::Steps;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::signs::script::is_colon;
use crate::turns::furniture::Reason;

/// Whether the outermost element is that of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    sniff::is_xml(bytes, &["akomaNtoso", "akomantoso", "debate"])
}

/// What an open element does when it closes.
#[derive(Debug, Clone, Copy)]
enum Opened {
    Nothing,
    Block,
    Speech,
    /// A section this deep.
    Section(usize),
}

/// Reads a debate.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    load::flow(input.text()?, "`<speech>` elements with text", steps).map(Shape::Flow)
}

fn steps(document: &Document) -> Steps {
    let mut reader = Reader {
        document,
        flow: Steps::default(),
        people: people(document),
        open: Vec::new(),
        depth: 0,
        title: title_heading(document),
        preface_end: 0,
        label: None,
    };
    reader.flow.meta = metadata(document);
    let mut at = 0;
    while let Some(node) = document.nodes.get(at) {
        at = match node {
            Node::Text(range) => {
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
    reader.flow
}

/// What references point to: identifiers with the names to show.
///
/// Where no reference says whose an identifier is, the first `<from>` beside it does.
fn people(document: &Document) -> HashMap<&str, String> {
    let mut people: HashMap<&str, String> = document
        .all()
        .filter(|(_, element)| element.name.starts_with("TLC"))
        .filter_map(|(_, element)| {
            let id = element.get("eId").or_else(|| element.get("id"))?;
            Some((id, element.get("showAs")?.to_owned()))
        })
        .collect();
    for (at, element) in document.all() {
        let by = element.get("by").filter(|_| is_speech(&element.name));
        let Some(id) = by.map(id_of).filter(|id| !id.is_empty()) else {
            continue;
        };
        if people.contains_key(id) {
            continue;
        }
        let printed = from_of(document, at, element).map(|(_, from)| printed_name(document, from));
        if let Some(name) = printed.filter(|name| !name.is_empty()) {
            people.insert(id, name);
        }
    }
    people
}

/// The identifier in a reference such as `#okello`.
fn id_of(reference: &str) -> &str {
    reference.trim_start_matches('#')
}

/// The `<from>` that opens a speech, before any text of it.
fn from_of<'d>(
    document: &'d Document,
    at: usize,
    speech: &Element,
) -> Option<(usize, &'d Element)> {
    let is_first = |from: &Element| {
        let before = speech.range.start..from.range.start;
        document.content.trim(before).is_none()
    };
    document
        .inside(at)
        .take_while(|(_, inner)| {
            !is_block(&inner.name) && !is_speech(&inner.name) && is_first(inner)
        })
        .find(|(_, inner)| inner.name == "from")
}

/// The name that a `<from>` prints, without the colon.
fn printed_name(document: &Document, from: &Element) -> String {
    let printed = document.text(from);
    printed.trim_end_matches(is_colon).trim().to_owned()
}

/// The heading that is the title of the debate: that of the only outermost section, where no
/// `docTitle` states one.
fn title_heading(document: &Document) -> Option<usize> {
    let all = || document.all();
    if all().any(|(_, element)| element.name == "docTitle") {
        return None;
    }
    let (body, _) = all().find(|(_, element)| element.name == "debateBody")?;
    let mut sections = Vec::new();
    let mut skip_to = 0;
    for (at, element) in document.inside(body) {
        if at >= skip_to && element.name == "debateSection" {
            sections.push(at);
            skip_to = element.end;
        }
    }
    let [only] = sections[..] else { return None };
    let (first, element) = document.inside(only).next()?;
    (element.name == "heading").then_some(first)
}

fn metadata(document: &Document) -> Metadata {
    let mut meta = Metadata::default();
    let set = |slot: &mut Option<String>, value: Option<&str>| {
        if slot.is_none() {
            *slot = value.filter(|value| !value.is_empty()).map(str::to_owned);
        }
    };
    for (_, element) in document.all() {
        match element.name.as_str() {
            "FRBRdate" | "docDate" => {
                let date = element.get("date").and_then(|date| date.get(..10));
                let date = date.filter(|date| !date.starts_with("0001"));
                set(&mut meta[Field::Date], date);
            }
            "FRBRlanguage" => {
                let language = element
                    .get("language")
                    .filter(|&language| language != "und");
                set(&mut meta[Field::Language], language.map(short_language));
            }
            "docTitle" => set(&mut meta[Field::Title], Some(&document.text(element))),
            "TLCLocation" => set(&mut meta[Field::Place], element.get("showAs")),
            "FRBRuri" => {
                let address = element.get("value").filter(|value| value.contains("://"));
                set(&mut meta[Field::Url], address);
            }
            _ => {}
        }
    }
    meta
}

/// Akoma Ntoso names languages by three letters, BCP 47 by two where there are two.
fn short_language(code: &str) -> &str {
    const SHORT: [(&str, &str); 14] = [
        ("ara", "ar"),
        ("deu", "de"),
        ("eng", "en"),
        ("fra", "fr"),
        ("ita", "it"),
        ("jpn", "ja"),
        ("kor", "ko"),
        ("nld", "nl"),
        ("pol", "pl"),
        ("por", "pt"),
        ("rus", "ru"),
        ("spa", "es"),
        ("swa", "sw"),
        ("zho", "zh"),
    ];
    let known = SHORT.iter().find(|(long, _)| *long == code);
    known.map_or(code, |(_, short)| short)
}

struct Reader<'d> {
    document: &'d Document,
    flow: Steps,
    people: HashMap<&'d str, String>,
    /// What the open elements do when they close.
    open: Vec<Opened>,
    /// Sections around this place.
    depth: usize,
    /// The heading that is the title.
    title: Option<usize>,
    /// Where the preface ends that is open or was.
    preface_end: usize,
    /// The `<from>` that is the label of the open speech.
    label: Option<usize>,
}

impl<'d> Reader<'d> {
    /// Reads a start tag; returns where to go on.
    fn element(&mut self, at: usize, element: &'d Element) -> usize {
        let after = element.end + 1;
        let range = element.range.clone();
        let name = element.name.as_str();
        match name {
            "meta" | "coverPage" | "conclusions" => {
                self.flow.end_block();
                self.flow.furniture(range, Reason::Metadata);
                after
            }
            _ if at < self.preface_end && self.states_metadata(at, element) => {
                self.flow.end_block();
                self.flow.furniture(range, Reason::Metadata);
                after
            }
            "heading" if self.title == Some(at) => {
                let title = self.document.text(element);
                self.flow.meta[Field::Title] = Some(title);
                self.flow.furniture(range, Reason::Title);
                after
            }
            "heading" => {
                self.flow.heading(2 * self.depth, range);
                after
            }
            "subheading" => {
                self.flow.heading(2 * self.depth + 1, range);
                after
            }
            "num" => {
                self.flow.furniture(range, Reason::Identifier);
                after
            }
            "narrative" | "scene" | "summary" | "other" | "remark" | "authorialNote" => {
                self.flow.event(range);
                after
            }
            "from" => {
                if self.label != Some(at) {
                    self.flow.furniture(range, Reason::Label);
                }
                after
            }
            _ if is_hidden(name) => {
                self.flow.furniture(range, Reason::Markup);
                after
            }
            _ => {
                self.enter(at, element);
                at + 1
            }
        }
    }

    fn enter(&mut self, at: usize, element: &'d Element) {
        let opened = match element.name.as_str() {
            name if is_speech(name) => {
                self.speech(at, element);
                Opened::Speech
            }
            name if is_section(name) => {
                self.depth += 1;
                Opened::Section(self.depth)
            }
            name if is_block(name) => {
                self.flow.end_block();
                Opened::Block
            }
            "preface" => {
                self.preface_end = element.end;
                self.flow.end_block();
                Opened::Block
            }
            _ => Opened::Nothing,
        };
        self.open.push(opened);
    }

    /// Whether a block of the preface states a title, a date or the like. The others say what went
    /// before the debate, which somebody may look for.
    fn states_metadata(&self, at: usize, element: &Element) -> bool {
        let states = |element: &Element| element.name.starts_with("doc");
        let inside = || self.document.inside(at).map(|(_, inner)| inner);
        states(element)
            || is_block(&element.name)
                && inside().any(states)
                && !inside().any(|inner| is_block(&inner.name))
    }

    fn close(&mut self) {
        match self.open.pop() {
            Some(Opened::Block) => self.flow.end_block(),
            Some(Opened::Speech) => self.flow.end_speech(),
            Some(Opened::Section(depth)) => {
                self.flow.leave(2 * depth);
                self.depth = depth - 1;
            }
            Some(Opened::Nothing) | None => {}
        }
    }

    fn speech(&mut self, at: usize, element: &'d Element) {
        let from = from_of(self.document, at, element);
        self.label = from.map(|(at, _)| at);
        let stated = |name| element.get(name).filter(|value| !value.is_empty());
        let speaker = match (stated("by"), stated("as"), from) {
            (Some(by), role, _) => Some(self.person(by, role)),
            (None, role, Some((_, from))) => self.printed(from, role),
            (None, Some(role), None) => Some(self.person(role, None)),
            (None, None, None) => None,
        };
        let label = from.map(|(_, from)| from.range.clone());
        self.flow.speech(element.line, label, speaker);
    }

    /// The speaker of whom only the printed name is known.
    fn printed(&mut self, from: &Element, role: Option<&str>) -> Option<SpeakerId> {
        let name = printed_name(self.document, from);
        let role = role.map(|role| self.shown(role));
        let describe = || Speaker {
            name: name.clone(),
            role,
            ..Speaker::default()
        };
        (!name.is_empty()).then(|| self.flow.speaker(&name, describe))
    }

    /// The speaker of a reference, with the role in which they speak.
    fn person(&mut self, by: &str, role: Option<&str>) -> SpeakerId {
        let (name, role) = (self.shown(by), role.map(|role| self.shown(role)));
        self.flow.speaker(by, || Speaker {
            name,
            aliases: Vec::new(),
            role,
        })
    }

    /// The name of what a reference points to, else its identifier made readable.
    fn shown(&self, reference: &str) -> String {
        let id = id_of(reference);
        let name = self.people.get(id).cloned();
        name.unwrap_or_else(|| name_of_id(id.rsplit('/').next().unwrap_or(id)))
    }
}

/// What somebody says.
fn is_speech(name: &str) -> bool {
    matches!(name, "speech" | "question" | "answer")
}

/// Parts of a debate, which have headings.
fn is_section(name: &str) -> bool {
    matches!(
        name,
        "debateSection"
            | "administrationOfOath"
            | "rollCall"
            | "prayers"
            | "oralStatements"
            | "writtenStatements"
            | "personalStatements"
            | "ministerialStatements"
            | "resolutions"
            | "nationalInterest"
            | "declarationOfVote"
            | "communication"
            | "petitions"
            | "papers"
            | "noticesOfMotion"
            | "questions"
            | "address"
            | "proceduralMotions"
            | "pointOfOrder"
            | "adjournment"
            | "speechGroup"
    )
}
