//! What to offer while a reader types.

use turnsearch_pack::Visit;
use turnsearch_text::{fold, fold_query, is_han, is_token, part};

use crate::corpus::Edge;
use crate::order::keep_first;
use crate::pronounce::{may_be_pinyin, spelt};
use crate::request::{Suggestion, SuggestionKind};
use crate::searcher::Index;
use crate::spelling;
use crate::strings::{contains, join};

/// Most completions of a word that are looked at: one letter has hundreds.
const MOST_COMPLETIONS: usize = 400;
/// Most suggestions of one kind, so that one kind does not fill the list.
const MOST_OF_A_KIND: usize = 5;

/// Up to `limit` suggestions for `typed`: speakers, meetings, key phrases, words, corrections.
pub(crate) fn suggest(index: &Index, typed: &str, limit: usize) -> Vec<Suggestion> {
    let folded = fold_query(typed.trim(), index.fold_table());
    if folded.is_empty() {
        return Vec::new();
    }
    let mut suggestions = Vec::new();
    for of_kind in [
        speakers(index, &folded),
        meetings(index, &folded),
        phrases(index, &folded),
        words(index, typed),
    ] {
        suggestions.extend(of_kind);
    }
    let mut seen: Vec<String> = Vec::new();
    suggestions.retain(|suggestion: &Suggestion| {
        let new = !seen.contains(&suggestion.insert);
        seen.push(suggestion.insert.clone());
        new
    });
    suggestions.truncate(limit);
    suggestions
}

/// How well `name` (folded) begins like `folded`, from 0 (best); `None` where it does not. Parts of the
/// name count, and so do pinyin and initials.
fn begins_like(index: &Index, name: &str, folded: &str) -> Option<usize> {
    if name.starts_with(folded) {
        return Some(0);
    }
    let parts = name.char_indices().filter(|&(at, c)| {
        let before = part(name, ..at).chars().next_back();
        before.is_some_and(|before| !is_token(before) && !is_han(before))
            && (is_token(c) || is_han(c))
    });
    if parts
        .clone()
        .any(|(at, _)| part(name, at..).starts_with(folded))
    {
        return Some(1);
    }
    if folded.chars().nth(1).is_some() && folded.chars().all(is_han) && contains(name, folded) {
        return Some(2);
    }
    if may_be_pinyin(folded) {
        let begins = std::iter::once(0).chain(parts.map(|(at, _)| at));
        let spellings =
            begins.filter_map(|at| spelt(folded, part(name, at..), index.pack.pinyin(), true));
        return spellings.map(|(_, spelling)| 3 + spelling as usize).min();
    }
    None
}

fn speakers(index: &Index, folded: &str) -> Vec<Suggestion> {
    let collection = index.pack.collection();
    let mut best = Best::default();
    for (id, speaker) in (0..).zip(&collection.speakers) {
        let names = std::iter::once(&speaker.name).chain(&speaker.aliases);
        let quality = names
            .filter_map(|name| {
                let name = fold(name, index.fold_table());
                begins_like(index, &name, folded).or_else(|| is_close(&name, folded).then_some(5))
            })
            .min();
        let Some(quality) = quality else { continue };
        let turns = index.turns_of_speaker(id).len();
        let suggestion = Suggestion {
            kind: SuggestionKind::Speaker,
            text: speaker.name.clone(),
            insert: join(&["speaker:\"", &speaker.name, "\" "], ""),
            detail: speaker
                .aliases
                .first()
                .or(speaker.role.as_ref())
                .cloned()
                .unwrap_or_default(),
            turns,
            id: Some(id),
        };
        best.add(quality, suggestion);
    }
    best.suggestions()
}

/// Whether a part of `name` (folded) is spelt almost like a word of `folded`.
fn is_close(name: &str, folded: &str) -> bool {
    let parts = |text: &'_ str| {
        text.split(|c| !is_token(c))
            .filter(|part| !part.is_empty())
            .map(str::to_owned)
            .collect::<Vec<_>>()
    };
    let words = parts(folded);
    parts(name).iter().any(|part| {
        words
            .iter()
            .any(|word| spelling::distance(word, part).is_some())
    })
}

