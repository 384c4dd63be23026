//! Files and folders to parsed sources.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::account::Account;
use crate::collect::slug;
use crate::config::CollectionConfig;
use crate::corrections::Corrections;
use crate::error::{InputError, ParseError};
use crate::json::TurnRecord;
use crate::model::{Meeting, Metadata, Speaker};
use crate::{Parsed, parse};

/// Endings of files that are read from folders.
const EXTENSIONS: [&str; 5] = ["txt", "text", "md", "markdown", "jsonl"];
/// Name of the configuration in a folder.
const CONFIG: &str = "collection.toml";
/// Ending of sidecars.
const SIDECAR: &str = ".turns.toml";

/// The endings that are read, for messages.
pub(crate) fn extensions() -> String {
    EXTENSIONS
        .map(|extension| format!(".{extension}"))
        .join(", ")
}

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The sources, in the order of their paths.
    pub sources: Vec<Parsed>,
    /// The `collection.toml` of the folder, or an empty one.
    pub config: CollectionConfig,
    /// Files of the folders that end like no format.
    pub skipped: Vec<PathBuf>,
    /// Everything that was read, for build scripts: folders, sources, sidecars, configuration.
    pub touched: Vec<PathBuf>,
}

/// Reads files and folders.
///
/// Of a folder: its `collection.toml`, and every file below it, hidden ones aside, whose ending is
/// known. Beside a source `NAME.txt` its sidecar `NAME.turns.toml` is read. The result does not
/// depend on the order in which the system lists files.
///
/// # Errors
///
/// [`InputError`], naming the file and where it can the line.
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Loaded, InputError> {
    if paths.is_empty() {
        return Err(InputError::Nothing);
    }
    let mut loaded = Loaded::default();
    let mut config: Option<PathBuf> = None;
    let mut files = Vec::new();
    for path in paths {
        let path = path.as_ref();
        let metadata = std::fs::metadata(path).map_err(|error| io(path, error))?;
        if !metadata.is_dir() {
            if !is_source(path) {
                return Err(InputError::UnknownFormat {
                    path: path.to_owned(),
                });
            }
            files.push(path.to_owned());
            continue;
        }
        let mut folder = Folder::default();
        folder.list(path)?;
        if folder.files.is_empty() {
            return Err(InputError::NoSource {
                path: path.to_owned(),
            });
        }
        if let Some(second) = folder.config {
            if let Some(first) = config {
                return Err(InputError::TwoConfigs { first, second });
            }
            config = Some(second);
        }
        files.append(&mut folder.files);
        loaded.skipped.append(&mut folder.skipped);
        loaded.touched.append(&mut folder.folders);
    }
    if let Some(path) = config {
        loaded.config = CollectionConfig::parse(&path.display().to_string(), &read_text(&path)?)?;
        loaded.touched.push(path);
    }
    for file in files {
        read_file(&file, &mut loaded)?;
    }
    Ok(loaded)
}

#[derive(Default)]
struct Folder {
    files: Vec<PathBuf>,
    config: Option<PathBuf>,
    skipped: Vec<PathBuf>,
    folders: Vec<PathBuf>,
}

impl Folder {
    /// Lists a folder and those below it. Links to folders are not followed.
    fn list(&mut self, top: &Path) -> Result<(), InputError> {
        let mut open = vec![top.to_owned()];
        while let Some(folder) = open.pop() {
            let mut entries = BTreeSet::new();
            for entry in std::fs::read_dir(&folder).map_err(|error| io(&folder, error))? {
                entries.insert(entry.map_err(|error| io(&folder, error))?.path());
            }
            for path in entries {
                let name = file_name(&path);
                if name.starts_with('.') {
                    continue;
                }
                let kind = std::fs::symlink_metadata(&path).map_err(|error| io(&path, error))?;
                if kind.is_dir() {
                    open.push(path);
                } else if name == CONFIG && folder == top {
                    self.config = Some(path);
                } else if is_source(&path) {
                    self.files.push(path);
                } else if !name.ends_with(SIDECAR) {
                    self.skipped.push(path);
                }
            }
            self.folders.push(folder);
        }
        self.files.sort();
        self.skipped.sort();
        Ok(())
    }
}

