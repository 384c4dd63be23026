//! What files are called.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

/// The name of a file, without its folders.
pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// What each file is called: its name, or, where several have that, with as many of the folders
/// above as tell them apart. Meeting software likes to call every file `transcript.vtt`.
pub(crate) fn distinct_names(files: &[PathBuf]) -> Vec<String> {
    let mut of_name: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, file) in files.iter().enumerate() {
        of_name.entry(file_name(file)).or_default().push(at);
    }
    let mut names = vec![String::new(); files.len()];
    for same in of_name.values() {
        let longest = same.iter().map(|&at| files[at].components().count()).max();
        for depth in 1..=longest.unwrap_or(1) {
            same.iter()
                .for_each(|&at| names[at] = name_in_folders(&files[at], depth));
            let different: BTreeSet<&str> = same.iter().map(|&at| names[at].as_str()).collect();
            if different.len() == same.len() {
                break;
            }
        }
    }
    names
}

/// The last `depth` parts of a path, separated by `/`.
fn name_in_folders(path: &Path, depth: usize) -> String {
    let parts: Vec<_> = path
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts[parts.len().saturating_sub(depth)..].join("/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        let named =
            |files: &[&str]| distinct_names(&files.iter().map(PathBuf::from).collect::<Vec<_>>());
        assert_eq!(named(&["a/x.txt", "./a/y.txt"]), ["x.txt", "y.txt"]);
        assert_eq!(
            named(&["t/1/x.vtt", "t/2/x.vtt", "t/y.vtt"]),
            ["1/x.vtt", "2/x.vtt", "y.vtt"]
        );
        assert_eq!(
            named(&["t/1/x.vtt", "s/1/x.vtt", "x.vtt"]),
            ["t/1/x.vtt", "s/1/x.vtt", "x.vtt"]
        );
        assert_eq!(named(&["x.vtt", "./x.vtt"]), ["x.vtt", "x.vtt"]);
    }
}
