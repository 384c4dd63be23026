//! The forms that a speaker label can take, and what the form alone tells.

use std::ops::Range;

use crate::signs::phrases::{is_clause, is_office};
use crate::signs::script::{
    closing_bracket, is_colon, is_ideograph, is_interpunct, is_named, is_question, joint,
};

/// A label is not longer than this many characters, brackets aside.
const MAX_NAME: usize = 48;
/// With its brackets it is not longer than this.
const MAX_LABEL: usize = 120;
/// A name is not longer than this many words.
const MAX_WORDS: usize = 7;

/// What a line, or several lines that a column broke, read as a label.
#[derive(Debug, Clone)]
pub(crate) struct Candidate {
    /// First and last line, as indices.
    pub lines: Range<usize>,
    /// The label in the source: one piece for each line.
    pub pieces: Vec<Range<usize>>,
    /// Where the speech may begin on the last line.
    pub end: usize,
    /// The name, without brackets, colon and signs.
    pub name: String,
    /// What stands in brackets: a Latin name, a role, lost characters.
    pub brackets: Vec<String>,
    /// Where `>>` ends, if it stands before the name or in its place.
    pub chevron: Option<usize>,
    /// The markup says that it is a label: a heading or bold type.
    pub explicit: bool,
    /// Start of the speech, where the label prints one.
    pub start_ms: Option<u64>,
}

/// A label that the structure of a document shows.
#[derive(Debug, Clone)]
pub(crate) struct Label {
    /// Its lines: two where its time stands on a line of its own.
    pub lines: Range<usize>,
    /// What it takes of each line, in bytes of the source; nothing where it only ends a speech.
    pub pieces: Vec<Range<usize>>,
    /// Where the speech begins.
    pub end: usize,
    /// Who speaks; empty where nobody is named.
    pub name: String,
    /// What stands in brackets beside the name.
    pub brackets: Vec<String>,
    /// Start of the speech, in milliseconds.
    pub start_ms: Option<u64>,
    /// The speech begins on the next line.
    pub is_alone: bool,
}

impl Label {
    /// A label on one line.
    pub fn on(line: usize, pieces: Vec<Range<usize>>, end: usize, name: String) -> Label {
        Label {
            lines: line..line + 1,
            pieces,
            end,
            name,
            brackets: Vec::new(),
            start_ms: None,
            is_alone: false,
        }
    }

    /// Ends the speech before this line; nobody is known to say what follows.
    pub fn of_nobody(line: usize, start: usize) -> Label {
        Label::on(line, Vec::new(), start, String::new())
    }
}

/// One character of the lines in question; `None` stands for the blank of a line break.
pub(crate) type Sign = (Option<usize>, char);

/// Reads a label from the first characters of a line, or of several joined lines.
///
/// `line_starts` are the indices into `signs` at which the lines begin.
pub(crate) fn read(
    signs: &[Sign],
    lines: Range<usize>,
    line_starts: &[usize],
) -> Option<Candidate> {
    let mut at = skip_blanks(signs, 0);
    let start = at;
    let chevron = skip_chevron(signs, at);
    if let Some(after) = chevron {
        at = skip_blanks(signs, after);
    }
    let mut start_ms = None;
    if let Some((after, ms)) = read_time(signs, at) {
        start_ms = Some(ms);
        at = skip_blanks(signs, after);
    }
    let body = read_body(signs, at);
    let (name, brackets, end) = match (body, chevron) {
        (Some(body), _) => body,
        (None, Some(after)) => (String::new(), Vec::new(), after),
        (None, None) => return None,
    };
    let pieces = pieces(signs, start, end, line_starts)?;
    // A label over several lines must reach the last of them.
    if pieces.len() != lines.len() {
        return None;
    }
    Some(Candidate {
        lines,
        end: pieces.last()?.end,
        pieces,
        name,
        brackets,
        chevron: chevron.and_then(|after| {
            let (offset, sign) = *signs.get(after.checked_sub(1)?)?;
            offset.map(|offset| offset + sign.len_utf8())
        }),
        explicit: false,
        start_ms,
    })
}

/// Reads a label that the markup marks as one: everything up to its first colon, whatever it is.
pub(crate) fn whole(signs: &[Sign], line: usize) -> Option<Candidate> {
    let colon = signs.iter().position(|&(_, c)| is_colon(c))?;
    let name: String = signs[..colon].iter().map(|&(_, c)| c).collect();
    let pieces = pieces(signs, 0, colon + 1, &[0])?;
    Some(Candidate {
        lines: line..line + 1,
        end: pieces.last()?.end,
        pieces,
        name: name.trim().to_owned(),
        brackets: Vec::new(),
        chevron: None,
        explicit: true,
        start_ms: None,
    })
}

