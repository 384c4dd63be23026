//! Coding texts: grammar, then the cheapest parse of every text, then the bits.

use std::collections::HashMap;

use super::grammar::{self, Grammar};
use super::huffman::{code_lengths, codewords};
use crate::bytes::{BitWriter, push_number};
use crate::code::{MAX_CODE_LENGTH, MAX_LENGTH_CODE_LENGTH, bits_for};

/// How often code lengths and parses are fitted to each other; a third round gains under 0.1 %.
const ROUNDS: usize = 2;

/// The sections [`crate::SectionTag::CODE`] and [`crate::SectionTag::TEXT`] for `texts`.
pub(super) fn encode(texts: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let inferred = grammar::infer(texts);
    let (grammar, parses) = fit(inferred, texts);
    let end = grammar.symbols() as u32;
    let lengths = code_lengths(&counts(&parses, grammar.symbols()), MAX_CODE_LENGTH);
    let words = codewords(&lengths);
    let mut bits = BitWriter::default();
    for parse in &parses {
        for &symbol in parse.iter().chain([&end]) {
            bits.bits(words[symbol as usize], u32::from(lengths[symbol as usize]));
        }
    }
    (code_section(&grammar, &lengths), bits.finish())
}

/// Parses `texts` as cheaply as the grammar allows, and drops the rules that are then unused.
fn fit(grammar: Grammar, texts: &[&str]) -> (Grammar, Vec<Vec<u32>>) {
    let symbols = grammar.symbols();
    let expansions = grammar.expansions();
    let trie = Trie::new(&expansions);
    // Before anything is known, longer is cheaper.
    let mut costs: Vec<f32> = vec![12.0; symbols];
    let mut parses = Vec::new();
    for _ in 0..=ROUNDS {
        parses = texts
            .iter()
            .map(|text| trie.cheapest_parse(text, &costs))
            .collect();
        let counts = counts(&parses, symbols);
        let total: u64 = counts.iter().sum();
        for (cost, &count) in costs.iter_mut().zip(&counts) {
            *cost = (total as f32 / (count as f32).max(0.5)).log2();
        }
    }
    renumber(grammar, parses)
}

fn counts(parses: &[Vec<u32>], symbols: usize) -> Vec<u64> {
    let mut counts = vec![0; symbols + 1];
    for &symbol in parses.iter().flatten() {
        counts[symbol as usize] += 1;
    }
    counts[symbols] = parses.len() as u64;
    counts
}

/// Drops unused rules and sorts the others as the format wants them: by level, then by left and
/// right symbol.
fn renumber(grammar: Grammar, mut parses: Vec<Vec<u32>>) -> (Grammar, Vec<Vec<u32>>) {
    let literals = grammar.literals.len();
    let mut used = vec![false; grammar.symbols()];
    for &symbol in parses.iter().flatten() {
        used[symbol as usize] = true;
    }
    for (rule, &(left, right)) in grammar.rules.iter().enumerate().rev() {
        if used[literals + rule] {
            used[left as usize] = true;
            used[right as usize] = true;
        }
    }
    let mut levels = vec![0u32; grammar.symbols()];
    for (rule, &(left, right)) in grammar.rules.iter().enumerate() {
        levels[literals + rule] = 1 + levels[left as usize].max(levels[right as usize]);
    }

    let mut new_ids: Vec<u32> = (0..grammar.symbols() as u32).collect();
    let mut rules: Vec<(u32, u32)> = Vec::new();
    let deepest = levels.iter().copied().max().unwrap_or(0);
    for level in 1..=deepest {
        let here = (0..grammar.rules.len())
            .filter(|rule| levels[literals + rule] == level && used[literals + rule]);
        let mut here: Vec<(u32, u32, usize)> = here
            .map(|rule| {
                let (left, right) = grammar.rules[rule];
                (new_ids[left as usize], new_ids[right as usize], rule)
            })
            .collect();
        here.sort_unstable();
        for (left, right, rule) in here {
            new_ids[literals + rule] = (literals + rules.len()) as u32;
            rules.push((left, right));
        }
    }
    for symbol in parses.iter_mut().flatten() {
        *symbol = new_ids[*symbol as usize];
    }
    (
        Grammar {
            literals: grammar.literals,
            rules,
        },
        parses,
    )
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
        bits.bits(right, bits_for(grammar.literals.len() + at));
    }
    out.extend(bits.finish());
    out
}

/// Finds the symbols whose expansions begin at a place of a text.
struct Trie {
    children: HashMap<(u32, char), u32>,
    /// The symbol that ends at each node.
    symbols: Vec<Option<u32>>,
}

impl Trie {
    fn new(expansions: &[String]) -> Self {
        let mut trie = Self {
            children: HashMap::new(),
            symbols: vec![None],
        };
        for (symbol, expansion) in expansions.iter().enumerate() {
            let mut node = 0;
            for c in expansion.chars() {
                let fresh = trie.symbols.len() as u32;
                node = *trie.children.entry((node, c)).or_insert(fresh);
                if node == fresh {
                    trie.symbols.push(None);
                }
            }
            // Two rules may expand to the same text; the first one serves.
            trie.symbols[node as usize].get_or_insert(symbol as u32);
        }
        trie
    }

    /// The symbols that spell `text` at the least sum of `costs` (bits).
    fn cheapest_parse(&self, text: &str, costs: &[f32]) -> Vec<u32> {
        let characters: Vec<char> = text.chars().collect();
        // For each place, the cost of the rest of the text from there and the symbol to take.
        let mut best = vec![(0.0, 0u32, 0usize); characters.len() + 1];
        for start in (0..characters.len()).rev() {
            let mut node = 0;
            best[start].0 = f32::INFINITY;
            for (end, &c) in characters.iter().enumerate().skip(start) {
                let Some(&child) = self.children.get(&(node, c)) else {
                    break;
                };
                node = child;
                if let Some(symbol) = self.symbols[node as usize] {
                    let cost = costs[symbol as usize] + best[end + 1].0;
                    if cost < best[start].0 {
                        best[start] = (cost, symbol, end + 1);
                    }
                }
            }
        }
        let mut parse = Vec::new();
        let mut at = 0;
        while at < characters.len() {
            parse.push(best[at].1);
            at = best[at].2;
        }
        parse
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bytes::BitReader;
    use crate::code::TextCode;
    use proptest::prelude::*;

    fn round_trip(texts: &[&str]) -> Vec<String> {
        let (code, bits) = encode(texts);
        let code = TextCode::read(&code).expect("the writer makes sound sections");
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

    proptest! {
        #[test]
        fn any_texts_survive(texts in prop::collection::vec("[ab的是\u{1F600}]{0,60}|.{0,20}", 1..12)) {
            let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
            prop_assert_eq!(round_trip(&texts), texts);
        }
    }
}
