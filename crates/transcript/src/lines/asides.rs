//! Lines between labels that are no words of whoever spoke before.

use std::collections::HashMap;

use crate::lines::layout::bare;
use crate::lines::page::Classes;
use crate::lines::source::Source;
use crate::signs::label::Label;
use crate::signs::lang;
use crate::signs::script::{is_colon, is_finished, is_ideograph};
use crate::signs::series::is_field;
use crate::turns::marks::Marks;

/// Items of an agenda, from which they are one.
const MIN_ITEMS: usize = 3;
/// Ideographs of a heading that blanks stretch over the line.
const MIN_STRETCHED: usize = 3;
/// A sentence on what a house did is not longer than this, in bytes.
const MAX_PROCEDURE: usize = 100;
/// Characters of a note that closes a transcript, and words in it after the name.
const MAX_NOTE: usize = 80;
const MAX_NOTE_WORDS: usize = 6;
/// No aside that is told by its words is longer than this, in bytes.
const MAX_ASIDE: usize = 400;
/// Letters of a line in capitals.
const MIN_CAPITALS: usize = 4;

/// In an examination, a line in capitals names a part of it, or who is sworn in: nobody says it,
/// nor what follows up to the next label. Above the first label it is one only directly there,
/// for others are the title.
pub(crate) fn lines_in_capitals(
    labels: &mut Vec<Label>,
    source: &Source,
    marks: &Marks,
    classes: &Classes,
) {
    let taken: HashMap<usize, usize> = labels
        .iter()
        .enumerate()
        .flat_map(|(at, label)| label.lines.clone().map(move |line| (line, at)))
        .collect();
    let lines = classes.text_lines();
    let Some(first) = labels.first().map(|label| label.lines.start) else {
        return;
    };
    let mut found = Vec::new();
    let mut ended = true;
    for &line in &lines {
        let text = bare(source, marks, line);
        let is_label = taken.contains_key(&line);
        let is_placed = if line < first {
            line + 1 == first
        } else {
            ended
        };
        let is_aside = !is_label && is_placed && is_in_capitals(&text);
        if is_aside {
            found.push(line);
        }
        ended = is_aside || is_finished(&text);
    }
    // Where all is set in capitals, they say nothing.
    if 4 * found.len() <= lines.len() {
        labels.extend(
            found
                .into_iter()
                .map(|line| Label::of_nobody(line, source.lines[line].range.start)),
        );
        labels.sort_by_key(|label| label.lines.start);
    }
}

/// Items of the agenda, headings and what the house did, between the speeches.
pub(crate) fn lines_of_nobody(
    labels: &mut Vec<Label>,
    source: &Source,
    marks: &Marks,
    classes: &Classes,
) {
    let starts: Vec<usize> = labels.iter().map(|label| label.lines.start).collect();
    let ends: Vec<usize> = labels.iter().map(|label| label.lines.end).collect();
    let mut found = Vec::new();
    // The items, each with its number and the speech in which it stands.
    let mut chain: Vec<(usize, usize)> = Vec::new();
    let mut ended = true;
    for line in classes.text_lines() {
        let text = source.line(line);
        let turn = starts.partition_point(|&start| start <= line);
        let is_label = turn == 0 || ends[turn - 1] > line;
        let can_be_aside = ended && !is_label;
        ended = is_finished(text);
        if !can_be_aside {
            continue;
        }
        if let Some(number) = item_number(text) {
            if number == 1 {
                found.extend(agenda(&chain));
                chain.clear();
            }
            if number == chain.len() + 1 {
                chain.push((line, turn));
            }
        } else if text.len() <= MAX_ASIDE {
            let text = bare(source, marks, line);
            if is_stretched(&text) || is_procedure(&text) || is_field_in_brackets(&text) {
                found.push(line);
                ended = true;
            }
        }
    }
    found.extend(agenda(&chain));
    found.extend(closing_note(labels, source, classes).filter(|line| !found.contains(line)));
    let nobody = |line: usize| Label::of_nobody(line, source.lines[line].range.start);
    labels.extend(found.into_iter().map(nobody));
    labels.sort_by_key(|label| label.lines.start);
}

