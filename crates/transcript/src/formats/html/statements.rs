//! What a page states of itself: its title, `<time>`, Open Graph, JSON-LD.

use serde_json::Value;
use turnsearch_model::{Field, Metadata};

use crate::signs::dates;

/// Values of JSON-LD that are looked at.
const MAX_VALUES: usize = 10_000;

/// What a page states, in the order in which it is believed.
#[derive(Debug, Default)]
pub(super) struct Statements {
    /// The text of its `<title>`.
    pub title: String,
    /// Open Graph and other names of `<meta>`.
    named: Metadata,
    /// What `<time>` states.
    pub shown: Metadata,
    /// JSON-LD.
    linked: Metadata,
    /// The language of the page.
    pub language: Option<String>,
    /// The text of its headings of the first level.
    pub headings: Vec<String>,
}

impl Statements {
    /// What a `<meta>` states under a name.
    pub fn named(&mut self, name: &str, content: &str) {
        let field = match name.to_ascii_lowercase().as_str() {
            "og:title" | "dc.title" | "dcterms.title" | "twitter:title" => Field::Title,
            "article:published_time"
            | "og:published_time"
            | "dc.date"
            | "dcterms.date"
            | "dcterms.created"
            | "date" => Field::Date,
            "og:url" => Field::Url,
            "og:audio" | "og:video" | "og:audio:url" | "og:video:url" => Field::Media,
            _ => return,
        };
        state(&mut self.named, field, content);
    }

    /// The address of the page.
    pub fn address(&mut self, address: &str) {
        state(&mut self.named, Field::Url, address);
    }

    /// The recording on the page.
    pub fn media(&mut self, address: &str) {
        state(&mut self.shown, Field::Media, address);
    }

    /// The value of a `<time>`, if it is a day.
    pub fn time(&mut self, value: &str) {
        state(&mut self.shown, Field::Date, value);
    }

    /// A script of JSON-LD.
    pub fn linked(&mut self, script: &str) {
        let Ok(value) = serde_json::from_str::<Value>(script) else {
            return;
        };
        let mut open = vec![&value];
        let mut seen = 0;
        while let Some(value) = open.pop().filter(|_| seen < MAX_VALUES) {
            seen += 1;
            match value {
                Value::Array(values) => open.extend(values.iter().rev()),
                Value::Object(fields) => {
                    for (key, field) in [
                        ("headline", Field::Title),
                        ("name", Field::Title),
                        ("startDate", Field::Date),
                        ("datePublished", Field::Date),
                        ("uploadDate", Field::Date),
                        ("dateCreated", Field::Date),
                        ("url", Field::Url),
                        ("contentUrl", Field::Media),
                        ("inLanguage", Field::Language),
                    ] {
                        if is_of_record(fields)
                            && let Some(Value::String(text)) = fields.get(key)
                        {
                            state(&mut self.linked, field, text);
                        }
                    }
                    open.extend(
                        ["@graph", "mainEntity", "associatedMedia", "audio", "video"]
                            .into_iter()
                            .rev()
                            .filter_map(|key| fields.get(key)),
                    );
                }
                _ => {}
            }
        }
    }

    /// What holds before what the lines say, and what holds where they say nothing.
    pub fn finish(self) -> (Metadata, Metadata) {
        let mut meta = Metadata::default();
        let tidy = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        let heading = match &self.headings[..] {
            [only] => Some(tidy(only)),
            _ => None,
        };
        let title = Some(tidy(&self.title));
        let stated = || {
            self.named[Field::Title]
                .clone()
                .or(self.linked[Field::Title].clone())
        };
        meta[Field::Title] = heading
            .filter(|text| !text.is_empty())
            .or_else(stated)
            .or(title)
            .filter(|text| !text.is_empty());
        let mut fallback = Metadata::default();
        fallback[Field::Language] = self.language.clone();
        for from in [&self.shown, &self.named, &self.linked] {
            for (field, value) in from.iter().filter(|(field, _)| *field != Field::Title) {
                fallback[field].get_or_insert_with(|| value.to_owned());
            }
        }
        (meta, fallback)
    }
}

/// Whether an object of JSON-LD is about a record, and not about who published it.
fn is_of_record(fields: &serde_json::Map<String, Value>) -> bool {
    let is_known = |kind: &str| {
        [
            "Article", "Event", "Episode", "Object", "Page", "Work", "Posting", "Report",
        ]
        .iter()
        .any(|end| kind.ends_with(end))
    };
    match fields.get("@type") {
        Some(Value::String(kind)) => is_known(kind),
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).any(is_known),
        _ => false,
    }
}

/// States a field, unless it is stated.
fn state(meta: &mut Metadata, field: Field, value: &str) {
    let value = value.trim();
    let value = match field {
        Field::Date => dates::read(value.get(..10).unwrap_or(value))
            .date
            .filter(|date| value.starts_with(date.as_str())),
        Field::Url | Field::Media => Some(value.to_owned()).filter(|value| value.contains("://")),
        _ => Some(value.to_owned()).filter(|value| !value.is_empty()),
    };
    if meta[field].is_none() {
        meta[field] = value;
    }
}
