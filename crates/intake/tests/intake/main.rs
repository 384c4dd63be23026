//! Files and folders to a collection. Every case is read from a disk and from memory, and must be
//! the same.

mod collection;
mod files;

use std::path::Path;

use turnsearch_intake::{Disk, Event, Files, InputOptions, Loaded, Memory, Unfit, read_with};

/// The folder of the files, as messages name it.
const TOP: &str = "top";

/// A file by which folders of somebody else are known.
const FOREIGN: &str = "foreign.txt";

/// Reads the whole folder that holds these files, and stops at the first that is faulty.
fn read(files: &[(&str, &str)]) -> Result<Loaded, String> {
    let options = InputOptions {
        unreadable: Unfit::Stop,
        ..InputOptions::default()
    };
    read_paths(files, &[""], &options)
}

/// Reads paths below the folder that holds these files.
fn read_paths(
    files: &[(&str, &str)],
    paths: &[&str],
    options: &InputOptions,
) -> Result<Loaded, String> {
    let temporary = tempfile::tempdir().expect("there is room for a folder");
    let folder = temporary.path().join(TOP);
    for (name, content) in files {
        let path = folder.join(name);
        std::fs::create_dir_all(path.parent().expect("it lies in the folder")).expect("ours");
        std::fs::write(path, content).expect("there is room for a file");
    }
    let top = Path::new(TOP);
    let memory: Memory = files
        .iter()
        .map(|(name, content)| (top.join(name), *content))
        .collect();
    let (here, told) = observed(&memory, top, paths, options);
    let (on_disk, told_on_disk) = observed(&Disk, &folder, paths, options);
    let named = |text: &str| text.replace(&folder.display().to_string(), TOP);
    let told_on_disk: Vec<String> = told_on_disk.iter().map(|line| named(line)).collect();
    assert_eq!(told, told_on_disk, "{paths:?}");
    match (here, on_disk) {
        (Ok(here), Ok(on_disk)) => {
            assert_eq!(here.sources, on_disk.sources, "{paths:?}");
            assert_eq!(here.config.meetings, on_disk.config.meetings, "{paths:?}");
            Ok(here)
        }
        (Err(here), Err(on_disk)) => {
            // Each system has its own words for what is missing; positions count what stands
            // before.
            if !here.contains("no such file or folder") && !here.contains("near position") {
                assert_eq!(here, named(&on_disk), "{paths:?}");
            }
            Err(here)
        }
        (here, on_disk) => panic!("{paths:?}: {here:?} in memory, {on_disk:?} on the disk"),
    }
}

/// What was read, and what was told while it was.
fn observed(
    files: &impl Files,
    top: &Path,
    paths: &[&str],
    options: &InputOptions,
) -> (Result<Loaded, String>, Vec<String>) {
    let paths: Vec<_> = paths.iter().map(|path| top.join(path)).collect();
    let mut told = Vec::new();
    let read = read_with(files, &paths, options, |event| {
        told.push(match event {
            Event::Found(files) => format!("{files} files"),
            Event::Read { path, bytes, turns } => {
                format!("{}: {bytes} bytes, {turns} turns", path.display())
            }
            Event::Skipped(skipped) => skipped.error.to_string(),
        });
    });
    (read.map_err(|error| error.to_string()), told)
}
