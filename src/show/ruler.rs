//! Measuring a text in half-width columns, and finding where it can be cut.

use std::ops::Range;

use turnsearch_text::{is_han, is_space, is_token, part};

use crate::compact::chars::{self, first, last};

/// Where each column of a text begins. Ideographs and other wide characters take two.
pub(super) struct Ruler {
    /// For each character its offset and the column before it.
    characters: Vec<(usize, usize)>,
    end: (usize, usize),
}

impl Ruler {
    pub(super) fn of(text: &str) -> Self {
        let mut column = 0;
        let mut characters = Vec::with_capacity(text.len() / 2);
        for (offset, c) in text.char_indices() {
            characters.push((offset, column));
            column += match c {
                ' '..='\u{2FF}' => 1,
                '\u{3400}'..='\u{9FFF}' => 2,
                _ if joins_previous(c) => 0,
                '\u{1100}'.. => 2,
                _ => 1,
            };
        }
        Self {
            characters,
            end: (text.len(), column),
        }
    }

    pub(super) fn total(&self) -> usize {
        self.end.1
    }

    /// The column at which the offset lies.
    pub(super) fn at(&self, offset: usize) -> usize {
        let found = self.characters.partition_point(|(at, _)| *at < offset);
        self.characters
            .get(found)
            .map_or(self.end.1, |(_, column)| *column)
    }

    /// The offset of the first character that begins at `column` or later and stands by itself.
    pub(super) fn offset(&self, column: usize) -> usize {
        let found = self.characters.partition_point(|(_, at)| *at < column);
        self.characters
            .get(found)
            .map_or(self.end.0, |(offset, _)| *offset)
    }

    /// How many different strings, events as one, `marks` mark up to the column `most`, and where
    /// they end.
    pub(super) fn distinct(
        &self,
        text: &str,
        marks: &[Range<usize>],
        most: usize,
    ) -> (usize, usize) {
        let mut strings: Vec<&str> = Vec::new();
        let mut end = marks.first().map_or(0, |mark| mark.end);
        for mark in marks {
            if self.at(mark.end) > most {
                break;
            }
            end = end.max(mark.end);
            let string = part(text, mark.clone());
            if !strings.contains(&string) {
                strings.push(string);
            }
        }
        (strings.len(), end)
    }

    /// The best place to begin at, around `offset` and not after `latest`: the beginning of a
    /// clause if one is near, else of a word.
    pub(super) fn clause_start(
        &self,
        text: &str,
        offset: usize,
        latest: usize,
        reach: usize,
    ) -> usize {
        if offset == 0 {
            return 0;
        }
        let column = self.at(offset);
        let from = self.offset(column.saturating_sub(reach));
        let to = self.offset(column + reach).min(latest);
        let mut nearest = usize::MAX;
        let mut start = None;
        for (at, _) in part(text, from..to).char_indices() {
            let at = from + at;
            let distance = self.at(at).abs_diff(column);
            if distance < nearest && is_clause_start(text, at) {
                nearest = distance;
                start = Some(at);
            }
        }
        let start = start.unwrap_or_else(|| word_start(text, offset.min(latest)));
        // Blanks at a cut say nothing.
        let blank = chars::find(part(text, start..latest.max(start)), &|c| !is_space(c));
        start + blank
    }

    /// The best place to end at, around `offset`: the end of a clause if one is near, else of a
    /// word.
    pub(super) fn clause_end(&self, text: &str, offset: usize, reach: usize) -> usize {
        let column = self.at(offset);
        let to = self.offset(column + reach);
        let from = part(text, offset..to);
        let mark = chars::find(from, &is_clause_mark);
        match first(part(from, mark..)) {
            Some(c) => offset + mark + c.len_utf8(),
            None if to == text.len() => to,
            None => word_end(text, offset),
        }
    }
}

fn is_clause_start(text: &str, at: usize) -> bool {
    last(part(text, ..at)).is_some_and(is_clause_mark)
}

fn is_clause_mark(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '；' | '，' | '、' | '：' | '.' | '!' | '?' | ';' | ',' | '\n' | '…'
    )
}

/// Whether a cut before `c` would tear it from what it belongs to: combining marks, joiners,
/// variation selectors, skin tones, the second half of a pair of regional indicators.
fn joins_previous(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}' | '\u{200D}' | '\u{20D0}'..='\u{20FF}' | '\u{3099}' | '\u{309A}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{1F3FB}'..='\u{1F3FF}' | '\u{E0100}'..='\u{E01EF}')
}

/// Whether text can be cut between `before` and `after`.
fn can_cut(before: char, after: char) -> bool {
    let in_word = is_token(before) && is_token(after) && !is_han(before) && !is_han(after);
    !in_word && !joins_previous(after) && before != '\u{200D}'
}

/// The characters before and after `at`, if text cannot be cut there.
fn inside_word(text: &str, at: usize) -> Option<(char, char)> {
    let (before, after) = (last(part(text, ..at))?, first(part(text, at..))?);
    (!can_cut(before, after)).then_some((before, after))
}

fn word_start(text: &str, mut at: usize) -> usize {
    while let Some((before, _)) = inside_word(text, at) {
        at -= before.len_utf8();
    }
    at
}

fn word_end(text: &str, mut at: usize) -> usize {
    while let Some((_, after)) = inside_word(text, at) {
        at += after.len_utf8();
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_clusters_are_never_torn() {
        let text = "word".repeat(100) + "e\u{301}".repeat(100).as_str();
        for at in (0..text.len()).filter(|&at| text.is_char_boundary(at)) {
            let end = word_end(&text, at);
            assert!(
                end == text.len()
                    || can_cut(
                        text[..end].chars().next_back().unwrap_or(' '),
                        text[end..].chars().next().unwrap_or(' ')
                    )
            );
        }
    }
}
