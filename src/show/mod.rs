//! From the turns that were found to one page of them: which come first, and what is seen of each.
//!
//! Begin at [`Scorer::best`](score::Scorer::best), which ranks, and at
//! [`snippet::snippet`], which chooses the part of a turn that is shown. `facets` filters and
//! counts, `sorting` has the orders that need no score, `dispersion` and `kwic` are other views of
//! the same matches, and `answer` is what a page is made of.
//!
//! The room takes the turns as they are: it must not look for anything, add a turn or drop one but
//! by the reader's filter.

pub(crate) mod answer;
pub(crate) mod dispersion;
pub(crate) mod facets;
pub(crate) mod kwic;
pub(crate) mod marks;
mod ruler;
pub(crate) mod score;
pub(crate) mod snippet;
pub(crate) mod sorting;
