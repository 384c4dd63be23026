//! The files of a search bundle, as bytes under names.
//!
//! A bundle is the widget's modules, the engine, a pack, and pages. This crate knows how such files
//! fit together, and nothing of what is in a pack: the command that builds bundles and the chores
//! of the repository share it.
//!
//! | module       | job                                                                    |
//! | ------------ | ---------------------------------------------------------------------- |
//! | [`wasm`]     | custom sections of a module: reading, replacing, removing              |
//! | [`site`]     | which files a bundle takes over from the ready page                    |
//! | [`names`]    | how modules refer to each other, and names made of contents            |
//! | [`inline`]   | one module with all that it refers to inside                           |
//! | [`media`]    | media types                                                            |
//! | [`compress`] | brotli and gzip                                                        |
//! | `folder`     | files of a folder (feature `disk`)                                     |
//! | `serve`      | a folder over HTTP, for this machine only (feature `serve`)            |
//!
//! All but the last two are functions from bytes to bytes, and work where there is no disk.

#![forbid(unsafe_code)]

use std::collections::BTreeMap;

pub mod compress;
#[cfg(feature = "disk")]
pub mod folder;
pub mod inline;
pub mod media;
pub mod names;
#[cfg(feature = "serve")]
pub mod serve;
pub mod site;
pub mod wasm;

/// Files by their names; `/` separates folders.
pub type Files = BTreeMap<String, Vec<u8>>;

/// Files for tests, of names and texts.
#[cfg(test)]
fn files(list: &[(&str, &str)]) -> Files {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    list.iter().map(owned).collect()
}
