//! Words of the lexicon that are spelt almost like what was typed.

use fst::{Automaton, IntoStreamer, Streamer};
use turnsearch_pack::Lexicon;

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
    let letters = word.chars().count();
    let most = match letters {
        0..=3 => return Vec::new(),
        4..=7 => 1,
        8..=MOST_LETTERS => 2,
        _ => return Vec::new(),
    };
    let automaton = Neighbours {
        word: word.as_bytes(),
        most,
    };
    let mut found: Vec<(u8, u64, String)> = Vec::new();
    let mut stream = lexicon.search_with_state(&automaton).into_stream();
    while let Some((key, value, state)) = stream.next() {
        let distance = state.distance();
        if let (true, Ok(key)) = (distance > 0, std::str::from_utf8(key)) {
            found.push((distance, value, key.to_owned()));
        }
    }
    let least = found
        .iter()
        .map(|(distance, ..)| *distance)
        .min()
        .unwrap_or(0);
    found.retain(|(distance, ..)| *distance == least);
    found.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.2.cmp(&b.2)));
    found.truncate(MOST_CORRECTIONS);
    found.into_iter().map(|(.., key)| key).collect()
}

/// Accepts what lies within `most` edits of `word`, in bytes: what it is used on is nearly all ASCII.
struct Neighbours<'a> {
    word: &'a [u8],
    most: u8,
}

/// The last two rows of the table of distances between prefixes.
#[derive(Clone)]
struct Rows {
    row: Vec<u8>,
    before: Vec<u8>,
    last: u8,
}

impl Rows {
    fn distance(&self) -> u8 {
        self.row.last().copied().unwrap_or(u8::MAX)
    }
}

impl Automaton for Neighbours<'_> {
    type State = Rows;

    fn start(&self) -> Rows {
        let row: Vec<u8> = (0..=self.word.len() as u8).collect();
        Rows {
            before: vec![u8::MAX - 1; row.len()],
            row,
            last: 0,
        }
    }

    fn is_match(&self, state: &Rows) -> bool {
        state.distance() <= self.most
    }

    fn can_match(&self, state: &Rows) -> bool {
        state.row.iter().any(|&distance| distance <= self.most)
    }

    fn accept(&self, state: &Rows, byte: u8) -> Rows {
        let mut row = Vec::with_capacity(state.row.len());
        row.push(state.row[0].saturating_add(1));
        for (at, &letter) in self.word.iter().enumerate() {
            let changed = state.row[at] + u8::from(letter != byte);
            let mut least = changed.min(row[at] + 1).min(state.row[at + 1] + 1);
            if at > 0 && letter == state.last && self.word[at - 1] == byte {
                least = least.min(state.before[at - 1].saturating_add(1));
            }
            row.push(least.min(u8::MAX - 1));
        }
        Rows {
            row,
            before: state.row.clone(),
            last: byte,
        }
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
        fst::Map::new(bytes).expect("it was just built")
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
