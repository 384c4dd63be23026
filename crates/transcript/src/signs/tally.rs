//! How often a form of openings stands in a document, with which names, and in which order.

use std::collections::{HashMap, HashSet};

/// Share of times that must not be smaller than the one before.
const GROWING: f32 = 0.9;

/// How often a form stands in the document, and with whom.
#[derive(Debug, Default)]
pub(crate) struct Tally {
    /// The names, as they are compared, in the order of the source.
    pub names: Vec<String>,
    /// The times, in the same order.
    pub times: Vec<u64>,
    /// Which of them begin a paragraph.
    pub starts: Vec<bool>,
    /// How many of the names are what somebody is called for short, such as `AWB`.
    pub initials: usize,
}

impl Tally {
    /// Share of the paragraphs that open so.
    pub fn coverage(&self, paragraphs: usize) -> f32 {
        share(self.names.len(), self.opened(paragraphs))
    }

    /// The paragraphs, with those that begin here where the layout tells of none.
    pub fn opened(&self, paragraphs: usize) -> usize {
        paragraphs + self.starts.iter().filter(|&&starts| !starts).count()
    }

    /// How often each name stands.
    pub fn counts(&self) -> HashMap<&str, usize> {
        let mut counts = HashMap::new();
        for name in &self.names {
            *counts.entry(name.as_str()).or_default() += 1;
        }
        counts
    }

    /// How often each name stands in the form. Where labels begin paragraphs, a name that mostly
    /// stands elsewhere is none.
    pub fn known(&self) -> HashMap<&str, usize> {
        let mut known = self.counts();
        let at_start = self.starts.iter().filter(|&&starts| starts).count();
        if 2 * at_start >= self.names.len() {
            let mut starting: HashMap<&str, usize> = HashMap::new();
            for (name, &starts) in self.names.iter().zip(&self.starts) {
                *starting.entry(name).or_default() += usize::from(starts);
            }
            known.retain(|name, count| 2 * starting[name] >= *count);
        }
        known
    }

    /// How often a name comes back after another one.
    pub fn returns(&self) -> usize {
        let mut seen = HashSet::new();
        let mut last = "";
        self.names
            .iter()
            .filter(|name| {
                let returned = *name != last && !seen.insert(name.as_str());
                last = name;
                returned
            })
            .count()
    }

    /// Share of the openings whose name stands in the form at least twice.
    pub fn recurring(&self) -> f32 {
        let counts = self.counts();
        let recurring: usize = counts.values().filter(|&&count| count > 1).sum();
        share(recurring, self.names.len())
    }

    /// Share of the places at which the name that mostly follows another follows it. The fields of
    /// a form and the sections of a plan follow each other always in the same order; speakers do
    /// so only where they are two. 0 where there is too little to tell.
    pub fn regularity(&self) -> f32 {
        let mut after: HashMap<&str, HashMap<&str, usize>> = HashMap::new();
        for pair in self.names.windows(2) {
            *after
                .entry(&pair[0])
                .or_default()
                .entry(&pair[1])
                .or_default() += 1;
        }
        let expected: usize = after
            .values()
            .map(|next| next.values().max().copied().unwrap_or(0))
            .sum();
        let followed = self.names.len().saturating_sub(1);
        // Two who answer each other are regular too, whoever else is there.
        let exchanges = self
            .names
            .windows(3)
            .filter(|three| three[0] == three[2])
            .count();
        if self.counts().len() < 3 || followed < 5 || share(exchanges, followed) > 0.1 {
            return 0.0;
        }
        share(expected, followed)
    }

    /// Whether the times are a clock that goes on.
    pub fn is_growing(&self) -> bool {
        let growing = self
            .times
            .windows(2)
            .filter(|pair| pair[0] <= pair[1])
            .count();
        self.times.len() >= 2 && share(growing, self.times.len() - 1) >= GROWING
    }
}

/// A part of a whole, from 0 to 1.
pub(crate) fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}
