//! Man pages and shell completions, made from the definition of the arguments.

use std::path::{Path, PathBuf};

use clap::Command;
use clap_complete::Shell;

use crate::error::CliError;
use crate::output;

/// Writes a man page for the command and one for each of its subcommands into `folder`, and prints
/// their names.
///
/// # Errors
/// Where the folder cannot be written.
pub fn manual(command: Command, folder: &Path) -> Result<(), CliError> {
    std::fs::create_dir_all(folder).map_err(CliError::io(folder))?;
    clap_mangen::generate_to(command, folder).map_err(CliError::io(folder))?;
    let mut pages: Vec<PathBuf> = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(CliError::io(folder))? {
        let path = entry.map_err(CliError::io(folder))?.path();
        if path.extension().is_some_and(|section| section == "1") {
            pages.push(path);
        }
    }
    pages.sort();
    let list: Vec<String> = pages
        .iter()
        .map(|page| page.display().to_string())
        .collect();
    output::text(&(list.join("\n") + "\n"))
}

/// Prints the script that teaches `shell` to complete the arguments.
///
/// # Errors
/// Where standard output is closed or full.
pub fn completions(mut command: Command, shell: Shell) -> Result<(), CliError> {
    let mut script = Vec::new();
    let name = command.get_name().to_owned();
    clap_complete::generate(shell, &mut command, name, &mut script);
    output::text(&String::from_utf8_lossy(&script))
}
