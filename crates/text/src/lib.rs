//! Folding and tokenizing, shared by build and query.
//!
//! Folding brings every way of writing the same words to one form, so that search is a comparison
//! of bytes: width, case, accents, quotation marks, simplified and traditional characters, and
//! spacing all disappear. Both the builder and the browser call [`fold`] with the same
//! [`FoldTable`]; there is no second implementation that could disagree.
//!
//! ```
//! use turnsearch_text::{FoldTable, fold};
//! let table = FoldTable::default();
//! assert_eq!(fold("新 ＧＴＬＤ", &table), "新gtld");
//! assert_eq!(fold("Domain  Name", &table), "domain name");
//! ```
//!
//! What the table holds depends on the collection: the `build` feature makes it (`table`), a pack
//! carries it, and a searcher reads it back. Characters that no collection could do without (ASCII
//! case, full-width ASCII, blanks, quotation marks, dashes) are folded by rule and need no table.
//! The one thing a rule or a table cannot cover, every accented or styled letter that a reader
//! might type, is left to the platform: [`compatibility_form`] asks the browser, or the
//! `unicode-normalization` crate natively, to take a query apart first.

#![forbid(unsafe_code)]

mod chars;
mod fold;
mod part;
mod pieces;
mod platform;
#[cfg(feature = "build")]
pub mod table;
#[cfg(feature = "build")]
pub mod words;

pub use chars::{is_han, is_ignorable, is_space, is_token};
pub use fold::{
    FoldTable, FoldedText, MAX_QUERY_VARIANTS, Span, fold, fold_query, fold_start_with_spans,
    fold_with_spans, folds_to_itself, query_variants,
};
pub use part::part;
pub use pieces::{FoldedPieces, JoinedText};
pub use platform::{compatibility_form, is_alphabetic, is_alphanumeric};
