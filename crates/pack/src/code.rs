//! The texts' code: a grammar of repeated strings under one canonical Huffman code.
//!
//! A *symbol* is a character that occurs (a literal), the end mark of texts, or a rule that stands
//! for two earlier symbols. A text is the codewords of its symbols, the last of which is the end
//! mark or ends with it, as a rule for a full stop and the end does; so any text can be decoded by
//! itself, given the bit at which it begins. The grammar is made by Re-Pair (N. J. Larsson, A.
//! Moffat: Offline Dictionary-Based Compression, DCC 1999), the code is canonical (E. S. Schwartz,
//! B. Kallick, 1964): code lengths alone determine it.
//!
//! ```text
//! number    L, how many literals; then L code points, each as the distance from the one before
//! number    R, how many rules
//! 24 × 4 bits  length, 0 to 15, of the codeword for each code length 0 to 23 (0: does not occur)
//! L+1+R ×   the code length of each symbol (0: not used by itself), in that code
//! R ×       rules, sorted by left symbol within each level (a level's rules use symbols of lower
//!           levels): gamma code of the distance of the left symbol from that of the rule before
//!           plus one, or 0 where a new level begins, followed by gamma of the left symbol itself;
//!           then the right symbol in as many bits as the number of symbols so far needs
//! ```

use std::ops::Range;

use turnsearch_text::{FoldTable, FoldedPieces, JoinedText, part};

use crate::bytes::{BitReader, ByteReader};
use crate::fault::{Fault, check};

/// Longest codeword, in bits.
pub const MAX_CODE_LENGTH: usize = 23;
/// Codewords of the code lengths are at most this long.
#[cfg(feature = "write")]
pub(crate) const MAX_LENGTH_CODE_LENGTH: usize = 15;
/// Longest expansion of a rule, in bytes. It bounds what a hostile grammar can blow up to.
pub const MAX_EXPANSION: usize = 1024;
/// Codewords up to this length are decoded by one look into a table.
const TABLE_BITS: u32 = 11;

/// A canonical prefix code over symbols `0..n`.
#[derive(Debug, Clone, Default)]
pub(crate) struct PrefixCode {
    /// Symbols in the order of their codewords.
    symbols: Vec<u32>,
    /// The codewords of each length from 1 on.
    levels: Vec<Level>,
    /// For each value of the next [`TABLE_BITS`] bits: the place of the codeword among all, and its
    /// length; or where it is longer, the length 0.
    table: Vec<(u32, u32)>,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    /// Left-aligned end (exclusive) of the codewords up to this length; as u64, since it may be
    /// 2^32.
    end: u64,
    /// What to add to a codeword of this length to find the place of its symbol.
    offset: u32,
}

impl PrefixCode {
    /// The canonical code with these lengths; a fault unless they fill the code space exactly (or
    /// there is one symbol only, of length 1).
    pub(crate) fn read(&mut self, lengths: &[u8]) -> Result<(), Fault> {
        let ends = self.sort_symbols(lengths);
        let mut end = 0u64;
        let mut before = 0;
        for (length, behind) in (0..).zip(ends).skip(1) {
            let first_codeword = (end >> (32 - length)) as u32;
            end += u64::from(behind - before) << (32 - length);
            check(end <= 1 << 32, Fault::NoCode)?;
            let offset = before.wrapping_sub(first_codeword);
            self.levels.push(Level { end, offset });
            if length <= TABLE_BITS {
                for place in before..behind {
                    let filled = self.table.len() + (1 << (TABLE_BITS - length));
                    self.table.resize(filled, (place, length));
                }
            }
            before = behind;
        }
        self.table.resize(1 << TABLE_BITS, (0, 0));
        let single = self.symbols.len() == 1 && end == 1 << 31;
        check(end == 1 << 32 || single, Fault::NoCode)
    }

    /// Brings the symbols that have codewords into the order of these. Tells for each length how
    /// many are no longer.
    fn sort_symbols(&mut self, lengths: &[u8]) -> [u32; MAX_CODE_LENGTH + 1] {
        let mut places = [0; MAX_CODE_LENGTH + 1];
        for &length in lengths {
            if let Some(many) = places.get_mut(usize::from(length)) {
                *many += 1;
            }
        }
        // Those without a codeword come nowhere.
        let mut before = 0;
        places[0] = 0;
        for place in &mut places {
            let many = *place;
            *place = before;
            before += many;
        }
        self.symbols.resize(before as usize, 0);
        for (symbol, &length) in (0..).zip(lengths) {
            if length > 0
                && let Some(place) = places.get_mut(usize::from(length))
                && let Some(of_place) = self.symbols.get_mut(*place as usize)
            {
                *of_place = symbol;
                *place += 1;
            }
        }
        places
    }

