//! The texts' code: a grammar of repeated strings under one canonical Huffman code.
//!
//! A *symbol* is a character that occurs (a literal), a rule that stands for two earlier symbols,
//! or the mark that ends a string. A text is the codewords of its symbols and an end mark, so any
//! text can be decoded by itself, given the bit at which it begins. The grammar is made by
//! Re-Pair (N. J. Larsson, A. Moffat: Offline Dictionary-Based Compression, DCC 1999), the code is
//! canonical (E. S. Schwartz, B. Kallick, 1964): code lengths alone determine it.
//!
//! ```text
//! number    L, how many literals; then L code points, each as the distance from the one before
//! number    R, how many rules
//! 24 × 4 bits  length, 0 to 15, of the codeword for each code length 0 to 23 (0: does not occur)
//! L+R+1 ×   the code length of each symbol (0: not used by itself), in that code
//! R ×       rules, sorted by left symbol within each level (a level's rules use symbols of lower
//!           levels): gamma code of the distance of the left symbol from that of the rule before
//!           plus one, or 0 where a new level begins, followed by gamma of the left symbol itself;
//!           then the right symbol in as many bits as the number of symbols so far needs
//! ```

use turnsearch_text::{FoldTable, FoldedPieces, Joint, part};

use crate::bytes::{BitReader, ByteReader};
use crate::container::SectionTag;
use crate::error::PackError;

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
#[derive(Debug, Clone)]
pub(crate) struct PrefixCode {
    /// Symbols in the order of their codewords.
    symbols: Vec<u32>,
    /// For each length, the first codeword of the *next* length, left-aligned to 32 bits (as u64,
    /// since it may be 2^32), and what to add to a codeword's value to find its symbol.
    levels: Vec<Level>,
    /// For each value of the next [`TABLE_BITS`] bits: symbol and length, or where the codeword is
    /// longer, the first level that it may be of and length 0.
    table: Vec<(u32, u8)>,
}

#[derive(Debug, Clone, Copy)]
struct Level {
    length: u32,
    /// Left-aligned end (exclusive) of the codewords up to this length.
    end: u64,
    first_codeword: u32,
    first_symbol: u32,
}

impl PrefixCode {
    /// The canonical code with these lengths; `None` unless they fill the code space exactly (or
    /// there is one symbol only, of length 1).
    pub(crate) fn new(lengths: &[u8]) -> Option<Self> {
        let mut symbols: Vec<u32> = Vec::new();
        for length in 1..=MAX_CODE_LENGTH as u8 {
            let of_length = (0..).zip(lengths).filter(|(_, of)| **of == length);
            symbols.extend(of_length.map(|(symbol, _)| symbol));
        }
        let mut levels = Vec::new();
        let mut codeword = 0u64;
        let mut at = 0;
        while at < symbols.len() {
            let length = u32::from(lengths[symbols[at] as usize]);
            if let Some(before) = levels.last().map(|level: &Level| level.length) {
                codeword <<= length - before;
            }
            let here = symbols[at..]
                .iter()
                .take_while(|&&s| u32::from(lengths[s as usize]) == length)
                .count();
            let end = (codeword + here as u64) << (32 - length);
            if end > 1 << 32 {
                return None;
            }
            levels.push(Level {
                length,
                end,
                first_codeword: codeword as u32,
                first_symbol: at as u32,
            });
            codeword += here as u64;
            at += here;
        }
        let complete = levels.last().is_some_and(|level| level.end == 1 << 32);
        let single = symbols.len() == 1 && lengths[symbols[0] as usize] == 1;
        if !complete && !single {
            return None;
        }
        let mut code = Self {
            symbols,
            levels,
            table: Vec::new(),
        };
        let longer = code
            .levels
            .partition_point(|level| level.length <= TABLE_BITS);
        code.table = (0..1u32 << TABLE_BITS)
            .map(|prefix| {
                let (symbol, length) = code.search(prefix << (32 - TABLE_BITS), 0);
                if length <= TABLE_BITS {
                    (symbol, length as u8)
                } else {
                    (longer as u32, 0)
                }
            })
            .collect();
        Some(code)
    }

    /// Symbol and length of the codeword at the head of `window`, which is of the level `from` or a later one.
    fn search(&self, window: u32, from: usize) -> (u32, u32) {
        for level in self.levels.iter().skip(from) {
            if u64::from(window) < level.end {
                let offset = (window >> (32 - level.length)).wrapping_sub(level.first_codeword);
                let symbol = self.symbols.get((level.first_symbol + offset) as usize);
                return (symbol.copied().unwrap_or(0), level.length);
            }
        }
        // Only the code of one symbol leaves a part of the code space free.
        (self.symbols[0], 1)
    }

    pub(crate) fn decode(&self, bits: &mut BitReader<'_>) -> u32 {
        let window = bits.peek();
        let (symbol, length) = self.table[(window >> (32 - TABLE_BITS)) as usize];
        if length > 0 {
            bits.skip(u32::from(length));
            return symbol;
        }
        let (symbol, length) = self.search(window, symbol as usize);
        bits.skip(length);
        symbol
    }
}

/// Decodes the texts of a pack.
#[derive(Debug, Clone)]
pub struct TextCode {
    code: PrefixCode,
    literals: Vec<char>,
    /// What each symbol stands for, one after the other.
    expansions: String,
    /// Where each symbol's expansion ends in `expansions`.
    ends: Vec<u32>,
}

