//! LRC: lines of lyrics or speech, each after the time at which it begins.

use turnsearch_model::Field;

use crate::captions::cue::{Captions, Cue};
use crate::captions::file::{FileLine, clock, file_lines};
use crate::captions::payload;
use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;
use crate::turns::furniture::Reason;

/// What the lines of the head state.
const TAGS: [&str; 13] = [
    "ti", "ar", "al", "au", "lr", "by", "re", "ve", "tool", "la", "length", "offset", "#",
];
/// Lines in which the first time is looked for.
const HEAD: usize = 40;

/// Whether the first line is one of the head, and a time follows.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    let mut lines = sniff::lines(bytes).take(HEAD);
    lines.next().is_some_and(|line| tag(line).is_some()) && lines.any(|line| stamp(line).is_some())
}

/// `[ti:Title]`: a tag and what it states.
fn tag(line: &str) -> Option<(&str, &str)> {
    let inner = line.trim().strip_prefix('[')?.strip_suffix(']')?;
    let (name, value) = inner.split_once(':')?;
    let name = TAGS
        .into_iter()
        .find(|tag| tag.eq_ignore_ascii_case(name))?;
    Some((name, value.trim()))
}

/// `[00:12.34]`: a time, and what follows it.
fn stamp(line: &str) -> Option<(u64, &str)> {
    let (time, rest) = line.trim_start().strip_prefix('[')?.split_once(']')?;
    let time = time.trim();
    // `[00:12:34]`: some programs have a colon before hundredths.
    let hundredths = time.matches(':').count() == 2 && !time.contains('.') && time.len() == 8;
    let ms = match time.rsplit_once(':') {
        Some((whole, part)) if hundredths => clock(&format!("{whole}.{part}")),
        _ => clock(time),
    };
    Some((ms?, rest))
}

/// A line that is said, and when.
struct Said<'t> {
    start_ms: u64,
    line: u32,
    stamps: &'t str,
    text: &'t str,
}

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let lines = file_lines(input.text()?);
    let mut captions = Captions {
        endless: true,
        ..Captions::default()
    };
    let mut said = Vec::new();
    let mut offset = 0;
    for line in &lines {
        if let Some((name, value)) = tag(line.text) {
            state(name, value, &mut captions, &mut offset);
            captions.add_furniture(line.number, line.text, Reason::Metadata);
        } else if !add(*line, &mut said) {
            captions.add_stray(line.number, line.text);
        }
    }
    // A line that comes back has all its times before it.
    said.sort_by_key(|said| said.start_ms);
    for said in said {
        captions.add_furniture(said.line, said.stamps, Reason::Timing);
        let start_ms = said.start_ms.saturating_add_signed(offset.saturating_neg());
        captions.cues.push(Cue {
            timed: true,
            start_ms,
            end_ms: start_ms,
            spans: payload::spans(said.text, said.line, &mut captions.content),
        });
    }
    Ok(Shape::Captions(captions))
}

fn state(name: &str, value: &str, captions: &mut Captions, offset: &mut i64) {
    let field = match name {
        "ti" => Field::Title,
        "la" => Field::Language,
        "offset" => {
            // So many milliseconds earlier than the times say.
            *offset = value.parse().unwrap_or(0);
            return;
        }
        _ => return,
    };
    captions.meta[field] = Some(value.to_owned()).filter(|value| !value.is_empty());
}

/// Adds what a line says, once for each of its times; false for a line without a time.
fn add<'t>(line: FileLine<'t>, said: &mut Vec<Said<'t>>) -> bool {
    let mut rest = line.text;
    let mut times = Vec::new();
    while let Some((start_ms, after)) = stamp(rest) {
        times.push(start_ms);
        rest = after;
    }
    let stamps = &line.text[..line.text.len() - rest.len()];
    for (at, &start_ms) in times.iter().enumerate() {
        said.push(Said {
            start_ms,
            line: line.number,
            stamps: if at == 0 { stamps } else { "" },
            text: rest,
        });
    }
    !times.is_empty() || line.is_blank()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_said_at_each_of_their_times_and_the_offset_moves_all() {
        let text =
            "[ti:Song]\n[offset:+500]\n[00:10.00][00:02.50]Again\n[00:05:25]<00:05.25>On\n\n";
        assert!(sniff(text.as_bytes()));
        let input = Input::new(text.as_bytes(), None, true);
        let Ok(Shape::Captions(captions)) = read(&input) else {
            panic!("LRC")
        };
        let cues = captions.cues.iter();
        let starts: Vec<u64> = cues.map(|cue| cue.start_ms).collect();
        assert_eq!(starts, [2000, 4750, 9500]);
        assert_eq!(captions.meta.get(Field::Title), Some("Song"));
        let said = captions.cues[1].spans[0].lines[0].clone();
        assert_eq!(&captions.content.text()[said], "On");
    }
}
