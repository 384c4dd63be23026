//! From what was typed to what is looked for: parts are folded, joined, and found in the texts.

use turnsearch_text::{fold_query, is_alphabetic, is_token, query_variants};

use crate::corpus::{Edge, Matches};
use crate::order::{pair, sorted, unpair};
use crate::query::{Part, Query};
use crate::request::{Matched, Note, NoteKind};
use crate::searcher::Index;
use crate::strings::join;
use crate::turn_set::TurnSet;

/// Most neighbouring words of which every joining is tried.
const MOST_JOINED: usize = 6;

/// One thing that a turn must have.
#[derive(Debug, Clone)]
pub(crate) struct Term {
    /// As it was typed, or as it is looked for instead.
    pub text: String,
    /// Where it stands.
    pub matches: Matches,
    /// Speakers whose turns have it by being theirs.
    pub speakers: Vec<u32>,
    /// How much a match counts, beside its rarity.
    pub weight: f32,
    /// By which rule it matches.
    pub matched: Matched,
}

impl Term {
    pub(crate) fn exact(text: &str, matches: Matches) -> Self {
        Self {
            text: text.to_owned(),
            matches,
            speakers: Vec::new(),
            weight: 1.0,
            matched: Matched::Exact,
        }
    }

    /// The turns that have it.
    pub(crate) fn turns(&self, index: &Index) -> TurnSet {
        let mut turns = TurnSet::from_turns(self.matches.turns(), index.turns());
        for &speaker in &self.speakers {
            turns.unite(&index.turns_of_speaker(speaker));
        }
        turns
    }
}

/// What to look for.
#[derive(Debug, Clone, Default)]
pub(crate) struct Plan {
    /// All of these, or, in a ranked OR, some of them.
    pub terms: Vec<Term>,
    /// What the reader should know.
    pub notes: Vec<Note>,
    /// None of these.
    pub excluded: Vec<Matches>,
}

impl Plan {
    /// Offset and length of the places in `turn` where any of the terms stands, in order.
    pub(crate) fn places_in(&self, turn: u32) -> Vec<(u32, u32)> {
        let mut places = Vec::new();
        for term in &self.terms {
            let found = term.matches.in_turn(turn).iter();
            places.extend(found.map(|&(start, length)| pair(start, length)));
        }
        sorted(places).into_iter().map(unpair).collect()
    }

    /// The speakers whom any of the terms names, or any of the words that took the place of one.
    pub(crate) fn named_speakers(&self, index: &Index) -> Vec<u32> {
        let mut named = Vec::new();
        for term in &self.terms {
            named.extend(&term.speakers);
        }
        let texts = self.terms.iter().map(|term| &term.text);
        for text in texts.chain(self.notes.iter().flat_map(|note| &note.terms)) {
            named.extend(index.people.named_by(&fold_query(text, index.fold_table())));
        }
        named
    }
}

/// Makes the plan in which everything that was typed must occur as typed.
pub(crate) fn exact(query: &Query, typing: bool, index: &Index) -> Plan {
    let planner = Planner {
        index,
        typing: typing && query.open_end,
    };
    let mut plan = Plan::default();
    let mut at = 0;
    while at < query.clauses.len() {
        if let Some((term, after)) = planner.full_name(query, at) {
            plan.terms.push(term);
            at = after;
        } else if planner.joins(query, at) {
            let after = planner.end_of_joined(query, at);
            planner.joined(query, at..after, &mut plan);
            at = after;
        } else {
            plan.terms.extend(planner.any_of(query, at));
            at += 1;
        }
    }
    plan.excluded = query
        .excluded
        .iter()
        .map(|part| find(index, &part.text, Edge::Token))
        .collect();
    plan
}

/// Every place of `typed`, in all the forms that folding leaves open.
pub(crate) fn find(index: &Index, typed: &str, edge: Edge) -> Matches {
    let forms = query_variants(typed, index.pack.fold_table());
    let mut matches = Matches::default();
    for (at, form) in forms.iter().enumerate() {
        // One ambiguous character alone means itself, if that occurs.
        if at > 0 && form.chars().nth(1).is_none() && !matches.is_empty() {
            break;
        }
        matches = matches.merged(index.corpus.find(form, edge));
    }
    matches
}

struct Planner<'a> {
    index: &'a Index,
    /// Whether the last part may end inside a token.
    typing: bool,
}

