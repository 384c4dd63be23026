//! The `turnsearch` command with its engine inside: one file that needs nothing else.

use std::env;
use std::path::PathBuf;

use anyhow::Result;

use crate::process;
use crate::workspace::Workspace;

/// Names the folder of page and engine to the build script of the command.
const SITE: &str = "TURNSEARCH_SITE";

/// Settings that are compiled into jemalloc: memory goes back at once, not after ten seconds, in
/// which a build has gone through several stages. A sixth less at the peak, for a tenth more time.
const ALLOCATOR: &str = "JEMALLOC_SYS_WITH_MALLOC_CONF";

/// Builds the command with target/site inside, and says where it lies.
///
/// # Errors
///
/// When it does not compile.
pub fn build(workspace: &Workspace) -> Result<()> {
    let mut cargo = workspace.cargo();
    cargo
        .args(["build", "--release", "--package", "turnsearch-cli"])
        .args(["--features", "jemalloc"])
        .env(ALLOCATOR, "dirty_decay_ms:0,muzzy_decay_ms:0")
        .env(SITE, workspace.site());
    process::run(&mut cargo)?;
    println!("{}", program(workspace).display());
    Ok(())
}

/// Where cargo leaves the command.
pub fn program(workspace: &Workspace) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    let name = format!("turnsearch{}", env::consts::EXE_SUFFIX);
    workspace.root().join(target).join("release").join(name)
}
