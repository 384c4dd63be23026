//! Compiles `seeds/` into the pack that is embedded in the wasm module.
//!
//! The pack is written to `OUT_DIR/seeds.turns`. A seed that is changed, added or removed makes it
//! anew; one that cannot be read stops the build with file, line and reason.

use std::error::Error;
use std::path::Path;

fn main() {
    if std::env::var_os("CARGO_FEATURE_SEEDS").is_none() {
        return;
    }
    // A folder stands for everything in it, also for what is added or removed.
    println!("cargo::rerun-if-changed=seeds");
    let compiled = match std::env::var_os("OUT_DIR") {
        Some(out) => compile(Path::new("seeds"), &Path::new(&out).join("seeds.turns")),
        None => Err("OUT_DIR is not set; run this through cargo".into()),
    };
    if let Err(error) = compiled {
        println!("cargo::error=seeds: {error}");
    }
}

/// Writes the pack of the sources in the folder `seeds` to the file `pack`. Public for its tests.
pub fn compile(seeds: &Path, pack: &Path) -> Result<(), Box<dyn Error>> {
    let loaded = turnsearch_intake::read(&[seeds])?;
    let (collection, _) = turnsearch_intake::collect(loaded.sources, &loaded.config)?;
    std::fs::write(pack, turnsearch_pack::write(&collection)?)?;
    Ok(())
}
