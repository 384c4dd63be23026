//! The tags of a page to paragraphs.

use std::collections::HashMap;

use html5ever::LocalName;
use html5ever::tokenizer::Tag;
use turnsearch_model::Field;

use crate::fault::Fault;
use crate::lines::blocks::{Blocks, Kind, Run};
use crate::lines::markup::Lines;
use crate::signs::stamp;
use crate::turns::furniture::Reason;

use super::statements::Statements;

/// Elements inside each other in which the beginning of what an inline tag closes is looked for.
const MAX_INLINE: usize = 64;
/// A time is not longer than this, in bytes.
const MAX_TIME: usize = 40;

/// What an open element does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Effect {
    /// Nothing.
    None,
    /// It sets its text in bold type.
    Strong,
    /// It names who speaks, for certain or perhaps.
    Name(bool),
    /// A time.
    Time,
    /// Its text is not said, for this reason.
    Aside(Reason),
    /// It keeps its line ends.
    Pre,
    /// A heading of this level.
    Heading(u8),
    /// Text that nobody says.
    Nobody,
    Row,
    Cell,
    /// A list of names and what they say.
    Pairs,
    Title,
    Script(bool),
    /// A paragraph, or several.
    Block,
}

#[derive(Debug)]
struct Open {
    name: LocalName,
    effect: Effect,
}

/// A page on its way to paragraphs.
#[derive(Debug, Default)]
pub(super) struct Outline {
    blocks: Blocks,
    statements: Statements,
    stack: Vec<Open>,
    /// How many elements of a name are open.
    counts: HashMap<LocalName, usize>,
    strong: usize,
    pre: usize,
    nobody: usize,
    headings: Vec<u8>,
    names: Vec<bool>,
    asides: Vec<Reason>,
    /// A row of a list of pairs is open, and whether it has its second half.
    pair: Option<bool>,
    /// Text of an open time, title or script.
    buffer: String,
    buffers: usize,
    line: u32,
    aside: String,
    aside_line: u32,
}

impl Outline {
    /// An element opens.
    pub fn open(&mut self, tag: &Tag, line: u32) {
        self.line = line;
        let name = &*tag.name;
        self.void(name, tag);
        if is_void(name) {
            return;
        }
        self.close_implied(name);
        let effect = self.effect(name, tag);
        if is_block(name) {
            self.end_paragraph();
            // What holds paragraphs names nobody.
            self.names.clear();
        }
        if tag.self_closing && effect != Effect::None {
            return;
        }
        self.begin(effect);
        *self.counts.entry(tag.name.clone()).or_default() += 1;
        self.stack.push(Open {
            name: tag.name.clone(),
            effect,
        });
    }

    /// What an element does that holds nothing.
    fn void(&mut self, name: &str, tag: &Tag) {
        match name {
            "br" if self.asides.is_empty() && !self.blocks.is_blank() => {
                self.blocks.line_break(self.line);
            }
            "hr" => self.end_paragraph(),
            "meta" => {
                let key = get(tag, "property").or_else(|| get(tag, "name"));
                if let (Some(key), Some(content)) = (key, get(tag, "content")) {
                    self.statements.named(key, content);
                }
            }
            "link" if get(tag, "rel") == Some("canonical") => {
                self.statements.address(get(tag, "href").unwrap_or(""));
            }
            "html" => self.statements.language = get(tag, "lang").map(str::to_owned),
            "audio" | "video" | "source" => {
                self.statements.media(get(tag, "src").unwrap_or(""));
            }
            "time" => self.statements.time(get(tag, "datetime").unwrap_or("")),
            _ => {}
        }
    }

