//! XML and HTML as a list of what opens, what closes and what is said between.
//!
//! The list is flat, so that no depth of nesting can exhaust the stack.

use std::ops::Range;

use crate::turns::content::Content;

/// An element that opens.
#[derive(Debug)]
pub(crate) struct Element {
    /// Its name without prefix.
    pub name: String,
    /// Line of its start tag.
    pub line: u32,
    /// Names without prefix, and values.
    pub attributes: Vec<(String, String)>,
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
pub(crate) enum Node {
    /// An element opens.
    Open(Element),
    /// A piece of the content.
    Text(Range<usize>),
    /// The innermost open element closes.
    Close,
}

/// A document, read.
#[derive(Debug, Default)]
pub(crate) struct Document {
    /// Its text.
    pub content: Content,
    /// What opens and closes, in order.
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

    /// All elements.
    pub fn all(&self) -> impl Iterator<Item = (usize, &Element)> {
        self.elements(0..self.nodes.len())
    }

    /// The text of an element on one line.
    pub fn text(&self, element: &Element) -> String {
        self.content.clean(element.range.clone())
    }
}

/// `#MaríaJesúsMontero`, `dan-brown_2`: a name that a person can read out of an identifier.
pub(crate) fn name_of_id(id: &str) -> String {
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
