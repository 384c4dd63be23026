//! Names that are looked through for a part of them.

use turnsearch_text::part;

use crate::index::finder::Finder;

/// Ends a name. What is looked for may have it only if some name has.
const END: char = '\0';

/// Names by number, in one text that is looked through at once.
#[derive(Debug, Clone, Default)]
pub(crate) struct Names {
    text: String,
    /// Where each name ends in `text`, its [`END`] included.
    ends: Vec<u32>,
}

impl Names {
    /// Adds the name (folded) with the next number, from 0.
    pub(crate) fn push(&mut self, name: &str) {
        self.text.push_str(name);
        self.text.push(END);
        self.ends.push(self.text.len() as u32);
    }

    /// The name with this number.
    pub(crate) fn get(&self, number: u32) -> Option<&str> {
        let number = number as usize;
        let end = *self.ends.get(number)? as usize;
        let start = number
            .checked_sub(1)
            .map_or(0, |before| self.ends[before] as usize);
        Some(part(&self.text, start..end - END.len_utf8()))
    }

    /// The numbers of the names that have `wanted` (folded) in them, in order; none for an empty
    /// text.
    pub(crate) fn with(&self, wanted: &str) -> Vec<u32> {
        let mut found = Vec::new();
        // What ideographs differ in is not how they begin.
        let Some(finder) = Finder::new(wanted, |byte| u32::from(byte >= 0xC0)) else {
            return found;
        };
        let mut from = 0;
        finder.each(self.text.as_bytes(), 0..self.text.len(), &mut |at| {
            if at >= from {
                let name = self.ends.partition_point(|&end| end as usize <= at);
                found.push(name as u32);
                from = self.ends[name] as usize;
            }
            true
        });
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_name_with_the_part_is_found(
            all in prop::collection::vec("[ab多利]{0,6}", 0..20),
            part in "[ab多利]{0,3}",
        ) {
            let mut names = Names::default();
            all.iter().for_each(|name| names.push(name));
            for (number, name) in (0..).zip(&all) {
                prop_assert_eq!(names.get(number), Some(name.as_str()));
            }
            prop_assert_eq!(names.get(all.len() as u32), None);
            let having = (0..).zip(&all).filter(|(_, name)| !part.is_empty() && name.contains(&part));
            prop_assert_eq!(names.with(&part), having.map(|(number, _)| number).collect::<Vec<u32>>());
        }
    }
}
