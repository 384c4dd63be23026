//! How well a cell was read: words aligned with the truth, and whose they became.

use std::collections::HashMap;
use std::ops::AddAssign;

use turnsearch_model::Field;
use turnsearch_transcript::Parsed;
use unicode_normalization::UnicodeNormalization as _;

use crate::meeting::{Truth, Turn};

/// So many words in a row that occur elsewhere in the truth were doubled, not invented.
const DOUBLED_WORDS: usize = 4;

/// Counts of one cell or of several.
#[derive(Debug, Clone, Copy, Default)]
pub struct Score {
    /// Files.
    pub files: usize,
    /// Files that were refused.
    pub refused: usize,
    /// Turns of the truth.
    pub turns: usize,
    /// Turns with the right speaker and the right text, in order.
    pub right: usize,
    /// Characters of the truth, without blanks.
    pub characters: usize,
    /// Characters under another name than their speaker's.
    pub wrong: usize,
    /// Characters of somebody that became nobody's.
    pub nobody: usize,
    /// Characters in no turn.
    pub lost: usize,
    /// Characters that are in turns once more than they were said.
    pub doubled: usize,
    /// Characters in turns that nobody said: labels, times, keys. The fields of a head may be text,
    /// but nobody's.
    pub extra: usize,
    /// Turns with a time.
    pub times: usize,
    /// Turns whose time is right.
    pub times_right: usize,
    /// Titles, dates and media that a head states.
    pub fields: usize,
    /// Those that are right.
    pub fields_right: usize,
}

impl AddAssign for Score {
    fn add_assign(&mut self, other: Score) {
        self.files += other.files;
        self.refused += other.refused;
        self.turns += other.turns;
        self.right += other.right;
        self.characters += other.characters;
        self.wrong += other.wrong;
        self.nobody += other.nobody;
        self.lost += other.lost;
        self.doubled += other.doubled;
        self.extra += other.extra;
        self.times += other.times;
        self.times_right += other.times_right;
        self.fields += other.fields;
        self.fields_right += other.fields_right;
    }
}

/// The turns of a source as they were found.
pub fn found(parsed: &Parsed) -> Vec<Turn> {
    let turns = parsed.meeting.turns.iter();
    let turns = turns.map(|turn| Turn {
        name: turn
            .speaker
            .map(|speaker| parsed.speakers[speaker.index()].name.clone()),
        text: turn.text.clone(),
        start_ms: turn.start_ms,
    });
    turns.collect()
}

/// Prints a turn on a line.
pub fn print(turn: &Turn) {
    let time = turn.start_ms.map_or_else(String::new, |ms| {
        format!("[{}.{:03}] ", ms / 1_000, ms % 1_000)
    });
    let name = turn.name.as_deref().unwrap_or("-");
    println!("{time}{name} | {}", turn.text.replace('\n', " / "));
}

/// A name or a value in the form in which it is compared: NFC, blanks collapsed, and without the
/// point of `Q.`.
fn plain(name: &str) -> String {
    let name: String = name.nfc().collect();
    let words: Vec<&str> = name.split_whitespace().collect();
    words.join(" ").trim_end_matches('.').to_owned()
}

/// Text as it is compared: NFC, without blanks.
pub fn squeeze(text: &str) -> String {
    text.nfc().filter(|c| !c.is_whitespace()).collect()
}

/// A word, or one character of a script that sets few blanks or none.
struct Word {
    text: String,
    turn: usize,
}

impl Word {
    fn length(&self) -> usize {
        self.text.chars().count()
    }
}

/// The words of turns.
fn words(turns: &[Turn]) -> Vec<Word> {
    let alone = |c: char| {
        matches!(c, '\u{e00}'..='\u{eff}' | '\u{1100}'..='\u{11ff}' | '\u{2e80}'..='\u{d7ff}')
            || matches!(c, '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}' | '…' | '“' | '”')
    };
    let mut words: Vec<Word> = Vec::new();
    for (turn, said) in turns.iter().enumerate() {
        let mut open = false;
        for c in said.text.nfc() {
            if c.is_whitespace() {
                open = false;
            } else if let (true, false, Some(word)) = (open, alone(c), words.last_mut()) {
                word.text.push(c);
            } else {
                let text = c.to_string();
                words.push(Word { text, turn });
                open = !alone(c);
            }
        }
    }
    words
}

