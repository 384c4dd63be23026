//! Examinations in court: who asks, who answers, and what the reporter says between.

use crate::signs::label::Label;
use crate::signs::lang;
use crate::signs::script::closing_bracket;

/// What stands in brackets after a question is not longer than this, in bytes.
const MAX_BRACKET: usize = 80;

/// Whether a label is the sign of a question, or of an answer.
pub(crate) fn asks(name: &str) -> Option<bool> {
    let (words, name) = (lang::words(), name.to_lowercase());
    if lang::has(&words.question, &name) {
        Some(true)
    } else if lang::has(&words.answer, &name) {
        Some(false)
    } else {
        None
    }
}

/// `BY MS. DELANEY:` says who asks the questions below it, and `(BY MR. SATO)` after the sign of a
/// question does; the witness answers. Returns whether a line says so.
pub(crate) fn name_examiners(labels: &mut [Label], text: &str) -> bool {
    if !labels.iter().any(|label| asks(&label.name) == Some(true)) {
        return false;
    }
    let mut witness = witness(labels);
    let mut examiner: Option<String> = None;
    let mut has_line = false;
    // The text is searched once.
    let mut named = false;
    for label in labels {
        if let Some(name) = examined_by(&label.name) {
            if !std::mem::replace(&mut named, true) {
                witness = witness.or_else(|| witness_in(text, name));
            }
            examiner = Some(name.to_owned());
            has_line = true;
            label.name.clear();
            continue;
        }
        match asks(&label.name) {
            Some(true) => {
                if let Some((name, end)) = in_brackets(text, label.end)
                    && !examiner
                        .as_deref()
                        .is_some_and(|known| is_same(known, name))
                {
                    if !std::mem::replace(&mut named, true) {
                        witness = witness.or_else(|| witness_in(text, name));
                    }
                    examiner = Some(name.to_owned());
                    label.end = end;
                    if let Some(piece) = label.pieces.last_mut() {
                        piece.end = end;
                    }
                }
                if let Some(examiner) = &examiner {
                    label.name.clone_from(examiner);
                }
            }
            Some(false) => {
                if let (Some(_), Some(witness)) = (&examiner, &witness) {
                    label.name.clone_from(witness);
                }
            }
            None => {}
        }
    }
    has_line
}

fn is_same(one: &str, other: &str) -> bool {
    one.to_lowercase() == other.to_lowercase()
}

/// The name in `BY MS. DELANEY`.
fn examined_by(label: &str) -> Option<&str> {
    let words = &lang::words().examined_by;
    words.iter().find_map(|by| {
        let opening = label.get(..by.len())?;
        let name = label[by.len()..].strip_prefix(' ')?.trim();
        (opening.to_lowercase() == *by && !name.is_empty()).then_some(name)
    })
}

/// The name in `(BY MR. SATO)` at this place, and where the bracket ends.
fn in_brackets(text: &str, start: usize) -> Option<(&str, usize)> {
    let rest = text.get(start..)?;
    let inner = rest.trim_start_matches([' ', '\t']);
    let open = inner.chars().next()?;
    let close = closing_bracket(open)?;
    let inner = &inner[open.len_utf8()..];
    let end = inner
        .find(['\n', close])
        .filter(|&end| end <= MAX_BRACKET)?;
    let after = inner[end..].strip_prefix(close)?;
    Some((examined_by(&inner[..end])?, text.len() - after.len()))
}

/// The label of the witness.
fn witness(labels: &[Label]) -> Option<String> {
    let words = &lang::words().witness;
    let is_witness = |label: &&Label| lang::has(words, &label.name.to_lowercase());
    let witness = labels.iter().find(is_witness);
    witness.map(|label| label.name.clone())
}

/// What whoever answers is called in the text, set like the name of who asks.
fn witness_in(text: &str, examiner: &str) -> Option<String> {
    let lower = text.to_lowercase();
    let words = lang::words().witness.iter();
    let word = words
        .into_iter()
        .find(|word| lower.contains(word.as_str()))?;
    let in_capitals = !examiner.contains(char::is_lowercase);
    in_capitals.then(|| word.to_uppercase())
}
