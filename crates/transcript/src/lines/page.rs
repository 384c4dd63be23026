//! Page furniture: what printing and transcribing put between the lines of a record.

use std::collections::HashMap;

use crate::lines::layout::{Layout, bare};
use crate::lines::source::Source;
use crate::signs::lang;
use crate::signs::phrases::{is_disclaimer, is_end_mark};
use crate::signs::script::{
    closing_bracket, columns, is_colon, is_finished, is_list_item, is_terminator,
};
use crate::signs::stage::{bracketed, is_stage_line};
use crate::turns::furniture::Reason;
use crate::turns::marks::Marks;
use crate::turns::text::Break;

/// What a line is, before labels are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Class {
    /// Speech, a label, a heading, a line of the head.
    Text,
    /// In no turn.
    Furniture(Reason),
    /// A stage direction on a line of its own.
    Event,
}

/// The class of every line.
#[derive(Debug)]
pub(crate) struct Classes {
    /// One for each line of the source.
    pub of: Vec<Class>,
    /// Whether the line is the same piece as the one before (a note over several lines).
    pub continues: Vec<bool>,
}

impl Classes {
    /// The lines that are text.
    pub fn text_lines(&self) -> Vec<usize> {
        (0..self.of.len())
            .filter(|&line| self.of[line] == Class::Text)
            .collect()
    }

    /// A line goes on the piece before it only as long as both are of one class.
    pub fn separate_pieces(&mut self) {
        for line in 0..self.of.len() {
            self.continues[line] &= line > 0 && self.of[line] == self.of[line - 1];
        }
    }
}

/// How many lines at the top may be the title that running heads repeat.
const HEAD_LINES: usize = 6;
/// A note is not longer than this many lines.
const MAX_NOTE_LINES: usize = 24;
/// A stage direction is not longer than this many lines.
const MAX_EVENT_LINES: usize = 3;

/// Sorts the lines of a source into text, furniture and events.
pub(crate) fn classify(source: &Source, marks: &Marks) -> Classes {
    let lines: Vec<String> = (0..source.lines.len())
        .map(|line| bare(source, marks, line))
        .collect();
    let mut sorter = Sorter {
        source,
        layout: Layout::measure(source, &(0..lines.len()).collect::<Vec<_>>()),
        classes: Classes {
            of: vec![Class::Text; lines.len()],
            continues: vec![false; lines.len()],
        },
        lines,
    };
    sorter.rules_and_numbers();
    sorter.running_heads();
    sorter.notes();
    sorter.end_mark();
    sorter.events();
    sorter.classes
}

struct Sorter<'a> {
    source: &'a Source<'a>,
    layout: Layout,
    lines: Vec<String>,
    classes: Classes,
}

