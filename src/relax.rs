//! What to look for when a query, as it was typed, stands nowhere.
//!
//! Always in the open: the answer says by which rule it matched and which words were looked for. The steps, each
//! only where the one before found nothing:
//!
//! 1. every part must still occur, but a part that occurs nowhere is replaced by words spelt almost
//!    like it, or else by words pronounced like it: the strictest reading of a slip of the finger;
//! 2. the words of the query as a ranked OR.

use turnsearch_pack::Visit;
use turnsearch_text::{fold_query, is_han, is_token, part};

use crate::corpus::{Edge, Matches};
use crate::order::keep_first;
use crate::plan::{self, Plan, Term};
use crate::pronounce::{Spelling, may_be_pinyin, spelt};
use crate::query::Query;
use crate::request::{Matched, Note, NoteKind};
use crate::searcher::Index;
use crate::spelling;
use crate::strings::{contains, join};
use crate::turn_set::TurnSet;

/// In the ranked OR, a turn must have this share of the weight of all words to be an answer.
const LEAST_COVERAGE: f32 = 0.3;
/// Longest word of ideographs that is looked up when a query is cut.
const MOST_CHARACTERS_OF_WORD: usize = 8;
/// Most words of ideographs that are tried for how they are pronounced: more than any lexicon has, and a bound on
/// what a hostile one can ask for.
const MOST_CANDIDATES: usize = 1 << 18;
/// Most strings that letters are taken to be the pronunciation of.
const MOST_PRONOUNCED: usize = 12;
/// Weight of a single ideograph that belongs to no word.
const WEIGHT_OF_SINGLE: f32 = 0.25;
/// Weight of a word that asks, points or connects (什么, 这个, 因为): the builder marks them.
const WEIGHT_OF_FUNCTION_WORD: f32 = 0.05;
/// A single ideograph that stands in more than this share of all turns (的, 是) tells nothing.
const COMMON_SHARE: f32 = 0.2;
/// Words that weigh less than this share of the weightiest are not looked for.
const LEAST_SHARE_OF_WEIGHT: f32 = 0.04;

/// What a relaxed plan finds.
pub(crate) struct Relaxed {
    pub plan: Plan,
    pub matched: Matched,
    pub turns: TurnSet,
}

/// Finds what `query` may have meant. `exact` is the plan that found nothing.
pub(crate) fn relaxed(
    query: &Query,
    exact: &Plan,
    typing: bool,
    index: &Index,
    allowed: &TurnSet,
) -> Relaxed {
    if let Some(found) = corrected(query, exact, typing, index, allowed) {
        return found;
    }
    let plan = ranked_or(query, exact, index);
    let mut turns = turns_with_most(&plan, index);
    plan::exclude(&mut turns, &plan, index);
    turns.intersect(allowed);
    let matched = if turns.is_empty() {
        Matched::Exact
    } else {
        Matched::Words
    };
    Relaxed {
        plan,
        matched,
        turns,
    }
}

/// The exact plan with every part that occurs nowhere replaced; `None` where a part cannot be
/// replaced or no turn has them all.
fn corrected(
    query: &Query,
    exact: &Plan,
    typing: bool,
    index: &Index,
    allowed: &TurnSet,
) -> Option<Relaxed> {
    let mut plan = Plan {
        notes: exact.notes.clone(),
        excluded: exact.excluded.clone(),
        ..Plan::default()
    };
    let mut matched = Matched::Exact;
    for term in joined_letters(query, exact, index) {
        if !term.turns(index).is_empty() {
            plan.terms.push(term);
            continue;
        }
        let (replaced, note) =
            respelt(&term.text, index).or_else(|| pronounced(&term.text, typing, index))?;
        matched = matched.max(replaced.matched);
        plan.terms.push(replaced);
        plan.notes.push(note);
    }
    let mut turns = plan::turns_with_all(&plan, index);
    if matched == Matched::Exact || turns.is_empty() {
        return None;
    }
    turns.intersect(allowed);
    Some(Relaxed {
        plan,
        matched,
        turns,
    })
}

