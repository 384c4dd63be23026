//! The first few of many strings, in the order in which they are shown.

use crate::compact::order::pair;

/// The first few of the strings that it takes: those of the lowest class, of these those with the
/// greatest count, of these the first by their letters. One kind of thing for all that is shown in
/// order.
pub(crate) struct First {
    pub kept: Vec<Counted>,
    wanted: usize,
}

/// A string with what its place among others depends on.
pub(crate) struct Counted {
    pub class: u32,
    pub count: u32,
    pub text: String,
    /// What else the string stands for.
    pub id: u32,
}

impl First {
    /// Keeps `wanted` strings.
    pub(crate) fn new(wanted: usize) -> Self {
        Self {
            kept: Vec::new(),
            wanted,
        }
    }

    /// Takes `text`, after its equals, if it is among the first.
    pub(crate) fn add(&mut self, class: u32, count: u32, text: &str, id: u32) {
        let key = |class, count: u32| pair(class, !count);
        let before = |other: &&Counted| {
            (key(other.class, other.count), other.text.as_str()) <= (key(class, count), text)
        };
        let at = self.kept.iter().take_while(before).count();
        if at < self.wanted {
            self.kept.truncate(self.wanted - 1);
            let text = text.to_owned();
            self.kept.insert(
                at,
                Counted {
                    class,
                    count,
                    text,
                    id,
                },
            );
        }
    }

    /// The strings of the lowest class that there is.
    pub(crate) fn of_lowest_class(self) -> Vec<String> {
        let lowest = self.kept.first().map_or(0, |first| first.class);
        let mut texts = Vec::new();
        for counted in self.kept {
            if counted.class == lowest {
                texts.push(counted.text);
            }
        }
        texts
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn the_first_strings_are_the_head_of_the_sorted(
            mut strings in prop::collection::vec((0u32..3, 0u32..3, "[ab]{0,2}"), 0..20),
            wanted in 1usize..9,
        ) {
            let mut first = First::new(wanted);
            for (id, (class, count, text)) in (0..).zip(&strings) {
                first.add(*class, *count, text, id);
            }
            let key = |of: &Counted| (of.class, !of.count, of.text.clone(), of.id);
            let in_order = first.kept.windows(2).all(|two| key(&two[0]) < key(&two[1]));
            prop_assert!(in_order);
            let kept: Vec<_> = first
                .kept
                .iter()
                .map(|of| (of.class, of.count, of.text.clone()))
                .collect();
            strings.sort_by_key(|(class, count, text)| (*class, !count, text.clone()));
            strings.truncate(wanted);
            prop_assert_eq!(kept, strings);
        }
    }
}
