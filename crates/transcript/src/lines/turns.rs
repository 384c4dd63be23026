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
    let Lines { mut source, markup } = lines;
    corrected::split_lines(corrections, &mut source)?;
    let markup = markup(&source);
    let reading = Reading::new(source, markup, corrections)?;
    let draft = match transcript::read(&reading, corrections)? {
        Some(draft) => draft,
        None => document::read(&reading).ok_or_else(|| no_turns(&reading.source))?,
    };
    Ok((draft, reading.source))
}

fn no_turns(source: &Source) -> Fault {
    let number = |line: Option<&Line>| line.map_or(0, |line| line.number);
    Fault::NoTurns {
        first_line: number(source.lines.first()),
        last_line: number(source.lines.last()),
    }
}
