//! The steps of the test run, in their order: what each runs, and how its outcome is counted.

use std::ffi::OsString;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};
use turnsearch_bundle::folder::files_below;

use super::counts::{self, Counts};
use crate::setup;
use crate::stamp;
use crate::workspace::Workspace;

/// How long one test in node may take before it counts as hanging, in milliseconds.
const NODE_TEST_LIMIT_MS: u32 = 300_000;

/// How the outcome of a step is counted.
#[derive(Clone, Copy)]
pub enum Counted {
    /// The step as a whole passes or fails.
    Whole,
    /// By the results that cargo's test programs print.
    Cargo,
    /// By the report that node's test runner leaves at [`report`].
    Node,
}

/// One step of the test run.
pub struct Step {
    /// The kind of test, as the table at the end names it.
    pub kind: &'static str,
    pub counted: Counted,
    /// Whether `--fast` includes it.
    pub is_fast: bool,
    /// The step without which this one makes no sense.
    pub after: Option<&'static str>,
    pub command: fn(&Workspace, kind: &'static str) -> Result<Command>,
}

/// The step that puts the page together.
const SITE: &str = "site build";

/// All steps.
pub const STEPS: [Step; 11] = [
    Step {
        kind: "format",
        counted: Counted::Whole,
        is_fast: true,
        after: None,
        command: |workspace, _| Ok(this(workspace, &["fmt", "--check"])),
    },
    Step {
        kind: "lints",
        counted: Counted::Whole,
        is_fast: true,
        after: None,
        command: |workspace, _| {
            let mut clippy = cargo(workspace, &["clippy", "--workspace", "--all-targets"]);
            clippy.args(["--all-features", "--", "-D", "warnings"]);
            Ok(clippy)
        },
    },
    Step {
        kind: "native tests",
        counted: Counted::Cargo,
        is_fast: true,
        after: None,
        command: |workspace, _| {
            let mut test = cargo(workspace, &["test", "--workspace", "--no-fail-fast"]);
            test.args(["--lib", "--bins", "--tests", "--examples"]);
            Ok(test)
        },
    },
    Step {
        kind: "doc tests",
        counted: Counted::Cargo,
        is_fast: true,
        after: None,
        command: |workspace, _| {
            Ok(cargo(
                workspace,
                &["test", "--workspace", "--no-fail-fast", "--doc"],
            ))
        },
    },
    Step {
        kind: "documentation",
        counted: Counted::Whole,
        is_fast: false,
        after: None,
        command: |workspace, _| {
            let mut doc = cargo(workspace, &["doc", "--workspace", "--no-deps"]);
            doc.env("RUSTDOCFLAGS", "-D warnings");
            Ok(doc)
        },
    },
    Step {
        kind: "types of www",
        counted: Counted::Whole,
        is_fast: true,
        after: None,
        command: |workspace, _| {
            let mut npm = workspace.command("npm");
            npm.args(["run", "--silent", "check:types"]);
            Ok(npm)
        },
    },
    Step {
        kind: SITE,
        counted: Counted::Whole,
        is_fast: false,
        after: None,
        command: |workspace, _| Ok(this(workspace, &["build"])),
    },
    Step {
        kind: "sizes",
        counted: Counted::Whole,
        is_fast: false,
        after: Some(SITE),
        command: |workspace, _| Ok(this(workspace, &["size", "--check"])),
    },
    Step {
        kind: "wasm tests",
        counted: Counted::Node,
        is_fast: false,
        after: Some(SITE),
        command: |workspace, kind| node(workspace, kind, "tests/wasm"),
    },
    Step {
        kind: "browser tests",
        counted: Counted::Node,
        is_fast: false,
        after: Some(SITE),
        command: |workspace, kind| browser_tests(workspace, kind, "tests/e2e"),
    },
    Step {
        kind: "npm package",
        counted: Counted::Node,
        is_fast: false,
        after: Some(SITE),
        command: |workspace, kind| browser_tests(workspace, kind, "tests/npm"),
    },
];

impl Step {
    /// The outcome of the step, from its end and its output.
    ///
    /// A step that fails without a failed test, such as one that does not compile, counts as one
    /// failure; so does a node step without any test in its report, because that tested nothing.
    pub fn count(&self, workspace: &Workspace, succeeded: bool, output: &str) -> Counts {
        let mut counts = match self.counted {
            Counted::Whole => Counts {
                passed: usize::from(succeeded),
                ..Counts::default()
            },
            Counted::Cargo => counts::of_cargo(output),
            Counted::Node => {
                // Without a report there is nothing to count, which is a failure below.
                let report = fs::read_to_string(report(workspace, self.kind)).unwrap_or_default();
                counts::of_node(&report)
            }
        };
        let tested_nothing = matches!(self.counted, Counted::Node) && counts == Counts::default();
        if counts.failed == 0 && (!succeeded || tested_nothing) {
            counts.failed = 1;
        }
        counts
    }
}

/// Where node leaves the report of a kind of test.
fn report(workspace: &Workspace, kind: &str) -> PathBuf {
    logs(workspace).join(format!("{}.tap", file_name(kind)))
}

/// Where the whole output of a kind of test is kept.
pub fn log(workspace: &Workspace, kind: &str) -> PathBuf {
    logs(workspace).join(format!("{}.log", file_name(kind)))
}

/// The folder of all that a test run leaves to read.
pub fn logs(workspace: &Workspace) -> PathBuf {
    workspace.root().join("target/test-logs")
}

fn file_name(kind: &str) -> String {
    kind.replace(' ', "-")
}

fn cargo(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut cargo = workspace.cargo();
    cargo.args(arguments).env("CARGO_TERM_COLOR", "never");
    cargo
}

/// Another job of this program.
fn this(workspace: &Workspace, arguments: &[&str]) -> Command {
    let mut job = workspace.command(workspace.program());
    job.args(arguments);
    job
}

/// Node's test runner over tests that open pages in Chromium.
fn browser_tests(workspace: &Workspace, kind: &str, folder: &str) -> Result<Command> {
    let browser = setup::find_browser(workspace)?.context("Chromium is not found")?;
    let mut node = node(workspace, kind, folder)?;
    node.env("CHROMIUM", browser)
        .env("TURNSEARCH_XTASK", workspace.program());
    Ok(node)
}

/// Node's test runner over all tests of a folder: a report to be read by people on standard output,
/// and one to be counted in a file.
fn node(workspace: &Workspace, kind: &str, folder: &str) -> Result<Command> {
    let tests: Vec<PathBuf> = files_below(&workspace.root().join(folder))?
        .into_iter()
        .filter(|file| file.to_string_lossy().ends_with(".test.mjs"))
        .collect();
    if tests.is_empty() {
        bail!("{folder} holds no *.test.mjs, so nothing would be tested");
    }
    let report = report(workspace, kind);
    stamp::clear(&report)?;
    let mut destination = OsString::from("--test-reporter-destination=");
    destination.push(report);
    let mut node = workspace.command("node");
    node.arg("--test")
        .arg(format!("--test-timeout={NODE_TEST_LIMIT_MS}"))
        .args([
            "--test-reporter=spec",
            "--test-reporter-destination=stdout",
            "--test-reporter=tap",
        ])
        .arg(destination)
        .args(tests);
    Ok(node)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_comes_after_the_one_that_it_needs() {
        for (index, step) in STEPS.iter().enumerate() {
            if let Some(needed) = step.after {
                let position = STEPS.iter().position(|other| other.kind == needed);
                assert!(
                    position.is_some_and(|position| position < index),
                    "{}",
                    step.kind
                );
                assert!(!step.is_fast, "{} needs {needed}", step.kind);
            }
        }
    }

    #[test]
    fn a_step_that_fails_without_a_failed_test_is_a_failure() {
        let workspace = Workspace::locate().unwrap();
        let native = &STEPS[2];
        let broken = native.count(&workspace, false, "error: could not compile");
        assert_eq!((broken.passed, broken.failed), (0, 1));

        let output = "test result: FAILED. 2 passed; 3 failed; 0 ignored; 0 measured";
        let failing = native.count(&workspace, false, output);
        assert_eq!((failing.passed, failing.failed), (2, 3));

        let format = &STEPS[0];
        assert_eq!(format.count(&workspace, true, "").passed, 1);
        assert_eq!(format.count(&workspace, false, "").failed, 1);
    }
}
