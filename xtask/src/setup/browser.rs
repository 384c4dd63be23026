//! Chromium, for the tests of the page.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

use crate::process;
use crate::setup::state::State;
use crate::workspace::Workspace;

/// Names under which systems install Chromium, or the browser built from it.
const NAMES: [&str; 4] = [
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
];

/// The browser and the fonts that pages in Chinese need, as Debian and Ubuntu name them.
const PACKAGES: [&str; 2] = ["chromium", "fonts-noto-cjk"];

/// The browser: the one that `CHROMIUM` names, else the first in `PATH`.
///
/// # Errors
///
/// When `CHROMIUM` names a file that does not exist.
pub fn find(workspace: &Workspace) -> Result<Option<PathBuf>> {
    if let Some(named) = env::var_os("CHROMIUM").filter(|named| !named.is_empty()) {
        let path = PathBuf::from(named);
        if !path.is_file() {
            bail!(
                "CHROMIUM is set to {}, which is no file; unset it or correct it",
                path.display()
            );
        }
        return Ok(Some(path));
    }
    Ok(NAMES.iter().find_map(|name| workspace.find_tool(name)))
}

pub fn check(workspace: &Workspace) -> Result<State> {
    Ok(match find(workspace)? {
        Some(path) => State::Ready(path.display().to_string()),
        None => State::Missing {
            found: format!("none of {} is in PATH", NAMES.join(", ")),
        },
    })
}

pub fn install(workspace: &Workspace) -> Result<()> {
    if !can_use_apt(workspace) {
        bail!(
            "install Chromium or Google Chrome (on Debian and Ubuntu: `sudo apt-get install {}`), \
             or set CHROMIUM to the browser's program",
            PACKAGES.join(" ")
        );
    }
    apt_install(workspace, &PACKAGES)
}

/// Installs packages of Debian or one of its relatives.
///
/// # Errors
///
/// When a package cannot be fetched or installed.
pub fn apt_install(workspace: &Workspace, packages: &[&str]) -> Result<()> {
    process::run(workspace.command("apt-get").arg("update"))
        .context("the lists of packages could not be brought up to date")?;
    let mut install = workspace.command("apt-get");
    install
        .env("DEBIAN_FRONTEND", "noninteractive")
        .args(["install", "--yes", "--no-install-recommends"])
        .args(packages);
    process::run(&mut install)
}

/// Whether this is Debian or one of its relatives, and the user may install packages.
pub fn can_use_apt(workspace: &Workspace) -> bool {
    let is_root = process::output(workspace.command("id").arg("-u")).is_ok_and(|id| id == "0");
    is_root && Path::new("/etc/debian_version").exists() && workspace.find_tool("apt-get").is_some()
}
