//! Replacing the parts of a query that occur nowhere by words spelt or pronounced like them.

use turnsearch_model::SpeakerId;
use turnsearch_text::{fold_query, is_token};

use crate::compact::chars;
use crate::compact::strings::join;
use crate::find::matched::Matched;
use crate::find::note::{Note, NoteKind};
use crate::find::plan::Plan;
use crate::find::query::Query;
use crate::find::term::Term;
use crate::index::Index;
use crate::index::edge::Edge;
use crate::index::matches::Matches;
use crate::index::turn_set::TurnSet;
use crate::relax::pinyin::spelt_strings;
use crate::relax::pronounce::may_be_pinyin;
use crate::relax::spelling;

/// Replaces every part of the exact plan that occurs nowhere; `None` where one cannot be replaced
/// or no turn has them all.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(super) fn correct(
    query: &Query,
    plan: &mut Plan,
    typing: bool,
    index: &Index,
) -> Option<(Matched, TurnSet)> {
    join_letters(query, &mut plan.terms, index);
    let mut matched = Matched::Exact;
    for term in &mut plan.terms {
        if !term.turns(index).is_empty() {
            continue;
        }
        let mut words = respellings(&term.text, index);
        let mut kind = NoteKind::Fuzzy;
        if !replace(term, &words, Matched::Fuzzy, index) {
            words = spelt_strings(&term.text, typing, index);
            kind = NoteKind::Pinyin;
            if !replace(term, &words, Matched::Pinyin, index) {
                return None;
            }
        }
        matched = matched.max(term.matched);
        plan.notes.push(Note {
            kind,
            terms: words,
            more: 0,
        });
    }
    let turns = plan.turns_with_all(index);
    (matched != Matched::Exact && !turns.is_empty()).then_some((matched, turns))
}

/// Makes one term of neighbouring ones that are letters and occur nowhere (`duo li yi`).
#[inline(never)] // A seam: browsers compile small functions faster.
fn join_letters(query: &Query, terms: &mut Vec<Term>, index: &Index) {
    if query.parts.iter().any(|part| part.alternative) {
        return;
    }
    // Joining helps pinyin only. Letters that are misspelt words stay apart.
    let is_misspelt = |term: &Term| {
        let (matches, speakers) = found_as(&respellings(&term.text, index), index);
        !matches.is_empty() || !speakers.is_empty()
    };
    let mut letters = terms.iter().filter(|term| is_unknown_letters(term, index));
    if letters.all(is_misspelt) {
        return;
    }
    for term in std::mem::take(terms) {
        match terms.last_mut() {
            Some(last) if is_unknown_letters(last, index) && is_unknown_letters(&term, index) => {
                last.text = join(&[&last.text, &term.text], " ");
            }
            _ => terms.push(term),
        }
    }
}

/// Whether `term` occurs nowhere and may be pinyin.
fn is_unknown_letters(term: &Term, index: &Index) -> bool {
    term.matches.is_empty()
        && term.speakers.is_empty()
        && may_be_pinyin(&fold_query(&term.text, index.fold_table()))
}

/// Looks for `words` in place of `term`, by the rule `matched`, unless they occur nowhere and name
/// nobody.
fn replace(term: &mut Term, words: &[String], matched: Matched, index: &Index) -> bool {
    let (matches, speakers) = found_as(words, index);
    let is_found = !matches.is_empty() || !speakers.is_empty();
    if is_found {
        term.matches = matches;
        term.speakers = speakers;
        term.matched = matched;
    }
    is_found
}

/// Where `words` stand, and the speakers whose full names they are.
fn found_as(words: &[String], index: &Index) -> (Matches, Vec<SpeakerId>) {
    let mut matches = Matches::default();
    let mut speakers = Vec::new();
    for word in words {
        matches = matches.merged(index.corpus.find(word, Edge::Token));
        speakers.extend_from_slice(&index.people.named_in_full(word));
    }
    (matches, speakers)
}

/// The words spelt almost like `typed`.
fn respellings(typed: &str, index: &Index) -> Vec<String> {
    let folded = fold_query(typed, index.fold_table());
    if chars::all(&folded, is_token) {
        spelling::corrections(&folded, index.pack.lexicon())
    } else {
        Vec::new()
    }
}
