//! Joining strings and looking into short ones, in a few lines: the standard library does more than
//! search needs, and costs the engine some kilobytes.

/// Whether `part` stands in `text`, a short one; an empty `part` does not.
pub(crate) fn contains(text: &str, part: &str) -> bool {
    let part = part.as_bytes();
    !part.is_empty()
        && text
            .as_bytes()
            .windows(part.len())
            .any(|window| window == part)
}

/// The strings one after the other, with `between` between any two.
pub(crate) fn join(strings: &[&str], between: &str) -> String {
    let mut joined = String::new();
    for (at, string) in strings.iter().enumerate() {
        if at > 0 {
            joined.push_str(between);
        }
        joined.push_str(string);
    }
    joined
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn looks_as_the_standard_library_does(text in "[ab多利]{0,9}", part in "[ab多利]{1,3}") {
            prop_assert_eq!(contains(&text, &part), text.contains(&part));
        }

        #[test]
        fn joins_as_the_standard_library_does(strings: Vec<String>, between: String) {
            let strings: Vec<&str> = strings.iter().map(String::as_str).collect();
            prop_assert_eq!(join(&strings, &between), strings.join(&between));
        }
    }
}
