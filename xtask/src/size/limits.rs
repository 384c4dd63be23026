//! The figures that are written down, and how much growth passes unasked.

use anyhow::{Context, Result};
use fs_err as fs;
use toml::Table;

use crate::workspace::Workspace;

/// Where the figures are written down.
pub const FILE: &str = "tests/size.toml";

/// Growth that passes unasked, in percent.
pub const TOLERANCE: usize = 2;

const HEADER: &str = "\
# Bytes of the engine and of the pack of the seeds; brotli at its strongest.
# A test fails when one of them grows by more than 2 %. `cargo xtask size --accept` writes this
# file.
";

/// What is compared, in bytes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Figures {
    /// The module without its pack.
    pub engine: usize,
    pub engine_brotli: usize,
    /// The pack of the seeds.
    pub pack: usize,
    pub pack_brotli: usize,
}

impl Figures {
    fn named(&self) -> [(&'static str, usize); 4] {
        [
            ("engine", self.engine),
            ("engine_brotli", self.engine_brotli),
            ("pack", self.pack),
            ("pack_brotli", self.pack_brotli),
        ]
    }
}

/// The figures that are written down.
///
/// # Errors
///
/// When the file is not there or lacks a figure.
pub fn read(workspace: &Workspace) -> Result<Figures> {
    let text = fs::read_to_string(workspace.root().join(FILE))?;
    let table: Table = text
        .parse()
        .with_context(|| format!("{FILE} is no valid TOML"))?;
    let figure = |name: &str| {
        let value = table.get(name).and_then(toml::Value::as_integer);
        value
            .and_then(|value| usize::try_from(value).ok())
            .with_context(|| format!("{FILE} has no figure `{name}`"))
    };
    Ok(Figures {
        engine: figure("engine")?,
        engine_brotli: figure("engine_brotli")?,
        pack: figure("pack")?,
        pack_brotli: figure("pack_brotli")?,
    })
}

/// Writes the figures down.
///
/// # Errors
///
/// When the file cannot be written.
pub fn write(workspace: &Workspace, figures: &Figures) -> Result<()> {
    let lines = figures
        .named()
        .map(|(name, bytes)| format!("{name} = {bytes}\n"));
    let text = format!("{HEADER}{}", lines.concat());
    Ok(fs::write(workspace.root().join(FILE), text)?)
}

/// A sentence for each figure that has grown by more than [`TOLERANCE`].
pub fn grown(before: &Figures, now: &Figures) -> Vec<String> {
    before
        .named()
        .into_iter()
        .zip(now.named())
        .filter(|((_, before), (_, now))| now * 100 > before * (100 + TOLERANCE))
        .map(|((name, before), (_, now))| format!("{name} has grown from {before} to {now} bytes"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_beyond_the_tolerance_is_told() {
        let before = Figures {
            engine: 1000,
            engine_brotli: 100,
            pack: 500,
            pack_brotli: 400,
        };
        let within = Figures {
            engine: 1020,
            pack: 10,
            ..before
        };
        assert!(grown(&before, &within).is_empty());
        let beyond = Figures {
            engine: 1021,
            pack_brotli: 409,
            ..before
        };
        assert_eq!(
            grown(&before, &beyond),
            [
                "engine has grown from 1000 to 1021 bytes",
                "pack_brotli has grown from 400 to 409 bytes"
            ]
        );
    }
}