fn skip_blanks(signs: &[Sign], mut at: usize) -> usize {
    while signs.get(at).is_some_and(|&(_, c)| c.is_whitespace()) {
        at += 1;
    }
    at
}

fn skip_chevron(signs: &[Sign], at: usize) -> Option<usize> {
    let is = |index: usize| matches!(signs.get(index), Some((_, '>' | '＞')));
    let mut end = at;
    while is(end) {
        end += 1;
    }
    (end >= at + 2).then_some(end)
}

/// `[00:01:02]`, `(1:02)`, `00:01:02.500`: a time before the name.
fn read_time(signs: &[Sign], at: usize) -> Option<(usize, u64)> {
    let close = signs.get(at).and_then(|&(_, c)| closing_bracket(c));
    let mut end = at + usize::from(close.is_some());
    let (mut parts, mut value, mut fraction) = (Vec::new(), 0u64, None);
    let mut digits = 0;
    while let Some(&(_, c)) = signs.get(end) {
        match c {
            '0'..='9' if digits < 3 => {
                value = value * 10 + u64::from(c as u32 - '0' as u32);
                digits += 1;
            }
            ':' | '.' | ',' if digits > 0 && fraction.is_none() => {
                parts.push(std::mem::take(&mut value));
                digits = 0;
                if c != ':' {
                    fraction = Some(());
                }
            }
            _ => break,
        }
        end += 1;
    }
    let last_is_fraction = fraction.is_some();
    let millis = if last_is_fraction {
        value * 10u64.pow(3u32.saturating_sub(digits))
    } else {
        parts.push(value);
        0
    };
    let closed = match close {
        Some(close) => signs.get(end).is_some_and(|&(_, c)| c == close),
        None => signs.get(end).is_some_and(|&(_, c)| c.is_whitespace()),
    };
    if !closed || digits == 0 || !(2..=3).contains(&parts.len()) {
        return None;
    }
    let seconds = parts.iter().fold(0, |sum, part| sum * 60 + part);
    Some((end + usize::from(close.is_some()), seconds * 1000 + millis))
}

/// Name, brackets and the index after the colon.
fn read_body(signs: &[Sign], start: usize) -> Option<(String, Vec<String>, usize)> {
    let mut name = String::new();
    let mut brackets = Vec::new();
    let mut open: Option<(char, String)> = None;
    for (at, &(_, c)) in signs.iter().enumerate().skip(start).take(MAX_LABEL) {
        if let Some((close, content)) = &mut open {
            if c == *close || mirrored(c, *close) {
                brackets.push(std::mem::take(content).trim().to_owned());
                open = None;
            } else if is_end(c, content) || content.len() > 3 * MAX_NAME {
                return None;
            } else {
                content.push(c);
            }
            continue;
        }
        if let Some(close) = closing_bracket(c) {
            open = Some((close, String::new()));
            continue;
        }
        if is_colon(c) {
            let previous = name.trim_end().chars().next_back();
            let (name, role) = split_role(name.trim());
            brackets.extend(role);
            let next = signs.get(at + 1).map(|&(_, c)| c);
            let clock = previous.is_some_and(|c| c.is_ascii_digit())
                && next.is_some_and(|c| c.is_ascii_digit());
            let link = next == Some('/');
            let named = is_named(&name);
            return (named && !clock && !link).then_some((name, brackets, at + 1));
        }
        // `?:` says that somebody speaks, and that it is not known who.
        let is_unknown = is_question(c) && name.trim().chars().all(is_question);
        if is_end(c, &name) && !is_unknown || name.chars().count() > MAX_NAME {
            return None;
        }
        // Text after a bracket is speech: `(一) 关于：`, `我 (某某) 说：`.
        if !brackets.is_empty() && !c.is_whitespace() {
            return None;
        }
        name.push(c);
    }
    None
}

/// A bracket opened in one width and closed in the other.
fn mirrored(c: char, close: char) -> bool {
    matches!(
        (c, close),
        (')', '）') | ('）', ')') | (']', '］') | ('］', ']')
    )
}

