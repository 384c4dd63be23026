//! Which of the turns that match come first.
//!
//! BM25 (S. Robertson, H. Zaragoza: The Probabilistic Relevance Framework, 2009) over turns, with
//! additions for what a turn of speech has and a web page has not. The arithmetic uses only
//! operations that IEEE 754 defines to the last bit, so the browser and the command line order
//! alike.
//!
//! An event adds nothing to a score: a turn that only events match has the score 0, and comes after
//! all those in which a term is said.

use turnsearch_model::TurnId;
use turnsearch_text::{fold, fold_query};

use crate::compact::chars::has_two;
use crate::compact::least::{Least, LeastFirst};
use crate::compact::order::{descending, pair, sorted, unpair};
use crate::find::found::Found;
use crate::find::matched::Matched;
use crate::find::plan::Plan;
use crate::find::rarity::rarity;
use crate::find::term::Term;
use crate::index::Index;
use crate::index::turn_set::TurnSet;

/// How soon more occurrences stop counting more: turns are short, so sooner than the usual 1.2.
const SATURATION: f32 = 0.9;
/// How much a long turn must have more occurrences: less than the usual 0.75, since a long
/// answer is not worse than a short remark.
const LENGTH_NORMALISATION: f32 = 0.35;
/// What an occurrence counts that begins or ends inside a word (独立|法人 for 立法).
const INSIDE_WORD: f32 = 0.5;
/// Added, times rarity, for a term in a heading.
const HEADING_BOOST: f32 = 0.8;
/// Added, times rarity, for a term that names the speaker.
const SPEAKER_BOOST: f32 = 0.6;
/// Added, times rarity, for a term in the name of the meeting.
const MEETING_BOOST: f32 = 0.25;
/// Added at most, times the rarity of two neighbouring terms, where they stand close together.
const PROXIMITY_BOOST: f32 = 0.7;
/// Distance in folded bytes (about 20 ideographs) over which closeness fades.
const PROXIMITY_REACH: f32 = 60.0;
/// Length of a passage in folded bytes: two or three sentences, about 80 ideographs.
const PASSAGE: u32 = 240;
/// In a ranked OR, how much of the coverage is that of the best passage.
const PASSAGE_SHARE: f32 = 0.3;
/// Where the query asks, what is left of the score of a turn that only asks the same.
const ASKING_SHARE: f32 = 0.4;
/// Where the query asks, what a turn gets of the score of the turn before that asks the same.
const ANSWERING_SHARE: f32 = 1.0;

/// A bound is made this much greater, since sums and quotients of rounded numbers are a little off.
const ROUNDING: f32 = 1.000_01;

/// How occurrences that may cut a word count.
#[derive(Debug, Clone, Copy)]
enum CutWords {
    /// They count like others: the score is at least the true one.
    Whole,
    /// They count as much as [`Scorer::worth`] says.
    Judged,
}

pub(crate) struct Scorer<'a> {
    index: &'a Index,
    plan: &'a Plan,
    /// Inverse document frequency of each term.
    rarity: Vec<f32>,
    named: Named,
    average_length: f32,
    total_weight: f32,
    /// Whether all terms are in every turn.
    conjunctive: bool,
    /// Whether the query is a question, so that answers are wanted and not those who ask it too.
    question: bool,
}

/// The speakers and the meetings whose names a term is part of: pairs of term and speaker, of term
/// and meeting, in order.
#[derive(Default)]
struct Named {
    speakers: Vec<u64>,
    meetings: Vec<u64>,
}

impl Named {
    /// Adds those whose names the term with the number `at` is part of.
    fn add(&mut self, at: u32, term: &Term, index: &Index) {
        let folded = fold_query(&term.text, index.fold_table());
        if !has_two(&folded) {
            return;
        }
        for speaker in index.people.with_part(&folded) {
            self.speakers.push(pair(at, speaker.0));
        }
        for meeting in index.meetings_named(&folded) {
            self.meetings.push(pair(at, meeting.0));
        }
    }
}

