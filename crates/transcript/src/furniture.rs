//! What stands in a source and is in no turn.

use std::ops::Range;

/// One piece of the source that is in no turn, with its place and why it is left out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Furniture {
    /// Line of the source on which it begins, from 1.
    pub line: u32,
    /// UTF-8 offset in the source at which it begins, not counting a byte order mark.
    pub offset: usize,
    /// Why it is in no turn.
    pub reason: Reason,
    /// The piece as printed, runs of white space collapsed to one blank.
    pub text: String,
}

/// Why a piece of the source is in no turn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Reason {
    /// A line of the title; it feeds the metadata.
    Title,
    /// The line with date and time; it feeds the metadata.
    Date,
    /// The line with the place; it feeds the metadata.
    Place,
    /// Another `key: value` line of the head; it feeds the metadata where it is understood.
    Metadata,
    /// The number of a page.
    PageNumber,
    /// A line repeated at the head or foot of pages.
    RunningHead,
    /// A line of dashes, stars or the like.
    Rule,
    /// A note on how far the record can be trusted.
    Disclaimer,
    /// A line that says that the record ends here.
    EndMark,
    /// A line of a table of contents.
    Contents,
    /// A heading inside a transcript; it is the heading of the turns below it.
    Heading,
    /// Signs of a markup language, such as `**`.
    Markup,
    /// The time line of a caption.
    Timing,
    /// The number or identifier of a caption.
    Identifier,
    /// A comment that the file says is one, such as a `NOTE` of WebVTT.
    Comment,
    /// A label that names again who is speaking already.
    Label,
    /// Marked as furniture by hand, or before the first turn and none of the above.
    Other,
}

impl Reason {
    /// Every reason, for messages.
    pub const ALL: [Reason; 17] = [
        Reason::Title,
        Reason::Date,
        Reason::Place,
        Reason::Metadata,
        Reason::PageNumber,
        Reason::RunningHead,
        Reason::Rule,
        Reason::Disclaimer,
        Reason::EndMark,
        Reason::Contents,
        Reason::Heading,
        Reason::Markup,
        Reason::Timing,
        Reason::Identifier,
        Reason::Comment,
        Reason::Label,
        Reason::Other,
    ];

    /// The word used in the audit and in sidecars.
    pub fn as_str(self) -> &'static str {
        match self {
            Reason::Title => "title",
            Reason::Date => "date",
            Reason::Place => "place",
            Reason::Metadata => "metadata",
            Reason::PageNumber => "page-number",
            Reason::RunningHead => "running-head",
            Reason::Rule => "rule",
            Reason::Disclaimer => "disclaimer",
            Reason::EndMark => "end-mark",
            Reason::Contents => "contents",
            Reason::Heading => "heading",
            Reason::Markup => "markup",
            Reason::Timing => "timing",
            Reason::Identifier => "identifier",
            Reason::Comment => "comment",
            Reason::Label => "label",
            Reason::Other => "other",
        }
    }

    /// The reason with this word.
    pub fn from_word(word: &str) -> Option<Reason> {
        Reason::ALL
            .into_iter()
            .find(|reason| reason.as_str() == word)
    }
}

/// Pieces inside lines that the text leaves out: markup signs, and what a person marked as
/// furniture. Sorted, not overlapping.
#[derive(Debug, Default)]
pub(crate) struct Marks(Vec<Mark>);

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
        Marks(kept)
    }

    /// The characters of `range` with their offsets, without what the marks cover.
    pub fn chars<'t>(
        &'t self,
        text: &'t str,
        range: Range<usize>,
    ) -> impl Iterator<Item = (usize, char)> + 't {
        let first = self.0.partition_point(|mark| mark.range.end <= range.start);
        let mut marks = self.0[first..].iter().peekable();
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
        self.0.iter()
    }
}
