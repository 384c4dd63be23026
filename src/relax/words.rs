//! The words of a query as a ranked OR.

use turnsearch_model::TurnId;
use turnsearch_text::{fold_query, is_han, is_token, part};

use crate::compact::chars::{self, has_two};
use crate::compact::strings::{contains, join};
use crate::find::matched::Matched;
use crate::find::note::{Note, NoteKind};
use crate::find::plan::Plan;
use crate::find::query::Query;
use crate::find::rarity::rarity;
use crate::find::term::Term;
use crate::index::Index;
use crate::index::edge::Edge;
use crate::index::turn_set::TurnSet;
use crate::relax::cut::cut;
use crate::relax::spelling;

/// A turn must have this share of the weight of all words to be an answer.
const LEAST_COVERAGE: f32 = 0.3;
/// Weight of a single ideograph that belongs to no word.
const WEIGHT_OF_SINGLE: f32 = 0.25;
/// Weight of a word that asks, points or connects (什么, 这个, 因为): the builder marks them.
const WEIGHT_OF_FUNCTION_WORD: f32 = 0.05;
/// A single ideograph that stands in more than this share of all turns (的, 是) tells nothing.
const COMMON_SHARE: f32 = 0.2;
/// Words that weigh less than this share of the weightiest are not looked for.
const LEAST_SHARE_OF_WEIGHT: f32 = 0.04;

/// Makes a plan of the words of the query, each with the weight its kind has.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(super) fn rank_words(query: &Query, plan: &mut Plan, index: &Index) {
    let mut words = WordTerms {
        index,
        terms: Vec::new(),
    };
    for part in &query.parts {
        words.add_runs(&fold_query(&part.text, index.fold_table()));
    }
    let mut terms = words.terms;
    count_longest_only(&mut terms);
    let mut heaviest = 0.0;
    for term in &terms {
        heaviest = f32::max(heaviest, weight(term, index));
    }
    let mut note = Note {
        kind: NoteKind::Words,
        terms: Vec::new(),
        more: 0,
    };
    plan.terms.clear();
    for term in terms {
        if !term.matches.is_empty() && weight(&term, index) >= LEAST_SHARE_OF_WEIGHT * heaviest {
            note.terms.push(term.text.clone());
            plan.terms.push(term);
        }
    }
    plan.notes.clear();
    plan.notes.push(note);
}

/// What a match of `term` weighs; nothing where there is none.
fn weight(term: &Term, index: &Index) -> f32 {
    let turns = term.matches.entry_count() as f32;
    if turns == 0.0 {
        return 0.0;
    }
    term.weight * rarity(turns, index.turns() as f32)
}

/// Takes from each term the places where it stands inside a longer term of the query: 第一场 says
/// nothing about 一场 besides.
fn count_longest_only(terms: &mut [Term]) {
    for at in 0..terms.len() {
        for other in 0..terms.len() {
            if let (Some(short), Some(long)) = (terms.get(at), terms.get(other))
                && short.text.len() < long.text.len()
                && contains(&long.text, &short.text)
            {
                let outside = short.matches.outside(&long.matches);
                if let Some(short) = terms.get_mut(at) {
                    short.matches = outside;
                }
            }
        }
    }
}

/// The words of a query that occur.
struct WordTerms<'a> {
    index: &'a Index,
    terms: Vec<Term>,
}

impl WordTerms<'_> {
    fn add(&mut self, word: &str, weight: f32) {
        if self.terms.iter().any(|term| term.text == word) {
            return;
        }
        let matches = self.index.corpus.find(word, Edge::Token);
        if !matches.is_empty() {
            self.terms.push(Term {
                weight,
                matched: Matched::Words,
                ..Term::exact(word.to_owned(), matches)
            });
        }
    }

    /// Adds the runs of ideographs and of token characters in `folded`.
    fn add_runs(&mut self, folded: &str) {
        let mut rest = folded;
        while let Some(first) = chars::first(rest) {
            let of_run = script(first);
            let end = chars::find(rest, &|c| script(c) != of_run);
            let run = part(rest, ..end);
            rest = part(rest, end..);
            match of_run {
                Script::Han => self.add_cut(run),
                Script::Token => self.add_token(run),
                Script::Other => {}
            }
        }
    }

    fn add_token(&mut self, token: &str) {
        if !self.index.corpus.find(token, Edge::Token).is_empty() {
            return self.add(token, 1.0);
        }
        for word in spelling::corrections(token, self.index.pack.lexicon()) {
            self.add(&word, 0.5);
        }
    }

    /// Adds the words and the rest of a run of ideographs. What is left between words is taken in
    /// pairs, unless it is everywhere.
    fn add_cut(&mut self, run: &str) {
        // The single ideograph before, which may make a pair with the next.
        let mut single = None;
        let mut words = cut(run, self.index.pack.lexicon());
        while let Some(word) = words.pop() {
            let value = if has_two(word) {
                self.index.pack.lexicon().get(word)
            } else {
                None
            };
            let weight = match value {
                Some(value) if turnsearch_pack::is_function_word(value) => WEIGHT_OF_FUNCTION_WORD,
                Some(_) => 1.0,
                None if self.is_common(word) => {
                    single = None;
                    continue;
                }
                None => WEIGHT_OF_SINGLE,
            };
            if let (Some(before), None) = (single, value) {
                self.add(&join(&[before, word], ""), 1.0);
            }
            self.add(word, weight);
            single = value.is_none().then_some(word);
        }
    }

    fn is_common(&self, word: &str) -> bool {
        let most = (COMMON_SHARE * self.index.turns() as f32) as usize;
        let corpus = &self.index.corpus;
        corpus.find_in_few(word, Edge::Token, most).is_none()
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Script {
    Han,
    Token,
    Other,
}

fn script(c: char) -> Script {
    match c {
        _ if is_han(c) => Script::Han,
        _ if is_token(c) => Script::Token,
        _ => Script::Other,
    }
}

/// The turns that have at least [`LEAST_COVERAGE`] of the weight of all terms.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(super) fn turns_with_most(plan: &Plan, index: &Index) -> TurnSet {
    let mut weights = vec![0.0f32; index.turns() as usize];
    let mut total = 0.0;
    for term in &plan.terms {
        let weight = weight(term, index);
        total += weight;
        for turn in term.turns(index).iter() {
            if let Some(of_turn) = weights.get_mut(turn.index()) {
                *of_turn += weight;
            }
        }
    }
    let mut with_most = TurnSet::none(index.turns());
    for (turn, weight) in (0..).zip(weights) {
        if weight > 0.0 && weight >= LEAST_COVERAGE * total {
            with_most.insert(TurnId(turn));
        }
    }
    with_most
}
