//! How a line opens: the ways in which transcripts set a speaker and a time before speech.
//!
//! A line can be read in several ways (`Anna - Harbour Board: text`), and one line does not tell
//! which of them is meant. So every reading is returned with its form, and [`super::series`] asks
//! the document which form comes back.

use std::ops::Range;

use crate::signs::glyph::Glyph;
use crate::signs::lang;
use crate::signs::script::{closing_bracket, is_bullet, is_colon, is_named};
use crate::signs::stamp::{self, Stamp};

/// A name with its office is not longer than this many characters.
const MAX_NAME: usize = 110;
/// What stands in brackets in a label is not longer than this many characters.
const MAX_BRACKET: usize = 80;
/// A name that a dash, a bar or a full stop closes is not longer than this many characters.
const MAX_SHORT: usize = 40;
/// So many words of a name may be titles in small letters: `Vizepräsident Prof. Dr. h. c.`.
const MAX_TITLES: usize = 5;
/// A name in quotation marks inside a name is not longer than this many characters.
const MAX_QUOTED: usize = 20;
/// A name on a line of its own is not longer than this many characters.
const MAX_ALONE: usize = 60;

/// What stands before name and time.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Lead {
    /// Nothing.
    None,
    /// `* `, `- `, `• `.
    Bullet,
    /// `12. `.
    Number,
    /// `>>`.
    Chevron,
    /// The signs of a heading.
    Heading,
    /// `○` directly before the name.
    Ring,
}

/// What encloses the name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Wrap {
    /// Nothing.
    None,
    /// Bold type.
    Strong,
    /// `[Name]`.
    Square,
    /// `<Name>`.
    Angle,
    /// `From Name to Everyone`, as chats have it.
    Chat,
}

/// What separates the name from the speech.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Close {
    /// A colon.
    Colon,
    /// ` - `.
    Dash,
    /// `|`.
    Bar,
    /// A tabulator, or several blanks.
    Gap,
    /// A full stop.
    Dot,
    /// A blank: the brackets, the type or the time before it say where the name ends.
    Blank,
    /// The end of the line.
    End,
}

/// How an opening is set, whoever is named in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Form {
    /// What stands first.
    pub lead: Lead,
    /// A time before the name.
    pub before: Option<Stamp>,
    /// What encloses the name.
    pub wrap: Wrap,
    /// A time after the name.
    pub after: Option<Stamp>,
    /// What stands between name and speech.
    pub close: Close,
    /// There is no name: the time is all.
    pub nameless: bool,
}

impl Form {
    /// Whether a time stands in it.
    pub fn is_timed(self) -> bool {
        self.before.is_some() || self.after.is_some()
    }
}

/// One reading of how a line opens.
#[derive(Debug, Clone)]
pub(crate) struct Opening {
    /// How it is set.
    pub form: Form,
    /// The name, without brackets and signs; empty where only a time opens the line.
    pub name: String,
    /// What stands in brackets beside the name.
    pub brackets: Vec<String>,
    /// Start of the speech, where a time says it, in milliseconds.
    pub start_ms: Option<u64>,
    /// The label in the source, with everything that belongs to it.
    pub label: Range<usize>,
    /// Nothing stands after it on the line.
    pub is_alone: bool,
}

/// Every way to read the opening of a line. `end` is where the line ends in the source.
pub(crate) fn readings(glyphs: &[Glyph], end: usize) -> Vec<Opening> {
    let mut reader = Reader {
        glyphs,
        end,
        lead: Lead::None,
        before: None,
        found: Vec::new(),
    };
    let start = reader.lead();
    let start = reader.time_before(start);
    reader.name(start);
    if reader.lead == Lead::Number && reader.before.is_none() {
        // The number may be part of an office: `1. Vizepräsident`.
        reader.lead = Lead::None;
        reader.plain(reader.skip_blanks(0));
    }
    reader.found
}

struct Reader<'g> {
    glyphs: &'g [Glyph],
    end: usize,
    lead: Lead,
    before: Option<(Stamp, u64)>,
    found: Vec<Opening>,
}

