//! The bytes of a source, on their way to a format.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::column_names::ColumnNames;
use crate::encoding::{self, Encoding, Undecodable};

/// A source as it comes in. It is decoded once, when somebody asks for text.
#[derive(Debug)]
pub(crate) struct Input<'b> {
    bytes: &'b [u8],
    encoding: Option<Encoding>,
    is_named: bool,
    columns: &'b ColumnNames,
    text: OnceCell<(Cow<'b, str>, Encoding)>,
}

impl<'b> Input<'b> {
    /// Bytes with what is known of them. `is_named`: somebody said which format they are in.
    pub fn new(bytes: &'b [u8], encoding: Option<Encoding>, is_named: bool) -> Self {
        Input {
            bytes,
            encoding,
            is_named,
            columns: &ColumnNames::NONE,
            text: OnceCell::new(),
        }
    }

    /// The same with the columns that somebody named, for tables.
    pub fn with_columns(self, columns: &'b ColumnNames) -> Self {
        Input { columns, ..self }
    }

    /// The columns that somebody named.
    pub fn columns(&self) -> &ColumnNames {
        self.columns
    }

    /// The bytes, without a byte order mark.
    pub fn bytes(&self) -> &'b [u8] {
        encoding::without_mark(self.bytes)
    }

    /// Whether somebody said which format it is, so that nothing is to be guessed.
    pub fn is_named(&self) -> bool {
        self.is_named
    }

    /// The text, without a byte order mark.
    pub fn text(&self) -> Result<&str, Undecodable> {
        if let Some((text, _)) = self.text.get() {
            return Ok(text);
        }
        let decoded = encoding::decode(self.bytes, self.encoding)?;
        Ok(&self.text.get_or_init(|| decoded).0)
    }

    /// The encoding in which the text was read; none where nobody asked for text.
    pub fn encoding(&self) -> Option<Encoding> {
        self.text.get().map(|(_, encoding)| *encoding)
    }

    /// The bytes of the text, if those of the source are in another encoding.
    pub fn recoded(&self) -> Result<Option<&[u8]>, Undecodable> {
        self.text()?;
        Ok(match self.text.get() {
            Some((Cow::Owned(text), _)) => Some(text.as_bytes()),
            _ => None,
        })
    }
}
