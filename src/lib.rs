//! Search over meeting transcripts inside a web page.
//!
//! A pack (crate `turnsearch-pack`) is opened by a [`Searcher`], which answers [`Request`]s with
//! turns: who said what, in which meeting, with the matches marked. The same code runs in the
//! browser, compiled to WebAssembly, and natively behind the `turnsearch` command.
//!
//! The flow through the modules, each knowing only the ones before it: `query` takes apart what
//! was typed, `plan` finds its parts in the `corpus` (the folded texts), `relax` replaces what does
//! not occur (`spelling`, `pronounce`), `rank` orders, `facets` counts, `snippet` shows, `suggest`
//! offers. `searcher` is the whole; `wasm` hands it to the page.

mod corpus;
mod facets;
mod order;
mod people;
mod plan;
mod pronounce;
mod query;
mod rank;
mod relax;
mod request;
mod searcher;
mod snippet;
mod spelling;
mod strings;
mod suggest;
mod turn_set;
#[cfg(target_arch = "wasm32")]
mod wasm;

pub use query::{Clause, Field, MAX_PARTS, MAX_QUERY_BYTES, Part, Query};
pub use request::{
    Answer, Dispersion, Facets, Filter, Hit, Matched, Note, NoteKind, Request, Snippet, Sort,
    Suggestion, SuggestionKind,
};
pub use searcher::Searcher;
pub use turnsearch_pack::PackError;

/// The pack of `seeds/`, as the build script compiled it. The linker puts it into a custom section of its own,
/// so that a page can hand it to the engine, or an engine with another pack can be made without a
/// compiler.
///
/// Public, and not `#[used]`: so it is kept, but only there and not a second time in the data.
#[cfg(all(target_arch = "wasm32", feature = "seeds"))]
#[allow(unsafe_code)] // Naming a link section is the one way to make a custom section; it runs nothing.
#[unsafe(link_section = "turnsearch.pack")]
pub static SEEDS_PACK: [u8; include_bytes!(concat!(env!("OUT_DIR"), "/seeds.turns")).len()] =
    *include_bytes!(concat!(env!("OUT_DIR"), "/seeds.turns"));
