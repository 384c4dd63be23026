//! The formats: one file and one row of the table each.

mod akn;
mod ass;
mod csv;
mod docx;
mod html;
pub mod input;
mod jsonl;
mod lrc;
mod markdown;
mod odt;
mod podcast_json;
mod recogniser;
mod sayit_json;
mod sbv;
pub mod shape;
mod sniff;
mod srt;
mod tei;
mod text;
mod ttml;
mod twfy;
mod vtt;
mod youtube_xml;

use std::fmt;
use std::str::FromStr;

use crate::fault::Fault;
use crate::unknown_name::UnknownName;

use input::Input;
use shape::Shape;

/// What a format is.
struct Row {
    /// The name by which people ask for it, and which messages use.
    name: &'static str,
    /// Endings of its files, in small letters, without the dot. Formats can share one: it then
    /// decides nothing.
    endings: &'static [&'static str],
    /// Whether the bytes are in this format, from the first character that is not blank on. What
    /// they do not say alone is left to the ending.
    sniff: fn(&[u8]) -> bool,
    /// Reads a source into one of the shapes.
    read: for<'i> fn(&'i Input<'_>) -> Result<Shape<'i>, Fault>,
}

/// All formats, in the order in which messages list them. A signature that is a narrower case of
/// another stands below it.
const TABLE: &[Row] = &[
    Row {
        name: "text",
        endings: &["txt", "text"],
        sniff: no_signature,
        read: text::read,
    },
    Row {
        name: "markdown",
        endings: &["md", "markdown"],
        sniff: no_signature,
        read: markdown::read,
    },
    Row {
        name: "vtt",
        endings: &["vtt", "webvtt"],
        sniff: vtt::sniff,
        read: vtt::read,
    },
    Row {
        name: "srt",
        endings: &["srt"],
        sniff: srt::sniff,
        read: srt::read,
    },
    Row {
        name: "sbv",
        endings: &["sbv"],
        sniff: sbv::sniff,
        read: sbv::read,
    },
    Row {
        name: "asr-json",
        endings: &["json"],
        sniff: recogniser::sniff,
        read: recogniser::read,
    },
    Row {
        name: "lrc",
        endings: &["lrc"],
        sniff: lrc::sniff,
        read: lrc::read,
    },
    Row {
        name: "ass",
        endings: &["ass", "ssa"],
        sniff: ass::sniff,
        read: ass::read,
    },
    Row {
        name: "csv",
        endings: &["csv"],
        sniff: csv::sniff_csv,
        read: csv::read,
    },
    Row {
        name: "tsv",
        endings: &["tsv", "tab"],
        sniff: csv::sniff_tsv,
        read: csv::read,
    },
    Row {
        name: "podcast-json",
        endings: &["json"],
        sniff: podcast_json::sniff,
        read: podcast_json::read,
    },
    Row {
        name: "sayit-json",
        endings: &["json"],
        sniff: sayit_json::sniff,
        read: sayit_json::read,
    },
    Row {
        name: "akn",
        endings: &["xml"],
        sniff: akn::sniff,
        read: akn::read,
    },
    Row {
        name: "tei",
        endings: &["xml"],
        sniff: tei::sniff,
        read: tei::read,
    },
    Row {
        name: "twfy",
        endings: &["xml"],
        sniff: twfy::sniff,
        read: twfy::read,
    },
    Row {
        name: "ttml",
        endings: &["ttml", "dfxp", "itt", "xml"],
        sniff: ttml::sniff,
        read: ttml::read,
    },
    Row {
        name: "youtube-xml",
        endings: &["srv3", "srv2", "srv1", "xml"],
        sniff: youtube_xml::sniff,
        read: youtube_xml::read,
    },
    Row {
        name: "docx",
        endings: &["docx"],
        sniff: docx::sniff,
        read: docx::read,
    },
    Row {
        name: "odt",
        endings: &["odt"],
        sniff: odt::sniff,
        read: odt::read,
    },
    Row {
        name: "html",
        endings: &["html", "htm", "xhtml"],
        sniff: html::sniff,
        read: html::read,
    },
    Row {
        name: "jsonl",
        endings: &["jsonl", "ndjson"],
        sniff: jsonl::sniff,
        read: jsonl::read,
    },
];

/// Endings of spreadsheets, which programs save as tables that are read.
const SPREADSHEETS: [&str; 4] = ["xlsx", "xls", "ods", "numbers"];

/// The formats that are no text.
const ARCHIVES: [&str; 2] = ["docx", "odt"];

/// The format is told by its lines or by its ending.
fn no_signature(_: &[u8]) -> bool {
    false
}

/// A format that is read.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Format(usize);

impl Format {
    /// Every format, in the order in which messages list them.
    pub const ALL: [Format; TABLE.len()] = {
        let mut all = [Format(0); TABLE.len()];
        let mut at = 0;
        while at < TABLE.len() {
            all[at] = Format(at);
            at += 1;
        }
        all
    };

