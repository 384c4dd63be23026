/*!
Source formats to meetings with turns, and an account of every character.

```
use turnsearch_transcript::parse;

let source = "周会\n2021 年 3 月 8 日\n\n莎莉·科斯特顿 (SALLY COSTERTON): 大家好。\n\n帕特里克·琼斯：谢谢莎莉。\n";
let parsed = parse("week.txt", source.as_bytes(), None)?;
assert_eq!(parsed.meeting.meta.date.as_deref(), Some("2021-03-08"));
assert_eq!(parsed.speakers[0].name, "莎莉·科斯特顿");
assert_eq!(parsed.meeting.turns[1].text, "谢谢莎莉。");
assert!(parsed.account.is_balanced());
# Ok::<(), turnsearch_transcript::ParseError>(())
```

# How a source is read

1. [`source`](parse): bytes to numbered lines, with the blank lines around them.
2. Format: [`Format`], by what the lines hold; a module for each says what its markup means.
3. Page furniture: numbers, rules, running heads, notes on the record, end marks, stage directions.
4. Labels: every line that could be one is read, each name is weighed by the whole document.
5. Speakers: names to people, by Latin names in brackets, spelling and short forms.
6. Turns: lines joined to paragraphs, or, where there are no speakers, blocks under headings.
7. [`Account`]: source and output compared character by character, without trust in 1 to 6.

`docs/PARSING.md` has the method and its figures.

# Limits

- A source is UTF-8 and not larger than 256 MiB.
- A label stands at the beginning of a line, behind blanks, a time or `>>` at most.
- Colons end labels; a name alone on a line, without a colon or a Latin name below it, is text.
*/

mod account;
mod collect;
mod config;
mod corrections;
mod dates;
mod document;
mod emphasis;
mod error;
mod evidence;
mod format;
mod furniture;
mod head;
pub mod input;
pub mod json;
mod label;
mod layout;
mod markdown;
pub mod model;
mod page;
mod reading;
mod script;
mod source;
mod speakers;
mod suspect;
mod text;
mod transcript;
mod words;

pub use account::Account;
pub use collect::{Audit, collect, slug};
pub use config::{CollectionConfig, MeetingConfig, SpeakerConfig};
pub use corrections::{
    Corrections, FurnitureCorrection, LabelCorrection, MergeCorrection, TextCorrection,
};
pub use error::{ConfigError, InputError, ParseError};
pub use format::Format;
pub use furniture::{Furniture, Reason};
pub use source::MAX_BYTES;
pub use suspect::{Doubt, Suspect};

use model::{Meeting, Speaker};
use reading::Reading;
use source::Source;

/// A source as a meeting, with an account of what became of its characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// Metadata and turns. [`Turn::speaker`](model::Turn::speaker) is an index into `speakers`.
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

/// Parses one source. `source` is its file name, without folders.
///
/// # Errors
///
/// [`ParseError`] if the bytes are not UTF-8, are too many, hold no turn, or if a correction does
/// not fit them.
pub fn parse(
    source: &str,
    bytes: &[u8],
    corrections: Option<&Corrections>,
) -> Result<Parsed, ParseError> {
    let mut lines = Source::read(source, bytes)?;
    if let Some(corrections) = corrections {
        corrections.split_lines(&mut lines)?;
    }
    let reading = Reading::new(lines, corrections)?;
    let draft = match transcript::read(&reading, corrections)? {
        Some(draft) => draft,
        None => document::read(&reading).ok_or_else(|| no_turns(&reading.source))?,
    };
    let mut furniture = draft.furniture;
    furniture.sort_by_key(|piece| (piece.offset, piece.line));
    let account = Account::take(reading.source.text, &draft.turns, &furniture);
    let mut suspects = draft.suspects;
    suspect::rank(&mut suspects);
    Ok(Parsed {
        meeting: Meeting {
            id: slug(source),
            source: source.to_owned(),
            kind: draft.kind,
            meta: draft.meta,
            turns: draft.turns,
        },
        speakers: draft.speakers,
        furniture,
        suspects,
        account,
    })
}

fn no_turns(source: &Source) -> ParseError {
    let number = |line: Option<&source::Line>| line.map_or(0, |line| line.number);
    ParseError::NoTurns {
        source_name: source.name.to_owned(),
        first_line: number(source.lines.first()),
        last_line: number(source.lines.last()),
        lines: source.lines.len(),
        sidecar: input::sidecar_name(source.name),
    }
}
