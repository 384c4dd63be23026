//! Coding texts: grammar, then the cheapest parse of every text, then the bits.

use super::grammar::{self, Grammar};
use super::huffman::{code_lengths, codewords};
use super::parallel::in_parts;
use super::parse::{Expansions, Parser, Trie, drop_unworthy};
use crate::bytes::{BitWriter, push_number};
use crate::code::{MAX_CODE_LENGTH, MAX_LENGTH_CODE_LENGTH, bits_for};

/// How often code lengths, rules and parses are fitted to each other; a third round gains under 0.1
/// %.
const ROUNDS: usize = 2;

/// The sections [`crate::SectionTag::CODE`] and [`crate::SectionTag::TEXT`] for `texts`.
pub(super) fn encode(texts: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let inferred = grammar::infer(texts);
    let (grammar, parsed) = fit(inferred, texts);
    let lengths = code_lengths(&counts(&parsed, grammar.symbols()), MAX_CODE_LENGTH);
    let words = codewords(&lengths);
    let mut bits = BitWriter::default();
    for &symbol in parsed.iter().flatten() {
        bits.bits(words[symbol as usize], u32::from(lengths[symbol as usize]));
    }
    (code_section(&grammar, &lengths), bits.finish())
}

/// Parses `texts` as cheaply as the grammar allows, and drops the rules that are not worth their
/// bits. The texts come back as symbols, each with its end, in several parts.
fn fit(grammar: Grammar, texts: &[&str]) -> (Grammar, Vec<Vec<u32>>) {
    let symbols = grammar.symbols();
    let expansions = Expansions::new(&grammar);
    let mut trie = Trie::new(&grammar, &expansions);
    // Before anything is known, longer is cheaper.
    let mut costs: Vec<f32> = vec![12.0; symbols];
    let mut parsed = Vec::new();
    for round in 0..=ROUNDS {
        parsed.clear();
        parsed = in_parts(texts, |_, texts| {
            let mut parsed = Vec::new();
            let mut parser = Parser::default();
            for text in texts {
                parser.parse_text(&trie, text, &costs, &mut parsed);
            }
            parsed
        });
        let mut counts = counts(&parsed, symbols);
        set_costs(&mut costs, &counts);
        if round < ROUNDS {
            drop_unworthy(&grammar, &expansions, &mut trie, &mut counts, &costs);
            set_costs(&mut costs, &counts);
        }
    }
    renumber(grammar, parsed)
}

/// What a symbol with each count costs, in bits: not a whole number, as in a code without bounds.
fn set_costs(costs: &mut [f32], counts: &[u64]) {
    let total: u64 = counts.iter().sum();
    for (cost, &count) in costs.iter_mut().zip(counts) {
        *cost = (total as f32 / (count as f32).max(0.5)).log2();
    }
}

fn counts(parsed: &[Vec<u32>], symbols: usize) -> Vec<u64> {
    let mut counts = vec![0; symbols];
    for &symbol in parsed.iter().flatten() {
        counts[symbol as usize] += 1;
    }
    counts
}

/// Drops unused rules and sorts the others as the format wants them: by level, then by left and
/// right symbol.
fn renumber(grammar: Grammar, mut parsed: Vec<Vec<u32>>) -> (Grammar, Vec<Vec<u32>>) {
    let first_rule = grammar.first_rule();
    let mut used = vec![false; grammar.symbols()];
    for &symbol in parsed.iter().flatten() {
        used[symbol as usize] = true;
    }
    for (rule, &(left, right)) in grammar.rules.iter().enumerate().rev() {
        if used[first_rule + rule] {
            used[left as usize] = true;
            used[right as usize] = true;
        }
    }
    let mut levels = vec![0u32; grammar.symbols()];
    for (rule, &(left, right)) in grammar.rules.iter().enumerate() {
        levels[first_rule + rule] = 1 + levels[left as usize].max(levels[right as usize]);
    }

    let mut new_ids: Vec<u32> = (0..grammar.symbols() as u32).collect();
    let mut rules: Vec<(u32, u32)> = Vec::new();
    let deepest = levels.iter().copied().max().unwrap_or(0);
    for level in 1..=deepest {
        let here = (0..grammar.rules.len())
            .filter(|rule| levels[first_rule + rule] == level && used[first_rule + rule]);
        let mut here: Vec<(u32, u32, usize)> = here
            .map(|rule| {
                let (left, right) = grammar.rules[rule];
                (new_ids[left as usize], new_ids[right as usize], rule)
            })
            .collect();
        here.sort_unstable();
        for (left, right, rule) in here {
            new_ids[first_rule + rule] = (first_rule + rules.len()) as u32;
            rules.push((left, right));
        }
    }
    let grammar = Grammar {
        literals: grammar.literals,
        rules,
    };
    for symbol in parsed.iter_mut().flatten() {
        *symbol = new_ids[*symbol as usize];
    }
    (grammar, parsed)
}

