//! What must hold for any input, each property once.
//!
//! A property is a function that takes an input and panics, with the input's part that matters,
//! where the promise is broken. Two programs call it: the targets in `fuzz/`, which search for such
//! an input with the coverage of the code as their guide, and the tests of this crate, which draw
//! random inputs and repeat every input that fuzzing ever found (`fuzz/regressions`). So a promise
//! cannot mean one thing here and another there.
//!
//! Nothing that is shipped depends on this crate.

#![forbid(unsafe_code)]

mod answers;
mod collections;
mod folding;
mod packs;
mod queries;
mod transcripts;

pub use answers::{assert_answers, assert_ranges};
pub use collections::{collection_of, samples};
pub use folding::folding;
pub use packs::{any_pack, forged_pack};
pub use queries::query;
pub use transcripts::{transcript, word};

use turnsearch::Searcher;

/// A property of texts for an input of bytes: bytes that are no text are no case.
pub fn of_text(bytes: &[u8], property: impl Fn(&str)) {
    if let Ok(text) = std::str::from_utf8(bytes) {
        property(text);
    }
}

/// Any query over any texts: the answers are sound. `input` is the query on the first line, then
/// the texts as [`collection_of`] takes them.
pub fn search(input: &str) {
    let (query, texts) = input.split_once('\n').unwrap_or((input, ""));
    let Ok(pack) = turnsearch_pack::write(&collection_of(texts)) else {
        return;
    };
    match Searcher::open(pack) {
        Ok(searcher) => assert_answers(&searcher, query),
        Err(error) => unreachable!("the writer made a pack that does not open: {error}"),
    }
}
