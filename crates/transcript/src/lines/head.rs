//! Title, date, time, place: what the lines above the first turn state.

use std::ops::Range;

use turnsearch_model::{Field, Metadata};

use crate::lines::front::Front;
use crate::signs::dates::{self, Stated};
use crate::signs::lang::{self, has};
use crate::signs::script::{
    closing_bracket, columns, is_colon, is_ideograph, is_list_item, is_terminator,
};
use crate::turns::furniture::Reason;
use crate::turns::join;

/// A title line is not wider than this.
const MAX_TITLE: usize = 160;
/// A line of the head wider than this that ends like a sentence is text.
const MIN_PROSE: usize = 60;

/// So many blanks may stretch a key.
const MAX_KEY_BLANKS: usize = 8;

/// What a line of the head is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum HeadLine {
    /// Furniture that feeds the metadata, or nothing.
    Furniture(Reason),
    /// Text that nobody is named for.
    Text,
}

/// Reads the lines above the first label, each with whether it reaches the right edge of a wrapped
/// text, below front matter that states some of it. Returns the metadata and what each line is.
///
/// The title does not begin before `title_from`.
pub(crate) fn read(
    lines: &[(&str, bool)],
    title_from: usize,
    front: &Front,
) -> (Metadata, Vec<HeadLine>) {
    let mut head = Head {
        front: Some(front),
        meta: front.meta.clone(),
        dated: front.meta[Field::Date].is_some(),
        placed: front.meta[Field::Place].is_some(),
        ..Head::default()
    };
    let kinds = lines
        .iter()
        .enumerate()
        .map(|(at, &(line, full))| {
            let kind = head.line(line, at >= title_from);
            head.after_full = full;
            kind
        })
        .collect();
    head.name_event();
    (head.meta, kinds)
}

#[derive(Default)]
struct Head<'f> {
    front: Option<&'f Front>,
    meta: Metadata,
    title: Vec<String>,
    dated: bool,
    placed: bool,
    text_began: bool,
    /// Fields such as `Present:` stood above.
    has_fields: bool,
    /// The line before was full, so that this one may be the rest of it.
    after_full: bool,
}

/// `Present: …`: a field that is no metadata, and that readers look for.
fn is_field(line: &str) -> bool {
    line.split_once(is_colon)
        .is_some_and(|(key, _)| lang::words().field.contains(&key.trim().to_lowercase()))
}

