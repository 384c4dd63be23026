/*!
Source formats to meetings with turns, and an account of every character.

```
use turnsearch_model::Field;
use turnsearch_transcript::{Corrections, parse};

let source = "周会\n2021 年 3 月 8 日\n\n莎莉·科斯特顿 (SALLY COSTERTON): 大家好。\n\n帕特里克·琼斯：谢谢莎莉。\n";
let parsed = parse("week.txt", source.as_bytes(), &Corrections::NONE)?;
assert_eq!(parsed.meeting.meta.get(Field::Date), Some("2021-03-08"));
assert_eq!(parsed.speakers[0].name, "莎莉·科斯特顿");
assert_eq!(parsed.meeting.turns[1].text, "谢谢莎莉。");
assert!(parsed.account.is_balanced());
# Ok::<(), turnsearch_transcript::ParseError>(())
```

# How a source is read

1. Format: [`Format`], given, or told by content, then by ending. `docs/FORMATS.md` has what is
   taken from each.
2. Bytes to text: [`Encoding`], given or detected.
3. Each format yields one of three shapes: lines, captions, or the flow of a tree such as XML. What
   follows in 4 and 5 is for lines; captions are joined, and a flow says itself who speaks.
4. Page furniture: numbers, rules, running heads, notes on the record, end marks, stage directions.
5. Labels: every line that could be one is read, each name is weighed by the whole document; names
   become people by Latin names in brackets, spelling and short forms.
6. Turns: pieces joined to paragraphs, or, where there are no speakers, blocks under headings.
7. [`Account`]: source and output compared character by character, without trust in 1 to 6.

`docs/PARSING.md` has the method and its figures. The crate opens no file: `turnsearch-intake` reads
files and folders.

# Limits

- A source is not larger than 256 MiB.
- A label stands at the beginning of a line, after blanks, a time or `>>` at most.
- Colons end labels; a name alone on a line, without a colon or a Latin name below it, is text.
*/

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod captions;
mod column_names;
mod encoding;
pub mod entity;
mod error;
mod fault;
mod flow;
mod formats;
pub mod json;
mod lines;
mod office;
mod options;
mod parsed;
mod signs;
mod tables;
mod turns;
mod unknown_name;

pub use column_names::{ColumnName, ColumnNames};
pub use encoding::{Encoding, Miscoding};
pub use error::{ParseError, Remedy};
pub use formats::Format;
pub use options::{MAX_BYTES, ReadOptions};
pub use parsed::Parsed;
pub use signs::suspect::{Doubt, Suspect};
pub use turns::account::Account;
pub use turns::corrections::{
    Corrections, FurnitureCorrection, LabelCorrection, MergeCorrection, SIDECAR, TextCorrection,
    sidecar_name,
};
pub use turns::furniture::{Furniture, Reason};
pub use unknown_name::UnknownName;

use turnsearch_model::Field;

use formats::input::Input;
use formats::shape::Shape;
use turns::draft::Draft;

/// When two printed names are the same name.
pub mod names {
    pub use crate::signs::names::{add_alias, is_called, is_full, is_native, key};
    pub use crate::tables::columns::is_machine_made;
}

/// What characters say of the text around them.
pub mod script {
    pub use crate::signs::script::{is_ideograph, joint};
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
    corrections: &Corrections,
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
/// from others. A JSON Lines file can hold several meetings; every other format holds one.
///
/// # Errors
///
/// [`ParseError::UnknownFormat`] if neither content nor ending tell the format; otherwise
/// [`ParseError`] if the bytes cannot be decoded, are too many, break the rules of the format, hold
/// no turn, or if a correction does not fit them.
pub fn parse_with(
    source_name: &str,
    bytes: &[u8],
    corrections: &Corrections,
    options: &ReadOptions,
) -> Result<Vec<Parsed>, ParseError> {
    if bytes.len() > MAX_BYTES {
        return Err(ParseError::TooLarge {
            source_name: source_name.to_owned(),
            bytes: bytes.len(),
            limit: MAX_BYTES,
        });
    }
    let wrong = |fault| ParseError::new(source_name, corrections, fault);
    let input = Input::new(bytes, options.encoding, options.format.is_some())
        .with_columns(&options.columns);
    let format = match options.format {
        Some(format) => format,
        None => formats::detect(source_name, &input).map_err(wrong)?,
    };
    let marked_up = |mut draft: Draft, wanted: &'static str| {
        if draft.turns.is_empty() {
            return Err(ParseError::NoSpeech {
                source_name: source_name.to_owned(),
                format,
                wanted,
            });
        }
        corrections.merge_only(&mut draft).map_err(wrong)?;
        let date = &mut draft.meta[Field::Date];
        *date = date.take().or_else(|| date_of_name(source_name));
        Ok(draft)
    };
    let mut parsed = match format.read(&input).map_err(wrong)? {
        Shape::Lines(lines) => {
            let (draft, source) = lines::turns::read(lines, corrections).map_err(wrong)?;
            Parsed::new(source_name, Some(&source.text), draft)
        }
        Shape::Captions(mut captions) => {
            let draft = captions::merge::turns(&mut captions);
            let draft = marked_up(draft, "captions with a time line and text")?;
            Parsed::new(source_name, Some(captions.content.text()), draft)
        }
        Shape::Flow(flow) => {
            let wanted = flow.wanted;
            let (draft, content) = flow::turns::read(flow);
            Parsed::new(source_name, Some(content.text()), marked_up(draft, wanted)?)
        }
        Shape::Meetings(meetings) => {
            let parsed = meetings.into_iter().map(|(source, draft)| Parsed {
                encoding: input.encoding(),
                ..Parsed::new(&source, None, draft)
            });
            return Ok(parsed.collect());
        }
    };
    parsed.encoding = input.encoding();
    Ok(vec![parsed])
}

/// The date with which the name of a file begins: captions rarely state one inside.
fn date_of_name(source_name: &str) -> Option<String> {
    let date = source_name.get(..10)?;
    let rest = &source_name[10..];
    let read = signs::dates::read(date).date?;
    (read == date && !rest.starts_with(|c: char| c.is_ascii_digit())).then_some(read)
}
