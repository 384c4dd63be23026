//! The scripts, styles, engine and pack of a bundle.

use std::collections::BTreeMap;

use turnsearch_bundle::inline::{self, InlineError};
use turnsearch_bundle::site::{ENGINE, ENTRY};
use turnsearch_bundle::{Files, names, wasm};
use turnsearch_pack::CUSTOM_SECTION;

use crate::build::page::{Asset, STYLE};
use crate::build::writer::Writer;
use crate::error::CliError;
use crate::site::Ready;

/// A separate pack.
const PACK: &str = "collection.turns";
/// Styles of the pages.
const STYLES: &str = "page.css";

/// What helps where modules refer to each other in a circle.
const JOIN: &str = "make the page with `cargo xtask build`, which joins them";

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
pub fn files(ready: Ready, pack: &[u8], separate: bool) -> Result<Files, CliError> {
    let Ready { origin, site } = ready;
    let mut files = site.files;
    let engine = if separate {
        files.insert(PACK.to_owned(), pack.to_vec());
        wasm::without_section(&site.engine, CUSTOM_SECTION)
    } else {
        wasm::with_section(&site.engine, CUSTOM_SECTION, pack)
    };
    let engine = engine.map_err(CliError::module(origin.join(ENGINE)))?;
    files.insert(ENGINE.to_owned(), engine);
    Ok(files)
}

/// The widget with all other files inside, for a page that is one file.
///
/// # Errors
/// Where modules refer to each other in a circle, or the widget is not UTF-8.
pub fn single_script(files: &Files) -> Result<String, CliError> {
    inline::script(ENTRY, files).map_err(|error| match error {
        InlineError::Circle(circle) => CliError::Bundle(format!(
            "{circle}; so they do not go into a single file; {JOIN}"
        )),
        InlineError::NotText { .. } => CliError::Bundle(error.to_string()),
    })
}

/// Writes the files, under names with hashes if `hashed`.
///
/// # Errors
/// Where a file cannot be written, or hashed names cannot be made.
pub fn write(writer: &mut Writer, mut files: Files, hashed: bool) -> Result<Assets, CliError> {
    files.insert(STYLES.to_owned(), STYLE.as_bytes().to_vec());
    let names: BTreeMap<String, String>;
    (files, names) = if hashed {
        let hashed = names::hashed(files).map_err(|circle| {
            CliError::Bundle(format!("{circle}; so --hashed cannot name them; {JOIN}"))
        })?;
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
