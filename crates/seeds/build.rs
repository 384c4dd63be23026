//! Compiles `seeds/` into the pack that is embedded in the wasm module.
//!
//! The pack is written to `OUT_DIR/seeds.turns`. A seed that is changed, added or removed makes it
//! anew; one that cannot be read stops the build with file, line and reason.

use std::error::Error;
use std::path::Path;

/// The folder of the documents, from this package.
const SEEDS: &str = "../../seeds";

fn main() {
    // A folder stands for everything in it, also for what is added or removed.
    println!("cargo::rerun-if-changed={SEEDS}");
    if let Err(error) = compile() {
        println!("cargo::error=seeds: {error}");
    }
}

fn compile() -> Result<(), Box<dyn Error>> {
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; run this through cargo")?;
    let loaded = turnsearch_transcript::input::read(&[SEEDS])?;
    let (collection, _) = turnsearch_transcript::collect(loaded.sources, &loaded.config)?;
    let pack = turnsearch_pack::write_owned(collection)?;
    std::fs::write(Path::new(&out).join("seeds.turns"), pack)?;
    Ok(())
}
