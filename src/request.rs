//! What is asked of a searcher, and what it answers.

use std::borrow::Cow;
use std::ops::Range;

/// A search.
#[derive(Debug, Clone, PartialEq)]
pub struct Request {
    /// What the reader typed; see [`crate::Query`].
    pub query: String,
    /// How many hits to return.
    pub limit: usize,
    /// How many hits to skip.
    pub offset: usize,
    /// Order of the hits.
    pub sort: Sort,
    /// Whether the reader is still typing: the last word then matches as a beginning, too.
    pub typing: bool,
    /// What the reader chose besides the query.
    pub filter: Filter,
}

impl Default for Request {
    fn default() -> Self {
        Self {
            query: String::new(),
            limit: 10,
            offset: 0,
            sort: Sort::Relevance,
            typing: false,
            filter: Filter::default(),
        }
    }
}

/// Order of the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first; equals in the order of meeting and turn.
    #[default]
    Relevance,
    /// Oldest meeting first, each in the order in which it was held.
    Time,
    /// The meeting with the most hits first, each in the order in which it was held.
    Meeting,
}

impl Sort {
    /// The order with this name: `relevance`, `time` or `meeting`.
    pub fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "relevance" => Self::Relevance,
            "time" => Self::Time,
            "meeting" => Self::Meeting,
            _ => return None,
        })
    }
}

/// Restrictions; an empty list restricts nothing. Within a list one must fit, and all lists must.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Filter {
    /// Numbers of speakers in the collection.
    pub speakers: Vec<u32>,
    /// Numbers of meetings in the collection.
    pub meetings: Vec<u32>,
    /// Years, four digits.
    pub years: Vec<String>,
}

impl Filter {
    /// Whether nothing is restricted.
    pub fn is_empty(&self) -> bool {
        self.speakers.is_empty() && self.meetings.is_empty() && self.years.is_empty()
    }
}

/// By which rule turns match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Matched {
    /// Everything that was asked for stands in the turn.
    Exact,
    /// Nothing did; some of the words stand in the turn.
    Words,
    /// Nothing did; words spelt almost like those typed stand in the turn.
    Fuzzy,
    /// Nothing did; words pronounced like the letters typed stand in the turn.
    Pinyin,
}

impl Matched {
    /// The name used on the command line and in the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Words => "words",
            Self::Fuzzy => "fuzzy",
            Self::Pinyin => "pinyin",
        }
    }
}

/// Something that the reader should know about how a query was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// What was done.
    pub kind: NoteKind,
    /// The words it is about, as they were typed or are looked for.
    pub terms: Vec<String>,
    /// For [`NoteKind::Joined`]: how many more turns have the sides apart.
    pub more: usize,
}

/// Kinds of [`Note`].
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NoteKind {
    /// The terms stand nowhere joined, so each was looked for by itself.
    Apart,
    /// The terms were looked for as one piece.
    Joined,
    /// Turns with any of these words are shown.
    Words,
    /// These words were looked for in place of misspelt ones.
    Fuzzy,
    /// These words were looked for in place of letters.
    Pinyin,
}

impl NoteKind {
    /// The name used in the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Apart => "apart",
            Self::Joined => "joined",
            Self::Words => "words",
            Self::Fuzzy => "fuzzy",
            Self::Pinyin => "pinyin",
        }
    }
}

/// What a search found.
#[derive(Debug, Clone, PartialEq)]
pub struct Answer<'f> {
    /// How many turns match, filters applied.
    pub total: usize,
    /// By which rule they match.
    pub matched: Matched,
    /// How the query was taken, where that is not plain.
    pub notes: Cow<'f, [Note]>,
    /// The hits asked for.
    pub hits: Vec<Hit>,
    /// Counts over the whole result.
    pub facets: Facets,
}

impl Answer<'_> {
    /// The answer with notes of its own.
    pub fn into_owned(self) -> Answer<'static> {
        Answer {
            total: self.total,
            matched: self.matched,
            notes: Cow::Owned(self.notes.into_owned()),
            hits: self.hits,
            facets: self.facets,
        }
    }
}

/// One turn that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// Number of the turn in the collection, from 0.
    pub turn: u32,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
    /// The part of the turn that shows the match best.
    pub snippet: Snippet,
    /// What the score is made of, where the request came through
    /// [`Searcher::explain`](crate::Searcher::explain).
    pub explanation: Vec<(String, f32)>,
}

/// A part of a turn's text.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Snippet {
    /// The text.
    pub text: String,
    /// The matches in it, UTF-8 offsets, in order and apart.
    pub marks: Vec<Range<usize>>,
    /// Whether the turn has text before it.
    pub cut_before: bool,
    /// Whether the turn has text after it.
    pub cut_after: bool,
}

/// Counts by property, most first; speakers whom the query names before the others. Each list is
/// counted without its own filter, so that choosing one value does not make the others vanish.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facets {
    /// Number of the speaker, turns.
    pub speakers: Vec<(u32, usize)>,
    /// Number of the meeting, turns.
    pub meetings: Vec<(u32, usize)>,
    /// Year, turns; latest first.
    pub years: Vec<(String, usize)>,
}

/// The matches in one meeting.
#[derive(Debug, Clone, PartialEq)]
pub struct Dispersion {
    /// Number of the meeting.
    pub meeting: u32,
    /// Place of each match, from 0 (beginning) to 1 (end of the meeting's text).
    pub positions: Vec<f32>,
    /// The turn of each match.
    pub turns: Vec<u32>,
}

/// One thing to offer while a reader types.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// What it is.
    pub kind: SuggestionKind,
    /// What to show.
    pub text: String,
    /// What to put into the box.
    pub insert: String,
    /// A remark: an alias, a date.
    pub detail: String,
    /// How many turns it leads to.
    pub turns: usize,
    /// Number of the speaker or meeting.
    pub id: Option<u32>,
}

/// Kinds of [`Suggestion`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SuggestionKind {
    /// A person or office.
    Speaker,
    /// A meeting.
    Meeting,
    /// A key phrase of the collection.
    Phrase,
    /// A word that begins like the last one typed.
    Term,
    /// A word spelt almost like one typed.
    Correction,
}

impl SuggestionKind {
    /// The name used on the command line and in the page.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Meeting => "meeting",
            Self::Phrase => "phrase",
            Self::Term => "term",
            Self::Correction => "correction",
        }
    }
}
