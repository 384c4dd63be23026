//! One form for all sources: rustfmt sees to Rust, prettier to JavaScript, CSS and Markdown.

use anyhow::Result;

use crate::process;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// Prettier, below the top folder; started through node, it needs no shell.
const PRETTIER: &str = "node_modules/prettier/bin/prettier.cjs";

/// Formats everything, or with `check` only tells what is not formatted.
///
/// # Errors
///
/// When a formatter is missing or fails, or `check` found something.
pub fn run(workspace: &Workspace, check: bool) -> Result<()> {
    setup::ensure(workspace, Purpose::FastTest)?;
    let mut rustfmt = workspace.cargo();
    rustfmt.args(["fmt", "--all"]);
    let mut prettier = workspace.command("node");
    prettier.args([PRETTIER, "--log-level=warn", "."]);
    if check {
        rustfmt.arg("--check");
        prettier.arg("--check");
    } else {
        prettier.arg("--write");
    }
    // Both have their say, whatever the first finds.
    let rust = process::run(&mut rustfmt);
    let others = process::run(&mut prettier);
    rust.and(others)
}