/// The terms of the exact plan; where neighbouring ones are letters that occur nowhere (`duo li yi`), as one.
fn joined_letters(query: &Query, exact: &Plan, index: &Index) -> Vec<Term> {
    let unknown_letters = |term: &Term| {
        let folded = fold_query(&term.text, index.fold_table());
        may_be_pinyin(&folded) && term.matches.is_empty() && term.speakers.is_empty()
    };
    let every_clause_single = query.clauses.iter().all(|clause| clause.len() == 1);
    let mut terms: Vec<Term> = Vec::new();
    for term in &exact.terms {
        match terms.last_mut() {
            Some(last) if every_clause_single && unknown_letters(last) && unknown_letters(term) => {
                last.text = join(&[&last.text, &term.text], " ");
            }
            _ => terms.push(term.clone()),
        }
    }
    // Joining helps pinyin only. Letters that are misspelt words stay apart.
    let spelt_apart = exact.terms.iter().filter(|term| unknown_letters(term));
    if spelt_apart.clone().count() > 0
        && spelt_apart
            .clone()
            .all(|term| respelt(&term.text, index).is_some())
    {
        return exact.terms.clone();
    }
    terms
}

/// A term for the words spelt almost like `typed`.
fn respelt(typed: &str, index: &Index) -> Option<(Term, Note)> {
    let folded = fold_query(typed, index.fold_table());
    if !folded.chars().all(is_token) {
        return None;
    }
    let words = spelling::corrections(&folded, index.pack.lexicon());
    replacement(typed, words, Matched::Fuzzy, NoteKind::Fuzzy, index)
}

/// A term for the words and names pronounced like `typed`.
fn pronounced(typed: &str, typing: bool, index: &Index) -> Option<(Term, Note)> {
    let folded = fold_query(typed, index.fold_table());
    if !may_be_pinyin(&folded) {
        return None;
    }
    replacement(
        typed,
        spelt_strings(&folded, typing, index),
        Matched::Pinyin,
        NoteKind::Pinyin,
        index,
    )
}

fn replacement(
    typed: &str,
    words: Vec<String>,
    matched: Matched,
    kind: NoteKind,
    index: &Index,
) -> Option<(Term, Note)> {
    let mut matches = Matches::default();
    let mut speakers = Vec::new();
    for word in &words {
        matches = matches.merged(index.corpus.find(word, Edge::Token));
        speakers.extend(index.people.named_in_full(word));
    }
    if matches.is_empty() && speakers.is_empty() {
        return None;
    }
    let term = Term {
        text: typed.to_owned(),
        matches,
        speakers,
        weight: 1.0,
        matched,
    };
    Some((
        term,
        Note {
            kind,
            terms: words,
            more: 0,
        },
    ))
}

/// The folded strings of the collection that `folded` spells: beginnings of names, key phrases and
/// words, spelt out if there are such, else by initials; between the two, whatever stands in the
/// texts, since a reader's word need not be one of the lexicon's.
fn spelt_strings(folded: &str, typing: bool, index: &Index) -> Vec<String> {
    let mut found: Vec<(Spelling, String)> = Vec::new();
    let letters = folded.chars().filter(|c| !matches!(c, ' ' | '\'')).count();
    for candidate in candidates(index) {
        let spelling = spelt(folded, &candidate, index.pack.pinyin(), typing);
        let Some((length, spelling)) = spelling else {
            continue;
        };
        // One ideograph, or two initials, say too little.
        let spelt = part(&candidate, ..length);
        let least = if spelling == Spelling::Initials { 3 } else { 2 };
        if spelt.chars().count() >= least && letters > 1 {
            let spelt = (spelling, spelt.to_owned());
            if !found.contains(&spelt) {
                keep_first(&mut found, spelt, MOST_PRONOUNCED, |a, b| a < b);
            }
        }
    }
    if found
        .iter()
        .all(|(spelling, _)| *spelling == Spelling::Initials)
    {
        let in_texts = spelt_in_texts(folded, typing, index);
        if !in_texts.is_empty() {
            return in_texts;
        }
    }
    let best = found.first().map(|(spelling, _)| *spelling);
    found.retain(|(spelling, _)| Some(*spelling) == best);
    found.into_iter().map(|(_, text)| text).collect()
}

