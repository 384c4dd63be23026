//! The smaller sections: fold table and pronunciations.
//!
//! ```text
//! fold  number   how many entries
//!       number   how many characters with alternatives
//!       bits     for each entry: gamma of the distance of its character from the one before; then
//!                the folded form: the number of a literal of the texts, or the number of literals
//!                for a form spelt out: gamma of its length, 21 bits for each character
//!       bits     for each character with alternatives: gamma of the distance, gamma of how many
//!                less one, 21 bits for each
//! piny  number   how many syllables; then each as number of bytes, bytes (ASCII)
//!       bits     for each ideograph that the folded texts have, in order: gamma of the number of
//!                its readings, then the number of the syllable for each
//! ```

use turnsearch_text::{FoldTable, is_han};

use crate::bytes::{BitReader, ByteReader};
use crate::code::bits_for;
use crate::container::SectionTag;
use crate::error::PackError;

const CHARACTER_BITS: u32 = 21;
/// Most characters that one character folds to. The longest compatibility form of Unicode, that of U+FDFA, has 18;
/// a longer one would let a small pack fill the memory.
const MOST_FOLDED: u32 = 32;
/// Most readings of one ideograph; the builder writes three at most.
const MOST_READINGS: u32 = 16;

pub(crate) fn read_fold(bytes: &[u8], literals: &[char]) -> Result<FoldTable, PackError> {
    let mut reader = ByteReader::new(bytes, SectionTag::FOLD);
    let entries = reader.count(bytes.len() * 8)?;
    let with_alternatives = reader.count(bytes.len() * 8)?;
    let mut bits = Characters {
        bits: BitReader::new(reader.rest(), 0),
        before: 0,
    };
    let mut table = Vec::with_capacity(entries);
    for _ in 0..entries {
        let character = bits.next_character()?;
        let literal = bits.bits.bits(bits_for(literals.len() + 1)) as usize;
        let folded = match literals.get(literal) {
            Some(literal) => literal.to_string(),
            None => bits.spelt_out()?,
        };
        table.push((character, folded.into_boxed_str()));
    }
    bits.before = 0;
    let mut alternatives = Vec::with_capacity(with_alternatives);
    for _ in 0..with_alternatives {
        let character = bits.next_character()?;
        let many = bits.bits.gamma().saturating_add(1);
        alternatives.push((character, bits.characters(many)?.chars().collect()));
    }
    // Distances are never negative.
    Ok(FoldTable::in_order(table, alternatives))
}

struct Characters<'a> {
    bits: BitReader<'a>,
    before: u32,
}

impl Characters<'_> {
    fn next_character(&mut self) -> Result<char, PackError> {
        self.before = self.before.saturating_add(self.bits.gamma());
        self.character(self.before)
    }

    fn character(&self, point: u32) -> Result<char, PackError> {
        if self.bits.overrun() {
            return Err(malformed("it ends too early"));
        }
        char::from_u32(point).ok_or_else(|| malformed("a number is no character"))
    }

    fn spelt_out(&mut self) -> Result<String, PackError> {
        let many = self.bits.gamma();
        if many > MOST_FOLDED {
            return Err(malformed("a character folds to too much text"));
        }
        self.characters(many)
    }

    fn characters(&mut self, many: u32) -> Result<String, PackError> {
        let mut characters = String::new();
        for _ in 0..many {
            let point = self.bits.bits(CHARACTER_BITS);
            characters.push(self.character(point)?);
        }
        Ok(characters)
    }
}

fn malformed(what: &'static str) -> PackError {
    PackError::Malformed {
        section: SectionTag::FOLD,
        what,
    }
}

/// How the ideographs of a collection are pronounced, without tones.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Pinyin {
    syllables: Vec<String>,
    /// The ideographs that have readings, sorted, and where in `numbers` those of each end.
    ideographs: Vec<(char, u32)>,
    /// The numbers of syllables, ideograph by ideograph, the usual one first.
    numbers: Vec<u16>,
}

impl Pinyin {
    /// The syllables with which `ideograph` (folded) can be read, the usual one first; none for
    /// other characters.
    pub fn readings(&self, ideograph: char) -> impl Iterator<Item = &str> {
        let at = self
            .ideographs
            .binary_search_by_key(&ideograph, |entry| entry.0);
        let numbers = at.map_or(&[][..], |at| self.numbers_of(at));
        numbers
            .iter()
            .map(|&number| self.syllables[usize::from(number)].as_str())
    }

    /// The numbers of the syllables of the ideograph at `at`.
    fn numbers_of(&self, at: usize) -> &[u16] {
        let end_at = |at: usize| self.ideographs[at].1 as usize;
        let start = at.checked_sub(1).map_or(0, end_at);
        &self.numbers[start..end_at(at)]
    }

    /// The ideographs of which some reading stands at the head of `letters`.
    pub fn spelt_at_head<'a>(&'a self, letters: &'a str) -> impl Iterator<Item = char> + 'a {
        let heads =
            |number: &u16| letters.starts_with(self.syllables[usize::from(*number)].as_str());
        let found =
            (0..self.ideographs.len()).filter(move |&at| self.numbers_of(at).iter().any(heads));
        found.map(|at| self.ideographs[at].0)
    }

    /// Every syllable that some ideograph of the collection has, sorted.
    pub fn syllables(&self) -> &[String] {
        &self.syllables
    }
}

