//! What is open of a collection, and where a folded string stands in it.
//!
//! Begin at [`Index`]. The room answers for single strings: in which places a needle stands
//! (`corpus`, through `finder`, `signatures` of the blocks worth a look, and what was found in
//! `recent` searches), who is called so (`people`), which names, key phrases and words begin so
//! (`candidates`). It must not know that there are queries: nothing here knows what was typed,
//! which turns answer it, or in what order they are shown.

pub(crate) mod candidates;
pub(crate) mod corpus;
pub(crate) mod edge;
mod finder;
pub(crate) mod matches;
mod names;
mod people;
mod recent;
mod signatures;
pub(crate) mod turn_set;
mod word_edges;

use std::cell::OnceCell;
use std::ops::Range;

use turnsearch_model::{Event, Field, MeetingId, SpeakerId, TurnId};
use turnsearch_pack::{Pack, PackError};
use turnsearch_text::{FoldTable, fold, fold_start_with_spans};

use crate::index::candidates::Candidates;
use crate::index::corpus::Corpus;
use crate::index::matches::Matches;
use crate::index::names::Names;
use crate::index::people::People;
use crate::index::turn_set::TurnSet;
use crate::index::word_edges::WordEdges;

/// By what a query may name a meeting, besides its slug and source.
const NAMES_OF_MEETING: [Field; 6] = [
    Field::Title,
    Field::Event,
    Field::Date,
    Field::Time,
    Field::Zone,
    Field::Place,
];

/// Most bytes that events are folded to: as many as a pack may have of texts. A forged pack can
/// have some that folding makes far longer.
const MOST_OF_EVENTS: usize = 1 << 28;

/// What the stages of a search look things up in.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    pub pack: Pack,
    pub corpus: Corpus,
    pub people: People,
    /// For each turn its meeting.
    meeting_of_turn: Vec<MeetingId>,
    /// For each meeting its names, folded, a line each.
    meeting_names: Names,
    candidates: OnceCell<Candidates>,
    word_edges: WordEdges,
}

impl Index {
    /// Opens a pack: checks it, decodes its texts once, folds them, and its events.
    pub(crate) fn open(pack: Vec<u8>) -> Result<Self, PackError> {
        let mut corpus = Corpus::default();
        let pack = Pack::open(pack, &mut |folded, to_come| corpus.push(folded, to_come))?;
        push_events(&pack, &mut corpus);
        let people = People::of(&pack);
        let mut meeting_of_turn = Vec::with_capacity(pack.turns() as usize);
        let mut meeting_names = Names::default();
        for (number, meeting) in (0..).zip(&pack.collection().meetings) {
            for _ in 0..meeting.turns {
                meeting_of_turn.push(MeetingId(number));
            }
            let mut names = String::new();
            let mut add = |name: &str| {
                names.push_str(&fold(name, pack.fold_table()));
                names.push('\n');
            };
            for field in NAMES_OF_MEETING {
                if let Some(name) = meeting.meta.get(field) {
                    add(name);
                }
            }
            add(&meeting.id);
            add(&meeting.source);
            meeting_names.push(&names);
        }
        Ok(Self {
            pack,
            corpus,
            people,
            meeting_of_turn,
            meeting_names,
            candidates: OnceCell::new(),
            word_edges: WordEdges::default(),
        })
    }

    pub(crate) fn turns(&self) -> u32 {
        self.pack.turns()
    }

    /// The turn of an entry of the corpus: itself, or that in which an event happens.
    pub(crate) fn turn_of(&self, entry: TurnId) -> TurnId {
        let Some(event) = entry.0.checked_sub(self.turns()) else {
            return entry;
        };
        let (turns, _) = self.pack.columns().all_events();
        turns.get(event as usize).copied().unwrap_or(entry)
    }

    /// The numbers of the events of `turn`, among all events; mostly none.
    pub(crate) fn events_of(&self, turn: TurnId) -> Range<usize> {
        self.pack.columns().event_range(turn)
    }

