//! Dates, times and time zones in the forms of the languages in `lang/`.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use crate::signs::lang::{self, Signs, has};
use crate::signs::script::{is_colon, is_ideograph};

/// Thai years are so many more.
const BUDDHIST: u32 = 543;
/// The zeros of the sets of ten digits that dates are written in.
const ZEROS: [char; 6] = ['0', '\u{660}', '\u{6f0}', '\u{966}', '\u{e50}', '\u{ff10}'];

/// What a line states about when.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Stated {
    /// `YYYY-MM-DD`.
    pub date: Option<String>,
    /// Where the date stands in the line.
    pub date_range: Option<Range<usize>>,
    /// `HH:MM` or `HH:MM-HH:MM`.
    pub time: Option<String>,
    /// As printed.
    pub zone: Option<String>,
    /// Letters of the line that belong to none of them.
    other_letters: usize,
    /// The line has the words of a date, with its digits lost: `年 月 日`.
    lost: bool,
}

impl Stated {
    /// Whether the line states when and hardly anything else.
    pub fn is_some_only(&self) -> bool {
        (self.date.is_some() || self.lost || self.time.is_some()) && self.other_letters <= 2
    }
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind<'a> {
    Number(u32, usize),
    Word(&'a str),
    Sign(char),
}

#[derive(Debug, Clone)]
struct Token<'a> {
    kind: Kind<'a>,
    range: Range<usize>,
}

impl Kind<'_> {
    /// A sign, or a word of one sign, as those after Korean numbers are.
    fn sign(self) -> Option<char> {
        match self {
            Kind::Sign(sign) => Some(sign),
            Kind::Word(word) => {
                let mut signs = word.chars();
                signs.next().filter(|_| signs.next().is_none())
            }
            Kind::Number(..) => None,
        }
    }
}

impl Token<'_> {
    fn is_one_of(&self, signs: &Signs) -> bool {
        matches!(self.kind, Kind::Sign(c) if signs.has(c))
    }
}

/// Reads a line. White space, and the order of date, time and zone, mean nothing.
pub(crate) fn read(line: &str) -> Stated {
    let tokens = tokens(line);
    let mut stated = Stated::default();
    let mut used = vec![false; tokens.len()];
    let mut mark = |range: Range<usize>| used[range].fill(true);
    if let Some((at, date)) = (0..tokens.len()).find_map(|at| Some((at, date_at(&tokens[at..])?))) {
        mark(at..at + date.tokens);
        stated.date_range = Some(tokens[at].range.start..tokens[at + date.tokens - 1].range.end);
        stated.date = Some(date.text);
        let after = at + date.tokens;
        if let Some(clock) = clock_at(line, &tokens[after..]) {
            mark(after..after + clock.tokens);
            stated.time = clock.time;
            stated.zone = clock.zone;
            stated.other_letters = others(&tokens, &used, false);
            return stated;
        }
    }
    let mut after_time = None;
    if let Some((at, (length, time))) =
        (0..tokens.len()).find_map(|at| Some((at, times_at(&tokens[at..])?)))
    {
        mark(at..at + length);
        stated.time = Some(time);
        after_time = Some(at + length);
    }
    if let Some((range, zone)) = zone(line, &tokens, after_time) {
        mark(range);
        stated.zone = Some(zone);
    }
    let words = lang::words();
    stated.lost = stated.date.is_none()
        && [&words.year_signs, &words.month_signs, &words.day_signs]
            .iter()
            .all(|signs| tokens.iter().any(|token| token.is_one_of(signs)));
    stated.other_letters = others(&tokens, &used, stated.lost);
    stated
}

/// Letters of the tokens that are not used.
fn others(tokens: &[Token], used: &[bool], lost: bool) -> usize {
    let unused = tokens.iter().zip(used).filter(|(_, used)| !**used);
    unused.map(|(token, _)| letters(token, lost)).sum()
}

fn letters(token: &Token, lost: bool) -> usize {
    let words = lang::words();
    match token.kind {
        Kind::Word(word) if words.is_weekday(word) => 0,
        Kind::Word(word) if has(&words.date_words, &word.to_lowercase()) => 0,
        Kind::Word(word) => word.chars().count(),
        Kind::Sign(_)
            if lost
                && [&words.year_signs, &words.month_signs, &words.day_signs]
                    .iter()
                    .any(|signs| token.is_one_of(signs)) =>
        {
            0
        }
        Kind::Sign(c) if is_ideograph(c) && !words.date_letters.has(c) => 1,
        _ => 0,
    }
}

