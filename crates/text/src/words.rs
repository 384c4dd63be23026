//! Tokens of folded text, for the lexicon.

use unicode_segmentation::UnicodeSegmentation;

use crate::chars::{is_han, is_token};

/// The words of `folded` that are written with token characters: Latin terms, numbers, versions
/// and hosts (`3.0`, `example.com`), by the word boundaries of UAX #29.
///
/// ```
/// use turnsearch_text::words::terms;
/// let found: Vec<_> = terms("新gtld和ws2。3.0").collect();
/// assert_eq!(found, ["gtld", "ws2", "3.0"]);
/// ```
pub fn terms(folded: &str) -> impl Iterator<Item = &str> {
    folded
        .unicode_words()
        .filter(|word| word.chars().next().is_some_and(is_token))
}

/// The longest runs of Han ideographs in `text`.
pub fn han_runs(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c| !is_han(c)).filter(|run| !run.is_empty())
}