impl Planner<'_> {
    fn edge(&self, query: &Query, last: usize) -> Edge {
        if self.typing && last + 1 == query.clauses.len() {
            Edge::Prefix
        } else {
            Edge::Token
        }
    }

    /// The clause at `at` as one term: any of its parts.
    fn any_of(&self, query: &Query, at: usize) -> Option<Term> {
        let clause = &query.clauses[at];
        let mut matches = Matches::default();
        let mut looked_for = false;
        for part in clause {
            let text = self.unopened(part);
            looked_for |= !fold_query(text, self.index.pack.fold_table()).is_empty();
            matches = matches.merged(find(self.index, text, self.edge(query, at)));
        }
        let texts: Vec<&str> = clause.iter().map(|part| part.text.as_str()).collect();
        looked_for.then(|| Term::exact(&join(&texts, " | "), matches))
    }

    /// A part without the quotation mark that the reader has not closed yet.
    fn unopened<'p>(&self, part: &'p Part) -> &'p str {
        if self.typing && !part.phrase {
            return part.text.trim_start_matches(['"', '“', '「', '『']);
        }
        &part.text
    }

    /// The longest run of parts from `at` that is the full name of a speaker: it stands for the turns that
    /// this speaker has, and for those in which all its parts occur.
    fn full_name(&self, query: &Query, at: usize) -> Option<(Term, usize)> {
        let run = query.clauses[at..]
            .iter()
            .take(MOST_JOINED)
            .take_while(|clause| clause.len() == 1)
            .count();
        for after in (at + 1..=at + run).rev() {
            let parts: Vec<&str> = query.clauses[at..after]
                .iter()
                .map(|clause| clause[0].text.as_str())
                .collect();
            let name = join(&parts, " ");
            let speakers = self
                .index
                .people
                .named_in_full(&fold_query(&name, self.index.pack.fold_table()));
            if !speakers.is_empty() {
                let found = parts.iter().enumerate();
                let found = found
                    .map(|(place, part)| find(self.index, part, self.edge(query, at + place)))
                    .collect();
                let term = Term {
                    speakers,
                    ..Term::exact(&name, all_of(found, self.index.turns()))
                };
                return Some((term, after));
            }
        }
        None
    }

    /// Whether the blank behind the part at `at` is typography: it stands between a Latin word and
    /// an ideograph.
    fn joins(&self, query: &Query, at: usize) -> bool {
        let single = |at: usize| {
            query
                .clauses
                .get(at)
                .filter(|clause| clause.len() == 1)
                .map(|clause| &clause[0])
        };
        let (Some(left), Some(right)) = (single(at), single(at + 1)) else {
            return false;
        };
        if left.phrase || right.phrase {
            return false;
        }
        let table = self.index.pack.fold_table();
        let last = fold_query(&left.text, table).chars().next_back();
        let first = fold_query(&right.text, table).chars().next();
        let (Some(last), Some(first)) = (last, first) else {
            return false;
        };
        let letter = |c: char| is_token(c) || is_alphabetic(c);
        is_token(last) != is_token(first) && letter(last) && letter(first)
    }

    fn end_of_joined(&self, query: &Query, at: usize) -> usize {
        let mut after = at + 1;
        while after - at < MOST_JOINED
            && self.joins(query, after - 1)
            && self.full_name(query, after).is_none()
        {
            after += 1;
        }
        after
    }

    /// Cuts the run of parts into as few pieces as possible such that every piece of several parts
    /// occurs somewhere, and adds a term for each.
    fn joined(&self, query: &Query, run: std::ops::Range<usize>, plan: &mut Plan) {
        let text = |from: usize, to: usize| {
            let parts: Vec<&str> = query.clauses[from..to]
                .iter()
                .map(|clause| clause[0].text.as_str())
                .collect();
            join(&parts, " ")
        };
        // For each place: pieces up to there, where the last piece begins, and its matches.
        let mut best: Vec<(usize, usize, Matches)> = vec![(0, run.start, Matches::default())];
        for to in run.start + 1..=run.end {
            let mut chosen: Option<(usize, usize, Matches)> = None;
            for from in run.start..to {
                let pieces = best[from - run.start].0 + 1;
                if chosen
                    .as_ref()
                    .is_some_and(|(fewest, ..)| *fewest <= pieces)
                {
                    continue;
                }
                let matches = find(self.index, &text(from, to), self.edge(query, to - 1));
                if to - from == 1 || !matches.is_empty() {
                    chosen = Some((pieces, from, matches));
                }
            }
            best.extend(chosen);
        }
        let mut pieces = Vec::new();
        let mut to = run.end;
        while to > run.start {
            let (_, from, matches) = best[to - run.start].clone();
            pieces.push((from, to, Term::exact(&text(from, to), matches)));
            to = from;
        }
        pieces.reverse();
        plan.notes.extend(self.note_on(query, &pieces));
        plan.terms.extend(pieces.into_iter().map(|(.., term)| term));
    }

    fn note_on(&self, query: &Query, pieces: &[(usize, usize, Term)]) -> Vec<Note> {
        if pieces.len() > 1 {
            let terms = pieces.iter().map(|(.., term)| term.text.clone()).collect();
            return vec![Note {
                kind: NoteKind::Apart,
                terms,
                more: 0,
            }];
        }
        let mut notes = Vec::new();
        for (from, to, term) in pieces.iter().filter(|(from, to, _)| to - from > 1) {
            let sides = (*from..*to)
                .map(|at| find(self.index, &query.clauses[at][0].text, self.edge(query, at)));
            let apart = all_of(sides.collect(), self.index.turns()).turn_count();
            let more = apart.saturating_sub(term.matches.turn_count());
            notes.push(Note {
                kind: NoteKind::Joined,
                terms: vec![term.text.clone()],
                more,
            });
        }
        notes
    }
}

/// The matches in those turns that have every one of `found`.
fn all_of(found: Vec<Matches>, turns: u32) -> Matches {
    let mut common = TurnSet::all(turns);
    for matches in &found {
        common.intersect(&TurnSet::from_turns(matches.turns(), turns));
    }
    let all = found
        .into_iter()
        .reduce(Matches::merged)
        .unwrap_or_default();
    all.only_in(&common)
}

/// The turns that have every term and nothing excluded.
pub(crate) fn turns_with_all(plan: &Plan, index: &Index) -> TurnSet {
    let mut turns = TurnSet::all(index.turns());
    for term in &plan.terms {
        turns.intersect(&term.turns(index));
    }
    exclude(&mut turns, plan, index);
    turns
}

/// Drops the turns that have something excluded.
pub(crate) fn exclude(turns: &mut TurnSet, plan: &Plan, index: &Index) {
    for matches in &plan.excluded {
        turns.subtract(&TurnSet::from_turns(matches.turns(), index.turns()));
    }
}
