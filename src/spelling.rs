//! Words of the lexicon that are spelt almost like what was typed.

use turnsearch_pack::{Lexicon, Visit};

use crate::order::keep_first;

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
pub(crate) fn corrections(word: &str, lexicon: &Lexicon) -> Vec<String> {
    let Some(mut neighbours) = Neighbours::of(word) else {
        return Vec::new();
    };
    lexicon.walk("", &mut neighbours);
    let mut found = neighbours.found;
    let least = found.first().map_or(0, |(distance, ..)| *distance);
    found.retain(|(distance, ..)| *distance == least);
    found.into_iter().map(|(.., word)| word).collect()
}

/// The least number of edits between `word` and `other` (both folded), if `word` allows so many.
pub(crate) fn distance(word: &str, other: &str) -> Option<u8> {
    let mut neighbours = Neighbours::of(word)?;
    for (at, byte) in other.bytes().enumerate() {
        if !neighbours.enter(at + 1, byte) {
            return None;
        }
    }
    Some(neighbours.distance(other.len())).filter(|&distance| distance <= neighbours.most)
}

/// Walks to the words within `most` edits of `word`, in bytes: what it is used on is nearly all
/// ASCII. Keeps the rows of the table of distances for the path it is on.
struct Neighbours<'a> {
    word: &'a [u8],
    most: u8,
    /// For each depth the byte that led there (0 for the first) and its row.
    rows: Vec<(u8, Vec<u8>)>,
    /// The best: distance, turns (most first), word.
    found: Vec<(u8, std::cmp::Reverse<u64>, String)>,
}

impl<'a> Neighbours<'a> {
    /// `None` for a word that is too short or too long to be corrected.
    fn of(word: &'a str) -> Option<Self> {
        let most = match word.chars().count() {
            4..=7 => 1,
            8..=MOST_LETTERS => 2,
            _ => return None,
        };
        let first = (0..=word.len() as u8).collect();
        Some(Self {
            word: word.as_bytes(),
            most,
            rows: vec![(0, first)],
            found: Vec::new(),
        })
    }

    fn distance(&self, depth: usize) -> u8 {
        self.rows
            .get(depth)
            .and_then(|(_, row)| row.last())
            .copied()
            .unwrap_or(u8::MAX)
    }
}

impl Visit for Neighbours<'_> {
    fn enter(&mut self, depth: usize, byte: u8) -> bool {
        self.rows.truncate(depth);
        let (last, before) = &self.rows[depth - 1];
        let mut row = Vec::with_capacity(before.len());
        row.push(before[0].saturating_add(1));
        for (at, &letter) in self.word.iter().enumerate() {
            let changed = before[at] + u8::from(letter != byte);
            let mut least = changed.min(row[at] + 1).min(before[at + 1] + 1);
            if at > 0 && depth > 1 && letter == *last && self.word[at - 1] == byte {
                least = least.min(self.rows[depth - 2].1[at - 1] + 1);
            }
            row.push(least.min(u8::MAX / 2));
        }
        let near = row.iter().any(|&distance| distance <= self.most);
        self.rows.push((byte, row));
        near
    }

    fn word(&mut self, word: &[u8], value: u64) -> bool {
        let depth = self.rows.len() - 1;
        let distance = self.distance(depth);
        if let (1.., Ok(word)) = (distance, std::str::from_utf8(word))
            && distance <= self.most
        {
            let word = (distance, std::cmp::Reverse(value), word.to_owned());
            keep_first(&mut self.found, word, MOST_CORRECTIONS, |a, b| a < b);
        }
        true
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lexicon(words: &[(&str, u64)]) -> Lexicon {
        let bytes: Vec<u8> = {
            let mut builder = fst::MapBuilder::memory();
            let mut words = words.to_vec();
            words.sort_unstable();
            for (word, turns) in words {
                builder.insert(word, turns).expect("the words are sorted");
            }
            builder.into_inner().expect("memory does not fail")
        };
        Lexicon::read(bytes).expect("it was just built")
    }

    #[test]
    fn one_edit_for_short_words_two_for_long_ones() {
        let lexicon = lexicon(&[
            ("domain", 5),
            ("domains", 1),
            ("stakeholder", 3),
            ("dns", 9),
            ("main", 2),
        ]);
        assert_eq!(corrections("domian", &lexicon), ["domain"]);
        assert_eq!(corrections("stakholdre", &lexicon), ["stakeholder"]);
        assert_eq!(corrections("dms", &lexicon), [] as [&str; 0]);
        assert_eq!(corrections("mian", &lexicon), ["main"]);
        assert_eq!(corrections(&"x".repeat(500), &lexicon), [] as [&str; 0]);
    }

    #[test]
    fn the_word_itself_is_no_correction_and_the_commoner_comes_first() {
        let lexicon = lexicon(&[("policy", 1), ("police", 7)]);
        assert_eq!(corrections("polici", &lexicon), ["police", "policy"]);
        assert_eq!(corrections("policy", &lexicon), ["police"]);
    }
}
