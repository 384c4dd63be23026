//! The long form of `tests/e2e/longday.test.mjs`: a day of use in one page, with the memory before
//! and after.

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup;
use crate::workspace::Workspace;

/// How long one of the tests may take before it counts as hanging, in milliseconds.
const TEST_LIMIT_MS: u32 = 3_600_000;

/// Runs the tests on the page that was built last.
///
/// # Errors
///
/// When there is no page or no browser, or memory grew.
pub fn run(workspace: &Workspace) -> Result<()> {
    if !workspace.site().join("turnsearch.js").is_file() {
        bail!("there is no page to test; run `cargo xtask build` first");
    }
    let browser = setup::find_browser(workspace)?.context("Chromium is not found")?;
    let mut node = workspace.command("node");
    node.args(["--test", "--test-reporter=spec"])
        .arg(format!("--test-timeout={TEST_LIMIT_MS}"))
        .arg("tests/e2e/longday.test.mjs")
        .env("TURNSEARCH_LONG_DAY", "1")
        .env("TURNSEARCH_XTASK", workspace.program())
        .env("CHROMIUM", browser);
    process::run(&mut node)
}
