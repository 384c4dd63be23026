//! Patterns of paths: `talks/**/*.vtt`.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use glob::{MatchOptions, Pattern};

use crate::error::{InputError, io_error};
use crate::files::{Entry, Files};

/// Characters by which a path that does not exist is taken for a pattern.
const WILDCARDS: [char; 3] = ['*', '?', '['];

/// Stands for any number of folders, also for none.
const FOLDERS: &str = "**";

/// `*` stays within one folder, `**` does not; what begins with a dot is hidden.
const MATCHING: MatchOptions = MatchOptions {
    case_sensitive: true,
    require_literal_separator: true,
    require_literal_leading_dot: true,
};

/// Whether a path is a pattern: it could be one, and nothing lies there.
pub(crate) fn is_pattern(files: &impl Files, path: &Path) -> bool {
    has_wildcard(&path.to_string_lossy()) && files.entry(path).is_err()
}

/// Whether one of the patterns matches the path below `top`.
pub(crate) fn matches_below(patterns: &[Pattern], top: &Path, path: &Path) -> bool {
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

/// The files that a pattern matches, sorted.
pub(crate) fn matching_files(
    files: &impl Files,
    pattern: &Path,
) -> Result<Vec<PathBuf>, InputError> {
    let wrong = |reason: String| InputError::Pattern {
        pattern: pattern.to_string_lossy().into_owned(),
        reason,
    };
    let read = |part: &str| Pattern::new(part).map_err(|error| wrong(error.to_string()));
    // So that a mistake is named with its place in the whole.
    read(&pattern.to_string_lossy())?;
    let mut places = BTreeSet::from([PathBuf::new()]);
    for component in pattern.components() {
        let part = component.as_os_str().to_string_lossy();
        let mut next = BTreeSet::new();
        for place in places {
            if component == Component::CurDir {
                next.insert(place);
            } else if part == FOLDERS {
                folders_below(files, place, &mut next)?;
            } else if has_wildcard(&part) {
                let part = read(&part)?;
                let fits = |name: &str| part.matches_with(name, MATCHING);
                next.extend(entries(files, &place, fits)?);
            } else {
                let path = place.join(component);
                next.extend(Some(path).filter(|path| is_root(path) || files.entry(path).is_ok()));
            }
        }
        places = next;
    }
    let found: Vec<PathBuf> = places
        .into_iter()
        .filter(|path| !files.is_folder(path))
        .collect();
    if found.is_empty() {
        return Err(wrong("it matches no file".to_owned()));
    }
    Ok(found)
}

fn has_wildcard(text: &str) -> bool {
    text.contains(WILDCARDS)
}

/// Whether the path is only the beginning of one, where a system says nothing lies.
fn is_root(path: &Path) -> bool {
    path.parent().is_none()
}

/// Adds a folder and all those below it, hidden ones aside.
fn folders_below(
    files: &impl Files,
    top: PathBuf,
    found: &mut BTreeSet<PathBuf>,
) -> Result<(), InputError> {
    let mut open = vec![top];
    while let Some(folder) = open.pop() {
        let inside = entries(files, &folder, |name| !name.starts_with('.'))?;
        open.extend(inside.into_iter().filter(|path| files.is_folder(path)));
        found.insert(folder);
    }
    Ok(())
}

/// What lies in a folder under names that fit; nothing lies in a file.
fn entries(
    files: &impl Files,
    folder: &Path,
    fits: impl Fn(&str) -> bool,
) -> Result<Vec<PathBuf>, InputError> {
    if matches!(files.entry(folder), Ok(Entry::File { .. })) {
        return Ok(Vec::new());
    }
    let names = files.names(folder).map_err(io_error(folder))?;
    Ok(names
        .iter()
        .filter(|name| name.to_str().is_some_and(&fits))
        .map(|name| folder.join(name))
        .collect())
}
