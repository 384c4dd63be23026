//! The searcher: a pack that was opened and is ready to answer.

use std::borrow::Cow;
use std::ops::Range;

use turnsearch_model::{MeetingId, SpeakerId, TurnId};
use turnsearch_pack::{Pack, PackError};
use turnsearch_text::fold_query;

use crate::compact::chars;
use crate::find::filter::Filter;
use crate::find::found::Found;
use crate::find::matched::Matched;
use crate::find::planner;
use crate::find::query::{Query, shortened};
use crate::find::question::is_question;
use crate::find::request::{Request, Sort};
use crate::find::restrictions::allowed;
use crate::index::Index;
use crate::relax;
use crate::relax::suggest;
use crate::relax::suggestion::Suggestion;
use crate::show::answer::{Answer, Hit};
use crate::show::dispersion::{self, Dispersion};
use crate::show::facets;
use crate::show::kwic::{self, Kwic};
use crate::show::score::Scorer;
use crate::show::snippet::{self, Snippet};
use crate::show::sorting;

/// Answers queries over one pack. Everything is in memory; no search changes an answer.
///
/// [`search`](Self::search) is the whole way from a request to an answer. A page that shows more of
/// what it found, or filters it, keeps what [`find`](Self::find) returned.
///
/// # Threads
///
/// A searcher is [`Send`] but not [`Sync`], and so is [`Found`]: what was found lately is kept in
/// cells without a lock, since a web page has one thread and a lock would cost every reader of one.
/// To search from several threads, give each a [`Clone`], which copies the texts, or keep one
/// behind a `Mutex`.
///
/// ```
/// fn moves<T: Send>() {}
/// moves::<turnsearch::Searcher>();
/// moves::<turnsearch::Found>();
/// ```
///
/// ```compile_fail,E0277
/// fn is_shared<T: Sync>() {}
/// is_shared::<turnsearch::Searcher>();
/// ```
#[derive(Debug, Clone)]
pub struct Searcher {
    index: Index,
}

impl Searcher {
    /// Opens a pack: checks it, decodes its texts once, folds them and its events.
    ///
    /// # Errors
    /// Whatever [`Pack::open`] finds wrong.
    pub fn open(pack: Vec<u8>) -> Result<Self, PackError> {
        Ok(Self {
            index: Index::open(pack)?,
        })
    }

    /// The pack.
    pub fn pack(&self) -> &Pack {
        &self.index.pack
    }

    /// The speakers whom `name` means: by full name or alias if there is one, else by a part of a
    /// name.
    pub fn speakers_called(&self, name: &str) -> Vec<SpeakerId> {
        self.index
            .people
            .meant_by(&fold_query(name, self.index.fold_table()))
    }

    /// The meetings whose title, event, date, place, slug or source has `name` in it.
    pub fn meetings_called(&self, name: &str) -> Vec<MeetingId> {
        let folded = fold_query(name, self.index.fold_table());
        self.index.meetings_named(&folded)
    }

    /// How many characters `turn` has once it is folded: a measure of how much was said. 0 for a
    /// turn that is not there.
    pub fn folded_characters(&self, turn: TurnId) -> u32 {
        if turn.0 >= self.index.turns() {
            return 0;
        }
        let corpus = &self.index.corpus;
        let turn = corpus
            .bytes_from(corpus.turn_range(turn).start)
            .get(..corpus.turn_length(turn));
        chars::count(turn.unwrap_or_default()) as u32
    }

