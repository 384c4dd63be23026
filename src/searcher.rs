//! The searcher: a pack that was opened and is ready to answer.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;

use turnsearch_model::Field;
use turnsearch_pack::{Pack, PackError};
use turnsearch_text::{FoldTable, fold};

use crate::chars::{self, pieces};
use crate::corpus::Corpus;
use crate::facets;
use crate::labels::Labels;
use crate::names::Names;
use crate::people::People;
use crate::plan::{self, Plan};
use crate::query::{FilterKey, Query, shortened};
use crate::rank;
use crate::relax;
use crate::request::{Answer, Dispersion, Filter, Hit, Matched, Request, Sort, Suggestion};
use crate::snippet;
use crate::suggest;
use crate::turn_set::TurnSet;
use crate::word_edges::{self, WordEdges};

/// Answers queries over one pack. Everything is in memory; nothing is changed by a search.
///
/// [`search`](Self::search) is the whole way from a request to an answer. A page that shows more of
/// what it found, or filters it, keeps what [`find`](Self::find) gave.
#[derive(Debug, Clone)]
pub struct Searcher {
    index: Index,
}

/// By what a query may name a meeting, besides its slug and source.
const NAMES_OF_MEETING: [Field; 6] = [
    Field::Title,
    Field::Event,
    Field::Date,
    Field::Time,
    Field::Zone,
    Field::Place,
];

/// What the stages of a search look things up in.
#[derive(Debug, Clone)]
pub(crate) struct Index {
    pub pack: Pack,
    pub corpus: Corpus,
    pub people: People,
    /// For each turn its meeting.
    meeting_of_turn: Vec<u32>,
    /// For each meeting its names, folded, a line each.
    pub meeting_names: Names,
    labels: OnceCell<Labels>,
    word_edges: WordEdges,
}

impl Index {
    pub(crate) fn turns(&self) -> u32 {
        self.corpus.turns()
    }

    pub(crate) fn meeting_of(&self, turn: u32) -> u32 {
        let meeting = self.meeting_of_turn.get(turn as usize);
        meeting.copied().unwrap_or_default()
    }

    /// The turns of the meeting with this number.
    pub(crate) fn turns_of_meeting(&self, meeting: u32) -> Range<u32> {
        match self.pack.collection().meetings.get(meeting as usize) {
            Some(meeting) => meeting.first_turn..meeting.first_turn + meeting.turns,
            None => 0..0,
        }
    }

    pub(crate) fn speaker_of(&self, turn: u32) -> Option<u32> {
        let speaker = self.pack.collection().turn_speakers.get(turn as usize);
        speaker.copied().flatten()
    }

    pub(crate) fn turns_of_speaker(&self, speaker: u32) -> TurnSet {
        let mut turns = TurnSet::none(self.turns());
        for (turn, of) in (0..).zip(&self.pack.collection().turn_speakers) {
            if *of == Some(speaker) {
                turns.insert(turn);
            }
        }
        turns
    }

    pub(crate) fn fold_table(&self) -> &FoldTable {
        self.pack.fold_table()
    }

    /// The names and key phrases that a reader may mean.
    pub(crate) fn labels(&self) -> &Labels {
        self.labels.get_or_init(|| Labels::of(&self.pack))
    }

    /// Whether a word of two ideographs reaches over the start or the end of the corpus range
    /// `start..end`, so that it cuts a word there.
    pub(crate) fn inside_word(&self, start: usize, end: usize) -> bool {
        self.cuts_word(start) || self.cuts_word(end)
    }

    fn cuts_word(&self, at: usize) -> bool {
        // Nearly all ideographs have three bytes.
        if let Some(pair @ [0xE0..0xF0, _, _, 0xE0..0xF0, _, _]) = self.corpus.around(at) {
            return self.word_edges.is_word(*pair, &self.pack);
        }
        let (Some(left), Some(right)) = self.corpus.beside(at) else {
            return false;
        };
        word_edges::is_word(&String::from_iter([left, right]), &self.pack)
    }
}

