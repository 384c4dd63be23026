//! The real corpora, for tests that skip where they are absent: they are not part of the
//! repository. They are looked for in `../shared/corpora` beside it, or where `TURNSEARCH_CORPORA`
//! says.

mod skipped;

use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

pub use skipped::skipped;

/// Why a test without corpora is skipped.
pub const ABSENT: &str = "no corpora; TURNSEARCH_CORPORA names their folder";

/// The folder of the corpora.
pub fn corpora() -> Option<PathBuf> {
    let folder = std::env::var_os("TURNSEARCH_CORPORA")
        .map_or_else(|| repository().join("../shared/corpora"), PathBuf::from);
    folder.is_dir().then_some(folder)
}

/// The files of `data.tar.xz` by their names, unpacked by the system's `tar`; `None` if it has
/// none.
#[allow(dead_code)] // Each test that includes this module uses some of it.
pub fn unpack(archive: &Path) -> Option<Vec<(String, Vec<u8>)>> {
    let files = unpack_paths(archive)?.into_iter();
    let mut named: Vec<_> = files
        .map(|(path, bytes)| {
            let name = path.file_name().expect("a name").to_string_lossy();
            (name.into_owned(), bytes)
        })
        .collect();
    named.sort();
    Some(named)
}

/// The files of a corpus with their paths in it: those of its archive, or of its folder `data`.
#[allow(dead_code)]
pub fn files(corpus: &str) -> Option<Vec<(PathBuf, Vec<u8>)>> {
    let folder = corpora()?.join(corpus);
    let data = folder.join("data");
    if data.is_dir() {
        Some(files_below(&data))
    } else {
        unpack_paths(&folder.join("data.tar.xz"))
    }
}

/// The files of an archive with their paths in it.
fn unpack_paths(archive: &Path) -> Option<Vec<(PathBuf, Vec<u8>)>> {
    let folder = tempfile::tempdir().expect("a folder");
    let done = Command::new("tar")
        .arg("xf")
        .arg(archive)
        .arg("-C")
        .arg(folder.path())
        .stderr(Stdio::null())
        .status();
    done.is_ok_and(|status| status.success())
        .then(|| files_below(folder.path()))
}

/// Every file below a folder, with its path in it.
fn files_below(top: &Path) -> Vec<(PathBuf, Vec<u8>)> {
    let mut open = vec![top.to_owned()];
    let mut files = Vec::new();
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
                continue;
            }
            let mut bytes = Vec::new();
            let mut file = std::fs::File::open(&path).expect("a file");
            file.read_to_end(&mut bytes).expect("readable");
            let path = path.strip_prefix(top).expect("below").to_owned();
            files.push((path, bytes));
        }
    }
    files.sort();
    files
}

/// The top folder of the repository, from whichever crate this is compiled in.
fn repository() -> PathBuf {
    let here = Path::new(env!("CARGO_MANIFEST_DIR"));
    let top = here
        .ancestors()
        .find(|folder| folder.join("seeds").is_dir());
    top.unwrap_or(here).to_owned()
}
