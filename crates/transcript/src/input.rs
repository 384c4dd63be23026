//! Files and folders to parsed sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::CollectionConfig;
use crate::corrections::Corrections;
use crate::error::InputError;
use crate::format::Format;
use crate::{Parsed, ReadOptions, parse_with};

/// Name of the configuration in a folder.
const CONFIG: &str = "collection.toml";
/// Ending of sidecars.
const SIDECAR: &str = ".turns.toml";

/// The endings that are read, for messages.
pub(crate) fn extensions() -> String {
    Format::all_extensions()
        .map(|extension| format!(".{extension}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The sources, in the order of their paths.
    pub sources: Vec<Parsed>,
    /// The `collection.toml` of the folder, or an empty one.
    pub config: CollectionConfig,
    /// Files of the folders that end like no format.
    pub skipped: Vec<PathBuf>,
    /// Everything that was read, for build scripts: folders, sources, sidecars, configuration.
    pub touched: Vec<PathBuf>,
}

/// Reads files and folders.
///
/// Of a folder: its `collection.toml`, and every file below it, hidden ones aside, whose ending is
/// known. Beside a source `NAME.txt` its sidecar `NAME.turns.toml` is read. The result does not
/// depend on the order in which the system lists files.
///
/// # Errors
///
/// [`InputError`], naming the file and where it can the line.
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Loaded, InputError> {
    if paths.is_empty() {
        return Err(InputError::Nothing);
    }
    let mut loaded = Loaded::default();
    let mut config: Option<PathBuf> = None;
    let mut files = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let metadata = std::fs::metadata(path).map_err(|error| io(path, error))?;
        if !metadata.is_dir() {
            if !is_source(path) {
                return Err(InputError::UnknownFormat {
                    path: path.to_owned(),
                });
            }
            files.push(path.to_owned());
            continue;
        }
        let mut folder = Folder::default();
        folder.list(path)?;
        if folder.files.is_empty() {
            return Err(InputError::NoSource {
                path: path.to_owned(),
            });
        }
        if let Some(second) = folder.config {
            if let Some(first) = config {
                return Err(InputError::TwoConfigs { first, second });
            }
            config = Some(second);
        }
        files.append(&mut folder.files);
        loaded.skipped.append(&mut folder.skipped);
        loaded.touched.append(&mut folder.folders);
    }
    if let Some(path) = config {
        loaded.config = CollectionConfig::parse(&path.display().to_string(), &read_text(&path)?)?;
        loaded.touched.push(path);
    }
    for file in files {
        read_file(&file, &mut loaded)?;
    }
    Ok(loaded)
}

#[derive(Default)]
struct Folder {
    files: Vec<PathBuf>,
    config: Option<PathBuf>,
    skipped: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Folder {
    /// Lists a folder and those below it. Links to folders are not followed.
    fn list(&mut self, top: &Path) -> Result<(), InputError> {
        let mut open = vec![top.to_owned()];
        while let Some(folder) = open.pop() {
            let mut entries = BTreeSet::new();
            for entry in std::fs::read_dir(&folder).map_err(|error| io(&folder, error))? {
                entries.insert(entry.map_err(|error| io(&folder, error))?.path());
            }
            for path in entries {
                let name = file_name(&path);
                if name.starts_with('.') {
                    continue;
                }
                let kind = std::fs::symlink_metadata(&path).map_err(|error| io(&path, error))?;
                if kind.is_dir() {
                    open.push(path);
                } else if name == CONFIG && folder == top {
                    self.config = Some(path);
                } else if is_source(&path) {
                    self.files.push(path);
                } else if !name.ends_with(SIDECAR) {
                    self.skipped.push(path);
                }
            }
            self.folders.push(folder);
        }
        self.files.sort();
        self.skipped.sort();
        Ok(())
    }
}

fn is_source(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .map(str::to_lowercase)
        .is_some_and(|extension| Format::all_extensions().any(|known| known == extension))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Name of the sidecar of a source: `week.txt` has `week.turns.toml`.
pub fn sidecar_name(source: &str) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    format!("{stem}{SIDECAR}")
}

fn io(path: &Path, error: std::io::Error) -> InputError {
    InputError::Io {
        path: path.to_owned(),
        error,
    }
}

fn read_text(path: &Path) -> Result<String, InputError> {
    std::fs::read_to_string(path).map_err(|error| io(path, error))
}

fn read_file(path: &Path, loaded: &mut Loaded) -> Result<(), InputError> {
    let bytes = std::fs::read(path).map_err(|error| io(path, error))?;
    loaded.touched.push(path.to_owned());
    let name = file_name(path);
    let sidecar = path.with_file_name(sidecar_name(&name));
    let corrections = if sidecar.is_file() {
        let file = sidecar.display().to_string();
        let corrections = Corrections::parse(&file, &read_text(&sidecar)?)?;
        loaded.touched.push(sidecar);
        Some(corrections)
    } else {
        None
    };
    let options = ReadOptions::default();
    let mut parsed = parse_with(&name, &bytes, corrections.as_ref(), &options)?;
    loaded.sources.append(&mut parsed);
    Ok(())
}