fn tokens(line: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut chars = line.char_indices().peekable();
    while let Some((start, c)) = chars.next() {
        if c.is_whitespace() {
            continue;
        }
        let mut end = start + c.len_utf8();
        let number = digit(c).is_some();
        let word = c.is_alphabetic() && !is_ideograph(c);
        if number || word {
            while let Some(&(at, next)) = chars.peek() {
                let same = if number {
                    digit(next).is_some()
                } else {
                    // Some scripts have vowels and their absence as marks.
                    (next.is_alphabetic() || is_combining_mark(next)) && !is_ideograph(next)
                };
                if !same {
                    break;
                }
                end = at + next.len_utf8();
                chars.next();
            }
        }
        let text = &line[start..end];
        let digits: String = text.chars().filter_map(digit).collect();
        let kind = match digits.parse() {
            Ok(value) if number => Kind::Number(value, digits.len()),
            _ if word => Kind::Word(text),
            _ => Kind::Sign(c),
        };
        tokens.push(Token {
            kind,
            range: start..end,
        });
    }
    tokens
}

/// The ASCII digit for a digit of any script that dates are written in.
fn digit(c: char) -> Option<char> {
    let values = ZEROS
        .into_iter()
        .map(|zero| (c as u32).wrapping_sub(zero as u32));
    let value = values.into_iter().find(|&value| value < 10)?;
    char::from_digit(value, 10)
}

struct Date {
    text: String,
    tokens: usize,
}

fn date_at(tokens: &[Token]) -> Option<Date> {
    let kinds: Vec<Kind> = tokens.iter().take(8).map(|token| token.kind).collect();
    year_first(&kinds)
        .or_else(|| year_of_era(&kinds))
        .or_else(|| day_first(&kinds))
        .or_else(|| month_first(&kinds))
}

fn date(year: u32, month: u32, day: u32, tokens: usize) -> Option<Date> {
    let valid =
        (1800..=2200).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    valid.then(|| Date {
        text: format!("{year:04}-{month:02}-{day:02}"),
        tokens,
    })
}

/// `2021 年 3 月 8 日`, `2021-03-08`, `2021/3/8`, `2021.3.8`.
fn year_first(kinds: &[Kind]) -> Option<Date> {
    let [
        Kind::Number(year, 4),
        first,
        Kind::Number(month, 1..=2),
        second,
        Kind::Number(day, 1..=2),
        rest @ ..,
    ] = kinds
    else {
        return None;
    };
    let words = lang::words();
    match (first.sign()?, second.sign()?) {
        (first, second) if words.year_signs.has(first) && words.month_signs.has(second) => {
            let is_day = |sign| words.day_signs.has(sign) || words.day_signs_said.has(sign);
            let sign = rest.first().and_then(|kind| kind.sign());
            date(
                *year,
                *month,
                *day,
                5 + usize::from(sign.is_some_and(is_day)),
            )
        }
        ('-', '-') | ('/', '/') | ('.', '.') => date(*year, *month, *day, 5),
        _ => None,
    }
}

/// `民國113年5月14日`, `令和6年5月14日`, `令和元年5月14日`: the year of an era.
fn year_of_era(kinds: &[Kind]) -> Option<Date> {
    let words = lang::words();
    let (era, before) = words.eras.iter().find(|(era, _)| {
        let length = era.chars().count();
        kinds.len() > length
            && kinds
                .iter()
                .zip(era.chars())
                .all(|(kind, sign)| *kind == Kind::Sign(sign))
    })?;
    let length = era.chars().count();
    let [
        year,
        Kind::Sign(first),
        Kind::Number(month, 1..=2),
        Kind::Sign(second),
        Kind::Number(day, 1..=2),
        rest @ ..,
    ] = &kinds[length..]
    else {
        return None;
    };
    let year = match year {
        Kind::Number(year, 1..=3) => *year,
        Kind::Sign('元') => 1,
        _ => return None,
    };
    if !words.year_signs.has(*first) || !words.month_signs.has(*second) {
        return None;
    }
    let is_day = |sign| words.day_signs.has(sign);
    let sign = rest.first().and_then(|kind| kind.sign());
    let tokens = length + 5 + usize::from(sign.is_some_and(is_day));
    date(before + year, *month, *day, tokens)
}

