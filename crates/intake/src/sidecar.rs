//! Sidecars: what a person corrects in one source, in a `NAME.turns.toml` beside it.

use std::path::Path;

use turnsearch_transcript::{Corrections, SIDECAR, sidecar_name};

use crate::error::{ConfigError, InputError};
use crate::files::Files;
use crate::names::file_name;
use crate::syntax::syntax_error;
use crate::text::read_text;

/// Reads a sidecar. `file` is its name, for messages.
///
/// # Errors
///
/// A text that is not TOML, or that has an unknown key or reason, with its line.
pub fn parse_sidecar(file: &str, text: &str) -> Result<Corrections, ConfigError> {
    let mut corrections: Corrections =
        toml::from_str(text).map_err(|error| syntax_error(file, text, &error))?;
    file.clone_into(&mut corrections.file);
    Ok(corrections)
}

/// Whether a file is called like a sidecar.
pub(crate) fn is_sidecar(name: &str) -> bool {
    name.ends_with(SIDECAR)
}

/// What the sidecar of a source says; nothing, where it has none.
pub(crate) fn corrections_of(files: &impl Files, source: &Path) -> Result<Corrections, InputError> {
    let sidecar = source.with_file_name(sidecar_name(&file_name(source)));
    if !files.is_file(&sidecar) {
        return Ok(Corrections::NONE);
    }
    let text = read_text(files, &sidecar)?;
    Ok(parse_sidecar(&sidecar.display().to_string(), &text)?)
}
