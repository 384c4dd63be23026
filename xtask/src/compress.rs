//! The two encodings that every browser takes, at their strongest.

use std::io::Write;

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::{Compression, GzBuilder};

/// Smaller files gain nothing that a network packet would notice.
pub const SMALLEST: u64 = 1024;

/// The bytes as brotli, quality 11.
///
/// # Errors
///
/// When the encoder fails, which it does for no input known.
pub fn brotli(bytes: &[u8]) -> Result<Vec<u8>> {
    let settings = BrotliEncoderParams {
        quality: 11,
        size_hint: bytes.len(),
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings)
        .context("brotli does not take the file")?;
    Ok(packed)
}

/// The bytes as gzip, level 9, without name and time, so that the same input gives the same bytes.
///
/// # Errors
///
/// When the encoder fails, which it does for no input known.
pub fn gzip(bytes: &[u8]) -> Result<Vec<u8>> {
    let mut encoder = GzBuilder::new().write(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .context("gzip does not take the file")
}
