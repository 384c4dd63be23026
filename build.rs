//! Compiles `seeds/` into the pack that is embedded in the wasm module.
//!
//! The pack is written to `OUT_DIR/seeds.turns`. A seed that is changed, added or removed makes it
//! anew; one that cannot be read stops the build with file, line and reason.

use std::error::Error;
use std::path::{Path, PathBuf};

fn main() {
    if let Err(error) = compile_seeds() {
        println!("cargo::error=seeds: {error}");
    }
}

fn compile_seeds() -> Result<(), Box<dyn Error>> {
    if std::env::var_os("CARGO_FEATURE_SEEDS").is_none() {
        return Ok(());
    }
    // A folder stands for everything in it, also for what is added or removed.
    println!("cargo::rerun-if-changed=seeds");
    let out_dir =
        std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; run this through cargo")?;
    let loaded = turnsearch_transcript::input::read(&[Path::new("seeds")])?;
    let (collection, _) = turnsearch_transcript::collect(loaded.sources, &loaded.config)?;
    let pack = turnsearch_pack::write(&collection)?;
    std::fs::write(PathBuf::from(out_dir).join("seeds.turns"), pack)?;
    Ok(())
}
