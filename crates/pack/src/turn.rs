//! A turn with all that its columns say.

use turnsearch_model::{Event, MeetingId, SpeakerId, TurnId};

use crate::columns::Time;

/// What is known of a turn without its text: [`turnsearch_model::Turn`] as a pack has it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TurnInfo<'p> {
    /// Its place in the whole collection.
    pub id: TurnId,
    /// The meeting that it is of.
    pub meeting: MeetingId,
    /// Ordinal in its meeting, from 1.
    pub n: u32,
    /// Who speaks; `None` where the source names nobody.
    pub speaker: Option<SpeakerId>,
    /// Path of headings above the text, outermost first.
    pub heading: &'p [String],
    /// How many of the last headings are the first lines of the turn's text.
    pub own_headings: usize,
    /// When it was spoken, where that is known.
    pub time: Option<Time>,
    /// What happened meanwhile, in the order of the UTF-8 offsets into the turn's text. An offset
    /// of a forged pack can lie beyond the end of the text, or inside a character.
    pub events: &'p [Event],
}
