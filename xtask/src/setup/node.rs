//! The JavaScript side: node, npm, and the packages of package-lock.json.

use std::path::PathBuf;

use anyhow::{Result, bail};

use crate::process;
use crate::setup::state::{State, version_in};
use crate::stamp::{self, Digest};
use crate::workspace::Workspace;

/// The oldest node (major, minor) that the tools run on; the bundler asks for most.
const OLDEST_NODE: (u32, u32) = (20, 19);

pub fn check_runtime(workspace: &Workspace) -> Result<State> {
    let node = process::output(workspace.command("node").arg("--version")).unwrap_or_default();
    let npm = workspace.find_tool("npm");
    Ok(match (version_in(&node), npm) {
        (None, _) => State::Missing {
            found: "node is not found".to_owned(),
        },
        (Some(version), _) if !is_new_enough(version) => State::Missing {
            found: format!("node {version} is older than {}", oldest()),
        },
        (Some(_), None) => State::Missing {
            found: "npm is not found".to_owned(),
        },
        (Some(version), Some(_)) => State::Ready(version.to_owned()),
    })
}

pub fn explain_runtime(_: &Workspace) -> Result<()> {
    bail!(
        "install Node.js {} or newer with npm: https://nodejs.org, \
         or the packages nodejs and npm of your system",
        oldest()
    )
}

fn oldest() -> String {
    format!("{}.{}", OLDEST_NODE.0, OLDEST_NODE.1)
}

fn is_new_enough(version: &str) -> bool {
    let mut numbers = version.split('.').map_while(|part| part.parse().ok());
    let major: Option<u32> = numbers.next();
    major.is_some_and(|major| (major, numbers.next().unwrap_or(0)) >= OLDEST_NODE)
}

pub fn check_packages(workspace: &Workspace) -> Result<State> {
    Ok(
        if stamp::is_fresh(&packages_stamp(workspace), &packages_digest(workspace)?) {
            State::Ready("as in package-lock.json".to_owned())
        } else {
            State::Missing {
                found: "node_modules is not as in package-lock.json".to_owned(),
            }
        },
    )
}

pub fn install_packages(workspace: &Workspace) -> Result<()> {
    // None of the packages needs its install scripts.
    let mut npm = workspace.command("npm");
    npm.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"]);
    process::run(&mut npm)?;
    stamp::write(&packages_stamp(workspace), &packages_digest(workspace)?)
}

/// In node_modules, so that it goes when somebody removes that folder.
fn packages_stamp(workspace: &Workspace) -> PathBuf {
    workspace.root().join("node_modules/.xtask-stamp")
}

fn packages_digest(workspace: &Workspace) -> Result<String> {
    let mut digest = Digest::default();
    digest.add_files(workspace.root(), &["package.json", "package-lock.json"])?;
    Ok(digest.finish())
}

/// The script that npm's binaryen runs as wasm-opt; started through node, it needs no shell.
pub fn wasm_opt_script(workspace: &Workspace) -> PathBuf {
    workspace.root().join("node_modules/binaryen/bin/wasm-opt")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_which_node_is_too_old() {
        assert!(is_new_enough("20.19.0"));
        assert!(is_new_enough("100.1.2"));
        assert!(!is_new_enough("20.18.3"));
        assert!(!is_new_enough("18.20.4"));
        assert!(!is_new_enough("9.0.0"));
        assert!(!is_new_enough(""));
    }
}
