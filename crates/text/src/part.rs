//! Parts of texts.

use std::slice::SliceIndex;

/// The part of `text` in `range`; nothing where there is no such part, because it ends outside or
/// inside a character.
///
/// In place of an index, which stops the engine with a message that quotes the text: what makes
/// that message costs 4 kB.
pub fn part(text: &str, range: impl SliceIndex<str, Output = str>) -> &str {
    text.get(range).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::part;

    #[test]
    fn what_is_no_part_is_empty() {
        assert_eq!(part("多利", 3..), "利");
        assert_eq!(part("多利", ..6), "多利");
        assert_eq!((part("多利", 1..3), part("多利", 7..)), ("", ""));
    }
}
