//! What a command is given to search: sources, a pack, or a module with a pack inside.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use serde::Serialize;
use turnsearch::Searcher;
use turnsearch_bundle::wasm;
use turnsearch_intake::{Audit, Disk, Event, InputOptions, Unfit, collect, read_with};
use turnsearch_model::{Collection, Field};
use turnsearch_pack::{CUSTOM_SECTION, SIGNATURE};
use turnsearch_transcript::{Doubt, Encoding, Format, ReadOptions};

use crate::error::{CliError, with_flag};
use crate::progress::Progress;

/// A file by which a bundle of this program is known; what lies there is not one's own transcripts.
const BUNDLE: &str = "turnsearch.d.ts";

/// What to read, and how.
#[derive(Debug, Args)]
pub struct Inputs {
    /// Files, folders, or patterns such as 'talks/**/*.vtt'.
    #[arg(required = true, value_name = "INPUT")]
    pub paths: Vec<PathBuf>,
    /// Read every source as this format, whatever it looks like.
    #[arg(long, visible_alias = "from", value_parser = formats())]
    pub format: Option<Format>,
    #[command(flatten)]
    pub how: HowToRead,
}

/// How to read sources.
#[derive(Debug, Clone, Args)]
pub struct HowToRead {
    /// Read every source in this encoding, whatever it looks like.
    #[arg(long, value_parser = encodings())]
    encoding: Option<Encoding>,
    /// Stop at the first file that is unknown or unreadable, in place of leaving it out.
    #[arg(long)]
    strict: bool,
}

/// Takes the name of a format.
pub fn formats() -> impl clap::builder::TypedValueParser<Value = Format> {
    PossibleValuesParser::new(Format::ALL.map(Format::as_str))
        .try_map(|name| name.parse::<Format>())
}

fn encodings() -> impl clap::builder::TypedValueParser<Value = Encoding> {
    PossibleValuesParser::new(Encoding::ALL.iter().map(|encoding| encoding.as_str()))
        .try_map(|name| name.parse::<Encoding>())
}

impl Inputs {
    fn options(&self) -> InputOptions {
        let HowToRead { encoding, strict } = self.how;
        let unfit = if strict { Unfit::Stop } else { Unfit::Skip };
        InputOptions {
            read: ReadOptions {
                format: self.format,
                encoding,
                ..ReadOptions::default()
            },
            unknown: unfit,
            unreadable: unfit,
            foreign: &[BUNDLE],
        }
    }

    /// The first path, for messages about all of them.
    pub fn first(&self) -> PathBuf {
        self.paths.first().cloned().unwrap_or_default()
    }
}

/// A file or folder that was left out.
#[derive(Debug, Serialize)]
pub struct Skipped {
    /// Where it lies.
    pub path: PathBuf,
    /// Why, beginning with the path.
    pub reason: String,
    /// Whether it is in no known format; otherwise it is unreadable or faulty.
    pub unknown: bool,
}

impl From<turnsearch_intake::Skipped> for Skipped {
    fn from(skipped: turnsearch_intake::Skipped) -> Self {
        Self {
            reason: with_flag(&skipped.error),
            unknown: skipped.error.is_unknown_format(),
            path: skipped.path,
        }
    }
}

/// Places where reading was unsure who speaks, or what a line is.
#[derive(Debug, Default, Serialize)]
pub struct Doubts {
    /// How many there are.
    pub suspects: usize,
    /// The source that has most of them, and how many these are.
    pub worst: Option<(String, usize)>,
    /// Sources that were read as documents, though their paragraphs open with labels that come
    /// back.
    pub labelled_documents: Vec<String>,
}

impl Doubts {
    fn of(audits: &[Audit]) -> Self {
        let labelled = |audit: &&Audit| {
            let mut suspects = audit.suspects.iter();
            suspects.any(|suspect| suspect.reason == Doubt::LabelledDocument)
        };
        // Of two with as many, the first.
        let worst = audits.iter().rev().max_by_key(|audit| audit.suspects.len());
        Self {
            suspects: audits.iter().map(|audit| audit.suspects.len()).sum(),
            worst: worst
                .map(|audit| (audit.source.clone(), audit.suspects.len()))
                .filter(|(_, suspects)| *suspects > 0),
            labelled_documents: audits
                .iter()
                .filter(labelled)
                .map(|audit| audit.source.clone())
                .collect(),
        }
    }
}

/// The sources whose encoding is told by the characters that their bytes would be, with that
/// encoding.
pub fn guessed(audits: &[Audit]) -> impl Iterator<Item = (&str, Encoding)> {
    audits.iter().filter_map(|audit| {
        let encoding = audit.encoding.filter(|encoding| !encoding.is_unicode())?;
        Some((audit.source.as_str(), encoding))
    })
}

/// Sources as one collection.
pub struct Sources {
    /// The collection.
    pub collection: Collection,
    /// What became of the characters of each.
    pub audits: Vec<Audit>,
    /// Files that were left out.
    pub skipped: Vec<Skipped>,
    /// Files that were read, and how many bytes they had.
    pub read: (usize, u64),
}

