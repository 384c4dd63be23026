//! Text with tags into a flat list.

use std::borrow::Cow;
use std::collections::HashMap;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::entity;
use crate::fault::Fault;
use crate::flow::doctype;
use crate::flow::document::{Document, Element, Node};
use crate::flow::steps::{Flow, Steps};

/// Elements inside each other; no record has more.
const MAX_DEPTH: usize = 256;
/// Elements of HTML that end where the next of them begins.
const IMPLIED: [&str; 7] = ["p", "li", "dt", "dd", "tr", "td", "th"];
/// Elements of HTML that hold nothing and need no end.
const VOID: [&str; 6] = ["br", "hr", "img", "input", "wbr", "embed"];

/// Reads XML.
pub(crate) fn xml(text: &str) -> Result<Document, Fault> {
    let mut document = Document::default();
    Loader::new(text, 1, true, &mut document).load()?;
    Ok(document)
}

/// Reads XML of a format: `steps` tells what happens in it, `wanted` what the format marks speech
/// with.
pub(crate) fn flow(
    text: &str,
    wanted: &'static str,
    steps: impl FnOnce(&Document) -> Steps,
) -> Result<Flow, Fault> {
    let document = xml(text)?;
    let steps = steps(&document);
    Ok(Flow {
        content: document.content,
        steps,
        wanted,
    })
}

/// Appends HTML to a document; its mistakes are forgiven. `line` is where it stands.
pub(crate) fn html(text: &str, line: u32, document: &mut Document) -> Result<(), Fault> {
    Loader::new(text, line, false, document).load()
}

struct Loader<'a, 'd> {
    text: &'a str,
    /// XML; otherwise HTML, whose mistakes are forgiven.
    strict: bool,
    document: &'d mut Document,
    /// Entities that the document declares.
    entities: HashMap<String, String>,
    /// Open elements: places in the list.
    open: Vec<usize>,
    /// How far lines are counted.
    counted: usize,
    line: u32,
}

impl<'a, 'd> Loader<'a, 'd> {
    fn new(text: &'a str, line: u32, strict: bool, document: &'d mut Document) -> Self {
        Loader {
            text,
            strict,
            document,
            entities: HashMap::new(),
            open: Vec::new(),
            counted: 0,
            line,
        }
    }

    /// Appends the text to the document.
    fn load(mut self) -> Result<(), Fault> {
        let mut reader = Reader::from_str(self.text);
        let config = reader.config_mut();
        config.check_end_names = self.strict;
        config.allow_unmatched_ends = !self.strict;
        config.allow_dangling_amp = !self.strict;
        loop {
            let at = position(reader.buffer_position());
            self.count_to(at);
            match reader.read_event() {
                Ok(Event::Start(start)) => {
                    self.start(&start)?;
                    if !self.strict && VOID.contains(&start.local_name().into_inner()) {
                        self.end();
                    }
                }
                Ok(Event::Empty(start)) => {
                    self.start(&start)?;
                    self.end();
                }
                Ok(Event::End(end)) => self.end_named(end.local_name().into_inner()),
                Ok(Event::Text(text)) => self.push(&text),
                Ok(Event::CData(text)) => self.push(&text),
                Ok(Event::GeneralRef(name)) => self.reference(&name)?,
                Ok(Event::DocType(doctype)) => {
                    self.entities = doctype::entities(&doctype)
                        .map_err(|wrong| Fault::at(wrong.line_of(self.line), wrong.problem))?;
                }
                Ok(Event::Eof) => return self.finish(),
                Ok(Event::Comment(_) | Event::Decl(_) | Event::PI(_)) => {}
                Err(error) if self.strict => {
                    self.count_to(position(reader.error_position()));
                    let problem = format!(
                        "the XML is broken here ({error}); repair the file, or get it whole"
                    );
                    return Err(Fault::at(self.line, problem));
                }
                Err(_) => {
                    // What is no HTML is text.
                    self.push(&self.text[at..]);
                    return self.finish();
                }
            }
        }
    }

