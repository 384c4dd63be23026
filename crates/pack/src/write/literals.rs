//! The characters of the texts, and their numbers.

/// The number of each character that occurs, in the order of code points.
#[derive(Debug, Default)]
pub(super) struct Literals(Vec<u32>);

impl Literals {
    /// Numbers `literals`, which are sorted.
    pub fn new(literals: &[char]) -> Self {
        let mut ids = vec![0; literals.last().map_or(0, |&last| last as usize + 1)];
        for (&literal, id) in literals.iter().zip(0..) {
            ids[literal as usize] = id;
        }
        Self(ids)
    }

    /// The number of a character that is one of the literals.
    pub fn id(&self, literal: char) -> u32 {
        self.0[literal as usize]
    }
}

/// The characters of `texts`, sorted.
pub(super) fn characters<'a>(texts: impl Iterator<Item = &'a str>) -> Vec<char> {
    let mut occurs = vec![false; char::MAX as usize + 1];
    for c in texts.flat_map(str::chars) {
        occurs[c as usize] = true;
    }
    let all = '\0'..=char::MAX;
    all.filter(|&c| occurs[c as usize]).collect()
}
