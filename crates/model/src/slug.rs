//! Names that can stand in an address.

/// Letters and digits of the name of a source, in lower case, without its ending, separated by `-`;
/// `meeting` where there are none.
pub fn slug(source: &str) -> String {
    let stem = match source.rsplit_once('.') {
        Some((stem, ending)) if !ending.contains(['/', '\\']) => stem,
        _ => source,
    };
    let words: Vec<String> = stem
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect();
    if words.is_empty() {
        "meeting".to_owned()
    } else {
        words.join("-")
    }
}

#[cfg(test)]
mod tests {
    use super::slug;

    #[test]
    fn a_slug_has_the_letters_and_digits_of_the_name() {
        for (source, expected) in [
            ("Week One.txt", "week-one"),
            ("2021/week.one.vtt", "2021-week-one"),
            ("v1.2/notes", "v1-2-notes"),
            ("理事會 第3次.txt", "理事會-第3次"),
            ("…", "meeting"),
            (".txt", "meeting"),
        ] {
            assert_eq!(slug(source), expected, "{source}");
        }
    }
}
