//! The names of speakers and meetings and the key phrases, folded, each by itself: what a reader
//! may mean by its beginning or its pronunciation. A large collection has tens of thousands, so
//! they are folded once, when they are first asked for, and not at every key.

use turnsearch_model::Field;
use turnsearch_pack::Pack;
use turnsearch_text::{fold, is_han, is_token, part};

use crate::compact::chars;
use crate::index::names::Names;

/// By what a meeting is offered.
const OF_MEETING: [Field; 4] = [Field::Title, Field::Event, Field::Place, Field::Date];

/// The candidates of a collection, by what they are of.
#[derive(Debug, Clone, Default)]
pub(crate) struct Candidates {
    pub speakers: CandidatesOf,
    pub meetings: CandidatesOf,
    pub phrases: CandidatesOf,
    /// For each speaker the number of their turns.
    pub turns_of_speakers: Vec<u32>,
}

/// The candidates of all things of a kind, those of one thing one after the other.
#[derive(Debug, Clone, Default)]
pub(crate) struct CandidatesOf {
    candidates: Names,
    /// For each candidate the number of the thing, and the letters a to z that one of its parts
    /// begins with, as it is written or as it is pronounced, as bits.
    of: Vec<(u32, u32)>,
}

/// Which candidates are wanted.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Wanted<'a> {
    All,
    /// Those that have this in them.
    With(&'a str),
    /// Those of which a part begins with the letter of this bit.
    Begun(u32),
}

impl Wanted<'_> {
    /// Those that `letters` can be the beginning of, as it is written or pronounced.
    pub(crate) fn begun_by(letters: &str) -> Self {
        match chars::first(letters).map_or(0, letter) {
            0 => Self::All,
            letter => Self::Begun(letter),
        }
    }
}

/// The bit of a letter from a to z; none for other characters.
fn letter(c: char) -> u32 {
    match c {
        'a'..='z' => 1 << (c as u32 - 'a' as u32),
        _ => 0,
    }
}

/// Whether a mark of what is pronounced stands for no letter.
pub(crate) fn is_passed_over(c: char) -> bool {
    matches!(c, '·' | ' ' | '-')
}

/// Calls `on_part` with `candidate` (folded), and with what is left of it from each of its parts
/// on, each with its number.
pub(crate) fn from_each_part(candidate: &str, on_part: &mut dyn FnMut(u32, &str)) {
    let is_letter = |c| is_token(c) || is_han(c);
    on_part(0, candidate);
    let mut nth = 0;
    let mut after_letter = true;
    for (at, c) in candidate.char_indices() {
        let is_letter = is_letter(c);
        if is_letter && !after_letter {
            nth += 1;
            on_part(nth, part(candidate, at..));
        }
        after_letter = is_letter;
    }
}

impl Candidates {
    pub(crate) fn of(pack: &Pack) -> Self {
        let mut all = Self::default();
        let collection = pack.collection();
        for (id, speaker) in (0..).zip(&collection.speakers) {
            all.speakers.push(id, &speaker.name, pack);
            for alias in &speaker.aliases {
                all.speakers.push(id, alias, pack);
            }
        }
        for (id, meeting) in (0..).zip(&collection.meetings) {
            for field in OF_MEETING {
                if let Some(candidate) = meeting.meta.get(field) {
                    all.meetings.push(id, candidate, pack);
                }
            }
        }
        let mut id = 0;
        while let Some(phrase) = pack.phrases().get(id as usize) {
            all.phrases.push(id, phrase.text, pack);
            id += 1;
        }
        all.turns_of_speakers = vec![0; collection.speakers.len()];
        for &speaker in pack.columns().speakers().iter().flatten() {
            if let Some(turns) = all.turns_of_speakers.get_mut(speaker.index()) {
                *turns += 1;
            }
        }
        all
    }
}

impl CandidatesOf {
    fn push(&mut self, id: u32, candidate: &str, pack: &Pack) {
        let candidate = fold(candidate, pack.fold_table());
        let mut letters = 0;
        from_each_part(&candidate, &mut |_, part| {
            if let Some(first) = part.chars().find(|&c| !is_passed_over(c)) {
                letters |= letter(first);
                for reading in pack.pinyin().readings(first) {
                    letters |= chars::first(reading).map_or(0, letter);
                }
            }
        });
        self.candidates.push(&candidate);
        self.of.push((id, letters));
    }

    /// Calls `on_candidate` with every candidate that is wanted and the number of its thing, in
    /// order.
    pub(crate) fn each(&self, wanted: Wanted<'_>, on_candidate: &mut dyn FnMut(u32, &str)) {
        let mut hand_on = |at: u32, id: u32| {
            if let Some(candidate) = self.candidates.get(at) {
                on_candidate(id, candidate);
            }
        };
        if let Wanted::With(part) = wanted {
            for at in self.candidates.with(part) {
                if let Some(&(id, _)) = self.of.get(at as usize) {
                    hand_on(at, id);
                }
            }
            return;
        }
        for (at, &(id, letters)) in (0..).zip(&self.of) {
            if !matches!(wanted, Wanted::Begun(letter) if letters & letter == 0) {
                hand_on(at, id);
            }
        }
    }
}
