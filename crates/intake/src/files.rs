//! Where files lie: on a disk, or in memory.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;
use std::io::{self, ErrorKind};
use std::path::{Component, Path, PathBuf};

/// A tree of files that can be listed and read.
pub trait Files {
    /// What lies at a path.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::NotFound`] where nothing does; what the system says where it does not tell.
    fn entry(&self, path: &Path) -> io::Result<Entry>;

    /// The names of the files and folders in a folder; the empty path is the folder that other
    /// paths start from.
    ///
    /// # Errors
    ///
    /// What the system says where the folder cannot be listed.
    fn names(&self, folder: &Path) -> io::Result<BTreeSet<OsString>>;

    /// The bytes of a file.
    ///
    /// # Errors
    ///
    /// What the system says where the file cannot be read.
    fn read(&self, path: &Path) -> io::Result<Cow<'_, [u8]>>;

    /// Whether a file lies there.
    fn is_file(&self, path: &Path) -> bool {
        matches!(self.entry(path), Ok(Entry::File { .. }))
    }

    /// Whether a folder lies there, or a link to one.
    fn is_folder(&self, path: &Path) -> bool {
        matches!(self.entry(path), Ok(Entry::Folder | Entry::Link))
    }
}

/// What lies at a path.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// A file, or a link to one.
    File {
        /// Its size.
        bytes: u64,
    },
    /// A folder.
    Folder,
    /// A link to a folder.
    Link,
}

/// The files of the system.
#[derive(Debug, Clone, Copy, Default)]
pub struct Disk;

impl Files for Disk {
    fn entry(&self, path: &Path) -> io::Result<Entry> {
        let metadata = std::fs::metadata(path)?;
        Ok(if !metadata.is_dir() {
            let bytes = metadata.len();
            Entry::File { bytes }
        } else if std::fs::symlink_metadata(path)?.is_dir() {
            Entry::Folder
        } else {
            Entry::Link
        })
    }

    fn names(&self, folder: &Path) -> io::Result<BTreeSet<OsString>> {
        let folder = if folder.as_os_str().is_empty() {
            Path::new(".")
        } else {
            folder
        };
        std::fs::read_dir(folder)?
            .map(|entry| Ok(entry?.file_name()))
            .collect()
    }

    fn read(&self, path: &Path) -> io::Result<Cow<'_, [u8]>> {
        std::fs::read(path).map(Cow::Owned)
    }
}

/// Files that somebody holds in memory, such as those that were dropped onto a page.
///
/// ```
/// use turnsearch_intake::{Files, Memory};
///
/// let files = Memory::from_iter([("talks/week.txt", "JO: Hi.")]);
/// assert!(files.is_folder("talks".as_ref()));
/// assert!(files.is_file("talks/week.txt".as_ref()));
/// ```
#[derive(Debug, Clone, Default)]
pub struct Memory(BTreeMap<PathBuf, Vec<u8>>);

impl<P: AsRef<Path>, B: Into<Vec<u8>>> FromIterator<(P, B)> for Memory {
    /// The files with these paths, which have `/` between folders and start from no folder in
    /// particular. Of two files with the same path the later one stays.
    fn from_iter<I: IntoIterator<Item = (P, B)>>(files: I) -> Memory {
        let files = files.into_iter();
        Memory(
            files
                .map(|(path, bytes)| (plain(path.as_ref()), bytes.into()))
                .collect(),
        )
    }
}

impl Memory {
    /// The files below a folder, and the paths that they have there.
    fn below(&self, folder: &Path) -> impl Iterator<Item = &Path> {
        let folder = plain(folder);
        self.0
            .range(folder.clone()..)
            .map_while(move |(path, _)| path.strip_prefix(&folder).ok())
            .filter(|below| !below.as_os_str().is_empty())
    }
}

impl Files for Memory {
    fn entry(&self, path: &Path) -> io::Result<Entry> {
        match self.0.get(&plain(path)) {
            Some(bytes) => Ok(Entry::File {
                bytes: bytes.len() as u64,
            }),
            None if plain(path).as_os_str().is_empty() => Ok(Entry::Folder),
            None if self.below(path).next().is_some() => Ok(Entry::Folder),
            None => Err(nothing_there()),
        }
    }

    fn names(&self, folder: &Path) -> io::Result<BTreeSet<OsString>> {
        let names: BTreeSet<OsString> = self
            .below(folder)
            .filter_map(|below| Some(below.components().next()?.as_os_str().to_owned()))
            .collect();
        if names.is_empty() && self.entry(folder).is_err() {
            return Err(nothing_there());
        }
        Ok(names)
    }

    fn read(&self, path: &Path) -> io::Result<Cow<'_, [u8]>> {
        let bytes = self.0.get(&plain(path)).ok_or_else(nothing_there)?;
        Ok(Cow::Borrowed(bytes))
    }
}

/// A path without the parts that lead nowhere: `./a` is `a`, `a/b/../c` is `a/c`.
fn plain(path: &Path) -> PathBuf {
    let mut plain = PathBuf::new();
    for part in path.components() {
        match part {
            Component::Normal(name) => plain.push(name),
            Component::ParentDir => {
                plain.pop();
            }
            Component::CurDir | Component::RootDir | Component::Prefix(_) => {}
        }
    }
    plain
}

fn nothing_there() -> io::Error {
    io::Error::new(ErrorKind::NotFound, "no such file or folder")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn memory_has_the_folders_of_its_paths() {
        let files = Memory::from_iter([("./a/b.txt", "xy"), ("a/c/d.txt", ""), ("a.txt", "")]);
        let names = |folder: &str| -> Vec<String> {
            let names = files.names(Path::new(folder)).expect(folder);
            let lossy = |name: &OsString| name.to_string_lossy().into_owned();
            names.iter().map(lossy).collect()
        };
        assert_eq!(names(""), ["a", "a.txt"]);
        assert_eq!(names("./a/"), ["b.txt", "c"]);
        assert_eq!(names("a/../a/c"), ["d.txt"]);
        let entry = |path: &str| files.entry(Path::new(path)).ok();
        assert_eq!(entry("a/b.txt"), Some(Entry::File { bytes: 2 }));
        assert_eq!(entry("a/c"), Some(Entry::Folder));
        assert_eq!(entry("."), Some(Entry::Folder));
        assert_eq!(entry("b"), None);
        assert!(files.names(Path::new("b")).is_err());
    }
}
