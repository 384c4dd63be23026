//! Times in cells: of a clock, or as a number of seconds or milliseconds.

use crate::captions::file::clock;

/// What separates two times in one cell.
const UNTIL: [&str; 5] = ["-->", "→", "–", "—", "-"];
/// No recording has so many milliseconds.
const MAX: f64 = 1e12;

/// A time as a cell has it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Time {
    /// In milliseconds.
    Clock(u64),
    /// In whatever unit the column has.
    Number(f64),
}

/// Reads a cell: one time, or when something begins and when it ends.
pub(crate) fn parse(cell: &str) -> Option<(Time, Option<Time>)> {
    let ends: &[char] = &['[', ']', '(', ')', '<', '>', '{', '}'];
    let cell = cell.trim().trim_matches(ends).trim();
    if let Some(time) = one(cell) {
        return Some((time, None));
    }
    let (start, end) = UNTIL.iter().find_map(|sign| cell.split_once(sign))?;
    Some((one(start.trim())?, Some(one(end.trim())?)))
}

/// Whether a cell is a time that nothing else could be, such as `0:12`.
pub(crate) fn is_clock(cell: &str) -> bool {
    matches!(parse(cell), Some((Time::Clock(_), _)))
}

fn one(text: &str) -> Option<Time> {
    if text.contains(':') {
        // `01:02:03:12`, `01:02:03;12`: nothing states how many frames are a second.
        let whole = match text.rsplit_once([':', ';']) {
            Some((whole, _)) if text.matches([':', ';']).count() == 3 => whole,
            _ => text,
        };
        return clock(whole).map(Time::Clock);
    }
    let is_number = |c: char| c.is_ascii_digit() || c == '.' || c == ',';
    if !text.starts_with(|c: char| c.is_ascii_digit()) || !text.chars().all(is_number) {
        return None;
    }
    let number: f64 = text.replace(',', ".").parse().ok()?;
    (number < MAX).then_some(Time::Number(number))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_in_all_their_forms() {
        for (cell, expected) in [
            ("[0:12]", Some((Time::Clock(12_000), None))),
            (" 00:01:02.5 ", Some((Time::Clock(62_500), None))),
            ("00:00:03:21", Some((Time::Clock(3_000), None))),
            ("00:00:03;21", Some((Time::Clock(3_000), None))),
            (
                "(0:12 - 0:15)",
                Some((Time::Clock(12_000), Some(Time::Clock(15_000)))),
            ),
            (
                "00:01,5 --> 00:02,0",
                Some((Time::Clock(1_500), Some(Time::Clock(2_000)))),
            ),
            ("3,52", Some((Time::Number(3.52), None))),
            ("1200", Some((Time::Number(1200.0), None))),
            ("2024-05-01", None),
            ("12:61:00", None),
            ("1e9", None),
            ("nan", None),
            ("", None),
        ] {
            assert_eq!(parse(cell), expected, "{cell}");
        }
    }
}
