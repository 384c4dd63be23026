//! From what was typed to what is looked for: parts are folded, joined, and found in the texts.

use std::ops::Range;

use turnsearch_model::SpeakerId;
use turnsearch_text::{fold_query, is_alphabetic, is_token, query_variants};

use crate::compact::chars::{self, has_two, trim_start};
use crate::compact::strings::join;
use crate::find::note::{Note, NoteKind};
use crate::find::plan::Plan;
use crate::find::query::{FilterKey, Part, Query};
use crate::find::term::Term;
use crate::index::Index;
use crate::index::edge::Edge;
use crate::index::matches::Matches;
use crate::index::turn_set::TurnSet;

/// Most neighbouring words of which every joining is tried.
const MOST_JOINED: usize = 6;

/// Makes the plan in which everything that was typed must occur as typed.
pub(crate) fn exact(query: &Query, typing: bool, index: &Index) -> Plan {
    let planner = Planner {
        index,
        query,
        typing: typing && query.open_end,
    };
    let mut plan = Plan {
        excluded: TurnSet::none(index.turns()),
        ..Plan::default()
    };
    let mut at = 0;
    while at < query.parts.len() {
        at = if let Some((speakers, after)) = planner.full_name(at) {
            plan.terms.push(planner.named(speakers, at..after));
            after
        } else if planner.joins(at) {
            let after = planner.end_of_joined(at);
            planner.joined(at..after, &mut plan);
            after
        } else {
            let after = planner.end_of_alternatives(at);
            if let Some(term) = planner.any_of(at..after) {
                plan.terms.push(term);
            }
            after
        };
    }
    for (key, text) in &query.filters {
        if *key == FilterKey::Without {
            let matches = find(index, text, Edge::Token);
            plan.excluded.unite(&index.turns_of_matches(&matches));
        }
    }
    plan
}

/// Every place of `typed`, in all the forms that folding leaves open.
fn find(index: &Index, typed: &str, edge: Edge) -> Matches {
    let mut matches = Matches::default();
    for form in query_variants(typed, index.fold_table()) {
        // One ambiguous character alone means itself, if that occurs.
        if !matches.is_empty() && !has_two(&form) {
            break;
        }
        matches = matches.merged(index.corpus.find(&form, edge));
    }
    matches
}

struct Planner<'a> {
    index: &'a Index,
    query: &'a Query,
    /// Whether the last part may end inside a token.
    typing: bool,
}

impl<'a> Planner<'a> {
    /// Every place of `text`, which belongs to what ends before the part `after`.
    fn find(&self, text: &str, after: usize) -> Matches {
        let edge = if self.typing && after == self.query.parts.len() {
            Edge::Prefix
        } else {
            Edge::Token
        };
        find(self.index, text, edge)
    }

