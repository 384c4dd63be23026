//! `**bold**` and `*italic*` marks, which text extracted from other formats often keeps.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::lines::source::Source;

/// How many lines an emphasis may span: a paragraph that was wrapped.
const MAX_LINES: usize = 16;

/// A run of stars.
struct Run {
    range: Range<usize>,
    line: usize,
    opens: bool,
    closes: bool,
    at_line_start: bool,
}

/// The stars of every pair that encloses something; stars without a partner stay in the text.
///
/// A run opens when it stands before a character that is not blank, and closes when it stands
/// after one. Single stars inside words (`2*3*4`) are not emphasis.
pub(crate) fn pairs(source: &Source) -> Vec<Range<usize>> {
    let mut marks = Vec::new();
    let mut open: Option<Run> = None;
    for index in 0..source.lines.len() {
        for run in runs(source, index) {
            if let Some(first) = open.take_if(|first| closes(first, &run)) {
                marks.push(first.range);
                marks.push(run.range);
            } else if run.opens {
                open = Some(run);
            }
        }
    }
    marks
}

fn closes(open: &Run, run: &Run) -> bool {
    let lines = run.line - open.line;
    run.closes
        && run.range.len() == open.range.len()
        && (lines == 0 || lines < MAX_LINES && (open.range.len() > 1 || open.at_line_start))
}

fn runs(source: &Source, line: usize) -> Vec<Run> {
    let range = source.lines[line].range.clone();
    let text = source.markup(line);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = text[at..].find('*') {
        let start = at + start;
        let length = text[start..]
            .bytes()
            .take_while(|&byte| byte == b'*')
            .count();
        at = start + length;
        let before = text[..start].chars().next_back();
        let after = text[at..].chars().next();
        let word = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let solid = |c: Option<char>| c.is_some_and(|c| !c.is_whitespace());
        // A mark on the stars would sit on what stands before them, were they dropped.
        let marked = after.is_some_and(is_combining_mark);
        if length > 3 || marked || (length == 1 && word(before) && word(after)) {
            continue;
        }
        found.push(Run {
            range: range.start + start..range.start + at,
            line,
            opens: solid(after),
            closes: solid(before),
            at_line_start: start == 0,
        });
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dropped(text: &str) -> usize {
        let source = Source::read(text).expect("readable");
        pairs(&source).iter().map(Range::len).sum()
    }

    #[test]
    fn only_pairs_are_marks() {
        for (text, stars) in [
            ("a **b** c", 4),
            ("*注：甲。*", 2),
            ("**Bill\nDrake**", 4),
            ("***甲***", 6),
            ("a * b * c", 0),
            ("2*3*4", 0),
            ("* item\n* item", 0),
            ("a ** b", 0),
            ("* * *", 0),
            ("stray **mark", 0),
            ("a*\u{300}*", 0),
        ] {
            assert_eq!(dropped(text), stars, "{text}");
        }
    }
}
