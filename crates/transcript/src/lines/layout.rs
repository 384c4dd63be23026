//! How the lines of a source relate to its paragraphs.

use crate::lines::source::Source;
use crate::signs::script::{columns, is_finished, is_ideograph, is_list_item};
use crate::turns::marks::Marks;
use crate::turns::text::Break;

/// Share of the lines that must end near the right edge for a text to count as wrapped.
const AT_EDGE: f32 = 0.3;
/// Share of those that must stop in the middle of a sentence.
const UNFINISHED: f32 = 0.4;
/// Share of the lines that may be longer: tables, and what was printed across the columns.
const BEYOND: f32 = 0.15;
/// Columns by which full lines differ, for marks that may not begin or end a line.
const SLACK: usize = 4;
/// In an unwrapped text a line this wide that stops in mid-sentence was cut by a page.
const CUT_COLUMNS: usize = 40;

/// Whether lines are wrapped, at which width, and what blank lines mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Layout {
    /// Right edge in columns, where lines are wrapped.
    pub edge: Option<usize>,
    /// Width of a usual full line in columns.
    full: usize,
    /// Blank lines between lines that belong together: 0, or 1 where every line is followed by one.
    pub usual_gap: u32,
}

impl Layout {
    /// Measures the lines at these indices.
    pub fn measure(source: &Source, text_lines: &[usize]) -> Layout {
        match right_edge(source, text_lines) {
            Some((edge, full)) => Layout {
                edge: Some(edge),
                full,
                usual_gap: usual_gap(source, text_lines),
            },
            None => Layout::unwrapped(),
        }
    }

    /// Every line is a paragraph.
    pub fn unwrapped() -> Layout {
        Layout {
            edge: None,
            full: 0,
            usual_gap: 0,
        }
    }

    /// Whether the line reaches the right edge, so that its end says nothing.
    pub fn is_full(&self, line: &str) -> bool {
        // One ideograph and a mark that may not begin a line, or one Latin word, can be missing.
        self.edge
            .is_some_and(|edge| columns(line) * 10 >= edge.saturating_sub(2) * 8)
    }

    /// Whether the beginning of the next line would have fitted on this one, so that the line end
    /// was meant.
    fn has_room(&self, line: &str, next: &str) -> bool {
        columns(line) + first_unit(next) + SLACK <= self.full
    }

    /// What lies between two lines of text that follow each other in one turn.
    pub fn between(&self, source: &Source, before: usize, after: usize) -> Break {
        let (first, second) = (source.line(before), source.line(after));
        let gap = source.lines[after].gap;
        let finished = is_finished(first);
        if is_list_item(second) && (finished || !self.is_full(first) || is_list_item(first)) {
            return Break::Paragraph;
        }
        let joined = match self.edge {
            None if source.lines[after].opens_block => false,
            None if source.lines[before].hard_break => !finished && ends_in_pause(first),
            None => !finished && (columns(first) >= CUT_COLUMNS || ends_in_pause(first)),
            Some(_) if gap > self.usual_gap => !finished && self.is_full(first),
            Some(_) if finished => !self.has_room(first, second),
            Some(_) => true,
        };
        if joined {
            Break::Wrap
        } else {
            Break::Paragraph
        }
    }
}

/// Columns of what cannot be separated at the beginning of a line: an ideograph, or a Latin word.
fn first_unit(line: &str) -> usize {
    let mut chars = line.chars();
    match chars.next() {
        Some(c) if is_ideograph(c) => 2,
        _ => line
            .chars()
            .take_while(|&c| !c.is_whitespace() && !is_ideograph(c))
            .count(),
    }
}

/// Whether the line stops at a comma, so that its sentence goes on.
fn ends_in_pause(line: &str) -> bool {
    line.ends_with(['，', '、', ',', '；'])
}

/// The width near which lines end, where enough of them do and stop in mid-sentence, and the
/// middle one of these widths.
fn right_edge(source: &Source, lines: &[usize]) -> Option<(usize, usize)> {
    let mut widths: Vec<(usize, bool)> = lines
        .iter()
        .map(|&line| source.line(line))
        .map(|line| (columns(line), is_finished(line)))
        .collect();
    if widths.len() < 4 {
        return None;
    }
    widths.sort_unstable();
    let mut best = (0, 0, 0);
    let mut from = 0;
    for to in 0..widths.len() {
        let edge = widths[to].0;
        let slack = (edge / 5).clamp(6, 12);
        while widths[from].0 + slack < edge {
            from += 1;
        }
        let count = to + 1 - from;
        if count > best.0 {
            best = (count, from, to);
        }
    }
    let (count, from, to) = best;
    let edge = widths[to].0;
    let unfinished = widths[from..=to].iter().filter(|(_, end)| !end).count();
    let share = |part: usize, whole: usize| part as f32 / whole as f32;
    ((14..=240).contains(&edge)
        && share(count, widths.len()) >= AT_EDGE
        && share(widths.len() - 1 - to, widths.len()) <= BEYOND
        && share(unfinished, count) >= UNFINISHED)
        .then_some((edge, widths[from + count / 2].0))
}

/// 1 where nearly every line is followed by a blank one, so that blank lines mean nothing.
fn usual_gap(source: &Source, lines: &[usize]) -> u32 {
    let spaced = lines
        .iter()
        .filter(|&&line| source.lines[line].gap > 0)
        .count();
    u32::from(spaced * 10 >= lines.len() * 7)
}

/// The text of a line without markup, for tests of its form.
pub(crate) fn bare(source: &Source, marks: &Marks, line: usize) -> String {
    marks
        .chars(&source.text, source.lines[line].range.clone())
        .map(|(_, c)| c)
        .collect::<String>()
        .trim()
        .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(text: &str) -> Layout {
        let source = Source::read(text).expect("readable");
        let lines: Vec<usize> = (0..source.lines.len()).collect();
        Layout::measure(&source, &lines)
    }

    #[test]
    fn wrapped_lines_are_told_from_short_turns() {
        let wrapped = "天地玄黄宇宙洪荒日月盈昃\n辰宿列张寒来暑往秋收冬藏\n闰余成岁律吕调阳云腾致雨\n露结为霜。\n";
        assert_eq!(layout(&wrapped.repeat(4)).edge, Some(24));
        let spaced = wrapped.repeat(4).replace('\n', "\n\n");
        assert_eq!(layout(&spaced).usual_gap, 1);
        let turns = "甲：好的，我们现在开始吧。\n乙：好的，谢谢你的介绍。\n";
        assert_eq!(layout(&turns.repeat(8)).edge, None);
    }
}
