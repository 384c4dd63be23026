//! Lines between labels that are no words of whoever spoke before.

use std::collections::HashMap;

use crate::lines::layout::bare;
use crate::lines::page::Classes;
use crate::lines::source::Source;
use crate::signs::script::{is_colon, is_finished};
use crate::signs::series::Label;
use crate::turns::marks::Marks;

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

fn is_in_capitals(text: &str) -> bool {
    let capitals = text.chars().filter(|c| c.is_uppercase()).count();
    capitals >= MIN_CAPITALS && !text.contains(char::is_lowercase) && !text.contains(is_colon)
}
