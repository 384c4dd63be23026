//! Takes the ready page and engine into the command, where `TURNSEARCH_SITE` names their folder.
//!
//! Every file is compressed by brotli, and `OUT_DIR/site.rs` lists them:
//! `[(name, compressed bytes)]`, sorted by name, empty without the variable. The same folder makes
//! the same bytes.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use turnsearch_bundle::{compress, folder};

/// Names the folder that `cargo xtask build` fills.
const SITE: &str = "TURNSEARCH_SITE";

fn main() {
    println!("cargo::rerun-if-env-changed={SITE}");
    let site = std::env::var_os(SITE).map(PathBuf::from);
    let listed = match std::env::var_os("OUT_DIR") {
        Some(out) => list(site.as_deref(), Path::new(&out)),
        None => Err("OUT_DIR is not set; run this through cargo".into()),
    };
    if let Err(error) = listed {
        println!("cargo::error={SITE}: {error}");
    }
}

/// Writes the compressed files and their list to the folder `out`.
fn list(site: Option<&Path>, out: &Path) -> Result<(), Box<dyn Error>> {
    let mut list = String::from("&[");
    if let Some(site) = site {
        println!("cargo::rerun-if-changed={}", site.display());
        let files = folder::read(site)?;
        if files.is_empty() {
            return Err(format!(
                "{} is empty; fill it with `cargo xtask build`",
                site.display()
            )
            .into());
        }
        for (at, (name, bytes)) in files.iter().enumerate() {
            let packed = format!("site-{at}.br");
            std::fs::write(out.join(&packed), compress::brotli(bytes)?)?;
            write!(
                list,
                "({name:?}, include_bytes!(concat!(env!(\"OUT_DIR\"), \"/{packed}\"))),"
            )?;
        }
    }
    list.push(']');
    std::fs::write(out.join("site.rs"), list)?;
    Ok(())
}