fn is_source(path: &Path) -> bool {
    path.extension()
        .and_then(|extension| extension.to_str())
        .is_some_and(|extension| EXTENSIONS.contains(&extension.to_lowercase().as_str()))
}

fn file_name(path: &Path) -> String {
    path.file_name()
        .unwrap_or_default()
        .to_string_lossy()
        .into_owned()
}

/// Name of the sidecar of a source: `week.txt` has `week.turns.toml`.
pub fn sidecar_name(source: &str) -> String {
    let stem = source.rsplit_once('.').map_or(source, |(stem, _)| stem);
    format!("{stem}{SIDECAR}")
}

fn io(path: &Path, error: std::io::Error) -> InputError {
    InputError::Io {
        path: path.to_owned(),
        error,
    }
}

fn read_text(path: &Path) -> Result<String, InputError> {
    std::fs::read_to_string(path).map_err(|error| io(path, error))
}

fn read_file(path: &Path, loaded: &mut Loaded) -> Result<(), InputError> {
    let bytes = std::fs::read(path).map_err(|error| io(path, error))?;
    loaded.touched.push(path.to_owned());
    if path
        .extension()
        .is_some_and(|extension| extension.eq_ignore_ascii_case("jsonl"))
    {
        loaded.sources.append(&mut read_json_lines(path, &bytes)?);
        return Ok(());
    }
    let name = file_name(path);
    let sidecar = path.with_file_name(sidecar_name(&name));
    let corrections = if sidecar.is_file() {
        let file = sidecar.display().to_string();
        let corrections = Corrections::parse(&file, &read_text(&sidecar)?)?;
        loaded.touched.push(sidecar);
        Some(corrections)
    } else {
        None
    };
    loaded
        .sources
        .push(parse(&name, &bytes, corrections.as_ref())?);
    Ok(())
}

/// Turns as `turnsearch turns` prints them. The records of one source stand together.
fn read_json_lines(path: &Path, bytes: &[u8]) -> Result<Vec<Parsed>, InputError> {
    let wrong = |line: usize, message: String| InputError::JsonLines {
        path: path.to_owned(),
        line,
        message,
    };
    let mut sources: Vec<Parsed> = Vec::new();
    for (index, line) in bytes.split(|&byte| byte == b'\n').enumerate() {
        if line.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        let record: TurnRecord = serde_json::from_slice(line)
            .map_err(|error| wrong(index + 1, format!("not a turn: {error}")))?;
        let at = match sources.last() {
            Some(last) if last.meeting.source == record.source => sources.len() - 1,
            _ if sources
                .iter()
                .any(|known| known.meeting.source == record.source) =>
            {
                let message = format!("turns of `{}` do not stand together", record.source);
                return Err(wrong(index + 1, message));
            }
            _ => {
                sources.push(begin(&record));
                sources.len() - 1
            }
        };
        add(
            &mut sources[at],
            &record,
            u32::try_from(index + 1).unwrap_or(u32::MAX),
        );
    }
    if sources.is_empty() {
        return Err(ParseError::Empty {
            source_name: file_name(path),
        }
        .into());
    }
    Ok(sources)
}

fn begin(record: &TurnRecord) -> Parsed {
    let id = slug(&record.source);
    let title = record.meeting.clone().filter(|title| *title != id);
    Parsed {
        meeting: Meeting {
            id,
            source: record.source.clone(),
            kind: record.kind(),
            meta: Metadata {
                title,
                ..Metadata::default()
            },
            turns: Vec::new(),
        },
        speakers: Vec::new(),
        furniture: Vec::new(),
        suspects: Vec::new(),
        account: Account::default(),
    }
}

fn add(parsed: &mut Parsed, record: &TurnRecord, line: u32) {
    let mut turn = record.to_turn(line);
    if let Some(name) = &record.speaker {
        let known = parsed
            .speakers
            .iter()
            .position(|speaker| speaker.name == *name);
        turn.speaker = Some(known.unwrap_or_else(|| {
            parsed.speakers.push(Speaker {
                name: name.clone(),
                aliases: record.aliases.clone(),
                role: None,
            });
            parsed.speakers.len() - 1
        }));
    }
    let characters = turn.text.chars().filter(|c| !c.is_whitespace()).count();
    parsed.account.characters += characters;
    parsed.account.in_turns += characters;
    parsed.meeting.turns.push(turn);
}
