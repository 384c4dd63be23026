//! What to look for when a query, as it was typed, stands nowhere.
//!
//! Always in the open: the answer says by which rule it matched and which words were looked for. The steps, each
//! only where the one before found nothing:
//!
//! 1. every part must still occur, but a part that occurs nowhere is replaced by words spelt almost
//!    like it, or else by words pronounced like it: the strictest reading of a slip of the finger;
//! 2. the words of the query as a ranked OR.

use turnsearch_pack::{Pinyin, Visit};
use turnsearch_text::{fold_query, is_han, is_token, part};

use crate::chars::{self, has_two, is_all_han, pieces};
use crate::corpus::{Edge, Matches};
use crate::labels::Wanted;
use crate::order::First;
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

/// Finds what `query` may have meant, and makes `plan`, the exact plan, which found nothing, the plan of that.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
pub(crate) fn relax(
    query: &Query,
    plan: &mut Plan,
    typing: bool,
    index: &Index,
    allowed: &TurnSet,
) -> (Matched, TurnSet) {
    if let Some((matched, mut turns)) = correct(query, plan, typing, index) {
        turns.intersect(allowed);
        return (matched, turns);
    }
    rank_words(query, plan, index);
    let mut turns = turns_with_most(plan, index);
    turns.subtract(&plan.excluded);
    turns.intersect(allowed);
    let matched = if turns.is_empty() {
        Matched::Exact
    } else {
        Matched::Words
    };
    (matched, turns)
}

/// Replaces every part of the exact plan that occurs nowhere; `None` where one cannot be replaced or no turn
/// has them all.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
fn correct(
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
        if !term.replace(&words, Matched::Fuzzy, index) {
            words = spelt_strings(&term.text, typing, index);
            kind = NoteKind::Pinyin;
            if !term.replace(&words, Matched::Pinyin, index) {
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
    let turns = plan::turns_with_all(plan, index);
    (matched != Matched::Exact && !turns.is_empty()).then_some((matched, turns))
}

/// Makes one term of neighbouring ones that are letters and occur nowhere (`duo li yi`).
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
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

impl Term {
    /// Looks for `words` instead, by the rule `matched`, unless they occur nowhere and name nobody.
    fn replace(&mut self, words: &[String], matched: Matched, index: &Index) -> bool {
        let (matches, speakers) = found_as(words, index);
        let is_found = !matches.is_empty() || !speakers.is_empty();
        if is_found {
            self.matches = matches;
            self.speakers = speakers;
            self.matched = matched;
        }
        is_found
    }
}

/// Where `words` stand, and the speakers whose full names they are.
fn found_as(words: &[String], index: &Index) -> (Matches, Vec<u32>) {
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

/// The folded strings of the collection that are pronounced like `typed`: beginnings of names, key phrases and
/// words, spelt out if there are such, else by initials; between the two, whatever stands in the
/// texts, since a reader's word need not be one of the lexicon's.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
fn spelt_strings(typed: &str, typing: bool, index: &Index) -> Vec<String> {
    let letters = fold_query(typed, index.fold_table());
    if !may_be_pinyin(&letters) {
        return Vec::new();
    }
    let mut spelt = Spelt {
        many: has_two(&join(&pieces(&letters, |c| matches!(c, ' ' | '\'')), "")),
        letters: &letters,
        typing,
        pinyin: index.pack.pinyin(),
        path: Vec::new(),
        tried: 0,
        found: First::new(MOST_PRONOUNCED),
    };
    let labels = index.labels();
    let wanted = Wanted::begun_by(&letters);
    for labels in [&labels.speakers, &labels.phrases] {
        labels.each(wanted, &mut |_, label| spelt.try_folded(label));
    }
    index.pack.lexicon().walk("", &mut spelt);
    let found = spelt.found;
    // What is spelt out would come first.
    let first = found.kept.first();
    if first.is_none_or(|spelt| spelt.class != Spelling::Syllables as u32) {
        let in_texts = spelt_in_texts(&letters, typing, index);
        if !in_texts.is_empty() {
            return in_texts;
        }
    }
    found.of_lowest_class()
}

/// Collects what letters spell of all that can be written in pinyin: names, key phrases, words of ideographs.
struct Spelt<'a> {
    letters: &'a str,
    /// Whether there is more than one letter.
    many: bool,
    typing: bool,
    pinyin: &'a Pinyin,
    /// Where the walk over the words is.
    path: Vec<u8>,
    /// How many strings were tried.
    tried: usize,
    found: First,
}

impl Spelt<'_> {
    /// Whether the letters can spell something that begins with `ideograph`.
    fn may_begin_with(&self, ideograph: char) -> bool {
        let letter = chars::first(self.letters);
        letter == Some(ideograph)
            || (self.pinyin.readings(ideograph)).any(|syllable| chars::first(syllable) == letter)
    }

    fn try_folded(&mut self, candidate: &str) {
        self.tried += 1;
        let spelling = spelt(self.letters, candidate.as_bytes(), self.pinyin, self.typing);
        let Some((length, spelling)) = spelling else {
            return;
        };
        // One ideograph, or two initials, say too little.
        let spelt = part(candidate, ..length);
        let least = if spelling == Spelling::Initials { 3 } else { 2 };
        let class = spelling as u32;
        let mut known = self.found.kept.iter();
        if self.many
            && chars::count(spelt.as_bytes()) >= least
            && !known.any(|known| known.class == class && known.text == spelt)
        {
            self.found.add(class, 0, spelt, 0);
        }
    }
}

impl Visit for Spelt<'_> {
    fn enter(&mut self, depth: usize, byte: u8) -> bool {
        self.path.truncate(depth - 1);
        self.path.push(byte);
        // ASCII words are not even walked to, nor what begins otherwise, nor what is too long for a word.
        match depth {
            1 => !byte.is_ascii(),
            3 => str::from_utf8(&self.path).map_or(true, |begun| {
                chars::first(begun).is_none_or(|first| self.may_begin_with(first))
            }),
            _ => depth <= 4 * MOST_CHARACTERS_OF_WORD,
        }
    }

    fn word(&mut self, word: &[u8], _: u64) -> bool {
        if let Ok(word) = std::str::from_utf8(word)
            && is_all_han(word)
        {
            self.try_folded(word);
        }
        self.tried < MOST_CANDIDATES
    }
}