    /// The name by which people ask for it, and which messages use.
    pub fn as_str(self) -> &'static str {
        self.row().name
    }

    /// Endings of the files that the format usually comes in, in small letters, without the dot.
    /// Formats can share one: three are XML.
    pub fn endings(self) -> &'static [&'static str] {
        self.row().endings
    }

    /// Every ending that some format usually has, each once.
    pub fn all_endings() -> impl Iterator<Item = &'static str> {
        let mut seen = Vec::new();
        TABLE
            .iter()
            .flat_map(|row| row.endings.iter().copied())
            .filter(move |ending| {
                let is_new = !seen.contains(ending);
                seen.push(ending);
                is_new
            })
    }

    /// Reads a source as this format.
    pub(crate) fn read<'i>(self, input: &'i Input) -> Result<Shape<'i>, Fault> {
        (self.row().read)(input)
    }

    fn row(self) -> &'static Row {
        &TABLE[self.0]
    }
}

impl fmt::Display for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for Format {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Format({})", self.as_str())
    }
}

impl FromStr for Format {
    type Err = UnknownName;

    /// The format with this name; case means nothing.
    fn from_str(name: &str) -> Result<Format, UnknownName> {
        Format::ALL
            .into_iter()
            .find(|format| format.as_str().eq_ignore_ascii_case(name))
            .ok_or_else(|| UnknownName {
                kind: "format",
                name: name.to_owned(),
                known: Format::ALL.map(Format::as_str).to_vec(),
            })
    }
}

/// Tells the format by what the source holds, and where that decides nothing, by its ending.
pub(crate) fn detect(source_name: &str, input: &Input) -> Result<Format, Fault> {
    if let Some(format) = by_content(input.bytes()) {
        return Ok(format);
    }
    match input.recoded() {
        Ok(recoded) => {
            if let Some(format) = recoded.and_then(by_content) {
                return Ok(format);
            }
        }
        // Whoever reads archives says better than a decoder what is wrong with one.
        Err(undecodable) => {
            return by_ending(source_name)
                .ok()
                .filter(|format| ARCHIVES.contains(&format.as_str()))
                .ok_or(Fault::Undecodable(undecodable));
        }
    }
    by_ending(source_name).map_err(|found| Fault::UnknownFormat { found })
}

fn by_content(bytes: &[u8]) -> Option<Format> {
    let start = sniff::start(bytes);
    Format::ALL
        .into_iter()
        .rev()
        .find(|format| (format.row().sniff)(start))
}

/// The only format with the ending of this name, else what is known of the source.
fn by_ending(source_name: &str) -> Result<Format, String> {
    let ending = source_name
        .rsplit_once('.')
        .map_or_else(String::new, |(_, ending)| ending.to_lowercase());
    let candidates: Vec<Format> = Format::ALL
        .into_iter()
        .filter(|format| format.endings().contains(&ending.as_str()))
        .collect();
    match candidates[..] {
        [only] => Ok(only),
        [] if SPREADSHEETS.contains(&ending.as_str()) => Err(format!(
            "`.{ending}`, a spreadsheet; save the sheet with the transcript as CSV"
        )),
        [] if ending.is_empty() => Err("no ending, and nothing in it tells the format".to_owned()),
        [] => Err(format!("`.{ending}`, and nothing in it tells the format")),
        _ => {
            let names: Vec<&str> = candidates.into_iter().map(Format::as_str).collect();
            Err(format!("`.{ending}`, but neither {}", names.join(" nor ")))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for format in Format::ALL {
            assert_eq!(format.to_string().parse::<Format>().ok(), Some(format));
            assert!(!format.endings().is_empty(), "{format}");
        }
        let error = "pdf".parse::<Format>().expect_err("not read").to_string();
        assert!(
            error.contains("pdf") && error.contains("podcast-json"),
            "{error}"
        );
    }

    #[test]
    fn every_ending_is_listed_once() {
        let all: Vec<_> = Format::all_endings().collect();
        assert_eq!(all.iter().filter(|&&ending| ending == "xml").count(), 1);
        assert!(all.contains(&"vtt") && all.contains(&"md"));
    }

    #[test]
    fn an_ending_decides_where_one_format_has_it() {
        assert_eq!(by_ending("a/b.SRT").map(Format::as_str), Ok("srt"));
        for (name, words) in [
            ("a.xml", "`.xml`, but neither akn nor tei nor twfy"),
            ("a.css", "`.css`, and nothing"),
            ("a.xlsx", "`.xlsx`, a spreadsheet; save the sheet"),
            ("a", "no ending"),
        ] {
            assert!(by_ending(name).expect_err(name).starts_with(words));
        }
    }
}
