//! Files and folders to parsed sources.

use std::path::{Path, PathBuf};

use serde::Serialize;

use crate::config::CollectionConfig;
use crate::discover::{Found, discover, file_name, names};
use crate::error::{InputError, ParseError};
use crate::formats::Format;
use crate::turns::corrections::Corrections;
use crate::{MAX_BYTES, Parsed, ReadOptions, parse_with};

/// Ending of sidecars.
pub(crate) const SIDECAR: &str = ".turns.toml";

/// The endings that are read, for messages.
pub(crate) fn extensions() -> String {
    Format::all_endings()
        .map(|extension| format!(".{extension}"))
        .collect::<Vec<_>>()
        .join(", ")
}

/// How to read.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct InputOptions {
    /// Format and encoding of all files, where they are given.
    pub read: ReadOptions,
    /// What becomes of a file that is in no known format.
    pub unknown: Unfit,
    /// What becomes of a file that cannot be read or breaks the rules of its format.
    pub unreadable: Unfit,
}

/// What becomes of a file that gives no meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unfit {
    /// It is left out, and listed with the reason.
    #[default]
    Skip,
    /// Reading ends with its error.
    Stop,
}

/// A file or folder that was left out.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Skipped {
    /// Where it lies.
    pub path: PathBuf,
    /// Why, as the error says it, beginning with the path.
    pub reason: String,
    /// Whether it is in no known format; else it is unreadable or faulty.
    pub unknown: bool,
}

impl Skipped {
    pub(crate) fn unknown(path: PathBuf) -> Skipped {
        Skipped {
            reason: format!("{}: its ending is none of {}", path.display(), extensions()),
            path,
            unknown: true,
        }
    }

    pub(crate) fn unreadable(path: PathBuf, error: &InputError) -> Skipped {
        Skipped {
            path,
            reason: error.to_string(),
            unknown: false,
        }
    }
}

/// What happens while files are read.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// So many files are going to be read.
    Found(usize),
    /// A file was read.
    Read {
        /// Where it lies.
        path: &'a Path,
        /// Its size.
        bytes: u64,
        /// How many turns it has.
        turns: usize,
    },
    /// A file was left out.
    Skipped(&'a Skipped),
}

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The sources, in the order of the paths that were given, and by name within each folder.
    pub sources: Vec<Parsed>,
    /// The `collection.toml` of the folder, or an empty one.
    pub config: CollectionConfig,
    /// What was left out.
    pub skipped: Vec<Skipped>,
}

/// Reads files and folders, and stops at the first faulty one; as build scripts want it.
///
/// # Errors
///
/// As [`read_with`].
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Loaded, InputError> {
    let options = InputOptions {
        unreadable: Unfit::Stop,
        ..InputOptions::default()
    };
    read_with(paths, &options, |_| ())
}

/// Reads files, folders and patterns such as `talks/**/*.vtt`, and tells `observe` how it goes.
///
/// Of a folder: its `collection.toml`, and every file below it, hidden ones aside, that the
/// configuration includes, or whose ending is known if it says nothing. Beside a source `NAME.txt`
/// its sidecar `NAME.turns.toml` is read. One file is held in memory at a time.
///
/// # Errors
///
/// [`InputError`], naming the file and where it can the line: for a path that does not exist, for a
/// configuration that has mistakes, if no file gives a meeting, and for what the options do not let
/// pass.
pub fn read_with<P: AsRef<Path>>(
    paths: &[P],
    options: &InputOptions,
    mut observe: impl FnMut(Event<'_>),
) -> Result<Loaded, InputError> {
    if paths.is_empty() {
        return Err(InputError::Nothing);
    }
    let Found {
        files,
        config,
        skipped: listed,
    } = discover(paths)?;
    let mut loaded = Loaded {
        config: config.unwrap_or_default(),
        ..Loaded::default()
    };
    for skipped in listed {
        let unfit = if skipped.unknown {
            options.unknown
        } else {
            options.unreadable
        };
        if unfit == Unfit::Stop {
            return Err(InputError::Unfit(skipped));
        }
        loaded.config.meetings.remove(&file_name(&skipped.path));
        observe(Event::Skipped(&skipped));
        loaded.skipped.push(skipped);
    }
    observe(Event::Found(files.len()));
    let count = files.len();
    let mut first_error = None;
    for (name, path) in names(&files).into_iter().zip(files) {
        match read_file(&name, &path, options) {
            Ok((bytes, mut sources)) => {
                let turns = sources.iter().map(|source| source.meeting.turns.len());
                observe(Event::Read {
                    path: &path,
                    bytes,
                    turns: turns.sum(),
                });
                loaded.sources.append(&mut sources);
            }
            Err(error) => {
                let unknown = matches!(
                    error,
                    InputError::Parse {
                        error: ParseError::UnknownFormat { .. },
                        ..
                    }
                );
                let unfit = if unknown {
                    options.unknown
                } else {
                    options.unreadable
                };
                if unfit == Unfit::Stop || count == 1 || is_of_sidecar(&error) {
                    return Err(error);
                }
                let skipped = Skipped {
                    unknown,
                    ..Skipped::unreadable(path, &error)
                };
                // What the configuration says of it is of no use, and no mistake.
                loaded.config.meetings.remove(&name);
                observe(Event::Skipped(&skipped));
                loaded.skipped.push(skipped);
                first_error.get_or_insert(error);
            }
        }
    }
    match first_error {
        Some(first) if loaded.sources.is_empty() => Err(InputError::NoneFit {
            files: count,
            first: Box::new(first),
        }),
        _ => Ok(loaded),
    }
}

/// Whether a sidecar is at fault. Somebody wrote it for this source, so it is never passed over.
fn is_of_sidecar(error: &InputError) -> bool {
    matches!(
        error,
        InputError::Config(_)
            | InputError::Parse {
                error: ParseError::Correction { .. },
                ..
            }
    )
}

/// Name of the sidecar of a source: `week.txt` has `week.turns.toml`.
pub fn sidecar_name(source: &str) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    format!("{stem}{SIDECAR}")
}

pub(crate) fn io(path: &Path, error: std::io::Error) -> InputError {
    InputError::Io {
        path: path.to_owned(),
        error,
    }
}

pub(crate) fn read_text(path: &Path) -> Result<String, InputError> {
    std::fs::read_to_string(path).map_err(|error| io(path, error))
}

/// The size of a file, which is called `name` here, and the meetings in it.
fn read_file(
    name: &str,
    path: &Path,
    options: &InputOptions,
) -> Result<(u64, Vec<Parsed>), InputError> {
    let wrong = |error| InputError::Parse {
        path: path.to_owned(),
        error,
    };
    let size = std::fs::metadata(path)
        .map_err(|error| io(path, error))?
        .len();
    if size > MAX_BYTES as u64 {
        // Said before the memory is taken for it.
        return Err(wrong(ParseError::TooLarge {
            source_name: name.to_owned(),
            bytes: usize::try_from(size).unwrap_or(usize::MAX),
            limit: MAX_BYTES,
        }));
    }
    let bytes = std::fs::read(path).map_err(|error| io(path, error))?;
    let sidecar = path.with_file_name(sidecar_name(&file_name(path)));
    let corrections = if sidecar.is_file() {
        let file = sidecar.display().to_string();
        Corrections::parse(&file, &read_text(&sidecar)?)?
    } else {
        Corrections::NONE
    };
    let parsed = parse_with(name, &bytes, &corrections, &options.read).map_err(wrong)?;
    Ok((bytes.len() as u64, parsed))
}
