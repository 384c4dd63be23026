//! Numbers and bits of a section: readers that never run past the end, and their writers.

use crate::fault::{Fault, check};

/// Reads variable-length numbers from a section.
#[derive(Debug, Clone)]
pub struct ByteReader<'a> {
    rest: &'a [u8],
}

impl<'a> ByteReader<'a> {
    /// A reader of the bytes of a section.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    /// The next number: 7 bits a byte, low bits first, high bit set on all but the last (LEB128).
    ///
    /// # Errors
    /// Where the section ends, or the number has more than 32 bits.
    pub fn number(&mut self) -> Result<u32, Fault> {
        let mut value = 0u64;
        let mut shift = 0;
        while shift < 35 {
            let (&byte, rest) = self.rest.split_first().ok_or(Fault::EndsEarly)?;
            self.rest = rest;
            value |= u64::from(byte & 0x7F) << shift;
            if byte & 0x80 == 0 {
                return u32::try_from(value).map_err(|_| Fault::NumberTooLarge);
            }
            shift += 7;
        }
        Err(Fault::NumberTooLong)
    }

    /// The next number as a count of things that take at least one byte each, or one bit each where
    /// `per_byte` is 8: it cannot be more than the section has room for.
    ///
    /// # Errors
    /// As [`ByteReader::number`], and for an impossible count.
    pub fn count(&mut self, room: usize) -> Result<usize, Fault> {
        let count = self.number()? as usize;
        check(count <= room, Fault::CountTooLarge)?;
        Ok(count)
    }

    /// The next `length` bytes.
    ///
    /// # Errors
    /// Where the section ends before.
    pub fn take(&mut self, length: usize) -> Result<&'a [u8], Fault> {
        let parts = self.rest.split_at_checked(length);
        let (taken, rest) = parts.ok_or(Fault::EndsEarly)?;
        self.rest = rest;
        Ok(taken)
    }

    /// Bytes that have not been read.
    pub fn rest(&self) -> &'a [u8] {
        self.rest
    }

    /// Makes sure that the section ends here.
    ///
    /// # Errors
    /// Where bytes are left.
    pub fn finish(self) -> Result<(), Fault> {
        check(self.rest.is_empty(), Fault::LeftOver)
    }
}

/// The number of `size` bytes at `at`, low byte first; 0 where `bytes` end before.
pub fn number_at(bytes: &[u8], at: usize, size: usize) -> usize {
    little_endian(bytes.get(at..at + size).unwrap_or_default()) as usize
}

/// A number of up to 8 bytes; what is beyond them is cut off.
pub fn little_endian(bytes: &[u8]) -> u64 {
    let mut number = 0;
    for &byte in bytes.iter().take(8).rev() {
        number = number << 8 | u64::from(byte);
    }
    number
}

/// Reads bits, the highest of each byte first. Past the end it reads zeros and remembers it.
#[derive(Debug, Clone)]
pub struct BitReader<'a> {
    bytes: &'a [u8],
    /// The next byte that is not in `window`.
    next: usize,
    /// Bits that come next, the first one highest; zeros behind them.
    window: u64,
    /// How many bits `window` holds.
    held: u32,
}

impl<'a> BitReader<'a> {
    /// A reader of `bytes` from the bit `position`.
    pub fn new(bytes: &'a [u8], position: usize) -> Self {
        let mut reader = Self {
            bytes,
            next: position / 8,
            window: 0,
            held: 0,
        };
        reader.bits((position % 8) as u32);
        reader
    }

    /// Offset of the next bit.
    pub fn position(&self) -> usize {
        self.next * 8 - self.held as usize
    }

    /// Whether more bits were read than there are.
    pub fn overrun(&self) -> bool {
        self.position() > self.bytes.len() * 8
    }

    /// Makes sure that no more bits were read than there are.
    ///
    /// # Errors
    /// Where the section ended before.
    pub fn check(&self) -> Result<(), Fault> {
        check(!self.overrun(), Fault::EndsEarly)
    }

    /// The next 32 bits, without moving on.
    #[inline(always)] // mostly a look at what is there
    pub fn peek(&mut self) -> u32 {
        if self.held < 32 {
            self.refill();
        }
        (self.window >> 32) as u32
    }

