//! How signatures are looked for in bytes that may be text.

use memchr::memmem;
use quick_xml::Reader;
use quick_xml::events::Event;

/// The bytes from the first character on that is not blank.
pub(crate) fn start(mut bytes: &[u8]) -> &[u8] {
    while let Some(c) = first(bytes).filter(|c| c.is_whitespace()) {
        bytes = &bytes[c.len_utf8()..];
    }
    bytes
}

/// The first character, if the bytes begin with one.
fn first(bytes: &[u8]) -> Option<char> {
    bytes
        .get(..4)
        .unwrap_or(bytes)
        .utf8_chunks()
        .next()?
        .valid()
        .chars()
        .next()
}

/// The lines that are text, up to the first that is not.
pub(crate) fn lines(bytes: &[u8]) -> impl Iterator<Item = &str> {
    bytes
        .split(|&byte| byte == b'\n')
        .map_while(|line| std::str::from_utf8(line).ok())
}

/// Whether the bytes hold this text.
pub(crate) fn holds(bytes: &[u8], text: &str) -> bool {
    memmem::find(bytes, text.as_bytes()).is_some()
}

/// Whether the bytes are XML whose outermost element has one of these names, prefix aside.
pub(crate) fn is_xml(bytes: &[u8], names: &[&str]) -> bool {
    if bytes.first() != Some(&b'<') {
        return false;
    }
    let mut reader = Reader::from_reader(bytes);
    loop {
        match reader.read_event() {
            Ok(Event::Start(start) | Event::Empty(start)) => {
                return names.contains(&start.local_name().into_inner());
            }
            Ok(Event::Eof) | Err(_) => return false,
            Ok(_) => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_of_every_kind_are_passed_over() {
        assert_eq!(start("\u{3000}\n\u{a0}<a>".as_bytes()), b"<a>");
        assert_eq!(start(b" \xff"), b"\xff");
        assert_eq!(start(b" "), b"");
    }

    #[test]
    fn the_outermost_element_is_found_after_declarations_and_comments() {
        let text = "<?xml version='1.0'?><!-- a --><!DOCTYPE a [<!ENTITY b 'c'>]><x:TEI xmlns:x='y'>\u{e4}";
        assert!(is_xml(text.as_bytes(), &["TEI"]));
        assert!(!is_xml(text.as_bytes(), &["b"]) && !is_xml(b"TEI", &["TEI"]));
    }
}
