//! Meetings as the JSON of speech recognisers.

use serde_json::{Value, json};

use crate::languages::Language;
use crate::meeting::{Meeting, SENTENCE_MS, Said};
use crate::shapes::is_wide;

/// A sentence: who says it, its number in the turn, its text, and when it begins.
struct Sentence<'m> {
    said: &'m Said,
    text: &'m str,
    start_ms: u64,
}

fn sentences(meeting: &Meeting) -> impl Iterator<Item = Sentence<'_>> {
    meeting.said.iter().flat_map(|said| {
        said.sentences()
            .enumerate()
            .map(move |(at, text)| Sentence {
                said,
                text,
                start_ms: said.start_ms + SENTENCE_MS * at as u64,
            })
    })
}

impl Sentence<'_> {
    fn end_ms(&self) -> u64 {
        self.start_ms + SENTENCE_MS
    }

    /// The words, each with its start and end, as a recogniser counts them: two or three characters
    /// where no blanks stand between words, signs with the word before them.
    fn words(&self) -> Vec<(String, u64, u64)> {
        let mut words: Vec<String> = Vec::new();
        for part in self.text.split_whitespace() {
            let mut word = String::new();
            for c in part.chars() {
                let is_full = word.chars().count() >= 2 && word.chars().all(char::is_alphanumeric);
                if is_full && c.is_alphanumeric() && (is_wide(c) || is_thai_letter(c)) {
                    words.push(std::mem::take(&mut word));
                }
                word.push(c);
            }
            words.push(word);
        }
        let step = SENTENCE_MS / words.len().max(1) as u64;
        let starts = (0..).map(|at| self.start_ms + step * at);
        let words = words.into_iter().zip(starts);
        words
            .map(|(word, start)| (word, start, start + step))
            .collect()
    }
}

/// A letter on which a Thai word can begin.
fn is_thai_letter(c: char) -> bool {
    matches!(c, '\u{e01}'..='\u{e2e}' | '\u{e40}'..='\u{e44}')
}

fn seconds(ms: u64) -> f64 {
    ms as f64 / 1_000.0
}

/// The number at the end of a label.
fn number(said: &Said) -> u64 {
    let digits = said.label.trim_start_matches(|c: char| !c.is_ascii_digit());
    digits.parse().expect("a number")
}

/// All that is said, as one text.
fn whole(meeting: &Meeting, language: &Language) -> String {
    let texts: Vec<&str> = sentences(meeting).map(|sentence| sentence.text).collect();
    texts.join(&language.joint)
}

fn print(value: &Value) -> String {
    serde_json::to_string_pretty(value).expect("JSON")
}

/// whisper.cpp: a segment for each sentence, nobody named.
pub fn whisper_cpp(meeting: &Meeting, language: &Language) -> String {
    let segments = sentences(meeting).map(|sentence| {
        json!({
            "offsets": {"from": sentence.start_ms, "to": sentence.end_ms()},
            "text": format!("{}{}", language.joint, sentence.text),
        })
    });
    let segments: Vec<Value> = segments.collect();
    print(&json!({"result": {"language": language.code}, "transcription": segments}))
}

/// Hugging Face: chunks with a pair of times.
pub fn hugging_face(meeting: &Meeting, language: &Language) -> String {
    let chunks = sentences(meeting).map(|sentence| {
        json!({
            "timestamp": [seconds(sentence.start_ms), seconds(sentence.end_ms())],
            "text": format!("{}{}", language.joint, sentence.text),
        })
    });
    let chunks: Vec<Value> = chunks.collect();
    print(&json!({"text": whole(meeting, language), "chunks": chunks}))
}

/// WhisperX: segments and words with speakers.
pub fn whisperx(meeting: &Meeting, language: &Language) -> String {
    let segments = sentences(meeting).map(|sentence| {
        let words = sentence.words().into_iter().map(|(word, start, end)| {
            json!({
                "word": word, "start": seconds(start), "end": seconds(end),
                "speaker": sentence.said.label,
            })
        });
        json!({
            "start": seconds(sentence.start_ms), "end": seconds(sentence.end_ms()),
            "text": format!("{}{}", language.joint, sentence.text),
            "speaker": sentence.said.label, "words": words.collect::<Vec<Value>>(),
        })
    });
    let segments: Vec<Value> = segments.collect();
    print(&json!({"segments": segments, "language": language.code}))
}

/// AssemblyAI: utterances of named people.
pub fn assembly_ai(meeting: &Meeting, language: &Language) -> String {
    let utterances = meeting.said.iter().map(|said| {
        json!({
            "speaker": said.label, "start": said.start_ms, "end": said.end_ms(),
            "text": said.texts().join(&language.joint), "words": [],
        })
    });
    let utterances: Vec<Value> = utterances.collect();
    print(&json!({"id": "x", "text": whole(meeting, language), "utterances": utterances}))
}

/// Amazon: words and signs apart, speakers by time, and one text.
pub fn aws(meeting: &Meeting, language: &Language) -> String {
    let mut items = Vec::new();
    let content = |text: &str| json!([{"confidence": "0.9", "content": text}]);
    for (word, start, end) in sentences(meeting).flat_map(|sentence| sentence.words()) {
        let bare = word.trim_end_matches(|c: char| ".,?!;:。，？！；、।؟".contains(c));
        items.push(json!({
            "type": "pronunciation", "alternatives": content(bare),
            "start_time": seconds(start).to_string(), "end_time": seconds(end).to_string(),
        }));
        for sign in word[bare.len()..].chars() {
            let content = content(&sign.to_string());
            items.push(json!({"type": "punctuation", "alternatives": content}));
        }
    }
    let spans = meeting.said.iter().map(|said| {
        json!({
            "speaker_label": said.label, "start_time": seconds(said.start_ms).to_string(),
            "end_time": seconds(said.end_ms()).to_string(), "items": [],
        })
    });
    let spans: Vec<Value> = spans.collect();
    print(&json!({"results": {
        "transcripts": [{"transcript": whole(meeting, language)}],
        "speaker_labels": {"segments": spans}, "items": items,
    }}))
}

/// Deepgram: words with the numbers of speakers, and one text.
pub fn deepgram(meeting: &Meeting, language: &Language) -> String {
    let words = sentences(meeting).flat_map(|sentence| {
        let speaker = number(sentence.said);
        let words = sentence.words().into_iter();
        words.map(move |(word, start, end)| {
            json!({
                "word": word.to_lowercase(), "punctuated_word": word, "speaker": speaker,
                "start": seconds(start), "end": seconds(end),
            })
        })
    });
    let words: Vec<Value> = words.collect();
    let alternative = json!({"transcript": whole(meeting, language), "words": words});
    print(&json!({"results": {"channels": [{"alternatives": [alternative]}]}}))
}
