//! What a reader may have meant whose query stands nowhere, and what to offer while one types.
//!
//! Begin at [`relax`]. The room replaces what is looked for, always in the open: the plan then has
//! notes that say by which rule it matches and which words were looked for. It knows the words,
//! names and pronunciations of the collection, and must not know how hits are scored or shown.
//!
//! The steps, each only where the one before found nothing:
//!
//! 1. every part must still occur, but a part that occurs nowhere is replaced by words spelt almost
//!    like it (`spelling`), or else by words pronounced like it (`pinyin`, which asks `pronounce`
//!    how letters stand for ideographs): the strictest reading of a slip of the finger (`correct`);
//! 2. the `words` of the query as a ranked OR, runs of ideographs `cut` into words. Corrections
//!    come first because they ask for everything that the reader asked for, and an OR drops parts.
//!
//! `suggest` makes the [`Suggestion`](suggestion::Suggestion)s of the same material.

mod correct;
mod cut;
mod pinyin;
mod pronounce;
mod spelling;
pub(crate) mod suggest;
pub(crate) mod suggestion;
mod words;

use crate::find::matched::Matched;
use crate::find::plan::Plan;
use crate::find::query::Query;
use crate::index::Index;
use crate::index::turn_set::TurnSet;

/// Finds what `query` may have meant, and makes `plan`, the exact plan, which found nothing, the
/// plan of that.
#[inline(never)] // A seam: browsers compile small functions faster.
pub(crate) fn relax(
    query: &Query,
    plan: &mut Plan,
    typing: bool,
    index: &Index,
    allowed: &TurnSet,
) -> (Matched, TurnSet) {
    if let Some((matched, mut turns)) = correct::correct(query, plan, typing, index) {
        turns.intersect(allowed);
        return (matched, turns);
    }
    words::rank_words(query, plan, index);
    let mut turns = words::turns_with_most(plan, index);
    turns.subtract(&plan.excluded);
    turns.intersect(allowed);
    let matched = if turns.is_empty() {
        Matched::Exact
    } else {
        Matched::Words
    };
    (matched, turns)
}