    fn effect(&mut self, name: &str, tag: &Tag) -> Effect {
        match name {
            "script" => {
                return Effect::Script(get(tag, "type") == Some("application/ld+json"));
            }
            "style" | "template" | "noscript" | "iframe" | "object" | "svg" | "noembed"
            | "noframes" | "rt" | "rp" => return Effect::Aside(Reason::Markup),
            "title" if !self.is_open("svg") => return Effect::Title,
            "nav" | "footer" | "button" | "select" | "textarea" | "menu" | "dialog" => {
                return Effect::Aside(Reason::Other);
            }
            _ if is_hidden(tag) => return Effect::Aside(Reason::Markup),
            _ if get(tag, "role") == Some("navigation") => return Effect::Aside(Reason::Other),
            _ => {}
        }
        let class = get(tag, "class").unwrap_or("");
        match of_class(class) {
            effect if effect != Effect::None && !is_of_table(name) => return effect,
            _ => {}
        }
        match name {
            "b" | "strong" => Effect::Strong,
            "cite" => Effect::Name(false),
            "time" => Effect::Time,
            "pre" => Effect::Pre,
            "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => Effect::Heading(name.as_bytes()[1] - b'0'),
            "aside" | "figcaption" | "address" => Effect::Nobody,
            _ if get(tag, "role") == Some("doc-footnote")
                || get(tag, "role") == Some("doc-endnotes") =>
            {
                Effect::Nobody
            }
            "tr" => Effect::Row,
            "td" | "th" => Effect::Cell,
            "dl" => Effect::Pairs,
            "dt" => {
                self.end_pair();
                self.end_paragraph();
                self.blocks.open_row();
                self.blocks.cell();
                self.pair = Some(false);
                Effect::Block
            }
            "dd" => {
                self.end_paragraph();
                match self.pair {
                    Some(false) => {
                        self.blocks.cell();
                        self.pair = Some(true);
                    }
                    _ => self.end_pair(),
                }
                Effect::Block
            }
            _ if is_block(name) => Effect::Block,
            _ => Effect::None,
        }
    }

    fn is_open(&self, name: &str) -> bool {
        let count = self.counts.get(&LocalName::from(name));
        count.is_some_and(|&count| count > 0)
    }

    /// Paragraphs, items and cells end where the next begins.
    fn close_implied(&mut self, name: &str) {
        let Some(last) = self.stack.last() else {
            return;
        };
        let ends = match &*last.name {
            "p" => is_block(name),
            "li" => name == "li",
            "dt" | "dd" => matches!(name, "dt" | "dd"),
            "td" | "th" => matches!(name, "td" | "th" | "tr"),
            "tr" => name == "tr",
            "option" => matches!(name, "option" | "optgroup"),
            _ => false,
        };
        if ends {
            self.pop();
            // A row that begins also ends the one that held the cell.
            if name == "tr" && self.stack.last().is_some_and(|last| &*last.name == "tr") {
                self.pop();
            }
        }
    }

    fn begin(&mut self, effect: Effect) {
        match effect {
            Effect::Strong => self.strong += 1,
            Effect::Name(sure) => self.names.push(sure),
            Effect::Time => {
                self.buffers += 1;
                self.buffer.clear();
            }
            Effect::Aside(reason) => self.begin_aside(reason),
            Effect::Pre => self.pre += 1,
            Effect::Heading(level) => self.headings.push(level),
            Effect::Nobody => self.nobody += 1,
            Effect::Row => {
                self.end_paragraph();
                self.blocks.open_row();
            }
            Effect::Cell => {
                self.end_paragraph();
                self.blocks.cell();
            }
            Effect::Title | Effect::Script(true) => self.begin_aside(Reason::Metadata),
            Effect::Script(false) => self.begin_aside(Reason::Markup),
            Effect::None | Effect::Pairs | Effect::Block => {}
        }
    }

    fn begin_aside(&mut self, reason: Reason) {
        if self.asides.is_empty() {
            self.aside_line = self.line;
        }
        self.asides.push(reason);
    }

    /// An element closes, if one of this name is open.
    pub fn close(&mut self, name: &LocalName) {
        if &**name == "br" {
            self.blocks.line_break(self.line);
        }
        if self.counts.get(name).is_none_or(|&count| count == 0) {
            if is_block(name) {
                self.end_paragraph();
            }
            return;
        }
        let depth = if is_block(name) || is_container(name) {
            self.stack.iter().rposition(|open| open.name == *name)
        } else {
            let inline = self.stack.iter().enumerate().rev().take(MAX_INLINE);
            let mut inline =
                inline.take_while(|(_, open)| open.name == *name || !is_block(&open.name));
            inline
                .find(|(_, open)| open.name == *name)
                .map(|(at, _)| at)
        };
        if let Some(depth) = depth {
            while self.stack.len() > depth {
                self.pop();
            }
        }
    }

