//! Compiles `seeds/` into the pack that is embedded in the wasm module, where the feature `seeds` asks
//! for it.
//!
//! The pack is written to `OUT_DIR/seeds.turns`. A seed that is changed, added or removed makes it
//! anew; one that cannot be read stops the build with file, line and reason.

fn main() {
    #[cfg(feature = "seeds")]
    seeds::main();
    #[cfg(not(feature = "seeds"))]
    println!("cargo::rerun-if-changed=build.rs");
}

#[cfg(feature = "seeds")]
mod seeds {
    use std::error::Error;
    use std::path::Path;

    /// The folder of the documents.
    const FOLDER: &str = "seeds";

    pub fn main() {
        // A folder stands for everything in it, also for what is added or removed.
        println!("cargo::rerun-if-changed={FOLDER}");
        if let Err(error) = compile() {
            println!("cargo::error=seeds: {error}");
        }
    }

    fn compile() -> Result<(), Box<dyn Error>> {
        let out =
            std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set; run this through cargo")?;
        let loaded = turnsearch_intake::read(&[FOLDER])?;
        let (collection, _) = turnsearch_intake::collect(loaded.sources, &loaded.config)?;
        let pack = turnsearch_pack::write_owned(collection)?;
        std::fs::write(Path::new(&out).join("seeds.turns"), pack)?;
        Ok(())
    }
}