    fn count_to(&mut self, at: usize) {
        let at = at.min(self.text.len());
        if at > self.counted {
            let new = &self.text.as_bytes()[self.counted..at];
            let ends = new.iter().filter(|&&byte| byte == b'\n').count();
            self.line = self
                .line
                .saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
            self.counted = at;
        }
    }

    fn push(&mut self, text: &str) {
        let range = self.document.content.push(self.line, text);
        self.document.nodes.push(Node::Text(range));
    }

    fn start(&mut self, start: &BytesStart) -> Result<(), Fault> {
        if !self.strict {
            self.close_implied(start.local_name().into_inner());
        }
        if self.open.len() >= MAX_DEPTH {
            let problem =
                format!("more than {MAX_DEPTH} elements inside each other; is this a transcript?");
            return Err(Fault::at(self.line, problem));
        }
        let mut attributes = Vec::new();
        for attribute in start.attributes().with_checks(false) {
            match attribute {
                Ok(attribute) => {
                    let value = self.resolve_all(&attribute.value);
                    let name = attribute.key.local_name().into_inner().to_owned();
                    attributes.push((name, value.into_owned()));
                }
                Err(error) if self.strict => {
                    let problem = format!("an attribute is broken here ({error}); repair the file");
                    return Err(Fault::at(self.line, problem));
                }
                Err(_) => break,
            }
        }
        let from = self.document.content.text().len();
        self.open.push(self.document.nodes.len());
        self.document.nodes.push(Node::Open(Element {
            name: start.local_name().into_inner().to_owned(),
            line: self.line,
            attributes,
            end: 0,
            range: from..from,
        }));
        Ok(())
    }

    /// The references of an attribute; what is none stays.
    fn resolve_all<'v>(&self, value: &'v str) -> Cow<'v, str> {
        if self.entities.is_empty() || !value.contains('&') {
            return entity::unescape(value);
        }
        let mut value = value.to_owned();
        for (name, text) in &self.entities {
            value = value.replace(&format!("&{name};"), text);
        }
        Cow::Owned(entity::unescape(&value).into_owned())
    }

    fn end(&mut self) {
        let Some(at) = self.open.pop() else { return };
        let end = self.document.nodes.len();
        let to = self.document.content.text().len();
        if let Some(Node::Open(element)) = self.document.nodes.get_mut(at) {
            element.end = end;
            element.range.end = to;
        }
        self.document.nodes.push(Node::Close);
    }

    /// Closes the innermost element of this name and those inside it; in XML that is always the
    /// innermost of all.
    fn end_named(&mut self, name: &str) {
        let is_called = |&at: &usize| matches!(&self.document.nodes[at], Node::Open(element) if element.name == name);
        if let Some(depth) = self.open.iter().rposition(is_called) {
            while self.open.len() > depth {
                self.end();
            }
        }
    }

    /// In HTML a paragraph or item ends where the next begins, and what is nested without end ends.
    fn close_implied(&mut self, name: &str) {
        let innermost = self.open.last().and_then(|&at| self.document.nodes.get(at));
        let same = matches!(innermost, Some(Node::Open(element)) if element.name == name);
        if same && IMPLIED.contains(&name) || self.open.len() >= MAX_DEPTH {
            self.end();
        }
    }

    fn reference(&mut self, name: &str) -> Result<(), Fault> {
        let declared = self.entities.get(name).cloned().map(Cow::Owned);
        match declared.or_else(|| entity::resolve(name)) {
            Some(text) => self.push(&text),
            None if self.strict => {
                let problem = format!(
                    "`&{name};` stands for nothing that the file says; write the character itself"
                );
                return Err(Fault::at(self.line, problem));
            }
            None => self.push(&format!("&{name};")),
        }
        Ok(())
    }

    fn finish(mut self) -> Result<(), Fault> {
        if self.strict
            && let Some(&at) = self.open.last()
            && let Some(Node::Open(element)) = self.document.nodes.get(at)
        {
            let problem = format!(
                "the file ends inside `<{}>` of line {}, so it was probably cut off; get it whole",
                element.name, element.line
            );
            return Err(Fault::at(self.line, problem));
        }
        while !self.open.is_empty() {
            self.end();
        }
        Ok(())
    }
}