/// The strings of at least two ideographs that stand in the texts and that `letters` spell out.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
fn spelt_in_texts(letters: &str, typing: bool, index: &Index) -> Vec<String> {
    let pinyin = index.pack.pinyin();
    let mut firsts = Vec::new();
    match chars::first(letters) {
        Some(first) if is_han(first) => firsts.push(first),
        _ => {
            for c in pinyin.spelt_at_head(letters) {
                firsts.push(c);
            }
        }
    }
    let mut found: Vec<String> = Vec::new();
    for first in firsts {
        let standing = index
            .corpus
            .find(first.encode_utf8(&mut [0; 4]), Edge::Token);
        for &(at, _) in standing.places() {
            let from = index.corpus.bytes_from(at as usize);
            let Some((length, Spelling::Syllables)) = spelt(letters, from, pinyin, typing) else {
                continue;
            };
            let text = str::from_utf8(from.get(..length).unwrap_or_default()).unwrap_or_default();
            if has_two(text) && !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
            if found.len() == MOST_PRONOUNCED {
                return found;
            }
        }
    }
    found
}

/// Makes a plan of the words of the query, each with the weight its kind has.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
fn rank_words(query: &Query, plan: &mut Plan, index: &Index) {
    let mut words = Words {
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
    let turns = term.matches.turn_count() as f32;
    if turns == 0.0 {
        return 0.0;
    }
    term.weight * crate::rank::rarity(turns, index.turns() as f32)
}

/// Takes from each term the places where it stands inside a longer term of the query: 第一场 says nothing
/// about 一场 besides.
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
struct Words<'a> {
    index: &'a Index,
    terms: Vec<Term>,
}

impl Words<'_> {
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
            let kind = kind(first);
            let end = chars::find(rest, &|c| self::kind(c) != kind);
            let run = part(rest, ..end);
            rest = part(rest, end..);
            match kind {
                Kind::Han => self.add_cut(run),
                Kind::Token => self.add_token(run),
                Kind::Other => {}
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

    /// Adds the words and the rest of a run of ideographs. What is left between words is taken in pairs,
    /// unless it is everywhere.
    fn add_cut(&mut self, run: &str) {
        // The single ideograph before, which may make a pair with the next.
        let mut single = None;
        let mut words = cut(run, self.index);
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
enum Kind {
    Han,
    Token,
    Other,
}

fn kind(c: char) -> Kind {
    match c {
        _ if is_han(c) => Kind::Han,
        _ if is_token(c) => Kind::Token,
        _ => Kind::Other,
    }
}

/// Cuts a run of ideographs into words of the lexicon and single ideographs, the last one first: as few pieces
/// as possible, and of two ways to do that the one whose words are rarer.
fn cut<'r>(run: &'r str, index: &Index) -> Vec<&'r str> {
    const PIECE: u64 = 1 << 32;
    let mut last = Cut {
        end: 0,
        cost: 0,
        before: 0,
    };
    let mut best = Vec::new();
    for c in run.chars() {
        let end = last.end + c.len_utf8();
        let first = (best.len() + 1).saturating_sub(MOST_CHARACTERS_OF_WORD);
        let mut chosen = Cut {
            end,
            cost: last.cost + 2 * PIECE,
            before: best.len(),
        };
        for (before, cut) in best.iter().enumerate().skip(first) {
            let cut: &Cut = cut;
            if let Some(value) = index.pack.lexicon().get(part(run, cut.end..end))
                && cut.cost + PIECE + value < chosen.cost
            {
                chosen.cost = cut.cost + PIECE + value;
                chosen.before = before;
            }
        }
        best.push(std::mem::replace(&mut last, chosen));
    }
    let mut pieces = Vec::new();
    while let Some(before) = best.get(last.before) {
        pieces.push(part(run, before.end..last.end));
        if last.before == 0 {
            break;
        }
        last = *before;
    }
    pieces
}

/// The best way to cut the beginning of a run.
#[derive(Clone, Copy)]
struct Cut {
    /// The length of that beginning.
    end: usize,
    cost: u64,
    /// The number of the beginning before the last piece.
    before: usize,
}

/// The turns that have at least [`LEAST_COVERAGE`] of the weight of all terms.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
fn turns_with_most(plan: &Plan, index: &Index) -> TurnSet {
    let mut weights = vec![0.0f32; index.turns() as usize];
    let mut total = 0.0;
    for term in &plan.terms {
        let weight = weight(term, index);
        total += weight;
        for turn in term.matches.turns() {
            if let Some(of_turn) = weights.get_mut(turn as usize) {
                *of_turn += weight;
            }
        }
    }
    let mut with_most = TurnSet::none(index.turns());
    for (turn, weight) in (0..).zip(weights) {
        if weight > 0.0 && weight >= LEAST_COVERAGE * total {
            with_most.insert(turn);
        }
    }
    with_most
}
