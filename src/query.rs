//! The query language: what a reader types, taken apart.
//!
//! ```text
//! query   = clause*                       every clause must hold
//! clause  = item (("OR" | "|") item)*     one of the items must hold
//! item    = "-" part | part | field ":" value
//! part    = word | "phrase" | “phrase” | 「phrase」 | 『phrase』
//! field   = speaker meeting before after, or in Chinese 发言人 会议 早于 晚于
//! ```
//!
//! Whatever does not fit is taken as text: a quotation mark without its partner, an operator
//! without an operand. There is no query that is an error.

use turnsearch_text::{is_alphanumeric, part};

/// A query taken apart. Nothing is folded yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// All of these must hold, in the order in which they were typed.
    pub clauses: Vec<Clause>,
    /// None of these may occur.
    pub excluded: Vec<Part>,
    /// Restrictions by speaker, meeting or date.
    pub filters: Vec<(Field, String)>,
    /// Whether the last part may still grow: the query does not end in a blank or a closed phrase.
    pub open_end: bool,
}

/// Parts of which one must hold.
pub type Clause = Vec<Part>;

/// A word or a phrase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// As typed, without marks.
    pub text: String,
    /// Whether it was in quotation marks: its blanks do not separate.
    pub phrase: bool,
}

/// What a filter restricts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Field {
    /// The name of a speaker, any alias.
    Speaker,
    /// Slug, title or event of a meeting.
    Meeting,
    /// Meetings before a day, month or year.
    Before,
    /// Meetings on or after the beginning of a day, month or year.
    After,
}

const FIELDS: [(&str, Field); 10] = [
    ("speaker", Field::Speaker),
    ("meeting", Field::Meeting),
    ("before", Field::Before),
    ("after", Field::After),
    ("发言人", Field::Speaker),
    ("發言人", Field::Speaker),
    ("会议", Field::Meeting),
    ("會議", Field::Meeting),
    ("早于", Field::Before),
    ("晚于", Field::After),
];

/// Longest query that is looked at, in bytes; what comes after is cut off (at a character). It is longer than any turn
/// of speech that one would paste, and bounds the work.
pub const MAX_QUERY_BYTES: usize = 4096;
/// Most parts of a query; what comes after belongs to the last one.
pub const MAX_PARTS: usize = 32;

#[derive(Debug, PartialEq)]
enum Token {
    Part(Part),
    Excluded(Part),
    Filter(Field, String),
    Or(&'static str),
}

impl Query {
    /// Takes `typed` apart.
    pub fn parse(typed: &str) -> Self {
        let typed = shortened(typed);
        let mut query = Query {
            open_end: !typed.ends_with(char::is_whitespace),
            ..Query::default()
        };
        let tokens = tokens(typed, &mut query.open_end);
        let mut or_pending = None;
        for (at, token) in tokens.iter().enumerate() {
            match token {
                Token::Filter(field, value) => query.filters.push((*field, value.clone())),
                Token::Excluded(part) => query.excluded.push(part.clone()),
                Token::Or(word) => {
                    let between_parts = at > 0
                        && matches!(tokens[at - 1], Token::Part(_))
                        && matches!(tokens.get(at + 1), Some(Token::Part(_)));
                    if between_parts {
                        or_pending = Some(());
                    } else {
                        query.clauses.push(vec![Part {
                            text: (*word).to_owned(),
                            phrase: false,
                        }]);
                    }
                }
                Token::Part(part) => match (or_pending.take(), query.clauses.last_mut()) {
                    (Some(()), Some(clause)) => clause.push(part.clone()),
                    _ => query.clauses.push(vec![part.clone()]),
                },
            }
        }
        query
    }