/// Notes nothing of what a score is made of.
fn silent(_: &str, _: f32) {}

impl<'a> Scorer<'a> {
    /// A scorer for the turns that were `found`.
    pub(crate) fn new(index: &'a Index, found: &'a Found) -> Self {
        let plan = &found.plan;
        let turns = index.turns() as f32;
        let mut scorer = Self {
            index,
            plan,
            rarity: Vec::new(),
            named: Named::default(),
            average_length: index.corpus.length_of(index.turns()) as f32 / turns.max(1.0),
            total_weight: 0.0,
            conjunctive: found.matched != Matched::Words,
            question: found.matched == Matched::Words && found.question,
        };
        for (at, term) in (0..).zip(&plan.terms) {
            let rarity = rarity(term.turns(index).len() as f32, turns);
            scorer.rarity.push(rarity);
            scorer.total_weight += term.weight * rarity;
            scorer.named.add(at, term, index);
        }
        scorer
    }

    /// The `wanted` best of `turns`, best first.
    ///
    /// What takes long is to see whether an occurrence cuts a word, and whether a sentence asks. So
    /// every turn first gets a bound that its score cannot pass; the true one is computed in that
    /// order, until no turn that is left can be among the best.
    #[inline(never)] // A seam: browsers compile small functions faster.
    pub(crate) fn best(&self, turns: &TurnSet, wanted: usize) -> Vec<TurnId> {
        let mut bounds = Vec::with_capacity(turns.len());
        for turn in turns.iter() {
            bounds.push(pair(descending(self.bound(turn) * ROUNDING), turn.0));
        }
        let mut best = Least::new(wanted);
        for bound in LeastFirst::new(bounds) {
            if best.excludes(bound) {
                break;
            }
            let (_, turn) = unpair(bound);
            best.add(pair(descending(self.score(TurnId(turn))), turn));
        }
        let mut turns = Vec::new();
        for key in best.into_sorted() {
            turns.push(TurnId(unpair(key).1));
        }
        turns
    }

    /// What the score of `turn` would be if no occurrence cut a word, it asked nothing, and the
    /// turn before did nothing else.
    fn bound(&self, turn: TurnId) -> f32 {
        let before = self.answered_by(turn).map_or(0.0, |before| {
            self.score_by_itself(before, CutWords::Whole, &mut silent)
        });
        self.score_by_itself(turn, CutWords::Whole, &mut silent) + ANSWERING_SHARE * before
    }

    /// The score of `turn`.
    pub(crate) fn score(&self, turn: TurnId) -> f32 {
        self.score_with(turn, &mut silent)
    }

    /// What the score of `turn` is made of.
    pub(crate) fn explanation(&self, turn: TurnId) -> Vec<(String, f32)> {
        let mut explanation = Vec::new();
        self.score_with(turn, &mut |what: &str, value| {
            explanation.push((what.to_owned(), value));
        });
        explanation
    }

    /// The score of `turn`; every part of it is passed to `note`.
    ///
    /// In a record of speech the answer to a question often stands in the next turn, under other
    /// words. So where the query asks, a turn that asks the same passes part of its score on.
    fn score_with(&self, turn: TurnId, note: &mut impl FnMut(&str, f32)) -> f32 {
        let by_itself = self.score_by_itself(turn, CutWords::Judged, note);
        if !self.question {
            return by_itself;
        }
        let asking = self.asking(turn) * (1.0 - ASKING_SHARE) * by_itself;
        let mut score = by_itself - asking;
        if asking > 0.0 {
            note("asks the same", -asking);
        }
        if let Some(before) = self.answered_by(turn)
            && by_itself > 0.0
        {
            let asking = self.asking(before);
            if asking > 0.0 {
                let before = self.score_by_itself(before, CutWords::Judged, &mut silent);
                let answering = ANSWERING_SHARE * asking * before;
                note("answers", answering);
                score += answering;
            }
        }
        score
    }

