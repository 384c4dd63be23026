/*!
Source formats to meetings with turns, and an account of every character.

```
use turnsearch_model::Field;
use turnsearch_transcript::parse;

let source = "周会\n2021 年 3 月 8 日\n\n莎莉·科斯特顿 (SALLY COSTERTON): 大家好。\n\n帕特里克·琼斯：谢谢莎莉。\n";
let parsed = parse("week.txt", source.as_bytes(), None)?;
assert_eq!(parsed.meeting.meta.get(Field::Date), Some("2021-03-08"));
assert_eq!(parsed.speakers[0].name, "莎莉·科斯特顿");
assert_eq!(parsed.meeting.turns[1].text, "谢谢莎莉。");
assert!(parsed.account.is_balanced());
# Ok::<(), turnsearch_transcript::ParseError>(())
```

# How a source is read

1. Bytes to text: [`Encoding`], detected or given.
2. Format: [`Format`], by content, then by ending. `docs/FORMATS.md` has what is taken from each.
   Captions are joined to turns, XML is read as a flat list of elements; what follows is for text
   and Markdown.
3. Lines, with their numbers and the blank lines around them; page furniture: numbers, rules, running heads, notes on the record, end marks, stage directions.
4. Labels: every line that could be one is read, each name is weighed by the whole document.
5. Speakers: names to people, by Latin names in brackets, spelling and short forms.
6. Turns: lines joined to paragraphs, or, where there are no speakers, blocks under headings.
7. [`Account`]: source and output compared character by character, without trust in 1 to 6.

`docs/PARSING.md` has the method and its figures.

# Limits

- A source is not larger than 256 MiB.
- A label stands at the beginning of a line, behind blanks, a time or `>>` at most.
- Colons end labels; a name alone on a line, without a colon or a Latin name below it, is text.
*/

#![forbid(unsafe_code)]

mod account;
mod compose;
mod content;
mod corrections;
mod cues;
mod dates;
mod document;
mod emphasis;
mod encoding;
pub mod entity;
mod error;
mod evidence;
mod format;
mod furniture;
mod head;
pub mod json;
mod jsonl;
mod label;
mod layout;
mod markdown;
pub mod names;
mod page;
mod plain;
mod reading;
pub mod script;
mod source;
mod speakers;
mod suspect;
mod text;
mod transcript;
mod words;
mod xml;

pub use account::Account;
pub use corrections::{
    Corrections, FurnitureCorrection, LabelCorrection, MergeCorrection, SIDECAR, TextCorrection,
    sidecar_name,
};
pub use encoding::Encoding;
pub use error::{ParseError, UnknownName};
pub use format::Format;
pub use furniture::{Furniture, Reason};
pub use source::MAX_BYTES;
pub use suspect::{Doubt, Suspect};

use turnsearch_model::{Meeting, Speaker};

/// A source as a meeting, with an account of what became of its characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// Metadata and turns. [`Turn::speaker`](turnsearch_model::Turn::speaker) is an index into `speakers`.
    pub meeting: Meeting,
    /// Who speaks in this source, in order of first appearance.
    pub speakers: Vec<Speaker>,
    /// What is in no turn, in the order of the source.
    pub furniture: Vec<Furniture>,
    /// Places worth checking, best first.
    pub suspects: Vec<Suspect>,
    /// Where the characters went.
    pub account: Account,
}

/// What a caller knows of a source beforehand. What is not given is detected.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReadOptions {
    /// The format.
    pub format: Option<Format>,
    /// The encoding.
    pub encoding: Option<Encoding>,
}

/// Parses one source that holds one meeting, detecting format and encoding. `source_name` is its
/// file name.
///
/// # Errors
///
/// As [`parse_with`], and [`ParseError::SeveralMeetings`] if a JSON Lines file holds more than one.
pub fn parse(
    source_name: &str,
    bytes: &[u8],
    corrections: Option<&Corrections>,
) -> Result<Parsed, ParseError> {
    let options = ReadOptions::default();
    let mut meetings = parse_with(source_name, bytes, corrections, &options)?;
    match (meetings.pop(), meetings.len()) {
        (Some(parsed), 0) => Ok(parsed),
        (_, others) => Err(ParseError::SeveralMeetings {
            source_name: source_name.to_owned(),
            meetings: others + 1,
        }),
    }
}

/// Parses one source. `source_name` is its file name, with folders only where they tell it
/// from others. A JSON Lines file can hold
/// several meetings; every other format holds one.
///
/// # Errors
///
/// [`ParseError::UnknownFormat`] if neither content nor ending tell the format; otherwise
/// [`ParseError`] if the bytes cannot be decoded, are too many, break the rules of the format, hold
/// no turn, or if a correction does not fit them.
pub fn parse_with(
    source_name: &str,
    bytes: &[u8],
    corrections: Option<&Corrections>,
    options: &ReadOptions,
) -> Result<Vec<Parsed>, ParseError> {
    if bytes.len() > MAX_BYTES {
        return Err(ParseError::TooLarge {
            source_name: source_name.to_owned(),
            bytes: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let text = encoding::decode(source_name, bytes, options.encoding)?;
    let format = match options.format {
        Some(format) => format,
        None => format::detect(source_name, &text).map_err(|found| ParseError::UnknownFormat {
            source_name: source_name.to_owned(),
            found,
        })?,
    };
    match format {
        Format::Jsonl => jsonl::parse(source_name, &text),
        Format::Text | Format::Markdown => {
            let parsed = plain::parse(source_name, &text, corrections, options.format)?;
            Ok(vec![parsed])
        }
        Format::Vtt | Format::Srt | Format::PodcastJson => {
            Ok(vec![cues::parse(source_name, &text, format, corrections)?])
        }
        Format::Akn | Format::Tei | Format::Twfy | Format::SayitJson => {
            Ok(vec![xml::parse(source_name, &text, format, corrections)?])
        }
    }
}
