//! Word documents: transcripts of Teams and Meet, minutes, what people type.

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
/// Where the parts of a document are listed.
const RELATIONS: &str = "_rels/.rels";
/// Where the text stands in most files.
const DOCUMENT: &str = "word/document.xml";

/// Whether the bytes are an archive with the parts of a Word document.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    bytes.starts_with(ARCHIVE) && sniff::holds(bytes, "word/document")
}

/// Reads a document.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let mut package = Package::open(input.bytes(), ".docx")?;
    let relations = match package.part(RELATIONS)? {
        Some(text) => Relations::read(RELATIONS, &text)?,
        None => Relations::default(),
    };
    let main = relations.part("officeDocument", "");
    let main = main.unwrap_or_else(|| DOCUMENT.to_owned());
    let text = package.part(&main)?.ok_or_else(|| Fault::Part {
        part: main.clone(),
        problem: "is not in the archive; save the file anew as .docx".to_owned(),
    })?;
    let (folder, name) = main.rsplit_once('/').unwrap_or(("", &main));
    let listed = format!("{folder}/_rels/{name}.rels");
    let parts = match package.part(&listed)? {
        Some(text) => Relations::read(&listed, &text)?,
        None => Relations::default(),
    };
    let mut styles = StyleReader::default();
    if let Some(name) = parts.part("styles", folder)
        && let Some(text) = package.part(&name)?
    {
        part::read(&name, &text, &mut styles)?;
    }
    let mut fallback = Metadata::default();
    if let Some(name) = relations.part("core-properties", "")
        && let Some(text) = package.part(&name)?
    {
        fallback = properties::read(&name, &text)?;
    }
    let mut body = Body::new(&styles.styles);
    for kind in ["header", "footer"] {
        for name in parts.parts(kind, folder) {
            if let Some(text) = package.part(&name)? {
                body.begins(Some(Kind::Aside(Reason::RunningHead)));
                part::read(&name, &text, &mut body)?;
            }
        }
    }
    body.begins(None);
    part::read(&main, &text, &mut body)?;
    drop(text);
    for kind in ["footnotes", "endnotes"] {
        if let Some(name) = parts.part(kind, folder)
            && let Some(text) = package.part(&name)?
        {
            body.begins(Some(Kind::Nobody));
            part::read(&name, &text, &mut body)?;
        }
    }
    let mut meta = Metadata::default();
    let title = body.title.split_whitespace().collect::<Vec<_>>().join(" ");
    meta[Field::Title] = Some(title).filter(|title| !title.is_empty());
    Ok(Shape::Lines(body.blocks.finish(meta, fallback)?))
}

/// Which part of an archive is what.
#[derive(Debug, Default)]
struct Relations(Vec<(String, String)>);

impl Relations {
    fn read(name: &str, text: &str) -> Result<Relations, Fault> {
        let mut relations = Relations::default();
        part::read(name, text, &mut relations)?;
        Ok(relations)
    }

    /// The parts of a kind. Those of a part are named as seen from its folder.
    fn parts<'r>(&'r self, kind: &'r str, folder: &'r str) -> impl Iterator<Item = String> + 'r {
        let of_kind = self.0.iter().filter(move |(found, _)| found == kind);
        of_kind.map(move |(_, target)| match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None if folder.is_empty() => target.clone(),
            None => format!("{folder}/{target}"),
        })
    }

    fn part(&self, kind: &str, folder: &str) -> Option<String> {
        self.parts(kind, folder).next()
    }
}

impl Listener for Relations {
    fn open(&mut self, name: &str, element: &Attributes<'_>) {
        let is_outside = element
            .get("TargetMode")
            .is_some_and(|mode| mode == "External");
        if name != "Relationship" || is_outside {
            return;
        }
        if let (Some(kind), Some(target)) = (element.get("Type"), element.get("Target")) {
            let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
            self.0.push((kind, target));
        }
    }

    fn close(&mut self, _: &str) {}

    fn text(&mut self, _: &str) {}
}

/// Reads the part with the styles.
#[derive(Default)]
struct StyleReader {
    styles: Styles,
    open: Option<(String, Style)>,
}