fn code_section(grammar: &Grammar, lengths: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    push_number(&mut out, grammar.literals.len() as u32);
    let mut before = 0;
    for &literal in &grammar.literals {
        push_number(&mut out, literal as u32 - before);
        before = literal as u32;
    }
    push_number(&mut out, grammar.rules.len() as u32);

    let mut bits = BitWriter::default();
    let mut length_counts = [0; MAX_CODE_LENGTH + 1];
    for &length in lengths {
        length_counts[usize::from(length)] += 1;
    }
    let length_lengths = code_lengths(&length_counts, MAX_LENGTH_CODE_LENGTH);
    let length_words = codewords(&length_lengths);
    for &length in &length_lengths {
        bits.bits(u32::from(length), 4);
    }
    for &length in lengths {
        bits.bits(
            length_words[usize::from(length)],
            u32::from(length_lengths[usize::from(length)]),
        );
    }
    let mut left_before = 0;
    for (at, &(left, right)) in grammar.rules.iter().enumerate() {
        match left.checked_sub(left_before) {
            Some(step) => bits.gamma(step + 1),
            None => {
                bits.gamma(0);
                bits.gamma(left);
            }
        }
        left_before = left;
        bits.bits(right, bits_for(grammar.first_rule() + at));
    }
    out.extend(bits.finish());
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::BitReader;
    use crate::code::TextCode;
    use proptest::prelude::*;

    fn round_trip(texts: &[&str]) -> Vec<String> {
        let (section, bits) = encode(texts);
        let mut code = TextCode::default();
        code.read(&section)
            .expect("the writer makes sound sections");
        let mut reader = BitReader::new(&bits, 0);
        let decode = |_: &&str| {
            let mut text = String::new();
            code.decode(&mut reader, &mut text, 1 << 20)
                .expect("the text is as long as it was");
            text
        };
        texts.iter().map(decode).collect()
    }

    #[test]
    fn texts_survive() {
        let long = "多利益相关方模型，multi-stakeholder 模型。".repeat(300);
        for texts in [
            &[""][..],
            &["a"],
            &["", "", ""],
            &["aaaa", "aaaaaaaa"],
            &[&long, "", &long[..long.len() / 2 / 3 * 3]],
        ] {
            let texts: Vec<&str> = texts.to_vec();
            assert_eq!(round_trip(&texts), texts);
        }
    }

    #[test]
    fn no_text_goes_on_behind_the_end_of_the_bits() {
        let (section, bits) = encode(&["aaaa", "aaaab", "b"]);
        let mut code = TextCode::default();
        code.read(&section)
            .expect("the writer makes sound sections");
        for position in 0..bits.len() * 8 + 64 {
            let mut text = String::new();
            let mut reader = BitReader::new(&bits, position);
            // It may end early, but it does end.
            let _ = code.decode(&mut reader, &mut text, 1 << 16);
            assert!(text.len() < 64, "from bit {position}: {} bytes", text.len());
        }
    }

    proptest! {
        /// Few letters make rules of rules, whose places merge and leave their old neighbours
        /// behind.
        #[test]
        fn repetitive_texts_survive(texts in prop::collection::vec("[abc]{0,300}", 1..6)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            prop_assert_eq!(round_trip(&texts), texts);
        }

        #[test]
        fn any_texts_survive(texts in prop::collection::vec("[ab的是\u{1F600}]{0,60}|.{0,20}", 1..12)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            prop_assert_eq!(round_trip(&texts), texts);
        }
    }
}