/// What a clock shows, directly after a date.
struct Clock {
    time: Option<String>,
    zone: Option<String>,
    tokens: usize,
}

/// `T14:00:00Z`, `T14:00+02:00`, ` 14:00:00.000 +0200`. Midnight to the second is what software
/// writes where it knows no time.
fn clock_at(line: &str, tokens: &[Token]) -> Option<Clock> {
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let marked = matches!(kind(0), Some(Kind::Word("T" | "t")));
    let mut at = usize::from(marked);
    let (length, (hour, minute), None) = time_at(&tokens[at..])? else {
        return None;
    };
    at += length;
    let mut seconds = None;
    if let (Some(Kind::Sign(':')), Some(Kind::Number(value, 2))) = (kind(at), kind(at + 1)) {
        seconds = Some(value);
        at += 2;
        if let (Some(Kind::Sign('.' | ',')), Some(Kind::Number(..))) = (kind(at), kind(at + 1)) {
            at += 2;
        }
    }
    if !marked && seconds.is_none() {
        return None;
    }
    let mut zone = None;
    match (kind(at), kind(at + 1), kind(at + 2), kind(at + 3)) {
        (Some(Kind::Word("Z" | "z")), ..) => {
            zone = Some("UTC".to_owned());
            at += 1;
        }
        (
            Some(Kind::Sign('+' | '-')),
            Some(Kind::Number(_, 2)),
            Some(Kind::Sign(':')),
            Some(Kind::Number(_, 2)),
        ) => {
            let range = tokens[at].range.start..tokens[at + 3].range.end;
            zone = Some(format!("UTC{}", &line[range]));
            at += 4;
        }
        (Some(Kind::Sign('+' | '-')), Some(Kind::Number(_, 4)), ..) => {
            let range = tokens[at].range.start..tokens[at + 1].range.end;
            zone = Some(format!("UTC{}", &line[range]));
            at += 2;
        }
        _ => {}
    }
    let is_known = (hour, minute, seconds.unwrap_or(1)) != (0, 0, 0);
    Some(Clock {
        time: is_known.then(|| format!("{hour:02}:{minute:02}")),
        zone: zone.filter(|_| is_known),
        tokens: at,
    })
}

/// `8 March 2021`, `14. Mai 2024`, `14 tháng 5 năm 2024`, `8th of March, 2021`, `31.12.2021`.
fn day_first(kinds: &[Kind]) -> Option<Date> {
    let [Kind::Number(day, 1..=2), rest @ ..] = kinds else {
        return None;
    };
    if let [
        Kind::Sign('.'),
        Kind::Number(month, 1..=2),
        Kind::Sign('.'),
        Kind::Number(year, 4),
        ..,
    ] = rest
    {
        return date(*year, *month, *day, 5);
    }
    let words = lang::words();
    let mut at = usize::from(matches!(rest.first(), Some(Kind::Sign('.' | '°'))));
    while let Some(Kind::Word(word)) = rest.get(at) {
        let word = word.to_lowercase();
        if !has(&words.ordinal_endings, &word) && !has(&words.before_month, &word) {
            break;
        }
        at += 1;
    }
    let Some(Kind::Word(word)) = rest.get(at) else {
        return None;
    };
    at += 1;
    let month = match rest.get(at) {
        Some(Kind::Number(month, 1..=2)) if has(&words.month_words, &word.to_lowercase()) => {
            at += 1;
            *month
        }
        _ => words.month(word)?,
    };
    at += before_year(&rest[at..]);
    match rest.get(at) {
        Some(Kind::Number(year, 4)) => date(year_of(*year, word), month, *day, at + 2),
        _ => None,
    }
}

/// How many tokens stand between a month, or a day after it, and the year.
fn before_year(kinds: &[Kind]) -> usize {
    let words = lang::words();
    let stands_between = |kind: &&Kind| match kind {
        Kind::Sign(sign) => matches!(sign, ',' | '.' | '،'),
        Kind::Word(word) => has(&words.before_year, &word.to_lowercase()),
        Kind::Number(..) => false,
    };
    // Not more than a word with its points, `พ.ศ.`.
    kinds.iter().take(4).take_while(stands_between).count()
}