impl Sorter<'_> {
    fn rules_and_numbers(&mut self) {
        for (index, line) in self.lines.iter().enumerate() {
            if is_rule(line) {
                self.classes.of[index] = Class::Furniture(Reason::Rule);
            } else if is_page_number(line) {
                self.classes.of[index] = Class::Furniture(Reason::PageNumber);
            } else if is_counter(line) {
                self.classes.of[index] = Class::Furniture(Reason::Other);
            } else if is_contents(line) {
                self.classes.of[index] = Class::Furniture(Reason::Contents);
            }
        }
    }

    /// Lines that come back, digits aside, where pages end, or that repeat the title.
    fn running_heads(&mut self) {
        let mut seen: HashMap<String, Vec<usize>> = HashMap::new();
        for index in 0..self.lines.len() {
            if self.classes.of[index] == Class::Text && self.may_be_running_head(index) {
                seen.entry(mask(&self.lines[index]))
                    .or_default()
                    .push(index);
            }
        }
        let head: Vec<String> = self
            .lines
            .iter()
            .take(HEAD_LINES)
            .map(|line| squeeze(line))
            .collect();
        let mut found = Vec::new();
        for places in seen.values() {
            let places: Vec<usize> = places.iter().copied().filter(|&at| at >= 3).collect();
            let Some(&first) = places.first() else {
                continue;
            };
            let text = squeeze(&self.lines[first]);
            let titled = text.chars().count() >= 4
                && head.iter().take(first).any(|line| {
                    line.contains(&text)
                        || text.len() > 12 && text.contains(line.as_str()) && line.len() > 12
                });
            if self.recurs_like_a_head(&places, titled) {
                found.extend(places);
            }
        }
        for index in found {
            self.classes.of[index] = Class::Furniture(Reason::RunningHead);
        }
    }

    fn may_be_running_head(&self, index: usize) -> bool {
        let line = &self.lines[index];
        let last = line.chars().next_back();
        let next = (index + 1..self.lines.len()).find(|&at| self.classes.of[at] == Class::Text);
        let two_line_label = next.is_some_and(|next| {
            let next = &self.lines[next];
            next.starts_with(['(', '（']) && next.contains(is_colon)
        });
        (3..=100).contains(&columns(line))
            && !last.is_some_and(|c| is_terminator(c) || is_colon(c) || matches!(c, '，' | ',' | '、'))
            && !is_list_item(line)
            // A label with the first words of a speech comes back as often as people say thanks.
            && !line.contains(is_colon)
            && !line.starts_with(">>")
            && bracketed(line).is_none()
            && !two_line_label
    }

    fn recurs_like_a_head(&self, places: &[usize], titled: bool) -> bool {
        let share = |test: &dyn Fn(usize) -> bool| {
            places.iter().filter(|&&at| test(at)).count() as f32 / places.len() as f32
        };
        let at_page_end = share(&|at| self.is_page_end(at)) >= 0.5;
        // A document keeps what its pages repeat apart from its paragraphs.
        if !at_page_end && share(&|at| self.source.lines[at].opens_block) >= 0.5 {
            return false;
        }
        if places.len() == 1 {
            return titled && at_page_end;
        }
        let full = share(&|at| self.layout.is_full(&self.lines[at])) >= 0.5;
        let interrupts = !full && share(&|at| self.interrupts(at)) >= 0.34;
        let numbered = places
            .iter()
            .any(|&at| self.lines[at] != self.lines[places[0]]);
        let often = places.len() >= 3;
        let score = u32::from(often)
            + u32::from(interrupts)
            + 2 * u32::from(at_page_end)
            + u32::from(numbered && places.len() >= 3)
            + u32::from(titled)
            + u32::from(titled && (interrupts || places.len() >= 2));
        score >= 2 && (often || at_page_end || titled)
    }

    /// Whether a page number, a rule or a page break stands beside the line.
    fn is_page_end(&self, index: usize) -> bool {
        let page = |class: Option<&Class>| {
            matches!(
                class,
                Some(Class::Furniture(Reason::PageNumber | Reason::Rule))
            )
        };
        let line = &self.source.lines[index];
        let next = self.source.lines.get(index + 1);
        page(self.classes.of.get(index + 1))
            || index > 0 && page(self.classes.of.get(index - 1))
            || line.page_break
            || next.is_some_and(|next| next.page_break)
    }

    /// Whether the line stands in the middle of a sentence.
    fn interrupts(&self, index: usize) -> bool {
        index > 0 && index + 1 < self.lines.len() && {
            let before = &self.lines[index - 1];
            !is_finished(before) && columns(before) > 2 * 8
        }
    }

    /// Notes on the record, to the end of their paragraph.
    fn notes(&mut self) {
        let mut index = 0;
        while index < self.lines.len() {
            if self.classes.of[index] != Class::Text {
                index += 1;
                continue;
            }
            let end = self.paragraph_end(index, MAX_NOTE_LINES);
            let opens = self.lines[index].chars().take(24).collect::<String>();
            // Only the opening of a paragraph is worth joining: a note begins with its marker or
            // is all one statement.
            let paragraph = self.lines[index..end].join("");
            if is_disclaimer(&paragraph) && !opens.is_empty() {
                for line in index..end {
                    if self.classes.of[line] == Class::Text {
                        self.classes.of[line] = Class::Furniture(Reason::Disclaimer);
                        self.classes.continues[line] = line > index;
                    }
                }
            }
            index = end;
        }
    }

    fn paragraph_end(&self, start: usize, limit: usize) -> usize {
        let mut end = start + 1;
        while end < self.lines.len()
            && end - start < limit
            && self.classes.of[end] == Class::Text
            && self.layout.between(self.source, end - 1, end) == Break::Wrap
            && !self.lines[end].starts_with(">>")
        {
            end += 1;
        }
        end
    }

    /// The last line, where it says that the record ends.
    fn end_mark(&mut self) {
        let last = (0..self.lines.len())
            .rev()
            .take(4)
            .find(|&index| self.classes.of[index] == Class::Text);
        let Some(last) = last.filter(|&last| last > 0) else {
            return;
        };
        let line = &self.lines[last];
        let standing = bracketed(line).is_some()
            || !line.chars().next_back().is_some_and(is_terminator)
                && !has_colon(line)
                && is_finished(&self.lines[last - 1]);
        if standing && is_end_mark(line) {
            self.classes.of[last] = Class::Furniture(Reason::EndMark);
        }
    }

    fn events(&mut self) {
        for index in 0..self.lines.len() {
            if self.classes.of[index] != Class::Text {
                continue;
            }
            let line = &self.lines[index];
            if is_stage_line(line) && !self.is_latin_name_of_label(index) {
                self.classes.of[index] = Class::Event;
            } else if let Some(end) = self.event_end(index) {
                for line in index..end {
                    self.classes.of[line] = Class::Event;
                    self.classes.continues[line] = line > index;
                }
            }
        }
    }

    /// `(PATRICK JONES)` under a line that holds only a name is the second half of a label.
    fn is_latin_name_of_label(&self, index: usize) -> bool {
        let upper = bracketed(&self.lines[index]).is_some_and(|content| {
            content.contains(' ')
                && !content.contains(char::is_lowercase)
                && content.contains(char::is_uppercase)
        });
        upper
            && index > 0
            && !is_finished(&self.lines[index - 1])
            && columns(&self.lines[index - 1]) <= 40
    }

    /// The end of a stage direction that begins on this line and that a column broke.
    fn event_end(&self, start: usize) -> Option<usize> {
        let open = self.lines[start].chars().next()?;
        let close = closing_bracket(open)?;
        if self.layout.edge.is_none() || self.lines[start].contains(close) {
            return None;
        }
        let begins = start == 0
            || self.classes.of[start - 1] != Class::Text
            || is_finished(&self.lines[start - 1]);
        if !begins {
            return None;
        }
        (start + 1..(start + MAX_EVENT_LINES).min(self.lines.len()))
            .take_while(|&line| self.classes.of[line] == Class::Text)
            .find(|&line| self.lines[line].contains(close))
            .filter(|&line| self.lines[line].ends_with(close))
            .map(|line| line + 1)
            .filter(|&end| is_stage_line(&self.lines[start..end].concat()))
    }
}

