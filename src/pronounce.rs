//! Words written in pinyin: whole syllables, initials, or letters among ideographs.

use turnsearch_pack::Pinyin;
use turnsearch_text::{is_han, part};

/// How letters stand for ideographs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spelling {
    /// Every syllable is written out; the last one may be begun only, where `begun` was allowed.
    Syllables,
    /// Some syllables are given by their initial only.
    Initials,
}

/// How much of `candidate` (folded) the letters and ideographs of `typed` spell, from its
/// beginning: the UTF-8 length of that part, and how. `None` where `typed` does not spell it.
///
/// An ideograph in `typed` stands for itself. With `begun` the last syllable may be incomplete.
pub(crate) fn spelt(
    typed: &str,
    candidate: &str,
    pinyin: &Pinyin,
    begun: bool,
) -> Option<(usize, Spelling)> {
    let syllables =
        walk(typed, candidate, pinyin, begun, false).map(|length| (length, Spelling::Syllables));
    syllables.or_else(|| {
        walk(typed, candidate, pinyin, begun, true).map(|length| (length, Spelling::Initials))
    })
}

/// Tries the readings of the next ideograph, longest use of letters first. The depth is bounded by the letters
/// typed; ideographs have at most three readings.
fn walk(
    typed: &str,
    candidate: &str,
    pinyin: &Pinyin,
    begun: bool,
    initials: bool,
) -> Option<usize> {
    let Some(first) = typed.chars().next() else {
        return Some(0);
    };
    let next = candidate.chars().next()?;
    if first == next {
        let rest = walk(
            part(typed, first.len_utf8()..),
            part(candidate, next.len_utf8()..),
            pinyin,
            begun,
            initials,
        );
        return rest.map(|rest| next.len_utf8() + rest);
    }
    if matches!(next, '·' | ' ' | '-') {
        return walk(
            typed,
            part(candidate, next.len_utf8()..),
            pinyin,
            begun,
            initials,
        )
        .map(|rest| next.len_utf8() + rest);
    }
    if !is_han(next) {
        return None;
    }
    let after = part(candidate, next.len_utf8()..);
    for syllable in pinyin.readings(next) {
        let mut taken: Vec<usize> = Vec::new();
        if typed.starts_with(syllable) {
            taken.push(syllable.len());
        }
        if begun && syllable.starts_with(typed) {
            taken.push(typed.len());
        }
        if initials {
            taken.extend(
                initial_lengths(syllable)
                    .filter(|&length| typed.starts_with(part(syllable, ..length))),
            );
        }
        for length in taken {
            // Letters written apart, as in `duo li yi`.
            let rest = part(typed, length..).trim_start_matches([' ', '\'']);
            if let Some(rest) = walk(rest, after, pinyin, begun, initials) {
                return Some(next.len_utf8() + rest);
            }
        }
    }
    None
}

/// The initial of a syllable: its first letter, and zh, ch, sh in full.
fn initial_lengths(syllable: &str) -> impl Iterator<Item = usize> {
    let two = syllable.len() > 2 && syllable.as_bytes()[1] == b'h';
    [two.then_some(2), Some(1)].into_iter().flatten()
}

/// Whether `typed` can be pinyin at all: it has letters a to z, and besides them only ideographs,
/// blanks and apostrophes.
pub(crate) fn may_be_pinyin(typed: &str) -> bool {
    typed.bytes().any(|byte| byte.is_ascii_lowercase())
        && typed
            .chars()
            .all(|c| c.is_ascii_lowercase() || is_han(c) || c == ' ' || c == '\'')
}
