//! Showing the built page on this machine.

use std::path::PathBuf;

use anyhow::{Result, ensure};
use clap::Args;
use turnsearch_bundle::serve::Server;

use crate::workspace::Workspace;

/// How the page is served.
#[derive(Args)]
pub struct Options {
    /// The port; when it is taken, the next free one. 0 means any free port
    #[arg(long, default_value_t = 8080)]
    port: u16,
    /// Serve below this path of the address, as a page in a sub-folder
    #[arg(long, default_value = "/", value_name = "/PATH/")]
    base: String,
    /// Serve this folder instead of target/site (nothing is built)
    #[arg(long, value_name = "FOLDER")]
    root: Option<PathBuf>,
    /// Serve what was built before
    #[arg(long)]
    no_build: bool,
}

impl Options {
    /// Whether the page has to be built before it is served.
    pub fn needs_build(&self) -> bool {
        !self.no_build && self.root.is_none()
    }
}

/// Serves until the process is ended.
///
/// # Errors
///
/// When there is nothing to serve, or no port is free.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let root = options.root.clone().unwrap_or_else(|| workspace.site());
    ensure!(
        options.root.is_some() || root.join("index.html").is_file(),
        "target/site has no page; run `cargo xtask build` first"
    );
    let server = Server::open(&root, &options.base, options.port)?;
    if options.port != 0 && server.port() != options.port {
        println!("port {} is taken", options.port);
    }
    println!("serving {} (Ctrl-C stops)", server.url());
    Ok(server.run()?)
}
