//! What to offer while a reader types.

use turnsearch_model::{Field, MeetingId, SpeakerId};
use turnsearch_pack::Visit;
use turnsearch_text::{fold_query, is_space, is_token, part};

use crate::compact::chars::{self, has_two, is_all_han, pieces, trim};
use crate::compact::first::{Counted, First};
use crate::compact::strings::{contains, join};
use crate::index::Index;
use crate::index::candidates::{CandidatesOf, Wanted, from_each_part};
use crate::index::edge::Edge;
use crate::relax::pronounce::{may_be_pinyin, spelt};
use crate::relax::spelling;
use crate::relax::suggestion::{Suggestion, SuggestionKind};

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
    let (word, words) = words(index, &last_word);
    let mut add = |kind: fn(u32) -> SuggestionKind, best: First| {
        for of_kind in best.kept {
            let suggestion = suggestion(index, kind(of_kind.id), before, of_kind);
            let mut known = suggestions.iter();
            if !known.any(|known: &Suggestion| known.insert == suggestion.insert) {
                suggestions.push(suggestion);
            }
        }
    };
    add(
        |id| SuggestionKind::Speaker(SpeakerId(id)),
        speakers(index, &folded),
    );
    add(
        |id| SuggestionKind::Meeting(MeetingId(id)),
        meetings(index, &folded),
    );
    add(|_| SuggestionKind::Phrase, phrases(index, &folded));
    add(word, words);
    suggestions.truncate(limit);
    suggestions
}

/// What to show for `best`, and what to put into the box, where `before` stands before the last
/// word.
fn suggestion(index: &Index, kind: SuggestionKind, before: &str, best: Counted) -> Suggestion {
    let collection = index.pack.collection();
    let Counted { text, count, .. } = best;
    let (insert, detail) = match kind {
        SuggestionKind::Speaker(speaker) => {
            let info = collection.speakers.get(speaker.index());
            let detail = info.and_then(|info| info.aliases.first().or(info.role.as_ref()));
            (
                ["speaker:\"", &text, "\" "],
                detail.map_or("", |detail| detail),
            )
        }
        SuggestionKind::Meeting(meeting) => {
            let info = collection.meetings.get(meeting.index());
            let date = info.and_then(|info| info.meta.get(Field::Date));
            let id = info.map_or("", |info| &info.id);
            (["meeting:", id, " "], date.unwrap_or_default())
        }
        SuggestionKind::Phrase => ([&text, "", ""], ""),
        SuggestionKind::Term | SuggestionKind::Correction => ([before, &text, ""], ""),
    };
    Suggestion {
        kind,
        insert: join(&insert, ""),
        detail: detail.to_owned(),
        turns: count as usize,
        text,
    }
}

/// How well `candidate` (folded) begins like `folded`, from 0 (best); [`UNLIKE`] where it does not.
/// Parts of the candidate count, and so do pinyin and initials.
fn likeness(index: &Index, candidate: &str, folded: &str) -> u32 {
    let mut best = UNLIKE;
    from_each_part(candidate, &mut |nth, part| {
        if part.starts_with(folded) {
            best = best.min(nth.min(1));
        }
    });
    if best != UNLIKE {
        return best;
    }
    if has_two(folded) && is_all_han(folded) && contains(candidate, folded) {
        return 2;
    }
    if may_be_pinyin(folded) {
        from_each_part(candidate, &mut |_, part| {
            if let Some((_, spelling)) = spelt(folded, part.as_bytes(), index.pack.pinyin(), true) {
                best = best.min(3 + spelling as u32);
            }
        });
    }
    best
}

/// The candidates that can be like `folded` at all: what is no pinyin must stand in a candidate as
/// it is.
fn wanted(folded: &str) -> Wanted<'_> {
    if may_be_pinyin(folded) {
        Wanted::begun_by(folded)
    } else {
        Wanted::With(folded)
    }
}

/// Calls `on_thing` with the number of each thing of which some candidate is like what was typed,
/// and with the least unlikeness of its candidates.
fn alike(
    candidates: &CandidatesOf,
    wanted: Wanted<'_>,
    unlikeness: &dyn Fn(&str) -> u32,
    on_thing: &mut dyn FnMut(u32, u32),
) {
    let mut last = (0, UNLIKE);
    candidates.each(wanted, &mut |id, candidate| {
        if id != last.0 {
            if last.1 != UNLIKE {
                on_thing(last.0, last.1);
            }
            last = (id, UNLIKE);
        }
        last.1 = last.1.min(unlikeness(candidate));
    });
    if last.1 != UNLIKE {
        on_thing(last.0, last.1);
    }
}

fn speakers(index: &Index, folded: &str) -> First {
    let mut best = First::new(MOST_OF_A_KIND);
    let candidates = index.candidates();
    let speakers = &index.pack.collection().speakers;
    let words = pieces(folded, |c| !is_token(c));
    let unlikeness = |candidate: &str| match likeness(index, candidate, folded) {
        UNLIKE if is_close(candidate, &words) => 5,
        likeness => likeness,
    };
    let wanted = if words.is_empty() {
        wanted(folded)
    } else {
        // A misspelt name may begin with any letter.
        Wanted::All
    };
    alike(
        &candidates.speakers,
        wanted,
        &unlikeness,
        &mut |id, most| {
            let of = id as usize;
            if let (Some(speaker), Some(&turns)) =
                (speakers.get(of), candidates.turns_of_speakers.get(of))
            {
                best.add(most, turns, &speaker.name, id);
            }
        },
    );
    best
}

