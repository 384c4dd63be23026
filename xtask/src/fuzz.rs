//! Fuzzing: every target of `fuzz/` in turn, and a table of what was run and reached.
//!
//! cargo-fuzz needs a nightly compiler, so this is a job of its own. `cargo xtask test` checks the
//! same properties (`crates/properties`) on the stable compiler, with random inputs and with every
//! input kept in `fuzz/`.

use std::fmt::Write as _;
use std::path::Path;
use std::process::{Command, ExitCode};
use std::time::Duration;

use anyhow::{Result, bail};
use clap::Args;
use fs_err as fs;

use crate::process;
use crate::workspace::Workspace;

/// Longest input that libFuzzer makes, in bytes. Everything a target decides on fits.
const MAX_INPUT: usize = 4096;
/// Seconds after which one input counts as hanging, in a build that is some thirty times slower
/// than the shipped one.
const TIMEOUT_S: u32 = 60;
/// Memory above which one input counts as a leak or an explosion, in megabytes, the sanitizer's own
/// included.
const MEMORY_MB: u32 = 2048;

/// What is fuzzed, and how long.
#[derive(Args)]
pub struct Options {
    /// Minutes for each target
    #[arg(long, default_value_t = 1)]
    minutes: u64,
    /// Only this target; may be given several times
    #[arg(long = "target", value_name = "TARGET")]
    targets: Vec<String>,
}

/// How a target went.
#[derive(Debug, Default, PartialEq, Eq)]
struct Outcome {
    executions: u64,
    /// Edges of the code that some input reached.
    coverage: u64,
    /// Inputs that reached something new.
    corpus: u64,
    /// Where the input lies that broke the property, if one did.
    finding: Option<String>,
}

/// Runs the targets and prints the table; succeeds when no property broke.
///
/// # Errors
///
/// When cargo-fuzz or a nightly compiler is missing, or a target is unknown or cannot be built.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    if workspace.find_tool("cargo-fuzz").is_none() {
        bail!(
            "cargo-fuzz is missing; install it and a nightly compiler: \
             `cargo install cargo-fuzz --locked`, `rustup toolchain install nightly`"
        );
    }
    let targets = chosen(workspace, &options.targets)?;
    let logs = workspace.root().join("target/fuzz-logs");
    fs::create_dir_all(&logs)?;

    let time = Duration::from_secs(60 * options.minutes);
    let mut outcomes = Vec::new();
    for (index, target) in targets.iter().enumerate() {
        println!("[{}/{}] {target}", index + 1, targets.len());
        let ran = process::capture(&mut command(workspace, target, time)?)?;
        let log = logs.join(format!("{target}.log"));
        fs::write(&log, &ran.text)?;
        let outcome = read_report(&ran.text);
        if outcome.executions == 0 && outcome.finding.is_none() {
            bail!(
                "target {target} did not run; its output is in {}",
                log.display()
            );
        }
        outcomes.push((target.as_str(), outcome));
    }
    print!("\n{}", table(&outcomes));
    let broken = outcomes
        .iter()
        .any(|(_, outcome)| outcome.finding.is_some());
    Ok(if broken {
        ExitCode::FAILURE
    } else {
        ExitCode::SUCCESS
    })
}

/// The targets that were named, or all of them.
fn chosen(workspace: &Workspace, named: &[String]) -> Result<Vec<String>> {
    let folder = workspace.root().join("fuzz/fuzz_targets");
    let mut known = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        let name = path.file_stem().map(|stem| stem.to_string_lossy());
        known.extend(name.map(|name| name.into_owned()));
    }
    known.sort();
    if let Some(unknown) = named.iter().find(|name| !known.contains(name)) {
        bail!(
            "there is no fuzz target {unknown}; there are {}",
            known.join(", ")
        );
    }
    Ok(if named.is_empty() {
        known
    } else {
        named.to_vec()
    })
}

