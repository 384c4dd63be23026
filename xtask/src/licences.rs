//! The licences of everything that a bundle ships.
//!
//! The engine is made of this project and of the crates that it depends on for WebAssembly; a pack
//! holds data that comes from others as well. All their texts go into one file beside the engine.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{Metadata, MetadataCommand, Package};
use fs_err as fs;

use crate::process;
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

/// What tells which crates are compiled into the module. (The metadata that cargo gives of a
/// workspace mixes the features that its packages are built with.)
const TREE: [&str; 11] = [
    "tree",
    "--locked",
    "--package=turnsearch-engine",
    "--target=wasm32-unknown-unknown",
    "--edges=normal,no-proc-macro",
    "--prefix=none",
    "--format",
    "{p}",
    "--no-dedupe",
    "--charset=ascii",
    "--quiet",
];

/// Writes the file.
///
/// # Errors
///
/// When cargo cannot tell what the engine is made of, or a file cannot be read or written.
pub fn write(workspace: &Workspace) -> Result<()> {
    let text = list(&packages(workspace)?, workspace.root())?;
    Ok(fs::write(workspace.engine().join(FILE), text)?)
}

/// The crates of others that are compiled into the engine, and those whose data is in packs, by
/// name and version.
fn packages(workspace: &Workspace) -> Result<Vec<Package>> {
    let metadata: Metadata = MetadataCommand::new()
        .manifest_path(workspace.root().join("Cargo.toml"))
        .other_options(["--locked".to_owned()])
        .exec()
        .context("cannot learn what the engine is made of")?;
    let used = compiled_in(workspace)?;
    let is_shipped = |package: &Package| {
        let named = format!("{} v{}", package.name, package.version);
        package.source.is_some() && (used.contains(&named) || DATA.contains(&package.name.as_str()))
    };
    let mut packages = metadata.packages;
    packages.retain(is_shipped);
    packages.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    Ok(packages)
}

/// What is compiled into the engine, as `name vVERSION`.
fn compiled_in(workspace: &Workspace) -> Result<BTreeSet<String>> {
    let tree = process::output(workspace.cargo().args(TREE))?;
    let named = |line: &str| line.split(' ').take(2).collect::<Vec<_>>().join(" ");
    Ok(tree.lines().map(named).collect())
}

/// The whole text: the project first, then crates by name, then other data.
fn list(packages: &[Package], root: &Path) -> Result<String> {
    let mut text = String::from(
        "turnsearch (MIT OR Apache-2.0)\n\nThe engine and the widget. Your transcripts are yours.\n\n",
    );
    for name in ["LICENSE-MIT", "LICENSE-APACHE"] {
        text += &fs::read_to_string(root.join(name))?;
        text.push('\n');
    }
    for package in packages {
        text += RULE;
        let licence = package.license.as_deref().unwrap_or("see below");
        let _ = writeln!(text, "{} {} ({licence})", package.name, package.version);
        if let Some(repository) = &package.repository {
            let _ = writeln!(text, "{repository}");
        }
        for file in licence_files(package)? {
            text.push('\n');
            text += &fs::read_to_string(&file)?;
        }
    }
    text += RULE;
    text += OTHER_DATA;
    Ok(text)
}

/// The licences that lie beside a crate's manifest, sorted.
fn licence_files(package: &Package) -> Result<Vec<PathBuf>> {
    let folder = package.manifest_path.parent();
    let folder = folder.context("a manifest lies in no folder")?;
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_engine_uses_is_listed_and_what_builds_it_is_not() {
        let workspace = Workspace::locate().unwrap();
        let packages = packages(&workspace).unwrap();
        let names: Vec<&str> = packages
            .iter()
            .map(|package| package.name.as_str())
            .collect();
        for (name, listed) in [
            ("bytemuck", true),
            ("wasm-bindgen", true),
            ("pinyin", true),
            ("jieba-rs", false),
            ("syn", false),
            ("clap", false),
        ] {
            assert_eq!(names.contains(&name), listed, "{name} in {names:?}");
        }
        let text = list(&packages, workspace.root()).unwrap();
        assert!(text.contains("Apache License") && text.contains("bytemuck"));
    }
}