pub(crate) fn read_pinyin(bytes: &[u8], ideographs: &[char]) -> Result<Pinyin, PackError> {
    let mut reader = ByteReader::new(bytes, SectionTag::PINYIN);
    let mut pinyin = Pinyin::default();
    for _ in 0..reader.count(bytes.len().min(usize::from(u16::MAX)))? {
        let length = reader.count(bytes.len())?;
        let syllable = reader.take(length)?.to_vec();
        let syllable = String::from_utf8(syllable)
            .ok()
            .filter(|syllable| syllable.is_ascii());
        pinyin
            .syllables
            .push(syllable.ok_or_else(|| reader.malformed("a syllable is not ASCII"))?);
    }
    let mut bits = BitReader::new(reader.rest(), 0);
    for &ideograph in ideographs {
        let many = bits.gamma();
        // Where there is one syllable, its number takes no bits, so that the end of the section is no bound.
        if many > MOST_READINGS {
            return Err(reader.malformed("an ideograph has too many readings"));
        }
        for _ in 0..many {
            let number = bits.bits(bits_for(pinyin.syllables.len()));
            if number as usize >= pinyin.syllables.len() || bits.overrun() {
                return Err(reader.malformed("a syllable is unknown"));
            }
            pinyin.numbers.push(number as u16);
        }
        if many > 0 {
            let end = pinyin.numbers.len() as u32;
            pinyin.ideographs.push((ideograph, end));
        }
    }
    if bits.overrun() {
        return Err(reader.malformed("it ends too early"));
    }
    Ok(pinyin)
}

/// The ideographs that texts over `literals` have once they are folded, sorted.
pub(crate) fn folded_ideographs(literals: &[char], fold_table: &FoldTable) -> Vec<char> {
    let mut ideographs: Vec<char> = Vec::new();
    for literal in literals {
        let folded = turnsearch_text::fold(literal.encode_utf8(&mut [0; 4]), fold_table);
        for ideograph in folded.chars().filter(|&c| is_han(c)) {
            // Most come in order, so that little is moved.
            if let Err(at) = ideographs.binary_search(&ideograph) {
                ideographs.insert(at, ideograph);
            }
        }
    }
    ideographs
}

/// The section [`SectionTag::FOLD`].
#[cfg(feature = "write")]
pub(crate) fn write_fold(table: &FoldTable, literals: &[char]) -> Vec<u8> {
    use crate::bytes::{BitWriter, push_number};
    let mut out = Vec::new();
    push_number(&mut out, table.entries().len() as u32);
    push_number(&mut out, table.all_alternatives().len() as u32);
    let mut bits = BitWriter::default();
    let mut before = 0;
    for (character, folded) in table.entries() {
        bits.gamma(*character as u32 - before);
        before = *character as u32;
        let mut characters = folded.chars();
        let single = characters.next().filter(|_| characters.next().is_none());
        let literal = single.and_then(|c| literals.binary_search(&c).ok());
        bits.bits(
            literal.unwrap_or(literals.len()) as u32,
            bits_for(literals.len() + 1),
        );
        if literal.is_none() {
            bits.gamma(folded.chars().count() as u32);
            for c in folded.chars() {
                bits.bits(c as u32, CHARACTER_BITS);
            }
        }
    }
    before = 0;
    for (character, others) in table.all_alternatives() {
        bits.gamma(*character as u32 - before);
        before = *character as u32;
        bits.gamma(others.len() as u32 - 1);
        for &other in others {
            bits.bits(other as u32, CHARACTER_BITS);
        }
    }
    out.extend(bits.finish());
    out
}

/// The section [`SectionTag::PINYIN`], from the syllables of each ideograph.
#[cfg(feature = "write")]
pub(crate) fn write_pinyin(readings: &[Vec<&str>]) -> Vec<u8> {
    use crate::bytes::{BitWriter, push_number};
    let mut syllables: Vec<&str> = readings.iter().flatten().copied().collect();
    syllables.sort_unstable();
    syllables.dedup();
    let mut out = Vec::new();
    push_number(&mut out, syllables.len() as u32);
    for syllable in &syllables {
        push_number(&mut out, syllable.len() as u32);
        out.extend(syllable.bytes());
    }
    let mut bits = BitWriter::default();
    for readings in readings {
        bits.gamma(readings.len() as u32);
        for reading in readings {
            let number = syllables.binary_search(reading).unwrap_or_default();
            bits.bits(number as u32, bits_for(syllables.len()));
        }
    }
    out.extend(bits.finish());
    out
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use crate::bytes::{BitWriter, push_number};

    fn section(numbers: &[u32], text: &str, bits: BitWriter) -> Vec<u8> {
        let mut bytes = Vec::new();
        for &number in numbers {
            push_number(&mut bytes, number);
        }
        bytes.extend(text.bytes());
        bytes.extend(bits.finish());
        bytes
    }

    #[test]
    fn readings_that_take_no_bits_are_bounded() {
        let mut bits = BitWriter::default();
        bits.gamma(1 << 30);
        // One syllable, of two letters.
        let bytes = section(&[1, 2], "yi", bits);
        let error = read_pinyin(&bytes, &['一']).expect_err("too many readings");
        assert!(error.to_string().contains("too many readings"), "{error}");
    }

    #[test]
    fn a_folded_form_is_bounded() {
        let mut bits = BitWriter::default();
        bits.gamma(0x4E00);
        bits.gamma(1000);
        for _ in 0..1000 {
            bits.bits(0x4E00, CHARACTER_BITS);
        }
        let error = read_fold(&section(&[1, 0], "", bits), &[]).expect_err("too much text");
        assert!(error.to_string().contains("too much text"), "{error}");
    }
}
