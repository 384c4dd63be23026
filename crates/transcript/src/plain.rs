//! Plain text and Markdown: everything that is read line by line.

use std::borrow::Cow;

use crate::error::ParseError;
use crate::format::Format;
use crate::markdown::literal::Literal;
use crate::reading::Reading;
use crate::source::{Line, Source};
use crate::{Account, Corrections, Parsed, document, markdown, sidecar_name, suspect, transcript};
use turnsearch_model::Meeting;
use turnsearch_model::slug;

/// Reads a text. Without a given format the lines tell whether they are Markdown: the name of the
/// file does not, since text extracted from other formats is often called `.md`, and the other way
/// round.
pub(crate) fn parse(
    source_name: &str,
    text: &str,
    corrections: Option<&Corrections>,
    given: Option<Format>,
) -> Result<Parsed, ParseError> {
    let mut lines = Source::read(source_name, text)?;
    let format = given.unwrap_or_else(|| {
        if markdown::is_markdown(&lines) {
            Format::Markdown
        } else {
            Format::Text
        }
    });
    let literal = (format == Format::Markdown).then(|| markdown::literal::read(text));
    if let Some(Literal {
        text: Cow::Owned(text),
        offsets,
    }) = &literal
    {
        lines = Source::read(source_name, text)?;
        lines.literal = offsets;
    }
    if let Some(corrections) = corrections {
        corrections.split_lines(&mut lines)?;
    }
    let reading = Reading::new(lines, format, corrections)?;
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
            id: slug(source_name),
            source: source_name.to_owned(),
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
    let number = |line: Option<&Line>| line.map_or(0, |line| line.number);
    ParseError::NoTurns {
        source_name: source.name.to_owned(),
        first_line: number(source.lines.first()),
        last_line: number(source.lines.last()),
        sidecar: sidecar_name(source.name),
    }
}