impl Listener for StyleReader {
    fn open(&mut self, name: &str, element: &Attributes<'_>) {
        if name == "style" {
            let id = element.get("styleId").unwrap_or_default();
            self.open = Some((id, Style::default()));
            return;
        }
        let Some((_, style)) = &mut self.open else {
            return;
        };
        match name {
            "name" => {
                style.name = element.get("val").unwrap_or_default();
                style.level = style.level.or_else(|| level_of_name(&style.name));
            }
            "basedOn" => style.base = element.get("val"),
            "b" => style.strong = Some(is_on(element)),
            "vanish" => style.hidden = Some(is_on(element)),
            "outlineLvl" => style.level = style.level.or_else(|| outline(element)),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if name == "style"
            && let Some((id, style)) = self.open.take()
        {
            self.styles.add(id, style);
        }
    }

    fn text(&mut self, _: &str) {}
}

/// `heading 2`, as Word calls it in every language.
fn level_of_name(name: &str) -> Option<u8> {
    let name = name.to_lowercase();
    let level: u8 = name.strip_prefix("heading ")?.parse().ok()?;
    (1..=9).contains(&level).then_some(level)
}

/// The level of a heading; 0 for text.
fn outline(element: &Attributes<'_>) -> Option<u8> {
    let level: u8 = element.get("val")?.parse().ok()?;
    Some(if level < 9 { level + 1 } else { 0 })
}

/// Whether a switch of the type is on.
fn is_on(element: &Attributes<'_>) -> bool {
    !matches!(element.get("val").as_deref(), Some("0" | "false" | "off"))
}

/// What stands in a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FieldPart {
    /// What is to be put there.
    Code,
    /// What was put there.
    Result,
}

/// Where text may stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// In a drawing, whose text is none but that of its boxes.
    Drawing,
    /// In a box of text.
    Box,
}

/// How a run of text is set.
#[derive(Debug, Default, Clone, Copy)]
struct Type {
    strong: bool,
    hidden: bool,
}

/// What is known of an open paragraph.
#[derive(Debug, Default)]
struct Paragraph {
    /// How its style sets text.
    set: Type,
    is_title: bool,
    /// Its end was deleted, so that the next one goes on in it.
    is_joined: bool,
}

/// Reads a part with text.
struct Body<'s> {
    styles: &'s Styles,
    blocks: Blocks,
    /// Lines so far: paragraphs, and breaks in them.
    number: u32,
    /// What all paragraphs of the part are.
    kind: Option<Kind>,
    title: String,
    paragraphs: Vec<Paragraph>,
    runs: Vec<Type>,
    fields: Vec<FieldPart>,
    places: Vec<Place>,
    /// Elements inside one whose content is no text.
    skipped: usize,
    in_properties: bool,
    in_mark: bool,
    in_text: bool,
    in_phonetics: usize,
    /// A note that holds the line between text and notes.
    is_separator: bool,
}

