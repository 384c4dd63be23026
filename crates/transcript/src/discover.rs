//! Paths to files: folders are listed, patterns filled, the rest is taken as it is.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};

use crate::config::CollectionConfig;
use crate::error::InputError;
use crate::formats::Format;
use crate::input::{SIDECAR, Skipped, io, read_text};

/// Name of the configuration in a folder.
const CONFIG: &str = "collection.toml";

/// A file by which a bundle of this program is known; what lies there is not one's own transcripts.
const BUNDLE: &str = "turnsearch.d.ts";

/// Characters by which a path that does not exist is taken for a pattern.
const WILDCARDS: [char; 3] = ['*', '?', '['];

/// How patterns match paths below a folder: `*` stays within one folder, `**` does not.
const MATCHING: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// What there is to read.
#[derive(Debug, Default)]
pub(crate) struct Found {
    /// The files, in the order of the paths that were given, and by name within each.
    pub files: Vec<PathBuf>,
    /// The configuration of the folder, where one was given and has one.
    pub config: Option<CollectionConfig>,
    /// What lies in the folders and is not read.
    pub skipped: Vec<Skipped>,
}

/// Finds the files that `paths` mean, each once. The result does not depend on the order in which
/// the system lists them.
pub(crate) fn discover<P: AsRef<Path>>(paths: &[P]) -> Result<Found, InputError> {
    let mut found = Found::default();
    let mut config_path: Option<PathBuf> = None;
    let mut seen = BTreeSet::new();
    for path in paths {
        let path = path.as_ref();
        let files = if path.is_dir() {
            let (files, config) = list(path, &mut found)?;
            if let Some((second, config)) = config {
                if let Some(first) = config_path {
                    return Err(InputError::TwoConfigs { first, second });
                }
                config_path = Some(second);
                found.config = Some(config);
            }
            files
        } else if is_pattern(path) {
            fill(path)?
        } else {
            std::fs::metadata(path).map_err(|error| io(path, error))?;
            vec![path.to_owned()]
        };
        found
            .files
            .extend(files.into_iter().filter(|file| seen.insert(file.clone())));
    }
    Ok(found)
}

fn is_pattern(path: &Path) -> bool {
    path.to_string_lossy().contains(WILDCARDS) && std::fs::symlink_metadata(path).is_err()
}

/// The files that a pattern matches, sorted.
fn fill(path: &Path) -> Result<Vec<PathBuf>, InputError> {
    let pattern = path.to_string_lossy();
    let wrong = |reason: String| InputError::Pattern {
        pattern: pattern.clone().into_owned(),
        reason,
    };
    let matches = glob::glob_with(&pattern, MATCHING).map_err(|error| wrong(error.to_string()))?;
    let mut files = Vec::new();
    for path in matches {
        let path =
            path.map_err(|error| io(error.path(), std::io::Error::other(error.to_string())))?;
        if !path.is_dir() {
            files.push(path);
        }
    }
    if files.is_empty() {
        return Err(wrong("it matches no file".to_owned()));
    }
    files.sort();
    Ok(files)
}

type Config = Option<(PathBuf, CollectionConfig)>;

/// The files of a folder and of those below it, as its configuration chooses them. Links to folders
/// are not followed, and bundles that were written there are passed over.
fn list(top: &Path, found: &mut Found) -> Result<(Vec<PathBuf>, Config), InputError> {
    let config_path = top.join(CONFIG);
    let config = if config_path.is_file() {
        let text = read_text(&config_path)?;
        let config = CollectionConfig::parse(&config_path.display().to_string(), &text)?;
        Some((config_path, config))
    } else {
        None
    };
    let choice = Choice::new(config.as_ref().map(|(_, config)| config));
    let mut files = Vec::new();
    let mut skipped = Vec::new();
    let mut has_left_out = false;
    let mut open = vec![top.to_owned()];
    while let Some(folder) = open.pop() {
        let entries = match entries(&folder) {
            Ok(entries) => entries,
            // The folder that was asked for must be there; one of those below is left out.
            Err(error) if folder == top => return Err(error),
            Err(error) => {
                skipped.push(Skipped::unreadable(folder, &error));
                continue;
            }
        };
        for path in entries {
            let name = file_name(&path);
            if name.starts_with('.') || name.ends_with(SIDECAR) || path == top.join(CONFIG) {
                continue;
            }
            let is_folder = std::fs::symlink_metadata(&path).is_ok_and(|kind| kind.is_dir());
            if is_folder {
                if !path.join(BUNDLE).is_file() {
                    open.push(path);
                }
            } else if choice.takes(top, &path) {
                files.push(path);
            } else if choice.leaves_out(top, &path) {
                has_left_out = true;
            } else {
                skipped.push(Skipped::unknown(path));
            }
        }
    }
    if files.is_empty() {
        let path = top.to_owned();
        return Err(if has_left_out {
            InputError::NoneIncluded { path }
        } else {
            InputError::NoSource { path }
        });
    }
    files.sort();
    skipped.sort_by(|a, b| a.path.cmp(&b.path));
    found.skipped.append(&mut skipped);
    Ok((files, config))
}

fn entries(folder: &Path) -> Result<BTreeSet<PathBuf>, InputError> {
    std::fs::read_dir(folder)
        .and_then(|entries| {
            entries
                .map(|entry| entry.map(|entry| entry.path()))
                .collect()
        })
        .map_err(|error| io(folder, error))
}

/// Which files of a folder are read.
struct Choice<'a> {
    include: &'a [Pattern],
    exclude: &'a [Pattern],
}

impl<'a> Choice<'a> {
    fn new(config: Option<&'a CollectionConfig>) -> Self {
        Self {
            include: config.map_or(&[], |config| &config.include),
            exclude: config.map_or(&[], |config| &config.exclude),
        }
    }

    /// What the configuration includes, else what ends like a format; less what it excludes.
    fn takes(&self, top: &Path, path: &Path) -> bool {
        let included = if self.include.is_empty() {
            ends_like_a_source(path)
        } else {
            matches(self.include, top, path)
        };
        included && !matches(self.exclude, top, path)
    }

    /// Whether the configuration leaves the file out, so that nobody need be told.
    fn leaves_out(&self, top: &Path, path: &Path) -> bool {
        !self.include.is_empty() || matches(self.exclude, top, path)
    }
}

/// Whether a pattern matches the path below `top`, with folders parted by `/`.
fn matches(patterns: &[Pattern], top: &Path, path: &Path) -> bool {
    let below = path.strip_prefix(top).unwrap_or(path);
    let parts: Vec<_> = below
        .components()
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    let below = parts.join("/");
    patterns
        .iter()
        .any(|pattern| pattern.matches_with(&below, MATCHING))
}

fn ends_like_a_source(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .map(str::to_lowercase)
        .is_some_and(|extension| Format::all_endings().any(|known| known == extension))
}

/// What each file is called: its name, or, where several have that, with as many of the folders
/// above as tell them apart. Meeting software likes to call every file `transcript.vtt`.
pub(crate) fn names(files: &[PathBuf]) -> Vec<String> {
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

/// The last `depth` parts of a path, parted by `/`.
fn name_in_folders(path: &Path, depth: usize) -> String {
    let parts: Vec<_> = path
        .components()
        .filter(|part| matches!(part, Component::Normal(_)))
        .map(|part| part.as_os_str().to_string_lossy())
        .collect();
    parts[parts.len().saturating_sub(depth)..].join("/")
}

pub(crate) fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_one_name_are_told_apart_by_their_folders() {
        let named = |files: &[&str]| names(&files.iter().map(PathBuf::from).collect::<Vec<_>>());
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
