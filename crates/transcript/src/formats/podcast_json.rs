//! The JSON of Podcasting 2.0: segments with a speaker, times in seconds, and a body. The names
//! that speech recognisers use for the same fields (`start`, `end`, `text`) are understood as well.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::captions::cue::{Captions, Cue, Span};
use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;

/// Whether the keys are those of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    bytes.first() == Some(&b'{')
        && sniff::holds(bytes, "\"segments\"")
        && ["\"body\"", "\"startTime\"", "\"start\""]
            .iter()
            .any(|key| sniff::holds(bytes, key))
}

#[derive(Deserialize)]
struct Transcript<'a> {
    #[serde(borrow)]
    segments: Vec<&'a RawValue>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Segment {
    speaker: Option<String>,
    #[serde(alias = "start")]
    start_time: Option<f64>,
    #[serde(alias = "end")]
    end_time: Option<f64>,
    #[serde(default, alias = "text")]
    body: String,
}

/// What is said of JSON that is none of the format.
const EXPECTED: &str = "see the JSON transcript of Podcasting 2.0";

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    captions(input.text()?).map(Shape::Captions)
}

fn captions(text: &str) -> Result<Captions, Fault> {
    let transcript: Transcript =
        serde_json::from_str(text).map_err(|error| Fault::json(1, &error, EXPECTED))?;
    let mut captions = Captions {
        paragraphs: true,
        // The format knows no speaker who goes on: a segment without one is nobody's.
        voice_each: true,
        ..Captions::default()
    };
    let mut lines = LineCounter::new(text);
    for raw in transcript.segments {
        let line = lines.line_of(raw.get());
        let segment: Segment =
            serde_json::from_str(raw.get()).map_err(|error| Fault::json(line, &error, EXPECTED))?;
        add(segment, line, &mut captions);
    }
    Ok(captions)
}

fn add(segment: Segment, line: u32, captions: &mut Captions) {
    let content = &mut captions.content;
    let voice = segment.speaker.map(|speaker| {
        let range = content.push_line(line, &speaker);
        let nobody = content.text().len();
        range.unwrap_or(nobody..nobody)
    });
    let span = Span {
        voice,
        closed: true,
        lines: segment
            .body
            .lines()
            .filter_map(|text| content.push_line(line, text))
            .collect(),
    };
    let start_ms = milliseconds(segment.start_time);
    captions.cues.push(Cue {
        timed: segment.start_time.is_some(),
        start_ms,
        end_ms: milliseconds(segment.end_time).max(start_ms),
        spans: vec![span],
    });
}

/// Seconds as the format has them; what is missing or negative is the beginning.
fn milliseconds(seconds: Option<f64>) -> u64 {
    (seconds.unwrap_or(0.0).max(0.0) * 1000.0).round() as u64
}

/// Lines of pieces of a text that are asked for in their order.
struct LineCounter<'a> {
    text: &'a str,
    offset: usize,
    line: u32,
}

impl<'a> LineCounter<'a> {
    fn new(text: &'a str) -> Self {
        LineCounter {
            text,
            offset: 0,
            line: 1,
        }
    }

    /// The line of a piece, which must be a part of the text after the one before.
    fn line_of(&mut self, piece: &str) -> u32 {
        let offset = (piece.as_ptr() as usize)
            .saturating_sub(self.text.as_ptr() as usize)
            .clamp(self.offset, self.text.len());
        let ends = self.text.as_bytes()[self.offset..offset]
            .iter()
            .filter(|&&byte| byte == b'\n')
            .count();
        self.offset = offset;
        self.line = self
            .line
            .saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.line
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn segments_are_captions() {
        let text = "{\"version\": \"1.0.0\", \"segments\": [\n {\"speaker\": \"Luke\", \"startTime\": 0.5,\n  \"endTime\": 0.75, \"body\": \"Noo\"},\n {\"startTime\": 1, \"body\": \"oo\"}]}";
        assert!(sniff(text.as_bytes()));
        let captions = captions(text).expect("JSON");
        assert_eq!(captions.cues[0].start_ms, 500);
        assert_eq!(captions.cues[0].end_ms, 750);
        assert_eq!(captions.cues[1].end_ms, 1000);
        assert_eq!(
            captions
                .content
                .line_at(captions.cues[1].spans[0].lines[0].start),
            4
        );
    }

    #[test]
    fn json_that_was_cut_off_or_is_none_of_the_format_is_named_with_its_line() {
        for (text, word) in [
            ("{\"segments\": [\n{\"body\": \"a\"},\n{\"bo", "cut off"),
            (
                "{\"segments\": [\n{\"body\": \"a\"},\n{\"body\": 1}]}",
                "Podcasting",
            ),
        ] {
            match captions(text) {
                Err(Fault::Syntax { line: 3, problem }) => {
                    assert!(problem.contains(word), "{problem}")
                }
                other => panic!("{other:?}"),
            }
        }
    }
}
