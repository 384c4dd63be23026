//! What a build made: one JSON object, or a few lines for a person.

use std::fmt::Write as _;
use std::path::PathBuf;

use indicatif::HumanBytes;
use serde::Serialize;

use crate::build::writer::Written;
use crate::error::CliError;
use crate::output::Lines;
use crate::source::{Doubts, Skipped};

/// Sources whose encoding the summary names; the report in JSON names all.
const ENCODINGS: usize = 5;

/// The report of a build.
#[derive(Debug, Serialize)]
pub struct Report {
    /// The folder or file that was written.
    pub out: PathBuf,
    /// Files that were read.
    pub sources: usize,
    /// How many bytes they had.
    pub source_bytes: u64,
    /// Files that were left out, with the reason.
    pub skipped: Vec<Skipped>,
    /// Places that a person should look at.
    pub doubts: Doubts,
    /// Sources in another encoding than one of Unicode, and which it is.
    pub encodings: Vec<(String, &'static str)>,
    /// Meetings of the collection.
    pub meetings: usize,
    /// Turns of the collection.
    pub turns: u32,
    /// People of the collection.
    pub speakers: usize,
    /// UTF-8 bytes of all turns.
    pub text_bytes: usize,
    /// Bytes of the pack.
    pub pack_bytes: usize,
    /// How long it took.
    pub seconds: f64,
    /// What was written.
    pub files: Vec<Written>,
}

impl Report {
    /// Prints it as one line of JSON.
    ///
    /// # Errors
    /// Where standard output is closed or full.
    pub fn print(&self) -> Result<(), CliError> {
        let mut lines = Lines::open();
        lines.print(self)?;
        lines.finish()
    }

    /// The same for a person.
    pub fn summary(&self) -> String {
        let mut text = String::new();
        let skipped = match self.skipped.len() {
            0 => String::new(),
            number => format!(", {number} skipped"),
        };
        let _ = writeln!(
            text,
            "{} read ({}{skipped}): {}, {}, {}; {:.1} s",
            count(self.sources, "file"),
            HumanBytes(self.source_bytes),
            count(self.meetings, "meeting"),
            count(self.turns as usize, "turn"),
            count(self.speakers, "speaker"),
            self.seconds
        );
        let _ = write!(
            text,
            "{}: {}",
            self.out.display(),
            count(self.files.len(), "file")
        );
        let bytes: usize = self.files.iter().map(|file| file.bytes).sum();
        let _ = write!(text, ", {}", HumanBytes(bytes as u64));
        if self.files.iter().any(|file| file.br.is_some()) {
            let compressed = |file: &Written| file.br.unwrap_or(file.bytes);
            let bytes: usize = self.files.iter().map(compressed).sum();
            let _ = write!(text, " ({} in brotli)", HumanBytes(bytes as u64));
        }
        text.push('\n');
        let scripts = self.files.iter().filter(|file| file.file.ends_with(".js"));
        for file in scripts {
            if let Some(integrity) = &file.integrity {
                let _ = writeln!(text, "  {} {integrity}", file.file);
            }
        }
        for (source, encoding) in self.encodings.iter().take(ENCODINGS) {
            let _ = writeln!(text, "{source}: read as {encoding}");
        }
        if let Some(more) = self.encodings.len().checked_sub(ENCODINGS + 1) {
            let _ = writeln!(
                text,
                "{} more in older encodings; --json lists them",
                count(more + 1, "source")
            );
        }
        self.add_doubts(&mut text);
        text.pop();
        text
    }

    fn add_doubts(&self, text: &mut String) {
        let Doubts {
            suspects,
            worst,
            labelled_documents,
        } = &self.doubts;
        for source in labelled_documents {
            let _ = writeln!(
                text,
                "{source}: read as a document, though its paragraphs open with labels that come back"
            );
        }
        if let Some((source, most)) = worst {
            let _ = writeln!(
                text,
                "{}, most of them in {source} ({most}); `turnsearch audit --suspects` lists them",
                count(*suspects, "doubtful place")
            );
        }
    }
}

/// `1 file`, `2 files`.
fn count(number: usize, what: &str) -> String {
    let ending = if number == 1 { "" } else { "s" };
    format!("{number} {what}{ending}")
}
