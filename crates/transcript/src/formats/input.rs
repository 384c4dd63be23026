//! The bytes of a source, on their way to a format.

use std::borrow::Cow;
use std::cell::OnceCell;

use crate::encoding::{self, Encoding, Undecodable};

/// A source as it comes in. It is decoded once, when somebody asks for text.
#[derive(Debug)]
pub(crate) struct Input<'b> {
    bytes: &'b [u8],
    encoding: Option<Encoding>,
    is_named: bool,
    text: OnceCell<Cow<'b, str>>,
}

impl<'b> Input<'b> {
    /// Bytes with what is known of them. `is_named`: somebody said which format they are in.
    pub fn new(bytes: &'b [u8], encoding: Option<Encoding>, is_named: bool) -> Self {
        Input {
            bytes,
            encoding,
            is_named,
            text: OnceCell::new(),
        }
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
        if let Some(text) = self.text.get() {
            return Ok(text);
        }
        let text = encoding::decode(self.bytes, self.encoding)?;
        Ok(self.text.get_or_init(|| text))
    }

    /// The bytes of the text, if those of the source are in another encoding.
    pub fn recoded(&self) -> Result<Option<&[u8]>, Undecodable> {
        self.text()?;
        Ok(match self.text.get() {
            Some(Cow::Owned(text)) => Some(text.as_bytes()),
            _ => None,
        })
    }
}