    /// The part at `at`, if there is no alternative to it.
    fn single(&self, at: usize) -> Option<&'a Part> {
        let part = self.query.parts.get(at)?;
        (!part.alternative && self.end_of_alternatives(at) == at + 1).then_some(part)
    }

    /// The end of the parts that are alternatives to the one at `at`.
    fn end_of_alternatives(&self, at: usize) -> usize {
        let mut after = at + 1;
        while let Some(part) = self.query.parts.get(after)
            && part.alternative
        {
            after += 1;
        }
        after
    }

    /// The text of the parts in `run`, each of them single.
    fn text(&self, run: Range<usize>) -> String {
        let mut texts = Vec::new();
        for part in self.query.parts.get(run).unwrap_or_default() {
            texts.push(part.text.as_str());
        }
        join(&texts, " ")
    }

    /// Alternatives as one term: any of them.
    fn any_of(&self, alternatives: Range<usize>) -> Option<Term> {
        let mut matches = Matches::default();
        let mut looked_for = false;
        let mut texts = Vec::new();
        let after = alternatives.end;
        for part in self.query.parts.get(alternatives).unwrap_or_default() {
            let text = self.unopened(part);
            looked_for |= !fold_query(text, self.index.fold_table()).is_empty();
            matches = matches.merged(self.find(text, after));
            texts.push(part.text.as_str());
        }
        looked_for.then(|| Term::exact(join(&texts, " | "), matches))
    }

    /// A part without the quotation mark that the reader has not closed yet.
    fn unopened<'p>(&self, part: &'p Part) -> &'p str {
        if self.typing && !part.phrase {
            return trim_start(&part.text, |c| matches!(c, '"' | '“' | '「' | '『'));
        }
        &part.text
    }

    /// The speakers whose full name is the longest such run of parts from `at`, and its end.
    fn full_name(&self, at: usize) -> Option<(Vec<SpeakerId>, usize)> {
        let mut longest = None;
        for last in at..at + MOST_JOINED {
            if self.single(last).is_none() {
                break;
            }
            let name = fold_query(&self.text(at..last + 1), self.index.fold_table());
            let speakers = self.index.people.named_in_full(&name);
            if !speakers.is_empty() {
                longest = Some((speakers, last + 1));
            }
        }
        longest
    }

    /// A run of parts that is the full name of `speakers`: it stands for the turns that they have,
    /// and for those in which all its parts occur.
    fn named(&self, speakers: Vec<SpeakerId>, run: Range<usize>) -> Term {
        let (matches, turns) = self.apart(run.clone());
        let matches = matches.only_in(&|entry| turns.contains(self.index.turn_of(entry)));
        Term {
            speakers,
            ..Term::exact(self.text(run), matches)
        }
    }

    /// Every place of each part of a run, and the turns that have them all.
    fn apart(&self, run: Range<usize>) -> (Matches, TurnSet) {
        let mut all = Matches::default();
        let mut turns = TurnSet::all(self.index.turns());
        for at in run {
            let matches = self.find(&self.text(at..at + 1), at + 1);
            turns.intersect(&self.index.turns_of_matches(&matches));
            all = all.merged(matches);
        }
        (all, turns)
    }

    /// Whether the blank after the part at `at` is typography: it stands between a Latin word and
    /// an ideograph.
    fn joins(&self, at: usize) -> bool {
        let (Some(left), Some(right)) = (self.single(at), self.single(at + 1)) else {
            return false;
        };
        let table = self.index.fold_table();
        let before = chars::last(&fold_query(&left.text, table));
        let after = chars::first(&fold_query(&right.text, table));
        let (Some(before), Some(after)) = (before, after) else {
            return false;
        };
        let is_letter = |c: char| is_token(c) || is_alphabetic(c);
        !left.phrase
            && !right.phrase
            && is_token(before) != is_token(after)
            && is_letter(before)
            && is_letter(after)
    }

    fn end_of_joined(&self, at: usize) -> usize {
        let mut after = at + 1;
        while after - at < MOST_JOINED && self.joins(after - 1) && self.full_name(after).is_none() {
            after += 1;
        }
        after
    }

    /// Cuts the run of parts into as few pieces as possible such that every piece of several parts
    /// occurs somewhere, and adds a term for each.
    #[inline(never)] // A seam: browsers compile small functions faster.
    fn joined(&self, run: Range<usize>, plan: &mut Plan) {
        // For each place: pieces up to there, where the last piece begins, and its matches.
        let mut best = vec![(0, run.start, Matches::default())];
        for to in run.start + 1..run.end + 1 {
            let mut chosen = (usize::MAX, run.start, Matches::default());
            for (from, (pieces, ..)) in (run.start..to).zip(&best) {
                let pieces = pieces + 1;
                if chosen.0 <= pieces {
                    continue;
                }
                let matches = self.find(&self.text(from..to), to);
                if to - from == 1 || !matches.is_empty() {
                    chosen = (pieces, from, matches);
                }
            }
            best.push(chosen);
        }
        let first = plan.terms.len();
        let mut to = run.end;
        // From the end, so each goes before the others.
        while to > run.start
            && let Some((_, from, matches)) = best.get_mut(to - run.start)
        {
            let term = Term::exact(self.text(*from..to), std::mem::take(matches));
            plan.terms.insert(first, term);
            to = *from;
        }
        let terms = plan.terms.get(first..).unwrap_or_default();
        if let Some(note) = self.note_on(run, terms) {
            plan.notes.push(note);
        }
    }

    /// What to say about `run` having been looked for as `terms`.
    fn note_on(&self, run: Range<usize>, terms: &[Term]) -> Option<Note> {
        let mut note = Note {
            kind: NoteKind::Apart,
            terms: Vec::new(),
            more: 0,
        };
        if let [joined] = terms {
            if run.len() == 1 {
                return None;
            }
            let (_, apart) = self.apart(run);
            note.kind = NoteKind::Joined;
            note.more = apart.len().saturating_sub(joined.turns(self.index).len());
        }
        for term in terms {
            note.terms.push(term.text.clone());
        }
        Some(note)
    }
}
