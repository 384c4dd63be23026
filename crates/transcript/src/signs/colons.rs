//! Which colon a text sets after names: `Name: text`, `Name : text`, `Name：text`.
//!
//! A typist or a program chooses one once. Where sentences have it nowhere, whatever it closes is a
//! name; what another one closes is none.

use std::collections::{BTreeMap, HashSet};

use crate::signs::opening::Opening;
use crate::signs::script::is_colon;

/// Names that come back, from which there is a choice to speak of.
const MIN_NAMES: usize = 6;
/// Names for each colon in a sentence from which colons are kept for names.
const KEPT: usize = 20;
/// Labels of names that come back for each plain colon after something that stands once.
const FEW_ONCE: usize = 10;

/// The kinds of colon.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
enum Colon {
    /// `Name: text`.
    Plain,
    /// `Name : text`.
    Spaced,
    /// `Name：text`.
    Wide,
}

impl Colon {
    /// The kind of a colon by what stands before it.
    fn of(before: Option<char>, colon: char) -> Colon {
        match colon {
            ':' if before.is_some_and(char::is_whitespace) => Colon::Spaced,
            ':' => Colon::Plain,
            _ => Colon::Wide,
        }
    }

    /// The kind of the colon that closes a label.
    fn closing(text: &str, label: &Opening) -> Option<Colon> {
        let mut signs = text[label.label.clone()].chars().rev();
        let colon = signs.find(|&c| is_colon(c))?;
        Some(Colon::of(signs.next(), colon))
    }
}

/// Which colon names have, and whether anything else has it.
#[derive(Debug)]
pub(crate) struct ColonUse {
    /// Starts of the labels that have another one than is usual.
    unusual: HashSet<usize>,
    /// Sentences have it nowhere.
    pub is_kept_for_names: bool,
}

impl ColonUse {
    /// `openings` are all that are set like labels, `names` those of them whose name comes back.
    pub fn of<'o>(
        text: &str,
        openings: impl Iterator<Item = &'o Opening>,
        names: impl Iterator<Item = &'o Opening>,
    ) -> Option<ColonUse> {
        let count = |kinds: &mut dyn Iterator<Item = Colon>| {
            let mut counts: BTreeMap<Colon, usize> = BTreeMap::new();
            for kind in kinds {
                *counts.entry(kind).or_default() += 1;
            }
            counts
        };
        let named = count(&mut names.filter_map(|name| Colon::closing(text, name)));
        let (&usual, &many) = named.iter().max_by_key(|&(_, &count)| count)?;
        let all: usize = named.values().sum();
        if many < MIN_NAMES || 10 * many < 9 * all {
            return None;
        }
        let (mut opening, mut unusual) = (0, HashSet::new());
        for label in openings {
            if Colon::closing(text, label) == Some(usual) {
                opening += 1;
            } else {
                unusual.insert(label.label.start);
            }
        }
        let total = count(&mut colons(text)).get(&usual).copied().unwrap_or(0);
        // Of plain ones there must be few after what stands once: sentences may begin with them.
        let once = opening - many;
        Some(ColonUse {
            unusual,
            is_kept_for_names: KEPT * total.saturating_sub(opening) <= many
                && (usual != Colon::Plain || FEW_ONCE * once <= many),
        })
    }

    /// Whether the colon of this label is the one that names have.
    pub fn is_usual(&self, label: &Opening) -> bool {
        !self.unusual.contains(&label.label.start)
    }
}

/// The colons of a text, but for those of times and addresses.
fn colons(text: &str) -> impl Iterator<Item = Colon> {
    let mut before = None;
    let mut signs = text.chars().peekable();
    std::iter::from_fn(move || {
        loop {
            let c = signs.next()?;
            let last = before.replace(c);
            let parts = signs
                .peek()
                .is_none_or(|&next| next.is_whitespace() || next == '*' || c != ':');
            if is_colon(c) && parts {
                return Some(Colon::of(last, c));
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colons_of_times_and_addresses_do_not_count() {
        let kinds: Vec<Colon> = colons("A: at 10:30 see https://a.b : c：**B:** d").collect();
        assert_eq!(
            kinds,
            [Colon::Plain, Colon::Spaced, Colon::Wide, Colon::Plain]
        );
    }
}
