//! The essentials of the page in three browser engines, each driven through WebDriver by
//! `tests/browsers`.
//!
//! A job of its own: it takes minutes, and programs that not every machine has. What can be
//! installed is installed.

use std::env;
use std::process::{Command, ExitCode};

use anyhow::{Result, bail};
use clap::{Args, ValueEnum};

use crate::process;
use crate::setup;
use crate::workspace::Workspace;

/// The release of the driver of Firefox, which Debian has no package of.
const GECKODRIVER: &str = "0.37.1";
/// How long one test may take before it counts as hanging, in milliseconds.
const TEST_LIMIT_MS: u32 = 120_000;

/// Which engines are tried.
#[derive(Args)]
pub struct Options {
    /// Only this engine; may be given several times
    #[arg(long = "engine", value_name = "ENGINE")]
    engines: Vec<Engine>,
}

/// A browser engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Engine {
    Chromium,
    Firefox,
    Webkit,
}

impl Engine {
    const ALL: [Self; 3] = [Self::Chromium, Self::Firefox, Self::Webkit];

    /// The name on the command line, and for `tests/browsers`.
    fn name(self) -> &'static str {
        match self {
            Self::Chromium => "chromium",
            Self::Firefox => "firefox",
            Self::Webkit => "webkit",
        }
    }

    /// Programs that it needs, each with the package of Debian that brings it.
    fn programs(self) -> &'static [(&'static str, &'static str)] {
        match self {
            Self::Chromium => &[
                ("chromium", "chromium"),
                ("chromedriver", "chromium-driver"),
            ],
            Self::Firefox => &[("firefox-esr", "firefox-esr")],
            // It has no mode without a display.
            Self::Webkit => &[
                ("WebKitWebDriver", "webkit2gtk-driver"),
                ("Xvfb", "xvfb"),
                ("xvfb-run", "xvfb"),
                ("xauth", "xauth"),
            ],
        }
    }
}

/// Runs the tests in each engine; succeeds when all passed.
///
/// # Errors
///
/// When something that an engine needs is missing and cannot be installed.
pub fn run(workspace: &Workspace, options: &Options) -> Result<ExitCode> {
    if !workspace.site().join("index.html").is_file() {
        bail!("there is no page to test; run `cargo xtask build` first");
    }
    let engines = if options.engines.is_empty() {
        &Engine::ALL[..]
    } else {
        &options.engines
    };
    let mut failed = Vec::new();
    for &engine in engines {
        ensure(workspace, engine)?;
        println!("{}", engine.name());
        if process::run(&mut tests(workspace, engine)).is_err() {
            failed.push(engine.name());
        }
    }
    if failed.is_empty() {
        println!("passed in {} engines", engines.len());
        return Ok(ExitCode::SUCCESS);
    }
    println!("failed in {}", failed.join(", "));
    Ok(ExitCode::FAILURE)
}

/// Installs what the engine needs and is missing.
fn ensure(workspace: &Workspace, engine: Engine) -> Result<()> {
    let missing: Vec<&str> = engine
        .programs()
        .iter()
        .filter(|(program, _)| workspace.find_tool(program).is_none())
        .map(|(_, package)| *package)
        .collect();
    if !missing.is_empty() {
        if !setup::can_use_apt(workspace) {
            bail!(
                "{} needs the packages {} (on Debian and Ubuntu: `sudo apt-get install {}`); \
                 leave the engine out with --engine",
                engine.name(),
                missing.join(", "),
                missing.join(" ")
            );
        }
        setup::apt_install(workspace, &missing)?;
    }
    if engine == Engine::Firefox && workspace.find_tool("geckodriver").is_none() {
        setup::cargo_install(workspace, "geckodriver", GECKODRIVER)?;
    }
    Ok(())
}

/// Node's test runner over `tests/browsers`, for one engine.
fn tests(workspace: &Workspace, engine: Engine) -> Command {
    let without_display = env::var_os("DISPLAY").is_none();
    let mut tests = if engine == Engine::Webkit && without_display {
        let mut framed = workspace.command("xvfb-run");
        framed.args(["--auto-servernum", "node"]);
        framed
    } else {
        workspace.command("node")
    };
    tests
        .args(["--test", "--test-reporter=spec"])
        .arg(format!("--test-timeout={TEST_LIMIT_MS}"))
        .arg("tests/browsers/essentials.test.mjs")
        .env("TURNSEARCH_ENGINE", engine.name())
        .env("TURNSEARCH_XTASK", workspace.program());
    tests
}
