//! What a check of a tool finds.

/// What a check found.
pub enum State {
    /// The tool is there, in this version.
    Ready(String),
    /// The tool is missing, or not the one that is needed.
    Missing {
        /// What is wrong: nothing found, or another version.
        found: String,
    },
}

/// The first number with dots in what a tool prints about its version.
pub fn version_in(text: &str) -> Option<&str> {
    text.split_whitespace()
        .map(|word| word.trim_start_matches('v'))
        .find(|word| word.starts_with(|first: char| first.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_version_that_a_tool_prints() {
        for (printed, version) in [
            ("v20.20.2", Some("20.20.2")),
            ("wasm-pack 0.15.1", Some("0.15.1")),
            ("wasm-bindgen 0.2.130 (abcdef123)", Some("0.2.130")),
            ("wasm-opt version 132 (version_132)", Some("132")),
            (
                "Chromium 156.0.8078.79 built on Debian",
                Some("156.0.8078.79"),
            ),
            ("no version", None),
            ("", None),
        ] {
            assert_eq!(version_in(printed), version, "{printed:?}");
        }
    }
}
