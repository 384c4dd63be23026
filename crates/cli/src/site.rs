//! The ready page and engine: inside the command, or in a folder.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use crate::error::CliError;

/// The engine's module.
pub const ENGINE: &str = "engine_bg.wasm";
/// The module that a page names in its `<script>`.
pub const ENTRY: &str = "turnsearch.js";

/// How the names of the widget's files begin that a page may name.
const WIDGET: &str = "turnsearch";

/// Where `cargo xtask build` leaves the page, seen from the top of the repository.
const BUILT: &str = "target/site";

/// Files by name, compressed by brotli; the build script lists them. Empty in a command that was
/// built without `TURNSEARCH_SITE`.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// What every bundle is made of besides its pack, by name, folders parted by `/`.
#[derive(Debug)]
pub struct Site {
    /// Where the files come from, for messages.
    pub origin: PathBuf,
    /// The engine, with whatever pack it carries.
    pub engine: Vec<u8>,
    /// The widget's modules, their types, licences.
    pub files: BTreeMap<String, Vec<u8>>,
}

impl Site {
    /// The site in `folder`; without one, that inside the command.
    ///
    /// # Errors
    /// Where there is no engine or no widget, or a file cannot be read.
    pub fn open(folder: Option<&Path>) -> Result<Self, CliError> {
        match folder {
            Some(folder) => Self::of(folder, read_folder(folder)?),
            None if !EMBEDDED.is_empty() => Self::of(Path::new("turnsearch"), unpack()?),
            None if Path::new(BUILT).join(ENGINE).exists() => {
                Self::of(Path::new(BUILT), read_folder(Path::new(BUILT))?)
            }
            None => Err(CliError::Bundle(format!(
                "this command was built without an engine; name the folder of one with --engine DIR \
                 (`cargo xtask build` makes {BUILT}), or take the command that `cargo xtask command` \
                 builds, which carries its engine"
            ))),
        }
    }

    fn of(origin: &Path, mut files: BTreeMap<String, Vec<u8>>) -> Result<Self, CliError> {
        let missing = |name: &str| {
            CliError::Bundle(format!(
                "{}: there is no {name}; make the engine with `cargo xtask build`, or name its \
                 folder with --engine",
                origin.display()
            ))
        };
        let engine = files.remove(ENGINE).ok_or_else(|| missing(ENGINE))?;
        if !files.contains_key(ENTRY) {
            return Err(missing(ENTRY));
        }
        let demo = demo_files(&files);
        files.retain(|name, _| !demo.contains(name));
        Ok(Self {
            origin: origin.to_owned(),
            engine,
            files,
        })
    }
}

/// The demo's own pages, and what they name besides the widget: a bundle has a page of its own.
fn demo_files(files: &BTreeMap<String, Vec<u8>>) -> BTreeSet<String> {
    let mut demo = BTreeSet::new();
    for (name, bytes) in files.iter().filter(|(name, _)| name.ends_with(".html")) {
        let html = String::from_utf8_lossy(bytes);
        let folder = name.rfind('/').map_or("", |slash| &name[..=slash]);
        for attribute in ["src=\"", "href=\""] {
            for rest in html.split(attribute).skip(1) {
                let address = rest.split('"').next().unwrap_or_default();
                demo.insert(format!("{folder}{}", address.trim_start_matches("./")));
            }
        }
        demo.insert(name.clone());
    }
    demo.retain(|name| !name.starts_with(WIDGET));
    demo
}

fn unpack() -> Result<BTreeMap<String, Vec<u8>>, CliError> {
    let mut files = BTreeMap::new();
    for (name, packed) in EMBEDDED {
        let mut bytes = Vec::new();
        brotli::BrotliDecompress(&mut &packed[..], &mut bytes).map_err(CliError::io(*name))?;
        files.insert((*name).to_owned(), bytes);
    }
    Ok(files)
}

/// All files below `top` but hidden ones and those that were compressed from others.
fn read_folder(top: &Path) -> Result<BTreeMap<String, Vec<u8>>, CliError> {
    let mut files = BTreeMap::new();
    let mut open = vec![(top.to_owned(), String::new())];
    while let Some((folder, prefix)) = open.pop() {
        for entry in std::fs::read_dir(&folder).map_err(CliError::io(&folder))? {
            let path = entry.map_err(CliError::io(&folder))?.path();
            let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
                continue;
            };
            let name = format!("{prefix}{name}");
            if path.is_dir() {
                open.push((path, format!("{name}/")));
            } else if !name.ends_with(".br") && !name.ends_with(".gz") {
                let bytes = std::fs::read(&path).map_err(CliError::io(&path))?;
                files.insert(name, bytes);
            }
        }
    }
    Ok(files)
}

/// Files for tests, of names and texts.
#[cfg(test)]
pub fn files(list: &[(&str, &str)]) -> BTreeMap<String, Vec<u8>> {
    let owned = |(name, text): &(&str, &str)| ((*name).to_owned(), text.as_bytes().to_vec());
    list.iter().map(owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_demo_stays_behind_and_the_widget_comes_along() {
        let page = r#"<link rel="stylesheet" href="demo.css"><script src="./turnsearch.js"></script><script src="demo.js">"#;
        let site = Site::of(
            Path::new("site"),
            files(&[
                ("engine_bg.wasm", ""),
                ("turnsearch.js", ""),
                ("i18n/en.js", ""),
                ("turnsearch.d.ts", ""),
                ("index.html", page),
                ("demo.css", ""),
                ("demo.js", ""),
            ]),
        )
        .expect("it is a whole site");
        let names: Vec<&String> = site.files.keys().collect();
        assert_eq!(names, ["i18n/en.js", "turnsearch.d.ts", "turnsearch.js"]);
    }

    #[test]
    fn what_is_missing_is_named() {
        for (names, missing) in [
            (&[("turnsearch.js", "")][..], ENGINE),
            (&[("engine_bg.wasm", "")], ENTRY),
        ] {
            let error = Site::of(Path::new("site"), files(names)).expect_err("it is not whole");
            assert!(error.to_string().contains(missing), "{error}");
        }
    }
}
