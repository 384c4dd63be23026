//! What a person's corrections change in the lines of a source.

use crate::fault::Fault;
use crate::lines::source::Source;
use crate::signs::label::Candidate;
use crate::turns::corrections::Corrections;
use crate::turns::furniture::Reason;
use crate::turns::marks::Mark;

/// Splits lines at labels that a person found inside them.
pub(crate) fn split_lines(corrections: &Corrections, source: &mut Source) -> Result<(), Fault> {
    for correction in &corrections.label {
        let (line, at) = find(source, "label", correction.line, &correction.quote)?;
        if at == source.lines[line].range.start {
            continue;
        }
        let mut second = source.lines[line].clone();
        let before = &source.text[second.range.start..at];
        source.lines[line].range.end = second.range.start + before.trim_end().len();
        second.range.start = at;
        second.gap = 0;
        second.page_break = false;
        second.opens_block = true;
        source.lines.insert(line + 1, second);
    }
    Ok(())
}

/// Adds marks for furniture inside lines; returns the lines that are furniture as a whole.
pub(crate) fn furniture(
    corrections: &Corrections,
    source: &Source,
    marks: &mut Vec<Mark>,
) -> Result<Vec<(usize, Reason)>, Fault> {
    let mut whole = Vec::new();
    for correction in &corrections.furniture {
        let (line, at) = find(source, "furniture", correction.line, &correction.quote)?;
        let reason = correction.reason.unwrap_or(Reason::Other);
        let range = at..at + correction.quote.trim().len();
        if range == source.lines[line].range {
            whole.push((line, reason));
        } else {
            marks.push(Mark { range, reason });
        }
    }
    Ok(whole)
}

/// The lines that are text.
pub(crate) fn text_lines(corrections: &Corrections, source: &Source) -> Result<Vec<usize>, Fault> {
    corrections
        .text
        .iter()
        .map(|correction| {
            find(source, "text", correction.line, &correction.quote).map(|(line, _)| line)
        })
        .collect()
}

/// Puts the labels of the person in place of those that were found on the same lines, and takes
/// away those on lines that are text.
pub(crate) fn labels(
    corrections: &Corrections,
    source: &Source,
    labels: &mut Vec<Candidate>,
) -> Result<(), Fault> {
    let text = text_lines(corrections, source)?;
    labels.retain(|label| !text.contains(&label.lines.start));
    for correction in &corrections.label {
        let (line, at) = find(source, "label", correction.line, &correction.quote)?;
        let end = at + correction.quote.trim().len();
        labels.retain(|label| !label.lines.contains(&line));
        let place = labels.partition_point(|label| label.lines.start < line);
        let label = Candidate {
            lines: line..line + 1,
            pieces: std::iter::once(at..end).collect(),
            end,
            name: correction.speaker.trim().to_owned(),
            brackets: Vec::new(),
            chevron: None,
            explicit: true,
            start_ms: None,
        };
        labels.insert(place, label);
    }
    Ok(())
}

/// The line with this number that holds the quote, and where the quote begins.
fn find(
    source: &Source,
    table: &'static str,
    number: u32,
    quote: &str,
) -> Result<(usize, usize), Fault> {
    let quote = quote.trim();
    let first = source.lines.partition_point(|line| line.number < number);
    let found = (first..source.lines.len())
        .take_while(|&line| source.lines[line].number == number)
        .find_map(|line| {
            let at = source.line(line).find(quote)?;
            Some((line, source.lines[line].range.start + at))
        });
    if let (Some(found), false) = (found, quote.is_empty()) {
        return Ok(found);
    }
    let elsewhere = (0..source.lines.len())
        .find(|&line| !quote.is_empty() && source.line(line).contains(quote))
        .map(|line| source.lines[line].number);
    let problem = match elsewhere {
        Some(line) => format!("`{quote}` now stands on line {line}; change the number"),
        None => format!("`{quote}` does not stand there; remove or renew the correction"),
    };
    Err(Fault::Correction {
        table,
        line: number,
        problem,
    })
}
