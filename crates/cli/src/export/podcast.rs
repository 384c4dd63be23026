//! The JSON of Podcasting 2.0: one segment a turn.

use serde::Serialize;
use turnsearch_model::{Meeting, Speaker};

use super::error::ExportError;
use super::piece::{lines, name_of};

#[derive(Serialize)]
struct Transcript<'a> {
    version: &'static str,
    segments: Vec<Segment<'a>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Segment<'a> {
    /// Empty for nobody: without the field the speaker before goes on.
    speaker: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    start_time: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_time: Option<f64>,
    body: String,
}

/// Writes segments.
pub(super) fn write(meeting: &Meeting, speakers: &[Speaker]) -> Result<String, ExportError> {
    let seconds = |ms: u64| ms as f64 / 1000.0;
    let segments = meeting
        .turns
        .iter()
        .map(|turn| Segment {
            speaker: name_of(turn, speakers).unwrap_or_default(),
            start_time: turn.start_ms.map(seconds),
            end_time: turn.end_ms.map(seconds),
            body: lines(turn).join("\n"),
        })
        .collect();
    let transcript = Transcript {
        version: "1.0.0",
        segments,
    };
    serde_json::to_string_pretty(&transcript)
        .map(|text| text + "\n")
        .map_err(|error| ExportError::Json {
            source_name: meeting.source.clone(),
            error,
        })
}
