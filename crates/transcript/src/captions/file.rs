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
