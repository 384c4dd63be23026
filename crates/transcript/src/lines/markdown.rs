//! Markdown: which lines are labels by their markup, and which signs are not text.

use std::collections::HashSet;
use std::ops::Range;

use crate::fault::Fault;
use crate::lines::front::Front;
use crate::lines::literal;
use crate::lines::markup::{LineHint, Lines, Markup, MarkupOf};
use crate::lines::source::{MASK, Source};
use crate::signs::script::is_colon;
use crate::turns::furniture::Reason;
use crate::turns::marks::Mark;

/// Labels or headings in markup that make a source Markdown.
const ENOUGH: usize = 2;
/// Signs from which a line is a fence around code.
const MIN_FENCE: usize = 3;

/// Whether headings with `#`, or bold labels, structure the source.
pub(crate) fn is_markdown(source: &Source) -> bool {
    let structured = (0..source.lines.len())
        .filter(|&line| {
            let line = source.line(line);
            heading(line).is_some() || is_bold_label(line)
        })
        .take(ENOUGH)
        .count();
    structured == ENOUGH || !source.lines.is_empty() && heading(source.line(0)).is_some()
}

/// Whether a line is a heading, which says enough below front matter.
pub(crate) fn has_heading(source: &Source) -> bool {
    (0..source.lines.len()).any(|line| heading(source.line(line)).is_some())
}

/// Level of an ATX heading and the length of its signs.
fn heading(line: &str) -> Option<(u8, usize)> {
    let signs = line.bytes().take_while(|&byte| byte == b'#').count();
    let rest = &line[signs..];
    let blanks = rest.len() - rest.trim_start().len();
    let level = u8::try_from(signs).ok()?;
    ((1..=6).contains(&signs) && blanks > 0 && !rest.trim().is_empty())
        .then_some((level, signs + blanks))
}

/// `**Name:** text`, `**Name**: text`.
fn is_bold_label(line: &str) -> bool {
    let Some(rest) = line.strip_prefix("**") else {
        return false;
    };
    let Some(end) = rest.find("**") else {
        return false;
    };
    let (bold, after) = (&rest[..end], &rest[end + 2..]);
    (bold.trim_end().ends_with(is_colon) || after.trim_start().starts_with(is_colon))
        && !bold.trim().is_empty()
        && bold.chars().count() <= 80
}

/// The lines of a source in Markdown, below its front matter.
pub(crate) fn lines(source: Source, front: Front) -> Result<Lines, Fault> {
    Ok(Lines {
        source: literal::resolve(source, front.end)?,
        front,
        markup: MarkupOf::Signs(read),
    })
}

/// What the markup says of every line, and its signs.
fn read(source: &Source) -> Markup {
    let mut marks = Vec::new();
    let mut hints = Vec::with_capacity(source.lines.len());
    let mut mark = |range: Range<usize>| {
        marks.push(Mark {
            range,
            reason: Reason::Markup,
        });
    };
    let fenced = fenced(source);
    for index in 0..source.lines.len() {
        if fenced.contains(&index) {
            hints.push(LineHint::Verbatim);
            continue;
        }
        let line = &*source.markup(index);
        let start = source.lines[index].range.start;
        for at in escapes(line) {
            mark(start + at..start + at + 1);
        }
        let hint = if let Some((level, signs)) = heading(line) {
            mark(start..start + signs);
            if line.trim_end_matches(['*', '#', ' ']).ends_with(is_colon) {
                LineHint::Label
            } else {
                LineHint::Heading(level)
            }
        } else if is_bold_label(line) {
            LineHint::Label
        } else if let Some(quoted) = line.strip_prefix('>') {
            mark(start..start + line.len() - quoted.trim_start_matches(['>', ' ']).len());
            LineHint::Narrative
        } else {
            LineHint::None
        };
        hints.push(hint);
    }
    Markup {
        hints,
        marks,
        // `>` opens a quotation.
        chevrons: false,
        ..Markup::default()
    }
}

/// The lines of blocks of code, with the fences around them. A block that is most of the source is
/// a text that was pasted so, and no code.
fn fenced(source: &Source) -> HashSet<usize> {
    let mut lines = HashSet::new();
    let mut open: Option<(usize, &str)> = None;
    for index in 0..source.lines.len() {
        let line = source.line(index);
        open = match (open, fence(line)) {
            (None, Some(signs)) => Some((index, signs)),
            (Some((from, signs)), Some(close)) if close.starts_with(signs) && close == line => {
                let block = from..=index;
                let is_most = 2 * (index - from) > source.lines.len();
                lines.extend(block.filter(|_| !is_most));
                None
            }
            (open, _) => open,
        };
    }
    lines
}

/// The signs that open or close a block of code.
fn fence(line: &str) -> Option<&str> {
    let sign = line.chars().next().filter(|c| matches!(c, '`' | '~'))?;
    let length = line.len() - line.trim_start_matches(sign).len();
    (length >= MIN_FENCE && !line[length..].contains(sign)).then(|| &line[..length])
}

/// Backslashes that only keep the next character from being markup.
fn escapes(line: &str) -> impl Iterator<Item = usize> {
    line.match_indices('\\')
        .map(|(at, _)| at)
        .filter(|at| line[at + 1..].starts_with(MASK))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lines::emphasis;

    fn resolved(text: &str) -> Source<'_> {
        let source = Source::read(text).expect("readable");
        literal::resolve(source, 0).expect("readable")
    }

    #[test]
    fn markup_tells_labels_from_headings_and_narrative() {
        let text =
            "# 2017-01-11 專訪\n### 唐鳳：\n**Jo Smith:** \\[1:02\\] hi\n> （笑）\n## 問答\ntext";
        let source = resolved(text);
        let Markup { hints, marks, .. } = read(&source);
        assert_eq!(
            hints,
            [
                LineHint::Heading(1),
                LineHint::Label,
                LineHint::Label,
                LineHint::Narrative,
                LineHint::Heading(2),
                LineHint::None
            ]
        );
        let dropped: Vec<&str> = marks
            .iter()
            .map(|mark| &source.text[mark.range.clone()])
            .collect();
        assert_eq!(dropped, ["# ", "### ", "\\", "\\", "> ", "## "]);
    }

    #[test]
    fn what_is_escaped_is_no_markup() {
        let source = resolved("\\# a\n\\> b\n\\*\\*c:\\*\\* d\n`**e:**`");
        assert_eq!(read(&source).hints, [LineHint::None; 4]);
        assert!(emphasis::pairs(&source).is_empty());
    }

    #[test]
    fn text_with_a_little_bold_is_not_markdown() {
        let source = |text| Source::read(text).expect("readable");
        assert!(!is_markdown(&source(
            "甲：他是 **Bill Drake**。\n乙：好。\n#1 好\n"
        )));
        assert!(is_markdown(&source("**A B:** x\n\n**C D**: y\n")));
    }
}
