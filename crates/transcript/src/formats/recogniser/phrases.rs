//! Words and pieces put together to phrases: up to the end of a sentence, a pause, or a change of
//! speaker.

use std::ops::Range;

use crate::captions::events::{is_event, is_sentence_end};
use crate::formats::recogniser::voices::Voice;
use crate::signs::script::joint;

/// A pause of so many milliseconds ends a phrase.
const PAUSE_MS: u64 = 1500;
/// From so many bytes on, a phrase ends at any blank,
const LONG: usize = 300;
/// and from so many on wherever a piece ends.
const MOST: usize = 1500;

/// When something is said, in milliseconds, as far as it is known.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Times {
    /// When it begins.
    pub start: Option<u64>,
    /// When it ends.
    pub end: Option<u64>,
}

impl Times {
    /// These, and where they are unknown the others.
    pub fn or(self, other: Times) -> Times {
        Times {
            start: self.start.or(other.start),
            end: self.end.or(other.end),
        }
    }
}

/// What somebody says without interruption.
#[derive(Debug)]
pub(crate) struct Phrase {
    /// Where it stands in the text of all phrases.
    pub text: Range<usize>,
    /// When it is said.
    pub times: Times,
    /// By whom.
    pub voice: Voice,
    /// The line on which it begins.
    pub line: u32,
}

/// What is put together: a word with the signs and blanks around it, or a piece.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Unit<'t> {
    /// As printed.
    pub text: &'t str,
    /// When it is said.
    pub times: Times,
    /// By whom.
    pub voice: Voice,
    /// The line on which it stands.
    pub line: u32,
    /// What belongs between it and what stands before, where no blank is printed.
    pub between: Between,
}

/// What belongs between two units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Between {
    /// Nothing: blanks are printed.
    Nothing,
    /// A blank in writing that has blanks between words.
    Word,
    /// The same, and a phrase may end there.
    Piece,
}

/// Phrases, as far as they are put together.
#[derive(Debug, Default)]
pub(crate) struct Phrases {
    /// The texts, one after the other.
    pub text: String,
    /// Those that are done.
    pub done: Vec<Phrase>,
    open: Option<Phrase>,
}

impl Phrases {
    /// Adds what is said next.
    pub fn add(&mut self, unit: Unit) {
        if unit.text.trim().is_empty() {
            if self.open.is_some() && !unit.text.is_empty() {
                self.text.push(' ');
            }
            return;
        }
        let between = self.between(&unit);
        let goes_on = self
            .open
            .as_ref()
            .is_some_and(|open| !self.ends_before(open, &unit, between));
        if goes_on {
            self.text.push_str(between);
            self.text.push_str(unit.text);
            if let Some(open) = &mut self.open {
                open.times.start = open.times.start.or(unit.times.start);
                open.times.end = open.times.end.max(unit.times.end);
            }
            return;
        }
        self.close();
        let start = self.text.len();
        self.text.push_str(unit.text);
        self.open = Some(Phrase {
            text: start..start,
            times: unit.times,
            voice: unit.voice,
            line: unit.line,
        });
    }

    /// Ends the phrase that is open.
    pub fn close(&mut self) {
        if let Some(mut open) = self.open.take() {
            open.text.end = self.text.len();
            self.done.push(open);
        }
    }

    /// What of the open phrase is there.
    fn so_far(&self, open: &Phrase) -> &str {
        &self.text[open.text.start..]
    }