/// The strings of at least two ideographs that stand in the texts and that `folded` spells out.
fn spelt_in_texts(folded: &str, typing: bool, index: &Index) -> Vec<String> {
    let pinyin = index.pack.pinyin();
    let Some(first) = folded.chars().next() else {
        return Vec::new();
    };
    let firsts: Vec<char> = if is_han(first) {
        vec![first]
    } else {
        pinyin.spelt_at_head(folded).collect()
    };
    let mut found: Vec<String> = Vec::new();
    for first in firsts {
        for at in index
            .corpus
            .find(first.encode_utf8(&mut [0; 4]), Edge::Token)
            .places()
        {
            let (_, from) = index.corpus.split_at(at as usize);
            let Some((length, Spelling::Syllables)) = spelt(folded, from, pinyin, typing) else {
                continue;
            };
            let text = part(from, ..length);
            if text.chars().nth(1).is_some() && !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
            if found.len() == MOST_PRONOUNCED {
                return found;
            }
        }
    }
    found
}

/// Everything that can be written in pinyin: names, key phrases, words of ideographs; folded.
pub(crate) fn candidates(index: &Index) -> Vec<String> {
    let collection = index.pack.collection();
    let names = collection
        .speakers
        .iter()
        .flat_map(|speaker| std::iter::once(&speaker.name).chain(&speaker.aliases));
    let phrases = index.pack.phrases().iter().map(|phrase| &phrase.text);
    let all: Vec<String> = names
        .chain(phrases)
        .map(|text| turnsearch_text::fold(text, index.fold_table()))
        .collect();
    let mut words = HanWords(all);
    index.pack.lexicon().walk("", &mut words);
    words.0
}

/// Collects the words of ideographs.
struct HanWords(Vec<String>);

impl Visit for HanWords {
    fn enter(&mut self, depth: usize, byte: u8) -> bool {
        // ASCII words are not even walked to, nor what is too long for a word.
        (depth > 1 || !byte.is_ascii()) && depth <= 4 * MOST_CHARACTERS_OF_WORD
    }

    fn word(&mut self, word: &[u8], _: u64) -> bool {
        let word = std::str::from_utf8(word)
            .ok()
            .filter(|word| word.chars().all(is_han));
        self.0.extend(word.map(str::to_owned));
        self.0.len() < MOST_CANDIDATES
    }
}

/// The words of the query, each with the weight its kind has.
fn ranked_or(query: &Query, exact: &Plan, index: &Index) -> Plan {
    let mut terms: Vec<Term> = Vec::new();
    let mut add = |word: &str, weight: f32| {
        if terms.iter().any(|term| term.text == word) {
            return;
        }
        let matches = index.corpus.find(word, Edge::Token);
        if !matches.is_empty() {
            terms.push(Term {
                weight,
                matched: Matched::Words,
                ..Term::exact(word, matches)
            });
        }
    };
    for part in query.clauses.iter().flatten() {
        let folded = fold_query(&part.text, index.fold_table());
        for run in runs(&folded) {
            if run.starts_with(is_han) {
                cut(run, index, &mut add);
            } else if index.corpus.find(run, Edge::Token).is_empty() {
                for word in spelling::corrections(run, index.pack.lexicon()) {
                    add(&word, 0.5);
                }
            } else {
                add(run, 1.0);
            }
        }
    }
    count_longest_only(&mut terms);
    let turns = index.turns() as f32;
    let weight =
        |term: &Term| term.weight * crate::rank::rarity(term.matches.turn_count() as f32, turns);
    let heaviest = terms.iter().map(weight).fold(0.0, f32::max);
    terms.retain(|term| weight(term) >= LEAST_SHARE_OF_WEIGHT * heaviest);
    let kind = NoteKind::Words;
    let note = Note {
        kind,
        terms: terms.iter().map(|term| term.text.clone()).collect(),
        more: 0,
    };
    Plan {
        terms,
        notes: vec![note],
        excluded: exact.excluded.clone(),
    }
}

