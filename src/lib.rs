//! Search over meeting transcripts inside a web page.
//!
//! A pack (crate `turnsearch-pack`) is opened by a [`Searcher`], which answers [`Request`]s with
//! turns: who said what, in which meeting, with the matches marked. The same code runs in the
//! browser, compiled to WebAssembly, and natively behind the `turnsearch` command.
//!
//! The flow through the modules, each knowing only the ones before it: `query` takes apart what
//! was typed, `plan` finds its parts in the `corpus` (the folded texts, in which a `finder` looks for strings; `signatures`
//! say which of their blocks to look at, `recent` what was found before) and in the `names` of `people` and meetings,
//! `relax` replaces what does not occur (`spelling`, `pronounce`), `rank` orders, `facets` counts,
//! `snippet` shows, `suggest` offers. `searcher` is the whole; the crate `turnsearch-engine` hands it
//! to the page.

#![forbid(unsafe_code)]

mod chars;
mod corpus;
mod facets;
mod finder;
mod labels;
mod names;
mod order;
mod people;
mod plan;
mod pronounce;
mod query;
mod rank;
mod recent;
mod relax;
mod request;
mod searcher;
mod signatures;
mod snippet;
mod spelling;
mod strings;
mod suggest;
mod turn_set;
mod word_edges;

pub use query::{FilterKey, MAX_PARTS, MAX_QUERY_BYTES, Part, Query};
pub use request::{
    Answer, Dispersion, Facets, Filter, Hit, Matched, Note, NoteKind, Request, Snippet, Sort,
    Suggestion, SuggestionKind,
};
pub use searcher::{Found, Searcher};
pub use turnsearch_pack::PackError;

/// The pack of `seeds/`, as the build script compiled it.
#[cfg(feature = "seeds")]
pub const SEEDS_PACK: &[u8; include_bytes!(concat!(env!("OUT_DIR"), "/seeds.turns")).len()] =
    include_bytes!(concat!(env!("OUT_DIR"), "/seeds.turns"));
