//! Writing the files of a bundle, and the account of what was written.

use serde::Serialize;
use turnsearch_bundle::compress;
use turnsearch_bundle::names::integrity;

use crate::draft::Draft;
use crate::error::CliError;

/// A file of the bundle, as the report has it.
#[derive(Debug, Clone, Serialize)]
pub struct Written {
    /// Its name, folders separated by `/`.
    pub file: String,
    /// Its size.
    pub bytes: usize,
    /// Size of its brotli copy, where there is one.
    pub br: Option<usize>,
    /// Size of its gzip copy, where there is one.
    pub gz: Option<usize>,
    /// Value for `integrity` attributes; of scripts, styles, modules and packs.
    pub integrity: Option<String>,
}

/// Ending of files that are for whoever uploads the bundle: compressed copies are of no use.
const NOT_FETCHED: &str = ".txt";

/// Writes files into a draft.
pub struct Writer<'a> {
    draft: &'a Draft,
    compress: bool,
    written: Vec<Written>,
}

impl<'a> Writer<'a> {
    /// Writes to `draft`, with compressed copies beside the files if `compress` says so.
    pub fn new(draft: &'a Draft, compress: bool) -> Self {
        Self {
            draft,
            compress,
            written: Vec::new(),
        }
    }

    /// Writes a file.
    ///
    /// # Errors
    /// Where it cannot be written.
    pub fn add(&mut self, name: &str, bytes: &[u8]) -> Result<(), CliError> {
        self.draft.write(name, bytes)?;
        let mut sizes = [None, None];
        if self.compress && !name.ends_with(NOT_FETCHED) {
            let copies = compress::copies(name, bytes).map_err(CliError::io(name))?;
            for (ending, copy) in copies {
                self.draft.write(&format!("{name}.{ending}"), &copy)?;
                sizes[usize::from(ending == "gz")] = Some(copy.len());
            }
        }
        let checked = [".js", ".css", ".wasm", ".turns"]
            .iter()
            .any(|ending| name.ends_with(ending));
        self.written.push(Written {
            file: name.to_owned(),
            bytes: bytes.len(),
            br: sizes[0],
            gz: sizes[1],
            integrity: checked.then(|| integrity(bytes)),
        });
        Ok(())
    }

    /// What was written so far, in its order.
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// What was written, in its order.
    pub fn finish(self) -> Vec<Written> {
        self.written
    }
}
