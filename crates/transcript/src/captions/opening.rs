//! Captions cut out of a file by the lines on which they begin, as SubRip and SBV have them.

use crate::captions::cue::{Captions, Cue};
use crate::captions::file::{ARROW, FileLine, half_caption};
use crate::captions::payload;
use crate::fault::Fault;
use crate::signs::suspect::Doubt;
use crate::turns::furniture::Reason;

/// Where a caption begins. Lines are counted from 0.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Opening {
    /// Its first line: its identifier, or the time line where it has none.
    pub head: usize,
    /// Its time line.
    pub times: usize,
    /// Whether the time line can be read.
    pub timed: bool,
    /// When it appears, in milliseconds.
    pub start_ms: u64,
    /// When it disappears, in milliseconds.
    pub end_ms: u64,
}

/// The captions that begin at these openings, which follow each other. What stands before the first
/// is in none.
///
/// # Errors
/// Where the last one has no text, since the file was cut off then.
pub(crate) fn captions(lines: &[FileLine], openings: &[Opening]) -> Result<Captions, Fault> {
    let mut captions = Captions::default();
    let first = openings.first().map_or(lines.len(), |first| first.head);
    for line in &lines[..first] {
        captions.add_stray(line.number, line.text);
    }
    for (index, opening) in openings.iter().enumerate() {
        for line in &lines[opening.head..opening.times] {
            captions.add_furniture(line.number, line.text, Reason::Identifier);
        }
        let times = lines[opening.times];
        let from = captions.content.text().len();
        captions.add_furniture(times.number, times.text, Reason::Timing);
        if !opening.timed {
            let place = captions.content.trim(from..captions.content.text().len());
            let doubt = place.map(|place| (place, Doubt::BrokenTimes));
            captions.doubts.extend(doubt);
        }
        let next = openings.get(index + 1).map(|next| next.head);
        let start = opening.times + 1;
        let body = &lines[start..next.unwrap_or(lines.len()).max(start)];
        if next.is_none() && body.iter().all(FileLine::is_blank) {
            return Err(half_caption(times));
        }
        let text: Vec<&str> = body.iter().map(|line| line.text).collect();
        captions.cues.push(Cue {
            timed: opening.timed,
            start_ms: opening.start_ms,
            end_ms: opening.end_ms,
            spans: payload::spans(
                &text.join("\n"),
                times.number.saturating_add(1),
                &mut captions.content,
            ),
        });
        doubt_arrows(&mut captions);
    }
    Ok(captions)
}

/// Lists the lines of the last caption that hold an arrow: a time line may be broken there.
pub(crate) fn doubt_arrows(captions: &mut Captions) {
    let spans = captions.cues.last().into_iter().flat_map(|cue| &cue.spans);
    for line in spans.flat_map(|span| &span.lines) {
        if captions.content.text()[line.clone()].contains(ARROW) {
            captions.doubts.push((line.clone(), Doubt::BrokenTimes));
        }
    }
}
