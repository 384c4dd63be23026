//! The cheapest way to write a text with the symbols of a grammar, and the rules that are worth
//! having for it.

use std::ops::Range;

use super::grammar::Grammar;
use super::literals::Literals;
use crate::code::bits_for;

/// The expansions of all symbols as a trie over literals, so that the symbols which begin at a
/// place of a text are found one after the other.
///
/// Nodes are numbered level by level, which puts the children of a node side by side.
pub(super) struct Trie {
    literals: Literals,
    end_mark: u32,
    /// For each node, the literal that leads to it.
    labels: Vec<u32>,
    /// For each node, its first child; the children end where those of the next node begin.
    children: Vec<u32>,
    /// The symbol that ends at each node, or [`NO_SYMBOL`].
    symbols: Vec<u32>,
    /// For each symbol that ends at a node, that node.
    ends: Vec<u32>,
}

const NO_SYMBOL: u32 = u32::MAX;
const ROOT: u32 = 0;

impl Trie {
    /// The trie of `expansions`, which are those of `grammar`.
    pub(super) fn new(grammar: &Grammar, expansions: &Expansions) -> Self {
        let mut sorted: Vec<u32> = (0..grammar.symbols() as u32).collect();
        // Two rules may expand to the same text; the first one serves.
        sorted.sort_by(|&a, &b| expansions.of(a).cmp(expansions.of(b)).then(a.cmp(&b)));
        let mut trie = Self {
            literals: Literals::new(&grammar.literals),
            end_mark: grammar.end_mark(),
            labels: vec![0],
            children: Vec::new(),
            symbols: Vec::new(),
            ends: vec![ROOT; grammar.symbols()],
        };
        // Symbols whose expansions share the path to a node of the level.
        let mut level = vec![&sorted[..]];
        let mut depth = 0;
        while !level.is_empty() {
            let mut below = Vec::new();
            for sharing in level {
                let ended = sharing.partition_point(|&symbol| expansions.of(symbol).len() == depth);
                let symbol = if ended > 0 { sharing[0] } else { NO_SYMBOL };
                if ended > 0 {
                    trie.ends[symbol as usize] = trie.symbols.len() as u32;
                }
                trie.symbols.push(symbol);
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

    /// Takes `symbol` out, so that no parse uses it, until it is [put](Self::put) back. One that
    /// another symbol serves for is not there.
    pub(super) fn take(&mut self, symbol: u32) {
        if self.ends[symbol as usize] != ROOT {
            self.symbols[self.ends[symbol as usize] as usize] = NO_SYMBOL;
        }
    }

    /// Puts `symbol` back.
    pub(super) fn put(&mut self, symbol: u32) {
        if self.ends[symbol as usize] != ROOT {
            self.symbols[self.ends[symbol as usize] as usize] = symbol;
        }
    }

    fn child(&self, node: u32, literal: u32) -> Option<u32> {
        let first = self.children[node as usize];
        let labels = &self.labels[first as usize..self.children[node as usize + 1] as usize];
        let at = if node == ROOT {
            // Every literal is a symbol, and so is the end mark, so all of them lead away from the
            // root.
            literal as usize
        } else {
            labels.binary_search(&literal).ok()?
        };
        Some(first + at as u32)
    }
}

/// Bits of a rule in the pack, besides its right symbol: some four for its left symbol, three for
/// the length of its codeword, and six since a smaller grammar leaves shorter codewords to all
/// others (0, 4, 6 and 9 were measured).
const BITS_OF_RULE: f32 = 13.0;

/// Takes from `trie` the rules that cost more bits than they save. `counts` says how often each
/// symbol stands in the texts, and is then what it will be about; `costs` are the bits of each.
pub(super) fn drop_unworthy(
    grammar: &Grammar,
    expansions: &Expansions,
    trie: &mut Trie,
    counts: &mut [u64],
    costs: &[f32],
) {
    let price = bits_for(grammar.symbols()) as f32 + BITS_OF_RULE;
    // Whether a rule that is kept is made of it.
    let mut is_needed = vec![false; grammar.symbols()];
    let mut parser = Parser::default();
    let mut parts = Vec::new();
    // Rules are made of symbols before them.
    let symbols = grammar.first_rule()..grammar.symbols();
    for (&(left, right), symbol) in grammar.rules.iter().zip(symbols).rev() {
        if !is_needed[symbol] {
            trie.take(symbol as u32);
            parts.clear();
            let expansion = expansions.of(symbol as u32);
            let without = parser.parse_literals(trie, expansion, costs, &mut parts);
            if counts[symbol] as f32 * (without - costs[symbol]) < price {
                for &part in &parts {
                    counts[part as usize] += counts[symbol];
                }
                counts[symbol] = 0;
                continue;
            }
            trie.put(symbol as u32);
        }
        is_needed[left as usize] = true;
        is_needed[right as usize] = true;
    }
}

/// What the symbols of a grammar stand for, as literals.
pub(super) struct Expansions {
    literals: Vec<u32>,
    ends: Vec<u32>,
}

impl Expansions {
    /// The expansions of all symbols of `grammar`.
    pub(super) fn new(grammar: &Grammar) -> Self {
        // The end mark is like a literal here.
        let literals = grammar.first_rule() as u32;
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

    /// What `symbol` stands for.
    pub(super) fn of(&self, symbol: u32) -> &[u32] {
        &self.literals[self.range(symbol)]
    }
}

/// Finds the cheapest parse of one text after the other; keeps the room that it needs for that.
#[derive(Default)]
pub(super) struct Parser {
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
    /// Appends to `parsed` the symbols that spell `text` and its end mark at the least sum of
    /// `costs` (bits).
    pub(super) fn parse_text(
        &mut self,
        trie: &Trie,
        text: &str,
        costs: &[f32],
        parsed: &mut Vec<u32>,
    ) {
        self.text.clear();
        self.text.extend(text.chars().map(|c| trie.literals.id(c)));
        self.text.push(trie.end_mark);
        self.parse(trie, costs, parsed);
    }

    /// Appends to `parsed` the symbols that spell `literals` at the least sum of `costs` (bits);
    /// gives the sum.
    pub(super) fn parse_literals(
        &mut self,
        trie: &Trie,
        literals: &[u32],
        costs: &[f32],
        parsed: &mut Vec<u32>,
    ) -> f32 {
        self.text.clear();
        self.text.extend_from_slice(literals);
        self.parse(trie, costs, parsed)
    }

    fn parse(&mut self, trie: &Trie, costs: &[f32], parsed: &mut Vec<u32>) -> f32 {
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
        self.best[0].cost
    }
}
