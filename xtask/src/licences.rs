//! The licences of everything that a bundle ships.
//!
//! The engine is made of this project and of the crates that it depends on for WebAssembly; a pack
//! holds data that comes from others as well. All their texts go into one file beside the engine.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{
    CargoOpt, DependencyKind, Metadata, MetadataCommand, Node, Package, PackageId,
};

use crate::workspace::Workspace;

/// The file, in [`Workspace::engine`] and in the site.
pub const FILE: &str = "LICENSES.txt";

/// Crates that the builder alone uses, but whose data is in packs.
const DATA: [&str; 1] = ["pinyin"];

/// Data that comes from no crate.
const OTHER_DATA: &str = "\
OpenCC, its tables of traditional and simplified characters (Apache-2.0)
https://github.com/BYVoid/OpenCC
Packs hold the entries that their collection needs. The text of the licence is under turnsearch.
";

/// What stands between two entries.
const RULE: &str = "\n------------------------------------------------------------------------\n\n";

/// Writes the file.
///
/// # Errors
///
/// When cargo cannot tell what the engine is made of, or a file cannot be read or written.
pub fn write(workspace: &Workspace) -> Result<()> {
    let text = list(&metadata(workspace)?, workspace.root())?;
    let file = workspace.engine().join(FILE);
    fs::write(&file, text).with_context(|| format!("cannot write {}", file.display()))
}

/// What cargo knows of the engine and of all that it is built with.
fn metadata(workspace: &Workspace) -> Result<Metadata> {
    MetadataCommand::new()
        .manifest_path(workspace.root().join("Cargo.toml"))
        .features(CargoOpt::NoDefaultFeatures)
        .other_options(["--locked", "--filter-platform=wasm32-unknown-unknown"].map(str::to_owned))
        .exec()
        .context("cannot learn what the engine is made of")
}

/// The whole text: the project first, then crates by name, then other data.
fn list(metadata: &Metadata, root: &Path) -> Result<String> {
    let mut text = String::from(
        "turnsearch (MIT OR Apache-2.0)\n\nThe engine and the widget. Your transcripts are yours.\n\n",
    );
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        text += &read(&root.join(name))?;
        text.push('\n');
    }
    for package in shipped(metadata) {
        text += RULE;
        let licence = package.license.as_deref().unwrap_or("see below");
        let _ = writeln!(text, "{} {} ({licence})", package.name, package.version);
        if let Some(repository) = &package.repository {
            let _ = writeln!(text, "{repository}");
        }
        for file in licence_files(package)? {
            text.push('\n');
            text += &read(&file)?;
        }
    }
    text += RULE;
    text += OTHER_DATA;
    Ok(text)
}

/// The crates of others that are compiled into the engine, and those whose data is in packs, by name
/// and version.
fn shipped(metadata: &Metadata) -> Vec<&Package> {
    let used = metadata.resolve.as_ref().map_or_else(Vec::new, |resolve| {
        let root = resolve.root.as_ref();
        root.map_or_else(Vec::new, |root| used_by(root, &resolve.nodes))
    });
    let mut packages: Vec<&Package> = metadata
        .packages
        .iter()
        .filter(|package| package.source.is_some())
        .filter(|package| used.contains(&&package.id) || DATA.contains(&package.name.as_str()))
        .collect();
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    packages
}

/// A package and all that it needs when it runs, not those that only build or test it.
fn used_by<'a>(root: &'a PackageId, nodes: &'a [Node]) -> Vec<&'a PackageId> {
    let nodes: BTreeMap<&PackageId, &Node> = nodes.iter().map(|node| (&node.id, node)).collect();
    let mut used = vec![root];
    let mut next = 0;
    while let Some(id) = used.get(next) {
        next += 1;
        let dependencies = nodes.get(id).map_or(&[][..], |node| &node.deps);
        for dependency in dependencies {
            let mut kinds = dependency.dep_kinds.iter();
            let is_used = kinds.any(|kind| kind.kind == DependencyKind::Normal);
            if is_used && !used.contains(&&dependency.pkg) {
                used.push(&dependency.pkg);
            }
        }
    }
    used
}

/// The licences that lie beside a crate's manifest, sorted.
fn licence_files(package: &Package) -> Result<Vec<PathBuf>> {
    let folder = package.manifest_path.parent();
    let folder = folder.context("a manifest lies in no folder")?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)
        .with_context(|| format!("cannot list the files of {}", package.name))?
    {
        let path = entry?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = name.to_uppercase();
        let is_licence = ["LICENSE", "LICENCE", "COPYING", "UNLICENSE", "NOTICE"]
            .iter()
            .any(|start| name.starts_with(start));
        if is_licence && path.is_file() {
            files.push(path);
        }
    }
    files.sort();
    Ok(files)
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_uses_is_listed_and_what_builds_it_is_not() {
        let workspace = Workspace::locate().unwrap();
        let metadata = metadata(&workspace).unwrap();
        let names: Vec<&str> = shipped(&metadata)
            .iter()
            .map(|package| package.name.as_str())
            .collect();
        for (name, listed) in [
            ("memchr", true),
            ("wasm-bindgen", true),
            ("pinyin", true),
            ("jieba-rs", false),
            ("clap", false),
        ] {
            assert_eq!(names.contains(&name), listed, "{name} in {names:?}");
        }
        let text = list(&metadata, workspace.root()).unwrap();
        assert!(text.contains("Apache License") && text.contains("memchr"));
    }
}