impl Head<'_> {
    fn line(&mut self, line: &str, may_be_title: bool) -> HeadLine {
        if let Some(reason) = self.keyed(line) {
            // What stands below a key alone is its value.
            self.has_fields = !line.ends_with(is_colon);
            return HeadLine::Furniture(reason);
        }
        if self.front.is_some_and(|front| front.is_titled(line)) {
            return HeadLine::Furniture(Reason::Title);
        }
        if is_field(line) {
            return HeadLine::Text;
        }
        let stated = dates::read(line);
        let adds_time = self.meta[Field::Time].is_none() && stated.time.is_some();
        if (!self.dated || adds_time) && stated.is_some_only() {
            self.dated = true;
            self.date(stated);
            return HeadLine::Furniture(Reason::Date);
        }
        // What is on the agenda after the fields is no field.
        let is_item = self.has_fields && is_numbered_item(line);
        self.text_began |= is_item;
        let prose = columns(line) > MIN_PROSE && line.ends_with(is_terminator);
        if self.text_began || prose || columns(line) > MAX_TITLE {
            self.text_began = true;
            return HeadLine::Text;
        }
        let titled = self.meta[Field::Title].is_some();
        let goes_on = self.after_full && !self.title.is_empty() && !line.ends_with(is_terminator);
        if !self.dated && self.is_kind_of(line) {
            // The line above only said what kind of record this is.
            self.title.clear();
            self.take_title(line, stated);
            return HeadLine::Furniture(Reason::Title);
        }
        if !self.dated && may_be_title && (!titled || goes_on) && !line.ends_with(is_colon) {
            self.take_title(line, stated);
            return HeadLine::Furniture(Reason::Title);
        }
        // `Sitzung vom 12. März 2024` below the title states the date of the record, and `Next
        // meeting: 12 May` does not.
        let at_edge = |range: &Range<usize>| range.start == 0 || range.end == line.len();
        if !self.dated
            && stated.date_range.as_ref().is_some_and(at_edge)
            && !line.contains(is_colon)
        {
            self.dated = true;
            self.date(stated);
            return HeadLine::Text;
        }
        if self.dated && !self.placed && names_a_body(line) {
            self.placed = true;
            self.place(line);
            return HeadLine::Furniture(Reason::Place);
        }
        HeadLine::Text
    }

    /// Whether the title so far is the kind of record, whose number and name this line has:
    /// `會議紀錄` above `港務會議第3次會議紀錄`.
    fn is_kind_of(&self, line: &str) -> bool {
        let [title] = &self.title[..] else {
            return false;
        };
        let is_digit = |c: char| c.is_ascii_digit();
        let mut ends = line.chars().rev().zip(title.chars().rev()).take(2);
        line.len() > title.len()
            && line.contains(is_digit)
            && !title.contains(is_digit)
            && title.chars().all(is_ideograph)
            && ends.all(|(one, other)| one == other)
    }

    /// `Date: …`, `地点：…`.
    fn keyed(&mut self, line: &str) -> Option<Reason> {
        let line = line.strip_prefix(['*', '-', '•']).unwrap_or(line);
        let (key, value) = match line.split_once(is_colon) {
            Some(parts) => parts,
            None => stretched_key(line)?,
        };
        let key = lang::tight(&key.trim().to_lowercase());
        let words = lang::words();
        let field = words.head_field(&key)?;
        let value = value.trim();
        if value.is_empty() {
            return Some(Reason::Metadata);
        }
        match field {
            Field::Date | Field::Time => self.date(dates::read(value)),
            _ => {
                self.meta[field].get_or_insert_with(|| value.to_owned());
            }
        }
        Some(match field {
            Field::Title => Reason::Title,
            Field::Date | Field::Time => Reason::Date,
            Field::Place => Reason::Place,
            _ => Reason::Metadata,
        })
    }

    fn date(&mut self, stated: Stated) {
        let Stated {
            date, time, zone, ..
        } = stated;
        let meta = &mut self.meta;
        meta[Field::Date] = meta[Field::Date].take().or(date);
        meta[Field::Time] = meta[Field::Time].take().or(time);
        meta[Field::Zone] = meta[Field::Zone].take().or(zone);
    }

    /// A title, with a date before or after it in some records.
    fn take_title(&mut self, line: &str, stated: Stated) {
        let mut title = line.to_owned();
        if let Some(range) = stated.date_range.clone()
            && (range.start == 0 || range.end == line.len())
        {
            title.replace_range(range, "");
            without_last_words(&mut title);
            self.dated = true;
            self.date(stated.clone());
        }
        // `Kickoff (2024-03-05 10:02) - Transcript`, as tools name what they save.
        if !self.dated
            && let Some((before, after)) = around_brackets(line, &stated)
        {
            title = match lang::words().field.contains(&after.to_lowercase()) {
                true => before.to_owned(),
                false => format!("{before} {after}"),
            };
            self.dated = true;
            self.date(stated);
        }
        let title = title
            .trim_matches(|c: char| {
                c.is_whitespace() || matches!(c, '-' | '–' | '—' | ',' | '，' | '|')
            })
            .to_owned();
        if title.is_empty() {
            return;
        }
        match self.title.last_mut() {
            Some(last) if self.after_full => join::append(last, &title),
            _ => self.title.push(title),
        }
        self.meta[Field::Title] = Some(self.title.join(" "));
    }

    /// `ICANN64 | 日本神户`: the event, where it has a number, and the place.
    fn place(&mut self, line: &str) {
        let parts = parts(line);
        let (events, places): (Vec<&str>, Vec<&str>) =
            parts.iter().partition(|part| is_numbered_event(part));
        if let Some(event) = events.first() {
            self.meta[Field::Event].get_or_insert_with(|| (*event).to_owned());
        }
        if let Some(place) = places.last() {
            self.meta[Field::Place].get_or_insert_with(|| (*place).to_owned());
        }
    }

    /// The event is the first part of a title of several, if it is numbered or named as one.
    fn name_event(&mut self) {
        let Some(first) = self.title.first() else {
            return;
        };
        let mut segments = parts(first);
        if segments.len() < 2 {
            // `虚拟政策论坛 与 联合会议`: blanks separate what lost characters stood between.
            segments = first
                .split_whitespace()
                .filter(|_| first.chars().filter(|&c| is_ideograph(c)).count() > 4)
                .collect();
        }
        if segments.len() < 2 {
            return;
        }
        let lower = segments[0].to_lowercase();
        let nouns = &lang::words().event_nouns;
        let named = nouns.iter().any(|noun| lower.ends_with(noun.as_str()));
        if is_numbered_event(segments[0]) || named {
            let event = segments[0].to_owned();
            self.meta[Field::Event].get_or_insert(event);
        }
    }
}

/// The key of `時　　間　中華民國113年…`, which blanks part from its value, and the value.
fn stretched_key(line: &str) -> Option<(&str, &str)> {
    let blanks = line.match_indices(char::is_whitespace).take(MAX_KEY_BLANKS);
    let mut parts = blanks.map(|(at, _)| line.split_at(at));
    parts.find(|(key, _)| {
        let key = lang::tight(key.trim());
        key.chars().all(is_ideograph) && lang::words().head_field(&key).is_some()
    })
}

/// Takes off what joined a title to its date: `vom`, `of the`.
fn without_last_words(title: &mut String) {
    loop {
        let end = title.trim_end().len();
        title.truncate(end);
        let start = title.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        let word = title.get(start..).unwrap_or_default().to_lowercase();
        if start == 0 || !has(&lang::words().before_date, &word) {
            return;
        }
        title.truncate(start);
    }
}

