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

use turnsearch_text::{FoldTable, fold, folds_to_itself, is_han};

use crate::bytes::{BitReader, ByteReader};
use crate::code::bits_for;
use crate::fault::{Fault, check};

const CHARACTER_BITS: u32 = 21;
/// Most characters that one character folds to. The longest compatibility form of Unicode, that of
/// U+FDFA, has 18; a longer one would let a small pack fill the memory.
const MOST_FOLDED: u32 = 32;
/// Most readings of one ideograph; the builder writes three at most.
const MOST_READINGS: u32 = 16;

/// Reads the section [`crate::SectionTag::FOLD`] into a table that is empty yet.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
pub(crate) fn read_fold(
    bytes: &[u8],
    literals: &[char],
    table: &mut FoldTable,
) -> Result<(), Fault> {
    let mut reader = ByteReader::new(bytes);
    let entries = reader.count(bytes.len() * 8)?;
    let with_alternatives = reader.count(bytes.len() * 8)?;
    let mut bits = Characters {
        bits: BitReader::new(reader.rest(), 0),
        before: 0,
    };
    let mut spelt_out = String::new();
    for _ in 0..entries {
        let character = bits.next_character()?;
        let literal = bits.bits.bits(bits_for(literals.len() + 1)) as usize;
        spelt_out.clear();
        match literals.get(literal) {
            Some(&literal) => spelt_out.push(literal),
            None => bits.spelt_out(&mut spelt_out)?,
        }
        table.push_entry(character, &spelt_out);
    }
    bits.before = 0;
    for _ in 0..with_alternatives {
        let character = bits.next_character()?;
        let many = bits.bits.gamma().saturating_add(1);
        spelt_out.clear();
        bits.characters(many, &mut spelt_out)?;
        table.push_alternatives(character, &spelt_out);
    }
    // Distances are never negative, so that the table is sorted.
    Ok(())
}

struct Characters<'a> {
    bits: BitReader<'a>,
    before: u32,
}

impl Characters<'_> {
    fn next_character(&mut self) -> Result<char, Fault> {
        self.before = self.before.saturating_add(self.bits.gamma());
        self.character(self.before)
    }

    fn character(&self, point: u32) -> Result<char, Fault> {
        self.bits.check()?;
        char::from_u32(point).ok_or(Fault::NoCharacter)
    }

    fn spelt_out(&mut self, out: &mut String) -> Result<(), Fault> {
        let many = self.bits.gamma();
        check(many <= MOST_FOLDED, Fault::FoldsTooLong)?;
        self.characters(many, out)
    }

    fn characters(&mut self, many: u32, out: &mut String) -> Result<(), Fault> {
        for _ in 0..many {
            let point = self.bits.bits(CHARACTER_BITS);
            out.push(self.character(point)?);
        }
        Ok(())
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
        numbers.iter().map(|&number| self.syllable(number))
    }

    fn syllable(&self, number: u16) -> &str {
        let syllable = self.syllables.get(usize::from(number));
        syllable.map_or("", |syllable| syllable)
    }

    /// The numbers of the syllables of the ideograph at `at`.
    fn numbers_of(&self, at: usize) -> &[u16] {
        let end = |at: usize| self.ideographs.get(at).map_or(0, |entry| entry.1 as usize);
        let range = at.checked_sub(1).map_or(0, end)..end(at);
        self.numbers.get(range).unwrap_or_default()
    }

    /// The ideographs of which some reading stands at the head of `letters`.
    pub fn spelt_at_head<'a>(&'a self, letters: &'a str) -> impl Iterator<Item = char> + 'a {
        let is_head = |&number: &u16| letters.starts_with(self.syllable(number));
        let ideographs = self.ideographs.iter().enumerate();
        ideographs
            .filter(move |&(at, _)| self.numbers_of(at).iter().any(is_head))
            .map(|(_, entry)| entry.0)
    }

    /// Every syllable that some ideograph of the collection has, sorted.
    pub fn syllables(&self) -> &[String] {
        &self.syllables
    }
}