/// The call for one target. What it finds out stays in `fuzz/corpus`, where the next run takes it
/// up.
fn command(workspace: &Workspace, target: &str, time: Duration) -> Result<Command> {
    let fuzz = Path::new("fuzz");
    let mut folders = vec![fuzz.join("corpus").join(target)];
    for kept in ["seeds", "regressions"] {
        folders.push(fuzz.join(kept).join(target));
    }
    // libFuzzer writes to the first folder; the others it only reads, and only where they exist.
    let corpus = workspace.root().join(&folders[0]);
    fs::create_dir_all(&corpus)?;
    folders.retain(|folder| workspace.root().join(folder).is_dir());

    let mut run = workspace.command("cargo");
    run.args(["+nightly", "fuzz", "run", target])
        .args(folders)
        .arg("--")
        .arg(format!("-max_total_time={}", time.as_secs()))
        .arg(format!("-max_len={MAX_INPUT}"))
        // Long inputs from the beginning: the short ones say little here.
        .arg("-len_control=0")
        .arg(format!("-timeout={TIMEOUT_S}"))
        .arg(format!("-rss_limit_mb={MEMORY_MB}"))
        .arg("-print_final_stats=1");
    let dictionary = fuzz.join("dictionaries").join(format!("{target}.dict"));
    if workspace.root().join(&dictionary).is_file() {
        run.arg(format!("-dict={}", dictionary.display()));
    }
    Ok(run)
}

/// What libFuzzer printed, as figures.
fn read_report(text: &str) -> Outcome {
    let mut outcome = Outcome::default();
    let after = |line: &str, name: &str| -> Option<u64> {
        let (_, rest) = line.split_once(name)?;
        let figure = rest.trim_start().split([' ', '\t', '/']).next()?;
        figure.parse().ok()
    };
    for line in text.lines() {
        if line.starts_with('#') {
            outcome.coverage = after(line, " cov: ").unwrap_or(outcome.coverage);
            outcome.corpus = after(line, " corp: ").unwrap_or(outcome.corpus);
            outcome.executions =
                after(line, "#").map_or(outcome.executions, |count| count.max(outcome.executions));
        }
        outcome.executions =
            after(line, "stat::number_of_executed_units:").unwrap_or(outcome.executions);
        if let Some((_, path)) = line.split_once("Test unit written to ") {
            outcome.finding = Some(path.trim().to_owned());
        }
    }
    outcome
}

fn table(outcomes: &[(&str, Outcome)]) -> String {
    let mut table = format!(
        "{:<16}{:>12}{:>10}{:>8}  found\n",
        "target", "executions", "coverage", "corpus"
    );
    for (target, outcome) in outcomes {
        let found = outcome.finding.as_deref().unwrap_or("nothing");
        let Outcome {
            executions,
            coverage,
            corpus,
            ..
        } = outcome;
        let _ = writeln!(
            table,
            "{target:<16}{executions:>12}{coverage:>10}{corpus:>8}  {found}"
        );
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_report_of_a_run_is_read() {
        let text = "#2\tINITED cov: 10 ft: 11 corp: 1/1b exec/s: 0 rss: 40Mb\n\
                    #4096\tpulse  cov: 120 ft: 300 corp: 25/1024b lim: 43 exec/s: 2048 rss: 60Mb\n\
                    stat::number_of_executed_units: 5000\n";
        let expected = Outcome {
            executions: 5000,
            coverage: 120,
            corpus: 25,
            finding: None,
        };
        assert_eq!(read_report(text), expected);
    }

    #[test]
    fn a_finding_names_its_input() {
        let text = "#7\tNEW    cov: 3 ft: 3 corp: 2/9b\n\
                    artifact_prefix='fuzz/artifacts/query/'; Test unit written to fuzz/artifacts/query/crash-1\n";
        let outcome = read_report(text);
        assert_eq!(outcome.executions, 7);
        assert_eq!(
            outcome.finding.as_deref(),
            Some("fuzz/artifacts/query/crash-1")
        );
    }

    #[test]
    fn an_unknown_target_is_told() {
        let workspace = Workspace::locate().unwrap();
        let message = chosen(&workspace, &["no-such".to_owned()]).unwrap_err();
        assert!(
            message.to_string().contains("there are any_pack"),
            "{message}"
        );
    }
}
