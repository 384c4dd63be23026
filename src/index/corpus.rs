//! The folded texts of all turns and events, and exact search in them.
//!
//! Finding is a scan: at the sizes a page loads (some megabytes) it is faster than any index that
//! would have to be shipped, it finds every substring whatever words it cuts, and its counts are
//! the document frequencies that ranking needs.

use std::cell::RefCell;
use std::ops::Range;

use turnsearch_model::TurnId;

use crate::compact::chars;
use crate::index::edge::{Edge, NeedleEdges, is_token_at};
use crate::index::finder::Finder;
use crate::index::matches::{Lists, Matches};
use crate::index::recent::{Known, Recent};
use crate::index::signatures::Signatures;

/// Stands between entries. Folding drops line breaks, so no query contains it.
const SEPARATOR: u8 = b'\n';

/// The folded texts, one after the other: those of the turns, then those of the events.
///
/// Each is an entry with a number. The numbers of turns are their ids; those of events follow, as
/// if each were a turn. So one scan finds both, and what an entry is matters only to who looks
/// further: see [`Index::turn_of`](crate::index::Index::turn_of).
#[derive(Debug, Clone)]
pub(crate) struct Corpus {
    /// In UTF-8.
    folded: Vec<u8>,
    /// Where each entry starts in `folded`, and where the one after the last would.
    starts: Vec<u32>,
    /// How often each byte stands in the first [`COUNTED`] bytes of `folded`.
    frequencies: [u32; 256],
    signatures: RefCell<Signatures>,
    recent: Recent,
}

/// A needle is kept if it has no more than this many places and one for so many bytes of the
/// corpus: so all that are kept never take more memory than a large corpus, and mostly a small part
/// of that.
const KEPT_PLACES: usize = 100;
const BYTES_PER_KEPT_PLACE: usize = 400;

/// Enough text to tell rare bytes from frequent ones.
const COUNTED: usize = 1 << 15;

impl Default for Corpus {
    fn default() -> Self {
        Self {
            folded: Vec::new(),
            starts: Vec::new(),
            frequencies: [0; 256],
            signatures: RefCell::default(),
            recent: Recent::default(),
        }
    }
}

impl Corpus {
    /// Appends the folded text of the next entry. Of it and all that follow there are some
    /// `to_come` bytes, so that memory is asked for once; folding hardly changes the length. A
    /// function by itself, since browsers make code fast while it is called again and again.
    #[inline(never)]
    pub(crate) fn push(&mut self, folded: &[u8], to_come: usize) {
        if self.starts.is_empty() {
            self.starts.push(0);
            let likely = to_come + to_come / 64;
            self.folded.reserve(likely);
        }
        self.folded.extend_from_slice(folded);
        if self.folded.len() < COUNTED {
            for &byte in folded {
                self.frequencies[usize::from(byte)] += 1;
            }
        }
        self.folded.push(SEPARATOR);
        self.starts.push(self.folded.len() as u32);
    }

    /// Where `turn`, or the entry of an event, lies in the corpus.
    pub(crate) fn turn_range(&self, turn: TurnId) -> Range<usize> {
        let turn = turn.index();
        match self.starts.get(turn..turn + 2) {
            Some(&[start, end]) => start as usize..end as usize - 1,
            _ => 0..0,
        }
    }

    /// The characters before and after the offset `at`.
    pub(crate) fn beside(&self, at: usize) -> (Option<char>, Option<char>) {
        let before = self.folded.get(..at).unwrap_or_default();
        (chars::last_of(before), chars::first_of(self.bytes_from(at)))
    }

    /// The three bytes before and after the offset `at`.
    pub(crate) fn around(&self, at: usize) -> Option<&[u8; 6]> {
        self.bytes_from(at.checked_sub(3)?).first_chunk()
    }

    /// The bytes of the whole corpus from the offset `at` on.
    pub(crate) fn bytes_from(&self, at: usize) -> &[u8] {
        self.folded.get(at..).unwrap_or_default()
    }

    /// UTF-8 bytes of `turn`.
    pub(crate) fn turn_length(&self, turn: TurnId) -> usize {
        self.turn_range(turn).len()
    }

    /// UTF-8 bytes of the first `entries`, separators included.
    pub(crate) fn length_of(&self, entries: u32) -> usize {
        let end = self.starts.get(entries as usize);
        end.copied().unwrap_or_default() as usize
    }