/// What cannot stand in a label.
fn is_end(c: char, so_far: &str) -> bool {
    match c {
        '.' => {
            let word = so_far.rsplit(char::is_whitespace).next().unwrap_or("");
            word.is_empty() || word.chars().count() > 5 || !word.is_ascii()
        }
        '。' | '！' | '？' | '!' | '?' | '；' | ';' | '"' | '“' | '”' | '「' | '」' | '《'
        | '》' | '…' | ')' | '）' | ']' | '】' | '=' | '#' | '|' | '<' | '>' | '\\' | '~' | '+'
        | '%' | '$' => true,
        _ => false,
    }
}

/// `JOHN SMITH, GAC CHAIR` and `John Smith - ICANN` carry a role after the name.
pub(crate) fn split_role(name: &str) -> (String, Option<String>) {
    for separator in [", ", " - ", " – ", " — "] {
        if let Some((name, role)) = name.split_once(separator)
            && name.is_ascii()
        {
            return (name.trim().to_owned(), Some(role.trim().to_owned()));
        }
    }
    (name.to_owned(), None)
}

fn pieces(
    signs: &[Sign],
    start: usize,
    end: usize,
    line_starts: &[usize],
) -> Option<Vec<Range<usize>>> {
    let mut pieces = Vec::new();
    for (index, &from) in line_starts.iter().enumerate() {
        let to = line_starts.get(index + 1).copied().unwrap_or(signs.len());
        let inside = &signs[from.max(start).min(end)..to.min(end).max(from.max(start).min(end))];
        pieces.extend(extent(inside));
    }
    (!pieces.is_empty()).then_some(pieces)
}

/// Where signs stand in the source, from the first of it to the last; `None` where all were added.
pub(crate) fn extent(signs: &[Sign]) -> Option<Range<usize>> {
    let first = signs.iter().find_map(|&(offset, _)| offset)?;
    let &(last, c) = signs.iter().rev().find(|(offset, _)| offset.is_some())?;
    Some(first..last? + c.len_utf8())
}

/// The characters of several lines as one, with the blank that joining them takes.
pub(crate) fn join_signs(lines: &[Vec<(usize, char)>]) -> (Vec<Sign>, Vec<usize>) {
    let mut signs: Vec<Sign> = Vec::new();
    let mut starts = Vec::new();
    for line in lines {
        if let (Some(&(_, last)), Some(&(_, first))) = (signs.last(), line.first())
            && joint(last, first) == " "
        {
            signs.push((None, ' '));
        }
        starts.push(signs.len());
        signs.extend(line.iter().map(|&(offset, c)| (Some(offset), c)));
    }
    (signs, starts)
}

/// The kind of name that the form suggests.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Shape {
    /// `帕特里克·琼斯`: a transliterated name in two parts or more.
    Interpunct,
    /// `PATRICK JONES`.
    Capitals,
    /// `Patrick Jones`.
    Title,
    /// `王小明`, `瑞士代表`: a short run without blanks.
    Short,
    /// Anything else.
    Other,
}

/// What the form of a name says for its being a name, as a score, and the kind it suggests.
///
/// The scale is that of log-odds in spirit: 3 is enough on its own, 0 says nothing.
pub(crate) fn shape(name: &str) -> (Shape, f32) {
    let (shape, score) = form(name);
    let mut score = score;
    if is_office(name) {
        score = score.max(0.0) + 1.5;
    }
    if is_clause(name) {
        score -= 4.0;
    }
    if name.contains(['，', ',', '、', '：', ':']) {
        score -= 2.0;
    }
    (shape, score)
}