/// Reads sources as one collection.
///
/// # Errors
/// Whatever is wrong with the configuration, or with a source that may not be left out.
pub fn collection(inputs: &Inputs, progress: &mut Progress) -> Result<Sources, CliError> {
    let mut read = (0, 0);
    let loaded = read_with(
        &Disk,
        &inputs.paths,
        &inputs.options(),
        |event| match event {
            Event::Found(files) => progress.begin_files(files),
            Event::Read { bytes, turns, .. } => {
                read = (read.0 + 1, read.1 + bytes);
                progress.file(bytes, turns);
            }
            Event::Skipped(skipped) => progress.skipped(&with_flag(&skipped.error)),
        },
    )?;
    match loaded.skipped.len() {
        0 => {}
        count => progress.say(&format!(
            "turnsearch: {count} of {} files skipped; --strict stops at the first",
            count + read.0
        )),
    }
    let (collection, audits) = collect(loaded.sources, &loaded.config)?;
    Ok(Sources {
        collection,
        audits,
        skipped: loaded.skipped.into_iter().map(Skipped::from).collect(),
        read,
    })
}

/// A pack, and what is known of where it comes from.
#[derive(Debug, Default)]
pub struct Content {
    /// The pack.
    pub pack: Vec<u8>,
    /// The publisher's address of each meeting, with placeholders for its turns; empty unless
    /// reading pages take its place.
    pub publishers: Vec<Option<String>>,
    /// Files that were left out.
    pub skipped: Vec<Skipped>,
    /// Files that were read, and how many bytes they had.
    pub read: (usize, u64),
    /// What a person should look at; nothing for a finished pack.
    pub doubts: Doubts,
    /// Sources in another encoding than one of Unicode, and which it is.
    pub encodings: Vec<(String, &'static str)>,
}

impl Content {
    /// The pack that the inputs are, or one made of them. Where `reading_page` makes an address of
    /// a meeting's slug, the results lead there, and not to the publisher's pages.
    ///
    /// # Errors
    /// Whatever is wrong with the inputs; a finished pack for which pages are wanted, since it has
    /// its addresses already.
    pub fn read(
        inputs: &Inputs,
        reading_page: Option<fn(&str) -> String>,
        progress: &mut Progress,
    ) -> Result<Self, CliError> {
        if let [path] = &inputs.paths[..]
            && let Some(pack) = finished_pack(path)?
        {
            if reading_page.is_some() {
                return Err(CliError::Bundle(format!(
                    "{}: --pages needs the sources; this is a finished pack",
                    path.display()
                )));
            }
            return Ok(Self {
                read: (1, pack.len() as u64),
                pack,
                ..Self::default()
            });
        }
        let sources = collection(inputs, progress)?;
        progress.stage("packing");
        let mut collection = sources.collection;
        let doubts = Doubts::of(&sources.audits);
        let encodings = guessed(&sources.audits)
            .map(|(source, encoding)| (source.to_owned(), encoding.as_str()))
            .collect();
        // What became of each character is of no use here, and takes memory.
        drop(sources.audits);
        let mut publishers = Vec::new();
        if let Some(reading_page) = reading_page {
            for meeting in &mut collection.meetings {
                publishers.push(meeting.meta[Field::Url].replace(reading_page(&meeting.id)));
            }
        }
        Ok(Self {
            pack: turnsearch_pack::write_owned(collection)?,
            publishers,
            skipped: sources.skipped,
            read: sources.read,
            doubts,
            encodings,
        })
    }
}

/// A searcher over what the inputs hold.
///
/// # Errors
/// Whatever is wrong with the files.
pub fn searcher(inputs: &Inputs) -> Result<Searcher, CliError> {
    let content = Content::read(inputs, None, &mut Progress::still())?;
    Searcher::open(content.pack).map_err(|error| CliError::Pack {
        path: inputs.first(),
        error,
    })
}

/// The pack that `path` is or carries; `None` for a folder, a pattern, and a file that is no pack.
///
/// # Errors
/// Where the file cannot be read, or a module has no pack.
pub fn finished_pack(path: &Path) -> Result<Option<Vec<u8>>, CliError> {
    let ending = path
        .extension()
        .and_then(|ending| ending.to_str())
        .unwrap_or_default();
    let read = || std::fs::read(path).map_err(CliError::io(path));
    match ending {
        "wasm" => wasm::section(&read()?, CUSTOM_SECTION)
            .map(|pack| Some(pack.to_vec()))
            .map_err(CliError::module(path)),
        // Also a pack that lost its signature: the reader then says what is wrong with it.
        "turns" => read().map(Some),
        _ if path.is_file() && begins_like_a_pack(path) => read().map(Some),
        _ => Ok(None),
    }
}

fn begins_like_a_pack(path: &Path) -> bool {
    let mut beginning = [0; SIGNATURE.len()];
    std::fs::File::open(path)
        .and_then(|mut file| std::io::Read::read_exact(&mut file, &mut beginning))
        .is_ok_and(|()| beginning == SIGNATURE)
}
