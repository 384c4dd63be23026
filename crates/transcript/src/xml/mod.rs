//! XML and the HTML inside JSON: a list of what opens, what closes and what is said between.
//!
//! Nothing outside the file is ever read: no external entity, no document type definition. The list
//! is flat, so that no depth of nesting can exhaust the stack.

mod akn;
mod doctype;
mod flow;
mod load;
mod sayit;
mod tei;
mod twfy;

use std::ops::Range;

use quick_xml::Reader;
use quick_xml::events::Event;

use crate::Parsed;
use crate::compose;
use crate::content::Content;
use crate::corrections::Corrections;
use crate::error::ParseError;
use crate::format::Format;

use load::Loader;

pub(crate) use sayit::is_sayit;

/// An element that opens.
#[derive(Debug)]
pub(super) struct Element {
    /// Its name without prefix.
    pub name: String,
    /// Line of its start tag.
    pub line: u32,
    /// Names without prefix, and values.
    attributes: Vec<(String, String)>,
    /// Where the list closes it.
    pub end: usize,
    /// Its text, and that of everything inside it, in the content.
    pub range: Range<usize>,
}

impl Element {
    /// The value of an attribute that is not blank.
    pub fn get(&self, name: &str) -> Option<&str> {
        let (_, value) = self.attributes.iter().find(|(known, _)| known == name)?;
        Some(value.trim()).filter(|value| !value.is_empty())
    }
}

/// A piece of a document.
#[derive(Debug)]
pub(super) enum Node {
    Open(Element),
    Text(Range<usize>),
    Close,
}

/// A document, read.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub content: Content,
    pub nodes: Vec<Node>,
}

impl Document {
    /// The elements inside a part of the list.
    pub fn elements(&self, nodes: Range<usize>) -> impl Iterator<Item = (usize, &Element)> {
        let start = nodes.start;
        self.nodes[nodes]
            .iter()
            .enumerate()
            .filter_map(move |(at, node)| match node {
                Node::Open(element) => Some((start + at, element)),
                _ => None,
            })
    }

    /// The elements inside an element, which stands at this place.
    pub fn inside(&self, at: usize) -> impl Iterator<Item = (usize, &Element)> {
        let end = match &self.nodes[at] {
            Node::Open(element) => element.end,
            _ => at,
        };
        self.elements(at + 1..end.max(at + 1))
    }

    /// Where the text of the list from this place on begins in the content.
    pub fn content_of(&self, at: usize) -> usize {
        self.nodes[at.min(self.nodes.len())..]
            .iter()
            .find_map(|node| match node {
                Node::Open(element) => Some(element.range.start),
                Node::Text(range) => Some(range.start),
                Node::Close => None,
            })
            .unwrap_or(self.content.text().len())
    }

    /// The text of an element on one line.
    pub fn text(&self, element: &Element) -> String {
        self.content.clean(element.range.clone())
    }
}

/// Reads an XML file of this format.
pub(crate) fn parse(
    source_name: &str,
    text: &str,
    format: Format,
    corrections: Option<&Corrections>,
) -> Result<Parsed, ParseError> {
    let mut document = Document::default();
    if format == Format::SayitJson {
        let draft = sayit::read(source_name, text, &mut document)?;
        let content = &document.content;
        return compose::finish(
            source_name,
            format,
            sayit::WANTED,
            content,
            draft,
            corrections,
        );
    }
    Loader::new(source_name, text, format, true, &mut document).load()?;
    let (draft, wanted) = match format {
        Format::Tei => (tei::read(&document), tei::WANTED),
        Format::Twfy => (twfy::read(&document), twfy::WANTED),
        _ => (akn::read(&document), akn::WANTED),
    };
    compose::finish(
        source_name,
        format,
        wanted,
        &document.content,
        draft,
        corrections,
    )
}

/// The format of an XML text, by the name of its outermost element.
pub(crate) fn format_of(text: &str) -> Option<Format> {
    let mut reader = Reader::from_str(text);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                return match start.local_name().into_inner() {
                    "akomaNtoso" | "akomantoso" | "debate" => Some(Format::Akn),
                    "TEI" | "teiCorpus" => Some(Format::Tei),
                    "publicwhip" => Some(Format::Twfy),
                    _ => None,
                };
            }
            Ok(Event::Eof) | Err(_) => return None,
            Ok(_) => {}
        }
    }
}

/// `#MaríaJesúsMontero`, `dan-brown_2`: a name that a person can read out of an identifier.
pub(super) fn name_of_id(id: &str) -> String {
    let id = id.trim_start_matches('#');
    let mut name = String::new();
    let mut before = ' ';
    for c in id.chars() {
        if matches!(c, '_' | '-' | '.') {
            name.push(' ');
        } else {
            if c.is_uppercase() && before.is_lowercase() {
                name.push(' ');
            }
            name.push(c);
        }
        before = c;
    }
    name.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_become_readable() {
        assert_eq!(
            name_of_id("#InésMaríaCañizaresPacheco"),
            "Inés María Cañizares Pacheco"
        );
        assert_eq!(name_of_id("唐鳳-3"), "唐鳳 3");
    }
}