fn form(name: &str) -> (Shape, f32) {
    let ideographs = name.chars().filter(|&c| is_ideograph(c)).count();
    let letters = name
        .chars()
        .filter(|c| c.is_alphabetic() && !is_ideograph(*c))
        .count();
    let digits = name.chars().filter(|c| c.is_numeric()).count();
    let digit_cost = if digits > 0 && digits <= 2 {
        0.0
    } else {
        digits as f32 * 0.5
    };
    if ideographs > 0 {
        let parts: Vec<&str> = name.split(is_interpunct).collect();
        let dotted = parts.len() > 1
            && letters <= 3
            && parts
                .iter()
                .all(|part| (1..=10).contains(&part.trim().chars().count()));
        return match (dotted, letters, ideographs) {
            (true, _, _) => (Shape::Interpunct, 3.0 - digit_cost),
            (_, 0, 1) => (Shape::Short, -0.5 - digit_cost),
            (_, 0, 2..=4) => (Shape::Short, 0.5 - digit_cost),
            (_, 0, 5..=6) => (Shape::Short, -0.5 - digit_cost),
            (_, 0, _) => (Shape::Other, -2.0),
            _ => (Shape::Other, -0.5 - digit_cost),
        };
    }
    let words: Vec<&str> = name.split_whitespace().collect();
    if letters == 0 || words.len() > MAX_WORDS {
        return (Shape::Other, -2.0);
    }
    let cased = name.chars().any(|c| c.is_uppercase() || c.is_lowercase());
    if !cased {
        return (Shape::Short, if letters <= 12 { 0.5 } else { -1.0 });
    }
    let capitals = !name.chars().any(char::is_lowercase);
    let initial = |word: &&str| word.chars().find(|c| c.is_alphanumeric());
    let particles = words
        .iter()
        .filter(|word| initial(word).is_some_and(char::is_lowercase))
        .collect::<Vec<_>>();
    let all_particles_short = particles.iter().all(|word| word.chars().count() <= 4);
    let starts_upper = words
        .first()
        .and_then(initial)
        .is_some_and(|c| !c.is_lowercase());
    let (shape, score) = match (capitals, words.len()) {
        (true, 1) if letters >= 3 => (Shape::Capitals, 1.2),
        (true, 1) => (Shape::Capitals, 0.3),
        (true, _) => (Shape::Capitals, 3.0),
        _ if !all_particles_short || !starts_upper || particles.len() > 2 => (Shape::Other, -2.0),
        (false, 1) => (Shape::Title, 0.3),
        (false, 2..=5) => (Shape::Title, 1.5),
        _ => (Shape::Title, -0.5),
    };
    (shape, score - digit_cost)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(text: &str) -> Option<(String, Vec<String>, String)> {
        let lines: Vec<Vec<(usize, char)>> = {
            let mut at = 0;
            text.split('\n')
                .map(|line| {
                    let start = at;
                    at += line.len() + 1;
                    line.char_indices().map(|(i, c)| (start + i, c)).collect()
                })
                .collect()
        };
        let (signs, starts) = join_signs(&lines);
        let found = read(&signs, 0..lines.len(), &starts)?;
        Some((found.name, found.brackets, text[found.end..].to_owned()))
    }

    #[test]
    fn labels_are_read_in_all_their_forms() {
        let cases: [(&str, &str, &[&str], &str); 12] = [
            ("莎莉·科斯特顿:", "莎莉·科斯特顿", &[], ""),
            ("德文·理德 ：欢迎", "德文·理德", &[], "欢迎"),
            (
                "玛娜尔·伊斯梅尔（ ， 主席）：好",
                "玛娜尔·伊斯梅尔",
                &["， 主席"],
                "好",
            ),
            (
                "梅嘉丽·金恩 (MAGALI JEAN): 抱歉",
                "梅嘉丽·金恩",
                &["MAGALI JEAN"],
                " 抱歉",
            ),
            (
                "拉乌尔·普伦默\n(RAOUL PLOMMER)：",
                "拉乌尔·普伦默",
                &["RAOUL PLOMMER"],
                "",
            ),
            (
                "BERTRAND DE LA\nCHAPELLE: 好",
                "BERTRAND DE LA CHAPELLE",
                &[],
                " 好",
            ),
            (
                "克里斯·刘易斯·埃文\n斯：好",
                "克里斯·刘易斯·埃文斯",
                &[],
                "好",
            ),
            (">> 克里斯·狄思潘： 他", "克里斯·狄思潘", &[], " 他"),
            (">> 跳舞？", "", &[], " 跳舞？"),
            ("[00:01:02] Jo Smith: hi", "Jo Smith", &[], " hi"),
            ("JO SMITH, GAC CHAIR: hi", "JO SMITH", &["GAC CHAIR"], " hi"),
            (
                "Mireille B. Reece, Psy.D: a",
                "Mireille B. Reece",
                &["Psy.D"],
                " a",
            ),
        ];
        for (text, name, brackets, rest) in cases {
            let found = label(text).unwrap_or_else(|| panic!("no label in {text}"));
            assert_eq!((found.0.as_str(), found.2.as_str()), (name, rest), "{text}");
            assert_eq!(found.1, brackets, "{text}");
        }
    }

    #[test]
    fn other_colons_are_no_labels() {
        for text in [
            "我们讨论。问题：",
            "15:30 UTC",
            "http://a",
            "“留意”：",
            "(一) 关于：",
            "（只有括号）：",
            "没有冒号",
        ] {
            assert!(label(text).is_none(), "{text}");
        }
    }
}
