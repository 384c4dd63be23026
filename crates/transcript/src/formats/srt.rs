//! SubRip: a number, a time line and text, once and again.
//!
//! Captions are found by their time lines, not by blank lines, since texts hold blank lines and
//! numbers are missing or wrong in many files. The crates for SRT drop lines and speak of captions
//! by number, so this is an own reader.

use crate::captions::cue::Captions;
use crate::captions::file::{ARROW, begins_times, broken_times, clock, file_lines, half_caption};
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
        (Some(number), Some(times)) => is_number(number) && parse_times(times).is_some(),
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
    let mut openings = Vec::new();
    for (at, line) in lines
        .iter()
        .enumerate()
        .filter(|(_, line)| line.text.contains(ARROW))
    {
        let Some((start_ms, end_ms)) = parse_times(line.text) else {
            return Err(broken_times(*line, TIMES));
        };
        let numbered = at.checked_sub(1).filter(|&before| is_number_at(before));
        openings.push(Opening {
            head: numbered.unwrap_or(at),
            times: at,
            start_ms,
            end_ms,
        });
    }
    if let [.., number, last] = &lines[..]
        && is_number(number.text)
        && begins_times(last.text)
    {
        return Err(half_caption(*last));
    }
    opening::captions(&lines, &openings)
}

fn is_number(line: &str) -> bool {
    let line = line.trim();
    !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit())
}

/// `00:00:01,000 --> 00:00:02,500`, also with dots, fewer digits, or places after them.
fn parse_times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once(ARROW)?;
    let end = end.split_whitespace().next()?;
    Some((clock(start.trim())?, clock(end)?))
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
