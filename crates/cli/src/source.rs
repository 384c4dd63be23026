//! What a command is given to search: sources, a pack, or a module with a pack inside.

use std::path::{Path, PathBuf};

use turnsearch::Searcher;
use turnsearch_pack::SIGNATURE;
use turnsearch_transcript::{Audit, collect, input, model::Collection};

use crate::error::CliError;
use crate::module;

/// Reads sources as one collection.
///
/// # Errors
/// Whatever is wrong with the first bad source.
pub fn collection(paths: &[PathBuf]) -> Result<(Collection, Vec<Audit>), CliError> {
    let loaded = input::read(paths)?;
    for skipped in &loaded.skipped {
        eprintln!(
            "turnsearch: {}: skipped, its ending is not known",
            skipped.display()
        );
    }
    Ok(collect(loaded.sources, &loaded.config)?)
}

/// The pack in `paths`: that of a pack or module if one is given alone, else one made from sources.
///
/// # Errors
/// Whatever is wrong with the files.
pub fn pack(paths: &[PathBuf]) -> Result<Vec<u8>, CliError> {
    match paths {
        [path] if !path.is_dir() => match finished_pack(path)? {
            Some(pack) => Ok(pack),
            None => pack_of_sources(paths),
        },
        _ => pack_of_sources(paths),
    }
}

/// A searcher over what `paths` hold.
///
/// # Errors
/// Whatever is wrong with the files.
pub fn searcher(paths: &[PathBuf]) -> Result<Searcher, CliError> {
    let path = paths.first().cloned().unwrap_or_default();
    Searcher::open(pack(paths)?).map_err(|error| CliError::Pack { path, error })
}

/// The pack that `path` is or carries; `None` for a file that ends like a source.
///
/// # Errors
/// Where the file cannot be read, or a module has no pack.
pub fn finished_pack(path: &Path) -> Result<Option<Vec<u8>>, CliError> {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let read = || std::fs::read(path).map_err(CliError::io(path));
    match ending {
        "wasm" => module::pack_of(path, &read()?).map(Some),
        // Also a pack that lost its signature: the reader then says what is wrong with it.
        "turns" => read().map(Some),
        _ => Ok(Some(read()?).filter(|bytes| bytes.starts_with(&SIGNATURE))),
    }
}

fn pack_of_sources(paths: &[PathBuf]) -> Result<Vec<u8>, CliError> {
    let (collection, _) = collection(paths)?;
    Ok(turnsearch_pack::write(&collection)?)
}
