//! One thing that a turn must have.

use turnsearch_model::SpeakerId;

use crate::find::matched::Matched;
use crate::index::Index;
use crate::index::matches::Matches;
use crate::index::turn_set::TurnSet;

/// One thing that a turn must have.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// As it was typed, or as it is looked for instead.
    pub text: String,
    /// Where it stands.
    pub matches: Matches,
    /// Speakers whose turns have it by being theirs.
    pub speakers: Vec<SpeakerId>,
    /// How much a match counts, beside its rarity.
    pub weight: f32,
    /// By which rule it matches.
    pub matched: Matched,
}

impl Term {
    #[inline(never)] // A seam: browsers compile small functions faster.
    pub(crate) fn exact(text: String, matches: Matches) -> Self {
        Self {
            text,
            matches,
            speakers: Vec::new(),
            weight: 1.0,
            matched: Matched::Exact,
        }
    }

    /// The turns that have it.
    pub(crate) fn turns(&self, index: &Index) -> TurnSet {
        let mut turns = index.turns_of_matches(&self.matches);
        for &speaker in &self.speakers {
            turns.unite(&index.turns_of_speaker(speaker));
        }
        turns
    }
}