/// Whether a colon stands in a line, other than those of times.
fn has_colon(line: &str) -> bool {
    line.match_indices(is_colon).any(|(at, colon)| {
        let is_digit = |c: Option<char>| c.is_some_and(|c| c.is_ascii_digit());
        !is_digit(line[..at].chars().next_back())
            || !is_digit(line[at + colon.len()..].chars().next())
    })
}

/// `---`, `* * *`, `______`.
fn is_rule(line: &str) -> bool {
    let mut signs = line.chars().filter(|c| !c.is_whitespace());
    let Some(first) = signs.next() else {
        return false;
    };
    matches!(
        first,
        '-' | '_' | '=' | '*' | '~' | '─' | '━' | '═' | '—' | '–' | '⸻'
    ) && signs.clone().all(|sign| sign == first)
        && signs.count() >= 2
}

/// `12`, `- 12 -`, `Page 3 of 40`, `第 3 页，共 40 页`, also with the digits lost.
fn is_page_number(line: &str) -> bool {
    if line.chars().count() > 32 {
        return false;
    }
    let words = lang::words();
    let (mut digits, mut page_words, mut run) = (0, 0, String::new());
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        match c {
            '0'..='9' | '０'..='９' => digits += 1,
            c if words.page_first.has(c) || words.page_total.has(c) => {}
            c if words.page_signs.has(c) => page_words += 1,
            'a'..='z' | 'A'..='Z' | 'á' | 'é' => {
                run.push(c.to_ascii_lowercase());
                if chars.peek().is_some_and(|next| next.is_alphabetic()) {
                    continue;
                }
                if lang::has(&words.page_words, &run) {
                    page_words += 1;
                } else if !lang::has(&words.page_of, &run) {
                    return false;
                }
                run.clear();
            }
            _ if c.is_whitespace() => {}
            '-' | '–' | '—' | '|' | '/' | '[' | ']' | '(' | ')' | '，' | ',' | '·' | '•' | '.'
            | '~' => {}
            _ => return false,
        }
    }
    let lost = line.starts_with(|c| words.page_first.has(c)) && page_words > 0;
    let dated = line.contains(['/', '.', ',']) && page_words == 0;
    let sums = line
        .chars()
        .filter(|c| matches!(c, '-' | '–' | '/' | '|'))
        .count()
        <= 2;
    lost || page_words > 0 && digits > 0
        || (1..=4).contains(&digits) && sums && !dated
        || dated
            && line.contains('/')
            && (2..=6).contains(&digits)
            && line.matches('/').count() == 1
            && line.contains(' ')
}

