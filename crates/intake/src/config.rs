//! `collection.toml`: what a person says of a folder of transcripts.

use std::collections::BTreeMap;
use std::fmt;

use glob::Pattern;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error, MapAccess, Visitor};
use toml::Spanned;
use turnsearch_model::link::{LinkError, LinkPattern, OF_MEETING, OF_TURN};
use turnsearch_model::{Field, Meeting, Metadata};
use turnsearch_transcript::ColumnNames;

use crate::error::ConfigError;
use crate::form::{is_date, is_time};
use crate::hint::hint;
use crate::syntax::{line_at, syntax_error};

/// Name of the configuration in a folder.
pub(crate) const CONFIG: &str = "collection.toml";

/// The configuration of a collection.
#[derive(Debug, Clone, Default, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CollectionConfig {
    /// Name of the file, for messages.
    #[serde(skip)]
    pub file: String,
    /// Title of the collection.
    pub title: Option<String>,
    /// BCP 47 tag of most of its text.
    pub language: Option<String>,
    /// Address that the `url` and `media` of meetings are relative to.
    pub base_url: Option<String>,
    /// Address of a turn on the publisher's pages, for meetings that give none of their own.
    #[serde(default, deserialize_with = "link")]
    pub link: Option<LinkPattern>,
    /// The files to read, as patterns of paths below the folder; without any, those that end like
    /// a format.
    #[serde(default, deserialize_with = "patterns")]
    pub include: Vec<Pattern>,
    /// Files not to read, as patterns of paths below the folder.
    #[serde(default, deserialize_with = "patterns")]
    pub exclude: Vec<Pattern>,
    /// Columns of tables, where their names are not known.
    #[serde(default)]
    pub columns: ColumnNames,
    /// Metadata by file name; each value given replaces the one that was read.
    #[serde(default, deserialize_with = "meetings")]
    pub meetings: BTreeMap<String, MeetingConfig>,
    /// People whose names differ between sources.
    #[serde(default)]
    pub speakers: Vec<SpeakerConfig>,
}

/// What is given for one source: metadata, and the address of its turns.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct MeetingConfig {
    /// Line of the configuration on which its name stands.
    pub line: usize,
    /// The fields that are given.
    pub meta: Metadata,
    /// Address of a turn, in place of that of the collection.
    pub link: Option<LinkPattern>,
    /// Names of people by those that the source has for them, such as `SPEAKER_00`.
    pub speakers: BTreeMap<String, Renamed>,
}

/// The name of a person in place of another one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Renamed {
    /// Line of the configuration on which it stands.
    pub line: usize,
    /// The name to show.
    pub name: String,
}

/// One person under several names.
#[derive(Debug, Clone, PartialEq, Eq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SpeakerConfig {
    /// The name to show.
    pub name: String,
    /// Other names, as the sources print them.
    #[serde(default)]
    pub aliases: Vec<String>,
    /// Role to show.
    pub role: Option<String>,
}

impl CollectionConfig {
    /// Reads a configuration. `file` is its name, for messages.
    ///
    /// # Errors
    ///
    /// TOML that cannot be read, unknown keys, and values that cannot be meant.
    pub fn parse(file: &str, text: &str) -> Result<CollectionConfig, ConfigError> {
        let mut config: CollectionConfig =
            toml::from_str(text).map_err(|error| syntax_error(file, text, &error))?;
        file.clone_into(&mut config.file);
        for meeting in config.meetings.values_mut() {
            meeting.line = line_at(text, meeting.line);
            for renamed in meeting.speakers.values_mut() {
                renamed.line = line_at(text, renamed.line);
            }
        }
        Ok(config)
    }

    /// Puts what is given for a meeting in place of what was read.
    pub(crate) fn apply(&self, meeting: &mut Meeting) {
        if let Some(given) = self.meetings.get(&meeting.source) {
            given.apply(&mut meeting.meta, self);
        }
        if meeting.meta[Field::Language].is_none() {
            meeting.meta[Field::Language].clone_from(&self.language);
        }
    }

    /// Makes the address of a meeting that of its turns, where there is a pattern for them. The id
    /// of the meeting is its final one.
    pub(crate) fn link(&self, meeting: &mut Meeting) {
        let given = self.meetings.get(&meeting.source);
        let pattern = given.and_then(|given| given.link.as_ref());
        if let Some(pattern) = pattern.or(self.link.as_ref())
            && let Some(address) = pattern.of_meeting(meeting)
        {
            meeting.meta[Field::Url] = Some(self.address(&address));
        }
    }

