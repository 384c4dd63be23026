//! What stands in a source and is in no turn.

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
    /// A line of a caption that the caption before has shown already.
    Repeated,
    /// Marked as furniture by hand, or before the first turn and none of the above.
    Other,
}

impl Reason {
    /// Every reason, for messages.
    pub const ALL: [Reason; 18] = [
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
        Reason::Repeated,
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
            Reason::Repeated => "repeated",
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
