//! What each crate, and each module of our own, takes of the engine's code.

use crate::size::table::{bytes_at, heading, row};
use std::collections::BTreeMap;

use anyhow::{Context, Result};
use wasmparser::{KnownCustom, Name, Parser, Payload, TypeRef};

/// Crates that are shown module by module: each module is a feature, or a stage of the search.
const OWN: [&str; 4] = [
    "turnsearch",
    "turnsearch_engine",
    "turnsearch_pack",
    "turnsearch_text",
];

/// A table of the code by crate and module, largest first. The brotli figures are of each group's
/// code by itself, so their sum is more than the whole.
///
/// # Errors
///
/// When the bytes are no wasm module.
pub fn table(module: &[u8]) -> Result<String> {
    let mut groups: BTreeMap<String, Vec<u8>> = BTreeMap::new();
    for (name, body) in functions(module)? {
        groups.entry(group(&name)).or_default().extend(body);
    }
    let mut groups: Vec<(String, Vec<u8>)> = groups.into_iter().collect();
    groups.sort_by_key(|(_, bodies)| std::cmp::Reverse(bodies.len()));
    let mut table = heading("code by crate and module");
    for (name, bodies) in &groups {
        row(&mut table, name, bodies)?;
    }
    Ok(table)
}

/// Name and code of every function that the module has itself.
fn functions(module: &[u8]) -> Result<Vec<(String, &[u8])>> {
    let mut imported = 0;
    let mut bodies = Vec::new();
    let mut names = BTreeMap::new();
    for payload in Parser::new(0).parse_all(module) {
        match payload.context("the engine is not a wasm module")? {
            Payload::ImportSection(imports) => {
                for import in imports.into_imports() {
                    imported += usize::from(matches!(import?.ty, TypeRef::Func(_)));
                }
            }
            Payload::CodeSectionEntry(body) => bodies.push(bytes_at(module, body.range())),
            Payload::CustomSection(section) => {
                if let KnownCustom::Name(section) = section.as_known() {
                    read_names(section, &mut names)?;
                }
            }
            _ => {}
        }
    }
    let named = bodies.into_iter().zip(imported..).map(|(body, index)| {
        let name = names.remove(&index).unwrap_or_default();
        (name, body)
    });
    Ok(named.collect())
}

fn read_names(
    section: wasmparser::NameSectionReader<'_>,
    names: &mut BTreeMap<usize, String>,
) -> Result<()> {
    for part in section {
        if let Name::Function(functions) = part? {
            for naming in functions {
                let naming = naming?;
                let name = format!("{:#}", rustc_demangle::demangle(naming.name));
                names.insert(naming.index as usize, name);
            }
        }
    }
    Ok(())
}

/// The crate of a function, with its module where the crate is ours.
///
/// `<alloc::vec::Vec<T> as core::clone::Clone>::clone` counts for `alloc`: what is made generic for
/// us bears the name of where it is written.
fn group(name: &str) -> String {
    let path = name.trim_start_matches(['<', '&', '[', '(', '*']);
    let path = path.strip_prefix("mut ").unwrap_or(path);
    let mut parts = path.split("::");
    let first = parts.next().unwrap_or_default();
    if !path.contains("::") {
        return "without a path".to_owned();
    }
    let module = parts.next().unwrap_or_default();
    let is_module = module
        .chars()
        .next()
        .is_some_and(|c| c.is_ascii_lowercase())
        && parts.next().is_some();
    if OWN.contains(&first) && is_module {
        format!("{first}::{module}")
    } else {
        first.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn functions_count_for_the_place_where_they_are_written() {
        for (name, expected) in [
            ("turnsearch::relax::relax", "turnsearch::relax"),
            (
                "<turnsearch_pack::read::Pack as core::fmt::Debug>::fmt",
                "turnsearch_pack::read",
            ),
            ("alloc::raw_vec::RawVec<T,A>::grow_one", "alloc"),
            (
                "<alloc::string::String as core::fmt::Write>::write_str",
                "alloc",
            ),
            (
                "<&mut core::fmt::Formatter as core::fmt::Write>::write_str",
                "core",
            ),
            ("turnsearch::main", "turnsearch"),
            ("memcpy", "without a path"),
        ] {
            assert_eq!(group(name), expected, "{name}");
        }
    }
}