/// Reads the section [`crate::SectionTag::PINYIN`] into an empty one.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
pub(crate) fn read_pinyin(
    bytes: &[u8],
    ideographs: &[char],
    pinyin: &mut Pinyin,
) -> Result<(), Fault> {
    let mut reader = ByteReader::new(bytes);
    for _ in 0..reader.count(bytes.len().min(usize::from(u16::MAX)))? {
        let length = reader.count(bytes.len())?;
        let letters = reader.take(length)?;
        check(letters.is_ascii(), Fault::SyllableNotAscii)?;
        let mut syllable = String::new();
        for &letter in letters {
            syllable.push(char::from(letter));
        }
        pinyin.syllables.push(syllable);
    }
    let mut bits = BitReader::new(reader.rest(), 0);
    let syllables = pinyin.syllables.len();
    for &ideograph in ideographs {
        let many = bits.gamma();
        // Where there is one syllable, its number takes no bits, so that the end of the section is
        // no bound.
        check(many <= MOST_READINGS, Fault::TooManyReadings)?;
        for _ in 0..many {
            let number = bits.bits(bits_for(syllables));
            let is_known = (number as usize) < syllables && !bits.overrun();
            check(is_known, Fault::UnknownSyllable)?;
            pinyin.numbers.push(number as u16);
        }
        if many > 0 {
            let end = pinyin.numbers.len() as u32;
            pinyin.ideographs.push((ideograph, end));
        }
    }
    bits.check()
}

/// The ideographs that texts over `literals` have once they are folded, sorted.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
pub(crate) fn folded_ideographs(literals: &[char], fold_table: &FoldTable) -> Vec<char> {
    let mut ideographs: Vec<char> = Vec::new();
    for literal in literals {
        let mut buffer = [0; 4];
        let literal = literal.encode_utf8(&mut buffer);
        let folded;
        let form: &str = if folds_to_itself(literal, fold_table) {
            literal
        } else {
            folded = fold(literal, fold_table);
            &folded
        };
        for ideograph in form.chars().filter(|&c| is_han(c)) {
            // Most come in order, so that little is moved.
            if let Err(at) = ideographs.binary_search(&ideograph) {
                ideographs.insert(at, ideograph);
            }
        }
    }
    ideographs
}

/// The section [`crate::SectionTag::FOLD`].
#[cfg(feature = "write")]
pub(crate) fn write_fold(table: &FoldTable, literals: &[char]) -> Vec<u8> {
    use crate::bytes::{BitWriter, push_number};
    let mut out = Vec::new();
    push_number(&mut out, table.entries().len() as u32);
    push_number(&mut out, table.all_alternatives().len() as u32);
    let mut bits = BitWriter::default();
    let mut before = 0;
    for (character, folded) in table.entries() {
        bits.gamma(character as u32 - before);
        before = character as u32;
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
        bits.gamma(character as u32 - before);
        before = character as u32;
        bits.gamma(others.chars().count() as u32 - 1);
        for other in others.chars() {
            bits.bits(other as u32, CHARACTER_BITS);
        }
    }
    out.extend(bits.finish());
    out
}

/// The section [`crate::SectionTag::PINYIN`], from the syllables of each ideograph.
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
        let read = read_pinyin(&bytes, &['一'], &mut Pinyin::default());
        assert_eq!(read, Err(Fault::TooManyReadings));
    }

    #[test]
    fn a_folded_form_is_bounded() {
        let mut bits = BitWriter::default();
        bits.gamma(0x4E00);
        bits.gamma(1000);
        for _ in 0..1000 {
            bits.bits(0x4E00, CHARACTER_BITS);
        }
        let section = section(&[1, 0], "", bits);
        let read = read_fold(&section, &[], &mut FoldTable::default());
        assert_eq!(read, Err(Fault::FoldsTooLong));
    }
}