    /// Closes the innermost element.
    fn pop(&mut self) {
        let Some(Open { name, effect }) = self.stack.pop() else {
            return;
        };
        if let Some(count) = self.counts.get_mut(&name) {
            *count = count.saturating_sub(1);
        }
        if is_block(&name) && self.asides.is_empty() {
            self.end_paragraph();
        }
        match effect {
            Effect::Strong => self.strong = self.strong.saturating_sub(1),
            Effect::Name(_) => drop(self.names.pop()),
            Effect::Time => self.end_time(),
            Effect::Aside(_) | Effect::Title | Effect::Script(_) => self.end_aside(effect),
            Effect::Pre => self.pre = self.pre.saturating_sub(1),
            Effect::Heading(_) => drop(self.headings.pop()),
            Effect::Nobody => self.nobody = self.nobody.saturating_sub(1),
            Effect::Row => self.blocks.close_row(),
            Effect::Pairs => self.end_pair(),
            Effect::None | Effect::Cell | Effect::Block => {}
        }
    }

    fn end_pair(&mut self) {
        if self.pair.take().is_some() {
            self.end_paragraph();
            self.blocks.close_row();
        }
    }

    fn end_paragraph(&mut self) {
        if self.asides.is_empty() && self.blocks.is_open() {
            self.blocks.close();
        }
    }

    fn end_time(&mut self) {
        self.buffers = self.buffers.saturating_sub(1);
        let text = std::mem::take(&mut self.buffer);
        let run = match stamp::alone(&text) {
            Some(time) => Run::Time(time),
            None => {
                self.statements.time(text.trim());
                self.run()
            }
        };
        self.write(&text, run);
    }

    fn end_aside(&mut self, effect: Effect) {
        let reason = self.asides.pop();
        match effect {
            Effect::Title if self.statements.title.is_empty() => {
                self.statements.title.clone_from(&self.aside);
            }
            Effect::Script(true) => self.statements.linked(&self.aside),
            _ => {}
        }
        let is_outermost = self.asides.is_empty();
        if let (true, Some(reason)) = (is_outermost, reason) {
            let text = std::mem::take(&mut self.aside);
            if self.blocks.is_open() {
                self.blocks.text(&text, Run::Aside(reason));
            } else {
                self.blocks.aside(&text, self.aside_line, reason);
            }
        }
    }

    /// How text that stands here is set.
    fn run(&self) -> Run {
        match self.names.last() {
            Some(true) => Run::Name { is_sure: true },
            Some(false) => Run::Name { is_sure: false },
            None if self.strong > 0 => Run::Strong,
            None => Run::Plain,
        }
    }

    /// Text.
    pub fn text(&mut self, text: &str, line: u32) {
        if !self.asides.is_empty() {
            self.aside.push_str(text);
            return;
        }
        if self.buffers > 0 && self.buffer.len() < MAX_TIME {
            self.buffer.push_str(text);
            return;
        }
        if !self.blocks.is_open() {
            self.line = self.line.max(line);
        }
        let run = self.run();
        self.write(text, run);
    }

    fn write(&mut self, text: &str, run: Run) {
        if self.pre > 0 {
            for (at, part) in text.split('\n').enumerate() {
                if at > 0 && self.blocks.is_open() {
                    self.blocks.line_break(self.line);
                }
                if at > 0 {
                    self.line = self.line.saturating_add(1);
                }
                self.write_line(part, run);
            }
            return;
        }
        let is_blank = |c: char| c.is_ascii_whitespace();
        let mut collapsed = String::with_capacity(text.len());
        for piece in text.split_inclusive(is_blank) {
            let word = piece.trim_end_matches(is_blank);
            collapsed.push_str(word);
            let is_open = self.blocks.is_open() || !collapsed.is_empty();
            let ends_blank = match collapsed.chars().next_back() {
                Some(c) => is_blank(c),
                None => self.blocks.ends_blank(),
            };
            if word.len() < piece.len() && is_open && !ends_blank {
                collapsed.push(' ');
            }
        }
        self.write_line(&collapsed, run);
    }