    /// Every place of `needle` (folded) that meets `edge`. Occurrences may overlap, as 哈哈 does
    /// twice in 哈哈哈; they are counted from left to right without overlap.
    pub(crate) fn find(&self, needle: &str, edge: Edge) -> Matches {
        self.find_in_few(needle, edge, usize::MAX)
            .unwrap_or_default()
    }

    /// What [`Corpus::find`] finds, unless that is in more than `most` entries, which is found out
    /// without looking for all of them.
    pub(crate) fn find_in_few(&self, needle: &str, edge: Edge, most: usize) -> Option<Matches> {
        if needle.is_empty() {
            return Some(Matches::default());
        }
        if self.recent.is_in_more(needle, most) {
            return None;
        }
        let (matches, is_new) = match self.recent.of(needle, edge) {
            Known::Matches(matches) => (matches, false),
            Known::Among(places) => (self.find_among(&places, needle, edge), true),
            Known::Nothing => match self.scan(needle, edge, most) {
                Some(matches) => (matches, true),
                None => {
                    self.recent.keep_frequent(needle, most);
                    return None;
                }
            },
        };
        if is_new
            && matches.places().len() <= KEPT_PLACES + self.folded.len() / BYTES_PER_KEPT_PLACE
        {
            self.recent.keep(needle, edge, &matches);
        }
        (matches.entry_count() <= most).then_some(matches)
    }

    /// Looks through the corpus; gives up when more than `most` entries have the needle.
    #[inline(never)] // A seam: browsers compile small functions faster.
    fn scan(&self, needle: &str, edge: Edge, most: usize) -> Option<Matches> {
        let mut lists = Lists::default();
        let finder = Finder::new(needle, |byte| self.frequencies[usize::from(byte)]);
        let Some(finder) = finder.filter(|_| !needle.as_bytes().contains(&SEPARATOR)) else {
            return Some(Matches::default());
        };
        let edges = NeedleEdges::of(needle, edge);
        let mut from = 0;
        let (mut turn, mut turn_end) = (TurnId(0), 0);
        let signatures = &mut *self.signatures.borrow_mut();
        signatures.extend(&self.folded);
        for range in signatures.ranges(needle.as_bytes()) {
            finder.each(&self.folded, range, &mut |start| {
                // A rejected place may overlap a good one, as `aa a` in `aaa aa a`.
                if start >= from && self.fits(start, &edges) {
                    from = start + needle.len();
                    if start >= turn_end {
                        turn = self.entry_at(start, turn);
                        turn_end = self.turn_range(turn).end;
                    }
                    lists.push(turn, start as u32, needle.len() as u32);
                }
                lists.entry_count() <= most
            });
            if lists.entry_count() > most {
                return None;
            }
        }
        Some(lists.into())
    }

    /// What [`Corpus::scan`] finds, where `needle` can stand at no other than these places.
    #[inline(never)] // A seam: browsers compile small functions faster.
    fn find_among(&self, places: &Matches, needle: &str, edge: Edge) -> Matches {
        let mut lists = Lists::default();
        let edges = NeedleEdges::of(needle, edge);
        let mut from = 0;
        for (turn, start, known) in places.each() {
            let text = self.bytes_from((start + known) as usize);
            let rest = needle.as_bytes().get(known as usize..).unwrap_or_default();
            // Mostly the next byte tells.
            if (rest.is_empty() || text.first() == rest.first() && text.starts_with(rest))
                && start >= from
                && self.fits(start as usize, &edges)
            {
                lists.push(turn, start, needle.len() as u32);
                from = start + needle.len() as u32;
            }
        }
        lists.into()
    }

    /// Whether the edges of a needle that stands at `start` meet the text as they must.
    fn fits(&self, start: usize, edges: &NeedleEdges) -> bool {
        // Mostly neither is asked for: cutting the text waits until then.
        !(edges.begins_token && is_token_at(self.beside(start).0)
            || edges.ends_token && is_token_at(self.beside(start + edges.length).1))
    }

