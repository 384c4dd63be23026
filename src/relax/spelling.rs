//! Words of the lexicon that are spelt almost like what was typed.

use turnsearch_pack::{Lexicon, Visit};

use crate::compact::chars;
use crate::compact::first::First;

/// Longer words are not corrected. It bounds the automaton: a state is two rows of this length.
const MOST_LETTERS: usize = 32;
/// More edits than any word is allowed: for the beginnings of the word that are so much longer or
/// shorter than the path, which are not even looked at (E. Ukkonen: Algorithms for approximate
/// string matching, 1985).
const FAR: u8 = 64;
/// Most corrections of one word.
const MOST_CORRECTIONS: usize = 8;

/// The words of `lexicon` within the edit distance that `word` (folded, alphabetic script) allows:
/// one edit for 4 letters or more, two for 8 or more. Only those at the least distance found; those
/// that stand in more turns first.
///
/// An edit is a letter added, dropped, changed, or two neighbours swapped (optimal string
/// alignment; F. J. Damerau 1964, R. Boyes 1995 for the restriction), since swaps are what fingers
/// do.
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
    if word.len().abs_diff(other.len()) > usize::from(neighbours.most) {
        return false;
    }
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
        let most = match chars::count(word.as_bytes()) {
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
        // A character of three bytes is three edits from anything in ASCII, more than any word is
        // allowed.
        if byte >= 0xE0 && self.word.is_ascii() {
            return false;
        }
        let width = self.word.len() + 1;
        let most = usize::from(self.most);
        self.path.truncate(depth);
        let last = self.path.last().copied().unwrap_or_default();
        self.path.push(byte);
        self.rows.truncate(depth * width);
        self.rows.resize((depth + 1) * width, FAR);
        let (known, row) = self.rows.split_at_mut(depth * width);
        let above = &known[(depth - 1) * width..];
        let mut least = FAR;
        for at in depth.saturating_sub(most)..=self.word.len().min(depth + most) {
            row[at] = match at.checked_sub(1) {
                None => depth as u8,
                Some(before) => {
                    let letter = self.word[before];
                    let changed = above[before] + u8::from(letter != byte);
                    let mut edits = changed.min(row[before] + 1).min(above[at] + 1);
                    if letter == last && depth > 1 && at > 1 && self.word[at - 2] == byte {
                        edits = edits.min(known[(depth - 2) * width + at - 2] + 1);
                    }
                    edits.min(FAR)
                }
            };
            least = least.min(row[at]);
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
    use proptest::prelude::*;

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

    /// The whole table of distances, as it stands in the books.
    fn edits(word: &[u8], other: &[u8]) -> usize {
        let mut table = vec![vec![0; word.len() + 1]; other.len() + 1];
        for (row, column) in
            (0..=other.len()).flat_map(|row| (0..=word.len()).map(move |column| (row, column)))
        {
            if row == 0 || column == 0 {
                table[row][column] = row + column;
                continue;
            }
            let (letter, byte) = (word[column - 1], other[row - 1]);
            let mut least = table[row - 1][column - 1] + usize::from(letter != byte);
            least = least
                .min(table[row][column - 1] + 1)
                .min(table[row - 1][column] + 1);
            if row > 1 && column > 1 && letter == other[row - 2] && word[column - 2] == byte {
                least = least.min(table[row - 2][column - 2] + 1);
            }
            table[row][column] = least;
        }
        table[other.len()][word.len()]
    }

    proptest! {
        #[test]
        fn near_is_what_the_whole_table_says(word in "[abc]{4,10}", other in "[abc]{0,12}") {
            let most = if word.len() < 8 { 1 } else { 2 };
            prop_assert_eq!(is_near(&word, &other), edits(word.as_bytes(), other.as_bytes()) <= most);
        }

        #[test]
        fn edited_words_are_near(
            word in "[abc]{8,10}", edits in prop::collection::vec((0u8..4, any::<prop::sample::Index>(), 0u8..3), 0..3),
        ) {
            let mut other = word.clone().into_bytes();
            for (kind, place, letter) in edits {
                let at = place.index(other.len() - 1);
                match kind {
                    0 => other[at] = b'a' + letter,
                    1 => other.insert(at, b'a' + letter),
                    2 => drop(other.remove(at)),
                    _ => other.swap(at, at + 1),
                }
            }
            let other = String::from_utf8(other).expect("letters are ASCII");
            prop_assert_eq!(is_near(&word, &other), self::edits(word.as_bytes(), other.as_bytes()) <= 2);
        }
    }
}
