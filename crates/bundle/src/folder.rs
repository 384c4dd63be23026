//! The files of a folder on disk.

use std::io;
use std::path::{Path, PathBuf};

use walkdir::WalkDir;

use crate::Files;
use crate::compress;

/// A folder or one of its files cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("{}: {error}", path.display())]
pub struct FolderError {
    /// The folder or file.
    pub path: PathBuf,
    /// The system's reason.
    pub error: io::Error,
}

/// The files below `folder` by their names, without those that were compressed from others.
///
/// # Errors
/// Where the folder or a file cannot be read.
pub fn read(folder: &Path) -> Result<Files, FolderError> {
    let mut files = Files::new();
    for path in files_below(folder)? {
        let Some(name) = name_in(folder, &path).filter(|name| !compress::is_copy(name)) else {
            continue;
        };
        let bytes = std::fs::read(&path).map_err(|error| FolderError { path, error })?;
        files.insert(name, bytes);
    }
    Ok(files)
}

/// The paths of all files at or below `path`, in a fixed order.
///
/// # Errors
/// Where a folder cannot be listed, or there is nothing at `path`.
pub fn files_below(path: &Path) -> Result<Vec<PathBuf>, FolderError> {
    let mut files = Vec::new();
    for entry in WalkDir::new(path).follow_links(true).sort_by_file_name() {
        let entry = entry.map_err(|error| FolderError {
            path: error.path().unwrap_or(path).to_owned(),
            error: error
                .into_io_error()
                .unwrap_or_else(|| io::Error::other("a link leads back to its own folder")),
        })?;
        if entry.file_type().is_file() {
            files.push(entry.into_path());
        }
    }
    Ok(files)
}

/// The name of a file below `folder`, with `/` between folders; `None` outside it, and for a name
/// that is not UTF-8.
pub fn name_in(folder: &Path, path: &Path) -> Option<String> {
    let inner = path.strip_prefix(folder).ok()?;
    let parts: Option<Vec<&str>> = inner.iter().map(|part| part.to_str()).collect();
    Some(parts?.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_read_by_names_without_compressed_copies() {
        let folder = tempfile::tempdir().expect("a folder");
        std::fs::create_dir(folder.path().join("i18n")).expect("a folder");
        for name in ["i18n/de.js", "turnsearch.js", "turnsearch.js.br"] {
            std::fs::write(folder.path().join(name), name).expect("written");
        }
        let files = read(folder.path()).expect("it can be read");
        let names: Vec<&String> = files.keys().collect();
        assert_eq!(names, ["i18n/de.js", "turnsearch.js"]);
        assert_eq!(files["i18n/de.js"], b"i18n/de.js");
        assert_eq!(
            files_below(folder.path()).expect("it can be listed").len(),
            3
        );
    }

    #[test]
    fn what_is_not_there_is_named() {
        let error = read(Path::new("no-such-folder")).expect_err("it is not there");
        assert!(error.to_string().starts_with("no-such-folder: "), "{error}");
    }
}
