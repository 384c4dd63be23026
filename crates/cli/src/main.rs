//! The `turnsearch` command: transcripts in, search out.
//!
//! Each stage of the flow can be tried by itself: `turns` and `audit` show what parsing makes of a
//! source, `build` makes a bundle, `inspect` looks into one, `search` and `suggest` ask it. Results
//! are JSON, one object a line, on standard output; errors go to standard error with exit status 1,
//! wrong arguments give 2.

mod build;
mod error;
mod inspect;
mod module;
mod output;
mod search;
mod source;
mod turns;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Args, Parser, Subcommand};

use crate::error::CliError;

/// Search over meeting transcripts inside a web page: builds it, and tries each of its stages.
#[derive(Debug, Parser)]
#[command(name = "turnsearch", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print every turn of the sources.
    Turns(Sources),
    /// Account for every character of the sources.
    Audit {
        #[command(flatten)]
        sources: Sources,
        /// List the places where the parser was unsure instead, those most worth checking first.
        #[arg(long)]
        suspects: bool,
    },
    /// Make the bundle to upload: engine, pack and page.
    Build(build::BuildArguments),
    /// Search sources, a pack or a module.
    Search(search::SearchArguments),
    /// Print what a page would offer while a reader types.
    Suggest(search::SuggestArguments),
    /// Print the sections of a pack or module.
    Inspect {
        /// A `.turns` pack, or a `.wasm` module with a pack inside.
        file: PathBuf,
    },
}

/// What to read.
#[derive(Debug, Args)]
struct Sources {
    /// Files or folders.
    #[arg(required = true, value_name = "FILE")]
    files: Vec<PathBuf>,
}

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Turns(sources) => turns::turns(&sources.files),
        Command::Audit { sources, suspects } => turns::audit(&sources.files, suspects),
        Command::Build(arguments) => build::build(&arguments),
        Command::Search(arguments) => search::search(&arguments),
        Command::Suggest(arguments) => search::suggest(&arguments),
        Command::Inspect { file } => inspect::inspect(&file),
    };
    match done {
        Ok(()) | Err(CliError::ClosedPipe) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("turnsearch: {error}");
            ExitCode::FAILURE
        }
    }
}
