//! The forms in which dates and times are stored.

/// Years that a meeting can be of; others are slips.
const YEARS: std::ops::RangeInclusive<u32> = 1800..=2200;

/// Whether this is a date as `YYYY-MM-DD`.
pub(crate) fn is_date(text: &str) -> bool {
    matches!(numbers(text, '-', [4, 2, 2]), Some([year, month, day])
        if YEARS.contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day))
}

/// Whether this is a time as `HH:MM`, or from one to another as `HH:MM-HH:MM`.
pub(crate) fn is_time(text: &str) -> bool {
    let is_one = |text: &str| matches!(numbers(text, ':', [2, 2]), Some([hour, minute]) if hour <= 24 && minute <= 59);
    match text.split_once('-') {
        Some((start, end)) => is_one(start) && is_one(end),
        None => is_one(text),
    }
}

/// Numbers of so many digits each, and nothing else.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[u32; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next()?;
        let is_number = part.len() == digits && part.bytes().all(|byte| byte.is_ascii_digit());
        *number = is_number.then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_and_times_have_one_form() {
        for (text, is_right) in [
            ("2021-03-08", true),
            ("2021-3-8", false),
            ("2021-13-08", false),
            ("2021-03-08 ", false),
            ("2021-03-08-01", false),
            ("+021-03-08", false),
            ("8.3.2021", false),
            ("", false),
        ] {
            assert_eq!(is_date(text), is_right, "{text}");
        }
        for (text, is_right) in [
            ("09:00", true),
            ("09:00-10:30", true),
            ("24:00", true),
            ("9:00", false),
            ("09:60", false),
            ("09:00-", false),
            ("09:00-10:00-11:00", false),
            ("9", false),
        ] {
            assert_eq!(is_time(text), is_right, "{text}");
        }
    }
}
