//! `turnsearch turns` and `turnsearch audit`.

use serde_json::json;
use turnsearch_transcript::json::TurnRecord;

use crate::error::CliError;
use crate::output::Lines;
use crate::progress::Progress;
use crate::source::{Inputs, Sources, collection};

/// Prints every turn.
///
/// # Errors
/// Whatever is wrong with a source.
pub fn turns(inputs: &Inputs) -> Result<(), CliError> {
    let collection = read(inputs)?.collection;
    let mut lines = Lines::open();
    for meeting in &collection.meetings {
        for turn in &meeting.turns {
            lines.print(&TurnRecord::new(meeting, &collection.speakers, turn))?;
        }
    }
    lines.finish()
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
        }))?;
    }
    lines.finish()
}

/// Reads the sources without a moving line, which would mix with what is printed.
fn read(inputs: &Inputs) -> Result<Sources, CliError> {
    collection(inputs, &mut Progress::still())
}
