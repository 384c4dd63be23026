//! A person's name as sources print it, and when two printed names are the same.

use turnsearch_model::Speaker;

use crate::signs::script::{is_ideograph, is_interpunct};

/// A name as it is printed.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Name<'n>(pub &'n str);

impl<'n> Name<'n> {
    /// The form under which two printings of a name are the same: case, blanks beside ideographs
    /// and the kind of dot put aside.
    pub fn key(self) -> String {
        let mut out = String::with_capacity(self.0.len());
        let mut blank = false;
        for c in self.0.chars() {
            if c.is_whitespace() {
                blank = !out.is_empty();
                continue;
            }
            let c = if is_interpunct(c) { '·' } else { c };
            if blank && !is_ideograph(c) && !out.ends_with(is_ideograph) {
                out.push(' ');
            }
            blank = false;
            out.extend(c.to_lowercase());
        }
        out
    }

    /// Whether another printing is of the same name.
    pub fn is(self, other: Name) -> bool {
        self.key() == other.key()
    }

    /// The parts of the name: between dots and between blanks.
    pub fn parts(self) -> impl Iterator<Item = &'n str> {
        self.0.split(is_separator).filter(|part| !part.is_empty())
    }

    /// Whether the name has several parts, so that it names one person.
    pub fn is_full(self) -> bool {
        self.parts().nth(1).is_some()
    }

    /// The part by which people are called: `帕特里克` of `帕特里克·琼斯`, `Jeff` of
    /// `JEFF BRUEGGEMAN`.
    pub fn first_part(self) -> &'n str {
        self.0.split(is_separator).next().unwrap_or(self.0)
    }

    /// The first and the last part of a name in full: what it can be shortened to.
    pub fn short_forms(self) -> Option<[&'n str; 2]> {
        let mut parts = self.parts();
        let first = parts.next()?;
        Some([first, parts.last()?])
    }

    /// Whether any of it is written in ideographs.
    pub fn is_native(self) -> bool {
        self.0.chars().any(is_ideograph)
    }

    /// On one line, blanks collapsed.
    pub fn collapsed(self) -> String {
        self.0.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

fn is_separator(c: char) -> bool {
    is_interpunct(c) || c.is_whitespace()
}

/// The form under which two printings of a name are the same: case, blanks beside ideographs and
/// the kind of dot put aside.
pub fn key(name: &str) -> String {
    Name(name).key()
}

/// Whether a name has several parts, so that it names one person.
pub fn is_full(name: &str) -> bool {
    Name(name).is_full()
}

/// Whether any of a name is written in ideographs.
pub fn is_native(name: &str) -> bool {
    Name(name).is_native()
}

/// Whether this is the name or an alias of the speaker.
pub fn is_called(speaker: &Speaker, name: &str) -> bool {
    let name = key(name);
    key(&speaker.name) == name || speaker.aliases.iter().any(|alias| key(alias) == name)
}

/// Adds another form of the name, unless it is empty or the same as a known one.
pub fn add_alias(speaker: &mut Speaker, alias: &str) {
    if !alias.is_empty() && !is_called(speaker, alias) {
        speaker.aliases.push(alias.to_owned());
    }
}

/// How many letters two spellings of one part of a name may differ by; `None` where the part is so
/// short that another letter makes another name. `given`: it is the first part.
pub(crate) fn misspelling_limit(one: &str, other: &str, given: bool) -> Option<usize> {
    let length = one.chars().count().min(other.chars().count());
    let ideographs = one.chars().any(is_ideograph);
    match (ideographs, length) {
        (true, 0..=2) => None,
        (true, 3) if given => None,
        (true, 3..=5) => Some(1),
        (true, _) => Some(2),
        (false, 0..=4) => None,
        (false, 5) if given => None,
        (false, 5..=7) => Some(1),
        (false, _) => Some(2),
    }
}

/// Number of letters to insert, delete or replace, or `limit + 1` if there are more.
pub(crate) fn distance(a: &str, b: &str, limit: usize) -> usize {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len().abs_diff(b.len()) > limit {
        return limit + 1;
    }
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let cost = diagonal + usize::from(x != y);
            diagonal = row[j + 1];
            row[j + 1] = cost.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()].min(limit + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_put_case_and_dots_aside() {
        assert_eq!(key("Patrick  JONES"), key("patrick jones"));
        assert_eq!(key("奥利维尔·科雷鹏 勒布朗"), key("奥利维尔•科雷鹏勒布朗"));
        assert_ne!(key("王 明"), key("王明明"));
    }

    #[test]
    fn full_names_can_be_shortened() {
        assert_eq!(
            Name("PETER DENGATE THRUSH").short_forms(),
            Some(["PETER", "THRUSH"])
        );
        assert_eq!(Name("帕特里克·琼斯").first_part(), "帕特里克");
        assert_eq!(Name(" 唐鳳 ").short_forms(), None);
        assert!(is_full("唐·鳳") && !is_full(" Jo "));
    }

    #[test]
    fn letters_off_are_counted_up_to_a_limit() {
        assert_eq!(distance("tamanikaiwaimar", "tamanikaiwaimaro", 2), 1);
        assert_eq!(distance("科斯特顿", "科斯特敦", 1), 1);
        assert_eq!(distance("major", "dengate", 2), 3);
    }

    #[test]
    fn short_parts_make_other_names() {
        assert_eq!(misspelling_limit("john", "joan", true), None);
        assert_eq!(misspelling_limit("smith", "smyth", false), Some(1));
        assert_eq!(misspelling_limit("伊斯梅尔", "伊斯迈尔", false), Some(1));
        assert_eq!(misspelling_limit("小明", "小民", false), None);
    }
}
