//! Words written in pinyin: whole syllables, initials, or letters among ideographs.

use turnsearch_pack::Pinyin;
use turnsearch_text::{is_han, part};

use crate::chars::{all, first, trim_start};

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
    for spelling in [Spelling::Syllables, Spelling::Initials] {
        let walk = Walk {
            pinyin,
            begun,
            spelling,
        };
        if let Some(left) = walk.left_of(typed, candidate) {
            return Some((candidate.len() - left, spelling));
        }
    }
    None
}

struct Walk<'a> {
    pinyin: &'a Pinyin,
    begun: bool,
    spelling: Spelling,
}

impl Walk<'_> {
    /// How many bytes of `candidate` are left when all of `typed` has been used.
    ///
    /// Tries the readings of the next ideograph, longest use of letters first. The depth is bounded by the letters
    /// typed; ideographs have at most three readings.
    fn left_of(&self, typed: &str, candidate: &str) -> Option<usize> {
        let Some(letter) = first(typed) else {
            return Some(candidate.len());
        };
        let next = first(candidate)?;
        let after = part(candidate, next.len_utf8()..);
        if letter == next {
            return self.left_of(part(typed, letter.len_utf8()..), after);
        }
        if matches!(next, '·' | ' ' | '-') {
            return self.left_of(typed, after);
        }
        if !is_han(next) {
            return None;
        }
        for syllable in self.pinyin.readings(next) {
            let left = self.left_of_reading(syllable, typed, after);
            if left.is_some() {
                return left;
            }
        }
        None
    }

    /// The same where the next ideograph is read as `syllable`, and `after` is what follows it.
    fn left_of_reading(&self, syllable: &str, typed: &str, after: &str) -> Option<usize> {
        // The initial is the first letter, and zh, ch, sh in full.
        let is_initial = |length: usize| {
            self.spelling == Spelling::Initials && typed.starts_with(part(syllable, ..length))
        };
        let in_full = syllable.len() > 2 && syllable.as_bytes().get(1) == Some(&b'h');
        let ways = [
            (syllable.len(), typed.starts_with(syllable)),
            (typed.len(), self.begun && syllable.starts_with(typed)),
            (2, in_full && is_initial(2)),
            (1, is_initial(1)),
        ];
        for (length, fits) in ways {
            if !fits {
                continue;
            }
            // Letters written apart, as in `duo li yi`.
            let rest = trim_start(part(typed, length..), |c| matches!(c, ' ' | '\''));
            let left = self.left_of(rest, after);
            if left.is_some() {
                return left;
            }
        }
        None
    }
}

/// Whether `typed` can be pinyin at all: it has letters a to z, and besides them only ideographs,
/// blanks and apostrophes.
pub(crate) fn may_be_pinyin(typed: &str) -> bool {
    let is_fit = |c: char| c.is_ascii_lowercase() || is_han(c) || c == ' ' || c == '\'';
    typed.bytes().any(|byte| byte.is_ascii_lowercase()) && all(typed, is_fit)
}