fn position(offset: u64) -> usize {
    usize::try_from(offset).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Document, String> {
        xml(text).map_err(|fault| match fault {
            Fault::Syntax { line, problem } => format!("{line}: {problem}"),
            other => panic!("{other:?}"),
        })
    }

    #[test]
    fn text_and_elements_are_kept_with_lines() {
        let document = load("<a>\n<b x='1&amp;2' y:z=''>Q&amp;A &#233;</b>\n<![CDATA[<c>]]></a>")
            .expect("XML");
        assert_eq!(document.content.text(), "\nQ&A é\n<c>");
        let (_, element) = document.inside(0).next().expect("b");
        assert_eq!(
            (element.line, element.get("x"), element.get("z")),
            (2, Some("1&2"), None)
        );
        assert_eq!(document.text(element), "Q&A é");
    }

    #[test]
    fn declared_characters_are_known_and_nothing_else_is_resolved() {
        let document = load(
            "<!DOCTYPE a [<!ENTITY pound \"&#163;\">\n<!ENTITY c 'x'>]><a b='&c;'>&pound;5</a>",
        )
        .expect("XML");
        assert_eq!(document.content.text(), "£5");
        for (text, words) in [
            (
                "<!DOCTYPE a [\n<!ENTITY b SYSTEM \"file:///etc/passwd\">]><a>&b;</a>",
                ["2: ", "never"],
            ),
            (
                "<!DOCTYPE a [\n<!ENTITY b PUBLIC 'x' 'http://example.org/'>]><a>&b;</a>",
                ["2: ", "never"],
            ),
            (
                "<!DOCTYPE a [<!ENTITY b 'lol'>\n<!ENTITY c '&b;&b;'>]><a>&c;</a>",
                ["2: ", "`c`"],
            ),
            ("<!DOCTYPE a [<!ENTITY % b 'lol'>]><a/>", ["1: ", "%"]),
            ("<a>\n&unknown;</a>", ["2: ", "`&unknown;`"]),
        ] {
            let error = load(text).expect_err(text);
            assert!(words.iter().all(|word| error.contains(word)), "{error}");
        }
    }

    #[test]
    fn broken_files_are_named_with_their_line() {
        for (text, words) in [
            ("<a>\n<b>one</b>\n<p>tw", ["3: ", "inside `<p>` of line 3"]),
            ("<a>\n<b>one</c>\n</a>", ["2: ", "broken"]),
            ("<a>\n<b x=1>one</b></a>", ["2: ", "attribute"]),
            ("<a>\n<b ", ["2: ", "broken"]),
        ] {
            let error = load(text).expect_err(text);
            assert!(words.iter().all(|word| error.contains(word)), "{error}");
        }
        let deep = "<a>".repeat(100_000);
        assert!(load(&deep).expect_err("deep").contains("inside each other"));
    }

    #[test]
    fn html_is_forgiven() {
        let mut document = Document::default();
        let html = "<p>one<br>two &nosuch; & <b>three</p></i> four";
        super::html(html, 1, &mut document).expect("forgiven");
        assert_eq!(document.content.text(), "onetwo &nosuch; & three four");
        for endless in ["<p>a", "<b>a"] {
            let mut document = Document::default();
            let html = endless.repeat(10_000);
            super::html(&html, 1, &mut document).expect("forgiven");
            assert_eq!(document.content.text().len(), 10_000);
        }
    }
}
