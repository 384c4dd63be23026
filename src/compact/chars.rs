//! The characters of strings, with one function for each way to read them: those of the standard
//! library are compiled anew wherever they are used, and each copy decodes UTF-8.

use turnsearch_text::{is_han, is_space, part};

/// The first character.
pub(crate) fn first(text: &str) -> Option<char> {
    text.chars().next()
}

/// The last character.
pub(crate) fn last(text: &str) -> Option<char> {
    text.chars().next_back()
}

/// The first character of `text`, which begins with one in UTF-8.
///
/// Pinyin is looked for in tens of thousands of names: proving that a string is UTF-8 takes longer
/// than reading it.
pub(crate) fn first_of(text: &[u8]) -> Option<char> {
    let (&lead, rest) = text.split_first()?;
    let (more, bits) = match lead {
        0..0x80 => return Some(char::from(lead)),
        0x80..0xE0 => (1, lead & 0x1F),
        0xE0..0xF0 => (2, lead & 0xF),
        0xF0.. => (3, lead & 0x7),
    };
    let mut point = u32::from(bits);
    for &byte in rest.get(..more)? {
        point = point << 6 | u32::from(byte & 0x3F);
    }
    char::from_u32(point)
}

/// The last character of `text`, which ends with one in UTF-8.
pub(crate) fn last_of(text: &[u8]) -> Option<char> {
    let start = text.iter().rposition(|&byte| !goes_on(byte))?;
    first_of(text.get(start..)?)
}

/// Whether a byte goes on with a character that others began.
fn goes_on(byte: u8) -> bool {
    byte & 0xC0 == 0x80
}

/// Whether there are at least two characters.
pub(crate) fn has_two(text: &str) -> bool {
    text.chars().nth(1).is_some()
}

/// How many characters there are.
pub(crate) fn count(text: &[u8]) -> usize {
    // Every character has one byte that does not go on with another: all bytes are counted, eight
    // at a time, less those whose upper two bits are 1 and 0.
    let (eights, rest) = text.as_chunks();
    let mut count = text.len();
    for &eight in eights {
        let bytes = u64::from_le_bytes(eight);
        let goes_on = (bytes >> 7) & (!bytes >> 6) & 0x0101_0101_0101_0101;
        count -= goes_on.count_ones() as usize;
    }
    count - rest.iter().filter(|&&byte| goes_on(byte)).count()
}

/// Where the first character stands of which `test` is true; the length where there is none.
pub(crate) fn find(text: &str, test: &dyn Fn(char) -> bool) -> usize {
    let mut rest = text.chars();
    loop {
        let at = text.len() - rest.as_str().len();
        if rest.next().is_none_or(test) {
            return at;
        }
    }
}

/// Whether `test` is true of every character.
pub(crate) fn all(text: &str, test: fn(char) -> bool) -> bool {
    find(text, &|c| !test(c)) == text.len()
}

/// Whether there are ideographs only.
pub(crate) fn is_all_han(text: &str) -> bool {
    all(text, is_han)
}

/// `text` without the characters at its beginning of which `test` is true.
pub(crate) fn trim_start(text: &str, test: fn(char) -> bool) -> &str {
    part(text, find(text, &|c| !test(c))..)
}

/// `text` up to the end of the last character of which `test` is true; nothing where there is none.
pub(crate) fn until_last(text: &str, test: fn(char) -> bool) -> &str {
    let mut rest = text.chars();
    loop {
        let until = rest.as_str();
        if rest.next_back().is_none_or(test) {
            return until;
        }
    }
}

/// `text` without white space at its ends.
pub(crate) fn trim(text: &str) -> &str {
    until_last(trim_start(text, is_space), |c| !is_space(c))
}

/// What stands between the characters of which `is_mark` is true; nothing empty.
pub(crate) fn pieces(text: &str, is_mark: fn(char) -> bool) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = trim_start(text, is_mark);
    while !rest.is_empty() {
        let end = find(rest, &is_mark);
        pieces.push(part(rest, ..end));
        rest = trim_start(part(rest, end..), is_mark);
    }
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn read_as_the_standard_library_reads(text in "[ \t　a字é-]{0,8}|.{0,6}") {
            let is_mark = |c| c == '-';
            prop_assert_eq!(first(&text), text.chars().next());
            prop_assert_eq!(last(&text), text.chars().next_back());
            prop_assert_eq!(first_of(text.as_bytes()), first(&text));
            prop_assert_eq!(last_of(text.as_bytes()), last(&text));
            prop_assert_eq!(has_two(&text), text.chars().count() > 1);
            let long = text.repeat(5);
            prop_assert_eq!(count(long.as_bytes()), long.chars().count());
            prop_assert_eq!(find(&text, &is_mark), text.find(is_mark).unwrap_or(text.len()));
            prop_assert_eq!(all(&text, char::is_alphanumeric), text.chars().all(char::is_alphanumeric));
            prop_assert_eq!(is_all_han(&text), text.chars().all(is_han));
            prop_assert_eq!(trim_start(&text, is_mark), text.trim_start_matches(is_mark));
            prop_assert_eq!(until_last(&text, is_mark), text.rfind(is_mark).map_or("", |at| &text[..=at]));
            prop_assert_eq!(trim(&text), text.trim());
            let expected: Vec<&str> = text.split(is_mark).filter(|piece| !piece.is_empty()).collect();
            prop_assert_eq!(pieces(&text, is_mark), expected);
        }
    }
}