    /// Place and length of the codeword at the head of `window`, which is longer than
    /// [`TABLE_BITS`].
    fn search(&self, window: u32) -> (u32, u32) {
        let mut length = TABLE_BITS + 1;
        while let Some(level) = self.levels.get(length as usize - 1) {
            if u64::from(window) < level.end {
                let place = (window >> (32 - length)).wrapping_add(level.offset);
                return (place, length);
            }
            length += 1;
        }
        // Only the code of one symbol leaves a part of the code space free.
        (0, 1)
    }

    /// The next codeword: its place among all, the shortest first.
    #[inline(always)] // in three loops that run for every symbol of the texts
    fn decode_place(&self, bits: &mut BitReader<'_>) -> usize {
        let window = bits.peek();
        let found = self.table.get((window >> (32 - TABLE_BITS)) as usize);
        let (place, length) = match found {
            Some(&found) if found.1 > 0 => found,
            _ => self.search(window),
        };
        bits.skip(length);
        place as usize
    }

    /// The next symbol.
    pub(crate) fn decode(&self, bits: &mut BitReader<'_>) -> u32 {
        let place = self.decode_place(bits);
        self.symbols.get(place).copied().unwrap_or(0)
    }
}

/// Decodes the texts of a pack.
#[derive(Debug, Clone, Default)]
pub struct TextCode {
    code: PrefixCode,
    literals: Vec<char>,
    /// What each symbol stands for, one after the other.
    expansions: String,
    /// Where each symbol's expansion ends in `expansions`.
    ends: Vec<u32>,
    /// Whether a text ends with each symbol: the end mark, and rules that have it.
    closes: Vec<bool>,
}

impl TextCode {
    /// Reads the section [`crate::SectionTag::CODE`] into a code that is empty yet.
    ///
    /// # Errors
    /// Where a rule uses a symbol that does not come before it, expands to more than
    /// [`MAX_EXPANSION`] bytes, or the code lengths make no code.
    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    pub fn read(&mut self, bytes: &[u8]) -> Result<(), Fault> {
        let mut reader = ByteReader::new(bytes);
        let mut point = 0u32;
        for _ in 0..reader.count(bytes.len())? {
            point = point.saturating_add(reader.number()?);
            let literal = char::from_u32(point).ok_or(Fault::LiteralNoCharacter)?;
            self.literals.push(literal);
            self.push_symbol(literal.encode_utf8(&mut [0; 4]), false);
        }
        self.push_symbol("", true);
        let rules = reader.count(bytes.len())?;
        self.ends.reserve_exact(rules);
        self.closes.reserve_exact(rules);
        let mut bits = BitReader::new(reader.rest(), 0);
        let lengths = read_lengths(&mut bits, self.ends.len() + rules)?;
        self.read_rules(&mut bits, rules)?;
        self.expansions.shrink_to_fit();
        bits.check()?;
        self.code.read(&lengths)
    }

    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    fn read_rules(&mut self, bits: &mut BitReader<'_>, rules: usize) -> Result<(), Fault> {
        let mut left = 0;
        for _ in 0..rules {
            let symbols = self.ends.len();
            left = match bits.gamma() {
                0 => bits.gamma(),
                step => left.wrapping_add(step - 1),
            };
            let right = bits.bits(bits_for(symbols));
            let start = self.expansions.len();
            let mut closes = false;
            for symbol in [left as usize, right as usize] {
                check(symbol < symbols, Fault::LaterSymbol)?;
                self.expansions.extend_from_within(self.range(symbol));
                closes |= self.closes(symbol);
            }
            let length = self.expansions.len() - start;
            check(length <= MAX_EXPANSION, Fault::RuleTooLong)?;
            self.push_symbol("", closes);
        }
        Ok(())
    }

    fn push_symbol(&mut self, expansion: &str, closes: bool) {
        self.expansions.push_str(expansion);
        self.ends.push(self.expansions.len() as u32);
        self.closes.push(closes);
    }

    /// The characters that the texts are made of, sorted.
    pub fn literals(&self) -> &[char] {
        &self.literals
    }

    /// Appends the text at `bits` to `out` and moves on behind its end mark. Stops where `out`
    /// would grow beyond `limit` bytes or the bits end.
    ///
    /// # Errors
    /// [`Fault::TextTooLong`] where it had to stop.
    pub fn decode(
        &self,
        bits: &mut BitReader<'_>,
        out: &mut String,
        limit: usize,
    ) -> Result<(), Fault> {
        loop {
            let symbol = self.code.decode(bits) as usize;
            out.push_str(self.expansion(symbol));
            // Behind the end there are zeros, which may be a symbol's codeword for ever.
            check(!bits.overrun() && out.len() <= limit, Fault::TextTooLong)?;
            if self.closes(symbol) {
                return Ok(());
            }
        }
    }