    /// The entry that holds the offset `at`, which is not before the entry `from`. Looks ahead in
    /// steps that double (J. Bentley, A. Yao: An almost optimal algorithm for unbounded searching,
    /// 1976).
    fn entry_at(&self, at: usize, from: TurnId) -> TurnId {
        let begins_after = |start: &u32| *start as usize > at;
        let (mut from, mut step) = (from.index(), 1);
        while self
            .starts
            .get(from + step)
            .is_some_and(|start| !begins_after(start))
        {
            from += step;
            step *= 2;
        }
        let end = self.starts.len().min(from + step);
        let ahead = self.starts.get(from + 1..end).unwrap_or_default();
        TurnId((from + ahead.partition_point(|start| !begins_after(start))) as u32)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn corpus(turns: &[&str]) -> Corpus {
        let mut corpus = Corpus::default();
        for turn in turns {
            corpus.push(turn.as_bytes(), turn.len());
        }
        corpus
    }

    fn turns_of(matches: &Matches) -> Vec<u32> {
        matches.entries().map(|turn| turn.0).collect()
    }

    fn turns_with(corpus: &Corpus, needle: &str) -> Vec<u32> {
        turns_of(&corpus.find(needle, Edge::Token))
    }

    #[test]
    fn han_matches_anywhere_and_latin_at_token_edges() {
        let corpus = corpus(&["新gtld计划", "gtlds和dns滥用", "", "独立法人,gtld"]);
        assert_eq!(turns_with(&corpus, "立法"), [3]);
        assert_eq!(turns_with(&corpus, "gtld"), [0, 3]);
        assert_eq!(turns_with(&corpus, "新gtl"), [] as [u32; 0]);
        assert_eq!(turns_with(&corpus, "s滥用"), [] as [u32; 0]);
        assert_eq!(turns_of(&corpus.find("gtl", Edge::Prefix)), [0, 1, 3]);
        assert_eq!(
            turns_with(&corpus, "划g"),
            [] as [u32; 0],
            "a match never crosses turns"
        );
    }

    #[test]
    fn turns_are_counted_no_further_than_asked() {
        let corpus = corpus(&["哈哈", "不哈", "", "不", "哈不哈"]);
        for (needle, turns) in [("哈", 3), ("不", 3), ("哈哈", 1), ("好", 0)] {
            for most in 0..5 {
                let few = corpus.find_in_few(needle, Edge::Token, most);
                assert_eq!(few.is_some(), turns <= most, "{needle}, {most}");
                assert_eq!(corpus.find(needle, Edge::Token).entry_count(), turns);
            }
        }
    }

    #[test]
    fn occurrences_are_kept_per_turn() {
        let corpus = corpus(&["哈哈哈哈", "不", "哈哈"]);
        let matches = corpus.find("哈哈", Edge::Token);
        assert_eq!(matches.entry_count(), 2);
        assert_eq!(matches.in_turn(TurnId(0)).len(), 2);
        assert_eq!(matches.in_turn(TurnId(1)), []);
        let merged = matches.merged(corpus.find("不", Edge::Token));
        assert_eq!(turns_of(&merged), [0, 1, 2]);
    }

    #[test]
    fn places_inside_a_longer_one_are_left_out() {
        let corpus = corpus(&["第一场会议", "下一场会议和第一场", "一场"]);
        let (short, long) = (
            corpus.find("一场", Edge::Token),
            corpus.find("第一场", Edge::Token),
        );
        assert_eq!(turns_of(&short.outside(&long)), [1, 2]);
        assert!(long.outside(&short).each().eq(long.each()));
    }

    proptest! {
        #[test]
        fn what_was_found_before_changes_nothing(
            turns in prop::collection::vec("[ab 哈不,]{0,12}", 1..6),
            needles in prop::collection::vec(("[ab 哈不]{0,4}", any::<bool>()), 1..40),
        ) {
            let turns: Vec<&str> = turns.iter().map(String::as_str).collect();
            let corpus = corpus(&turns);
            for (needle, whole) in needles {
                let edge = if whole { Edge::Token } else { Edge::Prefix };
                let found = corpus.find(&needle, edge);
                let scanned = corpus.scan(&needle, edge, usize::MAX).unwrap_or_default();
                prop_assert!(found.each().eq(scanned.each()), "{}", needle);
            }
        }
    }

    #[test]
    fn a_rejected_place_does_not_hide_the_next() {
        let corpus = corpus(&["aaa aa a"]);
        assert_eq!(
            corpus.find("aa a", Edge::Token).in_turn(TurnId(0)),
            [(4, 4)]
        );
    }
}
