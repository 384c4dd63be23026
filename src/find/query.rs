//! The query language: what a reader types, taken apart.
//!
//! ```text
//! query   = clause*                       every clause must hold
//! clause  = item (("OR" | "|") item)*     one of the items must hold
//! item    = "-" part | part | name ":" value
//! part    = word | "phrase" | “phrase” | 「phrase」 | 『phrase』
//! name    = speaker meeting before after, or in Chinese 发言人 会议 早于 晚于
//! ```
//!
//! Whatever does not fit is taken as text: a quotation mark without its partner, an operator
//! without an operand. There is no query that is an error.

use turnsearch_text::{is_alphanumeric, is_space, part};

use crate::compact::chars::{self, trim, trim_start};

/// A query taken apart. Nothing is folded yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// What must occur, in the order in which it was typed; a part that is an alternative belongs
    /// to the one before.
    pub parts: Vec<Part>,
    /// FilterKeys by speaker, meeting or date, and what must not occur.
    pub filters: Vec<(FilterKey, String)>,
    /// Whether the last part may still grow: the query does not end in a blank or a closed phrase.
    pub open_end: bool,
}

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As typed, without marks.
    pub text: String,
    /// Whether it was in quotation marks: its blanks do not separate.
    pub phrase: bool,
    /// Whether an `OR` stands before it: it need not occur where the part before does.
    pub alternative: bool,
}

/// What a filter restricts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilterKey {
    /// The name of a speaker, any alias.
    Speaker,
    /// Slug, title or event of a meeting.
    Meeting,
    /// Meetings before a day, month or year.
    Before,
    /// Meetings on or after the beginning of a day, month or year.
    After,
    /// Text that may not occur.
    Without,
}

const FILTER_KEYS: [(&str, FilterKey); 10] = [
    ("speaker", FilterKey::Speaker),
    ("meeting", FilterKey::Meeting),
    ("before", FilterKey::Before),
    ("after", FilterKey::After),
    ("发言人", FilterKey::Speaker),
    ("發言人", FilterKey::Speaker),
    ("会议", FilterKey::Meeting),
    ("會議", FilterKey::Meeting),
    ("早于", FilterKey::Before),
    ("晚于", FilterKey::After),
];

/// Longest query that is looked at, in bytes; what comes after is cut off (at a character). It is
/// longer than any turn of speech that one would paste, and bounds the work.
pub const MAX_QUERY_BYTES: usize = 4096;
/// Most parts of a query; what comes after belongs to the last one.
pub const MAX_PARTS: usize = 32;

impl Query {
    /// Takes `typed` apart.
    #[inline(never)] // A seam: browsers compile small functions faster.
    pub fn parse(typed: &str) -> Self {
        let typed = shortened(typed);
        let mut parser = Parser {
            query: Query {
                open_end: !chars::last(typed).is_some_and(is_space),
                ..Query::default()
            },
            after_part: false,
            or: "",
        };
        let mut rest = trim_start(typed, is_space);
        let mut tokens = 1;
        while !rest.is_empty() {
            rest = if tokens == MAX_PARTS {
                parser.part(trim(rest), false);
                ""
            } else {
                parser.token(rest)
            };
            rest = trim_start(rest, is_space);
            tokens += 1;
        }
        parser.end_or();
        parser.query
    }

    /// Whether nothing was typed that could be looked for.
    pub fn is_empty(&self) -> bool {
        self.parts.is_empty() && self.filters.is_empty()
    }
}

/// As much of `typed` as is looked at.
pub(crate) fn shortened(typed: &str) -> &str {
    let mut end = typed.len().min(MAX_QUERY_BYTES);
    while !typed.is_char_boundary(end) {
        end -= 1;
    }
    part(typed, ..end)
}

/// A query, as far as it has been taken apart.
struct Parser {
    query: Query,
    /// Whether what came last is a part, so that an `OR` may follow.
    after_part: bool,
    /// The `OR` after that part, as typed; whether it is one is known when another part comes.
    or: &'static str,
}

impl Parser {
    /// Takes the token at the head of `rest`, and returns what follows it.
    fn token<'t>(&mut self, rest: &'t str) -> &'t str {
        if let Some((text, after)) = quoted(rest) {
            self.query.open_end &= !after.is_empty();
            self.part(text, true);
            return after;
        }
        if matches!(chars::first(rest), Some('-' | '－' | '−'))
            && let Some(after) = self.excluded(without_first(rest))
        {
            return after;
        }
        if let Some((key, value)) = key(rest) {
            let (value, after) = quoted(value).unwrap_or_else(|| word(value));
            if !value.is_empty() {
                self.filter(key, value);
                return after;
            }
        }
        let (word, after) = word(rest);
        match OR.iter().find(|or| **or == word) {
            Some(or) => self.or(or),
            None => self.part(word, false),
        }
        after
    }

    /// Takes what must not occur, after its minus sign.
    fn excluded<'t>(&mut self, negated: &'t str) -> Option<&'t str> {
        let phrase = quoted(negated);
        let (text, after) = phrase.unwrap_or_else(|| word(negated));
        let phrase = phrase.is_some();
        if !phrase && chars::find(text, &is_alphanumeric) == text.len() {
            return None;
        }
        self.filter(FilterKey::Without, text);
        Some(after)
    }

    fn filter(&mut self, key: FilterKey, value: &str) {
        self.end_or();
        self.query.filters.push((key, value.to_owned()));
    }

    fn part(&mut self, text: &str, phrase: bool) {
        self.query.parts.push(Part {
            text: text.to_owned(),
            phrase,
            alternative: !self.or.is_empty(),
        });
        self.or = "";
        self.after_part = true;
    }

    fn or(&mut self, typed: &'static str) {
        let after_part = self.after_part;
        self.end_or();
        if after_part {
            self.or = typed;
        } else {
            self.part(typed, false);
            self.after_part = false;
        }
    }

    /// No part comes next: an `OR` without it is text.
    fn end_or(&mut self) {
        let or = std::mem::take(&mut self.or);
        if !or.is_empty() {
            self.part(or, false);
        }
        self.after_part = false;
    }
}

