//! SubRip: a number, a time line and text, once and again.
//!
//! Captions are found by their time lines, not by blank lines, since texts hold blank lines and
//! numbers are missing or wrong in many files. The crates for SRT drop lines and speak of captions
//! by number, so this is an own reader. What holds an arrow and no times is speech; a caption whose
//! time line is broken is kept without times. Both are listed for a person to look at.

use crate::captions::cue::Captions;
use crate::captions::file::{
    ARROW, Arrow, FileLine, arrow, arrow_times, arrow_times_inside, begins_times, broken_times,
    file_lines, half_caption,
};
use crate::captions::opening::{self, Opening};
use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;

/// How a time line is written.
const TIMES: &str = "00:00:01,000 --> 00:00:02,500";

/// Whether the source opens with a number and a time line.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    let mut lines = sniff::lines(bytes).filter(|line| !line.trim().is_empty());
    match (lines.next(), lines.next()) {
        (Some(number), Some(times)) => is_number(number) && arrow_times(times).is_some(),
        _ => false,
    }
}

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    captions(input.text()?).map(Shape::Captions)
}

fn captions(text: &str) -> Result<Captions, Fault> {
    let lines = file_lines(text);
    let is_number_at = |at: usize| lines.get(at).is_some_and(|line| is_number(line.text));
    let mut openings: Vec<Opening> = Vec::new();
    let mut broken = None;
    for (at, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.text.contains(ARROW))
    {
        let numbered = at.checked_sub(1).filter(|&before| is_number_at(before));
        let may_open = at == 0 || numbered.is_some() || lines[at - 1].is_blank();
        let times = if may_open {
            arrow_times(line.text)
        } else {
            arrow_times_inside(line.text)
        };
        let (timed, (start_ms, end_ms)) = match (times, arrow(line.text)) {
            (Some(times), _) => (true, times),
            (None, Arrow::Broken(start)) if may_open => {
                broken.get_or_insert(*line);
                let start = start.unwrap_or_default();
                (false, (start, start))
            }
            _ => continue,
        };
        // Without blank lines between captions, a number is speech where they have none.
        let ends_speech = numbered.is_some_and(|before| {
            let first = openings.first();
            before > 0 && !lines[before - 1].is_blank() && first.is_some_and(|o| o.head == o.times)
        });
        openings.push(Opening {
            head: numbered.filter(|_| !ends_speech).unwrap_or(at),
            times: at,
            timed,
            start_ms,
            end_ms,
        });
    }
    let last = lines.iter().rev().find(|line| !line.is_blank());
    if let (Some(broken), Some(last)) = (broken, last)
        && is_cut_off(last)
    {
        return Err(broken_times(broken, TIMES));
    }
    if let [.., number, last] = &lines[..]
        && is_number(number.text)
        && begins_times(last.text)
    {
        return Err(half_caption(*last));
    }
    opening::captions(&lines, &openings)
}

/// Whether the file ends in the middle of a time line.
fn is_cut_off(last: &FileLine) -> bool {
    arrow_times(last.text).is_none() && matches!(arrow(last.text), Arrow::Broken(_))
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_are_found_by_their_time_lines() {
        let text = "1\r\n00:00:01,000 --> 00:00:02,5\r\nJo: One\r\n\r\n2019\r\n\r\n2\r\n0:00:03,000 --> 0:00:04,000 X1:1\r\n<i>Two</i>\r\n";
        assert!(sniff(text.as_bytes()));
        let captions = captions(text).expect("SRT");
        let seen: Vec<(u64, u64, usize)> = captions
            .cues
            .iter()
            .map(|cue| (cue.start_ms, cue.end_ms, cue.spans[0].lines.len()))
            .collect();
        assert_eq!(seen, [(1000, 2500, 2), (3000, 4000, 1)]);
        let line = captions
            .content
            .line_at(captions.cues[1].spans[0].lines[0].start);
        assert_eq!(line, 9);
    }

    #[test]
    fn broken_captions_are_named_with_their_line() {
        for (text, wrong) in [
            ("1\n00:00:01,000 --> 00:\nHi\n\n2\n00:00:0 --> \n", 2),
            (
                "1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n00:00:03,000 --> 00:00:04,000\n",
                6,
            ),
            ("1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n00:00:03,0", 6),
        ] {
            let fault = captions(text).expect_err(text);
            assert!(
                matches!(fault, Fault::Syntax { line, .. } if line == wrong),
                "{fault:?}"
            );
        }
    }
}