impl Reader<'_> {
    fn char(&self, at: usize) -> Option<char> {
        self.glyphs.get(at).map(|glyph| glyph.c)
    }

    fn is_blank(&self, at: usize) -> bool {
        self.char(at).is_none_or(char::is_whitespace)
    }

    fn skip_blanks(&self, mut at: usize) -> usize {
        while self.char(at).is_some_and(char::is_whitespace) {
            at += 1;
        }
        at
    }

    fn offset(&self, at: usize) -> usize {
        self.glyphs.get(at).map_or(self.end, |glyph| glyph.at)
    }

    fn text(&self, range: Range<usize>) -> String {
        self.glyphs
            .get(range)
            .unwrap_or_default()
            .iter()
            .map(|glyph| glyph.c)
            .collect()
    }

    /// Reads bullets, numbers and chevrons; returns where they end.
    fn lead(&mut self) -> usize {
        let at = self.skip_blanks(0);
        let Some(first) = self.char(at) else {
            return at;
        };
        if (is_bullet(first) || matches!(first, '*' | '-' | '–' | '+')) && self.is_blank(at + 1) {
            self.lead = Lead::Bullet;
            return self.skip_blanks(at + 1);
        }
        let chevrons = (at..)
            .take_while(|&at| matches!(self.char(at), Some('>' | '＞')))
            .count();
        if chevrons >= 2 {
            self.lead = Lead::Chevron;
            return self.skip_blanks(at + chevrons);
        }
        let digits = (at..)
            .take_while(|&at| self.char(at).is_some_and(|c| c.is_ascii_digit()))
            .count();
        let numbered = (1..=4).contains(&digits)
            && matches!(self.char(at + digits), Some('.' | ')'))
            && self.char(at + digits + 1) == Some(' ');
        if numbered {
            self.lead = Lead::Number;
            return self.skip_blanks(at + digits + 1);
        }
        at
    }

    /// Reads a time and what separates it from a name; returns where they end.
    fn time_before(&mut self, start: usize) -> usize {
        let Some(read) = stamp::read(self.glyphs, start) else {
            return start;
        };
        self.before = Some((read.stamp, read.start_ms));
        let after = self.skip_blanks(read.end);
        let close = match self.char(after) {
            Some(_) => Close::Blank,
            None => Close::End,
        };
        self.add(String::new(), Vec::new(), None, Wrap::None, close, after);
        let sign = self.char(after);
        let separates =
            sign.is_some_and(|c| matches!(c, '-' | '–' | '—' | '|')) && self.is_blank(after + 1);
        if separates {
            self.skip_blanks(after + 1)
        } else {
            after
        }
    }

    fn name(&mut self, start: usize) {
        let Some(first) = self.glyphs.get(start) else {
            return;
        };
        match first.c {
            '[' | '［' | '【' => self.wrapped(start, Wrap::Square, closing_bracket(first.c)),
            '(' | '（' => self.unsure(start, closing_bracket(first.c)),
            '<' | '＜' => {
                let close = if first.c == '<' { '>' } else { '＞' };
                self.wrapped(start, Wrap::Angle, Some(close));
            }
            _ if first.strong => self.strong(start),
            _ => {
                self.chat(start);
                self.plain(start);
            }
        }
    }

    /// `[Name]`, `<Name>`, and what comes after.
    fn wrapped(&mut self, start: usize, wrap: Wrap, close: Option<char>) {
        let Some(close) = close else { return };
        let Some(end) = (start + 1..self.glyphs.len().min(start + MAX_SHORT + 20))
            .find(|&at| self.char(at) == Some(close))
        else {
            return;
        };
        let name = self.text(start + 1..end).trim().to_owned();
        if is_named(&name) {
            self.closed(name, Vec::new(), wrap, end + 1);
        }
    }

    /// `(Unknown):`; without the colon, what stands in round brackets happens.
    fn unsure(&mut self, start: usize, close: Option<char>) {
        let Some(close) = close else { return };
        let limit = self.glyphs.len().min(start + MAX_SHORT);
        let Some(end) = (start + 1..limit).find(|&at| self.char(at) == Some(close)) else {
            return;
        };
        let name = self.text(start + 1..end).trim().to_owned();
        let colon = self.skip_blanks(end + 1);
        if is_named(&name) && self.char(colon).is_some_and(is_colon) {
            self.after_colon(name, Vec::new(), Wrap::None, colon + 1);
        }
    }

    /// A name in bold type, and what comes after.
    fn strong(&mut self, start: usize) {
        let strong = self.glyphs[start..]
            .iter()
            .take_while(|glyph| glyph.strong)
            .count();
        let end = start + strong;
        let colon = (start..end).find(|&at| is_colon(self.glyphs[at].c));
        let stop = colon.unwrap_or(end);
        if stop - start > MAX_NAME {
            return;
        }
        let (name, brackets) = split_brackets(&self.text(start..stop));
        if !is_named(&name) {
            return;
        }
        match colon {
            Some(colon) => self.after_colon(name, brackets, Wrap::Strong, colon + 1),
            None => self.closed(name, brackets, Wrap::Strong, end),
        }
    }

    /// What comes after a name whose end is known: a time, a colon, a blank, nothing.
    fn closed(&mut self, name: String, brackets: Vec<String>, wrap: Wrap, end: usize) {
        let mut at = self.skip_blanks(end);
        let blank = at > end;
        let after = stamp::read(self.glyphs, at);
        if let Some(read) = &after {
            at = self.skip_blanks(read.end);
        }
        let after = after.map(|read| (read.stamp, read.start_ms));
        match self.char(at) {
            Some(c) if is_colon(c) => match after {
                Some(_) => self.add(name, brackets, after, wrap, Close::Colon, at + 1),
                None => self.after_colon(name, brackets, wrap, at + 1),
            },
            Some('-' | '–' | '—') if self.is_blank(at + 1) => {
                self.add(name, brackets, after, wrap, Close::Dash, at + 1);
            }
            Some('|') => self.add(name, brackets, after, wrap, Close::Bar, at + 1),
            Some(_) if blank || after.is_some() => {
                self.add(name, brackets, after, wrap, Close::Blank, at);
            }
            Some(_) => {}
            None => self.add(name, brackets, after, wrap, Close::End, at),
        }
    }

    /// A colon closed the name; a time may follow.
    fn after_colon(&mut self, name: String, brackets: Vec<String>, wrap: Wrap, end: usize) {
        let at = self.skip_blanks(end);
        match stamp::read(self.glyphs, at) {
            Some(read) => {
                let after = Some((read.stamp, read.start_ms));
                self.add(name, brackets, after, wrap, Close::Colon, read.end);
            }
            None => self.add(name, brackets, None, wrap, Close::Colon, end),
        }
    }

    /// `From Anna to Everyone:` as chats are saved.
    fn chat(&mut self, start: usize) {
        let words = lang::words();
        let whole = self.text(start..self.glyphs.len().min(start + MAX_NAME));
        for [from, to] in words
            .chat
            .iter()
            .map(|pair| pair.split('…'))
            .filter_map(|mut parts| Some([parts.next()?.trim(), parts.next()?.trim()]))
        {
            let Some(rest) = whole
                .strip_prefix(from)
                .filter(|rest| rest.starts_with(char::is_whitespace))
            else {
                continue;
            };
            let Some(colon) = rest.find(is_colon) else {
                continue;
            };
            // Beside a time, nobody needs to be told to whom it went.
            let to = rest[..colon].rfind(&format!(" {to} "));
            let Some(name) = to.or(self.before.map(|_| colon)) else {
                continue;
            };
            if !is_named(&rest[..name]) {
                continue;
            }
            let end = start + from.chars().count() + rest[..colon].chars().count() + 1;
            self.add(
                rest[..name].trim().to_owned(),
                Vec::new(),
                None,
                Wrap::Chat,
                Close::Colon,
                end,
            );
        }
    }

    /// A name that nothing encloses: it ends at the first sign that can end one.
    fn plain(&mut self, start: usize) {
        let mut brackets = Vec::new();
        let mut name_end = start;
        let mut at = start;
        let mut closed_short = false;
        while at < self.glyphs.len() && at - start <= MAX_NAME {
            let c = self.glyphs[at].c;
            let name = |to: usize| self.text(start..to).trim().to_owned();
            if let Some(close) = closing_bracket(c) {
                if let Some(read) = stamp::read(self.glyphs, at) {
                    self.timed(name(name_end.max(start)), brackets, read, true);
                    return;
                }
                let limit = self.glyphs.len().min(at + MAX_BRACKET);
                let Some(end) = (at + 1..limit).find(|&at| matches_close(self.glyphs[at].c, close))
                else {
                    return;
                };
                brackets.push(self.text(at + 1..end).trim().to_owned());
                at = end + 1;
                continue;
            }
            if is_colon(c) {
                let clock = at > start
                    && self.glyphs[at - 1].c.is_ascii_digit()
                    && self.char(at + 1).is_some_and(|c| c.is_ascii_digit());
                if clock || self.char(at + 1) == Some('/') {
                    return;
                }
                let name = name(name_end);
                if is_named(&name) {
                    self.after_colon(name, brackets, Wrap::None, at + 1);
                }
                return;
            }
            if c.is_whitespace() {
                let next = self.skip_blanks(at);
                // A ring opens the name and an ideographic blank ends it, brackets or not.
                let is_ring = |c| matches!(c, '○' | '◯' | '●' | '◎');
                let ringed = c == '\u{3000}' && self.char(start).is_some_and(is_ring);
                let wide = c == '\t' || next > at + 1 || ringed;
                if let Some(read) = stamp::read(self.glyphs, next)
                    .or_else(|| wide.then(|| stamp::spoken(self.glyphs, next)).flatten())
                    && brackets.is_empty()
                {
                    self.timed(name(at), brackets, read, wide);
                    return;
                }
                let short = at - start <= MAX_SHORT && !closed_short && at > start;
                if short && (brackets.is_empty() || ringed) {
                    let close = match self.char(next) {
                        Some('-' | '–' | '—') if self.is_blank(next + 1) => {
                            Some((Close::Dash, next + 1))
                        }
                        Some('|' | '｜') => Some((Close::Bar, next + 1)),
                        _ if wide => Some((Close::Gap, next)),
                        _ => None,
                    };
                    if let Some((close, end)) = close {
                        closed_short = true;
                        self.add(name(at), Vec::new(), None, Wrap::None, close, end);
                        if let (true, Some(reading)) = (ringed, self.found.last_mut()) {
                            reading.form.lead = Lead::Ring;
                            reading.name = reading.name.chars().skip(1).collect();
                        }
                    }
                }
                at = next;
                continue;
            }
            // `Ben Renner | CEO:` has a bar inside.
            if matches!(c, '|' | '｜') && at > start && !(closed_short && self.is_blank(at + 1)) {
                if !closed_short && at - start <= MAX_SHORT && brackets.is_empty() {
                    self.add(name(at), Vec::new(), None, Wrap::None, Close::Bar, at + 1);
                }
                return;
            }
            if c == '.' {
                // What the record remarks of the speech stands between name and full stop.
                let remarked = !brackets.is_empty() && self.char(at - 1) == Some(')');
                let name = self.text(start..if remarked { name_end } else { at });
                let ends = self.is_blank(at + 1);
                if ends && (brackets.is_empty() || remarked) && is_stopped_name(&name) {
                    self.add(
                        name.trim().to_owned(),
                        Vec::new(),
                        None,
                        Wrap::None,
                        Close::Dot,
                        at + 1,
                    );
                }
                // At the end of the line it is the end of a sentence.
                let is_last = at + 1 >= self.glyphs.len() && !starts_large(&name);
                if ends && (is_last || !is_abbreviation(&name)) {
                    return;
                }
            } else if let Some(end) = self.quoted(at) {
                at = end;
                name_end = if brackets.is_empty() { at } else { name_end };
                continue;
            } else if is_end(c) && !self.is_closed_by_colon(at) && !(c == '~' && at == start) {
                return;
            }
            // Text after a bracket belongs to the name only where more of a label follows.
            at += 1;
            name_end = if brackets.is_empty() { at } else { name_end };
            if !brackets.is_empty() && c.is_alphanumeric() {
                return;
            }
        }
        let whole = at >= self.glyphs.len();
        if whole && at - start <= MAX_ALONE {
            let name = self.text(start..name_end).trim().to_owned();
            if is_named(&name) {
                self.add(name, brackets, None, Wrap::None, Close::End, at);
            }
        }
    }

    /// Where a name in quotation marks ends that begins here: `Ben “Bo” Renner`.
    fn quoted(&self, at: usize) -> Option<usize> {
        let close = match self.char(at)? {
            '“' | '„' | '”' => ['”', '“'],
            '«' => ['»', '»'],
            '»' => ['«', '«'],
            _ => return None,
        };
        let limit = self.glyphs.len().min(at + MAX_QUOTED);
        let end = (at + 1..limit).find(|&end| close.contains(&self.glyphs[end].c))?;
        (end > at + 1).then_some(end + 1)
    }

    /// Whether a mark belongs to a label, since the colon follows it: `Speaker ?:`, `Mme X…:`.
    fn is_closed_by_colon(&self, at: usize) -> bool {
        let mark = |c: char| matches!(c, '?' | '？' | '…');
        let run = (at..).take_while(|&at| self.char(at).is_some_and(mark));
        let end = at + run.count();
        end > at && self.char(self.skip_blanks(end)).is_some_and(is_colon)
    }

    /// A name and a time after it. `set_off`: more than a blank says that the time is no part of a
    /// sentence.
    fn timed(&mut self, mut name: String, brackets: Vec<String>, read: stamp::Read, set_off: bool) {
        name.truncate(name.trim_end_matches([',', '،', '，']).len());
        if !is_named(&name) {
            return;
        }
        let after = Some((read.stamp, read.start_ms));
        let at = self.skip_blanks(read.end);
        match self.char(at) {
            None => self.add(name, brackets, after, Wrap::None, Close::End, at),
            Some(c) if is_colon(c) => {
                self.add(name, brackets, after, Wrap::None, Close::Colon, at + 1);
            }
            Some('-' | '–' | '—') if self.is_blank(at + 1) => {
                self.add(name, brackets, after, Wrap::None, Close::Dash, at + 1);
            }
            Some(_) if set_off && at > read.end => {
                self.add(name, brackets, after, Wrap::None, Close::Blank, at);
            }
            Some(_) => {}
        }
    }

    fn add(
        &mut self,
        name: String,
        brackets: Vec<String>,
        after: Option<(Stamp, u64)>,
        wrap: Wrap,
        close: Close,
        end: usize,
    ) {
        let start = self.offset(self.skip_blanks(0));
        let last = self.glyphs.get(end.wrapping_sub(1));
        let to = last.map_or(self.end, |glyph| glyph.at + glyph.c.len_utf8());
        self.found.push(Opening {
            form: Form {
                lead: self.lead,
                before: self.before.map(|(stamp, _)| stamp),
                wrap,
                after: after.map(|(stamp, _)| stamp),
                close,
                nameless: name.is_empty(),
            },
            name,
            brackets,
            start_ms: self.before.or(after).map(|(_, ms)| ms),
            label: start..to,
            is_alone: self.skip_blanks(end) >= self.glyphs.len(),
        });
    }
}