/// What stands before and after the brackets that hold nothing but a date.
fn around_brackets<'l>(line: &'l str, stated: &Stated) -> Option<(&'l str, &'l str)> {
    let range = stated.date_range.clone()?;
    let (open, _) = line[..range.start].char_indices().next_back()?;
    let close = closing_bracket(line[open..].chars().next()?)?;
    let end = range.end + line[range.end..].find(close)?;
    let inner = dates::read(&line[range.start..end]);
    let signs: &[char] = &['-', '–', '—', ' '];
    let before = line[..open].trim();
    (inner.is_some_only() && !before.is_empty())
        .then(|| (before, line[end + close.len_utf8()..].trim_matches(signs)))
}

/// Whether a line says where in the way records do, beside the body that met: `ICANN64 | 日本神户`,
/// `ICANN — 南非德班`. A line after the date without that can be anything.
fn names_a_body(line: &str) -> bool {
    if line.starts_with('|') {
        // A row of a table.
        return false;
    }
    let parts = parts(line);
    let is_body = |part: &&str| {
        part.chars().filter(char::is_ascii_uppercase).count() >= 2
            && !part.contains(|c: char| c.is_alphabetic() && !c.is_ascii_uppercase())
    };
    parts.len() >= 2 && parts.iter().any(is_body)
}

/// The parts of a head line: between `|`, or dashes with blanks.
fn parts(line: &str) -> Vec<&str> {
    line.split(['|', '｜'])
        .flat_map(|part| part.split(" — "))
        .flat_map(|part| part.split(" – "))
        .flat_map(|part| part.split(" - "))
        .map(str::trim)
        .filter(|part| !part.is_empty())
        .collect()
}

/// `1. Lamps`, `一、…`: an item that a number opens.
fn is_numbered_item(line: &str) -> bool {
    let opens = line.chars().next();
    is_list_item(line) && opens.is_some_and(|c| c.is_ascii_digit() || is_ideograph(c))
}

/// `ICANN70`, `IGF 2019`, `WSIS+10`: capitals and a number.
fn is_numbered_event(part: &str) -> bool {
    let capitals = part.chars().filter(char::is_ascii_uppercase).count();
    let others = part
        .chars()
        .filter(|c| c.is_alphabetic() && !c.is_ascii_uppercase())
        .count();
    capitals >= 2 && others <= capitals && part.ends_with(|c: char| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meta(lines: &[&str]) -> Metadata {
        let lines: Vec<(&str, bool)> = lines.iter().map(|&line| (line, false)).collect();
        read(&lines, 0, &Front::default()).0
    }

    #[test]
    fn heads_of_records_give_their_metadata() {
        let found = meta(&[
            "IGF 2019 | Day 1 — Opening",
            "Tuesday, November 26, 2019 — 10:00 AM to 1:30 PM CET",
            "Place: Berlin, Germany",
        ]);
        assert_eq!(found.get(Field::Title), Some("IGF 2019 | Day 1 — Opening"));
        assert_eq!(found.get(Field::Event), Some("IGF 2019"));
        assert_eq!(found.get(Field::Date), Some("2019-11-26"));
        assert_eq!(found.get(Field::Time), Some("10:00-13:30"));
        assert_eq!(found.get(Field::Zone), Some("CET"));
        assert_eq!(found.get(Field::Place), Some("Berlin, Germany"));
    }

    #[test]
    fn keys_and_dated_titles_are_read() {
        let found = meta(&[
            "主题：开放政府",
            "时间：2019年3月12日 9:00-10:30",
            "地点：台北",
        ]);
        assert_eq!(found.get(Field::Title), Some("开放政府"));
        assert_eq!(found.get(Field::Date), Some("2019-03-12"));
        assert_eq!(found.get(Field::Time), Some("09:00-10:30"));
        assert_eq!(found.get(Field::Place), Some("台北"));
        let found = meta(&["2017-01-11 經濟日報專訪"]);
        assert_eq!(found.get(Field::Title), Some("經濟日報專訪"));
        assert_eq!(found.get(Field::Date), Some("2017-01-11"));
    }

    #[test]
    fn titles_and_dates_over_two_lines_are_joined() {
        let lines = [
            ("全球合作更", true),
            ("新", false),
            ("2021 年 3 月 8 日", false),
            ("— 9:00 至 10:00", false),
        ];
        let (found, kinds) = read(&lines, 0, &Front::default());
        assert_eq!(found.get(Field::Title), Some("全球合作更新"));
        assert_eq!(found.get(Field::Time), Some("09:00-10:00"));
        assert_eq!(kinds[3], HeadLine::Furniture(Reason::Date));
    }

    #[test]
    fn prose_above_the_first_label_is_text() {
        let prose = "This is a long paragraph that somebody wrote above the record, ending here.";
        let (found, kinds) = read(&[("Title", false), (prose, false)], 0, &Front::default());
        assert_eq!(found.get(Field::Title), Some("Title"));
        assert_eq!(kinds[1], HeadLine::Text);
    }
}
