//! What to look for: the terms of a query and where each of them stands.

use turnsearch_model::{SpeakerId, TurnId};
use turnsearch_text::fold_query;

use crate::compact::order::{pair, sorted};
use crate::find::note::Note;
use crate::find::term::Term;
use crate::index::Index;
use crate::index::turn_set::TurnSet;

/// What to look for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// All of these, or, in a ranked OR, some of them.
    pub terms: Vec<Term>,
    /// What the reader should know.
    pub notes: Vec<Note>,
    /// The turns that have something that must not occur.
    pub excluded: TurnSet,
}

impl Plan {
    /// The places in the text of a turn, or in the entry of an event, where any of the terms
    /// stands, in order: pairs of offset and length.
    pub(crate) fn places_in(&self, entry: TurnId) -> Vec<u64> {
        let mut places = Vec::new();
        for term in &self.terms {
            for &(start, length) in term.matches.in_turn(entry) {
                places.push(pair(start, length));
            }
        }
        sorted(places)
    }

    /// The turns that have every term and nothing excluded.
    pub(crate) fn turns_with_all(&self, index: &Index) -> TurnSet {
        let mut turns = TurnSet::all(index.turns());
        for term in &self.terms {
            turns.intersect(&term.turns(index));
        }
        turns.subtract(&self.excluded);
        turns
    }

    /// The speakers whom any of the terms names, or any of the words that took the place of one.
    pub(crate) fn named_speakers(&self, index: &Index) -> Vec<SpeakerId> {
        let mut named = Vec::new();
        for term in &self.terms {
            named.extend_from_slice(&term.speakers);
        }
        let mut add = |text: &str| {
            let folded = fold_query(text, index.fold_table());
            named.extend_from_slice(&index.people.named_by(&folded));
        };
        for term in &self.terms {
            add(&term.text);
        }
        for note in &self.notes {
            for text in &note.terms {
                add(text);
            }
        }
        named
    }
}
