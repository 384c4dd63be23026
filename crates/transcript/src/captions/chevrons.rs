//! `>>` inside of a line: somebody else begins to speak in the middle of a caption.

use std::ops::Range;

use crate::captions::cue::Captions;
use crate::turns::content::Content;

/// So many lines must begin with `>>` before one inside a line is the same sign, and they must be
/// the majority: elsewhere it is an arrow of a menu, or of a program that somebody reads out.
const MIN_OPENED: usize = 2;

/// What says that somebody else speaks.
const SIGN: &str = ">>";

/// Cuts lines before the signs that stand inside them, where lines of the file begin with them.
pub(crate) fn split_lines(captions: &mut Captions) {
    let Captions { cues, content, .. } = captions;
    let all = || {
        cues.iter()
            .flat_map(|cue| &cue.spans)
            .flat_map(|span| &span.lines)
    };
    let opened = all()
        .filter(|line| content.text()[(*line).clone()].starts_with(SIGN))
        .count();
    let inside: usize = all().map(|line| signs_inside(line, content).count()).sum();
    if inside == 0 || opened < MIN_OPENED || opened < inside {
        return;
    }
    for span in cues.iter_mut().flat_map(|cue| &mut cue.spans) {
        for line in std::mem::take(&mut span.lines) {
            let cuts: Vec<usize> = signs_inside(&line, content).collect();
            let starts = std::iter::once(line.start).chain(cuts.iter().copied());
            let ends = cuts.iter().copied().chain(std::iter::once(line.end));
            let pieces = starts
                .zip(ends)
                .filter_map(|(start, end)| content.trim(start..end));
            span.lines.extend(pieces);
        }
    }
}

/// Where signs with blanks around them stand in a line after its beginning.
fn signs_inside<'c>(line: &Range<usize>, content: &'c Content) -> impl Iterator<Item = usize> + 'c {
    let (start, text) = (line.start, &content.text()[line.clone()]);
    text.match_indices(SIGN).filter_map(move |(at, _)| {
        let before = text[..at].chars().next_back()?;
        let after = text[at..].trim_start_matches('>').chars().next()?;
        (before.is_whitespace() && after.is_whitespace()).then_some(start + at)
    })
}
