//! `cargo xtask bench`: turnsearch beside its peers, and how its costs grow with the collection.
//!
//! The measuring itself is JavaScript (benches/peers), since it happens in a browser; this sees to
//! it that everything it needs is built and installed.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use clap::{Args, Subcommand};

use crate::command;
use crate::process;
use crate::setup;
use crate::stamp::{self, Digest};
use crate::workspace::Workspace;

/// The peers and their harness, below the top folder.
const PEERS: &str = "benches/peers";

/// What is measured.
#[derive(Subcommand)]
pub enum Subject {
    /// turnsearch beside other searches for static pages
    Peers {
        /// Only these, by the names of their modules in benches/peers/peers, comma-separated
        #[arg(long, value_name = "LIST")]
        peers: Option<String>,
        /// Transcripts to search instead of the seeds; their queries are drawn, not judged
        #[arg(long, value_name = "DIR")]
        corpus: Option<PathBuf>,
        #[command(flatten)]
        run: Run,
    },
    /// The costs of turnsearch at one, ten and a hundred times the seeds, and on a whole corpus
    Growth {
        /// A folder of transcripts, or one with a data.tar.xz of them; 48 MB or more
        #[arg(value_name = "DIR")]
        corpus: PathBuf,
        #[command(flatten)]
        run: Run,
    },
    /// Parsing, building, loading and searching, natively (criterion)
    Stages,
}

/// How to measure.
#[derive(Args)]
pub struct Run {
    /// How often every query is asked; the median counts
    #[arg(long, value_name = "N", default_value_t = 15)]
    rounds: u32,
    /// Put the tables into docs/PERFORMANCE.md
    #[arg(long)]
    write: bool,
}

/// Measures, after building what is measured.
///
/// # Errors
///
/// When something cannot be built, a tool or the browser is missing, or the measuring fails.
pub fn run(workspace: &Workspace, subject: &Subject) -> Result<()> {
    match subject {
        Subject::Peers { peers, corpus, run } => {
            let mut node = measuring(workspace, "run.js", run)?;
            if let Some(peers) = peers {
                node.arg("--peers").arg(peers);
            }
            if let Some(corpus) = corpus {
                node.arg("--corpus").arg(folder(corpus)?);
            }
            process::run(&mut node)
        }
        Subject::Growth { corpus, run } => {
            let mut node = measuring(workspace, "growth.js", run)?;
            node.arg("--corpus").arg(folder(corpus)?);
            process::run(&mut node)
        }
        Subject::Stages => process::run(workspace.cargo().args(["bench", "--bench", "stages"])),
    }
}

/// The tools run from the top folder, not from where the path was typed.
fn folder(path: &Path) -> Result<PathBuf> {
    if !path.is_dir() {
        bail!("{} is no folder of transcripts", path.display());
    }
    std::path::absolute(path).with_context(|| format!("{} cannot be found", path.display()))
}

/// The call of one of the scripts, with all that both need.
fn measuring(workspace: &Workspace, script: &str, run: &Run) -> Result<Command> {
    crate::build(workspace)?;
    command::build(workspace)?;
    install(workspace)?;
    let browser = setup::find_browser(workspace)?.context("Chromium is not found")?;

    let mut node = workspace.command("node");
    node.arg(workspace.root().join(PEERS).join(script))
        .arg("--browser")
        .arg(browser)
        .arg("--command")
        .arg(command::program(workspace))
        .arg("--rounds")
        .arg(run.rounds.to_string());
    if run.write {
        node.arg("--write");
    }
    Ok(node)
}

/// Installs the peers as their lock file says; returns at once when they are.
fn install(workspace: &Workspace) -> Result<()> {
    let folder = workspace.root().join(PEERS);
    let stamp = folder.join("node_modules/.xtask-stamp");
    let mut digest = Digest::default();
    digest.add_files(&folder, &["package.json", "package-lock.json"])?;
    let digest = digest.finish();
    if stamp::is_fresh(&stamp, &digest) {
        return Ok(());
    }
    let mut npm = workspace.command("npm");
    // Not `npm ci`: it refuses a lock without the binaries of platforms that a registry does not
    // offer.
    npm.current_dir(&folder).args([
        "install",
        "--no-package-lock",
        "--ignore-scripts",
        "--no-audit",
        "--no-fund",
    ]);
    process::run(&mut npm)?;
    stamp::write(&stamp, &digest)
}
