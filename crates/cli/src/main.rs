//! The `turnsearch` command: transcripts in, search out.
//!
//! Each stage of the flow can be tried by itself: `turns` and `audit` show what parsing makes of a
//! source, `build` makes a bundle, `inspect` looks into one, `search` and `suggest` ask it. Results
//! are JSON, one object a line, on standard output; errors go to standard error with exit status 1,
//! wrong arguments give 2.

#![forbid(unsafe_code)]

mod build;
mod draft;
mod error;
mod export;
mod init;
mod inspect;
mod manual;
mod output;
mod progress;
mod record;
mod search;
mod site;
mod source;
mod turns;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};
use clap_complete::Shell;

use crate::error::CliError;
use crate::source::Inputs;

/// Gives memory back when a stage of the build is done with it. The C library keeps most of it,
/// since what the next stage holds lies between: 40 % more at the peak.
#[cfg(all(feature = "jemalloc", not(target_env = "msvc")))]
#[global_allocator]
static ALLOCATOR: tikv_jemallocator::Jemalloc = tikv_jemallocator::Jemalloc;

/// Search over meeting transcripts inside a web page: builds it, and tries each of its stages.
#[derive(Debug, Parser)]
#[command(name = "turnsearch", version, propagate_version = true)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Print every turn of the sources, or write them in a format of the field.
    Turns(turns::TurnsArguments),
    /// Account for every character of the sources.
    Audit {
        #[command(flatten)]
        sources: Inputs,
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
    /// Write a collection.toml for a folder, filled with what its transcripts tell.
    Init(init::InitArguments),
    /// Write the man pages.
    Manual {
        /// The folder to write them to.
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Print the script by which a shell completes the arguments.
    Completions {
        /// The shell.
        shell: Shell,
    },
}

/// Exit status for wrong arguments, as the parser of arguments has it.
const WRONG_ARGUMENTS: u8 = 2;

fn main() -> ExitCode {
    let done = match Arguments::parse().command {
        Command::Turns(arguments) => turns::turns(arguments),
        Command::Audit { sources, suspects } => turns::audit(&sources, suspects),
        Command::Build(arguments) => build::build(&arguments),
        Command::Search(arguments) => search::search(&arguments),
        Command::Suggest(arguments) => search::suggest(&arguments),
        Command::Inspect { file } => inspect::inspect(&file),
        Command::Init(arguments) => init::init(arguments),
        Command::Manual { out } => manual::manual(Arguments::command(), &out),
        Command::Completions { shell } => manual::completions(Arguments::command(), shell),
    };
    match done {
        Ok(()) | Err(CliError::ClosedPipe) => ExitCode::SUCCESS,
        Err(CliError::Arguments(message)) => {
            eprintln!("turnsearch: {message}");
            ExitCode::from(WRONG_ARGUMENTS)
        }
        Err(error) => {
            eprintln!("turnsearch: {error}");
            ExitCode::FAILURE
        }
    }
}
