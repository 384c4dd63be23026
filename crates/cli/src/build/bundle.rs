//! The scripts, styles, engine and pack of a bundle.

use std::collections::BTreeMap;

use crate::build::names;
use crate::build::page::{Asset, STYLE};
use crate::build::writer::Writer;
use crate::error::CliError;
use crate::module;
use crate::site::{ENGINE, ENTRY, Site};

/// A separate pack.
const PACK: &str = "collection.turns";
/// Styles of the pages.
const STYLES: &str = "page.css";

/// What pages name.
pub struct Assets {
    /// The widget.
    pub script: Asset,
    /// Styles of the pages.
    pub style: Asset,
    /// Name of the pack, where it is a file of its own.
    pub pack: Option<String>,
}

/// All files but the pages, under their plain names: the engine with the pack inside, or, if
/// `separate`, both.
///
/// # Errors
/// Where the engine is no module.
pub fn files(
    site: Site,
    pack: &[u8],
    separate: bool,
) -> Result<BTreeMap<String, Vec<u8>>, CliError> {
    let engine_path = site.origin.join(ENGINE);
    let mut files = site.files;
    if separate {
        let engine = module::without_pack(&engine_path, &site.engine)?;
        files.insert(ENGINE.to_owned(), engine);
        files.insert(PACK.to_owned(), pack.to_vec());
    } else {
        let engine = module::with_pack(&engine_path, &site.engine, pack)?;
        files.insert(ENGINE.to_owned(), engine);
    }
    Ok(files)
}

/// Writes the files, under names with hashes if `hashed`.
///
/// # Errors
/// Where a file cannot be written, or hashed names cannot be made.
pub fn write(
    writer: &mut Writer,
    mut files: BTreeMap<String, Vec<u8>>,
    hashed: bool,
) -> Result<Assets, CliError> {
    files.insert(STYLES.to_owned(), STYLE.as_bytes().to_vec());
    let names: BTreeMap<String, String>;
    (files, names) = if hashed {
        let hashed = names::hashed(files)?;
        (hashed.files, hashed.names)
    } else {
        let same = files.keys().map(|name| (name.clone(), name.clone()));
        let names = same.collect();
        (files, names)
    };
    let asset = |name: &str| {
        let new = names.get(name).map_or(name, String::as_str);
        Asset::new(new, files.get(new).map_or(&[], Vec::as_slice))
    };
    let assets = Assets {
        script: asset(ENTRY),
        style: asset(STYLES),
        pack: names.get(PACK).cloned(),
    };
    for (name, bytes) in &files {
        writer.add(name, bytes)?;
    }
    Ok(assets)
}
