//! Takes the ready page and engine into the command, where `TURNSEARCH_SITE` names their folder.
//!
//! Every file is compressed by brotli, and `OUT_DIR/site.rs` lists them: `[(name, compressed bytes)]`,
//! sorted by name, empty without the variable. The same folder gives the same bytes.

use std::error::Error;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

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
        for (at, name) in names(site)?.iter().enumerate() {
            let packed = format!("site-{at}.br");
            let bytes = std::fs::read(site.join(name))
                .map_err(|error| format!("{}: {error}", name.display()))?;
            std::fs::write(out.join(&packed), brotli(&bytes)?)?;
            let name = name.to_str().ok_or("a name is not UTF-8")?;
            let name = name.replace('\\', "/");
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

/// The files below `site`, sorted, without the compressed copies beside them.
fn names(site: &Path) -> Result<Vec<PathBuf>, Box<dyn Error>> {
    let mut names = Vec::new();
    let mut open = vec![site.to_owned()];
    while let Some(folder) = open.pop() {
        let entries =
            std::fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            let is_copy = path
                .extension()
                .is_some_and(|ending| ending == "br" || ending == "gz");
            if path.is_dir() {
                open.push(path);
            } else if !is_copy {
                names.push(path.strip_prefix(site)?.to_owned());
            }
        }
    }
    if names.is_empty() {
        return Err(format!(
            "{} is empty; fill it with `cargo xtask build`",
            site.display()
        )
        .into());
    }
    names.sort();
    Ok(names)
}

fn brotli(bytes: &[u8]) -> std::io::Result<Vec<u8>> {
    let settings = brotli::enc::BrotliEncoderParams {
        quality: 11,
        size_hint: bytes.len(),
        ..Default::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &bytes[..], &mut packed, &settings)?;
    Ok(packed)
}
