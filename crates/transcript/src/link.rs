//! Addresses of meetings and turns on the publisher's own pages.
//!
//! A pattern such as `{url}#s{n}` has placeholders in braces. Those that stand for the meeting are
//! filled when the collection is made; those that stand for a turn (`{n}`, `{seconds}`, `{ms}`) stay
//! in [`Metadata::url`](crate::model::Metadata::url) until somebody asks for the address of a turn.
//! The page fills them by the same rule.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Deserialize;
use thiserror::Error;

use crate::model::Meeting;

/// Placeholders for the meeting: its address and recording, its file's name with and without
/// ending, its slug, its date and year.
pub const OF_MEETING: [&str; 7] = ["url", "media", "source", "stem", "id", "date", "year"];

/// Placeholders for the turn: its ordinal from 1, and its start in whole seconds and in
/// milliseconds, 0 where no time is known.
pub const OF_TURN: [&str; 3] = ["n", "seconds", "ms"];

/// Why a pattern is none.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum LinkError {
    /// A brace is open to the end.
    #[error("`{pattern}` has a `{{` without its `}}`")]
    Open {
        /// The whole pattern.
        pattern: String,
    },
    /// A placeholder means nothing.
    #[error("`{{{name}}}` is no placeholder; {hint}")]
    Unknown {
        /// What stands between the braces.
        name: String,
        /// The nearest one, or all.
        hint: String,
    },
}

/// A pattern whose placeholders are known.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(try_from = "String")]
pub struct LinkPattern(String);

impl TryFrom<String> for LinkPattern {
    type Error = LinkError;

    fn try_from(pattern: String) -> Result<LinkPattern, LinkError> {
        LinkPattern::parse(&pattern)
    }
}

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
                    let names: Vec<&str> = known().copied().collect();
                    return Err(LinkError::Unknown {
                        name: name.to_owned(),
                        hint: crate::config::hint(name, &names),
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
        "url" => meta.url.clone(),
        "media" => meta.media.clone(),
        "source" => Some(encoded(source)),
        "stem" => Some(encoded(
            source.rsplit_once('.').map_or(source, |(stem, _)| stem),
        )),
        "id" => Some(encoded(&meeting.id)),
        "date" => meta.date.clone(),
        "year" => meta.date.as_ref()?.get(..4).map(str::to_owned),
        _ => None,
    }
}

/// What stands as it is in every part of an address; every other byte is written by its code.
const UNRESERVED: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'-')
    .remove(b'.')
    .remove(b'_')
    .remove(b'~');

/// A value as it may stand in any part of an address.
pub fn encoded(value: &str) -> String {
    utf8_percent_encode(value, UNRESERVED).to_string()
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
    use crate::model::Metadata;

    fn meeting() -> Meeting {
        Meeting {
            id: "week-one".to_owned(),
            source: "week one.vtt".to_owned(),
            meta: Metadata {
                url: Some("https://example.org/w1".to_owned()),
                date: Some("2021-03-08".to_owned()),
                ..Metadata::default()
            },
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
    fn mistakes_are_named_with_the_nearest_placeholder() {
        let unknown = LinkPattern::parse("{url}#{secnds}").expect_err("it is misspelt");
        assert!(unknown.to_string().contains("`seconds`"), "{unknown}");
        let open = LinkPattern::parse("{url").expect_err("it is open");
        assert!(open.to_string().contains("{url"), "{open}");
    }
}
