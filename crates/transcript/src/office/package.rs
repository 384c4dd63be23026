//! The archive: parts by name, unpacked within limits.

use std::io::{Cursor, Read};

use zip::ZipArchive;
use zip::result::ZipError;

use crate::encoding::{self, Encoding};
use crate::fault::Fault;

/// All parts of a file unpack to no more than one source may have.
const MAX_UNPACKED: u64 = 256 * 1024 * 1024;
/// A part that grows by more than this when it is unpacked is a bomb,
const MAX_RATIO: u64 = 200;
/// unless it is smaller than this.
const SMALL: u64 = 16 * 1024 * 1024;
/// How files of Word and others begin that are encrypted or older than these formats.
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0";

/// An archive.
#[derive(Debug)]
pub(crate) struct Package<'b> {
    archive: ZipArchive<Cursor<&'b [u8]>>,
    /// Bytes that may still be unpacked.
    left: u64,
}

impl<'b> Package<'b> {
    /// Opens an archive. `kind` is what the file is called in messages.
    pub fn open(bytes: &'b [u8], kind: &str) -> Result<Package<'b>, Fault> {
        let wrong = |problem: String| Fault::Part {
            part: "archive".to_owned(),
            problem,
        };
        if bytes.starts_with(COMPOUND) {
            return Err(wrong(format!(
                "it is locked with a password, or in the format of before 2007; save it as {kind} \
                 without a password"
            )));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| {
            wrong(format!(
                "this is no whole {kind} file ({error}); get it again, it was probably cut off"
            ))
        })?;
        Ok(Package {
            archive,
            left: MAX_UNPACKED,
        })
    }

    /// The text of a part, if there is one of this name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Fault> {
        let wrong = |problem: String| Fault::Part {
            part: name.to_owned(),
            problem,
        };
        let file = match self.archive.by_name(name) {
            Ok(file) => file,
            Err(ZipError::FileNotFound) => return Ok(None),
            Err(error) => {
                return Err(wrong(format!(
                    "cannot be unpacked ({error}); save the file anew, without a password"
                )));
            }
        };
        let packed = file.compressed_size();
        let limit = self.left.min(SMALL.max(packed.saturating_mul(MAX_RATIO)));
        let mut bytes = Vec::new();
        let read = file.take(limit + 1).read_to_end(&mut bytes);
        let length = bytes.len() as u64;
        if length > limit {
            return Err(wrong(format!(
                "unpacks from {packed} bytes to more than {limit}, so it is not read; split the \
                 file, or save its text"
            )));
        }
        read.map_err(|error| {
            wrong(format!(
                "is damaged ({error}); get the file again, it was probably cut off"
            ))
        })?;
        self.left -= length;
        // Without a mark of UTF-16, XML that says nothing else is UTF-8.
        let is_marked = matches!(bytes[..], [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        let given = (!is_marked).then_some(Encoding::Utf8);
        let (text, _) = encoding::decode(&bytes, given).map_err(|undecodable| {
            wrong(format!(
                "is not {} on line {}; save the file anew",
                undecodable.encoding, undecodable.line
            ))
        })?;
        Ok(Some(text.into_owned()))
    }
}
