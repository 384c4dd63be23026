//! CRC-32 (ISO-HDLC, polynomial 0xEDB88320), as in PNG and zip.
//!
//! It finds every error of up to 32 neighbouring bits, so every change of a single byte. The table
//! has 16 entries and not 256 or 4,096: a pack is checked in about a millisecond and the engine
//! ships no kilobytes of table.

const fn table() -> [u32; 16] {
    let mut table = [0; 16];
    let mut nibble = 0;
    while nibble < 16 {
        let mut value = nibble as u32;
        let mut bit = 0;
        while bit < 4 {
            value = if value & 1 == 1 {
                0xEDB8_8320 ^ (value >> 1)
            } else {
                value >> 1
            };
            bit += 1;
        }
        table[nibble] = value;
        nibble += 1;
    }
    table
}

/// The checksum of `bytes`.
pub fn crc32(bytes: &[u8]) -> u32 {
    crc32_of_both(bytes, &[])
}

/// The checksum of `first` and, behind it, `second`.
pub(crate) fn crc32_of_both(first: &[u8], second: &[u8]) -> u32 {
    const TABLE: [u32; 16] = table();
    let mut crc = !0;
    for bytes in [first, second] {
        for &byte in bytes {
            crc ^= u32::from(byte);
            crc = TABLE[(crc & 15) as usize] ^ (crc >> 4);
            crc = TABLE[(crc & 15) as usize] ^ (crc >> 4);
        }
    }
    !crc
}

#[cfg(test)]
mod tests {
    #[test]
    fn matches_the_published_check_value() {
        assert_eq!(super::crc32(b"123456789"), 0xCBF4_3926);
    }
}