impl<'s> Body<'s> {
    fn new(styles: &'s Styles) -> Body<'s> {
        Body {
            styles,
            blocks: Blocks::default(),
            number: 0,
            kind: None,
            title: String::new(),
            paragraphs: Vec::new(),
            runs: Vec::new(),
            fields: Vec::new(),
            places: Vec::new(),
            skipped: 0,
            in_properties: false,
            in_mark: false,
            in_text: false,
            in_phonetics: 0,
            is_separator: false,
        }
    }

    /// A part begins, all of whose paragraphs are of this kind, if one is given.
    fn begins(&mut self, kind: Option<Kind>) {
        self.kind = kind;
        self.fields.clear();
        self.is_separator = false;
    }

    fn open_paragraph(&mut self) {
        let goes_on = self.paragraphs.last().is_some_and(|open| open.is_joined);
        if goes_on {
            if let Some(open) = self.paragraphs.last_mut() {
                open.is_joined = false;
            }
            return;
        }
        self.number = self.number.saturating_add(1);
        let in_box = self.places.last() == Some(&Place::Box);
        let kind = self.kind.or(in_box.then_some(Kind::Nobody));
        self.blocks
            .open(kind.unwrap_or(Kind::Paragraph), self.number);
        self.paragraphs.push(Paragraph::default());
    }

    fn close_paragraph(&mut self) {
        if self.paragraphs.last().is_some_and(|open| open.is_joined) {
            return;
        }
        self.paragraphs.pop();
        self.blocks.close();
    }

    /// What the properties of a paragraph say.
    fn property(&mut self, name: &str, element: &Attributes<'_>) {
        let Some(paragraph) = self.paragraphs.last_mut() else {
            return;
        };
        if self.in_mark {
            paragraph.is_joined |= name == "del";
            return;
        }
        let is_body = self.kind.is_none();
        match name {
            "pStyle" => {
                let id = element.get("val").unwrap_or_default();
                paragraph.set = Type {
                    strong: self.styles.is_strong(&id),
                    hidden: self.styles.is_hidden(&id),
                };
                let style = self.styles.name(&id);
                paragraph.is_title = is_body && style == "title" && self.title.is_empty();
                if !is_body {
                } else if style.starts_with("toc ") {
                    self.blocks.becomes(Kind::Aside(Reason::Contents));
                } else if paragraph.is_title {
                    self.blocks.becomes(Kind::Heading(1));
                } else if let Some(level) = self.styles.level(&id) {
                    self.blocks.becomes(Kind::Heading(level));
                }
            }
            "outlineLvl" if is_body => match outline(element) {
                Some(0) => self.blocks.becomes(Kind::Paragraph),
                Some(level) => self.blocks.becomes(Kind::Heading(level)),
                None => {}
            },
            _ => {}
        }
    }

    /// What the properties of a run say.
    fn run_property(&mut self, name: &str, element: &Attributes<'_>) {
        let Some(run) = self.runs.last_mut() else {
            return;
        };
        match name {
            "b" => run.strong = is_on(element),
            "vanish" => run.hidden = is_on(element),
            "rStyle" => {
                let id = element.get("val").unwrap_or_default();
                run.strong |= self.styles.is_strong(&id);
                run.hidden |= self.styles.is_hidden(&id);
            }
            _ => {}
        }
    }

    /// Whether text that stands here is shown.
    fn is_shown(&self) -> bool {
        !self.fields.contains(&FieldPart::Code)
            && self.places.last() != Some(&Place::Drawing)
            && !self.runs.last().is_some_and(|run| run.hidden)
            && !self.is_separator
    }

    fn write(&mut self, text: &str) {
        if !self.is_shown() {
            return;
        }
        let run = if self.in_phonetics > 0 {
            Run::Aside(Reason::Markup)
        } else if self.runs.last().is_some_and(|run| run.strong) {
            Run::Strong
        } else {
            Run::Plain
        };
        if self.paragraphs.last().is_some_and(|open| open.is_title) {
            self.title.push_str(text);
        }
        self.blocks.text(text, run);
    }

    /// What stands in a run beside text.
    fn sign(&mut self, name: &str, element: &Attributes<'_>) {
        match name {
            "t" => self.in_text = true,
            "tab" | "ptab" => self.write("\t"),
            "noBreakHyphen" => self.write("\u{2011}"),
            "sym" => {
                let code = element.get("char").unwrap_or_default();
                let c = u32::from_str_radix(&code, 16).ok().and_then(char::from_u32);
                if let Some(c) = c.filter(|&c| c != '\0') {
                    self.write(c.encode_utf8(&mut [0; 4]));
                }
            }
            "br" | "cr" if self.is_shown() => {
                if element.get("type").is_some_and(|kind| kind == "page") {
                    self.blocks.page_break();
                }
                self.number = self.number.saturating_add(1);
                self.blocks.line_break(self.number);
            }
            "fldChar" => match element.get("fldCharType").as_deref() {
                Some("begin") => self.fields.push(FieldPart::Code),
                Some("separate") => {
                    if let Some(field) = self.fields.last_mut() {
                        *field = FieldPart::Result;
                    }
                }
                Some("end") => drop(self.fields.pop()),
                _ => {}
            },
            _ => {}
        }
    }
}

/// Elements whose content is no text of the document: what was deleted or moved away, codes of
/// fields, properties, and what stands in for something that older programs do not know.
fn is_skipped(name: &str) -> bool {
    matches!(
        name,
        "del"
            | "moveFrom"
            | "delText"
            | "instrText"
            | "delInstrText"
            | "Fallback"
            | "pPrChange"
            | "rPrChange"
            | "sectPr"
            | "tblPr"
            | "tblGrid"
            | "trPr"
            | "tcPr"
            | "rubyPr"
            | "sdtPr"
    )
}

impl Listener for Body<'_> {
    fn open(&mut self, name: &str, element: &Attributes<'_>) {
        if self.skipped > 0 || is_skipped(name) && !self.in_mark {
            self.skipped += 1;
            return;
        }
        match name {
            "p" => self.open_paragraph(),
            "pPr" => self.in_properties = true,
            "rPr" if self.in_properties => self.in_mark = true,
            _ if self.in_properties => self.property(name, element),
            "r" => {
                let set = self.paragraphs.last().map(|paragraph| paragraph.set);
                self.runs.push(set.unwrap_or_default());
            }
            "drawing" | "pict" | "object" => self.places.push(Place::Drawing),
            "txbxContent" => self.places.push(Place::Box),
            "rt" => self.in_phonetics += 1,
            "tr" => self.blocks.open_row(),
            "tc" => self.blocks.cell(),
            "footnote" | "endnote" => self.is_separator = element.get("type").is_some(),
            "b" | "vanish" | "rStyle" => self.run_property(name, element),
            _ if !self.runs.is_empty() => self.sign(name, element),
            _ => {}
        }
    }

    fn close(&mut self, name: &str) {
        if self.skipped > 0 {
            self.skipped -= 1;
            return;
        }
        match name {
            "p" => self.close_paragraph(),
            "pPr" => self.in_properties = false,
            "rPr" => self.in_mark = false,
            _ if self.in_properties => {}
            "r" => drop(self.runs.pop()),
            "t" => self.in_text = false,
            "drawing" | "pict" | "object" | "txbxContent" => drop(self.places.pop()),
            "rt" => self.in_phonetics = self.in_phonetics.saturating_sub(1),
            "tr" => self.blocks.close_row(),
            "footnote" | "endnote" => self.is_separator = false,
            _ => {}
        }
    }

    fn text(&mut self, text: &str) {
        if self.in_text && self.skipped == 0 {
            self.write(text);
        }
    }
}
