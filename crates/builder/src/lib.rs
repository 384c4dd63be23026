//! From transcripts to the bytes of a pack, in one call.
//!
//! ```
//! let talk = "Ann: Good morning.\n\nBen: Good morning.\n\nAnn: Shall we begin?\n";
//! let pack = turnsearch_builder::build_from_memory(&[("talk.txt", talk)])?;
//! assert!(pack.starts_with(&turnsearch_pack::SIGNATURE));
//! # Ok::<(), turnsearch_builder::BuildError>(())
//! ```

#![forbid(unsafe_code)]
#![deny(missing_docs)]

use std::path::Path;

use thiserror::Error;
use turnsearch_intake::{InputOptions, Loaded, Memory, Unfit, collect, read, read_with};

pub use turnsearch_intake::{ConfigError, InputError, ParseError};
pub use turnsearch_pack::{WriteError, write};

/// Why a pack could not be built.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum BuildError {
    /// A file or folder cannot be read, or is no transcript.
    #[error(transparent)]
    Input(#[from] InputError),
    /// The configuration of the collection does not fit its meetings.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The collection is empty, or too large for one pack.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// The pack of the transcripts in `paths`: files, folders with everything below them, or patterns
/// such as `talks/**/*.vtt`.
///
/// The `collection.toml` of a folder and the corrections beside a source are applied. The same
/// sources make the same bytes.
///
/// # Errors
/// [`BuildError::Input`] with file and reason at the first source that cannot be read or parsed,
/// [`BuildError::Config`] for a configuration of meetings that are not there, and
/// [`BuildError::Write`] for a collection that is empty or larger than a pack may be.
pub fn build<P: AsRef<Path>>(paths: &[P]) -> Result<Vec<u8>, BuildError> {
    pack(read(paths)?)
}

/// The pack of transcripts in memory: the name of each file, whose ending hints at the format, and
/// its bytes.
///
/// # Errors
/// [`BuildError::Input`] with name, line and reason for a source that cannot be parsed, and where
/// there is none; [`BuildError::Write`] for a collection that is larger than a pack may be.
pub fn build_from_memory<N: AsRef<str>, B: AsRef<[u8]>>(
    files: &[(N, B)],
) -> Result<Vec<u8>, BuildError> {
    let names: Vec<&str> = files.iter().map(|(name, _)| name.as_ref()).collect();
    let memory: Memory = files
        .iter()
        .map(|(name, bytes)| (name.as_ref(), bytes.as_ref()))
        .collect();
    let options = InputOptions {
        unknown: Unfit::Stop,
        unreadable: Unfit::Stop,
        ..InputOptions::default()
    };
    pack(read_with(&memory, &names, &options, |_| ())?)
}

fn pack(loaded: Loaded) -> Result<Vec<u8>, BuildError> {
    let (collection, _) = collect(loaded.sources, &loaded.config)?;
    Ok(turnsearch_pack::write_owned(collection)?)
}