/// `{time} 1245`: a mark of the printer.
fn is_counter(line: &str) -> bool {
    let word = line.strip_prefix('{').and_then(|rest| rest.split_once('}'));
    word.is_some_and(|(word, number)| {
        let number = number.trim();
        let is_word = !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase());
        is_word && !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

/// A line of a table of contents: leaders and a page number.
fn is_contents(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| c.is_ascii_digit());
    end.len() < line.len() && {
        let dots = end
            .trim_end()
            .chars()
            .rev()
            .take_while(|&c| matches!(c, '.' | '…' | '·' | ' '))
            .filter(|&c| c != ' ')
            .count();
        dots >= 4 || dots >= 2 && end.trim_end().ends_with('…')
    }
}

/// The line with its digits made equal, so that `Page 3` and `Page 4` are one running head.
fn mask(line: &str) -> String {
    let mut out = String::with_capacity(line.len());
    for c in line.chars() {
        if c.is_ascii_digit() {
            if !out.ends_with('#') {
                out.push('#');
            }
        } else if !c.is_whitespace() {
            out.push(c);
        }
    }
    out
}

fn squeeze(line: &str) -> String {
    line.chars().filter(|c| !c.is_whitespace()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_and_rules_are_known_by_form() {
        for line in [
            "12",
            "- 12 -",
            "Page 3 of 40",
            "第 3 页，共 40 页",
            "第 页，共 页",
            "3 / 40",
            "[3]",
        ] {
            assert!(is_page_number(line), "{line}");
        }
        for line in [
            "12345",
            "2019/3/12",
            "3.5",
            "第一页",
            "of",
            "page",
            "12:30",
            "好 3",
        ] {
            assert!(!is_page_number(line), "{line}");
        }
        for line in ["---", "* * *", "———", "____"] {
            assert!(is_rule(line), "{line}");
        }
        for line in ["--", "-- a", "—", "-=-"] {
            assert!(!is_rule(line), "{line}");
        }
        assert!(is_contents("Introduction ........ 12"));
        assert!(!is_contents("wait... 12 or 13"));
    }
}