impl Searcher {
    /// Opens a pack: checks it, decodes its texts once, folds them.
    ///
    /// # Errors
    /// Whatever [`Pack::open`] finds wrong.
    pub fn open(pack: Vec<u8>) -> Result<Self, PackError> {
        let mut corpus = Corpus::default();
        let pack = Pack::open(
            pack,
            Some(&mut |folded, to_come| corpus.push(folded, to_come)),
        )?;
        let people = People::of(&pack);
        let mut meeting_of_turn = Vec::with_capacity(corpus.turns() as usize);
        let mut meeting_names = Names::default();
        for (number, meeting) in (0..).zip(&pack.collection().meetings) {
            for _ in 0..meeting.turns {
                meeting_of_turn.push(number);
            }
            let mut names = String::new();
            let mut add = |name: &str| {
                names.push_str(&fold(name, pack.fold_table()));
                names.push('\n');
            };
            for field in NAMES_OF_MEETING {
                if let Some(name) = meeting.meta.get(field) {
                    add(name);
                }
            }
            add(&meeting.slug);
            add(&meeting.source);
            meeting_names.push(&names);
        }
        Ok(Self {
            index: Index {
                pack,
                corpus,
                people,
                meeting_of_turn,
                meeting_names,
                labels: OnceCell::new(),
                word_edges: WordEdges::default(),
            },
        })
    }

    /// What the stages look things up in; for their tests.
    #[cfg(test)]
    pub(crate) fn index(&self) -> &Index {
        &self.index
    }

    /// The pack.
    pub fn pack(&self) -> &Pack {
        &self.index.pack
    }

    /// The speakers whom `name` means: by full name or alias if there is one, else by a part of a name.
    pub fn speakers_called(&self, name: &str) -> Vec<u32> {
        self.index
            .people
            .meant_by(&turnsearch_text::fold_query(name, self.index.fold_table()))
    }

    /// The meetings whose title, event, date, place, slug or source has `name` in it.
    pub fn meetings_called(&self, name: &str) -> Vec<u32> {
        let folded = turnsearch_text::fold_query(name, self.index.fold_table());
        self.index.meeting_names.with(&folded)
    }

