//! Front matter: the block of keys at the head of a page, as static site generators have it.
//!
//! YAML between `---`, TOML between `+++`, or a JSON object. Its keys are never text. What is not
//! well formed is left out of the turns all the same, and states nothing.

use std::ops::Range;

use saphyr_parser::{Event, Parser};
use serde_json::Value;
use turnsearch_model::{Field, Metadata};

use crate::lines::source::Source;
use crate::signs::dates;

/// A block is not longer than this many lines,
const MAX_LINES: usize = 400;
/// nor than this many bytes.
const MAX_BYTES: usize = 64 * 1024;
/// Values are not read deeper than this.
const MAX_DEPTH: usize = 16;

/// Keys by what they state, in small letters, with blanks for `_` and `-`.
const KEYS: [(Field, &[&str]); 7] = [
    (Field::Title, &["title", "name", "headline"]),
    (
        Field::Date,
        &[
            "date",
            "pub date",
            "pubdate",
            "published",
            "publish date",
            "date published",
        ],
    ),
    (
        Field::Url,
        &["url", "link", "permalink", "canonical url", "source"],
    ),
    (
        Field::Media,
        &[
            "media",
            "audio",
            "video",
            "audio url",
            "video url",
            "media url",
            "mp3",
            "enclosure",
        ],
    ),
    (Field::Place, &["place", "location", "venue"]),
    (Field::Event, &["event", "conference", "series"]),
    (Field::Language, &["language", "lang", "locale"]),
];

/// Keys of those who speak.
const SPEAKERS: [&str; 4] = ["speaker", "speakers", "presenter", "presenters"];

/// Keys of the value that names or locates, where a value is a mapping itself.
const NAMING: [&str; 4] = ["name", "title", "url", "src"];

/// What a page states of itself.
#[derive(Debug, Default)]
pub(crate) struct Front {
    /// Its lines, as indices.
    pub lines: Range<usize>,
    /// What the keys state.
    pub meta: Metadata,
    /// Who speaks, as named there.
    pub speakers: Vec<String>,
}

/// The front matter of a source, if it begins with one.
pub(crate) fn read(source: &Source) -> Option<Front> {
    let first = source.line(0);
    let (open, end) = match first {
        "---" | "+++" => {
            let end = (1..source.lines.len().min(MAX_LINES)).find(|&line| {
                let line = source.line(line);
                line == first || first == "---" && line == "..."
            })?;
            (1, end)
        }
        _ if first.starts_with('{') => {
            let end = (0..source.lines.len().min(MAX_LINES)).find(|&line| {
                source.line(line) == "}" || line == 0 && first.len() > 2 && first.ends_with('}')
            })?;
            (0, end)
        }
        _ => return None,
    };
    if open == 1 && end == 1 {
        return None;
    }
    let last = if open == 1 { end - 1 } else { end };
    let bytes = source.lines[open].range.start..source.lines[last].range.end;
    // The rest of the first line and the indentation belong to it.
    let block = &source.text[bytes];
    let states_keys = match first {
        "---" => (open..end).any(|line| is_key(source.line(line), ':')),
        "+++" => (open..end).any(|line| is_key(source.line(line), '=')),
        _ => block.contains(':'),
    };
    if !states_keys || block.len() > MAX_BYTES {
        return None;
    }
    let pairs = match first {
        "---" => yaml(block),
        "+++" => toml::from_str(block)
            .map(|value: Value| flat(&value))
            .unwrap_or_default(),
        _ => flat(&serde_json::from_str(block).ok()?),
    };
    let mut front = Front {
        lines: 0..end + 1,
        ..Front::default()
    };
    for (key, value) in pairs {
        front.state(&key, value.trim());
    }
    Some(front)
}

/// `key: value`, with a key of one or a few words.
fn is_key(line: &str, sign: char) -> bool {
    line.split_once(sign).is_some_and(|(key, _)| {
        !key.is_empty() && key.len() <= 40 && !key.contains(['.', '?', '!'])
    })
}

impl Front {
    fn state(&mut self, key: &str, value: &str) {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() {
            return;
        }
        let key = key.to_lowercase().replace(['_', '-'], " ");
        if SPEAKERS.contains(&key.as_str()) {
            self.speakers.push(value);
            return;
        }
        let field = KEYS
            .iter()
            .find(|(_, keys)| keys.contains(&key.as_str()))
            .map(|(field, _)| *field);
        match field {
            Some(Field::Date) => {
                let stated = dates::read(value.split('T').next().unwrap_or_default());
                let stated = match stated.date {
                    Some(_) => stated,
                    None => dates::read(&value),
                };
                let meta = &mut self.meta;
                meta[Field::Date] = meta[Field::Date].take().or(stated.date);
            }
            Some(field) => {
                self.meta[field].get_or_insert(value);
            }
            None => {}
        }
    }
}

