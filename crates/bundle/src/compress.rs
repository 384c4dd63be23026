//! The two encodings that every browser takes, and copies in them for hosts that serve such.

use std::io::{self, Write};

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};

use crate::media;

/// Bytes below which a file gains nothing that a network packet would notice.
const SMALLEST: usize = 1024;

/// Bytes up to which a file gets brotli's best quality, which takes about two seconds a megabyte;
/// beyond it, the one before the last big step in time.
const LARGE: usize = 2 << 20;

/// Endings of compressed copies, which stand after the whole name of the file: brotli's and gzip's.
pub const ENDINGS: [&str; 2] = ["br", "gz"];

/// The bytes as brotli.
///
/// # Errors
/// Where the encoder fails, which it does for no input known.
pub fn brotli(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality: if bytes.len() > LARGE { 9 } else { 11 },
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings)?;
    Ok(packed)
}

/// What [`brotli()`] packed.
///
/// # Errors
/// Where the bytes are no brotli.
pub fn unpack_brotli(packed: &[u8]) -> io::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    brotli::BrotliDecompress(&mut &packed[..], &mut bytes)?;
    Ok(bytes)
}

/// The bytes as gzip, without name and time, so that the same input makes the same bytes.
///
/// # Errors
/// Where the encoder fails, which it does for no input known.
pub fn gzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

/// The compressed copies of the file `name`, with their endings. None for one that is small, or
/// that would not shrink.
///
/// # Errors
/// Where an encoder fails.
pub fn copies(name: &str, bytes: &[u8]) -> io::Result<Vec<(&'static str, Vec<u8>)>> {
    if bytes.len() < SMALLEST || !media::is_compressible(name) {
        return Ok(Vec::new());
    }
    let (brotli, gzip) = std::thread::scope(|scope| {
        let gzip = scope.spawn(|| gzip(bytes));
        (brotli(bytes), gzip.join())
    });
    let gzip = gzip.map_err(|_| io::Error::other("the encoder of gzip stopped"))?;
    let copies = ENDINGS.into_iter().zip([brotli?, gzip?]);
    Ok(copies
        .filter(|(_, copy)| copy.len() < bytes.len())
        .collect())
}

/// Whether a file is the compressed copy of another, by its name.
pub fn is_copy(name: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn copies_unpack_to_the_file_and_are_always_the_same() {
        let bytes = "多利益相关方 multistakeholder ".repeat(100).into_bytes();
        let made = copies("a.js", &bytes).expect("it is compressed");
        assert_eq!(made, copies("a.js", &bytes).expect("it is compressed"));
        let [("br", brotli), ("gz", gzip)] = &made[..] else {
            panic!("two copies, brotli first");
        };
        assert_eq!(unpack_brotli(brotli).expect("it is brotli"), bytes);
        let mut back = Vec::new();
        flate2::read::GzDecoder::new(&gzip[..])
            .read_to_end(&mut back)
            .expect("it is gzip");
        assert_eq!(back, bytes);
    }

    #[test]
    fn what_gains_nothing_has_no_copies() {
        let mut state = 1_u64;
        let noise = std::iter::repeat_with(|| {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state as u8
        });
        for (name, bytes) in [
            ("small.js", vec![b' '; 100]),
            ("page.png", vec![b' '; 9000]),
            ("noise.js", noise.take(9000).collect()),
        ] {
            let made = copies(name, &bytes).expect("nothing is to do");
            assert!(made.is_empty(), "{name}: {} bytes", bytes.len());
        }
    }

    #[test]
    fn copies_are_known_by_their_ending() {
        for (name, copy) in [("a.js.br", true), ("i18n/de.js.gz", true), ("br", false)] {
            assert_eq!(is_copy(name), copy, "{name}");
        }
    }
}