/// Words as numbers, which are compared faster.
fn number<'a>(words: &'a [Word], numbers: &mut HashMap<&'a str, usize>) -> Vec<usize> {
    let number = |word: &'a Word| {
        let next = numbers.len();
        *numbers.entry(word.text.as_str()).or_insert(next)
    };
    words.iter().map(number).collect()
}

/// What a pair of equal items is worth, and how much more if the next pair of the same turns goes
/// on with it: a word that stands alone is easily that of another sentence.
const PAIR: u32 = 4;
const GOES_ON: u32 = 1;

/// Pairs of the two lists that are equal, in order, as many as possible and in long runs.
/// `is_inner`
/// says whether a pair and the next one are of the same turns.
fn align<T: PartialEq>(
    left: &[T],
    right: &[T],
    is_inner: impl Fn(usize, usize) -> bool,
) -> Vec<(usize, usize)> {
    let ahead = left
        .iter()
        .zip(right)
        .take_while(|(one, other)| one == other);
    // The last words before a difference may belong behind it.
    let ahead = ahead.count().saturating_sub(100);
    let mut pairs: Vec<(usize, usize)> = (0..ahead).map(|at| (at, at)).collect();
    let (left, right) = (&left[ahead..], &right[ahead..]);
    let width = right.len() + 1;
    // At i * width + j: the worth of left[i..] and right[j..], and the same if their first items
    // are a pair (0 if they cannot be).
    let mut best = vec![0u32; (left.len() + 1) * width];
    let mut paired = best.clone();
    // The worth of going on at `next` after a pair.
    let run = |next: usize, i: usize, j: usize, paired: &[u32]| match paired[next] {
        0 => 0,
        worth if is_inner(i, j) => worth + GOES_ON,
        worth => worth,
    };
    for i in (0..left.len()).rev() {
        for j in (0..right.len()).rev() {
            let at = i * width + j;
            let next = at + width + 1;
            if left[i] == right[j] {
                paired[at] = PAIR + best[next].max(run(next, ahead + i, ahead + j, &paired));
            }
            best[at] = paired[at].max(best[at + width]).max(best[at + 1]);
        }
    }
    let (mut i, mut j) = (0, 0);
    let mut in_run = false;
    while i < left.len() && j < right.len() {
        let at = i * width + j;
        if in_run || paired[at] == best[at] && paired[at] > 0 {
            pairs.push((ahead + i, ahead + j));
            let next = at + width + 1;
            let worth = run(next, ahead + i, ahead + j, &paired);
            in_run = worth > 0 && worth >= best[next];
            (i, j) = (i + 1, j + 1);
        } else if best[at] == best[at + width] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}

impl Score {
    /// The score of a cell; `None` was refused.
    pub fn of(truth: &Truth, parsed: Option<&Parsed>) -> Score {
        let found = parsed.map(found).unwrap_or_default();
        let states = |(field, value): &&(Field, String)| {
            let found = parsed.and_then(|parsed| parsed.meeting.meta.get(*field));
            found.is_some_and(|found| plain(found) == plain(value))
        };
        Score {
            refused: usize::from(parsed.is_none()),
            fields_right: truth.fields.iter().filter(states).count(),
            ..Score::of_turns(truth, &found)
        }
    }

    /// The score of turns, whatever the head states.
    pub fn of_turns(truth: &Truth, found: &[Turn]) -> Score {
        let timed = truth.turns.iter().filter(|turn| turn.start_ms.is_some());
        let mut score = Score {
            files: 1,
            turns: truth.turns.len(),
            times: timed.count(),
            fields: truth.fields.len(),
            ..Score::default()
        };
        score.words(truth, found);
        if !truth.is_run {
            let said = |turn: &Turn| (turn.name.as_deref().map(plain), squeeze(&turn.text));
            let truth: Vec<_> = truth.turns.iter().map(said).collect();
            let found: Vec<_> = found.iter().map(said).collect();
            score.right = align(&truth, &found, |_, _| false).len();
        }
        score
    }

    /// Counts words; in a run, turns too, since there a turn may be parted or joined.
    fn words(&mut self, truth: &Truth, found: &[Turn]) {
        let (said, read) = (words(&truth.turns), words(found));
        let mut numbers = HashMap::new();
        let numbered = [&said, &read].map(|words| number(words, &mut numbers));
        let pairs = align(&numbered[0], &numbered[1], |one, other| {
            said[one].turn == said[one + 1].turn && read[other].turn == read[other + 1].turn
        });
        let mut partner: Vec<Option<usize>> = vec![None; said.len()];
        for (one, other) in pairs {
            partner[one] = Some(other);
        }
        let name = |turn: &Turn| turn.name.as_deref().map(plain);
        let true_names: Vec<_> = truth.turns.iter().map(name).collect();
        let found_names: Vec<_> = found.iter().map(name).collect();
        let mut is_right = vec![true; truth.turns.len()];
        for turn in self.rest(truth, &said, &read, &partner, found) {
            is_right[turn] = false;
        }
        let mut last = None;
        for (word, partner) in said.iter().zip(&partner) {
            let length = word.length();
            self.characters += length;
            let is_first = last != Some(word.turn);
            last = Some(word.turn);
            let Some(partner) = *partner else {
                self.lost += length;
                is_right[word.turn] = false;
                continue;
            };
            let turn = read[partner].turn;
            match (&true_names[word.turn], &found_names[turn]) {
                (one, other) if one == other => {}
                (_, Some(_)) => {
                    self.wrong += length;
                    is_right[word.turn] = false;
                }
                (_, None) => {
                    self.nobody += length;
                    is_right[word.turn] = false;
                }
            }
            let time = truth.turns[word.turn].start_ms;
            if is_first && time.is_some() && time == found[turn].start_ms {
                self.times_right += 1;
            }
        }
        if truth.is_run {
            self.right = is_right.iter().filter(|right| **right).count();
        }
    }

    /// What was read and not said: doubled, or invented. Gives the true turns that it spoils: those
    /// that stand in the same found turn, and those that were doubled.
    fn rest(
        &mut self,
        truth: &Truth,
        said: &[Word],
        read: &[Word],
        partner: &[Option<usize>],
        found: &[Turn],
    ) -> Vec<usize> {
        let key = |words: &[Word]| {
            let words: Vec<&str> = words.iter().map(|word| word.text.as_str()).collect();
            words.join(" ")
        };
        let runs = said.windows(DOUBLED_WORDS);
        let known: HashMap<String, usize> = runs.map(|run| (key(run), run[0].turn)).collect();
        // The true turn of every word that was read.
        let mut owner: Vec<Option<usize>> = vec![None; read.len()];
        for (word, partner) in said.iter().zip(partner) {
            if let Some(at) = *partner {
                owner[at] = Some(word.turn);
            }
        }
        let mut spoilt = Vec::new();
        let mut doubled = vec![false; read.len()];
        for (at, run) in read.windows(DOUBLED_WORDS).enumerate() {
            let places = at..at + DOUBLED_WORDS;
            if owner[places.clone()].iter().any(Option::is_some) {
                continue;
            }
            if let Some(turn) = known.get(&key(run)) {
                spoilt.push(*turn);
                doubled[places].fill(true);
            }
        }
        let mut before = None;
        for (at, word) in read.iter().enumerate() {
            if let Some(turn) = owner[at] {
                before = Some((word.turn, turn));
            } else if doubled[at] {
                self.doubled += word.length();
            } else if found[word.turn].name.is_some() || !truth.has_head {
                self.extra += word.length();
                let after = (at..read.len()).find_map(|at| Some((read[at].turn, owner[at]?)));
                let beside = [before, after].into_iter().flatten();
                let beside = beside.filter(|(turn, _)| *turn == word.turn);
                spoilt.extend(beside.map(|(_, turn)| turn));
            }
        }
        spoilt
    }
}
