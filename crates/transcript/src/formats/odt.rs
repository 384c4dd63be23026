//! OpenDocument texts, as LibreOffice writes them.

use turnsearch_model::{Field, Metadata};

use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::lines::blocks::{Blocks, Kind, Run};
use crate::office::package::Package;
use crate::office::part::{self, Attributes, Listener};
use crate::office::properties;
use crate::office::styles::{Style, Styles};
use crate::turns::furniture::Reason;

/// How the first part of an archive begins.
const ARCHIVE: &[u8] = b"PK\x03\x04";
/// What the archive says that it is.
const KIND: &str = "application/vnd.oasis.opendocument.text";
const CONTENT: &str = "content.xml";
/// Blanks that one element can stand for.
const MAX_BLANKS: usize = 100;

/// Whether the bytes are an archive that says that it is a text.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(ARCHIVE) && sniff::holds(bytes, KIND)
}

/// Reads a text.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let mut package = Package::open(input.bytes(), ".odt")?;
    let mut body = Body::default();
    if let Some(text) = package.part("styles.xml")? {
        part::read("styles.xml", &text, &mut body)?;
    }
    let text = package.part(CONTENT)?.ok_or_else(|| Fault::Part {
        part: CONTENT.to_owned(),
        problem: "is not in the archive; save the file anew as .odt".to_owned(),
    })?;
    part::read(CONTENT, &text, &mut body)?;
    let fallback = match package.part("meta.xml")? {
        Some(text) => properties::read("meta.xml", &text)?,
        None => Metadata::default(),
    };
    let mut meta = Metadata::default();
    let title = body.title.split_whitespace().collect::<Vec<_>>().join(" ");
    meta[Field::Title] = Some(title).filter(|title| !title.is_empty());
    Ok(Shape::Lines(body.blocks.finish(meta, fallback)?))
}

/// What an open element does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    Nothing,
    /// The text of the document.
    Text,
    Paragraph {
        strong: bool,
    },
    Row,
    /// A piece that is set in bold type, or hidden.
    Span {
        strong: bool,
        hidden: bool,
    },
    /// What a note holds, or a box of text.
    Note,
    /// A table of contents.
    Contents,
    Phonetics,
    Style,
}

/// Reads styles and text.
#[derive(Default)]
struct Body {
    styles: Styles,
    style: Option<(String, Style)>,
    blocks: Blocks,
    open: Vec<Effect>,
    /// Lines so far: paragraphs, and breaks in them.
    number: u32,
    title: String,
    is_title: bool,
    /// Elements inside one whose content is no text.
    skipped: usize,
    texts: usize,
    strong: usize,
    hidden: usize,
    notes: usize,
    contents: usize,
    phonetics: usize,
}

impl Body {
    /// What a style says.
    fn style(&mut self, name: &str, element: &Attributes<'_>) -> Effect {
        if name == "style" || name == "default-style" {
            let id = element.get("name").unwrap_or_default();
            let style = Style {
                name: element.get("display-name").unwrap_or_else(|| id.clone()),
                base: element.get("parent-style-name"),
                level: level(element, "default-outline-level"),
                ..Style::default()
            };
            self.style = Some((id, style));
            return Effect::Style;
        }
        if let ("text-properties", Some((_, style))) = (name, &mut self.style) {
            style.strong = element.get("font-weight").map(|weight| {
                weight == "bold" || weight.parse::<u32>().is_ok_and(|weight| weight >= 600)
            });
            style.hidden = element.get("display").map(|display| display == "none");
        }
        Effect::Nothing
    }

    fn paragraph(&mut self, name: &str, element: &Attributes<'_>) -> Effect {
        self.number = self.number.saturating_add(1);
        let style = element.get("style-name").unwrap_or_default();
        let base = self.styles.base_name(&style);
        self.is_title = base == "title" && self.title.is_empty();
        let kind = if self.contents > 0 {
            Kind::Aside(Reason::Contents)
        } else if self.notes > 0 {
            Kind::Nobody
        } else if self.is_title {
            Kind::Heading(1)
        } else if name == "h" {
            Kind::Heading(level(element, "outline-level").unwrap_or(1))
        } else {
            Kind::Paragraph
        };
        self.blocks.open(kind, self.number);
        let strong = self.styles.is_strong(&style);
        self.strong += usize::from(strong);
        Effect::Paragraph { strong }
    }