/// The name without the brackets after it, and what they hold.
fn split_brackets(text: &str) -> (String, Vec<String>) {
    let mut name = text.trim();
    let mut brackets = Vec::new();
    while let Some(inner) = name.strip_suffix([')', '）', ']']) {
        let Some(open) = inner.rfind(['(', '（', '[']) else {
            break;
        };
        let content = inner[open..].trim_start_matches(['(', '（', '[']);
        brackets.insert(0, content.trim().to_owned());
        name = inner[..open].trim();
    }
    (name.to_owned(), brackets)
}

/// A bracket of the same kind, of either width.
fn matches_close(c: char, close: char) -> bool {
    c == close
        || matches!(
            (c, close),
            (')', '）') | ('）', ')') | (']', '］') | ('］', ']')
        )
}

/// What cannot stand in a name.
fn is_end(c: char) -> bool {
    matches!(
        c,
        '。' | '！'
            | '？'
            | '!'
            | '?'
            | '；'
            | ';'
            | '“'
            | '”'
            | '「'
            | '」'
            | '《'
            | '》'
            | '…'
            | ')'
            | '）'
            | ']'
            | '】'
            | '='
            | '<'
            | '>'
            | '\\'
            | '~'
            | '%'
            | '$'
            | '؟'
            | '۔'
            | '।'
            | '«'
            | '»'
            | '„'
    )
}

