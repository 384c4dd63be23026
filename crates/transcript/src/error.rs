//! What can be wrong with a source or a correction.

use thiserror::Error;

use crate::encoding::{Miscoding, Undecodable};
use crate::fault::Fault;
use crate::formats::Format;
use crate::turns::corrections::{Corrections, sidecar_name};

/// Why a source is no meeting.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ParseError {
    /// The bytes are not characters of the encoding that was given or detected.
    #[error("{source_name}:{line}: not {encoding} at byte {byte} of the line: {cause}")]
    Undecodable {
        /// File name.
        source_name: String,
        /// Line of the first wrong byte, from 1.
        line: usize,
        /// Byte in that line, from 1.
        byte: usize,
        /// Name of the encoding that was tried.
        encoding: &'static str,
        /// What is known of the reason.
        cause: Miscoding,
    },
    /// Neither content nor ending tell the format. Callers that read folders skip such files.
    #[error(
        "{source_name}: unknown kind of file ({found}); known are {}",
        Format::ALL.map(Format::as_str).join(", ")
    )]
    UnknownFormat {
        /// File name.
        source_name: String,
        /// What the file looks like.
        found: String,
    },
    /// The source breaks the rules of its format.
    #[error("{source_name}:{line}: {problem}")]
    Syntax {
        /// File name.
        source_name: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// A part of a source that is an archive breaks the rules of its format.
    #[error("{source_name}: {part}: {problem}")]
    Part {
        /// File name.
        source_name: String,
        /// Name of the part in the source, with the line where there is one.
        part: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// A file of a format with markup holds no speech.
    #[error("{source_name}: no turn in this {format} file; looked for {wanted}")]
    NoSpeech {
        /// File name.
        source_name: String,
        /// The format that it was read as.
        format: Format,
        /// What the format marks speech with.
        wanted: &'static str,
    },
    /// A file with several meetings was given where one was asked for.
    #[error("{source_name}: {meetings} meetings in one file; split it, one file a meeting")]
    SeveralMeetings {
        /// File name.
        source_name: String,
        /// How many.
        meetings: usize,
    },
    /// There is nothing but white space.
    #[error("{source_name}: the file is empty; remove it or put a transcript into it")]
    Empty {
        /// File name.
        source_name: String,
    },
    /// The source is larger than one meeting can be.
    #[error(
        "{source_name}: {bytes} bytes are more than the limit of {limit} for one source; split it \
         into one file per meeting"
    )]
    TooLarge {
        /// File name.
        source_name: String,
        /// Size of the source.
        bytes: usize,
        /// Largest size that is read.
        limit: usize,
    },
    /// Neither a label nor a heading was found.
    #[error(
        "{source_name}: no turn found; looked for speaker labels (`Name: text`, `Name:` alone, \
         `### Name:`, `**Name:** text`, `>>`) and for headings over text, in lines {first_line} \
         to {last_line}. Name a speaker by hand in {sidecar} if there \
         is one"
    )]
    NoTurns {
        /// File name.
        source_name: String,
        /// First line that holds text.
        first_line: u32,
        /// Last line that holds text.
        last_line: u32,
        /// Name of the sidecar in which corrections go.
        sidecar: String,
    },
    /// A correction of the sidecar does not fit the source any more.
    #[error("{sidecar}: {table} for line {line} of {source_name} does not fit: {problem}")]
    Correction {
        /// File name of the source.
        source_name: String,
        /// File name of the sidecar.
        sidecar: String,
        /// Table of the sidecar: `label`, `text`, `furniture` or `merge`.
        table: &'static str,
        /// Line of the source that the correction names; 0 where it names none.
        line: u32,
        /// What does not fit, and what to do.
        problem: String,
    },
}

/// What a caller can say in [`ReadOptions`](crate::options::ReadOptions) so that a source is read
/// after all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// The format.
    Format,
    /// The encoding.
    Encoding,
}

impl ParseError {
    /// What the caller can say so that the source is read after all.
    pub fn remedy(&self) -> Option<Remedy> {
        match self {
            ParseError::UnknownFormat { .. } => Some(Remedy::Format),
            ParseError::Undecodable { cause, .. } if *cause != Miscoding::ZeroBytes => {
                Some(Remedy::Encoding)
            }
            _ => None,
        }
    }

    /// A fault of a source of this name.
    pub(crate) fn new(source_name: &str, corrections: &Corrections, fault: Fault) -> ParseError {
        let source_name = source_name.to_owned();
        match fault {
            Fault::Undecodable(Undecodable {
                line,
                byte,
                encoding,
                cause,
            }) => ParseError::Undecodable {
                source_name,
                line,
                byte,
                encoding,
                cause,
            },
            Fault::UnknownFormat { found } => ParseError::UnknownFormat { source_name, found },
            Fault::Syntax { line, problem } => ParseError::Syntax {
                source_name,
                line,
                problem,
            },
            Fault::Part { part, problem } => ParseError::Part {
                source_name,
                part,
                problem,
            },
            Fault::Empty => ParseError::Empty { source_name },
            Fault::NoTurns {
                first_line,
                last_line,
            } => ParseError::NoTurns {
                first_line,
                last_line,
                sidecar: sidecar_name(&source_name),
                source_name,
            },
            Fault::Correction {
                table,
                line,
                problem,
            } => ParseError::Correction {
                source_name,
                sidecar: corrections.file.clone(),
                table,
                line,
                problem,
            },
        }
    }

    /// The same error, of a source that is called otherwise: who knows the path of a file names
    /// that. A correction is at fault in its sidecar and keeps the name.
    #[must_use]
    pub fn of(mut self, name: &str) -> ParseError {
        match &mut self {
            ParseError::Undecodable { source_name, .. }
            | ParseError::UnknownFormat { source_name, .. }
            | ParseError::Syntax { source_name, .. }
            | ParseError::Part { source_name, .. }
            | ParseError::NoSpeech { source_name, .. }
            | ParseError::SeveralMeetings { source_name, .. }
            | ParseError::Empty { source_name }
            | ParseError::TooLarge { source_name, .. }
            | ParseError::NoTurns { source_name, .. } => name.clone_into(source_name),
            ParseError::Correction { .. } => {}
        }
        self
    }
}
