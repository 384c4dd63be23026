//! Making the fold table of a collection.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::fold::{FoldTable, fold};
use crate::platform::compatibility_form;

/// Lines of `character TAB simplified counterparts`; see `data/README.md`.
const HAN_VARIANTS: &str = include_str!("../data/han-variants.tsv");

/// The fold table for a collection in which exactly the characters `used` occur.
///
/// Each used character gets its folded form; so does every variant of a used character that a
/// reader may type instead of it. Everything else is left out, which keeps the table small.
pub fn fold_table(used: &BTreeSet<char>) -> FoldTable {
    let variants = &*VARIANTS;
    let rules_alone = FoldTable::default();
    let full = |c: char| -> String {
        let taken_apart = compatibility_form(c.encode_utf8(&mut [0; 4]));
        let simplified: String = taken_apart.chars().map(|c| simplify(c, variants)).collect();
        fold(&simplified, &rules_alone)
    };

    let mut entries = BTreeMap::new();
    let mut folded_used = BTreeSet::new();
    for &c in used {
        let folded = full(c);
        folded_used.extend(folded.chars());
        if folded != fold(c.encode_utf8(&mut [0; 4]), &rules_alone) {
            entries.insert(c, folded.into_boxed_str());
        }
    }
    for &c in variants.keys() {
        let target = simplify(c, variants);
        if target != c && folded_used.contains(&target) {
            entries
                .entry(c)
                .or_insert_with(|| String::from(target).into_boxed_str());
        }
    }
    let alternatives = alternatives(variants, &folded_used);
    FoldTable::new(entries.into_iter().collect(), alternatives)
}

type Variants = BTreeMap<char, Vec<char>>;

/// Read once in the life of the program.
static VARIANTS: LazyLock<Variants> = LazyLock::new(|| {
    let lines = HAN_VARIANTS.lines().filter_map(|line| {
        let (character, counterparts) = line.split_once('\t')?;
        Some((character.chars().next()?, counterparts.chars().collect()))
    });
    lines.collect()
});

/// The usual simplified form. A few entries lead to a character that has an entry itself; two
/// steps reach the end of every such chain.
fn simplify(c: char, variants: &Variants) -> char {
    let step = |c: char| {
        variants
            .get(&c)
            .and_then(|all| all.first())
            .copied()
            .unwrap_or(c)
    };
    step(step(c))
}

/// What a character of a query may stand for besides its usual form, both ways: 著 for 着 where
/// the collection has 着, and 着 for 著 in a collection that writes only 著.
fn alternatives(variants: &Variants, folded_used: &BTreeSet<char>) -> Vec<(char, Vec<char>)> {
    let mut found: BTreeMap<char, BTreeSet<char>> = BTreeMap::new();
    for (&character, counterparts) in variants {
        let usual = simplify(character, variants);
        for other in counterparts
            .iter()
            .map(|&c| simplify(c, variants))
            .filter(|&c| c != usual)
        {
            if folded_used.contains(&other) {
                found.entry(character).or_default().insert(other);
            } else if folded_used.contains(&usual) {
                found.entry(other).or_default().insert(usual);
            }
        }
    }
    found
        .into_iter()
        .map(|(c, others)| (c, others.into_iter().collect()))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fold::{fold_query, query_variants};

    fn table_of(text: &str) -> FoldTable {
        fold_table(&text.chars().collect())
    }

    #[test]
    fn traditional_and_simplified_fold_to_one_form() {
        for (collection, query) in [
            ("我的顾问", "顧問"),
            ("我的顧問", "顾问"),
            ("之後系統關係聯繫", "之后系统关系联系"),
            ("臺灣與台湾", "臺灣与台灣"),
            ("Ⅷ ﬁne Café ＡＢ㎏", "viii fine cafe abkg"),
        ] {
            let table = table_of(collection);
            let folded = fold(collection, &table).replace(' ', "");
            let wanted = fold_query(query, &table).replace(' ', "");
            assert!(folded.contains(&wanted), "{wanted} in {folded}");
        }
    }

    #[test]
    fn a_table_holds_nothing_the_collection_has_no_use_for() {
        let table = table_of("顾问");
        let characters: Vec<char> = table.entries().map(|entry| entry.0).collect();
        assert_eq!(characters, ['問', '顧']);
    }

    #[test]
    fn a_character_with_several_counterparts_tries_all_of_them() {
        let mixed = table_of("看着书，著名");
        assert_eq!(query_variants("看著", &mixed), ["看著", "看着"]);
        assert_eq!(query_variants("看着", &mixed), ["看着"]);
        let traditional = table_of("看著書");
        assert_eq!(query_variants("看着", &traditional), ["看着", "看著"]);
        assert_eq!(
            query_variants("計畫", &table_of("计划与画")),
            ["计画", "计划"]
        );
    }

    #[test]
    fn folding_is_idempotent_for_every_variant() {
        let all: String = HAN_VARIANTS
            .chars()
            .filter(|c| !c.is_whitespace())
            .collect();
        let table = table_of(&all);
        let once = fold(&all, &table);
        assert_eq!(fold(&once, &table), once);
    }
}
