//! Paths to files: folders are listed, patterns are matched, the rest is taken as it is.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use turnsearch_transcript::Format;

use crate::config::{CONFIG, CollectionConfig};
use crate::error::{InputError, io_error};
use crate::files::{Entry, Files};
use crate::names::file_name;
use crate::pattern::{is_pattern, matches_below, matching_files};
use crate::sidecar::is_sidecar;
use crate::text::read_text;

/// What there is to read.
#[derive(Debug, Default)]
pub(crate) struct Discovered {
    /// The files, in the order of the paths that were given, and by name within each.
    pub files: Vec<PathBuf>,
    /// The configuration of the folder, where one was given and has one.
    pub config: Option<CollectionConfig>,
    /// What lies in the folders and is not read, with the reason.
    pub left_out: Vec<(PathBuf, InputError)>,
}

/// Finds the files that `paths` mean, each once. The result does not depend on the order in which
/// the system lists them. Folders with a file that is called as one of `foreign` are passed over.
pub(crate) fn discover<P: AsRef<Path>>(
    files: &impl Files,
    paths: &[P],
    foreign: &[&str],
) -> Result<Discovered, InputError> {
    let mut discovered = Discovered::default();
    let mut config_path: Option<PathBuf> = None;
    let mut seen = BTreeSet::new();
    for path in paths {
        let path = path.as_ref();
        let found = if files.is_folder(path) {
            let (found, config) = list(files, path, foreign, &mut discovered.left_out)?;
            if let Some((second, config)) = config {
                if let Some(first) = config_path {
                    return Err(InputError::TwoConfigs { first, second });
                }
                config_path = Some(second);
                discovered.config = Some(config);
            }
            found
        } else if is_pattern(files, path) {
            matching_files(files, path)?
        } else {
            files.entry(path).map_err(io_error(path))?;
            vec![path.to_owned()]
        };
        let new = found.into_iter().filter(|file| seen.insert(file.clone()));
        discovered.files.extend(new);
    }
    Ok(discovered)
}

type Config = Option<(PathBuf, CollectionConfig)>;

/// The files of a folder and of those below it, as its configuration chooses them. Links to folders
/// are not followed.
fn list(
    files: &impl Files,
    top: &Path,
    foreign: &[&str],
    left_out: &mut Vec<(PathBuf, InputError)>,
) -> Result<(Vec<PathBuf>, Config), InputError> {
    let config_path = top.join(CONFIG);
    let config = if files.is_file(&config_path) {
        let text = read_text(files, &config_path)?;
        let config = CollectionConfig::parse(&config_path.display().to_string(), &text)?;
        Some((config_path, config))
    } else {
        None
    };
    let choice = Choice(config.as_ref().map(|(_, config)| config));
    let mut taken = Vec::new();
    let mut unfit = Vec::new();
    let mut is_choosy = false;
    let mut open = vec![top.to_owned()];
    while let Some(folder) = open.pop() {
        let names = match files.names(&folder).map_err(io_error(&folder)) {
            Ok(names) => names,
            // The folder that was asked for must be there; one of those below is left out.
            Err(error) if folder == top => return Err(error),
            Err(error) => {
                unfit.push((folder, error));
                continue;
            }
        };
        for path in names.iter().map(|name| folder.join(name)) {
            let name = file_name(&path);
            if name.starts_with('.') || is_sidecar(&name) || path == top.join(CONFIG) {
                continue;
            }
            if matches!(files.entry(&path), Ok(Entry::Folder)) {
                if !foreign.iter().any(|name| files.is_file(&path.join(name))) {
                    open.push(path);
                }
            } else if choice.takes(top, &path) {
                taken.push(path);
            } else if choice.leaves_out(top, &path) {
                is_choosy = true;
            } else {
                let error = InputError::UnknownEnding { path: path.clone() };
                unfit.push((path, error));
            }
        }
    }
    if taken.is_empty() {
        let path = top.to_owned();
        return Err(if is_choosy {
            InputError::NoneIncluded { path }
        } else {
            InputError::NoSource { path }
        });
    }
    taken.sort();
    unfit.sort_by(|(a, _), (b, _)| a.cmp(b));
    left_out.append(&mut unfit);
    Ok((taken, config))
}

/// Which files of a folder are read, as its configuration says.
struct Choice<'a>(Option<&'a CollectionConfig>);

impl Choice<'_> {
    /// What the configuration includes, else what ends like a format; less what it excludes.
    fn takes(&self, top: &Path, path: &Path) -> bool {
        let included = match self.0 {
            Some(config) if !config.include.is_empty() => matches_below(&config.include, top, path),
            _ => ends_like_a_source(path),
        };
        included && !self.excludes(top, path)
    }

    /// Whether the configuration leaves the file out, so that nobody need be told.
    fn leaves_out(&self, top: &Path, path: &Path) -> bool {
        self.0.is_some_and(|config| !config.include.is_empty()) || self.excludes(top, path)
    }

    fn excludes(&self, top: &Path, path: &Path) -> bool {
        self.0
            .is_some_and(|config| matches_below(&config.exclude, top, path))
    }
}

fn ends_like_a_source(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .map(str::to_lowercase)
        .is_some_and(|extension| Format::all_endings().any(|known| known == extension))
}
