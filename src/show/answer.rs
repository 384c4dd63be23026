//! One page of what was found.

use std::borrow::Cow;

use turnsearch_model::TurnId;

use crate::find::matched::Matched;
use crate::find::note::Note;
use crate::show::facets::Facets;
use crate::show::snippet::Snippet;

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
    /// The turn.
    pub turn: TurnId,
    /// How well it matches; comparable within one answer only.
    pub score: f32,
    /// The part of the turn that shows the match best.
    pub snippet: Snippet,
    /// What the score is made of, where the request came through
    /// [`Searcher::explain`](crate::Searcher::explain).
    pub explanation: Vec<(String, f32)>,
}