/// The year, beside the name of a month that tells how years are counted.
fn year_of(year: u32, month: &str) -> u32 {
    let is_thai = month.starts_with(|c| ('\u{e01}'..='\u{e5b}').contains(&c));
    if is_thai && year > 2200 {
        year - BUDDHIST
    } else {
        year
    }
}

/// `March 8, 2021`, `Mar 8th 2021`.
fn month_first(kinds: &[Kind]) -> Option<Date> {
    let [Kind::Word(word), Kind::Number(day, 1..=2), rest @ ..] = kinds else {
        return None;
    };
    let month = lang::words().month(word)?;
    let mut at = 0;
    if let Some(Kind::Word(suffix)) = rest.first()
        && has(&lang::words().ordinal_endings, &suffix.to_lowercase())
    {
        at += 1;
    }
    at += before_year(&rest[at..]);
    match rest.get(at) {
        Some(Kind::Number(year, 4)) => date(*year, month, *day, at + 3),
        _ => None,
    }
}

/// One time, or two with a dash or a word between them.
fn times_at(tokens: &[Token]) -> Option<(usize, String)> {
    let words = lang::words();
    let (mut length, start, start_half) = time_at(tokens)?;
    let separator = match tokens.get(length).map(|token| token.kind) {
        Some(Kind::Sign('-' | '–' | '—' | '~' | '～' | '－')) => true,
        Some(Kind::Sign(sign)) => words.until_signs.has(sign),
        Some(Kind::Word(word)) => has(&words.until, &word.to_lowercase()),
        _ => false,
    };
    if separator && let Some((more, end, end_half)) = time_at(&tokens[length + 1..]) {
        length += 1 + more;
        let start = to_24(start, start_half.or(end_half.filter(|_| start.0 <= end.0)));
        let end = to_24(end, end_half);
        return Some((
            length,
            format!("{:02}:{:02}-{:02}:{:02}", start.0, start.1, end.0, end.1),
        ));
    }
    let start = to_24(start, start_half);
    Some((length, format!("{:02}:{:02}", start.0, start.1)))
}

/// Tokens used, hour and minute, and whether `pm` is printed.
#[allow(clippy::type_complexity)]
fn time_at(tokens: &[Token]) -> Option<(usize, (u32, u32), Option<bool>)> {
    let words = lang::words();
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let (Some(Kind::Number(hour, 1..=2)), Some(Kind::Sign(colon)), Some(Kind::Number(minute, 2))) =
        (kind(0), kind(1), kind(2))
    else {
        return time_in_words(tokens);
    };
    let half = match kind(3) {
        Some(Kind::Word(word)) => {
            let word = word.to_lowercase();
            let past_noon = has(&words.afternoon, &word);
            (past_noon || has(&words.morning, &word)).then_some(past_noon)
        }
        _ => None,
    };
    let is_time = is_colon(colon) || colon == '.' && half.is_some();
    if !is_time || hour > 24 || minute > 59 {
        return None;
    }
    Some((3 + usize::from(half.is_some()), (hour, minute), half))
}

/// `上午9時30分`, `오전 10시`: with the half of the day before it, or with minutes.
#[allow(clippy::type_complexity)]
fn time_in_words(tokens: &[Token]) -> Option<(usize, (u32, u32), Option<bool>)> {
    let words = lang::words();
    let kind = |at: usize| tokens.get(at).map(|token| token.kind);
    let sign = |at: usize| kind(at).and_then(Kind::sign);
    let half_of = |word: &str| {
        let past_noon = has(&words.afternoon, word);
        (past_noon || has(&words.morning, word)).then_some(past_noon)
    };
    let (mut at, half) = match (kind(0)?, kind(1)?) {
        (Kind::Number(..), _) => (0, None),
        (Kind::Word(word), _) => (1, Some(half_of(&word.to_lowercase())?)),
        (Kind::Sign(a), Kind::Sign(b)) => (2, Some(half_of(&String::from_iter([a, b]))?)),
        _ => return None,
    };
    let Kind::Number(hour, 1..=2) = kind(at)? else {
        return None;
    };
    if !words.hour_signs.has(sign(at + 1)?) {
        return None;
    }
    at += 2;
    let minute = match (kind(at), sign(at + 1)) {
        (Some(Kind::Number(minute, 1..=2)), Some(sign)) if words.minute_signs.has(sign) => {
            at += 2;
            Some(minute)
        }
        _ => None,
    };
    let is_time = (half.is_some() || minute.is_some()) && hour <= 24;
    let minute = minute.unwrap_or(0);
    (is_time && minute < 60).then_some((at, (hour, minute), half))
}

