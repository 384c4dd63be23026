//! The cases of vtt.js, if they are there: `vtt-conformance-vttjs` of the corpora.
//!
//! `X.json` has the captions that a browser finds in `X.vtt`, `X-proc.json` what it shows.

#[path = "../../../../../tests/common/corpora.rs"]
mod shared;

use std::path::Path;

use serde_json::Value;

use super::*;
use crate::captions::payload;
use crate::turns::content::Content;

/// Where vtt.js departs from the standard: hours in place of minutes, and `-->` as an identifier;
/// and where we do: a line with an arrow and no times is text.
const OTHER_CAPTIONS: [&str; 4] = [
    "cue-times/min-top-digits.vtt",
    "cue-times/minimum-spots-over-sixty.vtt",
    "integration/arrows.vtt",
    "integration/id.vtt",
];
/// The same, a header without a blank line after it, and texts that a time inside the caption
/// hides at the start. What opens no tag of captions is shown here, and so is what stands behind a
/// tag that nothing closes.
const OTHER_TEXTS: [&str; 16] = [
    "cue-times/min-top-digits.vtt",
    "cue-times/minimum-spots-over-sixty.vtt",
    "integration/id.vtt",
    "file-layout/header-no-new-line.vtt",
    "cuetext/lang/no-end-gt.vtt",
    "cuetext/tag-format/bogus-span-name.vtt",
    "cuetext/tag-format/end-tag-no-gt.vtt",
    "cuetext/tag-format/no-closing-gt.vtt",
    "cuetext/timestamp/basic.vtt",
    "cuetext/timestamp/nested.vtt",
    "cuetext/timestamp/no-end-gt.vtt",
    "cuetext/timestamp/non-digit.vtt",
    "cuetext/timestamp/out-of-cue-range.vtt",
    "cuetext/timestamp/space-after-lt.vtt",
    "cuetext/timestamp/space-before-gt.vtt",
    "integration/arrows.vtt",
];

/// Captions as the standard finds them: what is broken is left out.
fn found(text: &str) -> Vec<RawCue<'_>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if !sniff(text.as_bytes()) {
        return Vec::new();
    }
    let lines = file_lines(text);
    let body = header(&lines, &mut Captions::default());
    let blocks = blocks(&lines[body..]).into_iter();
    blocks
        .filter_map(|block| match block {
            Block::Cue(cue) if cue.read == Read::Strictly => Some(cue),
            _ => None,
        })
        .collect()
}

/// Start, end, identifier and text of the expected captions.
fn expected(json: &Value) -> Vec<(u64, u64, String, String)> {
    let cues = json["cues"].as_array().cloned().unwrap_or_default();
    let ms = |value: &Value| (value.as_f64().unwrap_or(-1.0) * 1000.0).round() as u64;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    cues.iter()
        .map(|cue| {
            (
                ms(&cue["startTime"]),
                ms(&cue["endTime"]),
                text(&cue["id"]),
                text(&cue["text"]),
            )
        })
        .collect()
}

/// Everything of a rendered caption: the names of voices are titles.
fn shown(node: &Value, voices: &mut Vec<String>) {
    let title = node["title"].as_str().unwrap_or_default();
    if !title.is_empty() {
        voices.push(title.to_owned());
    }
    for child in node["childNodes"].as_array().into_iter().flatten() {
        shown(child, voices);
    }
}

fn without_blanks(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn agree_on_captions(cues: &[RawCue], json: &Value) -> bool {
    let found: Vec<_> = cues
        .iter()
        .map(|cue| {
            let id = cue.id.map_or("", |id| id.text);
            (cue.start_ms, cue.end_ms, id.to_owned(), cue.text())
        })
        .collect();
    found == expected(json)
}

fn agree_on_text(cues: &[RawCue], json: &Value) -> bool {
    let Some(nodes) = json.as_array() else {
        return false;
    };
    let (mut voices, mut text) = (Vec::new(), String::new());
    for node in nodes {
        shown(node, &mut voices);
        text.push_str(node["textContent"].as_str().unwrap_or_default());
    }
    let mut content = Content::default();
    let (mut our_voices, mut our_text) = (Vec::new(), String::new());
    for cue in cues {
        for span in payload::spans(&cue.text(), 1, &mut content) {
            let voice = span.voice.map(|voice| content.clean(voice));
            our_voices.extend(voice.filter(|voice| !voice.is_empty()));
            for line in span.lines {
                our_text.push_str(&content.clean(line));
            }
        }
    }
    without_blanks(&our_text) == without_blanks(&text) && our_voices == voices
}

#[test]
fn captions_are_those_of_a_browser() {
    let Some(files) = shared::files("vtt-conformance-vttjs") else {
        shared::skipped("the conformance of captions", shared::ABSENT);
        return;
    };
    let json = |path: &Path| -> Option<Value> {
        let (_, bytes) = files.iter().find(|(name, _)| name == path)?;
        serde_json::from_slice(bytes).ok()
    };
    let (mut captions, mut texts) = (Vec::new(), Vec::new());
    for (path, bytes) in files
        .iter()
        .filter(|(path, _)| path.extension().is_some_and(|e| e == "vtt"))
    {
        let text = String::from_utf8_lossy(bytes);
        let cues = found(&text);
        if let Some(json) = json(&path.with_extension("json")) {
            captions.push((path, agree_on_captions(&cues, &json)));
        }
        let stem = path.file_stem().unwrap_or_default().to_string_lossy();
        if let Some(json) = json(&path.with_file_name(format!("{stem}-proc.json"))) {
            texts.push((path, agree_on_text(&cues, &json)));
        }
    }
    for (what, cases, known) in [
        ("captions", &captions, &OTHER_CAPTIONS[..]),
        ("shown text", &texts, &OTHER_TEXTS[..]),
    ] {
        let wrong: Vec<&Path> = cases
            .iter()
            .filter(|(_, agrees)| !agrees)
            .map(|(path, _)| path.as_path())
            .collect();
        let agree = cases.len() - wrong.len();
        println!("{what}: {agree} of {} cases agree", cases.len());
        let new: Vec<_> = wrong
            .iter()
            .filter(|path| !known.iter().any(|known| path.ends_with(known)))
            .collect();
        assert!(!cases.is_empty() && new.is_empty(), "{what}: {new:?}");
    }
}
