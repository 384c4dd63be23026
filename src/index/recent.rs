//! What was found lately, so that a reader who types on, or adds a part, does not wait for what is
//! known.
//!
//! Wherever a needle stands, its beginning stands; so the places of 多利 are among those of 多,
//! which are far fewer bytes to look at than the corpus.

use std::cell::RefCell;

use turnsearch_text::is_token;

use crate::index::edge::Edge;
use crate::index::matches::Matches;

/// Needles that are kept: more than the parts of most queries, and their corrections.
const KEPT: usize = 16;
/// Frequent needles that are kept: more ideographs than stand in a fifth of all turns of any
/// collection.
const KEPT_FREQUENT: usize = 200;

/// The needles that were looked for last, the latest at the end.
#[derive(Debug, Clone, Default)]
pub(crate) struct Recent {
    needles: RefCell<Vec<Needle>>,
    /// Needles that were too frequent to be of use, each with a number of turns that it exceeds.
    frequent: RefCell<Vec<(String, usize)>>,
}

#[derive(Debug, Clone)]
struct Needle {
    text: String,
    edge: Edge,
    matches: Matches,
}

/// What is known of a needle.
pub(crate) enum Known {
    /// All its matches.
    Matches(Matches),
    /// Matches of a beginning of it: every place where it stands is one of them.
    Among(Matches),
    Nothing,
}

impl Recent {
    /// What is known of `needle`.
    pub(crate) fn of(&self, needle: &str, edge: Edge) -> Known {
        let needles = self.needles.borrow();
        let mut longest: Option<&Needle> = None;
        for known in needles.iter() {
            if known.text == needle && known.edge == edge {
                return Known::Matches(known.matches.clone());
            }
            let is_longer = longest.is_none_or(|other| other.text.len() <= known.text.len());
            if is_longer && known.begins(needle) {
                longest = Some(known);
            }
        }
        longest.map_or(Known::Nothing, |known| Known::Among(known.matches.clone()))
    }

    /// Keeps the matches of `needle`, in place of those of the needle that was kept first.
    pub(crate) fn keep(&self, needle: &str, edge: Edge, matches: &Matches) {
        let mut needles = self.needles.borrow_mut();
        if needles.len() == KEPT {
            needles.remove(0);
        }
        needles.push(Needle {
            text: needle.to_owned(),
            edge,
            matches: matches.clone(),
        });
    }

    /// Whether `needle` is known to stand in more than `most` turns.
    pub(crate) fn is_in_more(&self, needle: &str, most: usize) -> bool {
        let frequent = self.frequent.borrow();
        let mut known = frequent.iter();
        known.any(|(text, turns)| text == needle && *turns >= most)
    }

    /// Keeps that `needle` stands in more than `most` turns.
    pub(crate) fn keep_frequent(&self, needle: &str, most: usize) {
        let mut frequent = self.frequent.borrow_mut();
        if frequent.len() == KEPT_FREQUENT {
            frequent.clear();
        }
        frequent.push((needle.to_owned(), most));
    }
}

impl Needle {
    /// Whether `longer` can stand only where this one was found. Of one that overlaps itself (哈哈
    /// in 哈哈哈), or that had to end with its token, not all places are known.
    fn begins(&self, longer: &str) -> bool {
        longer.starts_with(&self.text)
            && (self.edge == Edge::Prefix || !self.text.chars().next_back().is_some_and(is_token))
            && !overlaps_itself(self.text.as_bytes())
    }
}

/// Whether some end of `needle` is a beginning of it, too.
fn overlaps_itself(needle: &[u8]) -> bool {
    (1..needle.len()).any(|at| {
        let end = needle.get(at..);
        end.is_some_and(|end| needle.starts_with(end))
    })
}
