//! Coding texts: grammar, then the cheapest parse of every text, then the bits.

use std::ops::Range;

use super::grammar::{self, Grammar, Literals};
use super::huffman::{code_lengths, codewords};
use super::parallel::in_parts;
use crate::bytes::{BitWriter, push_number};
use crate::code::{MAX_CODE_LENGTH, MAX_LENGTH_CODE_LENGTH, bits_for};

/// How often code lengths and parses are fitted to each other; a third round gains under 0.1 %.
const ROUNDS: usize = 2;

/// The sections [`crate::SectionTag::CODE`] and [`crate::SectionTag::TEXT`] for `texts`.
pub(super) fn encode(texts: &[&str]) -> (Vec<u8>, Vec<u8>) {
    let inferred = grammar::infer(texts);
    let (grammar, parsed) = fit(inferred, texts);
    let lengths = code_lengths(&counts(&parsed, grammar.symbols() + 1), MAX_CODE_LENGTH);
    let words = codewords(&lengths);
    let mut bits = BitWriter::default();
    for &symbol in parsed.iter().flatten() {
        bits.bits(words[symbol as usize], u32::from(lengths[symbol as usize]));
    }
    (code_section(&grammar, &lengths), bits.finish())
}

/// Parses `texts` as cheaply as the grammar allows, and drops the rules that are then unused. The
/// texts come back as symbols, each with the end mark behind it, in several parts.
fn fit(grammar: Grammar, texts: &[&str]) -> (Grammar, Vec<Vec<u32>>) {
    let symbols = grammar.symbols();
    let end = symbols as u32;
    let trie = Trie::new(&grammar);
    // Before anything is known, longer is cheaper.
    let mut costs: Vec<f32> = vec![12.0; symbols];
    let mut parsed = Vec::new();
    for _ in 0..=ROUNDS {
        parsed.clear();
        parsed = in_parts(texts, |_, texts| {
            let mut parsed = Vec::new();
            let mut parser = Parser::default();
            for text in texts {
                parser.cheapest_parse(&trie, text, &costs, &mut parsed);
                parsed.push(end);
            }
            parsed
        });
        let counts = counts(&parsed, symbols + 1);
        let total: u64 = counts.iter().sum();
        for (cost, &count) in costs.iter_mut().zip(&counts) {
            *cost = (total as f32 / (count as f32).max(0.5)).log2();
        }
    }
    renumber(grammar, parsed)
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
    let literals = grammar.literals.len();
    let end = grammar.symbols();
    let mut used = vec![false; end + 1];
    for &symbol in parsed.iter().flatten() {
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

    let mut new_ids: Vec<u32> = (0..=end as u32).collect();
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
    let grammar = Grammar {
        literals: grammar.literals,
        rules,
    };
    new_ids[end] = grammar.symbols() as u32;
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
        bits.bits(right, bits_for(grammar.literals.len() + at));
    }
    out.extend(bits.finish());
    out
}

/// The expansions of all symbols as a trie over literals, so that the symbols which begin at a place
/// of a text are found one after the other.
///
/// Nodes are numbered level by level, which puts the children of a node side by side.
struct Trie {
    literals: Literals,
    /// For each node, the literal that leads to it.
    labels: Vec<u32>,
    /// For each node, its first child; the children end where those of the next node begin.
    children: Vec<u32>,
    /// The symbol that ends at each node, or [`NO_SYMBOL`].
    symbols: Vec<u32>,
}

const NO_SYMBOL: u32 = u32::MAX;
const ROOT: u32 = 0;

