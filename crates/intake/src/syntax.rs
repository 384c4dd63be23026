//! Mistakes in TOML, with their lines.

use crate::error::ConfigError;
use crate::hint::hint;

/// A TOML error with its line, and for an unknown key the nearest known one.
pub(crate) fn syntax_error(file: &str, text: &str, error: &toml::de::Error) -> ConfigError {
    let message = error.message();
    ConfigError::Syntax {
        file: file.to_owned(),
        line: line_at(text, error.span().map_or(0, |span| span.start)),
        message: unknown_key(message).unwrap_or_else(|| message.to_owned()),
    }
}

/// The line of a byte, from 1.
pub(crate) fn line_at(text: &str, byte: usize) -> usize {
    let before = &text.as_bytes()[..byte.min(text.len())];
    1 + before.iter().filter(|&&byte| byte == b'\n').count()
}

/// The message about an unknown key, with a hint. The library's own names the key and all known
/// ones, in this order, between backticks.
fn unknown_key(message: &str) -> Option<String> {
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    let (key, known) = quoted.split_first()?;
    message
        .starts_with("unknown field")
        .then(|| format!("unknown key `{key}`; {}", hint(key, known)))
}
