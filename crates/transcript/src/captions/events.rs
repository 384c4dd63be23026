//! Captions that say what happens, and those that only stand in brackets.

use crate::signs::script::{is_closing, is_finished, is_ideograph, is_terminator};
use crate::signs::stage::{bracketed, is_stage_line};

/// From this many words on, what stands in brackets is said: `(and by the way the engineer
/// resigned)`.
const MANY_WORDS: usize = 7;
/// The same for ideographs and others that are written without blanks.
const MANY_IDEOGRAPHS: usize = 12;
/// A sentence that ends like one needs only so many words,
const SOME_WORDS: usize = 3;
/// or so many ideographs.
const SOME_IDEOGRAPHS: usize = 5;

/// Whether a caption says what happens, such as `[applause]` or `♪`, and not what is said.
pub(crate) fn is_event(caption: &str) -> bool {
    is_stage_line(caption) && !bracketed(caption).is_some_and(is_speech)
}

/// Whether a sentence ends with this sign, in any script.
fn ends_sentence(c: char) -> bool {
    is_terminator(c) || matches!(c, '؟' | '۔' | '।' | '॥' | '։' | '።' | '՞')
}

/// Whether the speech before a line ends a sentence there.
pub(crate) fn is_sentence_end(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| c.is_whitespace() || is_closing(c));
    is_finished(line) || end.ends_with(ends_sentence)
}

/// Whether words in brackets are a sentence. Where neither length nor form says so they are what
/// happens; capitals are what typists of captions set sounds in.
fn is_speech(content: &str) -> bool {
    let is_cased = content.chars().any(char::is_uppercase);
    if is_cased && !content.chars().any(char::is_lowercase) {
        return false;
    }
    let ideographs = content.chars().filter(|&c| is_ideograph(c)).count();
    let words = content
        .split_whitespace()
        .filter(|word| {
            word.chars()
                .any(|c| c.is_alphanumeric() && !is_ideograph(c))
        })
        .count();
    // Sounds end with three marks, or with none.
    let mut end = content.trim_end_matches(is_closing).chars().rev();
    let ends = end.next().is_some_and(ends_sentence) && !end.next().is_some_and(ends_sentence);
    words >= MANY_WORDS
        || ideographs >= MANY_IDEOGRAPHS
        || ends && (words >= SOME_WORDS || ideographs >= SOME_IDEOGRAPHS)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentences_in_brackets_are_said_and_sounds_happen() {
        for caption in [
            "(and by the way the engineer resigned)",
            "[He resigned in May.]",
            "（顺便说一下，工程师已经辞职了）",
            "（他五月辞职了。）",
        ] {
            assert!(!is_event(caption), "{caption}");
        }
        for caption in [
            "[applause]",
            "(audience laughs and applauds)",
            "[END OF THE FIRST PART OF THE RECORDING HERE]",
            "(书记员音频连接中断)",
            "[Laughter.]",
            "[both of them scream !!! ]",
        ] {
            assert!(is_event(caption), "{caption}");
        }
    }
}
