//! The JSON of Podcasting 2.0: segments with a speaker, times in seconds, and a body. The names
//! that speech recognisers use for the same fields (`start`, `end`, `text`) are understood as well.

use serde::Deserialize;
use serde_json::value::RawValue;

use crate::captions::cue::{Captions, Said};
use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::recogniser::{Keys, Lines, steps};
use crate::formats::shape::Shape;

/// Whether the keys are those of the format.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    if bytes.first() != Some(&b'{') {
        return false;
    }
    let keys = Keys::read(bytes);
    let mut marks = ["segments[].body", "segments[].startTime"].into_iter();
    marks.any(|way| keys.have(steps(way)))
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
    let mut lines = Lines::new(text);
    for raw in transcript.segments {
        let line = lines.line_of(raw.get());
        let segment: Segment =
            serde_json::from_str(raw.get()).map_err(|error| Fault::json(line, &error, EXPECTED))?;
        captions.add_said(Said {
            line,
            voice: segment.speaker.as_deref(),
            lines: segment.body.lines(),
            start_ms: segment.start_time.map(milliseconds),
            end_ms: segment.end_time.map(milliseconds),
        });
    }
    Ok(captions)
}

/// Seconds as the format has them; what is negative is the beginning.
fn milliseconds(seconds: f64) -> u64 {
    (seconds.max(0.0) * 1000.0).round() as u64
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
