//! What can go wrong on the command line.

use std::path::PathBuf;

use turnsearch_bundle::folder::FolderError;
use turnsearch_bundle::wasm::ModuleError;
use turnsearch_intake::{ConfigError, InputError};
use turnsearch_transcript::Remedy;

use crate::export::ExportError;

/// An error with a message for the person at the terminal.
#[derive(Debug, thiserror::Error)]
pub enum CliError {
    /// A source or a folder cannot be read or parsed.
    #[error("{}", with_flag(.0))]
    Input(#[from] InputError),
    /// `collection.toml` does not fit the sources.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The collection cannot become a pack.
    #[error(transparent)]
    Write(#[from] turnsearch_pack::WriteError),
    /// A pack cannot be used.
    #[error("{}: {error}", path.display())]
    Pack {
        /// The pack, or the module it is in.
        path: PathBuf,
        /// What is wrong with it.
        error: turnsearch_pack::PackError,
    },
    /// A module is no wasm module, or has no pack.
    #[error("{}: {error}", path.display())]
    Module {
        /// The module.
        path: PathBuf,
        /// What is wrong with it.
        error: ModuleError,
    },
    /// A file or folder cannot be read or written.
    #[error("{}: {error}", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        error: std::io::Error,
    },
    /// The output cannot be written; what was begun is gone.
    #[error(
        "{}: cannot be written: {error}; nothing was left there; make room, or have it written \
         elsewhere", path.display()
    )]
    NotWritten {
        /// The folder or file that was asked for.
        path: PathBuf,
        /// The system's reason.
        error: std::io::Error,
    },
    /// A page cannot be made.
    #[error("a page cannot be made: {0}")]
    Page(#[from] askama::Error),
    /// A meeting does not go into a format.
    #[error(transparent)]
    Export(#[from] ExportError),
    /// A name that a filter gave belongs to nobody.
    #[error("no {what} is called `{name}`; {hint}")]
    Unknown {
        /// `speaker` or `meeting`.
        what: &'static str,
        /// As given.
        name: String,
        /// How to find out what there is.
        hint: String,
    },
    /// The bundle cannot be made as asked for.
    #[error("{0}")]
    Bundle(String),
    /// The arguments do not go together.
    #[error("{0}")]
    Arguments(String),
    /// Nobody reads the output any more. Not an error.
    #[error("the output was closed")]
    ClosedPipe,
    /// The output cannot be written.
    #[error("standard output: {0}")]
    Output(std::io::Error),
}

impl From<FolderError> for CliError {
    fn from(FolderError { path, error }: FolderError) -> Self {
        Self::Io { path, error }
    }
}

impl CliError {
    /// An error of the module at `path`.
    pub fn module(path: impl Into<PathBuf>) -> impl FnOnce(ModuleError) -> Self {
        let path = path.into();
        move |error| Self::Module { path, error }
    }

    /// An error of reading or writing `path`.
    pub fn io(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |error| Self::Io { path, error }
    }
}

/// What is wrong with an input, with the flag of the command that helps: those who read files know
/// of no command line.
pub fn with_flag(error: &InputError) -> String {
    let remedy = match cause(error) {
        InputError::Parse { error, .. } => error.remedy(),
        _ => None,
    };
    let flag = match remedy {
        Some(Remedy::Format) => "; say which with --from",
        Some(Remedy::Encoding) => "; --encoding names one",
        None => "",
    };
    format!("{error}{flag}")
}

/// The error with whose words the message ends.
fn cause(error: &InputError) -> &InputError {
    match error {
        InputError::NoneFit { first, .. } => cause(first),
        other => other,
    }
}
