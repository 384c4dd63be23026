//! Re-Pair: finds the rules of a grammar by replacing the most frequent pair of neighbours, again
//! and again.
//!
//! N. J. Larsson, A. Moffat: Offline Dictionary-Based Compression (DCC 1999). Where they keep
//! priority queues of linked records, this keeps a heap of counts that may be out of date and
//! checks each count when it comes up. Ties are broken by the symbols, so that the same texts give
//! the same grammar.
//!
//! Larsson and Moffat know the places of every pair from the start, when there are most of them.
//! Here the most frequent pairs are replaced by [`Sweep`], which goes through all the texts for
//! each of them and keeps counts only. A few hundred rules leave half of the symbols or two thirds,
//! and [`Places`] goes on with those, by the places of each pair.

mod pairs;
mod places;
mod rules;
mod sweep;

use self::places::Places;
use self::rules::{BOUNDARY, Rules};
use self::sweep::Sweep;
use super::literals::{Literals, characters};

/// A grammar over characters.
#[derive(Debug, Default)]
pub(super) struct Grammar {
    /// The characters that occur, sorted; symbol `i` is literal `i`.
    pub literals: Vec<char>,
    /// Rule `r` is symbol [`Grammar::first_rule`] plus `r` and stands for two lower symbols.
    pub rules: Vec<(u32, u32)>,
}

impl Grammar {
    /// The symbol with which every text ends, behind the literals.
    pub fn end_mark(&self) -> u32 {
        self.literals.len() as u32
    }

    /// The symbol of the first rule.
    pub fn first_rule(&self) -> usize {
        self.literals.len() + 1
    }

    /// How many symbols there are.
    pub fn symbols(&self) -> usize {
        self.first_rule() + self.rules.len()
    }
}

/// The grammar of `texts`.
pub(super) fn infer(texts: &[&str]) -> Grammar {
    let literals = characters(texts.iter().copied());
    let mut rules = Rules::over(&literals);
    let mut sweep = Sweep::over(sequence(texts, &literals));
    sweep.run(&mut rules);
    Places::after(sweep).run(&mut rules);
    Grammar {
        literals,
        rules: rules.rules,
    }
}

/// The texts as symbols, each with the end mark behind it, and [`BOUNDARY`] around them.
fn sequence(texts: &[&str], literals: &[char]) -> Vec<u32> {
    let ids = Literals::new(literals);
    let characters: usize = texts.iter().map(|text| text.chars().count() + 2).sum();
    let mut symbols = Vec::with_capacity(1 + characters);
    symbols.push(BOUNDARY);
    for text in texts {
        symbols.extend(text.chars().map(|c| ids.id(c)));
        symbols.push(literals.len() as u32);
        symbols.push(BOUNDARY);
    }
    symbols
}

#[cfg(test)]
mod tests {
    use super::*;

    fn expansions(grammar: &Grammar) -> Vec<String> {
        let mut expansions: Vec<String> = grammar.literals.iter().map(char::to_string).collect();
        expansions.push("|".to_owned());
        for &(left, right) in &grammar.rules {
            expansions.push(expansions[left as usize].clone() + &expansions[right as usize]);
        }
        expansions
    }

    #[test]
    fn frequent_pairs_become_rules() {
        let grammar = infer(&["abcabcabc", "abd"]);
        let expansions = expansions(&grammar);
        assert!(
            expansions.contains(&"ab".to_owned()) && expansions.contains(&"abc".to_owned()),
            "{expansions:?}"
        );
    }

    #[test]
    fn runs_of_one_character_are_no_trouble() {
        let text = "aaaaaaaaaaaaaaaaaaaaaaa";
        let grammar = infer(&[text, text]);
        assert!(
            expansions(&grammar)
                .iter()
                .all(|expansion| format!("{text}|").contains(expansion.as_str()))
        );
    }

    #[test]
    fn pairs_across_texts_do_not_count() {
        assert!(infer(&["ab", "ba", "ab", "ba"]).rules.is_empty());
    }

    #[test]
    fn what_texts_end_with_makes_rules_with_the_end_mark() {
        assert_eq!(
            expansions(&infer(&["a.", "b.", "c."]))
                .last()
                .map(String::as_str),
            Some(".|")
        );
    }
}
