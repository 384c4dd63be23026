//! Places where the parser was unsure.

/// A place worth checking by a person.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspect {
    /// Line of the source, from 1.
    pub line: u32,
    /// How much it is worth to look, from 0 to 1.
    pub score: f32,
    /// What was doubtful.
    pub reason: Doubt,
    /// The text in question, shortened.
    pub text: String,
}

impl Suspect {
    pub(crate) fn new(line: u32, score: f32, reason: Doubt, text: String) -> Suspect {
        Suspect {
            line,
            score,
            reason,
            text,
        }
    }
}

/// What was doubtful at a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum Doubt {
    /// Taken as a label, with little to speak for it.
    WeakLabel,
    /// Taken as text, though it could be a label.
    PossibleLabel,
    /// Two spellings were taken as one person.
    SpellingMerged,
    /// Two similar names were taken as two people.
    SimilarNames,
    /// A short form of a name was resolved to a full one.
    ShortName,
    /// A short form of a name could be one of several people.
    AmbiguousName,
    /// Taken as a heading, with little to speak for it.
    WeakHeading,
    /// A document whose paragraphs open with labels that come back.
    LabelledDocument,
    /// Text before the first label.
    TextBeforeLabels,
    /// Text of a caption file that belongs to no caption.
    OutsideCaption,
    /// A caption that ends before it starts; it counts as having no length.
    BackwardTimes,
    /// A line of a caption file with an arrow and no times, or with times that cannot be read.
    BrokenTimes,
    /// A row of a table without a speaker: perhaps whoever is named above it goes on.
    MissingSpeaker,
    /// Front matter that breaks the rules of its language: nothing was read from it.
    FrontMatter,
}

impl Doubt {
    /// The word used in the audit.
    pub fn as_str(self) -> &'static str {
        match self {
            Doubt::WeakLabel => "weak-label",
            Doubt::PossibleLabel => "possible-label",
            Doubt::SpellingMerged => "spelling-merged",
            Doubt::SimilarNames => "similar-names",
            Doubt::ShortName => "short-name",
            Doubt::AmbiguousName => "ambiguous-name",
            Doubt::WeakHeading => "weak-heading",
            Doubt::LabelledDocument => "labelled-document",
            Doubt::TextBeforeLabels => "text-before-labels",
            Doubt::OutsideCaption => "outside-caption",
            Doubt::BackwardTimes => "backward-times",
            Doubt::BrokenTimes => "broken-times",
            Doubt::MissingSpeaker => "missing-speaker",
            Doubt::FrontMatter => "front-matter",
        }
    }
}

/// Sorts the places best first, then by line.
pub(crate) fn rank(suspects: &mut [Suspect]) {
    suspects.sort_by(|a, b| {
        b.score
            .total_cmp(&a.score)
            .then_with(|| a.line.cmp(&b.line))
    });
}
