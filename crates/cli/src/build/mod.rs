//! `turnsearch build`: the bundle to upload.
//!
//! [`source`](crate::source) makes a pack of the inputs, [`bundle`] puts it together with the ready
//! engine and widget, [`pages`] adds reading pages; for a single file, [`page`] takes all in.
//! [`writer`] writes and compresses, [`report`] says what was made.

mod bundle;
mod page;
mod pages;
mod report;
mod words;
mod writer;

use std::path::{Path, PathBuf};
use std::time::Instant;

use clap::Args;
use turnsearch_pack::Pack;

use crate::build::page::About;
use crate::build::report::Report;
use crate::build::writer::{Writer, Written};
use crate::draft::{self, Draft};
use crate::error::CliError;
use crate::progress::Progress;
use crate::site::Ready;
use crate::source::{self, Content};

#[derive(Debug, Args)]
pub struct BuildArguments {
    #[command(flatten)]
    inputs: source::Inputs,
    /// Where to write the bundle: a folder that does not exist yet or is empty; for a single file
    /// also a name that ends in .html.
    #[arg(long, value_name = "DIR", required_unless_present = "single_file")]
    out: Option<PathBuf>,
    /// Write engine and pack as two files, to cache them apart or to open several packs.
    #[arg(long)]
    separate: bool,
    /// Put a hash of its contents into the name of every script, style, engine and pack, so that
    /// they can be cached for ever.
    #[arg(long)]
    hashed: bool,
    /// Write no .br and .gz copies beside the files.
    #[arg(long)]
    no_compress: bool,
    /// Write plain reading pages as well, one a meeting, to which the results lead.
    #[arg(long)]
    pages: bool,
    /// Write one HTML file with everything inside, which opens from disk; named here or by --out.
    #[arg(
        long,
        value_name = "FILE",
        num_args = 0..=1,
        conflicts_with_all = ["separate", "hashed", "pages"],
    )]
    single_file: Option<Option<PathBuf>>,
    /// Take page and engine from this folder, as `cargo xtask build` makes it, in place of those in
    /// the command.
    #[arg(long, value_name = "DIR")]
    engine: Option<PathBuf>,
    /// Show no progress and no summary.
    #[arg(long, short)]
    quiet: bool,
    /// Print a report as JSON to standard output at the end.
    #[arg(long)]
    json: bool,
}

/// Writes the bundle, whole or not at all.
///
/// # Errors
/// Where the inputs are bad, the engine is not there, or the bundle cannot be written.
pub fn build(arguments: &BuildArguments) -> Result<(), CliError> {
    let started = Instant::now();
    draft::remove_when_interrupted()?;
    let output = Output::of(arguments)?;
    let ready = Ready::open(arguments.engine.as_deref())?;
    // Before the work rather than after it: what is in the way will still be.
    output.check()?;
    let mut progress = Progress::new(arguments.quiet);
    let reading_page = arguments
        .pages
        .then_some(pages::address as fn(&str) -> String);
    let content = Content::read(&arguments.inputs, reading_page, &mut progress)?;
    progress.stage("writing the bundle");
    let pack = Pack::open(content.pack, &mut |_, _| ()).map_err(|error| CliError::Pack {
        path: arguments.inputs.first(),
        error,
    })?;
    let draft = output.draft()?;
    let files = match output {
        Output::Folder(_) => write_folder(arguments, &draft, ready, &pack, &content.publishers)?,
        Output::SingleIn(_) => write_single(&draft, "index.html", ready, &pack)?,
        Output::Single(_) => write_single(&draft, "", ready, &pack)?,
    };
    draft.finish()?;
    progress.finish();
    let report = Report {
        out: output.path().to_owned(),
        sources: content.read.0,
        source_bytes: content.read.1,
        skipped: content.skipped,
        doubts: content.doubts,
        encodings: content.encodings,
        meetings: pack.collection().meetings.len(),
        turns: pack.turns(),
        speakers: pack.collection().speakers.len(),
        text_bytes: pack.collection().text_bytes,
        pack_bytes: pack.bytes().len(),
        seconds: started.elapsed().as_secs_f64(),
        files,
    };
    if arguments.json {
        return report.print();
    }
    progress.say(&report.summary());
    Ok(())
}

