//! The strings of a collection that are pronounced like letters.

use turnsearch_pack::{Pinyin, Visit};
use turnsearch_text::{fold_query, is_han, part};

use crate::compact::chars::{self, has_two, is_all_han, pieces};
use crate::compact::first::First;
use crate::compact::strings::join;
use crate::index::Index;
use crate::index::candidates::Wanted;
use crate::index::edge::Edge;
use crate::relax::pronounce::{Spelling, may_be_pinyin, spelt};

/// Longest word of ideographs that is tried.
const MOST_CHARACTERS_OF_WORD: usize = 8;
/// Most words of ideographs that are tried for how they are pronounced: more than any lexicon has,
/// and a bound on what a hostile one can ask for.
const MOST_CANDIDATES: usize = 1 << 18;
/// Most strings that letters are taken to be the pronunciation of.
const MOST_PRONOUNCED: usize = 12;

/// The folded strings of the collection that are pronounced like `typed`: beginnings of names, key
/// phrases and words, spelt out if there are such, else by initials; between the two, whatever
/// stands in the texts, since a reader's word need not be one of the lexicon's.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(super) fn spelt_strings(typed: &str, typing: bool, index: &Index) -> Vec<String> {
    let letters = fold_query(typed, index.fold_table());
    if !may_be_pinyin(&letters) {
        return Vec::new();
    }
    let mut spelt = Spelt {
        many: has_two(&join(&pieces(&letters, |c| matches!(c, ' ' | '\'')), "")),
        letters: &letters,
        typing,
        pinyin: index.pack.pinyin(),
        path: Vec::new(),
        tried: 0,
        found: First::new(MOST_PRONOUNCED),
    };
    let candidates = index.candidates();
    let wanted = Wanted::begun_by(&letters);
    for candidates in [&candidates.speakers, &candidates.phrases] {
        candidates.each(wanted, &mut |_, candidate| spelt.try_folded(candidate));
    }
    index.pack.lexicon().walk("", &mut spelt);
    let found = spelt.found;
    // What is spelt out would come first.
    let first = found.kept.first();
    if first.is_none_or(|spelt| spelt.class != Spelling::Syllables as u32) {
        let in_texts = spelt_in_texts(&letters, typing, index);
        if !in_texts.is_empty() {
            return in_texts;
        }
    }
    found.of_lowest_class()
}

/// Collects what letters spell of all that can be written in pinyin: names, key phrases, words of
/// ideographs.
struct Spelt<'a> {
    letters: &'a str,
    /// Whether there is more than one letter.
    many: bool,
    typing: bool,
    pinyin: &'a Pinyin,
    /// Where the walk over the words is.
    path: Vec<u8>,
    /// How many strings were tried.
    tried: usize,
    found: First,
}

impl Spelt<'_> {
    /// Whether the letters can spell something that begins with `ideograph`.
    fn may_begin_with(&self, ideograph: char) -> bool {
        let letter = chars::first(self.letters);
        letter == Some(ideograph)
            || (self.pinyin.readings(ideograph)).any(|syllable| chars::first(syllable) == letter)
    }

    fn try_folded(&mut self, candidate: &str) {
        self.tried += 1;
        let spelling = spelt(self.letters, candidate.as_bytes(), self.pinyin, self.typing);
        let Some((length, spelling)) = spelling else {
            return;
        };
        // One ideograph, or two initials, say too little.
        let spelt = part(candidate, ..length);
        let least = if spelling == Spelling::Initials { 3 } else { 2 };
        let class = spelling as u32;
        let mut known = self.found.kept.iter();
        if self.many
            && chars::count(spelt.as_bytes()) >= least
            && !known.any(|known| known.class == class && known.text == spelt)
        {
            self.found.add(class, 0, spelt, 0);
        }
    }
}

impl Visit for Spelt<'_> {
    fn enter(&mut self, depth: usize, byte: u8) -> bool {
        self.path.truncate(depth - 1);
        self.path.push(byte);
        // ASCII words are not even walked to, nor what begins otherwise, nor what is too long for a
        // word.
        match depth {
            1 => !byte.is_ascii(),
            3 => str::from_utf8(&self.path).map_or(true, |begun| {
                chars::first(begun).is_none_or(|first| self.may_begin_with(first))
            }),
            _ => depth <= 4 * MOST_CHARACTERS_OF_WORD,
        }
    }

    fn word(&mut self, word: &[u8], _: u64) -> bool {
        if let Ok(word) = std::str::from_utf8(word)
            && is_all_han(word)
        {
            self.try_folded(word);
        }
        self.tried < MOST_CANDIDATES
    }
}

/// The strings of at least two ideographs that stand in the texts and that `letters` spell out.
#[inline(never)] // A seam: browsers compile small functions faster.
fn spelt_in_texts(letters: &str, typing: bool, index: &Index) -> Vec<String> {
    let pinyin = index.pack.pinyin();
    let mut firsts = Vec::new();
    match chars::first(letters) {
        Some(first) if is_han(first) => firsts.push(first),
        _ => {
            for c in pinyin.spelt_at_head(letters) {
                firsts.push(c);
            }
        }
    }
    let mut found: Vec<String> = Vec::new();
    for first in firsts {
        let standing = index
            .corpus
            .find(first.encode_utf8(&mut [0; 4]), Edge::Token);
        for &(at, _) in standing.places() {
            let from = index.corpus.bytes_from(at as usize);
            let Some((length, Spelling::Syllables)) = spelt(letters, from, pinyin, typing) else {
                continue;
            };
            let text = str::from_utf8(from.get(..length).unwrap_or_default()).unwrap_or_default();
            if has_two(text) && !found.iter().any(|known| known == text) {
                found.push(text.to_owned());
            }
            if found.len() == MOST_PRONOUNCED {
                return found;
            }
        }
    }
    found
}
