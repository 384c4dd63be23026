//! Lines to turns: a transcript if there are labels, else a document.

use crate::fault::Fault;
use crate::lines::markup::Lines;
use crate::lines::reading::Reading;
use crate::lines::source::{Line, Source};
use crate::lines::{corrected, document, transcript};
use crate::turns::corrections::Corrections;
use crate::turns::draft::Draft;

/// The turns of a source, and the source they are made of.
pub(crate) fn read<'a>(
    lines: Lines<'a>,
    corrections: &Corrections,
) -> Result<(Draft, Source<'a>), Fault> {
    let Lines {
        mut source,
        front,
        markup,
    } = lines;
    if source.lines.is_empty() {
        return Err(Fault::NoTurns {
            first_line: front.pieces.first().map_or(0, |piece| piece.line),
            last_line: front.pieces.last().map_or(0, |piece| piece.line),
        });
    }
    corrected::split_lines(corrections, &mut source)?;
    let markup = markup.read(&source);
    let reading = Reading::new(source, markup, front, corrections)?;
    let draft = match transcript::read(&reading, corrections)? {
        Some(draft) => Some(draft),
        None => match reading.front.only_speaker() {
            Some(speaker) => transcript::speech(&reading, speaker),
            None => document::read(&reading),
        },
    };
    let mut draft = draft.ok_or_else(|| no_turns(&reading.source))?;
    let Reading { source, front, .. } = reading;
    front.state(&mut draft);
    Ok((draft, source))
}

fn no_turns(source: &Source) -> Fault {
    let number = |line: Option<&Line>| line.map_or(0, |line| line.number);
    Fault::NoTurns {
        first_line: number(source.lines.first()),
        last_line: number(source.lines.last()),
    }
}
