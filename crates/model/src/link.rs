//! Addresses of meetings and turns on the publisher's own pages.
//!
//! A pattern such as `{url}#s{n}` has placeholders in braces. Those that stand for the meeting are
//! filled when the collection is made; those that stand for a turn (`{n}`, `{seconds}`, `{ms}`)
//! stay in [`Field::Url`] until somebody asks for the address of a turn.
//! The page fills them by the same rule.

use std::error::Error;
use std::fmt::{self, Write as _};

use crate::{Field, Meeting};

/// Placeholders for the meeting: its address and recording, its file's name with and without
/// ending, its slug, its date and year.
pub const OF_MEETING: [&str; 7] = ["url", "media", "source", "stem", "id", "date", "year"];

/// Placeholders for the turn: its ordinal from 1, and its start in whole seconds and in
/// milliseconds, 0 where no time is known.
pub const OF_TURN: [&str; 3] = ["n", "seconds", "ms"];

/// Why a pattern is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LinkError {
    /// A brace is open to the end.
    Open {
        /// The whole pattern.
        pattern: String,
    },
    /// A placeholder means nothing. [`OF_MEETING`] and [`OF_TURN`] are those that do.
    Unknown {
        /// What stands between the braces.
        name: String,
    },
}

impl fmt::Display for LinkError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            LinkError::Open { pattern } => write!(f, "`{pattern}` has a `{{` without its `}}`"),
            LinkError::Unknown { name } => write!(f, "`{{{name}}}` is no placeholder"),
        }
    }
}

impl Error for LinkError {}

/// A pattern whose placeholders are known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinkPattern(String);

impl LinkPattern {
    /// Reads a pattern.
    ///
    /// # Errors
    ///
    /// [`LinkError`] for a brace that is not closed and for a placeholder that is not known.
    pub fn parse(pattern: &str) -> Result<LinkPattern, LinkError> {
        let known = || OF_MEETING.iter().chain(&OF_TURN);
        for part in parts(pattern) {
            match part {
                Part::Placeholder(name) if !known().any(|other| *other == name) => {
                    return Err(LinkError::Unknown {
                        name: name.to_owned(),
                    });
                }
                Part::Open => {
                    return Err(LinkError::Open {
                        pattern: pattern.to_owned(),
                    });
                }
                _ => {}
            }
        }
        Ok(LinkPattern(pattern.to_owned()))
    }

    /// The address of a meeting, with the placeholders for turns left in it; `None` where the
    /// meeting lacks what the pattern asks for.
    pub fn of_meeting(&self, meeting: &Meeting) -> Option<String> {
        let mut address = String::new();
        for part in parts(&self.0) {
            match part {
                Part::Text(text) => address.push_str(text),
                Part::Placeholder(name) if OF_TURN.contains(&name) => {
                    address.push_str(&format!("{{{name}}}"));
                }
                Part::Placeholder(name) => address.push_str(&value(name, meeting)?),
                Part::Open => return None,
            }
        }
        Some(address)
    }
}

/// The address of a turn: `address` with its placeholders filled. One without any is that of the
/// meeting, and serves all its turns.
pub fn of_turn(address: &str, n: u32, start_ms: Option<u64>) -> String {
    let ms = start_ms.unwrap_or(0);
    address
        .replace("{n}", &n.to_string())
        .replace("{seconds}", &(ms / 1000).to_string())
        .replace("{ms}", &ms.to_string())
}

/// The address of the meeting as a whole: that of its first turn, at the beginning.
pub fn of_whole(address: &str) -> String {
    of_turn(address, 1, None)
}

fn value(name: &str, meeting: &Meeting) -> Option<String> {
    let meta = &meeting.meta;
    let source = &meeting.source;
    match name {
        "url" => meta[Field::Url].clone(),
        "media" => meta[Field::Media].clone(),
        "source" => Some(encoded(source)),
        "stem" => Some(encoded(
            source.rsplit_once('.').map_or(source, |(stem, _)| stem),
        )),
        "id" => Some(encoded(&meeting.id)),
        "date" => meta[Field::Date].clone(),
        "year" => meta.year().map(str::to_owned),
        _ => None,
    }
}

/// A value as it may stand in any part of an address: letters, digits and `-._~` of ASCII as they
/// are ("unreserved" in RFC 3986, section 2.3), every other byte of its UTF-8 as `%` and two
/// digits.
pub fn encoded(value: &str) -> String {
    let mut address = String::with_capacity(value.len());
    for byte in value.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.' | b'_' | b'~') {
            address.push(char::from(byte));
        } else {
            let _ = write!(address, "%{byte:02X}"); // a String takes everything
        }
    }
    address
}

enum Part<'a> {
    Text(&'a str),
    Placeholder(&'a str),
    /// A brace that is not closed.
    Open,
}

/// What a pattern is made of, in order.
fn parts(pattern: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = pattern;
    while let Some(open) = rest.find('{') {
        parts.push(Part::Text(&rest[..open]));
        let inside = &rest[open + 1..];
        let Some(close) = inside.find('}') else {
            parts.push(Part::Open);
            return parts;
        };
        parts.push(Part::Placeholder(&inside[..close]));
        rest = &inside[close + 1..];
    }
    parts.push(Part::Text(rest));
    parts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Metadata;

    fn meeting() -> Meeting {
        Meeting {
            id: "week-one".to_owned(),
            source: "week one.vtt".to_owned(),
            meta: Metadata::from_iter([
                (Field::Url, "https://example.org/w1"),
                (Field::Date, "2021-03-08"),
            ]),
            ..Meeting::default()
        }
    }

    #[test]
    fn patterns_are_filled_for_meeting_and_turn() {
        for (pattern, whole, turn) in [
            (
                "{url}#s{n}",
                "https://example.org/w1#s1",
                "https://example.org/w1#s7",
            ),
            (
                "https://a.org/{year}/{stem}.mp3#t={seconds}",
                "https://a.org/2021/week%20one.mp3#t=0",
                "https://a.org/2021/week%20one.mp3#t=61",
            ),
            (
                "/{id}?{date}&{ms}",
                "/week-one?2021-03-08&0",
                "/week-one?2021-03-08&61500",
            ),
            ("{source}", "week%20one.vtt", "week%20one.vtt"),
        ] {
            let parsed = LinkPattern::parse(pattern).expect(pattern);
            let address = parsed.of_meeting(&meeting()).expect(pattern);
            assert_eq!(of_whole(&address), whole);
            assert_eq!(of_turn(&address, 7, Some(61_500)), turn);
        }
    }

    #[test]
    fn what_a_meeting_lacks_makes_no_address() {
        let pattern = LinkPattern::parse("{media}#t={seconds}").expect("it is one");
        assert_eq!(pattern.of_meeting(&meeting()), None);
    }

    #[test]
    fn mistakes_are_named() {
        let unknown = LinkPattern::parse("{url}#{secnds}").expect_err("it is misspelt");
        assert!(unknown.to_string().contains("`{secnds}`"), "{unknown}");
        let open = LinkPattern::parse("{url").expect_err("it is open");
        assert!(open.to_string().contains("{url"), "{open}");
    }
}