/// Whether a part of `name` (folded) is spelt almost like one of `words`.
fn is_close(name: &str, words: &[&str]) -> bool {
    let is_close = |part: &&str| words.iter().any(|word| spelling::is_near(word, part));
    !words.is_empty() && pieces(name, |c| !is_token(c)).iter().any(is_close)
}

fn meetings(index: &Index, folded: &str) -> First {
    let mut best = First::new(MOST_OF_A_KIND);
    let meetings = &index.pack.collection().meetings;
    let unlikeness = |candidate: &str| likeness(index, candidate, folded);
    alike(
        &index.candidates().meetings,
        wanted(folded),
        &unlikeness,
        &mut |id, most| {
            if let Some(meeting) = meetings.get(id as usize) {
                let title = meeting.meta.get(Field::Title).unwrap_or(&meeting.id);
                best.add(most, meeting.turns, title, id);
            }
        },
    );
    best
}

fn phrases(index: &Index, folded: &str) -> First {
    let mut best = First::new(MOST_OF_A_KIND);
    let unlikeness = |candidate: &str| likeness(index, candidate, folded);
    alike(
        &index.candidates().phrases,
        wanted(folded),
        &unlikeness,
        &mut |id, most| {
            if let Some(phrase) = index.pack.phrases().get(id as usize) {
                best.add(most, phrase.turns, phrase.text, 0);
            }
        },
    );
    best
}

/// Completions of `folded`, or words that it may be a misspelling of.
fn words(index: &Index, folded: &str) -> (fn(u32) -> SuggestionKind, First) {
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
        return (|_| SuggestionKind::Term, best);
    }
    for (at, word) in (0..).zip(spelling::corrections(folded, index.pack.lexicon())) {
        let matches = index.corpus.find(&word, Edge::Token);
        best.add(at, matches.entry_count() as u32, &word, 0);
    }
    (|_| SuggestionKind::Correction, best)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SEEDS_PACK;
    use proptest::prelude::*;
    use proptest::sample::Index as Place;

    /// All that a candidate is like, looked through without leaving any out, and as it is looked
    /// through.
    fn both_ways(index: &Index, typed: &str) -> [Vec<(u32, u32)>; 2] {
        let unlikeness = |candidate: &str| likeness(index, candidate, typed);
        [Wanted::All, wanted(typed)].map(|wanted| {
            let mut found = Vec::new();
            let candidates = index.candidates();
            for candidates in [
                &candidates.speakers,
                &candidates.meetings,
                &candidates.phrases,
            ] {
                alike(candidates, wanted, &unlikeness, &mut |id, most| {
                    found.push((id, most))
                });
            }
            found
        })
    }

    /// A beginning of a part of a candidate as it stands, in pinyin, or by its initials.
    fn beginning(index: &Index, candidate: Place, part: Place, length: Place, way: u8) -> String {
        let mut parts = Vec::new();
        let candidates = index.candidates();
        for candidates in [
            &candidates.speakers,
            &candidates.meetings,
            &candidates.phrases,
        ] {
            candidates.each(Wanted::All, &mut |_, candidate| {
                let mut of_candidate: Vec<String> = Vec::new();
                from_each_part(candidate, &mut |_, part| of_candidate.push(part.to_owned()));
                parts.push(of_candidate);
            });
        }
        let mut typed = String::new();
        let parts = &parts[candidate.index(parts.len())];
        for c in parts[part.index(parts.len())].chars().take(6) {
            match index.pack.pinyin().readings(c).next() {
                Some(reading) if way == 1 => typed.push_str(reading),
                Some(reading) if way == 2 => typed.extend(reading.chars().next()),
                _ => typed.push(c),
            }
        }
        typed
            .chars()
            .take(1 + length.index(typed.chars().count().max(1)))
            .collect()
    }

    #[test]
    fn no_candidate_that_is_like_what_is_typed_is_left_out() {
        let index = &Index::open(SEEDS_PACK.to_vec()).expect("the pack is sound");
        let mut runner = proptest::test_runner::TestRunner::default();
        let typed = prop_oneof![
            (any::<Place>(), any::<Place>(), any::<Place>(), 0u8..3).prop_map(
                |(candidate, part, length, way)| beginning(index, candidate, part, length, way)
            ),
            "[a-z]{1,4}",
            "[a-z 利会議·-]{1,4}",
        ];
        let checked = runner.run(&typed, |typed| {
            let [all, wanted] = both_ways(index, &typed);
            prop_assert_eq!(&all, &wanted, "{}", typed);
            Ok(())
        });
        checked.expect("nothing is left out");
        assert!(!both_ways(index, "icann")[1].is_empty());
    }
}
