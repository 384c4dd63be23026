//! Which characters of a Markdown source are text whatever they look like.
//!
//! Three ways to write such characters, as in CommonMark: a reference (`&quot;`, `&#42;`), a
//! backslash before a sign, and a span of code. References are resolved here, before anything looks
//! at lines, so that a sentence that ends in `&quot;` is seen to end.

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::entity;
use crate::fault::Fault;
use crate::lines::source::Source;

/// Characters that a backslash keeps from being markup.
const ESCAPED: &str = "\\`*_{}[]()#+-.!>~|&";

/// A text whose references are resolved.
#[derive(Debug, PartialEq, Eq)]
struct Literal<'t> {
    /// The text.
    text: Cow<'t, str>,
    /// Offsets in it of the ASCII characters that are no markup, in order. Other characters never
    /// are.
    offsets: Vec<usize>,
}

/// The lines of a source in Markdown, with its references resolved and its literal characters
/// known, from this place on: above it stands front matter, which is no Markdown.
pub(crate) fn resolve(source: Source, from: usize) -> Result<Source, Fault> {
    match read(&source.text, from) {
        Literal {
            text: Cow::Owned(text),
            offsets,
        } => Ok(Source {
            literal: offsets,
            ..Source::read(text)?.below(from)
        }),
        _ => Ok(source),
    }
}

/// Resolves the references of a source and finds its literal characters, from this place on.
fn read(source: &str, from: usize) -> Literal<'_> {
    let (front, record) = source.split_at(from);
    if !record.contains(['\\', '&', '`']) {
        return Literal {
            text: Cow::Borrowed(source),
            offsets: Vec::new(),
        };
    }
    let mut writer = Writer {
        text: front.to_owned(),
        offsets: Vec::new(),
    };
    for line in record.split_inclusive('\n') {
        writer.line(line);
    }
    Literal {
        text: Cow::Owned(writer.text),
        offsets: writer.offsets,
    }
}

struct Writer {
    text: String,
    offsets: Vec<usize>,
}

impl Writer {
    fn line(&mut self, line: &str) {
        let ticks = Ticks::of(line);
        let mut at = 0;
        while let Some(found) = line[at..].find(['\\', '&', '`']) {
            let sign = at + found;
            self.text.push_str(&line[at..sign]);
            let rest = &line[sign..];
            at = sign
                + match rest.as_bytes()[0] {
                    b'\\' => self.backslash(rest),
                    b'&' => self.reference(rest),
                    _ => self.ticks(rest, &ticks, sign),
                };
        }
        self.text.push_str(&line[at..]);
    }

    /// Each returns the bytes of the source that it took.
    fn backslash(&mut self, rest: &str) -> usize {
        self.text.push('\\');
        match rest[1..].chars().next().filter(|&c| ESCAPED.contains(c)) {
            Some(sign) => {
                self.literal(sign);
                2
            }
            None => 1,
        }
    }

    fn reference(&mut self, rest: &str) -> usize {
        let Some((length, characters)) = entity::opening(rest) else {
            self.text.push('&');
            return 1;
        };
        for c in characters.chars() {
            // A line end that is written as a reference ends no line.
            self.literal(if c.is_whitespace() { ' ' } else { c });
        }
        length
    }

    fn ticks(&mut self, rest: &str, ticks: &Ticks, at: usize) -> usize {
        let code = ticks.code(at);
        let opening = rest.bytes().take_while(|&byte| byte == b'`').count();
        self.text.push_str(&rest[..opening]);
        let Some(code) = code else {
            return opening;
        };
        for c in rest[opening..opening + code.len()].chars() {
            self.literal(c);
        }
        self.text.push_str(&rest[..opening]);
        2 * opening + code.len()
    }

    fn literal(&mut self, c: char) {
        if c.is_ascii() {
            self.offsets.push(self.text.len());
        }
        self.text.push(c);
    }
}

/// The runs of backticks of a line.
struct Ticks {
    runs: Vec<Range<usize>>,
    /// For each run the next one of its length.
    next: Vec<Option<usize>>,
}

impl Ticks {
    fn of(line: &str) -> Ticks {
        let mut runs: Vec<Range<usize>> = Vec::new();
        for (at, _) in line.match_indices('`') {
            match runs.last_mut() {
                Some(run) if run.end == at => run.end += 1,
                _ => runs.push(at..at + 1),
            }
        }
        let mut seen = HashMap::new();
        let mut next: Vec<Option<usize>> = (0..runs.len())
            .rev()
            .map(|run| seen.insert(runs[run].len(), run))
            .collect();
        next.reverse();
        Ticks { runs, next }
    }

    /// What the run of backticks at this place and the next of its length enclose.
    fn code(&self, at: usize) -> Option<Range<usize>> {
        let run = self.runs.binary_search_by_key(&at, |run| run.start).ok()?;
        let closing = self.next[run]?;
        Some(self.runs[run].end..self.runs[closing].start)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text, with `·` in place of every literal character.
    fn masked(source: &str) -> (String, String) {
        let literal = read(source, 0);
        let mask = |(at, c)| {
            if literal.offsets.binary_search(&at).is_ok() {
                '·'
            } else {
                c
            }
        };
        let masked = literal.text.char_indices().map(mask).collect();
        (literal.text.into_owned(), masked)
    }

    #[test]
    fn references_are_resolved_and_never_markup() {
        for (source, text, markup) in [
            ("&quot;Q&amp;A&quot;", "\"Q&A\"", "·Q·A·"),
            ("&#35; &#x2a;甲&hellip;", "# *甲…", "· ·甲…"),
            ("a&nbsp;b&#10;c", "a b c", "a·b·c"),
            (
                "AT&T; Q&A &nothing; &#0;",
                "AT&T; Q&A &nothing; &#0;",
                "AT&T; Q&A &nothing; &#0;",
            ),
        ] {
            assert_eq!(masked(source), (text.to_owned(), markup.to_owned()));
        }
    }

    #[test]
    fn a_backslash_keeps_a_sign_and_the_reference_after_it() {
        for (source, text, markup) in [
            (r"\*a\* \q", r"\*a\* \q", r"\·a\· \q"),
            (r"\&quot;", r"\&quot;", r"\·quot;"),
            (r"\\&quot;", "\\\\\"", "\\··"),
        ] {
            assert_eq!(masked(source), (text.to_owned(), markup.to_owned()));
        }
    }

    #[test]
    fn nothing_in_code_is_markup() {
        for (source, markup) in [
            ("`*&lt;*` *&lt;*", "`······` *·*"),
            ("``a`b`` c", "``···`` c"),
            ("`a *b*", "`a *b*"),
            (r"\`*a*`", r"\·*a*`"),
            ("`a\n*b*`", "`a\n*b*`"),
        ] {
            assert_eq!(masked(source).1, markup, "{source}");
        }
    }
}
