//! `cargo xtask size`: what the engine and the pack of the seeds cost, part by part, and whether
//! they have grown.
//!
//! tests/size.toml holds the figures that somebody has accepted. A change that makes one of them
//! grow by more than [`limits::TOLERANCE`] fails the test run, so that growth is a decision:
//! `--accept` writes the figures of today.

mod limits;
pub mod page;
mod symbols;
mod table;

use anyhow::{Context, Result, bail};
use clap::Args;
use fs_err as fs;
use turnsearch_bundle::{compress, wasm};
use turnsearch_pack::{CUSTOM_SECTION, Sections};
use wasmparser::{Parser, Payload};

use crate::engine;
use crate::workspace::Workspace;

use limits::Figures;
use table::{bytes_at, heading, row};

/// What to do with the figures.
#[derive(Args)]
pub struct Options {
    /// Write today's figures down as the ones to hold
    #[arg(long, conflicts_with = "check")]
    accept: bool,
    /// Only compare with the figures that are written down
    #[arg(long)]
    check: bool,
}

/// Prints the tables, or compares.
///
/// # Errors
///
/// When the engine has not been built, or has grown too much.
pub fn run(workspace: &Workspace, options: &Options) -> Result<()> {
    let module = engine::module(workspace)?;
    let figures = figures(&module)?;
    if options.accept {
        limits::write(workspace, &figures)?;
        println!("{} holds today's figures", limits::FILE);
        return Ok(());
    }
    if options.check {
        let grown = limits::grown(&limits::read(workspace)?, &figures);
        if !grown.is_empty() {
            bail!(
                "{}; make it smaller, or accept it with `cargo xtask size --accept`",
                grown.join("; ")
            );
        }
        println!("engine and pack are within the figures of {}", limits::FILE);
        return Ok(());
    }
    print!("{}", sections(&module)?);
    let named = fs::read(engine::with_names(workspace)?)?;
    print!("{}", symbols::table(&named)?);
    Ok(())
}

fn figures(module: &[u8]) -> Result<Figures> {
    let pack = wasm::section(module, CUSTOM_SECTION)?;
    let engine = wasm::without_section(module, CUSTOM_SECTION)?;
    Ok(Figures {
        engine: engine.len(),
        engine_brotli: compress::brotli(&engine)?.len(),
        pack: pack.len(),
        pack_brotli: compress::brotli(pack)?.len(),
    })
}

/// The sections of the module, and those of its pack.
fn sections(module: &[u8]) -> Result<String> {
    let pack = wasm::section(module, CUSTOM_SECTION)?;
    let engine = wasm::without_section(module, CUSTOM_SECTION)?;
    let mut table = heading("whole");
    row(&mut table, "module", module)?;
    row(&mut table, "  engine", &engine)?;
    row(&mut table, "  pack", pack)?;

    table += &heading("sections of the module");
    for payload in Parser::new(0).parse_all(module) {
        let payload = payload.context("the engine is not a wasm module")?;
        let name = match &payload {
            Payload::CustomSection(section) => section.name(),
            Payload::CodeSectionStart { .. } => "code",
            Payload::DataSection(_) => "data",
            Payload::ImportSection(_) => "imports",
            Payload::ExportSection(_) => "exports",
            Payload::ElementSection(_) => "functions called by table",
            Payload::TypeSection(_) => "types",
            Payload::FunctionSection(_) => "types of the functions",
            _ => continue,
        };
        if let Some((_, range)) = payload.as_section() {
            row(&mut table, name, bytes_at(module, range))?;
        }
    }

    table += &heading("sections of the pack");
    let sections = Sections::read(pack).context("the pack of the module does not open")?;
    for (tag, range) in sections.iter() {
        row(&mut table, tag.as_str(), &pack[range])?;
    }
    Ok(table)
}