impl Trie {
    fn new(grammar: &Grammar) -> Self {
        let expansions = Expansions::new(grammar);
        let mut sorted: Vec<u32> = (0..grammar.symbols() as u32).collect();
        // Two rules may expand to the same text; the first one serves.
        sorted.sort_by(|&a, &b| expansions.of(a).cmp(expansions.of(b)).then(a.cmp(&b)));
        let mut trie = Self {
            literals: Literals::new(&grammar.literals),
            labels: vec![0],
            children: Vec::new(),
            symbols: Vec::new(),
        };
        // Symbols whose expansions share the path to a node of the level.
        let mut level = vec![&sorted[..]];
        let mut depth = 0;
        while !level.is_empty() {
            let mut below = Vec::new();
            for sharing in level {
                let ended = sharing.partition_point(|&symbol| expansions.of(symbol).len() == depth);
                trie.symbols
                    .push(if ended > 0 { sharing[0] } else { NO_SYMBOL });
                trie.children.push(trie.labels.len() as u32);
                let next = |symbol: &u32| expansions.of(*symbol)[depth];
                for child in sharing[ended..].chunk_by(|a, b| next(a) == next(b)) {
                    trie.labels.push(next(&child[0]));
                    below.push(child);
                }
            }
            level = below;
            depth += 1;
        }
        trie.children.push(trie.labels.len() as u32);
        trie
    }

    fn child(&self, node: u32, literal: u32) -> Option<u32> {
        let first = self.children[node as usize];
        let labels = &self.labels[first as usize..self.children[node as usize + 1] as usize];
        let at = if node == ROOT {
            // Every literal is a symbol, so all of them lead away from the root.
            literal as usize
        } else {
            labels.binary_search(&literal).ok()?
        };
        Some(first + at as u32)
    }
}

/// What the symbols of a grammar stand for, as literals.
struct Expansions {
    literals: Vec<u32>,
    ends: Vec<u32>,
}

impl Expansions {
    fn new(grammar: &Grammar) -> Self {
        let literals = grammar.literals.len() as u32;
        let mut expansions = Self {
            literals: (0..literals).collect(),
            ends: (1..=literals).collect(),
        };
        for &(left, right) in &grammar.rules {
            for symbol in [left, right] {
                let range = expansions.range(symbol);
                expansions.literals.extend_from_within(range);
            }
            expansions.ends.push(expansions.literals.len() as u32);
        }
        expansions
    }

    fn range(&self, symbol: u32) -> Range<usize> {
        let start = symbol
            .checked_sub(1)
            .map_or(0, |before| self.ends[before as usize]);
        start as usize..self.ends[symbol as usize] as usize
    }

    fn of(&self, symbol: u32) -> &[u32] {
        &self.literals[self.range(symbol)]
    }
}

/// Finds the cheapest parse of one text after the other; keeps the room that it needs for that.
#[derive(Default)]
struct Parser {
    text: Vec<u32>,
    /// For each place, the best way to parse the text from there on.
    best: Vec<Step>,
}

#[derive(Clone, Copy)]
struct Step {
    /// Bits of this symbol and all that follow.
    cost: f32,
    symbol: u32,
    /// Where the next symbol begins.
    next: u32,
}

impl Parser {
    /// Appends to `parsed` the symbols that spell `text` at the least sum of `costs` (bits).
    fn cheapest_parse(&mut self, trie: &Trie, text: &str, costs: &[f32], parsed: &mut Vec<u32>) {
        self.text.clear();
        self.text.extend(text.chars().map(|c| trie.literals.id(c)));
        let none = Step {
            cost: f32::INFINITY,
            symbol: NO_SYMBOL,
            next: 0,
        };
        self.best.clear();
        self.best.resize(self.text.len(), none);
        self.best.push(Step { cost: 0.0, ..none });
        for start in (0..self.text.len()).rev() {
            let mut node = ROOT;
            let mut best = none;
            for (&literal, end) in self.text[start..].iter().zip(start + 1..) {
                let Some(child) = trie.child(node, literal) else {
                    break;
                };
                node = child;
                let symbol = trie.symbols[node as usize];
                if symbol == NO_SYMBOL {
                    continue;
                }
                let cost = costs[symbol as usize] + self.best[end].cost;
                if cost < best.cost {
                    let next = end as u32;
                    best = Step { cost, symbol, next };
                }
            }
            self.best[start] = best;
        }
        let mut at = 0;
        while at < self.text.len() {
            parsed.push(self.best[at].symbol);
            at = self.best[at].next as usize;
        }
    }
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
        /// Few letters make rules of rules, whose places merge and leave their old neighbours behind.
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
