//! Words written in pinyin: whole syllables, initials, or letters among ideographs.

use turnsearch_pack::Pinyin;
use turnsearch_text::{is_han, part};

use crate::compact::chars::{all, first, first_of, trim_start};
use crate::index::candidates::is_passed_over;

/// How letters stand for ideographs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Spelling {
    /// Every syllable is written out; the last one may be begun only, where `begun` was allowed.
    Syllables,
    /// Some syllables are shortened to their initial.
    Initials,
}

/// Most bytes of what is typed that are taken for pinyin: ten syllables of the longest, twenty of
/// most, and as many places between letters as a word of 64 bits tells apart.
const MOST_LETTERS: usize = 63;

/// How much of `candidate` (folded, in UTF-8) the letters and ideographs of `typed` spell, from its
/// beginning: the UTF-8 length of that part, and how. `None` where `typed` does not spell it.
///
/// An ideograph in `typed` stands for itself. With `begun` the last syllable may be incomplete.
/// What is typed [may be pinyin](may_be_pinyin).
pub(crate) fn spelt(
    typed: &str,
    candidate: &[u8],
    pinyin: &Pinyin,
    begun: bool,
) -> Option<(usize, Spelling)> {
    for spelling in [Spelling::Syllables, Spelling::Initials] {
        let letters = Letters {
            typed,
            begun,
            spelling,
        };
        if let Some(length) = letters.spell(candidate, pinyin) {
            return Some((length, spelling));
        }
    }
    None
}

struct Letters<'a> {
    typed: &'a str,
    begun: bool,
    spelling: Spelling,
}

impl Letters<'_> {
    /// The UTF-8 length of the beginning of `candidate` for which all letters are used up.
    ///
    /// Character by character, all places to which the letters may be used up are followed at once
    /// (K. Thompson: Regular Expression Search Algorithm, 1968): the time is bounded, whatever
    /// readings a pack has.
    fn spell(&self, candidate: &[u8], pinyin: &Pinyin) -> Option<usize> {
        // Each bit is a place in what is typed.
        let mut places = 1u64;
        let end = 1u64.checked_shl(self.typed.len() as u32)?;
        let mut spelt = 0;
        while places != 0 && places & end == 0 {
            let next = first_of(candidate.get(spelt..)?)?;
            spelt += next.len_utf8();
            let mut further = 0;
            while places != 0 {
                further |= self.after(places.trailing_zeros() as usize, next, pinyin);
                places &= places - 1;
            }
            places = further;
        }
        (places != 0).then_some(spelt)
    }

    /// The places after the letters from `at` on that stand for `next`.
    fn after(&self, at: usize, next: char, pinyin: &Pinyin) -> u64 {
        let letters = part(self.typed, at..);
        if first(letters) == Some(next) {
            return 1 << (at + next.len_utf8());
        }
        if is_passed_over(next) {
            return 1 << at;
        }
        let mut places = 0;
        if is_han(next) {
            for syllable in pinyin.readings(next) {
                places |= self.after_reading(at, letters, syllable);
            }
        }
        places
    }

    /// The places after those of `letters`, which begin at `at`, that stand for `syllable`.
    fn after_reading(&self, at: usize, letters: &str, syllable: &str) -> u64 {
        // The initial is the first letter, and zh, ch, sh in full.
        let is_initial = |length: usize| {
            self.spelling == Spelling::Initials && letters.starts_with(part(syllable, ..length))
        };
        let in_full = syllable.len() > 2 && syllable.as_bytes().get(1) == Some(&b'h');
        let ways = [
            (syllable.len(), letters.starts_with(syllable)),
            (letters.len(), self.begun && syllable.starts_with(letters)),
            (2, in_full && is_initial(2)),
            (1, is_initial(1)),
        ];
        let mut places = 0;
        for (length, fits) in ways {
            // A syllable of a hostile pack may be empty.
            if fits && length > 0 {
                // Letters written apart, as in `duo li yi`.
                let rest = trim_start(part(letters, length..), |c| matches!(c, ' ' | '\''));
                places |= 1 << (at + letters.len() - rest.len());
            }
        }
        places
    }
}

/// Whether `typed` can be pinyin at all: it has letters a to z, and besides them only ideographs,
/// blanks and apostrophes, and not too many.
pub(crate) fn may_be_pinyin(typed: &str) -> bool {
    let is_fit = |c: char| c.is_ascii_lowercase() || is_han(c) || c == ' ' || c == '\'';
    typed.len() <= MOST_LETTERS
        && typed.bytes().any(|byte| byte.is_ascii_lowercase())
        && all(typed, is_fit)
}
