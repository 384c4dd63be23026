//! `turnsearch inspect`.

use std::path::Path;

use serde_json::json;
use turnsearch_pack::{FORMAT_VERSION, Pack, Sections};

use crate::error::CliError;
use crate::output::Lines;
use crate::source::finished_pack;

/// Prints what the pack in `file` holds, then its sections.
///
/// # Errors
/// Where the file holds no sound pack.
pub fn inspect(file: &Path) -> Result<(), CliError> {
    let bytes = match finished_pack(file)? {
        Some(bytes) => bytes,
        // Not a pack by its ending or beginning: the reader says so in its own words.
        None => std::fs::read(file).map_err(CliError::io(file))?,
    };
    let bad = |error| CliError::Pack {
        path: file.to_owned(),
        error,
    };
    let sections = Sections::read(&bytes).map_err(bad)?;
    let pack = Pack::open(bytes.clone(), &mut |_, _| ()).map_err(bad)?;
    let collection = pack.collection();
    let mut lines = Lines::open();
    lines.print(&json!({
        "file": file, "bytes": bytes.len(), "format_version": FORMAT_VERSION, "meetings": collection.meetings.len(),
        "turns": pack.turns(), "speakers": collection.speakers.len(), "text_bytes": collection.text_bytes,
        "words": pack.lexicon().len(), "phrases": pack.phrases().len(),
        "folded_characters": pack.fold_table().entries().len(), "syllables": pack.pinyin().syllables().len(),
    }))?;
    for (tag, range) in sections.iter() {
        let checksum = format!("{:08x}", turnsearch_pack::checksum(&bytes[range.clone()]));
        lines.print(&json!({ "section": tag.as_str(), "offset": range.start, "bytes": range.len(), "xxh32": checksum }))?;
    }
    lines.finish()
}