    fn write_line(&mut self, text: &str, run: Run) {
        if text.is_empty() || !self.blocks.is_open() && text.trim().is_empty() {
            return;
        }
        if !self.blocks.is_open() {
            let kind = match self.headings.last() {
                Some(&level) => Kind::Heading(level),
                None if self.nobody > 0 => Kind::Nobody,
                None => Kind::Paragraph,
            };
            if kind == Kind::Heading(1) {
                self.statements.headings.push(String::new());
            }
            self.blocks.open(kind, self.line);
        }
        if self.headings.last() == Some(&1)
            && let Some(heading) = self.statements.headings.last_mut()
        {
            heading.push_str(text);
        }
        self.blocks.text(text, run);
    }

    /// The lines of the page.
    pub fn finish(mut self) -> Result<Lines<'static>, Fault> {
        while !self.stack.is_empty() {
            self.pop();
        }
        self.end_paragraph();
        let (meta, mut fallback) = self.statements.finish();
        if meta[Field::Language].is_some() {
            fallback[Field::Language] = None;
        }
        self.blocks.finish(meta, fallback)
    }
}

/// The value of an attribute that is not blank.
fn get<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let found = tag.attrs.iter().find(|attr| &*attr.name.local == name)?;
    Some(found.value.trim()).filter(|value| !value.is_empty())
}

/// Whether readers do not see an element.
fn is_hidden(tag: &Tag) -> bool {
    let style = get(tag, "style").unwrap_or("").to_ascii_lowercase();
    let style: String = style.chars().filter(|c| !c.is_whitespace()).collect();
    tag.attrs.iter().any(|attr| &*attr.name.local == "hidden")
        || get(tag, "aria-hidden") == Some("true")
        || style.contains("display:none")
        || style.contains("visibility:hidden")
}

/// What the class of an element says that it is. `speaker`, `speaker-name` and
/// `speech__meta-data__speaker-name` name who speaks.
fn of_class(class: &str) -> Effect {
    let effects = class.split_ascii_whitespace().map(|name| {
        let name = name.to_ascii_lowercase();
        let mut words = name.rsplit(['-', '_']).filter(|word| !word.is_empty());
        match (words.next().unwrap_or(""), words.next()) {
            ("speaker" | "speakername", _) | ("name" | "label", Some("speaker")) => {
                Effect::Name(true)
            }
            ("date", Some("data")) => Effect::Aside(Reason::Date),
            ("links" | "breadcrumb" | "breadcrumbs" | "nav" | "navigation" | "navbar", _) => {
                Effect::Aside(Reason::Other)
            }
            ("narrative" | "summary" | "footnotes", _) => Effect::Nobody,
            _ => Effect::None,
        }
    });
    let mut said = effects.filter(|effect| *effect != Effect::None);
    said.next().unwrap_or(Effect::None)
}

/// Elements that are rows and cells, whatever their class says.
fn is_of_table(name: &str) -> bool {
    matches!(
        name,
        "table" | "tbody" | "tr" | "td" | "th" | "dl" | "dt" | "dd"
    )
}

/// Elements that hold nothing and need no end.
fn is_void(name: &str) -> bool {
    matches!(
        name,
        "area"
            | "base"
            | "br"
            | "col"
            | "embed"
            | "hr"
            | "img"
            | "input"
            | "link"
            | "meta"
            | "param"
            | "source"
            | "track"
            | "wbr"
    )
}

/// Elements that no inline element goes beyond.
fn is_container(name: &str) -> bool {
    matches!(
        name,
        "script"
            | "style"
            | "title"
            | "template"
            | "noscript"
            | "iframe"
            | "object"
            | "svg"
            | "button"
            | "select"
            | "textarea"
            | "noembed"
            | "noframes"
    )
}

/// Elements that are paragraphs, or hold them.
fn is_block(name: &str) -> bool {
    matches!(
        name,
        "address"
            | "article"
            | "aside"
            | "blockquote"
            | "body"
            | "caption"
            | "center"
            | "dd"
            | "details"
            | "dialog"
            | "dir"
            | "div"
            | "dl"
            | "dt"
            | "fieldset"
            | "figcaption"
            | "figure"
            | "footer"
            | "form"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "head"
            | "header"
            | "hgroup"
            | "html"
            | "legend"
            | "li"
            | "main"
            | "menu"
            | "nav"
            | "ol"
            | "p"
            | "pre"
            | "section"
            | "summary"
            | "table"
            | "tbody"
            | "td"
            | "tfoot"
            | "th"
            | "thead"
            | "tr"
            | "ul"
    )
}