    /// An address made whole with `base_url`, where that is given.
    pub(crate) fn address(&self, path: &str) -> String {
        match &self.base_url {
            Some(base) if !path.contains("://") => {
                format!(
                    "{}/{}",
                    base.trim_end_matches('/'),
                    path.trim_start_matches('/')
                )
            }
            _ => path.to_owned(),
        }
    }
}

impl MeetingConfig {
    /// Puts the values that are given in place of those that were read.
    pub(crate) fn apply(&self, meta: &mut Metadata, config: &CollectionConfig) {
        for (field, value) in self.meta.iter() {
            meta[field] = Some(if field.is_address() {
                config.address(value)
            } else {
                value.to_owned()
            });
        }
    }
}

/// The key of a link pattern, beside the fields.
const LINK: &str = "link";

/// The key of the names of people, beside the fields.
const SPEAKERS: &str = "speakers";

/// The keys of a meeting's table.
const KEYS: [&str; Field::ALL.len() + 2] = {
    let mut keys = [LINK; Field::ALL.len() + 2];
    keys[Field::ALL.len()] = SPEAKERS;
    let mut at = 0;
    while at < Field::ALL.len() {
        keys[at] = Field::ALL[at].name();
        at += 1;
    }
    keys
};

impl<'de> Deserialize<'de> for MeetingConfig {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<MeetingConfig, D::Error> {
        struct Table;

        impl<'de> Visitor<'de> for Table {
            type Value = MeetingConfig;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a table of metadata")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<MeetingConfig, A::Error> {
                let mut meeting = MeetingConfig::default();
                while let Some(key) = map.next_key()? {
                    match key {
                        Key::Link => meeting.link = Some(map.next_value::<Link>()?.0),
                        Key::Speakers => meeting.speakers = map.next_value::<Names>()?.0,
                        Key::Of(field) => {
                            meeting.meta[field] = Some(map.next_value_seed(ValueOf(field))?);
                        }
                    }
                }
                Ok(meeting)
            }
        }

        deserializer.deserialize_map(Table)
    }
}

/// A key of a meeting's table. The error is made while the key is read, so that it has its line.
enum Key {
    Link,
    Speakers,
    Of(Field),
}

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Key, D::Error> {
        let key = String::deserialize(deserializer)?;
        match key.as_str() {
            LINK => return Ok(Key::Link),
            SPEAKERS => return Ok(Key::Speakers),
            _ => {}
        }
        Field::named(&key)
            .map(Key::Of)
            .ok_or_else(|| D::Error::unknown_field(&key, &KEYS))
    }
}

/// The names of people in a meeting, each with the place of the other name as its line for now.
struct Names(BTreeMap<String, Renamed>);

impl<'de> Deserialize<'de> for Names {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Names, D::Error> {
        let names = BTreeMap::<Spanned<String>, String>::deserialize(deserializer)?;
        let mut placed = BTreeMap::new();
        for (called, name) in names {
            let line = called.span().start;
            let called = called.into_inner();
            if name.trim().is_empty() {
                let message =
                    format!("the name of `{called}` is empty; write one, or leave it out");
                return Err(D::Error::custom(message));
            }
            placed.insert(called, Renamed { line, name });
        }
        Ok(Names(placed))
    }
}

/// Reads the value of a field, and checks those that have a form. The error is made while the value
/// is read, so that it has the value's line.
struct ValueOf(Field);

impl<'de> DeserializeSeed<'de> for ValueOf {
    type Value = String;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        let value = String::deserialize(deserializer)?;
        let (what, is_right, form) = match self.0 {
            Field::Date => ("date", is_date(&value), "\"YYYY-MM-DD\""),
            Field::Time => ("time", is_time(&value), "\"HH:MM\" or \"HH:MM-HH:MM\""),
            _ => return Ok(value),
        };
        if is_right {
            return Ok(value);
        }
        let message = format!("the {what} `{value}` cannot be read; write {form}");
        Err(D::Error::custom(message))
    }
}

/// A link pattern that is read.
struct Link(LinkPattern);

