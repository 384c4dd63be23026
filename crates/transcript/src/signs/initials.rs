//! Initials by which people speak, and where the source says whose they are: `Mara Vogel (MVL)`, or
//! a row of a table that has both.

use std::collections::HashMap;

/// Initials have at least so many letters,
const MIN_LETTERS: usize = 2;
/// and at most so many.
const MAX_LETTERS: usize = 5;
/// Words of a name in full.
const MAX_WORDS: usize = 5;
/// Bytes of a line that can be the row of a table or hold an explanation.
const MAX_LINE: usize = 1000;

/// For each of these labels the name in full that the text has for it, if it has exactly one.
pub(crate) fn explained<'n>(
    text: &str,
    labels: impl Iterator<Item = &'n str>,
) -> HashMap<&'n str, String> {
    let mut found: HashMap<&str, Option<String>> = labels
        .filter(|label| are_initials(label))
        .map(|label| (label, None))
        .collect();
    if found.is_empty() {
        return HashMap::new();
    }
    let mut unclear = Vec::new();
    for line in text.lines().filter(|line| line.len() <= MAX_LINE) {
        for (initials, name) in in_brackets(line).chain(in_cells(line)) {
            let Some((known, before)) = found.get_key_value(initials) else {
                continue;
            };
            match before {
                _ if !stand_for(initials, name) => {}
                None => {
                    found.insert(*known, Some(name.to_owned()));
                }
                Some(before) if before != name => unclear.push(*known),
                Some(_) => {}
            }
        }
    }
    for initials in unclear {
        found.remove(initials);
    }
    let named = found
        .into_iter()
        .filter_map(|(initials, name)| Some((initials, name?)));
    named.collect()
}

/// The first letters of the words of a name in full.
pub(crate) fn of(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_full = (2..=MAX_WORDS).contains(&words.len()) && name.chars().any(char::is_lowercase);
    let letters: Option<String> = words
        .iter()
        .map(|word| word.chars().next().filter(|letter| letter.is_uppercase()))
        .collect();
    letters.filter(|_| is_full)
}

/// Whether a label can be initials.
pub(crate) fn are_initials(label: &str) -> bool {
    (MIN_LETTERS..=MAX_LETTERS).contains(&label.chars().count())
        && label.chars().all(char::is_uppercase)
}

/// `Mara Vogel (MVL)`: what stands in brackets, and the name before them.
fn in_brackets(line: &str) -> impl Iterator<Item = (&str, &str)> {
    line.match_indices('(').filter_map(|(open, _)| {
        let (initials, _) = line[open + 1..].split_once(')')?;
        Some((initials.trim(), name_at_end(&line[..open])))
    })
}

/// The capitalised words with which a text ends.
fn name_at_end(text: &str) -> &str {
    let text = text.trim_end();
    let mut start = text.len();
    for word in text.split_whitespace().rev().take(MAX_WORDS) {
        let at = word.as_ptr() as usize - text.as_ptr() as usize;
        if !word.starts_with(char::is_uppercase) || word.ends_with([',', ':', ';', '.']) {
            break;
        }
        start = at;
    }
    &text[start..]
}

/// Cells of a row beside each other: `| Mara Vogel | MVL |`, `MVL: Mara Vogel`, `MVL = Mara Vogel`.
fn in_cells(line: &str) -> impl Iterator<Item = (&str, &str)> {
    let cells: Vec<&str> = line
        .split(['|', '\t', '=', ':', ','])
        .map(|cell| cell.trim().trim_matches(['*', '-']).trim())
        .filter(|cell| !cell.is_empty())
        .collect();
    let pairs: Vec<(&str, &str)> = cells
        .windows(2)
        .flat_map(|pair| [(pair[0], pair[1]), (pair[1], pair[0])])
        .collect();
    pairs.into_iter()
}

/// Whether the letters are the first one of the name and others of it, in order.
fn stand_for(initials: &str, name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_name = (2..=MAX_WORDS).contains(&words.len())
        && words[0].starts_with(char::is_uppercase)
        && name
            .chars()
            .all(|c| c.is_alphabetic() || " -.'’".contains(c))
        && name.chars().any(char::is_lowercase);
    let lower = |text: &str| text.to_lowercase().chars().collect::<Vec<char>>();
    let (initials, letters) = (lower(initials), lower(name));
    let mut rest = letters.iter();
    is_name
        && initials.first() == letters.first()
        && initials
            .iter()
            .all(|letter| rest.any(|other| other == letter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tables_brackets_and_lists_explain_initials() {
        let text = "| Mara Vogel | MVL | Harbour Ltd |\nPresenter: Idris Okoro (IOO)\n\
            LHO: Lin Ho\nSC: see the slides\nAB = Ann Berg\nAB = Ada Brown\nMVL: I would like that.";
        let labels = ["MVL", "IOO", "LHO", "SC", "AB", "Rosa"];
        let mut found: Vec<_> = explained(text, labels.into_iter()).into_iter().collect();
        found.sort();
        let names = [
            ("IOO", "Idris Okoro"),
            ("LHO", "Lin Ho"),
            ("MVL", "Mara Vogel"),
        ];
        assert_eq!(
            found,
            names.map(|(initials, name)| (initials, name.to_owned()))
        );
    }
}
