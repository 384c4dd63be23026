//! Words with times, found again in the text that was printed of them.
//!
//! The text has the punctuation and the blanks; the words have times and speakers.

use std::ops::Range;

/// How far ahead of the word before a word is looked for, in bytes.
const WINDOW: usize = 256;
/// Share of words, in percent, that must be found for the text to be one of these words.
const ENOUGH: usize = 80;
/// More text than this after the last word, in bytes, is not that word's.
const TAIL: usize = 64;

/// The part of the text that belongs to a word.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Part {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// Which word it is; none for text that goes on after all of them.
    pub word: Option<usize>,
}

/// Cuts a text into the parts of its words: every character is in one part, signs with the word
/// before them, opening ones with the word after. Nothing if the text is not one of these words.
pub(crate) fn parts<'w>(
    text: &str,
    words: impl Iterator<Item = &'w str> + Clone,
) -> Option<Vec<Part>> {
    let skip = surplus(text, words.clone());
    let mut parts: Vec<Part> = Vec::new();
    let (mut end, mut found, mut wanted) = (0, 0, 0);
    for (index, word) in words.enumerate().skip(skip) {
        let word = word.trim();
        if !word.chars().any(char::is_alphanumeric) {
            continue;
        }
        wanted += 1;
        let Some(place) = find(text, end, word) else {
            continue;
        };
        found += 1;
        let start = border(text, end..place.start);
        let start = match parts.last_mut() {
            Some(before) => {
                before.range.end = start;
                start
            }
            None => 0,
        };
        end = place.end;
        parts.push(Part {
            range: start..text.len(),
            word: Some(index),
        });
    }
    if found == 0 || found * 100 < ENOUGH * wanted {
        return None;
    }
    let last = end
        + text[end..]
            .find(char::is_whitespace)
            .unwrap_or(text.len() - end);
    if text.len() - last > TAIL {
        if let Some(part) = parts.last_mut() {
            part.range.end = last;
        }
        parts.push(Part {
            range: last..text.len(),
            word: None,
        });
    }
    Some(parts)
}

/// How many of the first words are not of this text: some recognisers list, beside the last piece,
/// the words of the whole recording.
fn surplus<'w>(text: &str, words: impl Iterator<Item = &'w str> + Clone) -> usize {
    let length = |text: &str| text.bytes().filter(|b| !b.is_ascii_whitespace()).count();
    let room = length(text);
    let mut total: usize = words.clone().map(length).sum();
    if total <= 2 * room + WINDOW {
        return 0;
    }
    words
        .take_while(|word| {
            let is_over = total > room;
            total -= length(word);
            is_over
        })
        .count()
}

/// The place of a word after `from`: at once, after signs, or a little further as a whole word.
fn find(text: &str, from: usize, word: &str) -> Option<Range<usize>> {
    let mut to = text.len().min(from + WINDOW + word.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let window = &text[from..to];
    let begins = |rest: &str| {
        let start = rest.as_bytes().get(..word.len());
        start.is_some_and(|start| start.eq_ignore_ascii_case(word.as_bytes()))
    };
    let rest = window.trim_start();
    let bare = rest.trim_start_matches(|c: char| !c.is_alphanumeric());
    for rest in [rest, bare] {
        if begins(rest) {
            let start = from + window.len() - rest.len();
            return Some(start..start + word.len());
        }
    }
    window.match_indices(word).find_map(|(at, _)| {
        let joins = |c: Option<char>| c.is_some_and(|c| c.is_ascii_alphanumeric());
        let after = &window[at + word.len()..];
        let is_whole = !joins(window[..at].chars().next_back()) && !joins(after.chars().next());
        is_whole.then(|| from + at..from + at + word.len())
    })
}

/// Where, in what stands between two words, the second one begins.
fn border(text: &str, between: Range<usize>) -> usize {
    let signs = &text[between.clone()];
    if let Some((at, blank)) = signs.char_indices().rfind(|(_, c)| c.is_whitespace()) {
        return between.start + at + blank.len_utf8();
    }
    let opening = [
        '(', '[', '{', '（', '［', '【', '「', '『', '《', '“', '‘', '«', '¿', '¡',
    ];
    between.start + signs.trim_end_matches(opening).len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut<'t>(text: &'t str, words: &[&str]) -> Option<Vec<&'t str>> {
        let parts = parts(text, words.iter().copied())?;
        Some(parts.into_iter().map(|part| &text[part.range]).collect())
    }

    #[test]
    fn signs_stand_with_the_word_before_and_opening_ones_with_the_word_after() {
        for (text, words, expected) in [
            (
                " He said, \"Well... (no).\"  Then:",
                &["he", "said", "Well", "no", "Then"][..],
                &[" He ", "said, ", "\"Well... ", "(no).\"  ", "Then:"][..],
            ),
            (
                "你好，「世界」。再见",
                &["你好", "世界", "再见"],
                &["你好，", "「世界」。", "再见"],
            ),
            (
                "a b c d e f",
                &["a", "x", "c", "d", "e", "f"],
                &["a b ", "c ", "d ", "e ", "f"],
            ),
            (
                "It's $5 or 5%",
                &["It's", "$5", "or", "5%"],
                &["It's ", "$5 ", "or ", "5%"],
            ),
        ] {
            assert_eq!(cut(text, words).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn a_text_of_other_words_is_not_cut() {
        assert_eq!(cut("x", &["Good", "morning"]), None);
        assert_eq!(cut("", &["Good"]), None);
        assert_eq!(cut("Good", &[]), None);
    }

    #[test]
    fn words_of_the_whole_recording_beside_its_last_piece_are_left_aside() {
        let mut words = vec!["Thank"; 200];
        words.extend(["Thank", "you."]);
        let parts = parts("Thank you.", words.iter().copied()).expect("parts");
        let found: Vec<_> = parts.iter().map(|part| part.word).collect();
        assert_eq!(found, [Some(200), Some(201)]);
    }

    #[test]
    fn text_after_the_last_word_is_nobodys_word() {
        let text = format!("one two. {}", "more ".repeat(20));
        let parts = parts(&text, ["one", "two"].into_iter()).expect("parts");
        assert_eq!((parts.len(), parts[2].word), (3, None));
        assert_eq!(&text[parts[1].range.clone()], "two.");
    }
}
