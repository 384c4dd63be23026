//! `collection.toml`: what a person says of a folder of transcripts.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::dates;
use crate::error::ConfigError;
use crate::model::Metadata;

/// The configuration of a collection.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
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
    /// Metadata by file name; each value given replaces the one that was read.
    #[serde(default)]
    pub meetings: BTreeMap<String, MeetingConfig>,
    /// People whose names differ between sources.
    #[serde(default)]
    pub speakers: Vec<SpeakerConfig>,
}

/// Metadata of one source, as in [`Metadata`].
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
#[allow(missing_docs)] // The fields are those of `Metadata`.
pub struct MeetingConfig {
    pub title: Option<String>,
    pub event: Option<String>,
    pub date: Option<String>,
    pub time: Option<String>,
    pub zone: Option<String>,
    pub place: Option<String>,
    pub language: Option<String>,
    pub url: Option<String>,
    pub media: Option<String>,
}

/// One person under several names.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
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
        for (name, meeting) in &config.meetings {
            meeting.check(file, name)?;
        }
        Ok(config)
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
    fn check(&self, file: &str, name: &str) -> Result<(), ConfigError> {
        let wrong = |key: &str, message: String| ConfigError::Value {
            file: file.to_owned(),
            key: format!("meetings.\"{name}\".{key}"),
            message,
        };
        if let Some(date) = &self.date
            && dates::read(date).date.as_ref() != Some(date)
        {
            let message = format!("`{date}` is no date; write YYYY-MM-DD");
            return Err(wrong("date", message));
        }
        if let Some(time) = &self.time
            && dates::read(time).time.as_ref() != Some(time)
        {
            let message = format!("`{time}` is no time; write HH:MM or HH:MM-HH:MM");
            return Err(wrong("time", message));
        }
        Ok(())
    }

    /// Puts the values that are given in place of those that were read.
    pub(crate) fn apply(&self, meta: &mut Metadata, config: &CollectionConfig) {
        let set = |slot: &mut Option<String>, value: &Option<String>| {
            if value.is_some() {
                slot.clone_from(value);
            }
        };
        let whole = |value: &Option<String>| value.as_deref().map(|path| config.address(path));
        set(&mut meta.title, &self.title);
        set(&mut meta.event, &self.event);
        set(&mut meta.date, &self.date);
        set(&mut meta.time, &self.time);
        set(&mut meta.zone, &self.zone);
        set(&mut meta.place, &self.place);
        set(&mut meta.language, &self.language);
        set(&mut meta.url, &whole(&self.url));
        set(&mut meta.media, &whole(&self.media));
    }
}

/// A TOML error with its line; the message of an unknown key lists the known ones.
pub(crate) fn syntax_error(file: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let at = error.span().map_or(0, |span| span.start.min(text.len()));
    ConfigError::Syntax {
        file: file.to_owned(),
        line: 1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count(),
        message: error.message().to_owned(),
    }
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
        assert!(error.contains("plce") && error.contains("place"), "{error}");
    }

    #[test]
    fn dates_and_times_are_checked() {
        for (line, key) in [("date = \"12.3.2019\"", "date"), ("time = \"9\"", "time")] {
            let text = format!("[meetings.\"x.txt\"]\n{line}\n");
            let error = CollectionConfig::parse("c.toml", &text)
                .expect_err(line)
                .to_string();
            assert!(error.contains(key), "{error}");
        }
    }
}
