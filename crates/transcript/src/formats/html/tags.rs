//! Tags that nobody writes.

use memchr::{memchr, memmem};

use crate::fault::Fault;

/// A tag with more blanks and slashes than this between its attributes is none that anybody wrote,
/// and comparing its attributes with each other would take forever.
const MAX_SEPARATORS: usize = 2_000;

/// Refuses a page with a tag that has too many attributes.
pub(super) fn check(text: &str) -> Result<(), Fault> {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(found) = bytes.get(at..).and_then(|rest| memchr(b'<', rest)) {
        let start = at + found;
        at = start + 1;
        if !bytes
            .get(at)
            .is_some_and(|byte| byte.is_ascii_alphabetic() || *byte == b'/')
        {
            continue;
        }
        let Some(end) = end_of(&bytes[at..]) else {
            let line = 1 + bytes[..start].iter().filter(|&&byte| byte == b'\n').count();
            return Err(Fault::Syntax {
                line,
                problem: format!(
                    "a tag with more than {MAX_SEPARATORS} attributes begins here; is this a page \
                     that somebody wrote?"
                ),
            });
        };
        let tag = &bytes[at..at + end];
        at += end;
        for name in ["script", "style"] {
            let opens = tag.get(..name.len());
            if opens.is_some_and(|opens| opens.eq_ignore_ascii_case(name.as_bytes())) {
                // What stands in it is no markup.
                let close = memmem::find(&bytes[at..], b"</");
                at += close.unwrap_or(0);
            }
        }
    }
    Ok(())
}

/// Where a tag ends; nothing if it has too many attributes.
fn end_of(bytes: &[u8]) -> Option<usize> {
    let (mut separators, mut quote, mut before) = (0, None, b' ');
    for (at, &byte) in bytes.iter().enumerate() {
        match (quote, byte) {
            (Some(open), _) => {
                if open == byte {
                    quote = None;
                }
            }
            (None, b'>') => return Some(at),
            (None, b'"' | b'\'') if before == b'=' => quote = Some(byte),
            (None, b'"' | b'\'' | b'/' | b'=') => separators += 1,
            (None, _) if byte.is_ascii_whitespace() => separators += 1,
            (None, _) => {}
        }
        if separators > MAX_SEPARATORS {
            return None;
        }
        if !byte.is_ascii_whitespace() {
            before = byte;
        }
    }
    Some(bytes.len())
}