fn to_24((hour, minute): (u32, u32), afternoon: Option<bool>) -> (u32, u32) {
    match afternoon {
        Some(true) if hour < 12 => (hour + 12, minute),
        Some(false) if hour == 12 => (0, minute),
        _ => (hour, minute),
    }
}

/// `美国东部标准时间`, `JST` or `UTC+8` after a time, `Eastern Standard Time`.
fn zone(line: &str, tokens: &[Token], after_time: Option<usize>) -> Option<(Range<usize>, String)> {
    chinese_zone(line, tokens)
        .or_else(|| worded_zone(line, tokens))
        .or_else(|| {
            let at = after_time?;
            let at = (at..tokens.len().min(at + 2))
                .find(|&at| matches!(tokens[at].kind, Kind::Word(_)))?;
            let Kind::Word(word) = tokens[at].kind else {
                return None;
            };
            let capitals = word.chars().all(|c| c.is_ascii_uppercase());
            if !capitals || !(2..=5).contains(&word.len()) {
                return None;
            }
            let offset = matches!(
                (
                    tokens.get(at + 1).map(|t| t.kind),
                    tokens.get(at + 2).map(|t| t.kind)
                ),
                (Some(Kind::Sign('+' | '-')), Some(Kind::Number(..)))
            );
            let end = at + if offset { 3 } else { 1 };
            let range = tokens[at].range.start..tokens[end - 1].range.end;
            Some((at..end, line[range].to_owned()))
        })
}

fn chinese_zone(line: &str, tokens: &[Token]) -> Option<(Range<usize>, String)> {
    let sign = |at: usize| match tokens.get(at).map(|token| token.kind) {
        Some(Kind::Sign(c)) if is_ideograph(c) => Some(c),
        _ => None,
    };
    let end = (1..tokens.len()).find(|&at| {
        let (Some(first), Some(last)) = (sign(at - 1), sign(at)) else {
            return false;
        };
        let endings = &lang::words().zone_endings;
        endings.iter().any(|end| end.chars().eq([first, last]))
    })?;
    let mut start = end;
    while start > 0
        && sign(start - 1).is_some()
        && tokens[start - 1].range.end == tokens[start].range.start
    {
        start -= 1;
    }
    let range = tokens[start].range.start..tokens[end].range.end;
    (end - start >= 3).then(|| (start..end + 1, line[range].to_owned()))
}