    /// The event with the number `event`, and its entry in the corpus.
    pub(crate) fn event(&self, event: usize) -> Option<(TurnId, &Event)> {
        let (_, events) = self.pack.columns().all_events();
        Some((TurnId(self.turns() + event as u32), events.get(event)?))
    }

    pub(crate) fn meeting_of(&self, turn: TurnId) -> MeetingId {
        let meeting = self.meeting_of_turn.get(turn.index());
        meeting.copied().unwrap_or_default()
    }

    /// The turns of `meeting`, as numbers.
    pub(crate) fn turns_of_meeting(&self, meeting: MeetingId) -> Range<u32> {
        match self.pack.collection().meetings.get(meeting.index()) {
            Some(meeting) => meeting.first_turn.0..meeting.first_turn.0 + meeting.turns,
            None => 0..0,
        }
    }

    pub(crate) fn speaker_of(&self, turn: TurnId) -> Option<SpeakerId> {
        let speaker = self.pack.columns().speakers().get(turn.index());
        speaker.copied().flatten()
    }

    pub(crate) fn turns_of_speaker(&self, speaker: SpeakerId) -> TurnSet {
        let mut turns = TurnSet::none(self.turns());
        for (turn, of) in (0..).zip(self.pack.columns().speakers()) {
            if *of == Some(speaker) {
                turns.insert(TurnId(turn));
            }
        }
        turns
    }

    /// The meetings of whose names one has `folded` in it.
    pub(crate) fn meetings_named(&self, folded: &str) -> Vec<MeetingId> {
        let mut meetings = Vec::new();
        for number in self.meeting_names.with(folded) {
            meetings.push(MeetingId(number));
        }
        meetings
    }

    /// The turns of `meetings`.
    pub(crate) fn turns_of_meetings(&self, meetings: &[MeetingId]) -> TurnSet {
        let mut turns = TurnSet::none(self.turns());
        for &meeting in meetings {
            for turn in self.turns_of_meeting(meeting) {
                turns.insert(TurnId(turn));
            }
        }
        turns
    }

    /// The turns that have `matches`, in their texts or in their events.
    pub(crate) fn turns_of_matches(&self, matches: &Matches) -> TurnSet {
        let mut turns = TurnSet::none(self.turns());
        for entry in matches.entries() {
            turns.insert(self.turn_of(entry));
        }
        turns
    }

    pub(crate) fn fold_table(&self) -> &FoldTable {
        self.pack.fold_table()
    }

    /// The names and key phrases that a reader may mean.
    pub(crate) fn candidates(&self) -> &Candidates {
        self.candidates.get_or_init(|| Candidates::of(&self.pack))
    }

    /// Whether a word of two ideographs reaches over the start or the end of the corpus range
    /// `start..end`, so that it cuts a word there.
    pub(crate) fn inside_word(&self, start: usize, end: usize) -> bool {
        self.cuts_word(start) || self.cuts_word(end)
    }

    fn cuts_word(&self, at: usize) -> bool {
        // Nearly all ideographs have three bytes.
        if let Some(pair @ [0xE0..0xF0, _, _, 0xE0..0xF0, _, _]) = self.corpus.around(at) {
            return self.word_edges.is_word(*pair, &self.pack);
        }
        let (Some(left), Some(right)) = self.corpus.beside(at) else {
            return false;
        };
        word_edges::is_word(&String::from_iter([left, right]), &self.pack)
    }
}

/// Adds the events of `pack` to the texts of its turns. They are few, and found as texts are.
fn push_events(pack: &Pack, corpus: &mut Corpus) {
    let (_, events) = pack.columns().all_events();
    let mut left = MOST_OF_EVENTS;
    for event in events {
        let folded = fold_start_with_spans(&event.text, pack.fold_table(), left);
        corpus.push(folded.text.as_bytes(), 0);
        left = left.saturating_sub(folded.text.len());
    }
}
