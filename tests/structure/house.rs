//! The files of the house, and which file of a room mentions which.

use std::collections::{BTreeMap, BTreeSet};

use crate::rust::{self, Mention, Mentions};
use crate::script;
use crate::sources::Sources;

/// A Rust file.
pub struct RustFile {
    /// Its crate, by the name that others import: `turnsearch_pack`.
    pub room: String,
    /// Its module path inside the crate; empty for the crate's root.
    pub module: Vec<String>,
    /// What it mentions.
    pub mentions: Mentions,
}

/// A mention of another file.
pub struct Edge {
    /// The file that is mentioned.
    pub to: String,
    /// Where and how.
    pub mention: Mention,
}

/// All sources, read.
pub struct House {
    /// Rust files that are not compiled for tests only.
    pub rust: BTreeMap<String, RustFile>,
    /// JavaScript files: what each imports.
    pub scripts: BTreeMap<String, Vec<Mention>>,
    /// The text of everything.
    pub sources: Sources,
}

impl House {
    /// Reads the sources.
    pub fn new(sources: Sources) -> House {
        let mut rust = BTreeMap::new();
        let mut scripts = BTreeMap::new();
        for (name, text) in &sources {
            if let Some((room, module)) = place(name) {
                let mentions = rust::read(name, text);
                let file = RustFile {
                    room,
                    module,
                    mentions,
                };
                rust.insert(name.clone(), file);
            } else if name.starts_with("www/") && name.ends_with(".js") {
                scripts.insert(name.clone(), script::imports(name, text));
            }
        }
        let tests: BTreeSet<(String, Vec<String>)> = rust
            .values()
            .flat_map(|file| {
                file.mentions.test_modules.iter().map(|name| {
                    let mut module = file.module.clone();
                    module.push(name.clone());
                    (file.room.clone(), module)
                })
            })
            .collect();
        rust.retain(|_, file| {
            !(1..=file.module.len())
                .any(|end| tests.contains(&(file.room.clone(), file.module[..end].to_vec())))
        });
        House {
            rust,
            scripts,
            sources,
        }
    }

    /// The mentions of other files of the same crate or of www, by file.
    pub fn edges(&self) -> BTreeMap<&str, Vec<Edge>> {
        let mut by_module: BTreeMap<(&str, &[String]), &str> = BTreeMap::new();
        for (name, file) in &self.rust {
            by_module.insert((&file.room, &file.module), name);
        }
        let mut edges: BTreeMap<&str, Vec<Edge>> = BTreeMap::new();
        for (name, file) in &self.rust {
            let list = edges.entry(name).or_default();
            for mention in &file.mentions.paths {
                let Some(path) = absolute(file, &mention.what) else {
                    continue;
                };
                let to = (0..=path.len())
                    .rev()
                    .find_map(|end| by_module.get(&(file.room.as_str(), &path[..end])));
                if let Some(&to) = to
                    && to != name
                {
                    let mention = mention.clone();
                    list.push(Edge {
                        to: to.to_owned(),
                        mention,
                    });
                }
            }
        }
        for (name, imports) in &self.scripts {
            let list = edges.entry(name).or_default();
            for mention in imports.iter().filter(|import| import.what != *name) {
                let to = mention.what.clone();
                list.push(Edge {
                    to,
                    mention: mention.clone(),
                });
            }
        }
        edges
    }
}

/// The crate and module of a Rust file; `None` for others, and for tests, benches and build
/// scripts.
fn place(name: &str) -> Option<(String, Vec<String>)> {
    let (room, file) = if let Some(file) = name.strip_prefix("src/") {
        ("turnsearch".to_owned(), file)
    } else if let Some(file) = name.strip_prefix("xtask/src/") {
        ("xtask".to_owned(), file)
    } else {
        let (room, file) = name.strip_prefix("crates/")?.split_once("/src/")?;
        (format!("turnsearch_{room}"), file)
    };
    let stem = file.strip_suffix(".rs")?;
    let mut module: Vec<String> = stem.split('/').map(str::to_owned).collect();
    if matches!(
        module.last().map(String::as_str),
        Some("mod" | "lib" | "main")
    ) {
        module.pop();
    }
    Some((room, module))
}

/// A path of a file as a path from the root of its crate; `None` where it is of another crate.
fn absolute(file: &RustFile, path: &str) -> Option<Vec<String>> {
    let mut parts: Vec<&str> = path.split("::").collect();
    let mut module: Vec<String> = file.module.clone();
    match parts[0] {
        "crate" => {
            module.clear();
            parts.remove(0);
        }
        "self" => {
            parts.remove(0);
        }
        "super" => {
            while parts.first() == Some(&"super") {
                module.pop();
                parts.remove(0);
            }
        }
        child if file.mentions.modules.iter().any(|module| module == child) => {}
        _ => return None,
    }
    module.extend(parts.into_iter().map(str::to_owned));
    Some(module)
}