/// `Mr`, `Dr`, `B`, `Ph.D`, `ดร`, `prof`, the `1` of `1. Vizepräsident`: a full stop after it ends
/// no sentence. One in small letters does so later in a long opening.
fn is_abbreviation(name: &str) -> bool {
    let word = name.rsplit(char::is_whitespace).next().unwrap_or("");
    if word.len() == name.len() && word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) {
        return true;
    }
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    let is_small = word.starts_with(char::is_lowercase);
    (1..=4).contains(&letters)
        && word.starts_with(char::is_alphabetic)
        && (!is_small || name.split_whitespace().count() <= MAX_TITLES)
}

/// Whether the last word begins with a capital.
fn starts_large(name: &str) -> bool {
    let word = name.rsplit(char::is_whitespace).next().unwrap_or("");
    word.starts_with(char::is_uppercase)
}

/// A name that a full stop closes: one letter, or a surname in capitals.
fn is_stopped_name(name: &str) -> bool {
    let name = name.trim();
    if name.chars().count() > MAX_SHORT {
        return false;
    }
    let mut letters = name.chars().filter(|c| c.is_alphabetic());
    let first = letters.next();
    if letters.next().is_none() {
        return first.is_some_and(char::is_uppercase) && name.chars().count() == 1;
    }
    name.split_whitespace().any(|word| {
        let letters: Vec<char> = word.chars().filter(|c| c.is_alphabetic()).collect();
        letters.len() >= 2 && letters.iter().all(|c| c.is_uppercase())
    }) && name.chars().next().is_some_and(char::is_uppercase)
}
