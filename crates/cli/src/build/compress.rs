//! Copies in the two encodings that every browser takes, for hosts that serve them as they are.

use std::io::Write;

use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};

/// Smaller files gain nothing that a network packet would notice.
const SMALLEST: usize = 1024;

/// Up to this size a file gets brotli's best quality, which takes about two seconds a megabyte;
/// beyond it, the one before the last big step in time.
const LARGE: usize = 2 << 20;

/// Endings of files that do not shrink, or that nobody fetches.
const SKIPPED: [&str; 4] = [".txt", ".d.ts", ".png", ".webp"];

/// The compressed copies of a file: ending and bytes. None for one that is small or would not shrink.
pub fn copies(name: &str, bytes: &[u8]) -> std::io::Result<Vec<(&'static str, Vec<u8>)>> {
    if bytes.len() < SMALLEST || SKIPPED.iter().any(|ending| name.ends_with(ending)) {
        return Ok(Vec::new());
    }
    let (brotli, gzip) = std::thread::scope(|scope| {
        let gzip = scope.spawn(|| gzip(bytes));
        (brotli(bytes), gzip.join())
    });
    let gzip = gzip.map_err(|_| std::io::Error::other("the encoder of gzip stopped"))?;
    let mut copies = vec![("br", brotli?), ("gz", gzip?)];
    copies.retain(|(_, copy)| copy.len() < bytes.len());
    Ok(copies)
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality: if bytes.len() > LARGE { 9 } else { 11 },
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings)?;
    Ok(packed)
}

/// Without name and time, so that the same input gives the same bytes.
fn gzip(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    encoder.finish()
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;

    #[test]
    fn copies_give_back_the_file_and_are_always_the_same() {
        let bytes = "多利益相关方 multistakeholder ".repeat(100).into_bytes();
        let made = copies("a.js", &bytes).expect("it is compressed");
        assert_eq!(made, copies("a.js", &bytes).expect("it is compressed"));
        let mut back = [Vec::new(), Vec::new()];
        brotli::BrotliDecompress(&mut &made[0].1[..], &mut back[0]).expect("it is brotli");
        flate2::read::GzDecoder::new(&made[1].1[..])
            .read_to_end(&mut back[1])
            .expect("it is gzip");
        assert!(back == [bytes.clone(), bytes]);
    }

    #[test]
    fn what_gains_nothing_has_no_copies() {
        for (name, bytes) in [
            ("small.js", vec![b' '; 100]),
            ("UPLOAD.txt", vec![b' '; 9000]),
        ] {
            assert!(copies(name, &bytes).expect("nothing is to do").is_empty());
        }
    }
}
