//! What can be wrong with a source, a correction or a configuration.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use thiserror::Error;

use crate::encoding::{Miscoding, Undecodable};
use crate::fault::Fault;
use crate::formats::Format;
use crate::input::Skipped;
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
}

/// Why a `collection.toml` or a sidecar cannot be used.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// The file is not TOML, or has a key that means nothing here.
    #[error("{file}:{line}: {message}")]
    Syntax {
        /// File name.
        file: String,
        /// Line, from 1.
        line: usize,
        /// What is wrong, with the keys that are known.
        message: String,
    },
    /// A value has the right type but cannot be meant.
    #[error("{file}: {key}: {message}")]
    Value {
        /// File name.
        file: String,
        /// Path of the key.
        key: String,
        /// What is wrong and what is expected.
        message: String,
    },
    /// `[meetings."FILE"]` names a file that is not there.
    #[error("{file}:{line}: [meetings.\"{meeting}\"] names no source; {hint}")]
    UnknownMeeting {
        /// File name of the configuration.
        file: String,
        /// Line, from 1.
        line: usize,
        /// The name that fits nothing.
        meeting: String,
        /// The nearest source, and some of those that exist.
        hint: String,
    },
}

/// Why inputs cannot be read.
#[derive(Debug, Error)]
#[non_exhaustive]
pub enum InputError {
    /// A file or folder cannot be read.
    #[error("{}: {error}; {}", path.display(), remedy(error.kind()))]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        #[source]
        error: std::io::Error,
    },
    /// A folder holds nothing that could be a transcript.
    #[error(
        "{}: no transcript in this folder; put files ending in {} there", path.display(),
        crate::input::extensions()
    )]
    NoSource {
        /// The folder.
        path: PathBuf,
    },
    /// A folder holds files, and its configuration takes none of them.
    #[error(
        "{}: its collection.toml takes none of the files in this folder; correct `include` and \
         `exclude` there", path.display()
    )]
    NoneIncluded {
        /// The folder.
        path: PathBuf,
    },
    /// No path was given.
    #[error("no input; name files or folders with transcripts")]
    Nothing,
    /// A pattern cannot be read, or matches nothing.
    #[error("{pattern}: no such file, and as a pattern: {reason}")]
    Pattern {
        /// As given.
        pattern: String,
        /// What is wrong with it.
        reason: String,
    },
    /// A file that may not be left out gives no meeting.
    #[error("{}", _0.reason)]
    Unfit(Skipped),
    /// Two folders bring a `collection.toml`.
    #[error("{} and {}: two configurations; give one folder", first.display(), second.display())]
    TwoConfigs {
        /// The configuration that was read first.
        first: PathBuf,
        /// The other one.
        second: PathBuf,
    },
    /// A source cannot be parsed.
    #[error("{}", located(path, &error.to_string()))]
    Parse {
        /// The file.
        path: PathBuf,
        /// What is wrong with it.
        #[source]
        error: ParseError,
    },
    /// Of several files none gives a meeting.
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

/// What a parser says of a file. It knows only the name, perhaps with a folder or two; with the
/// path the file can be found.
fn located(path: &Path, message: &str) -> String {
    let parts = path.iter().count();
    let place = (0..parts).find_map(|skip| {
        let name: PathBuf = path.iter().skip(skip).collect();
        message.strip_prefix(&*name.to_string_lossy())
    });
    match place {
        Some(rest) => format!("{}{rest}", path.display()),
        None => message.to_owned(),
    }
}
