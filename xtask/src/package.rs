//! The package for npm: the widget, its types and an engine without a pack, since every site has packs of its own.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::engine;
use crate::site;
use crate::workspace::Workspace;

/// Folder of www/ with what only the package has.
const SOURCES: &str = "npm";

/// What the manifest says in place of the version, which is that of the workspace.
const NO_VERSION: &str = "\"version\": \"0.0.0\"";

/// Licences, below the top folder.
const LICENCES: [&str; 2] = ["LICENSE-APACHE", "LICENSE-MIT"];

/// Makes target/npm hold exactly the package. The widget and the engine have to be built.
///
/// # Errors
///
/// When a file cannot be read or written, or the engine is no wasm module.
pub fn make(workspace: &Workspace) -> Result<()> {
    let folder = workspace.npm();
    if folder.exists() {
        fs::remove_dir_all(&folder)
            .with_context(|| format!("cannot remove {}", folder.display()))?;
    }
    for (place, source) in site::widget(workspace, "npm")? {
        site::write(&folder.join(place), &read(&source)?)?;
    }
    for name in LICENCES {
        site::write(&folder.join(name), &read(&workspace.root().join(name))?)?;
    }
    let sources = workspace.www().join(SOURCES);
    site::write(
        &folder.join("README.md"),
        &read(&sources.join("README.md"))?,
    )?;
    let manifest = String::from_utf8(read(&sources.join("package.json"))?)
        .context("www/npm/package.json is not text")?;
    site::write(
        &folder.join("package.json"),
        versioned(&manifest)?.as_bytes(),
    )?;

    let engine = workspace.engine();
    site::write(
        &folder.join(engine::GLUE),
        &read(&engine.join(engine::GLUE))?,
    )?;
    let module = engine::without_pack(&read(&engine.join(engine::MODULE))?)?;
    site::write(&folder.join(engine::MODULE), &module)?;
    println!("package: {}", folder.display());
    Ok(())
}

/// The manifest with the version of the workspace.
fn versioned(manifest: &str) -> Result<String> {
    let (before, after) = manifest
        .split_once(NO_VERSION)
        .with_context(|| format!("www/npm/package.json lacks {NO_VERSION}, which is replaced"))?;
    let version = env!("CARGO_PKG_VERSION");
    Ok(format!("{before}\"version\": \"{version}\"{after}"))
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).with_context(|| format!("cannot read {}", path.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_manifest_gets_the_version_of_the_workspace() {
        let manifest = versioned("{ \"version\": \"0.0.0\", \"type\": \"module\" }").unwrap();
        assert!(manifest.contains(env!("CARGO_PKG_VERSION")));
        assert!(manifest.ends_with("\"type\": \"module\" }"));
        assert!(versioned("{}").is_err());
    }
}
