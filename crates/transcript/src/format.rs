//! Which format a source is in.

use std::fmt;
use std::str::FromStr;

use crate::cues;
use crate::error::UnknownName;
use crate::xml;

/// A format that is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Format {
    /// Plain text: transcripts with labels, documents with headings.
    Text,
    /// Markdown: `### Name:` headings or `**Name:**` as labels, `#` headings.
    Markdown,
    /// WebVTT captions: voice tags, or `Name: text` in the cues.
    Vtt,
    /// SubRip captions: `Name: text` in the cues.
    Srt,
    /// The JSON of `podcast:transcript` (Podcasting 2.0).
    PodcastJson,
    /// The JSON of a SayIt site: an array of sections.
    SayitJson,
    /// Akoma Ntoso debates, 2.0 style without namespace and 3.0 with it.
    Akn,
    /// Parla-CLARIN and ParlaMint TEI.
    Tei,
    /// TheyWorkForYou / parlparse debates.
    Twfy,
    /// JSON Lines as `turnsearch turns` prints them.
    Jsonl,
}

impl Format {
    /// Every format, in the order in which messages list them.
    pub const ALL: [Format; 10] = [
        Format::Text,
        Format::Markdown,
        Format::Vtt,
        Format::Srt,
        Format::PodcastJson,
        Format::SayitJson,
        Format::Akn,
        Format::Tei,
        Format::Twfy,
        Format::Jsonl,
    ];

    /// The name that `--format` takes and messages use.
    pub fn as_str(self) -> &'static str {
        match self {
            Format::Text => "text",
            Format::Markdown => "markdown",
            Format::Vtt => "vtt",
            Format::Srt => "srt",
            Format::PodcastJson => "podcast-json",
            Format::SayitJson => "sayit-json",
            Format::Akn => "akn",
            Format::Tei => "tei",
            Format::Twfy => "twfy",
            Format::Jsonl => "jsonl",
        }
    }

    /// Endings of the files that the format usually comes in, in small letters, without the dot.
    /// Formats can share one: three are XML.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Format::Text => &["txt", "text"],
            Format::Markdown => &["md", "markdown"],
            Format::Vtt => &["vtt", "webvtt"],
            Format::Srt => &["srt"],
            Format::PodcastJson | Format::SayitJson => &["json"],
            Format::Akn | Format::Tei | Format::Twfy => &["xml"],
            Format::Jsonl => &["jsonl", "ndjson"],
        }
    }

    /// Every ending that some format usually has, each once.
    pub fn all_extensions() -> impl Iterator<Item = &'static str> {
        let mut seen = Vec::new();
        Format::ALL
            .into_iter()
            .flat_map(|format| format.extensions().iter().copied())
            .filter(move |extension| {
                let new = !seen.contains(extension);
                seen.push(extension);
                new
            })
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownName;

    /// The format with this name; case means nothing.
    fn from_str(name: &str) -> Result<Format, UnknownName> {
        Format::ALL
            .into_iter()
            .find(|format| format.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownName::new("format", name, Format::ALL.map(Format::as_str)))
    }
}

/// Tells the format by what the source holds, and where that decides nothing, by its ending.
///
/// Text and Markdown are told apart later, line by line; both are [`Format::Text`] here. The error
/// is what the source looks like.
pub(crate) fn detect(source_name: &str, text: &str) -> Result<Format, String> {
    let head = text.trim_start();
    if let Some(format) = by_content(head) {
        return Ok(format);
    }
    let extension = source_name
        .rsplit_once('.')
        .map_or_else(String::new, |(_, extension)| extension.to_lowercase());
    match extension.as_str() {
        "txt" | "text" | "md" | "markdown" => Ok(Format::Text),
        "vtt" | "webvtt" => Ok(Format::Vtt),
        "srt" => Ok(Format::Srt),
        "jsonl" | "ndjson" => Ok(Format::Jsonl),
        "json" => {
            Err("JSON without the `segments` of Podcasting 2.0 or the sections of SayIt".into())
        }
        "xml" => Err("XML that is neither Akoma Ntoso nor TEI nor of TheyWorkForYou".into()),
        "" => Err("no ending, and nothing in it tells the format".into()),
        other => Err(format!("`.{other}`, and nothing in it tells the format")),
    }
}

/// The format whose signature opens the source.
fn by_content(head: &str) -> Option<Format> {
    match head.as_bytes().first()? {
        b'{' | b'[' => by_keys(head),
        b'<' => xml::format_of(head),
        b'W' if cues::is_vtt(head) => Some(Format::Vtt),
        b'0'..=b'9' if cues::is_srt(head) => Some(Format::Srt),
        _ => None,
    }
}

/// JSON by the keys that only one format has.
fn by_keys(head: &str) -> Option<Format> {
    let first = head.lines().next()?;
    let line_holds = |key: &str| first.contains(key);
    if first.trim_end().ends_with('}') && line_holds("\"source\"") && line_holds("\"text\"") {
        return Some(Format::Jsonl);
    }
    if xml::is_sayit(head) {
        return Some(Format::SayitJson);
    }
    cues::is_podcast(head).then_some(Format::PodcastJson)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse::<Format>().ok(), Some(format));
        }
        let error = "docx".parse::<Format>().expect_err("not read").to_string();
        assert!(
            error.contains("docx") && error.contains("podcast-json"),
            "{error}"
        );
    }

    #[test]
    fn every_ending_is_listed_once() {
        let all: Vec<_> = Format::all_extensions().collect();
        assert_eq!(all.iter().filter(|&&ending| ending == "xml").count(), 1);
        assert!(all.contains(&"vtt") && all.contains(&"md"));
    }
}