    /// How many characters `turn` has once it is folded: a measure of how much was said. 0 for a turn
    /// that is not there.
    pub fn folded_characters(&self, turn: u32) -> u32 {
        if turn >= self.index.turns() {
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
        let scorer = rank::Scorer::new(&self.index, &found);
        for hit in &mut answer.hits {
            hit.explanation = scorer.explanation(hit.turn);
        }
        answer.into_owned()
    }

    /// One page of what was `found`: filters, order, limit and offset are those of `request`, whose
    /// query is not looked at again.
    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    pub fn answer<'f>(&self, found: &'f Found, request: &Request) -> Answer<'f> {
        let index = &self.index;
        let filtered = facets::filter(index, found, &request.filter);
        let scorer = rank::Scorer::new(index, found);
        let wanted = request.offset.saturating_add(request.limit);
        let order = match request.sort {
            Sort::Relevance => scorer.best(&filtered.turns, wanted),
            Sort::Time => facets::by_time(&filtered.turns, wanted),
            Sort::Meeting => facets::by_meeting(index, &filtered.turns, wanted),
        };
        let mut hits = Vec::new();
        for &turn in order.get(request.offset..).unwrap_or_default() {
            hits.push(Hit {
                turn,
                score: scorer.score(turn),
                snippet: snippet::snippet(index, turn, &found.plan),
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
        facets::dispersion(&self.index, &found.plan, &filtered.turns)
    }

    /// The places in the text of `turn` that match, as UTF-8 ranges in order, apart from each other.
    pub fn marks(&self, found: &Found, turn: u32) -> Vec<Range<usize>> {
        if turn >= self.index.turns() {
            return Vec::new();
        }
        snippet::marks(&self.index, turn, &found.plan)
    }

    /// Lines with the matches of `request` in the middle and `width` characters on either side:
    /// (turn, text before, match, text after), in the order of the collection.
    pub fn kwic(&self, request: &Request, width: usize) -> Vec<(u32, String, String, String)> {
        let found = self.find(&request.query, request.typing);
        let filtered = facets::filter(&self.index, &found, &request.filter);
        let lines = filtered
            .turns
            .iter()
            .flat_map(|turn| snippet::kwic(&self.index, turn, &found.plan, width));
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
        let allowed = self.allowed(&parsed);
        let mut plan = plan::exact(&parsed, typing, index);
        // Where nothing was asked for, everything that the filters let through is the answer.
        let asked = !plan.terms.is_empty();
        let unasked = !asked && parsed.filters.is_empty();
        let mut matched = Matched::Exact;
        let mut turns = plan::turns_with_all(&plan, index);
        if asked && turns.is_empty() {
            (matched, turns) = relax::relax(&parsed, &mut plan, typing, index, &allowed);
        }
        turns.intersect(&allowed);
        Found {
            question: rank::is_question(shortened(query)),
            plan,
            matched,
            turns,
            unasked,
        }
    }

    /// The turns that the filters in the query let through.
    #[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
    fn allowed(&self, query: &Query) -> TurnSet {
        let index = &self.index;
        let mut allowed = TurnSet::all(index.turns());
        for (field, value) in &query.filters {
            let folded = turnsearch_text::fold_query(value, index.fold_table());
            allowed.intersect(&match field {
                FilterKey::Speaker => self.turns_of_people(&folded),
                FilterKey::Meeting => self.turns_of_meetings(&index.meeting_names.with(&folded)),
                FilterKey::Before | FilterKey::After => self.turns_by_day(&day(value), *field),
                // The plan has what must not occur.
                FilterKey::Without => continue,
            });
        }
        allowed
    }

    fn turns_of_people(&self, name: &str) -> TurnSet {
        let mut turns = TurnSet::none(self.index.turns());
        for speaker in self.index.people.meant_by(name) {
            turns.unite(&self.index.turns_of_speaker(speaker));
        }
        turns
    }

    fn turns_by_day(&self, day: &str, field: FilterKey) -> TurnSet {
        let mut fitting = Vec::new();
        for (number, meeting) in (0..).zip(&self.index.pack.collection().meetings) {
            let date = meeting.meta.get(Field::Date);
            if date.is_some_and(|date| (date < day) == (field == FilterKey::Before)) {
                fitting.push(number);
            }
        }
        self.turns_of_meetings(&fitting)
    }

    fn turns_of_meetings(&self, meetings: &[u32]) -> TurnSet {
        let mut turns = TurnSet::none(self.index.turns());
        for &number in meetings {
            for turn in self.index.turns_of_meeting(number) {
                turns.insert(turn);
            }
        }
        turns
    }
}

/// A date as it is compared: `2019/3` and `2019-03` as `2019-03`. The beginning of a month comes
/// before its days, as it should.
fn day(typed: &str) -> String {
    let mut day = String::new();
    for part in pieces(typed, |c| !c.is_ascii_digit()) {
        if !day.is_empty() {
            day.push('-');
        }
        if part.len() == 1 {
            day.push('0');
        }
        day.push_str(part);
    }
    day
}

/// What a query found, before the reader's filters: any page of the answer can be made of it.
#[derive(Debug, Clone)]
pub struct Found {
    pub(crate) plan: Plan,
    pub(crate) matched: Matched,
    pub(crate) turns: TurnSet,
    /// Whether the query is a question, so that answers are wanted and not those who ask it too.
    pub(crate) question: bool,
    /// Whether the query asks for nothing: then only the reader's filters do.
    pub(crate) unasked: bool,
}

#[cfg(test)]
mod tests {
    use super::day;

    #[test]
    fn dates_compare_by_their_beginnings() {
        assert_eq!(day("2019/3"), "2019-03");
        assert!("2019-03-12" >= day("2019-3").as_str());
        assert!("2019-03-12" < day("2019-03-13").as_str());
        assert!("2018-12-31" < day("2019").as_str());
        assert!("2019-01-01" >= day("2019年1月1日").as_str());
    }
}