/// The keys of the outermost mapping with their values; none where it is not YAML.
fn yaml(block: &str) -> Vec<(String, String)> {
    let mut pairs = Vec::new();
    // What is open: for a mapping the key whose value comes next.
    let mut open: Vec<Option<String>> = Vec::new();
    let mut is_mapping: Vec<bool> = Vec::new();
    for event in Parser::new_from_str(block) {
        let Ok((event, _)) = event else {
            return Vec::new();
        };
        match event {
            Event::MappingStart(..) | Event::SequenceStart(..) => {
                if open.len() >= MAX_DEPTH {
                    return Vec::new();
                }
                is_mapping.push(matches!(event, Event::MappingStart(..)));
                open.push(None);
            }
            Event::MappingEnd | Event::SequenceEnd => {
                open.pop();
                is_mapping.pop();
                if is_mapping.last() == Some(&true) {
                    open.pop();
                    open.push(None);
                }
            }
            Event::Scalar(text, ..) => {
                let (Some(key), Some(mapping)) = (open.last_mut(), is_mapping.last()) else {
                    return Vec::new();
                };
                if *mapping && key.is_none() {
                    *key = Some(text.into_owned());
                    continue;
                }
                let inner = key.take();
                let top = if open.len() == 1 {
                    inner
                } else {
                    let named = inner.is_none_or(|key| NAMING.contains(&key.as_str()));
                    open.first().cloned().flatten().filter(|_| named)
                };
                pairs.extend(top.map(|key| (key, text.into_owned())));
            }
            Event::Alias(_) if is_mapping.last() == Some(&true) => {
                open.pop();
                open.push(None);
            }
            _ => {}
        }
    }
    pairs
}

/// The keys of an object with their values; those of lists and of objects that are named.
fn flat(value: &Value) -> Vec<(String, String)> {
    let text = |value: &Value| match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Object(inner) => NAMING
            .iter()
            .find_map(|key| inner.get(*key)?.as_str().map(str::to_owned))
            // A date of TOML.
            .or_else(|| inner.values().next()?.as_str().map(str::to_owned)),
        _ => None,
    };
    let Value::Object(keys) = value else {
        return Vec::new();
    };
    keys.iter()
        .flat_map(|(key, value)| {
            let values: Vec<String> = match value {
                Value::Array(values) => values.iter().filter_map(text).collect(),
                value => text(value).into_iter().collect(),
            };
            values.into_iter().map(|value| (key.clone(), value))
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn front(text: &str) -> Option<Front> {
        read(&Source::read(text).expect("readable"))
    }

    #[test]
    fn keys_state_metadata_in_all_three_notations() {
        for text in [
            "---\ntitle: 'The harbour: a talk'\ndate: 2024-05-14T14:00:00Z\ntags: [port, ferry]\nspeakers:\n  - name: Mara Vogel\n    url: https://example.org\naudio: a.mp3\n---\n\nHello.",
            "+++\ntitle = \"The harbour: a talk\"\ndate = 2024-05-14T14:00:00Z\ntags = [\"port\"]\nspeakers = [\"Mara Vogel\"]\naudio = \"a.mp3\"\n+++\nHello.",
            "{\n  \"title\": \"The harbour: a talk\",\n  \"date\": \"2024-05-14\",\n  \"speakers\": [\"Mara Vogel\"],\n  \"audio\": \"a.mp3\"\n}\nHello.",
        ] {
            let front = front(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(
                front.meta.get(Field::Title),
                Some("The harbour: a talk"),
                "{text}"
            );
            assert_eq!(front.meta.get(Field::Date), Some("2024-05-14"), "{text}");
            assert_eq!(front.meta.get(Field::Media), Some("a.mp3"), "{text}");
            assert_eq!(front.meta.get(Field::Place), None);
            assert!(front.speakers.contains(&"Mara Vogel".to_owned()), "{text}");
        }
    }

    #[test]
    fn what_is_no_front_matter_stays_text() {
        for text in [
            "---\nHello.\n---\nMore.",
            "---\ntitle: never closed\n",
            "---\n---\nHello.",
            "{ a brace }\nHello.",
            "Anna: Hello.\n---\nkey: value\n---\n",
        ] {
            assert!(front(text).is_none(), "{text}");
        }
    }

    #[test]
    fn hostile_blocks_state_nothing_and_do_no_harm() {
        let deep = format!("---\na: {}\n---\nHello.", "[".repeat(20_000));
        let bomb = "---\na: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\ntitle: T\n---\nHello.";
        assert!(front(&deep).is_none_or(|front| front.meta == Metadata::default()));
        let front = front(bomb).expect("a block");
        assert_eq!(front.meta.get(Field::Title), Some("T"));
        assert_eq!(front.lines, 0..6);
    }
}