impl TextCode {
    /// Reads the section [`SectionTag::CODE`].
    ///
    /// # Errors
    /// [`PackError::Malformed`] where a rule uses a symbol that does not come before it, expands
    /// to more than [`MAX_EXPANSION`] bytes, or the code lengths make no code.
    pub fn read(bytes: &[u8]) -> Result<Self, PackError> {
        let mut reader = ByteReader::new(bytes, SectionTag::CODE);
        let mut literals = Vec::new();
        let mut expansions = String::new();
        let mut ends = Vec::new();
        let mut point = 0u32;
        for _ in 0..reader.count(bytes.len())? {
            point = point.saturating_add(reader.number()?);
            let literal = char::from_u32(point)
                .ok_or_else(|| reader.malformed("a literal is no character"))?;
            literals.push(literal);
            expansions.push(literal);
            ends.push(expansions.len() as u32);
        }
        let rules = reader.count(bytes.len())?;
        let mut bits = BitReader::new(reader.rest(), 0);
        let lengths = read_lengths(&mut bits, literals.len() + rules + 1)
            .ok_or_else(|| reader.malformed("its code lengths make no code"))?;
        read_rules(&mut bits, literals.len(), rules, &mut expansions, &mut ends)
            .map_err(|what| reader.malformed(what))?;
        if bits.overrun() {
            return Err(reader.malformed("it ends too early"));
        }
        let code = PrefixCode::new(&lengths)
            .ok_or_else(|| reader.malformed("its code lengths make no code"))?;
        Ok(Self {
            code,
            literals,
            expansions,
            ends,
        })
    }

    /// The characters that the texts are made of, sorted.
    pub fn literals(&self) -> &[char] {
        &self.literals
    }

    /// Appends the text at `bits` to `out` and moves on behind its end mark. Stops where `out` would
    /// grow beyond `limit` bytes or the bits end.
    ///
    /// # Errors
    /// [`PackError::Malformed`] where it had to stop.
    pub fn decode(
        &self,
        bits: &mut BitReader<'_>,
        out: &mut String,
        limit: usize,
    ) -> Result<(), PackError> {
        while let Some(symbol) = self.next_symbol(bits) {
            out.push_str(self.expansion(symbol));
            if out.len() > limit {
                break;
            }
        }
        if bits.overrun() || out.len() > limit {
            return Err(TOO_LONG);
        }
        Ok(())
    }

    /// What each symbol folds to, by itself; for [`TextCode::decode_folded`]. Empty for those that
    /// only serve other rules.
    pub(crate) fn folded(&self, table: &FoldTable) -> FoldedPieces {
        let mut has_codeword = vec![false; self.ends.len()];
        for &symbol in &self.code.symbols {
            if let Some(has) = has_codeword.get_mut(symbol as usize) {
                *has = true;
            }
        }
        let mut folded = FoldedPieces::with_capacity(self.ends.len());
        for (symbol, has) in has_codeword.into_iter().enumerate() {
            folded.push(if has { self.expansion(symbol) } else { "" }, table);
        }
        folded
    }

    /// Like [`TextCode::decode`], but what it appends is folded. Tells how long the text itself is,
    /// in bytes.
    pub(crate) fn decode_folded(
        &self,
        bits: &mut BitReader<'_>,
        folded: &FoldedPieces,
        out: &mut String,
        limit: usize,
    ) -> Result<usize, PackError> {
        let mut length = 0;
        let mut joint = Joint::default();
        while let Some(symbol) = self.next_symbol(bits) {
            length += folded.join(symbol, &mut joint, out);
            if length > limit {
                break;
            }
        }
        if bits.overrun() || length > limit {
            return Err(TOO_LONG);
        }
        Ok(length)
    }

    /// The next symbol of a text; `None` for the mark at its end.
    fn next_symbol(&self, bits: &mut BitReader<'_>) -> Option<usize> {
        let symbol = self.code.decode(bits) as usize;
        (symbol < self.ends.len()).then_some(symbol)
    }

    /// What `symbol` stands for.
    fn expansion(&self, symbol: usize) -> &str {
        let start = symbol.checked_sub(1).map_or(0, |before| self.ends[before]);
        part(&self.expansions, start as usize..self.ends[symbol] as usize)
    }
}

/// A text that does not end where it should.
const TOO_LONG: PackError = PackError::Malformed {
    section: SectionTag::TEXT,
    what: "a text is longer than the pack says",
};

fn read_lengths(bits: &mut BitReader<'_>, symbols: usize) -> Option<Vec<u8>> {
    let mut length_lengths = [0; MAX_CODE_LENGTH + 1];
    for length in &mut length_lengths {
        *length = bits.bits(4) as u8;
    }
    let code = PrefixCode::new(&length_lengths)?;
    Some((0..symbols).map(|_| code.decode(bits) as u8).collect())
}

fn read_rules(
    bits: &mut BitReader<'_>,
    literals: usize,
    rules: usize,
    expansions: &mut String,
    ends: &mut Vec<u32>,
) -> Result<(), &'static str> {
    let mut left = 0;
    for at in 0..rules {
        let symbols = literals + at;
        left = match bits.gamma() {
            0 => bits.gamma(),
            step => left.wrapping_add(step - 1),
        };
        let right = bits.bits(bits_for(symbols));
        for symbol in [left as usize, right as usize] {
            if symbol >= symbols {
                return Err("a rule uses a symbol that comes after it");
            }
            let start = if symbol == 0 { 0 } else { ends[symbol - 1] };
            expansions.extend_from_within(start as usize..ends[symbol] as usize);
        }
        let before = ends.last().copied().unwrap_or(0) as usize;
        if expansions.len() - before > MAX_EXPANSION {
            return Err("a rule expands to too much text");
        }
        ends.push(expansions.len() as u32);
    }
    Ok(())
}

/// How many bits tell `symbols` symbols apart.
pub(crate) fn bits_for(symbols: usize) -> u32 {
    usize::BITS - symbols.saturating_sub(1).leading_zeros()
}