impl<'de> Deserialize<'de> for Link {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Link, D::Error> {
        let pattern = String::deserialize(deserializer)?;
        let parsed = LinkPattern::parse(&pattern).map_err(|error| {
            D::Error::custom(match &error {
                LinkError::Unknown { name } => {
                    let known: Vec<&str> = OF_MEETING.into_iter().chain(OF_TURN).collect();
                    format!("{error}; {}", hint(name, &known))
                }
                LinkError::Open { .. } => error.to_string(),
            })
        });
        parsed.map(Link)
    }
}

fn link<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<LinkPattern>, D::Error> {
    Link::deserialize(deserializer).map(|link| Some(link.0))
}

fn patterns<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Pattern>, D::Error> {
    let patterns = Vec::<String>::deserialize(deserializer)?;
    let read = |pattern: &String| {
        Pattern::new(pattern).map_err(|error| {
            D::Error::custom(format!("`{pattern}` is no pattern of paths: {error}"))
        })
    };
    patterns.iter().map(read).collect()
}

/// The tables of meetings, each with the place of its name as its line for now.
fn meetings<'de, D: Deserializer<'de>>(
    deserializer: D,
) -> Result<BTreeMap<String, MeetingConfig>, D::Error> {
    let tables = BTreeMap::<Spanned<String>, MeetingConfig>::deserialize(deserializer)?;
    let placed = tables.into_iter().map(|(name, mut meeting)| {
        meeting.line = name.span().start;
        (name.into_inner(), meeting)
    });
    Ok(placed.collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unknown_keys_are_named_with_their_line_and_the_known_ones() {
        let error = CollectionConfig::parse(
            "collection.toml",
            "title = \"a\"\n[meetings.\"x.txt\"]\nplce = \"b\"\n",
        )
        .expect_err("unknown key")
        .to_string();
        assert!(error.starts_with("collection.toml:3: "), "{error}");
        assert!(
            error.contains("unknown key `plce`; did you mean `place`?"),
            "{error}"
        );
    }

    fn complaint(text: &str) -> String {
        CollectionConfig::parse("collection.toml", text)
            .expect_err(text)
            .to_string()
    }

    #[test]
    fn values_that_cannot_be_meant_are_named_with_their_line() {
        for (text, words) in [
            (
                "[meetings.\"x.txt\"]\ndate = \"12.3.2019\"\n",
                &["toml:2: ", "12.3.2019", "YYYY-MM-DD"][..],
            ),
            (
                "[meetings.\"x.txt\"]\n\ntime = \"9\"\n",
                &["toml:3: ", "HH:MM"],
            ),
            (
                "title = \"a\"\nlink = \"{url}#{secnds}\"\n",
                &["toml:2: ", "did you mean `seconds`?"],
            ),
            ("include = [\"a/***\"]\n", &["toml:1: ", "a/***"]),
            ("title = 5\n", &["toml:1: ", "string"]),
            (
                "title = \"a\"\ntitle = \"b\"\n",
                &["toml:2: ", "duplicate key"],
            ),
        ] {
            let complaint = complaint(text);
            for word in words {
                assert!(complaint.contains(word), "{word}: {complaint}");
            }
        }
    }

    #[test]
    fn meetings_know_their_lines() {
        let text = "title = \"a\"\n\n[meetings.\"x.txt\"]\ntitle = \"b\"\n";
        let config = CollectionConfig::parse("collection.toml", text).expect("it is right");
        assert_eq!(config.meetings["x.txt"].line, 3);
    }

    #[test]
    fn patterns_of_meetings_go_before_that_of_the_collection() {
        let text = "base_url = \"https://a.org\"\nlink = \"/talks/{id}#t{n}\"\n[meetings.\"x.txt\"]\nurl = \"other\"\nlink = \"{url}?turn={n}\"\n";
        let config = CollectionConfig::parse("collection.toml", text).expect("it is right");
        let address = |source: &str| {
            let mut meeting = Meeting {
                id: turnsearch_model::slug(source),
                source: source.to_owned(),
                ..Meeting::default()
            };
            config.apply(&mut meeting);
            config.link(&mut meeting);
            meeting.meta[Field::Url].take().unwrap_or_default()
        };
        assert_eq!(address("x.txt"), "https://a.org/other?turn={n}");
        assert_eq!(address("y.txt"), "https://a.org/talks/y#t{n}");
    }
}
