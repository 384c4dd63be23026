//! The package for npm: the widget, its types and an engine without a pack, since every site has
//! packs of its own.

use anyhow::{Context, Result};
use fs_err as fs;
use turnsearch_bundle::site::ENGINE;
use turnsearch_bundle::wasm;
use turnsearch_pack::CUSTOM_SECTION;

use crate::engine;
use crate::site;
use crate::workspace::Workspace;

/// Folder of www/ with what only the package has.
const SOURCES: &str = "npm";

const README: &str = "README.md";
const MANIFEST: &str = "package.json";

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
        fs::remove_dir_all(&folder)?;
    }
    let sources = workspace.www().join(SOURCES);
    let mut files = site::widget(workspace, "npm")?;
    for name in LICENCES {
        files.insert(name.to_owned(), workspace.root().join(name));
    }
    files.insert(README.to_owned(), sources.join(README));
    files.insert(
        engine::GLUE.to_owned(),
        workspace.engine().join(engine::GLUE),
    );
    for (name, source) in files {
        site::write(&folder.join(name), &fs::read(source)?)?;
    }
    let manifest = fs::read_to_string(sources.join(MANIFEST))?;
    fs::write(folder.join(MANIFEST), versioned(&manifest)?)?;
    let module = wasm::without_section(&engine::module(workspace)?, CUSTOM_SECTION)?;
    fs::write(folder.join(ENGINE), module)?;
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
