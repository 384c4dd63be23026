//! Who may know whom, as docs/ARCHITECTURE.md says it.

use crate::house::{House, RustFile};
use crate::rust::Mention;
use crate::script;

/// A crate, and the crates of the house that it may mention.
const ROOMS: [(&str, &[&str]); 12] = [
    ("turnsearch_model", &[]),
    ("turnsearch_text", &[]),
    ("turnsearch_transcript", &["turnsearch_model"]),
    (
        "turnsearch_intake",
        &["turnsearch_model", "turnsearch_transcript"],
    ),
    ("turnsearch_pack", &["turnsearch_model", "turnsearch_text"]),
    (
        "turnsearch_builder",
        &[
            "turnsearch_model",
            "turnsearch_transcript",
            "turnsearch_intake",
            "turnsearch_pack",
        ],
    ),
    (
        "turnsearch",
        &["turnsearch_model", "turnsearch_text", "turnsearch_pack"],
    ),
    (
        "turnsearch_engine",
        &[
            "turnsearch_model",
            "turnsearch_text",
            "turnsearch_pack",
            "turnsearch",
        ],
    ),
    ("turnsearch_bundle", &["turnsearch_pack"]),
    (
        "turnsearch_cli",
        &[
            "turnsearch_model",
            "turnsearch_text",
            "turnsearch_transcript",
            "turnsearch_intake",
            "turnsearch_pack",
            "turnsearch",
            "turnsearch_bundle",
        ],
    ),
    // Chores and properties hold everything against everything.
    ("xtask", &["turnsearch_bundle", "turnsearch_pack"]),
    (
        "turnsearch_properties",
        &[
            "turnsearch_model",
            "turnsearch_text",
            "turnsearch_transcript",
            "turnsearch_intake",
            "turnsearch_pack",
            "turnsearch",
        ],
    ),
];

/// The one file of `src` that hands the builder on, behind a feature.
const FRONT_DOOR: &str = "src/lib.rs";

/// What the front door may mention besides.
const AT_THE_FRONT_DOOR: &str = "turnsearch_builder";

/// The crates that open files.
const OPENERS: [&str; 4] = [
    "turnsearch_intake",
    "turnsearch_cli",
    "turnsearch_bundle",
    "xtask",
];

/// Methods of paths that ask the disk.
const ASKING_THE_DISK: [&str; 5] = ["is_file", "is_dir", "exists", "canonicalize", "read_dir"];

/// The crates that write JSON; xtask writes none for readers, but reports for itself.
const JSON_WRITERS: [&str; 3] = ["turnsearch_engine", "turnsearch_cli", "xtask"];

/// What writes JSON.
const WRITING_JSON: [&str; 6] = [
    "to_string",
    "to_string_pretty",
    "to_vec",
    "to_writer",
    "to_value",
    "json",
];

/// The crates that have a command line.
const COMMANDS: [&str; 2] = ["turnsearch_cli", "xtask"];

/// The modules of the page that need no page: they run in a worker, or could.
const CLIENT: [&str; 4] = [
    "www/client",
    "www/remote.js",
    "www/worker.js",
    "www/columns.js",
];

/// Names of the DOM that no client mentions.
const OF_THE_DOM: [&str; 4] = ["document.", "window.", "HTMLElement", "customElements"];

/// A rule that is broken.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Breach {
    /// The file and line, and what is mentioned there.
    pub place: String,
    /// The sentence that is broken.
    pub rule: &'static str,
}

impl std::fmt::Display for Breach {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.place, self.rule)
    }
}

/// All breaches of the rules.
pub fn breaches(house: &House) -> Vec<Breach> {
    let mut found = Vec::new();
    for (name, file) in &house.rust {
        let mut breach = |mention: &Mention, rule| {
            let place = format!("{name}:{} mentions `{}`", mention.line, mention.what);
            found.push(Breach { place, rule });
        };
        neighbours(name, file, &mut breach);
        let room = file.room.as_str();
        let mentions = &file.mentions;
        if !OPENERS.contains(&room) {
            for mention in mentions.paths.iter().filter(|path| opens_files(&path.what)) {
                breach(mention, "only intake, cli, bundle and xtask open files");
            }
            for mention in &mentions.methods {
                if ASKING_THE_DISK.contains(&mention.what.as_str()) {
                    breach(mention, "only intake, cli, bundle and xtask open files");
                }
            }
        }
        if !JSON_WRITERS.contains(&room) {
            for mention in mentions.paths.iter().filter(|path| writes_json(&path.what)) {
                breach(mention, "only engine and cli write JSON");
            }
        }
        if !COMMANDS.contains(&room) {
            for mention in mentions
                .texts
                .iter()
                .filter(|text| names_a_flag(&text.what))
            {
                breach(mention, "only cli names a flag");
            }
        }
    }
    manifests(house, &mut found);
    page(house, &mut found);
    found.sort();
    found
}

