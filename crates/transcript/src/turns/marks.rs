//! Pieces inside lines that the text leaves out.

use std::ops::Range;

use crate::turns::furniture::Reason;

/// Pieces inside lines that the text leaves out: markup signs, and what a person marked as
/// furniture. Sorted, not overlapping.
#[derive(Debug, Default)]
pub(crate) struct Marks {
    marks: Vec<Mark>,
    /// What is set in bold type without a sign that says so, in order.
    strong: Vec<Range<usize>>,
}

/// One piece inside a line that the text leaves out.
#[derive(Debug, Clone)]
pub(crate) struct Mark {
    /// Bytes of the source.
    pub range: Range<usize>,
    /// Why it is left out.
    pub reason: Reason,
}

impl Marks {
    /// Marks in any order; of overlapping ones the first to begin stays whole.
    pub fn new(mut marks: Vec<Mark>) -> Marks {
        marks.sort_by_key(|mark| (mark.range.start, std::cmp::Reverse(mark.range.end)));
        let mut kept: Vec<Mark> = Vec::with_capacity(marks.len());
        for mut mark in marks {
            if let Some(last) = kept.last() {
                mark.range.start = mark.range.start.max(last.range.end);
            }
            if !mark.range.is_empty() {
                kept.push(mark);
            }
        }
        Marks {
            marks: kept,
            strong: Vec::new(),
        }
    }

    /// The same marks, where the markup says what is set in bold type.
    pub fn with_strong(self, strong: Vec<Range<usize>>) -> Marks {
        Marks { strong, ..self }
    }

    /// Whether the markup says that the character at this place is set in bold type.
    pub fn is_strong(&self, at: usize) -> bool {
        let run = self.strong.partition_point(|run| run.end <= at);
        self.strong.get(run).is_some_and(|run| run.start <= at)
    }

    /// The characters of `range` with their offsets, without what the marks cover.
    pub fn chars<'t>(
        &'t self,
        text: &'t str,
        range: Range<usize>,
    ) -> impl Iterator<Item = (usize, char)> + 't {
        let first = self
            .marks
            .partition_point(|mark| mark.range.end <= range.start);
        let mut marks = self.marks[first..].iter().peekable();
        let start = range.start;
        text[range].char_indices().filter_map(move |(at, c)| {
            let at = start + at;
            while marks.next_if(|mark| mark.range.end <= at).is_some() {}
            let marked = marks.peek().is_some_and(|mark| mark.range.contains(&at));
            (!marked).then_some((at, c))
        })
    }

    /// All marks, in order.
    pub fn iter(&self) -> impl Iterator<Item = &Mark> {
        self.marks.iter()
    }
}