    /// What is put between the open phrase and the unit.
    fn between(&self, unit: &Unit) -> &'static str {
        let before = self
            .open
            .as_ref()
            .and_then(|open| self.so_far(open).chars().next_back());
        match (before, unit.text.chars().next()) {
            _ if unit.between == Between::Nothing => "",
            (Some(before), Some(after)) if !before.is_whitespace() && !after.is_whitespace() => {
                match unit.between {
                    Between::Word if is_unspaced(before) && is_unspaced(after) => "",
                    _ => joint(before, after),
                }
            }
            _ => "",
        }
    }

    fn ends_before(&self, open: &Phrase, unit: &Unit, between: &str) -> bool {
        if open.voice != unit.voice {
            return true;
        }
        let text = self.so_far(open);
        let (before, after) = (text.chars().next_back(), unit.text.chars().next());
        let is_blank = |c: Option<char>| c.is_none_or(char::is_whitespace);
        // Between ideographs, and never before a mark.
        let tight = |(before, after): (char, char)| {
            after.is_alphanumeric() && joint(before, after).is_empty()
        };
        let may_end = !between.is_empty()
            || is_blank(before)
            || is_blank(after)
            || before.zip(after).is_some_and(tight)
            || text.len() >= MOST;
        let pause = unit.times.start.zip(open.times.end);
        may_end
            && (unit.between == Between::Piece
                || text.len() >= LONG
                || pause.is_some_and(|(start, end)| start.saturating_sub(end) >= PAUSE_MS)
                || is_sentence_end(text)
                || happens(text)
                || happens(unit.text))
    }
}

/// Whether it says what happens, such as `(laughter)`.
fn happens(text: &str) -> bool {
    let text = text.trim();
    !text.starts_with(char::is_alphanumeric) && is_event(text)
}

/// Whether the writing has no blanks between words: Thai, Lao, Burmese, Khmer.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{eff}' | '\u{1000}'..='\u{109f}' | '\u{1780}'..='\u{17ff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn phrases(units: &[(&str, u64, u32, Between)]) -> Vec<String> {
        let mut phrases = Phrases::default();
        for &(text, start, voice, between) in units {
            phrases.add(Unit {
                text,
                times: Times {
                    start: Some(start),
                    end: Some(start + 100),
                },
                voice: Voice::One(voice),
                line: 1,
                between,
            });
        }
        phrases.close();
        let done = phrases.done.iter();
        done.map(|phrase| phrases.text[phrase.text.clone()].trim().to_owned())
            .collect()
    }

    #[test]
    fn a_phrase_ends_with_a_sentence_a_pause_or_a_speaker() {
        use Between::{Nothing, Piece, Word};
        for (units, expected) in [
            (
                &[
                    ("Good", 0, 0, Word),
                    ("day.", 100, 0, Word),
                    ("Sit", 200, 0, Word),
                ][..],
                &["Good day.", "Sit"][..],
            ),
            (
                &[
                    ("so", 0, 0, Word),
                    ("then", 1700, 0, Word),
                    ("yes", 1800, 1, Word),
                ],
                &["so", "then", "yes"],
            ),
            (
                &[
                    (" 3", 0, 0, Nothing),
                    (".", 1, 0, Nothing),
                    ("5", 2, 0, Nothing),
                ],
                &["3.5"],
            ),
            (
                &[
                    ("今天", 0, 0, Word),
                    ("开会。", 1, 0, Word),
                    ("好", 2, 0, Word),
                ],
                &["今天开会。", "好"],
            ),
            (
                &[
                    ("สวัสดี", 0, 0, Word),
                    ("ครับ", 1, 0, Word),
                    ("OK", 2, 0, Word),
                ],
                &["สวัสดีครับ OK"],
            ),
            (
                &[("one", 0, 0, Piece), ("two", 1, 0, Piece)],
                &["one", "two"],
            ),
            (
                &[
                    ("well ", 0, 0, Nothing),
                    ("(laughs)", 1, 0, Nothing),
                    (" no", 2, 0, Nothing),
                ],
                &["well", "(laughs)", "no"],
            ),
        ] {
            assert_eq!(phrases(units), expected);
        }
    }

    #[test]
    fn what_never_pauses_is_cut_at_blanks() {
        let units = vec![("word ", 0, 0, Between::Nothing); 500];
        let phrases = phrases(&units);
        assert!(phrases.len() > 5 && phrases.iter().all(|phrase| phrase.len() <= LONG + 5));
    }
}
