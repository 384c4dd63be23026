//! The Rust side: components, the wasm target, wasm-pack and wasm-bindgen.

use std::path::Path;

use anyhow::{Context, Result, bail};
use fs_err as fs;

use crate::process;
use crate::setup::state::{State, version_in};
use crate::workspace::Workspace;

/// What browsers run.
const WASM_TARGET: &str = "wasm32-unknown-unknown";

/// The wasm-pack that the build is known to work with.
const WASM_PACK: &str = "0.15.1";

pub fn check_components(workspace: &Workspace) -> Result<State> {
    let mut versions = Vec::new();
    for component in ["fmt", "clippy"] {
        match process::output(workspace.cargo().args([component, "--version"])) {
            Ok(version) => versions.push(version),
            Err(_) => {
                return Ok(State::Missing {
                    found: format!("`cargo {component}` does not run"),
                });
            }
        }
    }
    Ok(State::Ready(versions.join(", ")))
}

pub fn install_components(workspace: &Workspace) -> Result<()> {
    rustup(workspace, &["component", "add", "rustfmt", "clippy"])
}

pub fn check_target(workspace: &Workspace) -> Result<State> {
    let mut rustc = workspace.command("rustc");
    rustc.args(["--print", "target-libdir", "--target", WASM_TARGET]);
    let folder = process::output(&mut rustc)?;
    Ok(if Path::new(&folder).is_dir() {
        State::Ready(process::output(
            workspace.command("rustc").arg("--version"),
        )?)
    } else {
        State::Missing {
            found: "not installed".to_owned(),
        }
    })
}

pub fn install_target(workspace: &Workspace) -> Result<()> {
    rustup(workspace, &["target", "add", WASM_TARGET])
}

pub fn check_wasm_pack(workspace: &Workspace) -> Result<State> {
    Ok(check_version(workspace, "wasm-pack", WASM_PACK))
}

pub fn install_wasm_pack(workspace: &Workspace) -> Result<()> {
    cargo_install(workspace, "wasm-pack", WASM_PACK)
}

pub fn check_wasm_bindgen(workspace: &Workspace) -> Result<State> {
    let wanted = locked_version(workspace, "wasm-bindgen")?;
    Ok(check_version(workspace, "wasm-bindgen", &wanted))
}

pub fn install_wasm_bindgen(workspace: &Workspace) -> Result<()> {
    let wanted = locked_version(workspace, "wasm-bindgen")?;
    cargo_install(workspace, "wasm-bindgen-cli", &wanted)
}

/// Runs rustup, or says what to do where Rust came without it.
fn rustup(workspace: &Workspace, arguments: &[&str]) -> Result<()> {
    if workspace.find_tool("rustup").is_none() {
        bail!(
            "rustup is not installed, so `rustup {}` cannot be run; \
             install Rust through rustup (https://rustup.rs) or the part by the means of your system",
            arguments.join(" ")
        );
    }
    process::run(workspace.command("rustup").args(arguments))
}

/// Installs a tool below target/tools, where it is in nobody's way.
///
/// Not optimized: each runs for seconds, and is built for minutes otherwise.
///
/// With the dependencies that its authors locked; a registry may lack one of them (withdrawn, or
/// not yet mirrored), and then the newest ones that fit are taken.
///
/// # Errors
///
/// When it cannot be fetched or built.
pub fn cargo_install(workspace: &Workspace, package: &str, version: &str) -> Result<()> {
    let install = |lock: Option<&str>| {
        let mut install = workspace.cargo();
        install
            .args(["install", "--debug", "--version", version, "--root"])
            .arg(workspace.tools())
            .args(lock)
            .arg(package);
        process::run(&mut install)
    };
    install(Some("--locked")).or_else(|error| {
        println!("{package}: {error:#}; trying again with other versions of its dependencies");
        install(None)
    })
}

/// Whether a tool is there in exactly this version.
fn check_version(workspace: &Workspace, tool: &str, wanted: &str) -> State {
    let printed = process::output(workspace.command(tool).arg("--version"));
    match printed.as_deref().ok().and_then(version_in) {
        Some(version) if version == wanted => State::Ready(version.to_owned()),
        Some(version) => State::Missing {
            found: format!("found {version}, wanted {wanted}"),
        },
        None => State::Missing {
            found: format!("not found, wanted {wanted}"),
        },
    }
}

/// The version of a package in Cargo.lock.
///
/// # Errors
///
/// When the file cannot be read or names no such package.
fn locked_version(workspace: &Workspace, package: &str) -> Result<String> {
    let text = fs::read_to_string(workspace.root().join("Cargo.lock"))?;
    version_in_lock(&text, package)?
        .with_context(|| format!("Cargo.lock names no package {package}; does the engine use it?"))
}

fn version_in_lock(lock: &str, package: &str) -> Result<Option<String>> {
    let lock: toml::Table = lock.parse().context("Cargo.lock is not valid TOML")?;
    let packages = lock.get("package").and_then(toml::Value::as_array);
    Ok(packages
        .into_iter()
        .flatten()
        .find(|entry| entry.get("name").and_then(toml::Value::as_str) == Some(package))
        .and_then(|entry| entry.get("version")?.as_str())
        .map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_version_of_one_package_in_the_lock_file() {
        let lock = r#"
            version = 4
            [[package]]
            name = "wasm-bindgen-macro"
            version = "0.2.1"
            [[package]]
            name = "wasm-bindgen"
            version = "0.2.130"
        "#;
        let version = |package| version_in_lock(lock, package).unwrap();
        assert_eq!(version("wasm-bindgen").as_deref(), Some("0.2.130"));
        assert_eq!(version("wasm"), None);
        assert!(version_in_lock("[[", "wasm").is_err());
    }
}
