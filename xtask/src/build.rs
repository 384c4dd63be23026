//! The page, put together in target/site.

use anyhow::Result;

use crate::setup::{self, Purpose};
use crate::workspace::Workspace;
use crate::{bundle, engine, licences, site, size};

/// Brings target/site up to date and prints what it weighs.
pub fn run(workspace: &Workspace) -> Result<()> {
    setup::ensure(workspace, Purpose::Build)?;
    engine::build(workspace)?;
    licences::write(workspace)?;
    bundle::build(workspace)?;
    site::assemble(workspace)?;
    print!("{}", size::page::table(&workspace.site())?);
    println!("  {}", size::page::widget(&workspace.site())?);
    Ok(())
}
