//! Where things lie in the repository, and how its tools are called.

use std::env;
use std::ffi::{OsStr, OsString};
use std::iter;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

/// The repository that this program belongs to.
pub struct Workspace {
    root: PathBuf,
    /// `PATH` for the tools that are called: the repository's own come first.
    search_path: OsString,
    /// This program, found at its start: building the workspace may replace the file.
    program: PathBuf,
}

impl Workspace {
    /// The repository that this program was built from.
    ///
    /// # Errors
    ///
    /// When the `PATH` of the environment cannot be extended, or the system does not tell where
    /// this program lies.
    pub fn locate() -> Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"))
            .parent()
            .context("the folder xtask has no parent folder")?;
        let inherited = env::var_os("PATH").unwrap_or_default();
        let folders = iter::once(root.join("target/tools/bin")).chain(env::split_paths(&inherited));
        Ok(Self {
            root: root.to_owned(),
            search_path: env::join_paths(folders).context("cannot extend PATH")?,
            program: env::current_exe().context("cannot find the program that runs")?,
        })
    }

    /// The top folder of the repository.
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// This program, which can build and serve the page for a test.
    pub fn program(&self) -> &Path {
        &self.program
    }

    /// Where cargo installs the tools that the repository pins (`bin` below it).
    pub fn tools(&self) -> PathBuf {
        self.root.join("target/tools")
    }

    /// The wasm module and its JavaScript glue, optimized.
    pub fn engine(&self) -> PathBuf {
        self.root.join("target/engine")
    }

    /// The widget, bundled and small.
    pub fn widget(&self) -> PathBuf {
        self.root.join("target/widget")
    }

    /// The package for npm.
    pub fn npm(&self) -> PathBuf {
        self.root.join("target/npm")
    }

    /// The page as it can be uploaded.
    pub fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The sources of the widget, and in folders of its own the demo page and what is published as
    /// it is.
    pub fn www(&self) -> PathBuf {
        self.root.join("www")
    }

    /// Where a tool of this name would be found.
    pub fn find_tool(&self, name: impl AsRef<OsStr>) -> Option<PathBuf> {
        which::which_in(name, Some(&self.search_path), &self.root).ok()
    }

    /// A call of a tool from the top folder, with the repository's own tools first in `PATH`.
    pub fn command(&self, tool: impl AsRef<OsStr>) -> Command {
        let tool = tool.as_ref();
        // Looked up here rather than by the system, which would not find npm.cmd on Windows.
        let program = self.find_tool(tool).unwrap_or_else(|| PathBuf::from(tool));
        let mut command = Command::new(program);
        command
            .current_dir(&self.root)
            .env("PATH", &self.search_path);
        command
    }

    /// A call of the cargo that started this program.
    pub fn cargo(&self) -> Command {
        self.command(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
    }
}
