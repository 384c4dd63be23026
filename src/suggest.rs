//! What to offer while a reader types.

use turnsearch_pack::{MeetingField, Visit};
use turnsearch_text::{fold, fold_query, is_han, is_space, is_token, part};

use crate::chars::{self, has_two, is_all_han, pieces, trim};
use crate::corpus::Edge;
use crate::order::{Counted, First};
use crate::pronounce::{may_be_pinyin, spelt};
use crate::request::{Suggestion, SuggestionKind};
use crate::searcher::Index;
use crate::spelling;
use crate::strings::{contains, join};

/// Most completions of a word that are looked at: one letter has hundreds.
const MOST_COMPLETIONS: usize = 400;
/// Most suggestions of one kind, so that one kind does not fill the list.
const MOST_OF_A_KIND: usize = 5;

/// What is not alike at all.
const UNLIKE: u32 = u32::MAX;

/// Up to `limit` suggestions for `typed`: speakers, meetings, key phrases, words, corrections.
pub(crate) fn suggest(index: &Index, typed: &str, limit: usize) -> Vec<Suggestion> {
    let folded = fold_query(trim(typed), index.fold_table());
    let mut suggestions = Vec::new();
    if folded.is_empty() {
        return suggestions;
    }
    let before = chars::until_last(typed, is_space);
    let last_word = fold_query(part(typed, before.len()..), index.fold_table());
    let (kind, words) = words(index, &last_word);
    let mut add = |kind, best: First| {
        for of_kind in best.kept {
            let suggestion = suggestion(index, kind, before, of_kind);
            let mut known = suggestions.iter();
            if !known.any(|known: &Suggestion| known.insert == suggestion.insert) {
                suggestions.push(suggestion);
            }
        }
    };
    add(SuggestionKind::Speaker, speakers(index, &folded));
    add(SuggestionKind::Meeting, meetings(index, &folded));
    add(SuggestionKind::Phrase, phrases(index, &folded));
    add(kind, words);
    suggestions.truncate(limit);
    suggestions
}

/// What to show for `best`, and what to put into the box, where `before` stands before the last word.
fn suggestion(index: &Index, kind: SuggestionKind, before: &str, best: Counted) -> Suggestion {
    let collection = index.pack.collection();
    let Counted {
        text, id, count, ..
    } = best;
    let (insert, detail) = match kind {
        SuggestionKind::Speaker => {
            let info = collection.speakers.get(id as usize);
            let detail = info.and_then(|info| info.aliases.first().or(info.role.as_ref()));
            (
                ["speaker:\"", &text, "\" "],
                detail.map_or("", |detail| detail),
            )
        }
        SuggestionKind::Meeting => {
            let info = collection.meetings.get(id as usize);
            let date = info.and_then(|info| info.field(MeetingField::Date));
            let slug = info.map_or("", |info| &info.slug);
            (["meeting:", slug, " "], date.unwrap_or_default())
        }
        SuggestionKind::Phrase => ([&text, "", ""], ""),
        SuggestionKind::Term | SuggestionKind::Correction => ([before, &text, ""], ""),
    };
    Suggestion {
        kind,
        insert: join(&insert, ""),
        detail: detail.to_owned(),
        turns: count as usize,
        id: matches!(kind, SuggestionKind::Speaker | SuggestionKind::Meeting).then_some(id),
        text,
    }
}

/// How well `name` begins like `folded`, from 0 (best); [`UNLIKE`] where it does not. Parts of the
/// name count, and so do pinyin and initials.
fn likeness(index: &Index, name: &str, folded: &str) -> u32 {
    let name = fold(name, index.fold_table());
    let parts = from_each_part(&name);
    for (nth, part) in (0..).zip(&parts) {
        if part.starts_with(folded) {
            return u32::min(nth, 1);
        }
    }
    if has_two(folded) && is_all_han(folded) && contains(&name, folded) {
        return 2;
    }
    let mut best = UNLIKE;
    if may_be_pinyin(folded) {
        for part in parts {
            if let Some((_, spelling)) = spelt(folded, part, index.pack.pinyin(), true) {
                best = best.min(3 + spelling as u32);
            }
        }
    }
    best
}

