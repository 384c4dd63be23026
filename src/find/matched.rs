//! By which rule a turn matches.

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
