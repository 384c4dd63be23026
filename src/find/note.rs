//! How a query was taken.

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
