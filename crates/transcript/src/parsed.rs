//! What a source becomes.

use turnsearch_model::{Meeting, Speaker, slug};

use crate::encoding::Encoding;
use crate::signs::suspect::{self, Suspect};
use crate::turns::account::Account;
use crate::turns::draft::Draft;
use crate::turns::furniture::Furniture;

/// A source as a meeting, with an account of what became of its characters.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// Metadata and turns. [`Turn::speaker`](turnsearch_model::Turn::speaker) is an index into
    /// `speakers`.
    pub meeting: Meeting,
    /// Who speaks in this source, in order of first appearance.
    pub speakers: Vec<Speaker>,
    /// What is in no turn, in the order of the source.
    pub furniture: Vec<Furniture>,
    /// Places worth checking, best first.
    pub suspects: Vec<Suspect>,
    /// Where the characters went.
    pub account: Account,
    /// In which encoding the source was read; none where its bytes are no text.
    pub encoding: Option<Encoding>,
}

impl Parsed {
    /// Finishes a draft. `text` is what it was made of, over which the account is taken; turns that
    /// come finished (JSON Lines) have no other text than their own.
    pub(crate) fn new(source: &str, text: Option<&str>, mut draft: Draft) -> Parsed {
        draft
            .furniture
            .sort_by_key(|piece| (piece.offset, piece.line));
        suspect::rank(&mut draft.suspects);
        let account = match text {
            Some(text) => Account::take(text, &draft.turns, &draft.furniture),
            None => Account::of_texts(&draft.turns),
        };
        Parsed {
            meeting: Meeting {
                id: slug(source),
                source: source.to_owned(),
                kind: draft.kind,
                meta: draft.meta,
                turns: draft.turns,
            },
            speakers: draft.speakers,
            furniture: draft.furniture,
            suspects: draft.suspects,
            account,
            encoding: None,
        }
    }
}
