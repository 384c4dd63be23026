//! What a source became, before it is accounted for.

use turnsearch_model::{Kind, Metadata, Speaker, Turn};

use crate::signs::suspect::Suspect;
use crate::turns::furniture::Furniture;

/// A meeting under construction, with what is in none of its turns.
#[derive(Debug, Default)]
pub(crate) struct Draft {
    /// Transcript or document.
    pub kind: Kind,
    /// What the source states of itself.
    pub meta: Metadata,
    /// Finished turns.
    pub turns: Vec<Turn>,
    /// Who speaks them.
    pub speakers: Vec<Speaker>,
    /// What is in no turn, in any order.
    pub furniture: Vec<Furniture>,
    /// Places worth checking, in any order.
    pub suspects: Vec<Suspect>,
}

impl Draft {
    /// Appends a finished turn, with its number.
    pub fn push(&mut self, mut turn: Turn) {
        turn.n = u32::try_from(self.turns.len() + 1).unwrap_or(u32::MAX);
        self.turns.push(turn);
    }
}