    /// The turn before `turn`, if the query is a question and somebody else speaks there, in the
    /// same meeting.
    fn answered_by(&self, turn: TurnId) -> Option<TurnId> {
        let before = TurnId(turn.0.checked_sub(1).filter(|_| self.question)?);
        let index = self.index;
        let may_answer = index.meeting_of(before) == index.meeting_of(turn)
            && index.speaker_of(before) != index.speaker_of(turn);
        may_answer.then_some(before)
    }

    /// The share of the weight found in `turn` that stands in sentences with a question mark.
    fn asking(&self, turn: TurnId) -> f32 {
        let (mut all, mut asked) = (0.0, 0.0);
        for (at, term) in self.plan.terms.iter().enumerate() {
            let places = term.matches.in_turn(turn);
            let weight = term.weight * self.rarity[at];
            for &(start, _) in places {
                let share = weight / places.len() as f32;
                all += share;
                if self.in_question(start as usize) {
                    asked += share;
                }
            }
        }
        if all > 0.0 { asked / all } else { 0.0 }
    }

    /// Whether the sentence around the folded offset `at` ends with a question mark.
    fn in_question(&self, at: usize) -> bool {
        let mut rest = self.index.corpus.bytes_from(at);
        while let [first, after @ ..] = rest {
            match first {
                b'?' => return true,
                b'!' | b';' | b'\n' => return false,
                0xE3 if rest.starts_with("。".as_bytes()) => return false,
                _ => rest = after,
            }
        }
        false
    }

    fn score_by_itself(
        &self,
        turn: TurnId,
        cut_words: CutWords,
        note: &mut impl FnMut(&str, f32),
    ) -> f32 {
        let length = self.index.corpus.turn_length(turn) as f32 / self.average_length;
        let norm = SATURATION * (1.0 - LENGTH_NORMALISATION + LENGTH_NORMALISATION * length);
        let heading_end = self.heading_end(turn);
        let mut score = 0.0;
        let mut covered = 0.0;
        let mut add = |what: &str, value: f32| {
            if value != 0.0 {
                note(what, value);
            }
            score += value;
        };
        for (at, term) in self.plan.terms.iter().enumerate() {
            let weight = term.weight * self.rarity[at];
            let places = term.matches.in_turn(turn);
            if !places.is_empty() {
                let frequency = match cut_words {
                    CutWords::Whole => places.len() as f32,
                    CutWords::Judged => places.iter().map(|&place| self.worth(term, place)).sum(),
                };
                add(
                    &term.text,
                    weight * frequency * (SATURATION + 1.0) / (frequency + norm),
                );
                covered += weight;
                if places[0].0 < heading_end {
                    add("in a heading", weight * HEADING_BOOST);
                }
            }
            let speaker = self.index.speaker_of(turn);
            // Where every term must stand in the turn and this one stands in no text, it stands in
            // an event, or the turn is found because it is that speaker's.
            let in_event_only = self.conjunctive && places.is_empty();
            if speaker.is_some_and(|speaker| {
                term.speakers.contains(&speaker)
                    || !in_event_only && holds(&self.named.speakers, at, speaker.0)
            }) {
                add("names the speaker", weight * SPEAKER_BOOST);
                covered += if places.is_empty() { weight } else { 0.0 };
            }
            let meeting = self.index.meeting_of(turn);
            if !places.is_empty() && holds(&self.named.meetings, at, meeting.0) {
                add("names the meeting", weight * MEETING_BOOST);
            }
        }
        for at in 1..self.plan.terms.len() {
            add("close together", self.closeness(turn, at - 1, at));
        }
        if self.conjunctive || self.total_weight == 0.0 {
            return score;
        }
        // In a ranked OR, having all terms counts more than having one of them often, and having
        // them in one passage more than here and there in a long speech.
        let passage = self.best_passage(turn);
        if passage == 0.0 {
            return 0.0; // Only events have some.
        }
        let coverage =
            ((1.0 - PASSAGE_SHARE) * covered + PASSAGE_SHARE * passage) / self.total_weight;
        score * coverage * coverage
    }