    /// What each symbol that has a codeword folds to, by itself, in the order of the codewords: so
    /// what is frequent lies together. For [`TextCode::decode_folded`].
    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    pub(crate) fn folded(&self, table: &FoldTable) -> FoldedPieces {
        let mut folded = FoldedPieces::with_capacity(self.code.symbols.len());
        for &symbol in &self.code.symbols {
            let symbol = symbol as usize;
            folded.push(self.expansion(symbol), self.closes(symbol), table);
        }
        folded
    }

    /// Like [`TextCode::decode`], but `out` becomes the folded text. Tells how long the text itself
    /// is, in bytes; stops where that or the folded text would have more than `most` and
    /// `most_folded`.
    ///
    /// A function by itself, since browsers make code fast while it is called again and again, not
    /// while it runs.
    #[inline(never)]
    pub(crate) fn decode_folded(
        &self,
        bits: &mut BitReader<'_>,
        folded: &FoldedPieces,
        out: &mut JoinedText,
        (most, most_folded): (usize, usize),
    ) -> Result<usize, Fault> {
        let mut length = 0;
        out.clear();
        loop {
            let (unfolded, ends) = folded.join(self.code.decode_place(bits), out);
            length += unfolded;
            let fits = length <= most && out.len() <= most_folded;
            check(!bits.overrun() && fits, Fault::TextTooLong)?;
            if ends {
                return Ok(length);
            }
        }
    }

    /// Whether a text ends with `symbol`.
    fn closes(&self, symbol: usize) -> bool {
        self.closes.get(symbol).copied().unwrap_or(true)
    }

    /// What `symbol` stands for.
    fn expansion(&self, symbol: usize) -> &str {
        part(&self.expansions, self.range(symbol))
    }

    /// Where the expansion of `symbol` lies.
    fn range(&self, symbol: usize) -> Range<usize> {
        let end = |symbol: usize| self.ends.get(symbol).map_or(0, |&end| end as usize);
        symbol.checked_sub(1).map_or(0, end)..end(symbol)
    }
}

fn read_lengths(bits: &mut BitReader<'_>, symbols: usize) -> Result<Vec<u8>, Fault> {
    let mut length_lengths = [0; MAX_CODE_LENGTH + 1];
    for length in &mut length_lengths {
        *length = bits.bits(4) as u8;
    }
    let mut code = PrefixCode::default();
    code.read(&length_lengths)?;
    let mut lengths = Vec::with_capacity(symbols);
    for _ in 0..symbols {
        lengths.push(code.decode(bits) as u8);
    }
    Ok(lengths)
}

/// How many bits tell `symbols` symbols apart.
pub(crate) fn bits_for(symbols: usize) -> u32 {
    usize::BITS - symbols.saturating_sub(1).leading_zeros()
}

/// The strings of a pack one after the other: the first texts of the section `text`.
pub(crate) struct Strings<'a> {
    code: &'a TextCode,
    /// Where the next one begins.
    pub bits: BitReader<'a>,
    /// Bytes that they may still have together.
    pub left: usize,
}

impl<'a> Strings<'a> {
    /// The strings of the section `text`, which have at most `limit` bytes together.
    pub(crate) fn new(code: &'a TextCode, text: &'a [u8], limit: usize) -> Self {
        Self {
            code,
            bits: BitReader::new(text, 0),
            left: limit,
        }
    }

    /// Appends the next string to `out`.
    ///
    /// # Errors
    /// [`Fault::TextTooLong`].
    pub(crate) fn read(&mut self, out: &mut String) -> Result<(), Fault> {
        let most = out.len() + self.left;
        self.code.decode(&mut self.bits, out, most)?;
        self.left = most - out.len();
        Ok(())
    }

    /// The next string.
    ///
    /// # Errors
    /// [`Fault::TextTooLong`].
    pub(crate) fn next(&mut self) -> Result<String, Fault> {
        let mut string = String::new();
        self.read(&mut string)?;
        Ok(string)
    }

    /// Appends so many strings to `out`.
    ///
    /// # Errors
    /// [`Fault::TextTooLong`].
    pub(crate) fn read_list(&mut self, many: usize, out: &mut Vec<String>) -> Result<(), Fault> {
        for _ in 0..many {
            out.push(self.next()?);
        }
        Ok(())
    }
}
