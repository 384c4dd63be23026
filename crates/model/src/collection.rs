//! Meetings, their turns and who speaks. The same structures serve a transcript and a document
//! without speakers, whose blocks are turns with a heading in place of a speaker.

use crate::field::Metadata;
use crate::id::SpeakerId;

/// Every meeting that is searched together, and the people who speak in it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Collection {
    /// Title shown above the search box, where `collection.toml` gives one.
    pub title: Option<String>,
    /// BCP 47 tag of the language that most of the collection is in.
    pub language: Option<String>,
    /// Meetings in the order in which they are listed: by date, then by id.
    pub meetings: Vec<Meeting>,
    /// One entry for each person or office in the whole collection, in order of first appearance.
    pub speakers: Vec<Speaker>,
}

impl Collection {
    /// Who speaks a turn of the collection.
    pub fn speaker_of(&self, turn: &Turn) -> Option<&Speaker> {
        self.speakers.get(turn.speaker?.index())
    }
}

/// Whether a source has speakers.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Kind {
    /// A record of who said what: every turn has a label.
    #[default]
    Transcript,
    /// A text without speakers: every turn is a block under a heading.
    Document,
}

impl Kind {
    /// The word used in JSON and in packs.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Transcript => "transcript",
            Kind::Document => "document",
        }
    }
}

/// One source file: a meeting, or a document.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Meeting {
    /// Stable slug of the source name, unique in the collection.
    pub id: String,
    /// The source's file name; with folders above it where another source has the same.
    pub source: String,
    /// Transcript or document.
    pub kind: Kind,
    /// Title, date, place and so on.
    pub meta: Metadata,
    /// The turns in the order of the source.
    pub turns: Vec<Turn>,
}

/// One uninterrupted speech, from one label to the next; in a document, one block under a heading.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Turn {
    /// Ordinal in its meeting, from 1.
    pub n: u32,
    /// Who speaks; `None` where the source names nobody (`>>`).
    pub speaker: Option<SpeakerId>,
    /// The label exactly as printed (blanks at line breaks collapsed to one), colon included; in
    /// a document the heading lines that stand directly before the text, one per line.
    pub label: Option<String>,
    /// Path of headings above the text, outermost first, without closing marks.
    pub heading: Vec<String>,
    /// The speech as one normalised string. `\n` marks a new paragraph or list item.
    pub text: String,
    /// Start of the speech in milliseconds, where the format has times.
    pub start_ms: Option<u64>,
    /// End of the speech in milliseconds, where the format has times.
    pub end_ms: Option<u64>,
    /// Stage directions, in the order of their offsets.
    pub events: Vec<Event>,
    /// Line of the source on which the label (or the text, without a label) begins.
    pub line: u32,
}

/// A stage direction such as `[笑声]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// UTF-8 offset into the turn's text before which the event happened; at most its length.
    pub offset: usize,
    /// The event as printed, brackets included.
    pub text: String,
}

/// One person or office in the whole collection.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The name that is shown: the Chinese form where both are given, else as printed.
    pub name: String,
    /// Other forms of the name found in the sources: Latin name, label variants, misspellings.
    pub aliases: Vec<String>,
    /// Role, where a label prints one (`GAC 主席`).
    pub role: Option<String>,
}