    /// The most weight of different terms that stands in one passage of `turn`.
    #[inline(never)] // A seam: browsers compile small functions faster.
    fn best_passage(&self, turn: TurnId) -> f32 {
        let mut places = Vec::new();
        for (at, term) in (0..).zip(&self.plan.terms) {
            for &(start, _) in term.matches.in_turn(turn) {
                places.push(pair(start, at));
            }
        }
        let places = sorted(places);
        let mut counts = vec![0u32; self.plan.terms.len()];
        let mut passage = places.iter().map(|&place| unpair(place)).peekable();
        let (mut weight, mut best) = (0.0f32, 0.0f32);
        for &place in &places {
            let (start, at) = unpair(place);
            let at = at as usize;
            while let Some((_, left)) = passage.next_if(|(first, _)| first + PASSAGE < start) {
                let left = left as usize;
                counts[left] -= 1;
                if counts[left] == 0 {
                    weight -= self.plan.terms[left].weight * self.rarity[left];
                }
            }
            counts[at] += 1;
            if counts[at] == 1 {
                weight += self.plan.terms[at].weight * self.rarity[at];
            }
            best = best.max(weight);
        }
        best
    }

    /// Folded offset in the corpus at which the text of `turn` begins, after its own headings.
    fn heading_end(&self, turn: TurnId) -> u32 {
        let Some(heading) = self.index.pack.columns().heading(turn) else {
            return 0;
        };
        let own = &heading.path[heading.path.len() - heading.own..];
        let mut folded = 0;
        for line in own {
            folded += fold(line, self.index.fold_table()).len();
        }
        (self.index.corpus.turn_range(turn).start + folded) as u32
    }

    /// What one occurrence counts: less where a word of the lexicon reaches over its edge.
    fn worth(&self, term: &Term, (start, length): (u32, u32)) -> f32 {
        const LONG: u32 = 5 * 3;
        if length >= LONG || term.matched == Matched::Words {
            return 1.0;
        }
        if self
            .index
            .inside_word(start as usize, (start + length) as usize)
        {
            INSIDE_WORD
        } else {
            1.0
        }
    }

    /// What it counts that two terms stand close together, in the order of the query or not.
    fn closeness(&self, turn: TurnId, left: usize, right: usize) -> f32 {
        let terms = &self.plan.terms;
        let (first, second) = (
            terms[left].matches.in_turn(turn),
            terms[right].matches.in_turn(turn),
        );
        let gap = |a: (u32, u32), b: (u32, u32)| {
            if a.0 <= b.0 {
                b.0.saturating_sub(a.0 + a.1)
            } else {
                a.0.saturating_sub(b.0 + b.1)
            }
        };
        let mut nearest = u32::MAX;
        let mut at = 0;
        for &place in first {
            while at + 1 < second.len() && gap(place, second[at + 1]) <= gap(place, second[at]) {
                at += 1;
            }
            if let Some(&other) = second.get(at) {
                nearest = nearest.min(gap(place, other));
            }
        }
        if nearest == u32::MAX {
            return 0.0;
        }
        let both =
            (terms[left].weight * self.rarity[left]).min(terms[right].weight * self.rarity[right]);
        PROXIMITY_BOOST * both * PROXIMITY_REACH / (PROXIMITY_REACH + nearest as f32)
    }
}

/// Whether the pair of `first` and `second` is one of `pairs`, which are in order.
fn holds(pairs: &[u64], first: usize, second: u32) -> bool {
    pairs.binary_search(&pair(first as u32, second)).is_ok()
}
