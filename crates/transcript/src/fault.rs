//! What is wrong with a source, said by those who do not know what it is called.
//!
//! Readers see bytes and lines. The file name is added once, where a source comes in, by
//! `ParseError::new`.

use crate::encoding::Undecodable;

/// Why a source cannot be read.
#[derive(Debug)]
pub(crate) enum Fault {
    /// The bytes are no text.
    Undecodable(Undecodable),
    /// Neither content nor ending tell the format; `found` is what the source looks like.
    UnknownFormat { found: String },
    /// A line breaks the rules of the format.
    Syntax {
        /// From 1.
        line: usize,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// A part of a file of several breaks the rules of the format.
    Part {
        /// Its name in the file, with the line where there is one.
        part: String,
        /// What is wrong, and what to do.
        problem: String,
    },
    /// There is nothing but white space.
    Empty,
    /// There is neither a label nor a heading between these lines.
    NoTurns { first_line: u32, last_line: u32 },
    /// A correction does not fit the source.
    Correction {
        /// Table of the sidecar.
        table: &'static str,
        /// Line of the source; 0 where the correction names none.
        line: u32,
        /// What does not fit, and what to do.
        problem: String,
    },
}

impl Fault {
    /// A line, from 1, that breaks the rules of the format.
    pub fn at(line: u32, problem: impl Into<String>) -> Fault {
        Fault::Syntax {
            line: line as usize,
            problem: problem.into(),
        }
    }

    /// JSON that begins on line `first` and cannot be read. `expected` is said where it goes on but
    /// is not what the format asks for.
    pub fn json(first: u32, error: &serde_json::Error, expected: &str) -> Fault {
        Fault::Syntax {
            line: first as usize + error.line().saturating_sub(1),
            problem: json_problem(error, expected),
        }
    }
}

impl From<Undecodable> for Fault {
    fn from(undecodable: Undecodable) -> Fault {
        Fault::Undecodable(undecodable)
    }
}

/// What is wrong with JSON and what to do. The library ends its message with the place, which
/// stands before ours.
pub(crate) fn json_problem(error: &serde_json::Error, expected: &str) -> String {
    let text = error.to_string();
    let place = format!(" at line {} column {}", error.line(), error.column());
    let problem = text.strip_suffix(&place).unwrap_or(&text);
    if error.is_eof() {
        format!("{problem}; the file was probably cut off, get it whole")
    } else {
        format!("{problem}; {expected}")
    }
}
