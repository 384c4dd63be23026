//! Numbers that a page prints before every line, as courts do.

use std::ops::Range;

use crate::lines::source::Source;

/// A source with fewer lines shows no numbering.
const MIN_LINES: usize = 8;
/// Share of the lines that have a number,
const NUMBERED: f32 = 0.8;
/// and of these numbers that follow the one before.
const FOLLOWING: f32 = 0.9;
/// A page has fewer lines than this.
const MAX_NUMBER: u32 = 100;

/// The numbers, if the lines of the source are numbered page by page.
pub(crate) fn find(source: &Source) -> Vec<Range<usize>> {
    let mut numbers: Vec<(u32, Range<usize>, bool)> = (0..source.lines.len())
        .filter_map(|line| {
            let text = source.line(line);
            let digits = text.bytes().take_while(u8::is_ascii_digit).count();
            let rest = &text[digits..];
            let number = text[..digits]
                .parse()
                .ok()
                .filter(|&number| number < MAX_NUMBER)?;
            let start = source.lines[line].range.start;
            (rest.is_empty() || rest.starts_with(char::is_whitespace)).then_some((
                number,
                start..start + digits,
                rest.is_empty(),
            ))
        })
        .collect();
    // A number alone that neither follows nor is followed is that of the page.
    let values: Vec<u32> = numbers.iter().map(|(number, ..)| *number).collect();
    let mut at = 0;
    numbers.retain(|&(number, _, is_bare)| {
        at += 1;
        let follows = at >= 2 && number == values[at - 2] + 1;
        let is_followed = values.get(at).is_some_and(|&next| next == number + 1);
        !is_bare || follows || is_followed
    });
    let following = numbers
        .windows(2)
        .filter(|pair| pair[1].0 == pair[0].0 + 1 || pair[1].0 == 1)
        .count();
    let share = |part: usize, whole: usize| part as f32 / whole.max(1) as f32;
    let is_numbered = source.lines.len() >= MIN_LINES
        && share(numbers.len(), source.lines.len()) >= NUMBERED
        && share(following, numbers.len().saturating_sub(1)) >= FOLLOWING;
    if is_numbered {
        numbers.into_iter().map(|(_, range, _)| range).collect()
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(text: &str) -> usize {
        find(&Source::read(text).expect("readable")).len()
    }

    #[test]
    fn lines_of_a_court_are_numbered_and_items_of_a_list_are_not() {
        let page: String = (1..=25)
            .map(|line| format!("{line:2}  words of the line\n"))
            .collect();
        assert_eq!(numbered(&page.repeat(2)), 50);
        let list: String = (1..=25).map(|line| format!("{line}. an item\n")).collect();
        assert_eq!(numbered(&list), 0);
        let years: String = (1..=25)
            .map(|line| format!("{} of them\n", line * 7 % 31))
            .collect();
        assert_eq!(numbered(&years), 0);
    }
}
