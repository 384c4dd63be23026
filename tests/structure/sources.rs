//! The sources of the house, as text.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// Files by their path below the top folder, with `/` between folders.
pub type Sources = BTreeMap<String, String>;

/// The folders whose files the rules are about.
const FOLDERS: [&str; 4] = ["src", "crates", "xtask", "www"];

/// Endings of those files.
const ENDINGS: [&str; 3] = [".rs", ".js", "Cargo.toml"];

/// Reads all sources below the top folder of the repository.
pub fn read() -> Sources {
    let top = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = Sources::new();
    for folder in FOLDERS {
        read_folder(top, &top.join(folder), &mut sources);
    }
    sources
}

fn read_folder(top: &Path, folder: &Path, sources: &mut Sources) {
    let entries =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let path = entry.expect("the folder can be listed").path();
        if path.is_dir() {
            read_folder(top, &path, sources);
            continue;
        }
        let below = path.strip_prefix(top).expect("it is below");
        let name = below.to_string_lossy().replace('\\', "/");
        if ENDINGS.iter().any(|ending| name.ends_with(ending)) {
            let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
            sources.insert(name, text);
        }
    }
}