/// The last line, where it says what somebody did with the recording, as Teams ends its
/// transcripts (`Ann Lee stopped transcription`): apart from all speech, the name of somebody whose
/// labels have times, and a few words that are no sentence.
fn closing_note(labels: &[Label], source: &Source, classes: &Classes) -> Option<usize> {
    let line = *classes.text_lines().last()?;
    let last = labels.last()?;
    let text = source.line(line);
    let is_apart = last.lines.end < line && source.lines[line].gap > 0;
    let is_note = |rest: &str| {
        let opens = rest.starts_with(|c: char| !c.is_alphanumeric() || is_ideograph(c));
        let words = rest.split_whitespace().count();
        let signs = rest
            .chars()
            .filter(|&c| is_colon(c) || c.is_ascii_digit())
            .count();
        opens && (1..=MAX_NOTE_WORDS).contains(&words) && signs == 0
    };
    let names = labels.iter().filter(|label| label.start_ms.is_some());
    let mut named = names.filter(|label| !label.name.is_empty());
    let is_closing = is_apart
        && !is_finished(text)
        && text.chars().count() <= MAX_NOTE
        && named.any(|label| text.strip_prefix(label.name.as_str()).is_some_and(is_note));
    is_closing.then_some(line)
}

/// Items whose numbers go on from speech to speech are those of the agenda; whoever enumerates
/// does so within a speech.
fn agenda(chain: &[(usize, usize)]) -> impl Iterator<Item = usize> {
    let apart = chain.windows(2).all(|pair| pair[0].1 < pair[1].1);
    let is_agenda = apart && chain.len() >= MIN_ITEMS;
    chain
        .iter()
        .filter(move |_| is_agenda)
        .map(|(line, _)| *line)
}

/// The number of `二、…` or `2. …`.
fn item_number(text: &str) -> Option<usize> {
    const NUMERALS: &str = "一二三四五六七八九十";
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    if (1..=3).contains(&digits) {
        let rest = &text[digits..];
        let is_item = rest.starts_with(". ") || rest.starts_with('、');
        return is_item.then(|| text[..digits].parse().ok()).flatten();
    }
    let (end, _) = text.char_indices().take(4).find(|&(_, c)| c == '、')?;
    let numeral = &text[..end];
    let value = |c: char| {
        NUMERALS
            .chars()
            .position(|numeral| numeral == c)
            .map(|at| at + 1)
    };
    let signs: Vec<usize> = numeral.chars().take(4).map(value).collect::<Option<_>>()?;
    match signs[..] {
        [one] => Some(one),
        [10, one] if one < 10 => Some(10 + one),
        [tens, 10] if tens < 10 => Some(10 * tens),
        [tens, 10, one] if tens < 10 && one < 10 => Some(10 * tens + one),
        _ => None,
    }
}

/// `報　告　事　項`.
fn is_stretched(text: &str) -> bool {
    let mut signs = 0;
    let is_one = |part: &str| part.chars().count() == 1 && part.starts_with(is_ideograph);
    text.split_whitespace().all(|part| {
        signs += 1;
        is_one(part)
    }) && signs >= MIN_STRETCHED
}

/// `There was no objection.`, `Several hon. Members rose—`
fn is_procedure(text: &str) -> bool {
    text.len() <= MAX_PROCEDURE && {
        let text = text.to_lowercase();
        let words = &lang::words().procedure;
        let text = text.trim_end_matches(['.', '—', '。', ' ']);
        words.iter().any(|word| text.ends_with(word.as_str()))
    }
}

/// `散會（9時40分）`.
fn is_field_in_brackets(text: &str) -> bool {
    let Some((key, rest)) = text.split_once(['（', '(']) else {
        return false;
    };
    rest.ends_with(['）', ')']) && rest.contains(|c: char| c.is_ascii_digit()) && is_field(key)
}

fn is_in_capitals(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    capitals >= MIN_CAPITALS && !text.contains(char::is_lowercase) && !text.contains(is_colon)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_of_an_agenda_are_numbered_in_two_ways() {
        for (text, number) in [
            ("一、宣讀", Some(1)),
            ("十二、報告", Some(12)),
            ("二十、報告", Some(20)),
            ("3. Any other business", Some(3)),
            ("3.5 metres", None),
            ("李委員、王委員", None),
        ] {
            assert_eq!(item_number(text), number, "{text}");
        }
        let apart = [(2, 1), (5, 2), (9, 4)];
        assert_eq!(agenda(&apart).count(), 3);
        let within = [(2, 1), (3, 1), (9, 4)];
        assert_eq!(agenda(&within).count(), 0);
    }
}