/// What may stand between two parts of which one must hold.
const OR: [&str; 3] = ["OR", "|", "｜"];

/// The text of a phrase at the head of `rest`, and what follows it.
fn quoted(rest: &str) -> Option<(&str, &str)> {
    let [close, or_close] = match chars::first(rest)? {
        '"' | '＂' => ['"', '＂'],
        '“' | '”' | '„' => ['“', '”'],
        '「' => ['」'; 2],
        '『' => ['』'; 2],
        '«' => ['»'; 2],
        _ => return None,
    };
    let inside = without_first(rest);
    let end = chars::find(inside, &|c| c == close || c == or_close);
    let text = trim(part(inside, ..end));
    (end < inside.len() && !text.is_empty()).then_some((text, without_first(part(inside, end..))))
}

fn without_first(text: &str) -> &str {
    let mut characters = text.chars();
    characters.next();
    characters.as_str()
}

/// The characters up to the next blank, and what follows them.
fn word(rest: &str) -> (&str, &str) {
    let end = chars::find(rest, &is_space);
    (part(rest, ..end), part(rest, end..))
}

fn key(rest: &str) -> Option<(FilterKey, &str)> {
    let end = chars::find(rest, &|c| matches!(c, ':' | '：'));
    let (name, value) = (part(rest, ..end), part(rest, end..));
    if value.is_empty() {
        return None;
    }
    let known = FILTER_KEYS
        .iter()
        .find(|(known, _)| name.eq_ignore_ascii_case(known))?;
    Some((known.1, without_first(value)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Parts joined by ` & ` or ` | `, phrases in quotes, then filters.
    fn shape(typed: &str) -> String {
        let query = Query::parse(typed);
        let mut shape = String::new();
        for part in &query.parts {
            if !shape.is_empty() {
                shape += if part.alternative { " | " } else { " & " };
            }
            let quote = if part.phrase { "\"" } else { "" };
            shape += &format!("{quote}{}{quote}", part.text);
        }
        for (key, value) in &query.filters {
            shape += &format!(" {key:?}={value}");
        }
        shape
    }

    #[test]
    fn blanks_separate_and_quotes_hold_together() {
        assert_eq!(shape("  多利益　相关方 "), "多利益 & 相关方");
        assert_eq!(
            shape("\"a b\" “c d” 「e f」 g"),
            "\"a b\" & \"c d\" & \"e f\" & g"
        );
    }

    #[test]
    fn operators_apply_to_their_neighbours() {
        assert_eq!(shape("a OR b c | d"), "a | b & c | d");
        assert_eq!(shape("a -b -\"c d\""), "a Without=b Without=c d");
        assert_eq!(
            shape("speaker:Anna 发言人：安娜 meeting:\"two words\" x"),
            "x Speaker=Anna Speaker=安娜 Meeting=two words"
        );
        assert_eq!(
            shape("before:2019-03 AFTER:2013"),
            " Before=2019-03 After=2013"
        );
    }

    #[test]
    fn what_does_not_fit_is_text() {
        assert_eq!(shape("\"abc"), "\"abc");
        assert_eq!(shape("OR a"), "OR & a");
        assert_eq!(shape("a OR"), "a & OR");
        assert_eq!(shape("a OR OR b"), "a & OR & OR & b");
        assert_eq!(shape("- -- speaker: e-mail"), "- & -- & speaker: & e-mail");
        assert_eq!(shape("\"\" x"), "\"\" & x");
    }

    #[test]
    fn a_query_is_open_until_a_blank_or_a_closing_mark() {
        assert!(Query::parse("gtl").open_end);
        assert!(!Query::parse("gtld ").open_end);
        assert!(!Query::parse("\"gtld\"").open_end);
        assert!(Query::parse("\"gtld\" a").open_end);
    }

    #[test]
    fn long_queries_are_bounded() {
        let many = "ab ".repeat(50_000);
        let query = Query::parse(&many);
        assert!(query.parts.len() <= MAX_PARTS);
        assert!(Query::parse(&"字".repeat(10_000)).parts[0].text.len() <= MAX_QUERY_BYTES);
    }
}
