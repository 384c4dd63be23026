//! Which media type a file has.

/// Endings, the types that browsers expect for them, and whether compressing such a file pays.
const TYPES: [(&str, &str, bool); 18] = [
    ("css", "text/css; charset=utf-8", true),
    ("html", "text/html; charset=utf-8", true),
    ("ico", "image/x-icon", true),
    ("jpg", "image/jpeg", false),
    ("js", "text/javascript; charset=utf-8", true),
    ("json", "application/json", true),
    ("map", "application/json", true),
    ("md", "text/markdown; charset=utf-8", true),
    ("mjs", "text/javascript; charset=utf-8", true),
    ("png", "image/png", false),
    ("svg", "image/svg+xml", true),
    // Types are for tools; no page fetches them.
    ("ts", UNKNOWN, false),
    ("turns", UNKNOWN, true),
    ("txt", "text/plain; charset=utf-8", true),
    ("wasm", "application/wasm", true),
    ("webmanifest", "application/manifest+json", true),
    ("webp", "image/webp", false),
    ("woff2", "font/woff2", false),
];

/// Bytes of which nothing is known.
const UNKNOWN: &str = "application/octet-stream";

/// The value of `Content-Type` for a file of this name.
pub fn media_type(name: &str) -> &'static str {
    entry(name).map_or(UNKNOWN, |(_, media_type, _)| media_type)
}

/// Whether compression may make a file of this name smaller; of unknown ones, only trying tells.
pub fn is_compressible(name: &str) -> bool {
    entry(name).is_none_or(|(_, _, compressible)| compressible)
}

fn entry(name: &str) -> Option<(&'static str, &'static str, bool)> {
    let (_, ending) = name.rsplit_once('.')?;
    TYPES
        .into_iter()
        .find(|(known, _, _)| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_the_types_that_browsers_insist_on() {
        for (name, expected) in [
            ("engine_bg.wasm", "application/wasm"),
            ("turnsearch.js", "text/javascript; charset=utf-8"),
            ("i18n/zh-Hans.mjs", "text/javascript; charset=utf-8"),
            ("demo.css", "text/css; charset=utf-8"),
            ("INDEX.HTML", "text/html; charset=utf-8"),
            ("archive.turns", "application/octet-stream"),
            ("engine.js.br", "application/octet-stream"),
            ("LICENSE", "application/octet-stream"),
        ] {
            assert_eq!(media_type(name), expected, "{name}");
        }
    }

    #[test]
    fn pictures_and_fonts_are_compressed_already() {
        assert!(is_compressible("engine_bg.wasm"));
        assert!(!is_compressible("page.png"));
        assert!(is_compressible("unknown.bin"));
    }
}
