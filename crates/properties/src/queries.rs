//! Queries taken apart.

use turnsearch::{MAX_PARTS, MAX_QUERY_BYTES, Query};

/// Anything typed is a query: bounded in parts and length, every part a piece of what was typed.
pub fn query(typed: &str) {
    let query = Query::parse(typed);
    let parts = query.parts.len() + query.filters.len();
    assert!(parts <= MAX_PARTS, "{parts} parts in {typed:?}");
    assert!(query.parts.first().is_none_or(|part| !part.alternative));

    let texts = query.parts.iter().map(|part| &part.text);
    let values = query.filters.iter().map(|(_, value)| value);
    for text in texts.chain(values) {
        assert!(!text.is_empty(), "an empty part in {typed:?}");
        assert!(typed.contains(text.as_str()), "{text:?} of {typed:?}");
        assert!(text.len() <= MAX_QUERY_BYTES);
    }
    if typed.trim().is_empty() {
        assert!(query.is_empty());
    }
}
