//! A table of sizes: bytes as they are, and in brotli.

use std::fmt::Write as _;
use std::ops::Range;

use anyhow::Result;
use turnsearch_bundle::compress;

/// How a table begins.
pub fn heading(what: &str) -> String {
    format!("\n{what:<36} {:>9} {:>9}\n", "raw", "brotli")
}

/// Appends what `bytes` weigh.
///
/// # Errors
///
/// When the encoder fails, which it does for no input known.
pub fn row(table: &mut String, name: &str, bytes: &[u8]) -> Result<()> {
    let brotli = compress::brotli(bytes)?.len();
    let _ = writeln!(table, "{name:<36} {:>9} {brotli:>9}", bytes.len());
    Ok(())
}

/// The bytes of a part of the module that the parser has found in it.
pub fn bytes_at(module: &[u8], range: Range<u64>) -> &[u8] {
    module
        .get(range.start as usize..range.end as usize)
        .unwrap_or_default()
}
