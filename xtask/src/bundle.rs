//! Bundling the widget: the modules of www/ become one small `turnsearch.js`, with its languages
//! beside it.

use anyhow::Result;
use fs_err as fs;

use crate::process;
use crate::stamp::{self, Digest};
use crate::workspace::Workspace;

/// The program that calls the bundler.
const SCRIPT: &str = "xtask/js/bundle.mjs";

/// What the bundle is made from, below the top folder.
const INPUTS: [&str; 3] = ["www", SCRIPT, "package-lock.json"];

/// Brings target/widget up to date; returns at once when none of its inputs has changed.
///
/// # Errors
///
/// When the bundler fails, or the folder cannot be emptied.
pub fn build(workspace: &Workspace) -> Result<()> {
    let folder = workspace.widget();
    let stamp = workspace.root().join("target/widget.stamp");
    let mut digest = Digest::default();
    digest.add_files(workspace.root(), &INPUTS)?;
    let digest = digest.finish();
    if stamp::is_fresh(&stamp, &digest) && folder.exists() {
        println!("widget: unchanged");
        return Ok(());
    }
    stamp::clear(&stamp)?;
    if folder.exists() {
        fs::remove_dir_all(&folder)?;
    }
    println!("widget: bundling");
    let mut node = workspace.command("node");
    node.arg(SCRIPT).arg(workspace.www()).arg(&folder);
    process::run(&mut node)?;
    stamp::write(&stamp, &digest)
}
