//! Everything that the continuous integration checks, step by step, to the end even when one fails.

mod counts;
mod steps;

use std::fmt::Write as _;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use anyhow::Result;
use clap::Args;
use fs_err as fs;

use self::counts::Counts;
use self::steps::{STEPS, Step};
use crate::process;
use crate::setup::{self, Purpose};
use crate::workspace::Workspace;

/// Which steps are run.
#[derive(Args)]
pub struct Options {
    /// Leave out what needs the built page or takes long: documentation, wasm and browser tests
    #[arg(long)]
    fast: bool,
}

/// How much of a failed step's output is printed; the rest is in its log.
const LINES_SHOWN: usize = 200;

/// How a step went.
struct Outcome {
    kind: &'static str,
    counts: Counts,
    took: Duration,
}

/// Runs the steps and prints a table of what was tested; succeeds when nothing failed.
///
/// # Errors
///
/// When a tool is missing and cannot be installed, or a log cannot be written.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    let purpose = if options.fast {
        Purpose::FastTest
    } else {
        Purpose::Test
    };
    setup::ensure(workspace, purpose)?;
    let logs = steps::logs(workspace);
    fs::create_dir_all(&logs)?;

    let steps: Vec<&Step> = STEPS
        .iter()
        .filter(|step| step.is_fast || !options.fast)
        .collect();
    let mut outcomes: Vec<Outcome> = Vec::new();
    for (index, step) in steps.iter().enumerate() {
        println!("[{}/{}] {}", index + 1, steps.len(), step.kind);
        let missing = step.after.filter(|needed| has_failed(&outcomes, needed));
        let outcome = match missing {
            Some(needed) => {
                println!("      skipped, because the {needed} failed");
                skipped(step)
            }
            None => perform(workspace, step)?,
        };
        outcomes.push(outcome);
    }

    let mut sum = Counts::default();
    for outcome in &outcomes {
        sum += outcome.counts;
    }
    print!("\n{}\n{}", table(&outcomes), last_line(sum));
    Ok(if sum.failed == 0 {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    })
}

fn has_failed(outcomes: &[Outcome], kind: &str) -> bool {
    outcomes
        .iter()
        .any(|outcome| outcome.kind == kind && outcome.counts.failed > 0)
}

fn skipped(step: &Step) -> Outcome {
    Outcome {
        kind: step.kind,
        counts: Counts {
            skipped: 1,
            ..Counts::default()
        },
        took: Duration::ZERO,
    }
}

/// Runs a step; prints a line when it passes, and its output when it fails.
fn perform(workspace: &Workspace, step: &Step) -> Result<Outcome> {
    let started = Instant::now();
    let ran = (step.command)(workspace, step.kind).and_then(|mut call| process::capture(&mut call));
    let (succeeded, text) = match ran {
        Ok(captured) => (captured.status.success(), captured.text),
        Err(error) => (false, format!("{error:#}\n")),
    };
    let log = steps::log(workspace, step.kind);
    fs::write(&log, &text)?;

    let counts = step.count(workspace, succeeded, &text);
    let took = started.elapsed();
    for skip in counts::skips(&text) {
        println!("      {skip}");
    }
    if counts.failed > 0 {
        print!("{}", tail(&text));
        println!("      failed after {:.1} s", took.as_secs_f32());
    } else {
        println!("      passed in {:.1} s", took.as_secs_f32());
    }
    Ok(Outcome {
        kind: step.kind,
        counts,
        took,
    })
}

/// The last lines of an output, which mostly tell what went wrong.
fn tail(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let hidden = lines.len().saturating_sub(LINES_SHOWN);
    let mut tail = String::new();
    if hidden > 0 {
        let _ = writeln!(
            tail,
            "      … {hidden} lines before are in target/test-logs"
        );
    }
    for line in &lines[hidden..] {
        let _ = writeln!(tail, "      {line}");
    }
    tail
}

fn table(outcomes: &[Outcome]) -> String {
    let mut table = String::new();
    let _ = writeln!(
        table,
        "{:<16}{:>8}{:>8}{:>8}{:>8}{:>10}",
        "kind", "ran", "passed", "failed", "skipped", "seconds"
    );
    for Outcome { kind, counts, took } in outcomes {
        let _ = writeln!(
            table,
            "{kind:<16}{:>8}{:>8}{:>8}{:>8}{:>10.1}",
            counts.ran(),
            counts.passed,
            counts.failed,
            counts.skipped,
            took.as_secs_f32()
        );
    }
    table
}

/// The line that other programs read.
fn last_line(sum: Counts) -> String {
    format!(
        "{} passed, {} failed, {} skipped\n",
        sum.passed, sum.failed, sum.skipped
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_line_has_the_agreed_form() {
        let sum = Counts {
            passed: 120,
            failed: 0,
            skipped: 3,
        };
        assert_eq!(last_line(sum), "120 passed, 0 failed, 3 skipped\n");
    }

    #[test]
    fn a_long_output_is_cut_at_its_start() {
        let text = (0..LINES_SHOWN + 5)
            .map(|number| format!("line {number}\n"))
            .collect::<String>();
        let tail = tail(&text);
        assert!(tail.contains("… 5 lines before"), "{tail}");
        assert!(
            !tail.contains("line 4\n") && tail.contains("line 5\n"),
            "{tail}"
        );
    }
}