fn meetings(index: &Index, folded: &str) -> Vec<Suggestion> {
    let mut best = Best::default();
    for (id, meeting) in (0..).zip(&index.pack.collection().meetings) {
        use turnsearch_pack::MeetingField::{Date, Event, Place, Title};
        let names = [Title, Event, Place, Date]
            .into_iter()
            .filter_map(|field| meeting.field(field));
        let quality = names
            .filter_map(|name| begins_like(index, &fold(name, index.fold_table()), folded))
            .min();
        let Some(quality) = quality else { continue };
        let title = meeting.field(Title).unwrap_or(&meeting.slug).to_owned();
        let suggestion = Suggestion {
            kind: SuggestionKind::Meeting,
            text: title,
            insert: join(&["meeting:", &meeting.slug, " "], ""),
            detail: meeting.field(Date).unwrap_or_default().to_owned(),
            turns: meeting.turns as usize,
            id: Some(id),
        };
        best.add(quality, suggestion);
    }
    best.suggestions()
}

fn phrases(index: &Index, folded: &str) -> Vec<Suggestion> {
    let mut best = Best::default();
    for phrase in index.pack.phrases() {
        let Some(quality) = begins_like(index, &fold(&phrase.text, index.fold_table()), folded)
        else {
            continue;
        };
        let suggestion = Suggestion {
            kind: SuggestionKind::Phrase,
            text: phrase.text.clone(),
            insert: phrase.text.clone(),
            detail: String::new(),
            turns: phrase.turns as usize,
            id: None,
        };
        best.add(quality, suggestion);
    }
    best.suggestions()
}

/// Completions of the last word of `typed`, or words it may be a misspelling of.
fn words(index: &Index, typed: &str) -> Vec<Suggestion> {
    let last = typed.rsplit(char::is_whitespace).next().unwrap_or(typed);
    let before = part(typed, ..typed.len() - last.len());
    let folded = fold_query(last, index.fold_table());
    if folded.is_empty() {
        return Vec::new();
    }
    let suggestion = |kind, word: &str, turns: usize| Suggestion {
        kind,
        text: word.to_owned(),
        insert: join(&[before, word], ""),
        detail: String::new(),
        turns,
        id: None,
    };
    let mut best = Best::default();
    let mut completions = Completions {
        typed: folded.len(),
        looked_at: 0,
        found: Vec::new(),
    };
    index.pack.lexicon().walk(&folded, &mut completions);
    for (word, turns) in completions.found {
        best.add(0, suggestion(SuggestionKind::Term, &word, turns));
    }
    let known = index.corpus.find(&folded, Edge::Prefix);
    if best.0.is_empty() && known.is_empty() {
        for (at, word) in spelling::corrections(&folded, index.pack.lexicon())
            .iter()
            .enumerate()
        {
            let turns = index.corpus.find(word, Edge::Token).turn_count();
            best.add(at, suggestion(SuggestionKind::Correction, word, turns));
        }
    }
    best.suggestions()
}

/// Collects the words that go on from what was typed.
struct Completions {
    /// Bytes typed.
    typed: usize,
    looked_at: usize,
    found: Vec<(String, usize)>,
}

impl Visit for Completions {
    fn enter(&mut self, _: usize, _: u8) -> bool {
        true
    }

    fn word(&mut self, word: &[u8], value: u64) -> bool {
        self.looked_at += 1;
        if let Ok(word) = std::str::from_utf8(word)
            && word.len() > self.typed
            && !turnsearch_pack::is_function_word(value)
        {
            self.found
                .push((word.to_owned(), turnsearch_pack::turns_of_word(value)));
        }
        self.looked_at < MOST_COMPLETIONS
    }
}

/// The best suggestions of one kind, each with its quality (0 is best).
#[derive(Default)]
struct Best(Vec<(usize, Suggestion)>);

impl Best {
    /// Best first; of equals, those that lead to more turns.
    fn add(&mut self, quality: usize, suggestion: Suggestion) {
        let before = |a: &(usize, Suggestion), b: &(usize, Suggestion)| {
            (a.0, b.1.turns, &a.1.text) < (b.0, a.1.turns, &b.1.text)
        };
        keep_first(&mut self.0, (quality, suggestion), MOST_OF_A_KIND, before);
    }

    fn suggestions(self) -> Vec<Suggestion> {
        self.0
            .into_iter()
            .map(|(_, suggestion)| suggestion)
            .collect()
    }
}
