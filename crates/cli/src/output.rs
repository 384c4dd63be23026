//! Standard output: JSON, one object a line, or text.

use std::io::{BufWriter, ErrorKind, StdoutLock, Write};

use serde::Serialize;

use crate::error::CliError;

/// Writes values as lines to standard output.
pub struct Lines(BufWriter<StdoutLock<'static>>);

impl Lines {
    /// Lines on standard output.
    pub fn open() -> Self {
        Self(BufWriter::new(std::io::stdout().lock()))
    }

    /// Writes one value.
    ///
    /// # Errors
    /// Where standard output is closed or full.
    pub fn print(&mut self, value: &impl Serialize) -> Result<(), CliError> {
        let written = serde_json::to_writer(&mut self.0, value).map_err(std::io::Error::from);
        written
            .and_then(|()| self.0.write_all(b"\n"))
            .map_err(output_error)
    }

    /// Makes sure that everything is out.
    ///
    /// # Errors
    /// Where standard output is closed or full.
    pub fn finish(mut self) -> Result<(), CliError> {
        self.0.flush().map_err(output_error)
    }
}

/// Writes a text to standard output.
///
/// # Errors
/// Where standard output is closed or full.
pub fn text(text: &str) -> Result<(), CliError> {
    let mut out = std::io::stdout().lock();
    out.write_all(text.as_bytes())
        .and_then(|()| out.flush())
        .map_err(output_error)
}

fn output_error(error: std::io::Error) -> CliError {
    if error.kind() == ErrorKind::BrokenPipe {
        CliError::ClosedPipe
    } else {
        CliError::Output(error)
    }
}
