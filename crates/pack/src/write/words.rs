//! The words of a collection: its lexicon and its key phrases.
//!
//! Ideographs are cut into words by jieba, whose dictionary is simplified; it reads folded text,
//! which is simplified whatever the source. Words are for ranking questions, for suggestions and
//! for cutting queries, never for finding: a search for any substring scans the texts.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use jieba_rs::Jieba;
use turnsearch_text::{FoldTable, fold_with_spans, words};

use super::{folded, is_all_han};
use crate::phrases::Phrase;

/// A Han word enters the lexicon if it stands in at least this many turns: half of all words stand
/// in one turn only, where they help nobody to rank.
const LEAST_TURNS_OF_WORD: u32 = 2;
/// A phrase is suggested if it stands in at least this many turns.
const LEAST_TURNS_OF_PHRASE: u32 = 3;
/// Words in a phrase.
const MOST_WORDS_OF_PHRASE: usize = 4;
/// A phrase's words must stand together this many times as often as chance would have it.
const LEAST_LIFT: f64 = 8.0;

pub(super) struct Words {
    /// Turns that each folded word stands in.
    turns_of_word: BTreeMap<String, u32>,
    function_words: BTreeSet<String>,
    phrases: Vec<Phrase>,
}

/// One word of a clause and whether it can begin or end a phrase.
struct Word<'a> {
    text: &'a str,
    role: Role,
    /// Pronouns, conjunctions, prepositions, adverbs, particles.
    is_functional: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Role {
    /// Nouns, names, foreign words: can end a phrase.
    Head,
    /// Verbs, adjectives: can stand in a phrase, not at its end.
    Modifier,
    /// Particles, pronouns, numbers and so on: break a phrase.
    Other,
}

#[derive(Default)]
struct PhraseCount {
    turns: u32,
    last_turn: usize,
    words: Vec<String>,
    first_printed: String,
}

impl Words {
    /// The words of `turns`.
    pub(super) fn of(turns: &[String], fold_table: &FoldTable) -> Self {
        let jieba = Jieba::new();
        let mut turns_of_word: BTreeMap<String, u32> = BTreeMap::new();
        let mut function_words = BTreeSet::new();
        let mut counts: HashMap<String, PhraseCount> = HashMap::new();
        for (number, turn) in turns.iter().enumerate() {
            let mut seen = BTreeSet::new();
            for clause in clauses(turn) {
                let text = folded(clause, fold_table);
                let words = cut(&jieba, &text);
                seen.extend(words.iter().map(|word| word.text.to_owned()));
                let functional = words
                    .iter()
                    .filter(|word| word.is_functional && is_all_han(word.text));
                function_words.extend(functional.map(|word| word.text.to_owned()));
                // Terms with inner marks, which the cutter takes apart: 3.0, example.com.
                seen.extend(words::terms(&text).map(str::to_owned));
                count_phrases(&words, number, clause, fold_table, &mut counts);
            }
            for word in seen {
                *turns_of_word.entry(word).or_default() += 1;
            }
        }
        let phrases = choose_phrases(counts, &turns_of_word, turns.len());
        turns_of_word.retain(|word, &mut turns| belongs_in_lexicon(word, turns));
        Self {
            turns_of_word,
            function_words,
            phrases,
        }
    }

    /// Key phrases, the weightiest first.
    pub(super) fn phrases(&self) -> Vec<Phrase> {
        self.phrases.clone()
    }

    /// The section [`crate::SectionTag::LEXICON`]: an `fst` map from word to twice the number of turns
    /// it stands in, plus one for a function word.
    pub(super) fn lexicon(&self) -> Result<Vec<u8>, fst::Error> {
        let mut builder = fst::MapBuilder::memory();
        for (word, &turns) in &self.turns_of_word {
            builder.insert(
                word,
                2 * u64::from(turns) + u64::from(self.function_words.contains(word)),
            )?;
        }
        builder.into_inner()
    }
}

/// Terms of the alphabetic scripts all belong in the lexicon, since it completes and corrects what is
/// typed. Ideographs alone need no entry: the searcher counts them in the texts.
fn belongs_in_lexicon(word: &str, turns: u32) -> bool {
    if is_all_han(word) {
        return turns >= LEAST_TURNS_OF_WORD && word.chars().nth(1).is_some();
    }
    words::terms(word).next() == Some(word)
}

/// The parts of `text` between marks that no phrase crosses.
fn clauses(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| {
        !c.is_alphanumeric()
            && !c.is_whitespace()
            && !matches!(c, '-' | '·' | '+' | '.' | '\'' | '’')
            || c == '\n'
    })
    .filter(|clause| !clause.trim().is_empty())
}