/// What to write, and where.
enum Output {
    /// A folder to upload.
    Folder(PathBuf),
    /// A folder that holds one page with everything inside.
    SingleIn(PathBuf),
    /// One page with everything inside.
    Single(PathBuf),
}

impl Output {
    fn of(arguments: &BuildArguments) -> Result<Self, CliError> {
        let out = arguments.out.clone();
        match (&arguments.single_file, out) {
            (None, Some(out)) => Ok(Self::Folder(out)),
            (Some(Some(file)), None) => Ok(Self::Single(file.clone())),
            (Some(None), Some(out)) if is_html(&out) => Ok(Self::Single(out)),
            (Some(None), Some(out)) => Ok(Self::SingleIn(out)),
            (Some(Some(_)), Some(_)) => Err(CliError::Arguments(
                "--single-file FILE and --out DIR name two places; give one of them".to_owned(),
            )),
            (_, None) => Err(CliError::Arguments(
                "name the file with --single-file FILE, or the folder with --out DIR".to_owned(),
            )),
        }
    }

    fn path(&self) -> &Path {
        match self {
            Self::Folder(path) | Self::SingleIn(path) | Self::Single(path) => path,
        }
    }

    fn check(&self) -> Result<(), CliError> {
        match self {
            Self::Folder(path) | Self::SingleIn(path) => Draft::check_folder(path),
            Self::Single(path) => Draft::check_file(path),
        }
    }

    fn draft(&self) -> Result<Draft, CliError> {
        match self {
            Self::Folder(path) | Self::SingleIn(path) => Draft::folder(path),
            Self::Single(path) => Draft::file(path),
        }
    }
}

fn is_html(path: &Path) -> bool {
    path.extension()
        .is_some_and(|ending| ending.eq_ignore_ascii_case("html") || ending == "htm")
}

/// Writes the bundle into the draft.
fn write_folder(
    arguments: &BuildArguments,
    draft: &Draft,
    ready: Ready,
    pack: &Pack,
    publishers: &[Option<String>],
) -> Result<Vec<Written>, CliError> {
    let about = About::new(pack.collection());
    let compressed = !arguments.no_compress;
    let mut writer = Writer::new(draft, compressed);
    let files = bundle::files(ready, pack.bytes(), arguments.separate)?;
    let assets = bundle::write(&mut writer, files, arguments.hashed)?;
    let list = arguments.pages.then_some(pages::LIST);
    let src = assets.pack.as_deref();
    let index = page::index(&about, &assets.style, &assets.script, src, list)?;
    writer.add("index.html", index.as_bytes())?;
    if arguments.pages {
        pages::write(&mut writer, pack, &about, &assets.style, publishers)?;
    }
    let how = page::Serving {
        compressed,
        hashed: arguments.hashed,
    };
    let upload = page::upload(&about, &assets.script, src, how, writer.written())?;
    writer.add("UPLOAD.txt", upload.as_bytes())?;
    Ok(writer.finish())
}

/// Writes the one page into the draft, as the file `name` of its folder or as the draft itself.
/// What is opened from disk or mailed has no use for compressed copies.
fn write_single(
    draft: &Draft,
    name: &str,
    ready: Ready,
    pack: &Pack,
) -> Result<Vec<Written>, CliError> {
    let files = bundle::files(ready, pack.bytes(), false)?;
    let script = bundle::single_script(&files)?;
    let page = page::single(&About::new(pack.collection()), &script)?;
    let mut writer = Writer::new(draft, false);
    writer.add(name, page.as_bytes())?;
    Ok(writer.finish())
}
