//! Times as transcripts print them beside names.

use crate::signs::glyph::Glyph;
use crate::signs::script::closing_bracket;

/// How a time is set.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Stamp {
    /// `0:12`.
    Bare,
    /// `(0:12)`, `[0:12]`.
    Bracketed,
    /// `#00:00:03-0#`, `@0:12`.
    Signed,
    /// `0 minutes 12 seconds`.
    Spoken,
    /// `12.50s`.
    Seconds,
    /// `0:12` on a line of its own above the name.
    Above,
}

/// A time that was read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Read {
    /// How it is set.
    pub stamp: Stamp,
    /// In milliseconds; of two times the first.
    pub start_ms: u64,
    /// The index of the glyph after it.
    pub end: usize,
}

/// Reads a time, or two with an arrow or a dash between them, in or without brackets.
pub(crate) fn read(glyphs: &[Glyph], start: usize) -> Option<Read> {
    let char = |at: usize| glyphs.get(at).map(|glyph| glyph.c);
    let first = char(start)?;
    let close = match first {
        '#' => Some('#'),
        _ => closing_bracket(first),
    };
    let mut at = start + usize::from(close.is_some() || first == '@');
    while close.is_some() && char(at).is_some_and(char::is_whitespace) {
        at += 1;
    }
    let (start_ms, mut at, read_unit) = match clock(glyphs, at) {
        Some((start_ms, at)) => (start_ms, at, false),
        None => seconds(glyphs, at).map(|(start_ms, at)| (start_ms, at, true))?,
    };
    if let Some(after) = until(glyphs, at)
        && let Some((_, end)) = clock(glyphs, after).or_else(|| seconds(glyphs, after))
    {
        at = end;
    }
    let stamp = match (first, close) {
        ('#', _) => {
            // `-0` counts tenths.
            if char(at) == Some('-') && char(at + 1).is_some_and(|c| c.is_ascii_digit()) {
                at += 2;
            }
            Stamp::Signed
        }
        ('@', _) => Stamp::Signed,
        (_, Some(_)) => Stamp::Bracketed,
        _ if read_unit => Stamp::Seconds,
        _ => Stamp::Bare,
    };
    match close {
        Some(close) => {
            while char(at).is_some_and(char::is_whitespace) {
                at += 1;
            }
            if char(at) != Some(close) {
                return None;
            }
            at += 1;
        }
        None => {
            if char(at).is_some_and(|c| c.is_alphanumeric() || c == '/') {
                return None;
            }
        }
    }
    Some(Read {
        stamp,
        start_ms,
        end: at,
    })
}

/// The time that a text is, if it is nothing else, in milliseconds.
pub(crate) fn alone(text: &str) -> Option<u64> {
    let signs = text.trim().char_indices();
    let glyphs: Vec<Glyph> = signs
        .map(|(at, c)| Glyph {
            at,
            c,
            strong: false,
        })
        .collect();
    let read = read(&glyphs, 0)?;
    (read.end == glyphs.len()).then_some(read.start_ms)
}

/// The end of what stands between two times.
fn until(glyphs: &[Glyph], at: usize) -> Option<usize> {
    let text: String = glyphs
        .iter()
        .skip(at)
        .take(5)
        .map(|glyph| glyph.c)
        .collect();
    ["-->", "->", "→", "-", "–", "—"]
        .into_iter()
        .find_map(|sign| {
            let blank = text.len() - text.trim_start().len();
            let rest = text[blank..].strip_prefix(sign)?;
            let after = rest.len() - rest.trim_start().len();
            let length = text[..blank].chars().count() + sign.chars().count();
            Some(at + length + rest[..after].chars().count())
        })
}

/// `[hours:]minutes:seconds[.fraction]` in milliseconds, and the index after it.
fn clock(glyphs: &[Glyph], start: usize) -> Option<(u64, usize)> {
    let char = |at: usize| glyphs.get(at).map(|glyph| glyph.c);
    let digit = |at: usize| char(at).and_then(|c| c.to_digit(10)).map(u64::from);
    let mut parts = Vec::new();
    let mut at = start;
    loop {
        let (from, mut value) = (at, 0);
        while let Some(next) = digit(at) {
            value = value * 10 + next;
            at += 1;
            if at - from > 3 {
                return None;
            }
        }
        let length = at - from;
        if length == 0 || !parts.is_empty() && length != 2 {
            return None;
        }
        parts.push(value);
        if char(at) != Some(':') || digit(at + 1).is_none() || parts.len() == 3 {
            break;
        }
        at += 1;
    }
    if !(2..=3).contains(&parts.len()) || parts[1..].iter().any(|&part| part > 59) {
        return None;
    }
    let mut millis = 0;
    if matches!(char(at), Some('.' | ',')) && digit(at + 1).is_some() {
        let mut unit = 100;
        at += 1;
        while let Some(next) = digit(at) {
            millis += next * unit;
            unit /= 10;
            at += 1;
        }
    }
    let seconds = parts.iter().fold(0, |sum, part| sum * 60 + part);
    Some((seconds * 1000 + millis, at))
}

/// `12.50s` in milliseconds, and the index after it.
fn seconds(glyphs: &[Glyph], start: usize) -> Option<(u64, usize)> {
    let char = |at: usize| glyphs.get(at).map(|glyph| glyph.c);
    let digit = |at: usize| char(at).and_then(|c| c.to_digit(10)).map(u64::from);
    let (mut at, mut whole) = (start, 0);
    while let Some(next) = digit(at).filter(|_| at - start < 6) {
        whole = whole * 10 + next;
        at += 1;
    }
    if at == start || char(at) != Some('.') || digit(at + 1).is_none() {
        return None;
    }
    at += 1;
    let (mut millis, mut unit) = (0, 100);
    while let Some(next) = digit(at) {
        millis += next * unit;
        unit /= 10;
        at += 1;
    }
    let is_closed = !char(at + 1).is_some_and(char::is_alphanumeric);
    (char(at) == Some('s') && is_closed).then_some((whole * 1000 + millis, at + 1))
}

/// `1 hour 0 minutes 12 seconds` up to the end of the line: numbers and the words for their units,
/// in whatever language.
pub(crate) fn spoken(glyphs: &[Glyph], start: usize) -> Option<Read> {
    let text: String = glyphs.get(start..)?.iter().map(|glyph| glyph.c).collect();
    let words: Vec<&str> = text.split_whitespace().collect();
    if !(2..=6).contains(&words.len()) || words.len() % 2 == 1 {
        return None;
    }
    let mut seconds = 0;
    for pair in words.chunks_exact(2) {
        let number = pair[0].len() <= 4 && pair[0].bytes().all(|byte| byte.is_ascii_digit());
        if !number || pair[1].chars().any(|c| !c.is_alphabetic() && c != '.') {
            return None;
        }
        seconds = seconds * 60 + pair[0].parse::<u64>().ok()?;
    }
    Some(Read {
        stamp: Stamp::Spoken,
        start_ms: seconds * 1000,
        end: glyphs.len(),
    })
}
