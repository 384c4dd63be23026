//! Files and folders to parsed sources.

use std::path::{Path, PathBuf};

use turnsearch_transcript::{MAX_BYTES, ParseError, Parsed, ReadOptions, parse_with};

use crate::config::CollectionConfig;
use crate::discover::{Discovered, discover};
use crate::error::{InputError, io_error};
use crate::files::{Disk, Entry, Files};
use crate::names::{distinct_names, file_name};
use crate::sidecar::corrections_of;

/// How to read.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct InputOptions {
    /// Format and encoding of all files, where they are given.
    pub read: ReadOptions,
    /// What becomes of a file that is in no known format.
    pub unknown: Unfit,
    /// What becomes of a file that cannot be read or breaks the rules of its format.
    pub unreadable: Unfit,
    /// Names of files by which a folder is known that holds something else than transcripts, such
    /// as what a program wrote there. Below the folders that are read, it is passed over.
    pub foreign: &'static [&'static str],
}

/// What becomes of a file that has no meeting.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Unfit {
    /// It is left out, and listed with the reason.
    #[default]
    Skip,
    /// Reading ends with its error.
    Stop,
}

/// A file or folder that was left out.
#[derive(Debug)]
pub struct Skipped {
    /// Where it lies.
    pub path: PathBuf,
    /// Why it was left out. The message begins with the path.
    pub error: InputError,
}

/// What happens while files are read.
#[derive(Debug, Clone, Copy)]
pub enum Event<'a> {
    /// So many files are going to be read.
    Found(usize),
    /// A file was read.
    Read {
        /// Where it lies.
        path: &'a Path,
        /// Its size.
        bytes: u64,
        /// How many turns it has.
        turns: usize,
    },
    /// A file was left out.
    Skipped(&'a Skipped),
}

/// What was read.
#[derive(Debug, Default)]
pub struct Loaded {
    /// The sources, in the order of the paths that were given, and by name within each folder.
    pub sources: Vec<Parsed>,
    /// The `collection.toml` of the folder, or an empty one.
    pub config: CollectionConfig,
    /// What was left out.
    pub skipped: Vec<Skipped>,
}

/// Reads files and folders of the disk, and stops at the first faulty one, as build scripts want
/// it.
///
/// # Errors
///
/// As [`read_with`].
pub fn read<P: AsRef<Path>>(paths: &[P]) -> Result<Loaded, InputError> {
    let options = InputOptions {
        unreadable: Unfit::Stop,
        ..InputOptions::default()
    };
    read_with(&Disk, paths, &options, |_| ())
}

/// Reads files, folders and patterns such as `talks/**/*.vtt`, and tells `observe` how it goes.
///
/// Of a folder: its `collection.toml`, and every file below it, hidden ones aside, that the
/// configuration includes, or whose ending is known if it says nothing. Beside a source `NAME.txt`
/// its sidecar `NAME.turns.toml` is read. One file is parsed at a time.
///
/// # Errors
///
/// [`InputError`], naming the file and where it can the line: for a path that does not exist, for a
/// configuration that has mistakes, if no file holds a meeting, and for what the options do not let
/// pass.
pub fn read_with<P: AsRef<Path>>(
    files: &impl Files,
    paths: &[P],
    options: &InputOptions,
    mut observe: impl FnMut(Event<'_>),
) -> Result<Loaded, InputError> {
    if paths.is_empty() {
        return Err(InputError::Nothing);
    }
    let Discovered {
        files: found,
        config,
        left_out,
    } = discover(files, paths, options.foreign)?;
    let mut loaded = Loaded {
        config: config.unwrap_or_default(),
        ..Loaded::default()
    };
    for (path, error) in left_out {
        let name = file_name(&path);
        loaded.skip(&name, path, error, options, &mut observe)?;
    }
    let listed = loaded.skipped.len();
    let count = found.len();
    observe(Event::Found(count));
    let mut read = options.read.clone();
    read.columns.clone_from(&loaded.config.columns);
    for (name, path) in distinct_names(&found).into_iter().zip(found) {
        match read_file(files, &name, &path, &read) {
            Ok((bytes, mut sources)) => {
                let turns = sources.iter().map(|source| source.meeting.turns.len());
                observe(Event::Read {
                    path: &path,
                    bytes,
                    turns: turns.sum(),
                });
                loaded.sources.append(&mut sources);
            }
            Err(error) if count == 1 || error.is_of_sidecar() => return Err(error),
            Err(error) => loaded.skip(&name, path, error, options, &mut observe)?,
        }
    }
    if loaded.sources.is_empty()
        && let Some(first) = loaded.skipped.drain(listed..).next()
    {
        return Err(InputError::NoneFit {
            files: count,
            first: Box::new(first.error),
        });
    }
    Ok(loaded)
}

impl Loaded {
    /// Leaves a file out, if the options let it pass.
    fn skip(
        &mut self,
        name: &str,
        path: PathBuf,
        error: InputError,
        options: &InputOptions,
        observe: &mut impl FnMut(Event<'_>),
    ) -> Result<(), InputError> {
        let unfit = if error.is_unknown_format() {
            options.unknown
        } else {
            options.unreadable
        };
        if unfit == Unfit::Stop {
            return Err(error);
        }
        // What the configuration says of it is of no use, and no mistake.
        self.config.meetings.remove(name);
        let skipped = Skipped { path, error };
        observe(Event::Skipped(&skipped));
        self.skipped.push(skipped);
        Ok(())
    }
}

/// The size of a file, which is called `name` here, and the meetings in it.
fn read_file(
    files: &impl Files,
    name: &str,
    path: &Path,
    options: &ReadOptions,
) -> Result<(u64, Vec<Parsed>), InputError> {
    let wrong = |error: ParseError| InputError::Parse {
        path: path.to_owned(),
        error: error.of(&path.display().to_string()),
    };
    if let Entry::File { bytes } = files.entry(path).map_err(io_error(path))?
        && bytes > MAX_BYTES as u64
    {
        // Said before the memory is taken for it.
        return Err(wrong(ParseError::TooLarge {
            source_name: name.to_owned(),
            bytes: usize::try_from(bytes).unwrap_or(usize::MAX),
            limit: MAX_BYTES,
        }));
    }
    let bytes = files.read(path).map_err(io_error(path))?;
    let corrections = corrections_of(files, path)?;
    let parsed = parse_with(name, &bytes, &corrections, options).map_err(wrong)?;
    Ok((bytes.len() as u64, parsed))
}