/// `name` (folded), and what is left of it from each of its parts on.
fn from_each_part(name: &str) -> Vec<&str> {
    let is_letter = |c| is_token(c) || is_han(c);
    let mut from_each = vec![name];
    let mut after_letter = true;
    for (at, c) in name.char_indices() {
        let is_letter = is_letter(c);
        if is_letter && !after_letter {
            from_each.push(part(name, at..));
        }
        after_letter = is_letter;
    }
    from_each
}

fn speakers(index: &Index, folded: &str) -> First {
    let mut best = First::new(MOST_OF_A_KIND);
    for (id, speaker) in (0..).zip(&index.pack.collection().speakers) {
        let mut most = UNLIKE;
        let mut try_name = |name: &str| {
            let mut likeness = likeness(index, name, folded);
            if likeness == UNLIKE && is_close(&fold(name, index.fold_table()), folded) {
                likeness = 5;
            }
            most = most.min(likeness);
        };
        try_name(&speaker.name);
        for alias in &speaker.aliases {
            try_name(alias);
        }
        if most != UNLIKE {
            let turns = index.turns_of_speaker(id).len();
            best.add(most, turns as u32, &speaker.name, id);
        }
    }
    best
}

/// Whether a part of `name` (folded) is spelt almost like a word of `folded`.
fn is_close(name: &str, folded: &str) -> bool {
    let is_mark = |c| !is_token(c);
    let words = pieces(folded, is_mark);
    let is_close = |part: &&str| words.iter().any(|word| spelling::is_near(word, part));
    pieces(name, is_mark).iter().any(is_close)
}

fn meetings(index: &Index, folded: &str) -> First {
    use MeetingField::{Date, Event, Place, Title};
    let mut best = First::new(MOST_OF_A_KIND);
    for (id, meeting) in (0..).zip(&index.pack.collection().meetings) {
        let mut most = UNLIKE;
        for field in [Title, Event, Place, Date] {
            if let Some(name) = meeting.field(field) {
                most = most.min(likeness(index, name, folded));
            }
        }
        if most != UNLIKE {
            let title = meeting.field(Title).unwrap_or(&meeting.slug);
            best.add(most, meeting.turns, title, id);
        }
    }
    best
}

fn phrases(index: &Index, folded: &str) -> First {
    let mut best = First::new(MOST_OF_A_KIND);
    for phrase in index.pack.phrases() {
        let likeness = likeness(index, &phrase.text, folded);
        if likeness != UNLIKE {
            best.add(likeness, phrase.turns, &phrase.text, 0);
        }
    }
    best
}

/// Completions of `folded`, or words that it may be a misspelling of.
fn words(index: &Index, folded: &str) -> (SuggestionKind, First) {
    let mut completions = Completions {
        typed: folded.len(),
        looked_at: 0,
        best: First::new(MOST_OF_A_KIND),
    };
    if !folded.is_empty() {
        index.pack.lexicon().walk(folded, &mut completions);
    }
    let mut best = completions.best;
    if !best.kept.is_empty() || !index.corpus.find(folded, Edge::Prefix).is_empty() {
        return (SuggestionKind::Term, best);
    }
    for (at, word) in (0..).zip(spelling::corrections(folded, index.pack.lexicon())) {
        let turns = index.corpus.find(&word, Edge::Token).turn_count();
        best.add(at, turns as u32, &word, 0);
    }
    (SuggestionKind::Correction, best)
}

/// Keeps the best of the words that go on from what was typed.
struct Completions {
    /// Bytes typed.
    typed: usize,
    looked_at: usize,
    best: First,
}

impl Visit for Completions {
    fn enter(&mut self, _: usize, _: u8) -> bool {
        true
    }

    fn word(&mut self, word: &[u8], value: u64) -> bool {
        self.looked_at += 1;
        if word.len() > self.typed
            && !turnsearch_pack::is_function_word(value)
            && let Ok(word) = std::str::from_utf8(word)
        {
            let turns = turnsearch_pack::turns_of_word(value);
            self.best.add(0, turns as u32, word, 0);
        }
        self.looked_at < MOST_COMPLETIONS
    }
}
