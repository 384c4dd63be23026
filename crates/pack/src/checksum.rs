//! CRC-32 (ISO-HDLC, polynomial 0xEDB88320), as in PNG and zip, four bytes at a time (M. Kounavis, F. Berry: A systematic
//! approach to building high performance software-based CRC generators, ISCC 2005).
//!
//! It finds every error of up to 32 neighbouring bits, so every change of a single byte. The tables are reckoned when a
//! pack is opened, in some microseconds: the engine ships none of their 4 kB.

/// How many bytes are taken at a time.
const STEP: usize = 4;

/// Bytes that are checked by one call: browsers make the code of a function fast while it is called again and again, not
/// while it runs.
const BLOCK: usize = 1 << 12;

/// Reckons checksums.
pub(crate) struct Crc32 {
    /// What a byte adds to the checksum that has so many bytes more behind it.
    tables: [[u32; 256]; STEP],
}

impl Crc32 {
    pub(crate) fn new() -> Self {
        let mut tables = [[0; 256]; STEP];
        for (byte, entry) in (0..).zip(&mut tables[0]) {
            let mut value: u32 = byte;
            for _ in 0..8 {
                value = (value >> 1) ^ (0xEDB8_8320 * (value & 1));
            }
            *entry = value;
        }
        for behind in 1..STEP {
            for byte in 0..256 {
                let value = tables[behind - 1][byte];
                tables[behind][byte] = (value >> 8) ^ tables[0][(value & 0xFF) as usize];
            }
        }
        Self { tables }
    }

    /// The checksum of `parts`, one after the other.
    pub(crate) fn of(&self, parts: &[&[u8]]) -> u32 {
        let mut crc = !0;
        for part in parts {
            for block in part.chunks(BLOCK) {
                crc = self.with(crc, block);
            }
        }
        !crc
    }

    #[inline(never)]
    fn with(&self, mut crc: u32, bytes: &[u8]) -> u32 {
        let [last, third, second, first] = &self.tables;
        let (steps, rest) = bytes.as_chunks();
        for &step in steps {
            crc ^= u32::from_le_bytes(step);
            let [a, b, c, d] = crc.to_le_bytes().map(usize::from);
            crc = first[a] ^ second[b] ^ third[c] ^ last[d];
        }
        for &byte in rest {
            crc = (crc >> 8) ^ last[usize::from(crc as u8 ^ byte)];
        }
        crc
    }
}

/// The checksum of `bytes`.
pub fn crc32(bytes: &[u8]) -> u32 {
    Crc32::new().of(&[bytes])
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn matches_the_published_check_value() {
        assert_eq!(crc32(b"123456789"), 0xCBF4_3926);
    }

    proptest! {
        #[test]
        fn parts_give_the_checksum_of_the_whole(bytes: Vec<u8>, cut: prop::sample::Index, copies in 1usize..90) {
            let bytes = bytes.repeat(copies);
            let mut bit_by_bit = !0u32;
            for byte in &bytes {
                bit_by_bit ^= u32::from(*byte);
                for _ in 0..8 {
                    bit_by_bit = (bit_by_bit >> 1) ^ if bit_by_bit & 1 == 1 { 0xEDB8_8320 } else { 0 };
                }
            }
            let (head, tail) = bytes.split_at(cut.index(bytes.len() + 1));
            prop_assert_eq!(Crc32::new().of(&[head, tail]), !bit_by_bit);
        }
    }
}