    /// Answers `request`.
    pub fn search(&self, request: &Request) -> Answer<'static> {
        self.answer(&self.find(&request.query, request.typing), request)
            .into_owned()
    }

    /// Answers `request` and says of each hit what its score is made of.
    pub fn explain(&self, request: &Request) -> Answer<'static> {
        let found = self.find(&request.query, request.typing);
        let mut answer = self.answer(&found, request);
        let scorer = Scorer::new(&self.index, &found);
        for hit in &mut answer.hits {
            hit.explanation = scorer.explanation(hit.turn);
        }
        answer.into_owned()
    }

    /// One page of what was `found`: filters, order, limit and offset are those of `request`, whose
    /// query is not looked at again.
    #[inline(never)] // A seam: browsers compile small functions faster.
    pub fn answer<'f>(&self, found: &'f Found, request: &Request) -> Answer<'f> {
        let index = &self.index;
        let filtered = facets::filter(index, found, &request.filter);
        let scorer = Scorer::new(index, found);
        let wanted = request.offset.saturating_add(request.limit);
        let order = match request.sort {
            Sort::Relevance => scorer.best(&filtered.turns, wanted),
            Sort::Time => sorting::by_time(&filtered.turns, wanted),
            Sort::Meeting => sorting::by_meeting(index, &filtered.turns, wanted),
        };
        let mut hits = Vec::new();
        for &turn in order.get(request.offset..).unwrap_or_default() {
            hits.push(Hit {
                turn,
                score: scorer.score(turn),
                snippet: snippet::snippet(index, turn, &found.plan, false),
                explanation: Vec::new(),
            });
        }
        Answer {
            total: filtered.turns.len(),
            matched: found.matched,
            hits,
            facets: filtered.facets,
            notes: Cow::Borrowed(&found.plan.notes),
        }
    }

    /// Where in the meetings the matches of what was `found` lie, `filter` applied.
    pub fn dispersion(&self, found: &Found, filter: &Filter) -> Vec<Dispersion> {
        let filtered = facets::filter(&self.index, found, filter);
        dispersion::dispersion(&self.index, &found.plan, &filtered.turns)
    }

    /// The whole text of `turn` with all of its events, and the places in them that match; nothing
    /// for a turn that is not there.
    pub fn whole(&self, found: &Found, turn: TurnId) -> Snippet {
        if turn.0 >= self.index.turns() {
            return Snippet::default();
        }
        snippet::snippet(&self.index, turn, &found.plan, true)
    }

    /// The places in `turn` that match: the [`marks`](Snippet::marks) of all of it.
    pub fn marks(&self, found: &Found, turn: TurnId) -> Vec<Range<usize>> {
        self.whole(found, turn).marks
    }

    /// Lines with the matches of `request` in the middle and `width` characters on either side, in
    /// the order of the collection.
    pub fn kwic(&self, request: &Request, width: usize) -> Vec<Kwic> {
        let found = self.find(&request.query, request.typing);
        let filtered = facets::filter(&self.index, &found, &request.filter);
        let lines = filtered
            .turns
            .iter()
            .flat_map(|turn| kwic::kwic(&self.index, turn, &found.plan, width));
        lines.skip(request.offset).take(request.limit).collect()
    }

    /// Up to `limit` things that `typed` may be the beginning of.
    pub fn suggest(&self, typed: &str, limit: usize) -> Vec<Suggestion> {
        suggest::suggest(&self.index, shortened(typed), limit)
    }

    /// The turns that answer `query`. While a reader is `typing`, the last word also matches as a
    /// beginning.
    pub fn find(&self, query: &str, typing: bool) -> Found {
        let index = &self.index;
        let parsed = Query::parse(query);
        let allowed = allowed(&parsed, index);
        let mut plan = planner::exact(&parsed, typing, index);
        // Where nothing was asked for, everything that the filters let through is the answer.
        let asked = !plan.terms.is_empty();
        let unasked = !asked && parsed.filters.is_empty();
        let mut matched = Matched::Exact;
        let mut turns = plan.turns_with_all(index);
        if asked && turns.is_empty() {
            (matched, turns) = relax::relax(&parsed, &mut plan, typing, index, &allowed);
        }
        turns.intersect(&allowed);
        Found {
            question: is_question(shortened(query)),
            plan,
            matched,
            turns,
            unasked,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Fails to compile, rather than to run, where one of them holds what is bound to its thread.
    #[test]
    fn searchers_and_what_they_found_move_between_threads() {
        fn moves<T: Send + 'static>() {}
        moves::<Searcher>();
        moves::<Found>();
        moves::<Answer<'static>>();
    }
}
