//! What can be wrong with files, configurations and sidecars.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use thiserror::Error;
use turnsearch_transcript::{Format, ParseError};

/// Why a `collection.toml` or a sidecar cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file is not TOML, has a key that means nothing here, or a value that cannot be meant.
    #[error("{file}:{line}: {message}")]
    Syntax {
        /// The file.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, with the keys that are known.
        message: String,
    },
    /// `[meetings."FILE"]` names a file that is not there.
    #[error("{file}:{line}: [meetings.\"{meeting}\"] names no source; {hint}")]
    UnknownMeeting {
        /// The configuration.
        file: String,
        /// Line, from 1.
        line: usize,
        /// The name that fits nothing.
        meeting: String,
        /// The nearest source, and some of those that exist.
        hint: String,
    },
    /// `[meetings."FILE".speakers]` names somebody who does not speak there.
    #[error("{file}:{line}: nobody is called `{speaker}` in {meeting}; {hint}")]
    UnknownSpeaker {
        /// The configuration.
        file: String,
        /// Line, from 1.
        line: usize,
        /// The source.
        meeting: String,
        /// The name that fits nobody.
        speaker: String,
        /// The nearest name, and some of those that there are.
        hint: String,
    },
}

/// Why inputs cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InputError {
    /// No path was given.
    #[error("no input; name files or folders with transcripts")]
    Nothing,
    /// A file or folder cannot be read.
    #[error("{}: {error}; {}", path.display(), remedy(error.kind()))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: io::Error,
    },
    /// A pattern cannot be read, or matches nothing.
    #[error("{pattern}: no such file, and as a pattern: {reason}")]
    Pattern {
        /// As given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A folder holds nothing that could be a transcript.
    #[error(
        "{}: no transcript in this folder; put files ending in {} there",
        path.display(),
        endings()
    )]
    NoSource {
        /// The folder.
        path: PathBuf,
    },
    /// A folder holds files, and its configuration takes none of them.
    #[error(
        "{}: its collection.toml takes none of the files in this folder; correct `include` and \
         `exclude` there",
        path.display()
    )]
    NoneIncluded {
        /// The folder.
        path: PathBuf,
    },
    /// Two folders have a `collection.toml`.
    #[error("{} and {}: two configurations; give one folder", first.display(), second.display())]
    TwoConfigs {
        /// The configuration that was read first.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
    },
    /// A file in a folder ends like no format.
    #[error("{}: its ending is none of {}", path.display(), endings())]
    UnknownEnding {
        /// The file.
        path: PathBuf,
    },
    /// A source cannot be parsed. The error has the path as the name of its source.
    #[error("{error}")]
    Parse {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        error: ParseError,
    },
    /// Of several files none holds a meeting that can be read.
    #[error("none of the {files} files can be used; the first: {first}")]
    NoneFit {
        /// How many there are.
        files: usize,
        /// What is wrong with the first.
        #[source]
        first: Box<InputError>,
    },
    /// A configuration or sidecar cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
}

impl InputError {
    /// Whether a file is in no known format; otherwise it is unreadable or faulty.
    pub fn is_unknown_format(&self) -> bool {
        matches!(
            self,
            InputError::UnknownEnding { .. }
                | InputError::Parse {
                    error: ParseError::UnknownFormat { .. },
                    ..
                }
        )
    }

    /// Whether a sidecar is at fault. Somebody wrote it for this source, so it is never passed
    /// over.
    pub(crate) fn is_of_sidecar(&self) -> bool {
        matches!(
            self,
            InputError::Config(_)
                | InputError::Parse {
                    error: ParseError::Correction { .. },
                    ..
                }
        )
    }
}

/// An error of reading `path`, for [`Result::map_err`].
pub(crate) fn io_error(path: &Path) -> impl FnOnce(io::Error) -> InputError {
    let path = path.to_owned();
    move |error| InputError::Io { path, error }
}

/// What to do about a file or folder that cannot be read.
fn remedy(kind: ErrorKind) -> &'static str {
    match kind {
        ErrorKind::NotFound => "check the path",
        ErrorKind::PermissionDenied => {
            "let this user read it (chmod; a folder also needs x), or leave it out"
        }
        _ => "make it readable, or leave it out",
    }
}

/// The endings of sources.
fn endings() -> String {
    let endings: Vec<String> = Format::all_endings()
        .map(|ending| format!(".{ending}"))
        .collect();
    endings.join(", ")
}
