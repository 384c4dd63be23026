//! From a query to the turns that have everything it asks for, exactly as it was typed.
//!
//! Begin at [`planner::exact`]: it folds the parts of a `query`, joins what belongs together, and
//! looks each `term` up in the index; the `plan` it makes says where every term stands, and
//! [`Found`](found::Found) which turns answer. `restrictions` are the filters written in the query,
//! `filter` is what the reader chose beside it.
//!
//! The room must not guess: a term that stands nowhere stays so, for `relax` to replace. It knows
//! neither scores nor displayed texts.

pub(crate) mod filter;
pub(crate) mod found;
pub(crate) mod matched;
pub(crate) mod note;
pub(crate) mod plan;
pub(crate) mod planner;
pub(crate) mod query;
pub(crate) mod question;
pub(crate) mod rarity;
pub(crate) mod request;
pub(crate) mod restrictions;
pub(crate) mod term;
