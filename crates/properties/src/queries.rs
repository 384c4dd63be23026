//! Queries taken apart.

use turnsearch::{MAX_PARTS, MAX_QUERY_BYTES, Query};

/// Anything typed is a query: bounded in parts and length, every part a piece of what was typed.
pub fn query(typed: &str) {
    let query = Query::parse(typed);
    let alternatives = query.clauses.iter().map(Vec::len).sum::<usize>();
    let parts = alternatives + query.excluded.len() + query.filters.len();
    assert!(parts <= MAX_PARTS, "{parts} parts in {typed:?}");
    assert!(query.clauses.iter().all(|clause| !clause.is_empty()));

    let texts = query.clauses.iter().flatten().chain(&query.excluded);
    let values = query.filters.iter().map(|(_, value)| value);
    for text in texts.map(|part| &part.text).chain(values) {
        assert!(!text.is_empty(), "an empty part in {typed:?}");
        assert!(typed.contains(text.as_str()), "{text:?} of {typed:?}");
        assert!(text.len() <= MAX_QUERY_BYTES);
    }
    if typed.trim().is_empty() {
        assert!(query.is_empty());
    }
}
