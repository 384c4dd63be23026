//! Checking the tools that the jobs need, and installing what is missing.
//!
//! Every check is quick when nothing is missing: a version asked, a stamp compared.

mod browser;
mod node;
mod rust;
mod state;

use anyhow::{Context, Result};

pub use browser::{apt_install, can_use_apt, find as find_browser};
pub use node::wasm_opt_script;
pub use rust::cargo_install;

use crate::workspace::Workspace;

use self::Purpose::{Build, FastTest, Test};
use self::state::State;

/// What the tools are for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// The wasm module and the page.
    Build,
    /// The tests that need neither.
    FastTest,
    /// All tests.
    Test,
}

/// A tool, how it is checked and how it is installed.
struct Part {
    name: &'static str,
    /// What it is needed for.
    why: &'static str,
    /// What installing it takes on a common machine; none where only the reader can install it.
    takes: Option<&'static str>,
    purposes: &'static [Purpose],
    check: fn(&Workspace) -> Result<State>,
    /// Installs the tool, or fails with a message that says how to get it.
    install: fn(&Workspace) -> Result<()>,
}

/// In the order in which one needs the other.
const PARTS: [Part; 7] = [
    Part {
        name: "rustfmt and clippy",
        why: "to check format and lints",
        takes: Some("some seconds"),
        purposes: &[FastTest, Test],
        check: rust::check_components,
        install: rust::install_components,
    },
    Part {
        name: "node and npm",
        why: "to run wasm-opt, the type check and the browser tests",
        takes: None,
        purposes: &[Build, FastTest, Test],
        check: node::check_runtime,
        install: node::explain_runtime,
    },
    Part {
        name: "npm packages",
        why: "for wasm-opt, TypeScript, Playwright and axe",
        takes: Some("10 seconds, 150 MB"),
        purposes: &[Build, FastTest, Test],
        check: node::check_packages,
        install: node::install_packages,
    },
    Part {
        name: "target wasm32-unknown-unknown",
        why: "to compile the engine for the browser",
        takes: Some("10 seconds"),
        purposes: &[Build, Test],
        check: rust::check_target,
        install: rust::install_target,
    },
    Part {
        name: "wasm-bindgen",
        why: "to write the JavaScript side of the engine, in the version that Cargo.lock names",
        takes: Some("2 to 5 minutes"),
        purposes: &[Build, Test],
        check: rust::check_wasm_bindgen,
        install: rust::install_wasm_bindgen,
    },
    Part {
        name: "wasm-pack",
        why: "to build the engine",
        takes: Some("2 to 5 minutes"),
        purposes: &[Build, Test],
        check: rust::check_wasm_pack,
        install: rust::install_wasm_pack,
    },
    Part {
        name: "Chromium",
        why: "to try the page in a real browser",
        takes: Some("1 to 2 minutes, 500 MB"),
        purposes: &[Test],
        check: browser::check,
        install: browser::install,
    },
];

/// Checks all tools, installs what is missing, and prints a line for each.
///
/// # Errors
///
/// When a tool can neither be found nor installed; the message says how to get it.
pub fn report(workspace: &Workspace) -> Result<()> {
    for part in &PARTS {
        let version = ready(workspace, part)?;
        println!("{}: {version}", part.name);
    }
    Ok(())
}

/// Sees to it that the tools for a purpose are there; prints only what it installs.
///
/// # Errors
///
/// As [`report`].
pub fn ensure(workspace: &Workspace, purpose: Purpose) -> Result<()> {
    for part in PARTS.iter().filter(|part| part.purposes.contains(&purpose)) {
        ready(workspace, part)?;
    }
    Ok(())
}

/// The version of a tool, after installing it where that is needed.
fn ready(workspace: &Workspace, part: &Part) -> Result<String> {
    let found = match (part.check)(workspace)? {
        State::Ready(version) => return Ok(version),
        State::Missing { found } => found,
    };
    println!("{}: {found}; needed {}", part.name, part.why);
    if let Some(takes) = part.takes {
        println!("{}: trying to install it ({takes})", part.name);
    }
    (part.install)(workspace).with_context(|| format!("cannot get {}", part.name))?;
    match (part.check)(workspace)? {
        State::Ready(version) => Ok(version),
        State::Missing { found } => {
            anyhow::bail!("{} was installed, but still: {found}", part.name)
        }
    }
}