    /// What an element in the text does.
    fn element(&mut self, name: &str, element: &Attributes<'_>) -> Effect {
        match name {
            "p" | "h" => return self.paragraph(name, element),
            "span" => {
                let style = element.get("style-name").unwrap_or_default();
                let strong = self.styles.is_strong(&style);
                let hidden = self.styles.is_hidden(&style);
                self.strong += usize::from(strong);
                self.hidden += usize::from(hidden);
                return Effect::Span { strong, hidden };
            }
            "section" => {
                let hidden = element
                    .get("display")
                    .is_some_and(|display| display == "none");
                self.hidden += usize::from(hidden);
                return Effect::Span {
                    strong: false,
                    hidden,
                };
            }
            "note-body" | "text-box" => {
                self.notes += 1;
                return Effect::Note;
            }
            "table-of-content" | "alphabetical-index" => {
                self.contents += 1;
                return Effect::Contents;
            }
            "ruby-text" => {
                self.phonetics += 1;
                return Effect::Phonetics;
            }
            "table-row" => {
                self.blocks.open_row();
                return Effect::Row;
            }
            "table-cell" => self.blocks.cell(),
            "tab" => self.write("\t"),
            "s" => {
                let count = element.get("c").and_then(|count| count.parse().ok());
                self.write(&" ".repeat(count.unwrap_or(1).min(MAX_BLANKS)));
            }
            "line-break" if self.hidden == 0 => {
                self.number = self.number.saturating_add(1);
                self.blocks.line_break(self.number);
            }
            _ => {}
        }
        Effect::Nothing
    }

    fn write(&mut self, text: &str) {
        if self.hidden > 0 || !self.blocks.is_open() {
            return;
        }
        let run = if self.phonetics > 0 {
            Run::Aside(Reason::Markup)
        } else if self.strong > 0 {
            Run::Strong
        } else {
            Run::Plain
        };
        if self.is_title {
            self.title.push_str(text);
        }
        self.blocks.text(text, run);
    }
}

/// The level of a heading that an attribute states.
fn level(element: &Attributes<'_>, name: &str) -> Option<u8> {
    element.get(name)?.parse().ok().filter(|level| *level > 0)
}

/// Elements whose content is no text of the document.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "tracked-changes"
            | "annotation"
            | "note-citation"
            | "sequence-decls"
            | "forms"
            | "hidden-text"
            | "hidden-paragraph"
            | "scripts"
            | "desc"
            | "title"
            | "master-styles"
    )
}

impl Listener for Body {
    fn open(&mut self, name: &str, element: &Attributes<'_>) {
        if self.skipped > 0 || is_skipped(name) {
            self.skipped += 1;
            return;
        }
        let effect = match name {
            "text" if self.texts == 0 => {
                self.texts = 1;
                Effect::Text
            }
            _ if self.texts > 0 => self.element(name, element),
            _ => self.style(name, element),
        };
        self.open.push(effect);
    }

    fn close(&mut self, _: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match self.open.pop().unwrap_or(Effect::Nothing) {
            Effect::Nothing => {}
            Effect::Text => self.texts = 0,
            Effect::Paragraph { strong } => {
                self.strong -= usize::from(strong);
                self.blocks.close();
                self.is_title = false;
            }
            Effect::Row => self.blocks.close_row(),
            Effect::Span { strong, hidden } => {
                self.strong -= usize::from(strong);
                self.hidden -= usize::from(hidden);
            }
            Effect::Note => self.notes -= 1,
            Effect::Contents => self.contents -= 1,
            Effect::Phonetics => self.phonetics -= 1,
            Effect::Style => {
                if let Some((id, style)) = self.style.take() {
                    self.styles.add(id, style);
                }
            }
        }
    }

    fn text(&mut self, text: &str) {
        if self.skipped > 0 || self.texts == 0 {
            return;
        }
        // White space of the file is one blank; more of it is written as elements.
        let mut collapsed = String::with_capacity(text.len());
        for piece in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            collapsed.push_str(word);
            let ends_blank = if collapsed.is_empty() {
                self.blocks.ends_blank()
            } else {
                collapsed.ends_with(' ')
            };
            if word.len() < piece.len() && !ends_blank {
                collapsed.push(' ');
            }
        }
        self.write(&collapsed);
    }
}
