//! SBV, the captions of YouTube: a line with two times, text, a blank line.
//!
//! A time line opens a caption wherever it can be read, with or without a blank line before it.

use crate::captions::file::{
    FileLine, begins_times, broken_times, clock, file_lines, half_caption,
};
use crate::captions::opening::{Opening, captions};
use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;

/// How a time line is written.
const TIMES: &str = "0:00:01.000,0:00:02.500";

/// Whether the source opens with a time line.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    sniff::lines(bytes)
        .next()
        .is_some_and(|line| parse_times(line).is_some())
}

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let lines = file_lines(input.text()?);
    let mut openings = Vec::new();
    for (at, line) in lines.iter().enumerate() {
        if !begins_times(line.text) {
            continue;
        }
        // Elsewhere a line of numbers is speech, if it is no whole time line.
        let opens = at == 0 || lines[at - 1].is_blank();
        match parse_times(line.text) {
            Some((start_ms, end_ms)) => openings.push(Opening {
                head: at,
                times: at,
                timed: true,
                start_ms,
                end_ms,
            }),
            None if opens && lines[at + 1..].iter().all(FileLine::is_blank) => {
                return Err(half_caption(*line));
            }
            None if opens && line.text.contains(',') => return Err(broken_times(*line, TIMES)),
            None => {}
        }
    }
    captions(&lines, &openings).map(Shape::Captions)
}

/// `0:00:01.000,0:00:02.500`: both times in milliseconds.
fn parse_times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.trim().split_once(',')?;
    Some((clock(start)?, clock(end)?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn broken_time_lines_are_named_and_blank_lines_in_texts_do_no_harm() {
        let read = |text: &str| match super::read(&Input::new(text.as_bytes(), None, true)) {
            Ok(Shape::Captions(captions)) => Ok(captions.cues.len()),
            Err(Fault::Syntax { line, .. }) => Err(line),
            other => panic!("{other:?}"),
        };
        let first = "0:00:01.000,0:00:02.000\nHi\n\nand on,\n\n10:30\n\n";
        for (text, expected) in [
            ("0:00:03.000,0:00:04.000\n>> Jo: Ho\n", Ok(2)),
            ("0:00:03.000,0:00:\nHo\n", Err(8)),
            ("0:00:03.000,0:00:04.000\n", Err(8)),
            ("0:00:03", Err(8)),
        ] {
            assert_eq!(read(&format!("{first}{text}")), expected, "{text}");
        }
    }
}
