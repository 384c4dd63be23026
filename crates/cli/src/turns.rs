//! `turnsearch turns` and `turnsearch audit`.

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use serde_json::json;
use turnsearch_model::Collection;
use turnsearch_transcript::{Encoding, Format};

use crate::draft::{self, Draft};
use crate::error::CliError;
use crate::export::Target;
use crate::output::{self, Lines};
use crate::progress::Progress;
use crate::record::TurnRecord;
use crate::source::{HowToRead, Inputs, Sources, collection, formats, guessed};

/// The format that is no interchange format but the command's own.
const LINES: &str = "jsonl";

#[derive(Debug, Args)]
pub struct TurnsArguments {
    /// Files, folders, or patterns such as 'talks/**/*.vtt'.
    #[arg(required = true, value_name = "INPUT")]
    paths: Vec<PathBuf>,
    /// Read every source as this format, whatever it looks like.
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    from: Option<Format>,
    #[command(flatten)]
    how: HowToRead,
    /// Print meetings in this format: jsonl has one line a turn; in the others every meeting is a
    /// text of its own.
    #[arg(long, default_value = LINES, value_parser = targets())]
    format: Printed,
    /// Write one file for each meeting into this folder, in place of printing.
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

/// What `turns` prints.
#[derive(Debug, Clone, Copy)]
enum Printed {
    Lines,
    Interchange(Target),
}

fn targets() -> impl TypedValueParser<Value = Printed> {
    let names = std::iter::once(LINES).chain(Target::ALL.map(Target::as_str));
    PossibleValuesParser::new(names).map(|name| match Target::named(&name) {
        Some(target) => Printed::Interchange(target),
        // The one name that is no target.
        None => Printed::Lines,
    })
}

/// Prints every turn, or writes every meeting.
///
/// # Errors
/// Whatever is wrong with a source; a meeting that the format cannot hold; several meetings where
/// the format holds one.
pub fn turns(arguments: TurnsArguments) -> Result<(), CliError> {
    let inputs = Inputs {
        paths: arguments.paths,
        format: arguments.from,
        how: arguments.how,
    };
    let collection = read(&inputs)?.collection;
    match (arguments.out, arguments.format) {
        (Some(out), format) => write_files(&out, &collection, format),
        (None, Printed::Lines) => print_lines(&collection),
        (None, Printed::Interchange(target)) => match &collection.meetings[..] {
            [meeting] => output::text(&target.write(meeting, &collection.speakers)?),
            meetings => Err(CliError::Bundle(format!(
                "{} meetings, and {target} holds one a file; name a folder for them with --out DIR",
                meetings.len()
            ))),
        },
    }
}

fn print_lines(collection: &Collection) -> Result<(), CliError> {
    let mut lines = Lines::open();
    for meeting in &collection.meetings {
        for turn in &meeting.turns {
            lines.print(&TurnRecord::new(meeting, &collection.speakers, turn))?;
        }
    }
    lines.finish()
}

/// Writes a file for each meeting, called by its slug; all of them or none.
fn write_files(out: &Path, collection: &Collection, format: Printed) -> Result<(), CliError> {
    draft::remove_when_interrupted()?;
    let draft = Draft::folder(out)?;
    for meeting in &collection.meetings {
        let (text, ending) = match format {
            Printed::Interchange(target) => (
                target.write(meeting, &collection.speakers)?,
                target.extension(),
            ),
            Printed::Lines => {
                let mut text = String::new();
                for turn in &meeting.turns {
                    let record = TurnRecord::new(meeting, &collection.speakers, turn);
                    text += &serde_json::to_string(&record)
                        .map_err(|error| CliError::Output(std::io::Error::from(error)))?;
                    text.push('\n');
                }
                (text, LINES)
            }
        };
        draft.write(&format!("{}.{ending}", meeting.id), text.as_bytes())?;
    }
    draft.finish()
}

/// Prints every piece of furniture and a sum for each source, or the suspects.
///
/// # Errors
/// Whatever is wrong with a source.
pub fn audit(inputs: &Inputs, suspects: bool) -> Result<(), CliError> {
    let audits = read(inputs)?.audits;
    let mut lines = Lines::open();
    for audit in &audits {
        let source = &audit.source;
        if suspects {
            for suspect in &audit.suspects {
                lines.print(&json!({
                    "source": source, "line": suspect.line, "score": suspect.score,
                    "reason": suspect.reason.as_str(), "text": suspect.text,
                }))?;
            }
            continue;
        }
        for piece in &audit.furniture {
            lines.print(&json!({
                "source": source, "line": piece.line, "reason": piece.reason.as_str(), "text": piece.text,
            }))?;
        }
        let account = &audit.account;
        lines.print(&json!({
            "source": source, "characters": account.characters, "in_turns": account.in_turns,
            "furniture": account.furniture, "lost": account.lost, "invented": account.invented,
            "encoding": audit.encoding.map(Encoding::as_str),
        }))?;
    }
    lines.finish()
}

/// Reads the sources without a moving line, which would mix with what is printed.
fn read(inputs: &Inputs) -> Result<Sources, CliError> {
    let progress = &mut Progress::still();
    let sources = collection(inputs, progress)?;
    for (source, encoding) in guessed(&sources.audits) {
        progress.say(&format!(
            "turnsearch: {source}: read as {encoding}; --encoding says otherwise"
        ));
    }
    Ok(sources)
}