/// Crates of the house that a file may not mention.
fn neighbours(name: &str, file: &RustFile, breach: &mut impl FnMut(&Mention, &'static str)) {
    let allowed = ROOMS.iter().find(|(room, _)| *room == file.room);
    let (_, allowed) = allowed.unwrap_or_else(|| panic!("{}: a crate without a rule", file.room));
    for mention in &file.mentions.paths {
        let other = mention.what.split("::").next().unwrap_or_default();
        let is_room = ROOMS.iter().any(|(room, _)| *room == other);
        let at_the_door = name == FRONT_DOOR && other == AT_THE_FRONT_DOOR;
        if is_room && other != file.room && !allowed.contains(&other) && !at_the_door {
            breach(mention, "a crate mentions only those that come before it");
        }
        let writes_packs = mention.what.starts_with("turnsearch_pack::write");
        if writes_packs && file.room == "turnsearch" {
            breach(
                mention,
                "the search knows the pack's reader, not its writer",
            );
        }
    }
}

/// Dependencies that a manifest has beyond what the sources may mention.
fn manifests(house: &House, found: &mut Vec<Breach>) {
    for (name, text) in &house.sources {
        let Some(folder) = name
            .strip_prefix("crates/")
            .and_then(|rest| rest.strip_suffix("/Cargo.toml"))
        else {
            continue;
        };
        let room = format!("turnsearch_{folder}");
        let Some((_, allowed)) = ROOMS.iter().find(|(known, _)| *known == room) else {
            panic!("{name}: a crate without a rule");
        };
        let mut section = "";
        for (index, line) in text.lines().enumerate() {
            if line.starts_with('[') {
                section = line;
            }
            let dependency = line
                .split(['.', ' ', '='])
                .next()
                .unwrap_or_default()
                .replace('-', "_");
            let is_room = ROOMS.iter().any(|(known, _)| *known == dependency);
            let counts = section.ends_with("dependencies]") && !section.contains("dev-");
            if counts && is_room && !allowed.contains(&dependency.as_str()) {
                found.push(Breach {
                    place: format!("{name}:{} mentions `{dependency}`", index + 1),
                    rule: "a crate mentions only those that come before it",
                });
            }
        }
    }
}

/// What the modules of the page may not import.
fn page(house: &House, found: &mut Vec<Breach>) {
    for (name, imports) in &house.scripts {
        let mut breach = |mention: &Mention, rule| {
            let place = format!("{name}:{} imports `{}`", mention.line, mention.what);
            found.push(Breach { place, rule });
        };
        let is_client = CLIENT.iter().any(|client| name.starts_with(client));
        for import in imports {
            let to = import.what.as_str();
            let is_element = to.starts_with("www/elements") || to.starts_with("www/screens/");
            if name.starts_with("www/parts/") && is_element {
                breach(import, "parts of the page know no element");
            }
            if is_client
                && (is_element || to.starts_with("www/parts/") || to.starts_with("www/styles/"))
            {
                breach(import, "the client knows no DOM");
            }
        }
        if is_client {
            for (index, line) in script::code_lines(&house.sources[name]) {
                if let Some(word) = OF_THE_DOM.iter().find(|word| line.contains(**word)) {
                    let mention = Mention {
                        what: (*word).to_owned(),
                        line: index + 1,
                    };
                    breach(&mention, "the client knows no DOM");
                }
            }
        }
    }
}

fn opens_files(path: &str) -> bool {
    path.starts_with("std::fs") || path.starts_with("fs::") || path.starts_with("File::")
}

fn writes_json(path: &str) -> bool {
    let function = path.strip_prefix("serde_json::");
    function.is_some_and(|function| WRITING_JSON.contains(&function))
}

/// Whether a text has a word such as `--format`.
fn names_a_flag(text: &str) -> bool {
    text.match_indices("--").any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + 2..].chars().next();
        before.is_none_or(|c| c.is_whitespace() || matches!(c, '`' | '(' | '"'))
            && after.is_some_and(|c| c.is_ascii_lowercase())
    })
}
