//! Words of the lexicon that are spelt almost like what was typed.

use turnsearch_pack::{Lexicon, Visit};

use crate::chars;
use crate::order::First;

/// Longer words are not corrected. It bounds the automaton: a state is two rows of this length.
const MOST_LETTERS: usize = 32;
/// Most corrections of one word.
const MOST_CORRECTIONS: usize = 8;

/// The words of `lexicon` within the edit distance that `word` (folded, alphabetic script) allows: one edit
/// for 4 letters or more, two for 8 or more. Only those at the least distance found; those that
/// stand in more turns first.
///
/// An edit is a letter added, dropped, changed, or two neighbours swapped (optimal string alignment; F. J.
/// Damerau 1964, R. Boyes 1995 for the restriction), since swaps are what fingers do.
pub(crate) fn corrections(word: &str, lexicon: Lexicon<'_>) -> Vec<String> {
    let Some(mut neighbours) = Neighbours::of(word) else {
        return Vec::new();
    };
    lexicon.walk("", &mut neighbours);
    neighbours.found.of_lowest_class()
}

/// Whether `word` allows as many edits as there are between it and `other` (both folded).
pub(crate) fn is_near(word: &str, other: &str) -> bool {
    let Some(mut neighbours) = Neighbours::of(word) else {
        return false;
    };
    for (depth, byte) in (1..).zip(other.bytes()) {
        if !neighbours.enter(depth, byte) {
            return false;
        }
    }
    neighbours.distance() <= neighbours.most
}

/// Walks to the words within `most` edits of `word`, in bytes: what it is used on is nearly all
/// ASCII. Keeps the rows of the table of distances for the path it is on.
struct Neighbours<'a> {
    word: &'a [u8],
    most: u8,
    /// For each depth the byte that led there; for the first none.
    path: Vec<u8>,
    /// For each depth a row, with a distance for each beginning of `word`.
    rows: Vec<u8>,
    /// The best: by distance, then by turns.
    found: First,
}

impl<'a> Neighbours<'a> {
    /// `None` for a word that is too short or too long to be corrected.
    fn of(word: &'a str) -> Option<Self> {
        let most = match chars::count(word) {
            4..=7 => 1,
            8..=MOST_LETTERS => 2,
            _ => return None,
        };
        Some(Self {
            word: word.as_bytes(),
            most,
            path: vec![0],
            rows: (0..=word.len() as u8).collect(),
            found: First::new(MOST_CORRECTIONS),
        })
    }

    /// Edits between the word and the path.
    fn distance(&self) -> u8 {
        self.rows.last().copied().unwrap_or_default()
    }
}

impl Visit for Neighbours<'_> {
    fn enter(&mut self, depth: usize, byte: u8) -> bool {
        // A character of three bytes is three edits from anything in ASCII, more than any word is allowed.
        if byte >= 0xE0 && self.word.is_ascii() {
            return false;
        }
        let width = self.word.len() + 1;
        self.path.truncate(depth);
        self.rows.truncate(depth * width);
        let last = self.path.last().copied().unwrap_or_default();
        self.path.push(byte);

        let row = self.rows.len();
        let above = |at: usize| at - width;
        let mut left = self.rows[above(row)].saturating_add(1);
        self.rows.push(left);
        let mut least = left;
        let mut before = 0;
        for (at, &letter) in (row + 1..).zip(self.word) {
            let changed = self.rows[above(at) - 1] + u8::from(letter != byte);
            left = changed.min(left + 1).min(self.rows[above(at)] + 1);
            if letter == last && before == byte && depth > 1 && at > row + 1 {
                left = left.min(self.rows[above(above(at)) - 2] + 1);
            }
            left = left.min(u8::MAX / 2);
            self.rows.push(left);
            least = least.min(left);
            before = letter;
        }
        least <= self.most
    }

    fn word(&mut self, word: &[u8], value: u64) -> bool {
        let distance = self.distance();
        if distance > 0
            && distance <= self.most
            && let Ok(word) = std::str::from_utf8(word)
        {
            self.found.add(distance.into(), value as u32, word, 0);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(words: &[(&str, u64)]) -> Vec<u8> {
        let mut builder = fst::MapBuilder::memory();
        let mut words = words.to_vec();
        words.sort_unstable();
        for (word, turns) in words {
            builder.insert(word, turns).expect("the words are sorted");
        }
        builder.into_inner().expect("memory does not fail")
    }

    #[test]
    fn one_edit_for_short_words_two_for_long_ones() {
        let bytes = written(&[
            ("domain", 5),
            ("domains", 1),
            ("stakeholder", 3),
            ("dns", 9),
            ("main", 2),
        ]);
        let lexicon = Lexicon::read(&bytes).expect("it was just built");
        assert_eq!(corrections("domian", lexicon), ["domain"]);
        assert_eq!(corrections("stakholdre", lexicon), ["stakeholder"]);
        assert_eq!(corrections("dms", lexicon), [] as [&str; 0]);
        assert_eq!(corrections("mian", lexicon), ["main"]);
        assert_eq!(corrections(&"x".repeat(500), lexicon), [] as [&str; 0]);
    }

    #[test]
    fn the_word_itself_is_no_correction_and_the_commoner_comes_first() {
        let bytes = written(&[("policy", 1), ("police", 7)]);
        let lexicon = Lexicon::read(&bytes).expect("it was just built");
        assert_eq!(corrections("polici", lexicon), ["police", "policy"]);
        assert_eq!(corrections("policy", lexicon), ["police"]);
    }
}