/// Takes from each term the places where it stands inside a longer term of the query: 第一场 says nothing
/// about 一场 besides.
fn count_longest_only(terms: &mut Vec<Term>) {
    for at in 0..terms.len() {
        for other in 0..terms.len() {
            let (short, long) = (&terms[at].text, &terms[other].text);
            if short.len() < long.len() && contains(long, short) {
                terms[at].matches = terms[at].matches.outside(&terms[other].matches);
            }
        }
    }
    terms.retain(|term| !term.matches.is_empty());
}

/// The runs of ideographs and of token characters in `folded`.
fn runs(folded: &str) -> Vec<&str> {
    let class = |c: char| {
        if is_han(c) {
            1
        } else if is_token(c) {
            2
        } else {
            0
        }
    };
    let mut runs = Vec::new();
    let mut rest = folded;
    while let Some(first) = rest.chars().next() {
        let end = rest
            .find(|c| class(c) != class(first))
            .unwrap_or(rest.len());
        if class(first) != 0 {
            runs.push(part(rest, ..end));
        }
        rest = part(rest, end..);
    }
    runs
}

/// Cuts a run of ideographs into words of the lexicon: as few pieces as possible, and of two ways to
/// do that the one whose words are rarer. What is left between words is taken in pairs,
/// unless it is everywhere.
fn cut(run: &str, index: &Index, add: &mut impl FnMut(&str, f32)) {
    let offsets: Vec<usize> = run
        .char_indices()
        .map(|(at, _)| at)
        .chain([run.len()])
        .collect();
    let characters = offsets.len() - 1;
    // For each place: cost of the best cut up to there, and where its last piece begins.
    let mut best: Vec<(u64, usize, Option<u64>)> = vec![(0, 0, None)];
    const PIECE: u64 = 1 << 32;
    for end in 1..=characters {
        let mut chosen = (best[end - 1].0 + 2 * PIECE, end - 1, None);
        for start in end.saturating_sub(MOST_CHARACTERS_OF_WORD)..end.saturating_sub(1) {
            let Some(value) = index
                .pack
                .lexicon()
                .get(part(run, offsets[start]..offsets[end]))
            else {
                continue;
            };
            let cost = best[start].0 + PIECE + value;
            if cost < chosen.0 {
                chosen = (cost, start, Some(value));
            }
        }
        best.push(chosen);
    }
    let mut pieces = Vec::new();
    let mut end = characters;
    while end > 0 {
        let (_, start, value) = best[end];
        pieces.push((start, end, value));
        end = start;
    }
    pieces.reverse();
    let most = (COMMON_SHARE * index.turns() as f32) as usize;
    // The single ideograph before, where it may make a pair with the next.
    let mut single = None;
    for (start, end, value) in pieces {
        let word = part(run, offsets[start]..offsets[end]);
        if value.is_none() && index.corpus.find_in_few(word, Edge::Token, most).is_none() {
            single = None;
            continue;
        }
        if let (Some(from), None) = (single, value) {
            add(part(run, from..offsets[end]), 1.0);
        }
        single = value.is_none().then_some(offsets[start]);
        let weight = match value {
            Some(value) if turnsearch_pack::is_function_word(value) => WEIGHT_OF_FUNCTION_WORD,
            Some(_) => 1.0,
            None => WEIGHT_OF_SINGLE,
        };
        add(word, weight);
    }
}

/// The turns that have at least [`LEAST_COVERAGE`] of the weight of all terms.
fn turns_with_most(plan: &Plan, index: &Index) -> TurnSet {
    let turns = index.turns();
    let mut weights = vec![0.0f32; turns as usize];
    let mut with_some = TurnSet::none(turns);
    let mut total = 0.0;
    for term in &plan.terms {
        let weight =
            term.weight * crate::rank::rarity(term.matches.turn_count() as f32, turns as f32);
        total += weight;
        for turn in term.matches.turns() {
            weights[turn as usize] += weight;
            with_some.insert(turn);
        }
    }
    let enough = |weight: f32| weight > 0.0 && weight >= LEAST_COVERAGE * total;
    let with_most = with_some
        .iter()
        .filter(|&turn| enough(weights[turn as usize]));
    TurnSet::from_turns(with_most, turns)
}