    /// Takes four bytes more into the window.
    #[inline(never)] // once for three codewords
    fn refill(&mut self) {
        let rest = self.bytes.get(self.next..).unwrap_or_default();
        let more = match rest.first_chunk() {
            Some(&more) => u32::from_be_bytes(more),
            None => {
                let mut more = [0; 4];
                for (byte, &of_rest) in more.iter_mut().zip(rest) {
                    *byte = of_rest;
                }
                u32::from_be_bytes(more)
            }
        };
        self.window |= u64::from(more) << (32 - self.held);
        self.held += 32;
        self.next += 4;
    }

    /// Moves on by `bits` (0 to 32) of those that [`BitReader::peek`] has shown.
    pub fn skip(&mut self, bits: u32) {
        self.window <<= bits;
        self.held -= bits;
    }

    /// The next `bits` (0 to 32) as a number.
    pub fn bits(&mut self, bits: u32) -> u32 {
        if bits == 0 {
            return 0;
        }
        let value = self.peek() >> (32 - bits);
        self.skip(bits);
        value
    }

    /// The next number in Elias gamma code, from 0 to 2^31 - 2: the number plus one, in binary,
    /// behind as many zeros as it has bits less one.
    pub fn gamma(&mut self) -> u32 {
        let zeros = self.peek().leading_zeros().min(31);
        self.skip(zeros);
        self.bits(zeros + 1).wrapping_sub(1)
    }
}

/// Appends `value` as [`ByteReader::number`] reads it.
#[cfg(feature = "write")]
pub fn push_number(out: &mut Vec<u8>, mut value: u32) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// Writes bits as [`BitReader`] reads them.
#[cfg(feature = "write")]
#[derive(Debug, Default)]
pub struct BitWriter {
    bytes: Vec<u8>,
    /// Bits used of the last byte; 0 where it is full.
    used: u32,
}

#[cfg(feature = "write")]
impl BitWriter {
    /// Appends the low `bits` (0 to 32) of `value`.
    pub fn bits(&mut self, value: u32, bits: u32) {
        for at in (0..bits).rev() {
            if self.used == 0 {
                self.bytes.push(0);
            }
            if let Some(last) = self.bytes.last_mut() {
                *last |= ((value >> at & 1) as u8) << (7 - self.used);
            }
            self.used = (self.used + 1) % 8;
        }
    }

    /// Appends `value` (below 2^31 - 1) in Elias gamma code.
    pub fn gamma(&mut self, value: u32) {
        let bits = (value + 1).ilog2();
        self.bits(0, bits);
        self.bits(value + 1, bits + 1);
    }

    /// The bytes, the last one filled up with zeros.
    pub fn finish(self) -> Vec<u8> {
        self.bytes
    }
}

#[cfg(all(test, feature = "write"))]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn numbers_survive(values: Vec<u32>) {
            let mut bytes = Vec::new();
            for &value in &values {
                push_number(&mut bytes, value);
            }
            let mut reader = ByteReader::new(&bytes);
            for &value in &values {
                prop_assert_eq!(reader.number(), Ok(value));
            }
            prop_assert_eq!(reader.finish(), Ok(()));
        }

        #[test]
        fn bits_and_gamma_codes_survive(values in prop::collection::vec((0u32..1 << 20, 20u32..33), 0..50)) {
            let mut writer = BitWriter::default();
            for &(value, bits) in &values {
                writer.bits(value, bits);
                writer.gamma(value);
            }
            let bytes = writer.finish();
            let mut reader = BitReader::new(&bytes, 0);
            for &(value, bits) in &values {
                prop_assert_eq!(reader.bits(bits), value);
                prop_assert_eq!(reader.gamma(), value);
            }
            prop_assert!(!reader.overrun());
        }

        #[test]
        fn reading_may_begin_and_go_on_anywhere(
            bytes in prop::collection::vec(any::<u8>(), 0..20),
            from in 0usize..200,
            lengths in prop::collection::vec(0u32..33, 0..12),
        ) {
            let bit = |at: usize| bytes.get(at / 8).map_or(0, |byte| u32::from(byte >> (7 - at % 8) & 1));
            let mut reader = BitReader::new(&bytes, from);
            let mut at = from;
            for length in lengths {
                let expected = (at..at + length as usize).fold(0u64, |so_far, at| so_far << 1 | u64::from(bit(at)));
                prop_assert_eq!(u64::from(reader.bits(length)), expected);
                at += length as usize;
                prop_assert_eq!(reader.position(), at);
                prop_assert_eq!(reader.overrun(), at > bytes.len() * 8);
            }
        }
    }
}
