//! The JSON of Podcasting 2.0: segments with a speaker, times in seconds, and a body. The names that
//! speech recognisers give to the same fields (`start`, `end`, `text`) are understood as well.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::{Captions, Cue, Span, syntax};
use crate::error::{ParseError, json_problem};
use crate::format::Format;

/// Whether the keys are those of the format.
pub(crate) fn is_podcast(text: &str) -> bool {
    text.starts_with('{')
        && text.contains("\"segments\"")
        && ["\"body\"", "\"startTime\"", "\"start\""]
            .iter()
            .any(|key| text.contains(key))
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

/// Reads a file.
pub(super) fn read(source_name: &str, text: &str) -> Result<Captions, ParseError> {
    let wrong = |line: usize, error: &serde_json::Error| {
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        let problem = json_problem(error, "see the JSON transcript of Podcasting 2.0");
        syntax(source_name, line, Format::PodcastJson, problem)
    };
    let transcript: Transcript =
        serde_json::from_str(text).map_err(|error| wrong(error.line(), &error))?;
    let mut captions = Captions {
        paragraphs: true,
        ..Captions::default()
    };
    let mut lines = LineCounter::new(text);
    for raw in transcript.segments {
        let line = lines.line_of(raw.get());
        let segment: Segment = serde_json::from_str(raw.get())
            .map_err(|error| wrong(line as usize + error.line() - 1, &error))?;
        add(segment, line, &mut captions);
    }
    Ok(captions)
}

fn add(segment: Segment, line: u32, captions: &mut Captions) {
    let content = &mut captions.content;
    // Without the field the speaker before goes on; an empty one is nobody.
    let voice = segment.speaker.map(|speaker| {
        let range = content.push_line(line, &speaker);
        let nobody = content.text().len();
        range.unwrap_or(nobody..nobody)
    });
    let span = Span {
        voice,
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

    /// The line of a piece, which must be a part of the text behind the one before.
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
        assert!(is_podcast(text));
        let captions = read("a.json", text).expect("JSON");
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
    fn json_that_was_cut_off_is_named_with_its_line() {
        let error = read("a.json", "{\"segments\": [\n{\"body\": \"a\"},\n{\"bo")
            .expect_err("cut off")
            .to_string();
        assert!(
            error.starts_with("a.json:3: ") && error.contains("cut off"),
            "{error}"
        );
        let error = read(
            "a.json",
            "{\"segments\": [\n{\"body\": \"a\"},\n{\"body\": 1}]}",
        )
        .expect_err("no text")
        .to_string();
        assert!(error.starts_with("a.json:3: "), "{error}");
    }
}