    /// Whether nothing was typed that could be looked for.
    pub fn is_empty(&self) -> bool {
        self.clauses.is_empty() && self.excluded.is_empty() && self.filters.is_empty()
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

fn tokens(typed: &str, open_end: &mut bool) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = typed.trim_start();
    while !rest.is_empty() {
        let (token, after) = if tokens.len() + 1 == MAX_PARTS {
            (
                Token::Part(Part {
                    text: rest.trim_end().to_owned(),
                    phrase: false,
                }),
                "",
            )
        } else {
            next_token(rest, open_end)
        };
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}

fn next_token<'a>(rest: &'a str, open_end: &mut bool) -> (Token, &'a str) {
    if let Some((text, after)) = quoted(rest) {
        *open_end &= !after.is_empty();
        return (
            Token::Part(Part {
                text: text.to_owned(),
                phrase: true,
            }),
            after,
        );
    }
    if let Some(negated) = rest.strip_prefix(['-', '－', '−']) {
        if let Some((text, after)) = quoted(negated) {
            return (
                Token::Excluded(Part {
                    text: text.to_owned(),
                    phrase: true,
                }),
                after,
            );
        }
        let (word, after) = word(negated);
        if word.chars().any(is_alphanumeric) {
            return (
                Token::Excluded(Part {
                    text: word.to_owned(),
                    phrase: false,
                }),
                after,
            );
        }
    }
    if let Some((field, value)) = field(rest) {
        let (value, after) = quoted(value).unwrap_or_else(|| word(value));
        if !value.is_empty() {
            return (Token::Filter(field, value.to_owned()), after);
        }
    }
    let (word, after) = word(rest);
    let token = match word {
        "OR" => Token::Or("OR"),
        "|" => Token::Or("|"),
        "｜" => Token::Or("｜"),
        _ => Token::Part(Part {
            text: word.to_owned(),
            phrase: false,
        }),
    };
    (token, after)
}

/// The text of a phrase at the head of `rest`, and what follows it.
fn quoted(rest: &str) -> Option<(&str, &str)> {
    let open = rest.chars().next()?;
    let closers: &[char] = match open {
        '"' | '＂' => &['"', '＂'],
        '“' | '”' | '„' => &['“', '”'],
        '「' => &['」'],
        '『' => &['』'],
        '«' => &['»'],
        _ => return None,
    };
    let inside = part(rest, open.len_utf8()..);
    let end = inside.find(closers)?;
    let closer = part(inside, end..).chars().next().map_or(0, char::len_utf8);
    let text = part(inside, ..end).trim();
    (!text.is_empty()).then_some((text, part(inside, end + closer..)))
}

/// The characters up to the next blank, and what follows them.
fn word(rest: &str) -> (&str, &str) {
    let end = rest.find(char::is_whitespace).unwrap_or(rest.len());
    (part(rest, ..end), part(rest, end..))
}

fn field(rest: &str) -> Option<(Field, &str)> {
    FIELDS.iter().find_map(|&(name, field)| {
        let head = rest.get(..name.len())?;
        let value = part(rest, name.len()..).strip_prefix([':', '：'])?;
        head.eq_ignore_ascii_case(name).then_some((field, value))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Clauses joined by ` & `, items by ` | `, phrases in quotes, then exclusions and filters.
    fn shape(typed: &str) -> String {
        let query = Query::parse(typed);
        let part = |part: &Part| {
            if part.phrase {
                format!("\"{}\"", part.text)
            } else {
                part.text.clone()
            }
        };
        let clause = |clause: &Clause| clause.iter().map(part).collect::<Vec<_>>().join(" | ");
        let mut shape = query
            .clauses
            .iter()
            .map(clause)
            .collect::<Vec<_>>()
            .join(" & ");
        for excluded in &query.excluded {
            shape += &format!(" -{}", part(excluded));
        }
        for (field, value) in &query.filters {
            shape += &format!(" {field:?}={value}");
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
        assert_eq!(shape("a -b -\"c d\""), "a -b -\"c d\"");
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
        assert!(query.clauses.len() <= MAX_PARTS);
        assert!(Query::parse(&"字".repeat(10_000)).clauses[0][0].text.len() <= MAX_QUERY_BYTES);
    }
}
