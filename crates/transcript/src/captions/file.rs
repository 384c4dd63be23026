//! Lines of caption files, and what can be wrong with them.

use crate::fault::Fault;

/// What separates the two times of a caption in WebVTT and SubRip.
pub(crate) const ARROW: &str = "-->";

/// A line of the file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct FileLine<'a> {
    /// From 1.
    pub number: u32,
    /// Without its end.
    pub text: &'a str,
}

impl FileLine<'_> {
    /// Whether it holds nothing but white space.
    pub fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }
}

/// The lines of a file, ended by `\n`, `\r\n` or `\r`.
pub(crate) fn file_lines(text: &str) -> Vec<FileLine<'_>> {
    let mut lines = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let end = rest.find(['\n', '\r']).unwrap_or(rest.len());
        let after = &rest[end..];
        let skip = if after.starts_with("\r\n") {
            2
        } else {
            after.len().min(1)
        };
        lines.push(FileLine {
            number: u32::try_from(lines.len() + 1).unwrap_or(u32::MAX),
            text: &rest[..end],
        });
        rest = &after[skip..];
    }
    lines
}

/// `[[hours:]minutes:]seconds`, with digits after a point or comma, in milliseconds. Hosts of
/// podcasts leave out what is zero; a number alone is a time only with its fraction.
pub(crate) fn clock(text: &str) -> Option<u64> {
    let (whole, fraction) = match text.split_once([',', '.']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |text: &str| {
        !text.is_empty() && text.len() <= 9 && text.bytes().all(|b| b.is_ascii_digit())
    };
    let parts: Vec<&str> = whole.split(':').take(4).collect();
    if parts.len() > 3 || parts.len() == 1 && fraction.is_none() {
        return None;
    }
    let mut seconds = 0;
    for (index, part) in parts.iter().enumerate() {
        let value = part.parse::<u64>().ok().filter(|_| digits(part))?;
        // Only what stands first may be more than 59.
        if index > 0 && value > 59 {
            return None;
        }
        seconds = seconds * 60 + value;
    }
    let fraction = Some(fraction.unwrap_or("0")).filter(|text| digits(text))?;
    let fraction = &fraction[..fraction.len().min(3)];
    let millis = format!("{fraction:0<3}").parse::<u64>().ok()?;
    Some(seconds * 1000 + millis)
}

/// `00:00:01,000 --> 00:00:02,500`, also with dots, tight, with fewer digits, without hours or
/// minutes, or with places after them: both times in milliseconds.
pub(crate) fn arrow_times(line: &str) -> Option<(u64, u64)> {
    let (start, end) = line.split_once(ARROW)?;
    let (start, end) = (start.trim(), end.split_whitespace().next()?);
    // A time that lacks the fraction of the other one was cut off.
    let alike = start.contains([',', '.']) == end.contains([',', '.']);
    Some((clock(start)?, clock(end)?)).filter(|_| alike)
}

/// As [`arrow_times`], of a line inside a caption: words after the times, where settings such as
/// `align:start` stand, make it speech (`12:01 --> 12:07 in red`).
pub(crate) fn arrow_times_inside(line: &str) -> Option<(u64, u64)> {
    let (_, end) = line.split_once(ARROW)?;
    let mut after = end.split_whitespace().skip(1);
    arrow_times(line).filter(|_| after.all(|setting| setting.contains(':')))
}

/// What a line with an arrow is that holds no times.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Arrow {
    /// Speech in which an arrow stands: `A-->B`, `02:34.567 --> when the alert fired`.
    Speech,
    /// A time line that is broken, with the time of which it is certain.
    Broken(Option<u64>),
}

/// Tells the two by what stands beside the arrow: a broken time line has digits there.
pub(crate) fn arrow(line: &str) -> Arrow {
    let Some((start, end)) = line.split_once(ARROW) else {
        return Arrow::Speech;
    };
    let is_times = |text: &str| {
        text.bytes()
            .all(|byte| byte.is_ascii_digit() || b":., ".contains(&byte))
    };
    let (start, end) = (start.trim(), end.trim());
    let word = end.split_whitespace().next().unwrap_or("");
    let opens = !start.is_empty() && is_times(start) || start.is_empty() && end.is_empty();
    if opens && (word.is_empty() || word.starts_with(|c: char| c.is_ascii_digit())) {
        Arrow::Broken(clock(start))
    } else {
        Arrow::Speech
    }
}

/// The fault of a time line that cannot be read. `example` is how the format writes one.
pub(crate) fn broken_times(line: FileLine, example: &str) -> Fault {
    let shown: String = line.text.trim().chars().take(60).collect();
    Fault::at(
        line.number,
        format!("`{shown}` is no time line; write it like `{example}`, or remove the caption"),
    )
}

/// Whether a line begins like a time line and ends before the arrow: `00:01:0`.
pub(crate) fn begins_times(line: &str) -> bool {
    let line = line.trim();
    line.starts_with(|c: char| c.is_ascii_digit())
        && line.contains(':')
        && line
            .bytes()
            .all(|byte| byte.is_ascii_digit() || b":., -".contains(&byte))
}

/// The fault of a caption that stops after its time line.
pub(crate) fn half_caption(line: FileLine) -> Fault {
    let problem = "the file ends with the time line of a caption, so it was probably cut off; get \
                   it whole, or remove this line";
    Fault::at(line.number, problem)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_all_their_forms() {
        for (text, time) in [
            ("00:00:01,000", Some(1000)),
            ("0:01.5", Some(1500)),
            ("100:00:00", Some(360_000_000)),
            ("00:60:00", None),
            ("0.860", Some(860)),
            ("75.5", Some(75_500)),
            ("61:00.000001", Some(3_660_000)),
            ("1", None),
            ("00:00:0a", None),
            ("1:00:00:00", None),
        ] {
            assert_eq!(clock(text), time, "{text}");
        }
    }

    #[test]
    fn lines_end_in_every_way_and_keep_their_numbers() {
        let lines = file_lines("a\r\n\rb\n c");
        let seen: Vec<_> = lines.iter().map(|line| (line.number, line.text)).collect();
        assert_eq!(seen, [(1, "a"), (2, ""), (3, "b"), (4, " c")]);
    }
}
