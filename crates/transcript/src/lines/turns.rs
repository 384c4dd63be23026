//! Lines to turns: a transcript if there are labels, else a document.

use turnsearch_model::{Field, Kind, Speaker, SpeakerId};

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
    let mut draft = match transcript::read(&reading, corrections)? {
        Some(draft) => draft,
        None => {
            let mut draft = document::read(&reading).ok_or_else(|| no_turns(&reading.source))?;
            if let [speaker] = &reading.front.speakers[..] {
                give_to(speaker, &mut draft);
            }
            draft
        }
    };
    for field in Field::ALL {
        let stated = reading.front.meta[field].clone();
        draft.meta[field] = stated.or(draft.meta[field].take());
    }
    Ok((draft, reading.source))
}

/// A page without labels that names one speaker belongs to that speaker.
fn give_to(speaker: &str, draft: &mut Draft) {
    draft.kind = Kind::Transcript;
    draft.speakers = vec![Speaker {
        name: speaker.to_owned(),
        ..Speaker::default()
    }];
    for turn in &mut draft.turns {
        turn.speaker = Some(SpeakerId::at(0));
    }
}

fn no_turns(source: &Source) -> Fault {
    let number = |line: Option<&Line>| line.map_or(0, |line| line.number);
    Fault::NoTurns {
        first_line: number(source.lines.first()),
        last_line: number(source.lines.last()),
    }
}
