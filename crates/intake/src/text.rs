//! Files that a person wrote beside the sources.

use std::io::{self, ErrorKind};
use std::path::Path;

use crate::error::{InputError, io_error};
use crate::files::Files;

/// The text of a file in UTF-8.
pub(crate) fn read_text(files: &impl Files, path: &Path) -> Result<String, InputError> {
    files
        .read(path)
        .and_then(|bytes| {
            String::from_utf8(bytes.into_owned()).map_err(|_| {
                io::Error::new(ErrorKind::InvalidData, "stream did not contain valid UTF-8")
            })
        })
        .map_err(io_error(path))
}