fn cut<'a>(jieba: &'a Jieba, text: &'a str) -> Vec<Word<'a>> {
    let role = |word: &str, tag: &str| {
        let letters = word.chars().any(char::is_alphabetic);
        match tag.as_bytes().first() {
            _ if !letters => Role::Other,
            Some(b'n' | b'l' | b'j') => Role::Head,
            _ if tag == "vn" || tag == "eng" || tag == "an" => Role::Head,
            Some(b'v') if word.chars().nth(1).is_some() => Role::Modifier,
            // Single ones, too: 新 gTLD, 多利益. Those that are there by chance have no lift.
            Some(b'a' | b'b' | b'm') => Role::Modifier,
            _ => Role::Other,
        }
    };
    let is_functional = |word: &str, tag: &str| {
        let particle = matches!(
            tag.as_bytes().first(),
            Some(b'r' | b'c' | b'p' | b'd' | b'u' | b'y' | b'e' | b'o')
        );
        // The cutter takes 几点 and 多少 for numbers.
        particle || word.starts_with('几') || word.contains("多少")
    };
    let tagged = jieba.tag(text, true);
    tagged
        .into_iter()
        .map(|found| Word {
            text: found.word,
            role: role(found.word, found.tag),
            is_functional: is_functional(found.word, found.tag),
        })
        .collect()
}

fn count_phrases(
    words: &[Word<'_>],
    turn: usize,
    clause: &str,
    fold_table: &FoldTable,
    counts: &mut HashMap<String, PhraseCount>,
) {
    let mut offset = 0;
    let mut printed = None;
    for (at, first) in words.iter().enumerate() {
        let mut phrase = String::new();
        for (length, word) in words[at..].iter().take(MOST_WORDS_OF_PHRASE).enumerate() {
            if word.role == Role::Other && word.text != " " {
                break;
            }
            phrase.push_str(word.text);
            let single = length == 0 && !tells_alone(&phrase);
            if word.role != Role::Head || first.role == Role::Other || single {
                continue;
            }
            let count = counts.entry(phrase.clone()).or_default();
            if count.turns == 0 {
                // The way back to how it is printed is only walked for phrases that are new.
                let spans = printed.get_or_insert_with(|| fold_with_spans(clause, fold_table));
                let display = spans.display_range(offset..offset + phrase.len());
                count.first_printed = clause[display]
                    .split_whitespace()
                    .collect::<Vec<_>>()
                    .join(" ");
                count.words = words[at..=at + length]
                    .iter()
                    .map(|word| word.text.to_owned())
                    .collect();
            }
            if count.turns == 0 || count.last_turn != turn {
                count.turns += 1;
                count.last_turn = turn;
            }
        }
        offset += first.text.len();
    }
}

/// Whether one word makes a key phrase: foreign terms and words of three ideographs do; shorter ones
/// are mostly of the general language, and completion offers them anyway.
fn tells_alone(word: &str) -> bool {
    const LEAST_CHARACTERS: usize = 3;
    word.chars().count() >= LEAST_CHARACTERS
}

fn choose_phrases(
    counts: HashMap<String, PhraseCount>,
    turns_of_word: &BTreeMap<String, u32>,
    turns: usize,
) -> Vec<Phrase> {
    // As many as a reader could want to meet while typing; they cost three bytes each.
    let most = 64 + turns / 4;
    let mut scored: Vec<(f64, String, PhraseCount)> = counts
        .into_iter()
        .filter(|(_, count)| {
            count.turns >= LEAST_TURNS_OF_PHRASE && count.turns as usize * 4 <= turns.max(12)
        })
        .filter_map(|(phrase, count)| Some((weight(&count, turns_of_word, turns)?, phrase, count)))
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut chosen: Vec<(String, Phrase)> = Vec::new();
    for (_, folded, count) in scored {
        if chosen.len() == most {
            break;
        }
        // A part of a phrase that hardly ever stands without the rest says nothing more.
        let part_of_chosen = chosen
            .iter()
            .any(|(other, phrase)| other.contains(&folded) && phrase.turns * 4 >= count.turns * 3);
        if !part_of_chosen {
            chosen.push((
                folded,
                Phrase {
                    text: count.first_printed,
                    turns: count.turns,
                },
            ));
        }
    }
    chosen.into_iter().map(|(_, phrase)| phrase).collect()
}

/// How much a phrase tells: the turns that have it, times their rarity, times its length in words.
/// `None` for words that stand together by chance.
fn weight(count: &PhraseCount, turns_of_word: &BTreeMap<String, u32>, turns: usize) -> Option<f64> {
    let (found, turns) = (f64::from(count.turns), turns as f64);
    let share = |word: &String| f64::from(turns_of_word.get(word).copied().unwrap_or(1)) / turns;
    let by_chance = turns * count.words.iter().map(share).product::<f64>();
    if count.words.len() > 1 && found < LEAST_LIFT * by_chance {
        return None;
    }
    Some(found * (turns / found).ln() * count.words.len() as f64)
}
