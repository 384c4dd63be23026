//! The chores of the repository, `cargo xtask JOB`; `cargo xtask help` lists them.
//!
//! One module per job: [`setup`] checks the tools and installs what is missing, [`engine`] makes
//! the wasm module, [`bundle`] the widget, [`site`] puts the page together, [`command`] takes it
//! into the command line, [`package`] makes what goes to npm, [`serve`] shows the page,
//! [`mod@format`] formats, [`mod@test`] runs everything that the continuous integration checks.
//! What the command knows of bundles as well is in `turnsearch-bundle`. A plain workspace binary
//! behind a cargo alias, so that neither make nor a shell is needed.

#![forbid(unsafe_code)]
#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bench;
mod browsers;
mod build;
mod bundle;
mod command;
mod engine;
mod format;
mod fuzz;
mod licences;
mod longday;
mod package;
mod process;
mod serve;
mod setup;
mod site;
mod size;
mod stamp;
mod test;
mod workspace;

use std::process::ExitCode;

use anyhow::Result;
use clap::{Parser, Subcommand};

use crate::workspace::Workspace;

/// Chores of the turnsearch repository.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Arguments {
    #[command(subcommand)]
    job: Job,
}

#[derive(Subcommand)]
enum Job {
    /// Check the tools that building and testing need, and install what is missing
    Setup,
    /// Build the engine and put the page together in target/site
    Build,
    /// Build, then make the `turnsearch` command with the page and engine inside
    Command,
    /// Build, then make the package for npm in target/npm
    Package,
    /// Build, then serve the page on 127.0.0.1 until Ctrl-C
    Serve(serve::Options),
    /// Run everything that .ci/run checks
    Test(test::Options),
    /// Score the search against the judged queries of tests/relevance
    Relevance,
    /// Tell who speaks in made-up meetings, shapes times languages, and how much of it is right
    Parsing,
    /// Measure: peers, growth, stages
    #[command(subcommand)]
    Bench(bench::Subject),
    /// Tell what the engine and the pack cost, part by part
    Size(size::Options),
    /// Test the essentials of the built page in Chromium, Firefox and WebKit
    Browsers(browsers::Options),
    /// Use one page for a day, in Chromium, and print its memory before and after
    Longday,
    /// Fuzz the parsers, the reader of packs and the search; needs cargo-fuzz and a nightly
    /// compiler
    Fuzz(fuzz::Options),
    /// Format Rust, JavaScript, CSS and Markdown
    Fmt {
        /// Only report what is not formatted
        #[arg(long)]
        check: bool,
    },
}

fn main() -> ExitCode {
    match run(Arguments::parse().job) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(job: Job) -> Result<ExitCode> {
    let workspace = Workspace::locate()?;
    match job {
        Job::Setup => setup::report(&workspace)?,
        Job::Build => build::run(&workspace)?,
        Job::Command => {
            build::run(&workspace)?;
            command::build(&workspace)?;
        }
        Job::Package => {
            build::run(&workspace)?;
            package::make(&workspace)?;
        }
        Job::Serve(options) => {
            if options.needs_build() {
                build::run(&workspace)?;
            }
            serve::run(&workspace, &options)?;
        }
        Job::Test(options) => return test::run(&workspace, &options),
        Job::Browsers(options) => return browsers::run(&workspace, &options),
        Job::Longday => longday::run(&workspace)?,
        Job::Fuzz(options) => return fuzz::run(&workspace, &options),
        Job::Relevance => {
            let mut score = workspace.cargo();
            score.args([
                "test",
                "--quiet",
                "--test",
                "relevance",
                "--",
                "--nocapture",
                "--test-threads=1",
            ]);
            process::run(&mut score)?;
        }
        Job::Parsing => {
            let mut score = workspace.cargo();
            score.args(["test", "--quiet", "--package", "turnsearch-transcript"]);
            score.args(["--test", "parsing", "--", "--nocapture"]);
            process::run(&mut score)?;
        }
        Job::Bench(subject) => bench::run(&workspace, &subject)?,
        Job::Size(options) => size::run(&workspace, &options)?,
        Job::Fmt { check } => format::run(&workspace, check)?,
    }
    Ok(ExitCode::SUCCESS)
}
