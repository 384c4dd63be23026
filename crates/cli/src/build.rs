//! `turnsearch build`: the bundle to upload.

use std::path::{Path, PathBuf};

use clap::Args;
use serde_json::json;

use crate::error::CliError;
use crate::module;
use crate::output::Lines;
use crate::source;

/// The engine as the page loads it.
const ENGINE: &str = "engine_bg.wasm";
/// A separate pack.
const PACK: &str = "collection.turns";

#[derive(Debug, Args)]
pub struct BuildArguments {
    /// Files or folders with transcripts.
    #[arg(required = true, value_name = "INPUT")]
    inputs: Vec<PathBuf>,
    /// Where to write the bundle: a folder that does not exist yet or is empty.
    #[arg(long, value_name = "DIR")]
    out: PathBuf,
    /// Write engine and pack as two files, to cache them apart or to open several packs.
    #[arg(long)]
    separate: bool,
    /// The ready page and engine, as `cargo xtask build` makes them.
    #[arg(long, value_name = "DIR", default_value = "target/site")]
    engine: PathBuf,
}

/// Writes the bundle, whole or not at all, and prints a line for each file.
///
/// # Errors
/// Where the inputs are bad, the engine is not there, or the folder cannot be written.
pub fn build(arguments: &BuildArguments) -> Result<(), CliError> {
    let engine_path = arguments.engine.join(ENGINE);
    let engine = std::fs::read(&engine_path).map_err(|error| {
        CliError::Bundle(format!(
            "{}: {error}; make the engine with `cargo xtask build`, or name its folder with --engine",
            engine_path.display()
        ))
    })?;
    if occupied(&arguments.out)? {
        let out = arguments.out.display();
        return Err(CliError::Bundle(format!(
            "{out}: the folder is not empty; name another one or empty it"
        )));
    }
    let pack = source::pack(&arguments.inputs)?;

    let draft = draft_folder(&arguments.out);
    let written = write_files(&draft, arguments, &engine, &pack);
    let moved = written.and_then(|sizes| {
        // An empty folder in the way is replaced.
        let _ = std::fs::remove_dir(&arguments.out);
        std::fs::rename(&draft, &arguments.out)
            .map_err(CliError::io(&arguments.out))
            .map(|()| sizes)
    });
    if moved.is_err() {
        let _ = std::fs::remove_dir_all(&draft);
    }
    let mut lines = Lines::open();
    for (name, bytes) in moved? {
        lines.print(&json!({ "file": arguments.out.join(name), "bytes": bytes }))?;
    }
    lines.finish()
}

fn occupied(folder: &Path) -> Result<bool, CliError> {
    match std::fs::read_dir(folder) {
        Ok(mut entries) => Ok(entries.next().is_some()),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(CliError::io(folder)(error)),
    }
}

/// A folder beside the one asked for, so that moving it there is one step.
fn draft_folder(out: &Path) -> PathBuf {
    let mut name = std::ffi::OsString::from(".");
    name.push(out.file_name().unwrap_or("bundle".as_ref()));
    name.push(format!(".{}", std::process::id()));
    out.with_file_name(name)
}

fn write_files(
    draft: &Path,
    arguments: &BuildArguments,
    engine: &[u8],
    pack: &[u8],
) -> Result<Vec<(PathBuf, usize)>, CliError> {
    std::fs::create_dir_all(draft).map_err(CliError::io(draft))?;
    let mut sizes = Vec::new();
    let mut write = |name: PathBuf, bytes: &[u8]| {
        let path = draft.join(&name);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder).map_err(CliError::io(folder))?;
        }
        std::fs::write(&path, bytes).map_err(CliError::io(&path))?;
        sizes.push((name, bytes.len()));
        Ok::<(), CliError>(())
    };
    let engine_path = arguments.engine.join(ENGINE);
    if arguments.separate {
        write(ENGINE.into(), &module::without_pack(&engine_path, engine)?)?;
        write(PACK.into(), pack)?;
    } else {
        write(
            ENGINE.into(),
            &module::with_pack(&engine_path, engine, pack)?,
        )?;
    }
    for name in page_files(&arguments.engine)? {
        let path = arguments.engine.join(&name);
        let bytes = std::fs::read(&path).map_err(CliError::io(&path))?;
        write(name, &bytes)?;
    }
    Ok(sizes)
}

/// The files of the page, relative to `site`, sorted; not the engine, and not what was compressed
/// from other files.
fn page_files(site: &Path) -> Result<Vec<PathBuf>, CliError> {
    let mut files = Vec::new();
    let mut open = vec![PathBuf::new()];
    while let Some(folder) = open.pop() {
        let path = site.join(&folder);
        for entry in std::fs::read_dir(&path).map_err(CliError::io(&path))? {
            let entry = entry.map_err(CliError::io(&path))?;
            let name = folder.join(entry.file_name());
            let ending = name
                .extension()
                .and_then(|ending| ending.to_str())
                .unwrap_or_default();
            if entry.path().is_dir() {
                open.push(name);
            } else if !matches!(ending, "br" | "gz" | "wasm") {
                files.push(name);
            }
        }
    }
    files.sort();
    Ok(files)
}