fn worded_zone(line: &str, tokens: &[Token]) -> Option<(Range<usize>, String)> {
    let word = |at: usize| match tokens.get(at).map(|token| token.kind) {
        Some(Kind::Word(word)) => Some(word),
        _ => None,
    };
    let words = lang::words();
    let is_last = |word| has(&words.zone_words, word);
    let end = (1..tokens.len()).find(|&at| word(at).is_some_and(is_last))?;
    // `AM` and `PM` as they are printed before the name of a zone.
    let is_half = |word: &str| {
        let lower = word.to_lowercase();
        word.chars().all(char::is_uppercase)
            && (has(&words.morning, &lower) || has(&words.afternoon, &lower))
    };
    let mut start = end;
    while start > 0
        && word(start - 1).is_some_and(|word| {
            word.starts_with(char::is_uppercase) && !is_half(word) && !words.is_weekday(word)
        })
    {
        start -= 1;
    }
    let range = tokens[start].range.start..tokens[end].range.end;
    (start < end).then(|| (start..end + 1, line[range].to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_times_and_zones_are_read_in_their_forms() {
        for (line, date, time, zone) in [
            (
                "美国东部标准时间 2021 年 3 月 8 日星期一 — 9:00 至 10:00",
                "2021-03-08",
                "09:00-10:00",
                "美国东部标准时间",
            ),
            (
                "2019 年 3 月 12 日（星期二）— 08:30 至 09:30 JST",
                "2019-03-12",
                "08:30-09:30",
                "JST",
            ),
            (
                "Monday, 8 March 2021 - 9:00 to 10:00 UTC+8",
                "2021-03-08",
                "09:00-10:00",
                "UTC+8",
            ),
            (
                "March 8th, 2021, 1:30 PM Eastern Standard Time",
                "2021-03-08",
                "13:30",
                "Eastern Standard Time",
            ),
            ("2021/3/8", "2021-03-08", "", ""),
            ("8 de may de 2021", "2021-05-08", "", ""),
        ] {
            let stated = read(line);
            assert!(stated.is_some_only(), "{line}: {stated:?}");
            assert_eq!(stated.date.unwrap_or_default(), date, "{line}");
            assert_eq!(stated.time.unwrap_or_default(), time, "{line}");
            assert_eq!(stated.zone.unwrap_or_default(), zone, "{line}");
        }
    }

    #[test]
    fn dates_are_read_in_the_forms_of_many_languages() {
        for line in [
            "民國113年5月14日",
            "中華民國 113 年 5 月 14 日（星期二）",
            "令和6年5月14日（火）",
            "2024年5月14日 火曜日",
            "2024년 5월 14일",
            "2024년 5월 14일 화요일",
            "2024. 5. 14.",
            "14. Mai 2024",
            "Dienstag, den 14. Mai 2024",
            "14 mai 2024",
            "le mardi 14 mai 2024",
            "14 de mayo de 2024",
            "martes, 14 de mayo del 2024",
            "14 de maio de 2024",
            "14 maggio 2024",
            "dinsdag 14 mei 2024",
            "14 maja 2024 r.",
            "14 мая 2024 г.",
            "14 травня 2024 року",
            "14 Mayıs 2024 Salı",
            "14 Μαΐου 2024",
            "14 مايو 2024",
            "١٤ مايو ٢٠٢٤",
            "14 במאי 2024",
            "14 मई 2024",
            "14 พฤษภาคม 2567",
            "วันที่ 14 พฤษภาคม พ.ศ. 2567",
            "ngày 14 tháng 5 năm 2024",
            "14 მაისი 2024",
            "２０２４年５月１４日",
            "May 14th, 2024",
            "14 May, 2024",
            "2024-05-14T00:00:00Z",
        ] {
            let stated = read(line);
            assert_eq!(stated.date.as_deref(), Some("2024-05-14"), "{line}");
            assert!(stated.is_some_only(), "{line}: {stated:?}");
            assert_eq!(stated.time, None, "{line}");
        }
        for (line, date) in [
            ("1er juin 2024", "2024-06-01"),
            ("2 juil. 2024", "2024-07-02"),
            ("3. Sept. 2024", "2024-09-03"),
            ("1º de março de 2024", "2024-03-01"),
            ("4 अक्टूबर 2024", "2024-10-04"),
            ("5 กุมภาพันธ์ 2567", "2024-02-05"),
            ("令和元年6月1日", "2019-06-01"),
        ] {
            assert_eq!(read(line).date.as_deref(), Some(date), "{line}");
        }
    }

    #[test]
    fn a_date_with_its_clock_is_read_as_software_writes_it() {
        for (line, time, zone) in [
            ("2024-05-14T14:00:00Z", "14:00", "UTC"),
            ("2024-05-14T14:00:00.000+02:00", "14:00", "UTC+02:00"),
            ("2024-05-14T14:30-07:00", "14:30", "UTC-07:00"),
            ("2024-05-14 09:05:00 +0800", "09:05", "UTC+0800"),
            ("2024-05-14 09:05:00", "09:05", ""),
            ("2024-05-14 00:00:00 +0000", "", ""),
            ("2024-05-14T00:00", "00:00", ""),
        ] {
            let stated = read(line);
            assert_eq!(stated.date.as_deref(), Some("2024-05-14"), "{line}");
            assert!(stated.is_some_only(), "{line}: {stated:?}");
            assert_eq!(stated.time.unwrap_or_default(), time, "{line}");
            assert_eq!(stated.zone.unwrap_or_default(), zone, "{line}");
        }
    }

    #[test]
    fn a_date_whose_digits_are_lost_is_still_a_date_line() {
        let stated = read("年 月 日（星期四） （欧洲中部夏令时间）");
        assert!(stated.is_some_only() && stated.date.is_none());
        assert_eq!(stated.zone.as_deref(), Some("欧洲中部夏令时间"));
    }

    #[test]
    fn sentences_with_dates_are_no_date_lines() {
        for line in [
            "我们在 2021 年 3 月 8 日开会",
            "2021",
            "13/25/2021",
            "at 9:00 we met",
        ] {
            assert!(!read(line).is_some_only(), "{line}");
        }
    }
}
