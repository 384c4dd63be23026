//! Where the ready page and engine come from: inside the command, or a folder.

use std::path::{Path, PathBuf};

use turnsearch_bundle::site::{ENGINE, Site};
use turnsearch_bundle::{Files, compress, folder};

use crate::error::CliError;

/// Where `cargo xtask build` leaves the page, seen from the top of the repository.
const BUILT: &str = "target/site";

/// Files by name, compressed by brotli; the build script lists them. Empty in a command that was
/// built without `TURNSEARCH_SITE`.
const EMBEDDED: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/site.rs"));

/// A site, and where it comes from.
#[derive(Debug)]
pub struct Ready {
    /// For messages.
    pub origin: PathBuf,
    /// Engine and widget.
    pub site: Site,
}

impl Ready {
    /// The site in `folder`; without one, that inside the command.
    ///
    /// # Errors
    /// Where there is no engine or no widget, or a file cannot be read.
    pub fn open(folder: Option<&Path>) -> Result<Self, CliError> {
        match folder {
            Some(folder) => Self::of(folder, folder::read(folder)?),
            None if !EMBEDDED.is_empty() => Self::of(Path::new("turnsearch"), unpack()?),
            None if Path::new(BUILT).join(ENGINE).exists() => {
                Self::of(Path::new(BUILT), folder::read(Path::new(BUILT))?)
            }
            None => Err(CliError::Bundle(format!(
                "this command was built without an engine; name the folder of one with --engine DIR \
                 (`cargo xtask build` makes {BUILT}), or take the command that `cargo xtask command` \
                 builds, which carries its engine"
            ))),
        }
    }

    fn of(origin: &Path, files: Files) -> Result<Self, CliError> {
        let site = Site::of(files).map_err(|missing| {
            CliError::Bundle(format!(
                "{}: {missing}; make the engine with `cargo xtask build`, or name its folder with \
                 --engine",
                origin.display()
            ))
        })?;
        Ok(Self {
            origin: origin.to_owned(),
            site,
        })
    }
}

fn unpack() -> Result<Files, CliError> {
    let unpacked = |(name, packed): &(&str, &[u8])| {
        let bytes = compress::unpack_brotli(packed).map_err(CliError::io(*name))?;
        Ok(((*name).to_owned(), bytes))
    };
    EMBEDDED.iter().map(unpacked).collect()
}
