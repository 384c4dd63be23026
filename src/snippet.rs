//! The part of a turn that shows why it was found.

use std::ops::Range;

use turnsearch_text::{fold_start_with_spans, is_han, is_space, is_token, part};

use crate::chars::{self, first, last};
use crate::order::unpair;
use crate::plan::Plan;
use crate::request::Snippet;
use crate::searcher::Index;

/// Width of a snippet, in half-width columns: two lines of a phone, one and a half of a desktop.
const WIDTH: usize = 160;
/// Of so many matches, the first in the turn, the snippet shows those that stand best: a short word
/// stands in a long turn hundreds of times.
const MOST_WEIGHED: usize = 64;
/// A cut moves outward to the end of a sentence or clause if one is this near, in columns.
const CLAUSE_REACH: usize = 24;

/// The snippet of `turn` for `plan`.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
pub(crate) fn snippet(index: &Index, turn: u32, plan: &Plan) -> Snippet {
    let text = display_text(index, turn);
    let marks = marks_in(index, turn, plan, &text);
    let window = window(&text, &marks);
    let mut shown = Vec::new();
    for mark in marks {
        if mark.start < window.end && mark.end > window.start {
            let start = mark.start.max(window.start) - window.start;
            shown.push(start..mark.end.min(window.end) - window.start);
        }
    }
    Snippet {
        text: part(&text, window.clone()).to_owned(),
        marks: shown,
        cut_before: window.start > 0,
        cut_after: window.end < text.len(),
    }
}

/// The matches of `plan` in the displayed text of `turn`: UTF-8 ranges in order, apart.
pub(crate) fn marks(index: &Index, turn: u32, plan: &Plan) -> Vec<Range<usize>> {
    marks_in(index, turn, plan, &display_text(index, turn))
}

/// The matches in `turn`, each with `width` characters of text before and after it.
pub(crate) fn kwic(
    index: &Index,
    turn: u32,
    plan: &Plan,
    width: usize,
) -> Vec<(u32, String, String, String)> {
    let text = display_text(index, turn);
    let on_one_line = |part: &str| part.replace('\n', " ");
    let line = |mark: Range<usize>| {
        let before = text[..mark.start]
            .char_indices()
            .rev()
            .take(width)
            .last()
            .map_or(mark.start, |(at, _)| at);
        let after = text[mark.end..]
            .char_indices()
            .nth(width)
            .map_or(text.len(), |(at, _)| mark.end + at);
        (
            turn,
            on_one_line(part(&text, before..mark.start)),
            on_one_line(part(&text, mark.clone())),
            on_one_line(part(&text, mark.end..after)),
        )
    };
    marks_in(index, turn, plan, &text)
        .into_iter()
        .map(line)
        .collect()
}

fn display_text(index: &Index, turn: u32) -> String {
    let mut text = String::new();
    index.pack.turn_text(turn, &mut text);
    text
}

#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
fn marks_in(index: &Index, turn: u32, plan: &Plan, text: &str) -> Vec<Range<usize>> {
    let start = index.corpus.turn_range(turn).start;
    let places = plan.places_in(turn);
    let mut end = start;
    for &place in &places {
        let (at, length) = unpair(place);
        end = end.max((at + length) as usize);
    }
    let mut marks: Vec<Range<usize>> = Vec::new();
    if places.is_empty() {
        return marks;
    }
    let folded = fold_start_with_spans(text, index.fold_table(), end - start);
    for place in places {
        let (at, length) = unpair(place);
        let at = at as usize - start;
        let range = folded.display_range(at..at + length as usize);
        match marks.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => marks.push(range),
        }
    }
    marks
}

/// The stretch of about [`WIDTH`] columns that holds the most different matches, moved to where
/// sentences and clauses begin and end.
#[inline(never)] // a seam: docs/ARCHITECTURE.md, "The module"
fn window(text: &str, marks: &[Range<usize>]) -> Range<usize> {
    let marks = marks.get(..MOST_WEIGHED).unwrap_or(marks);
    let columns = Columns::of(text);
    if columns.total() <= WIDTH {
        return 0..text.len();
    }
    let Some(first) = marks.first() else {
        return 0..columns.clause_end(text, columns.offset(WIDTH), CLAUSE_REACH);
    };
    let mut best = (0, first.start, first.end);
    let mut rest = marks;
    while let [mark, others @ ..] = rest {
        let most = columns.at(mark.start) + WIDTH * 3 / 4;
        let (distinct, end) = columns.distinct(text, rest, most);
        if distinct > best.0 {
            best = (distinct, mark.start, end);
        }
        rest = others;
    }
    let (_, start, end) = best;
    let spare = WIDTH.saturating_sub(columns.at(end) - columns.at(start));
    // A third of the room goes before the match: what follows says more.
    let from = columns.at(start).saturating_sub(spare / 3);
    let start = columns.clause_start(text, columns.offset(from), start, CLAUSE_REACH);
    let to = columns.at(start) + WIDTH.max(columns.at(end) - columns.at(start));
    let end = columns.clause_end(text, columns.offset(to).max(end), CLAUSE_REACH);
    start..end
}

/// Where each column of a text begins. Ideographs and other wide characters take two.
struct Columns {
    /// For each character its offset and the column before it.
    characters: Vec<(usize, usize)>,
    end: (usize, usize),
}

impl Columns {
    fn of(text: &str) -> Self {
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

    fn total(&self) -> usize {
        self.end.1
    }

    /// The column at which the offset lies.
    fn at(&self, offset: usize) -> usize {
        let found = self.characters.partition_point(|(at, _)| *at < offset);
        self.characters
            .get(found)
            .map_or(self.end.1, |(_, column)| *column)
    }

    /// The offset of the first character that begins at `column` or later and stands by itself.
    fn offset(&self, column: usize) -> usize {
        let found = self.characters.partition_point(|(_, at)| *at < column);
        self.characters
            .get(found)
            .map_or(self.end.0, |(offset, _)| *offset)
    }

    /// How many different strings `marks` mark up to the column `most`, and where they end.
    fn distinct(&self, text: &str, marks: &[Range<usize>], most: usize) -> (usize, usize) {
        let mut strings: Vec<&str> = Vec::new();
        let mut end = marks.first().map_or(0, |mark| mark.end);
        for mark in marks {
            if self.at(mark.end) > most {
                break;
            }
            end = mark.end;
            let string = part(text, mark.clone());
            if !strings.contains(&string) {
                strings.push(string);
            }
        }
        (strings.len(), end)
    }

    /// The best place to begin at, around `offset` and not behind `latest`: the beginning of a clause if
    /// one is near, else of a word.
    fn clause_start(&self, text: &str, offset: usize, latest: usize, reach: usize) -> usize {
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

    /// The best place to end at, around `offset`: the end of a clause if one is near, else of a word.
    fn clause_end(&self, text: &str, offset: usize, reach: usize) -> usize {
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

/// The characters before and behind `at`, if text cannot be cut there.
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
    fn short_texts_stay_whole() {
        assert_eq!(window("只有一句话。", std::slice::from_ref(&(0..3))), 0..18);
    }

    #[test]
    fn the_window_begins_and_ends_with_clauses_and_holds_the_match() {
        let text =
            "前面的话说了很多。".repeat(20) + "这里有关键词，" + &"后面的话也很多。".repeat(20);
        let at = text.find("关键词").expect("it is there");
        let mark = at..at + "关键词".len();
        let window = window(&text, std::slice::from_ref(&mark));
        assert!(window.start <= mark.start && window.end >= mark.end);
        assert!(
            text[..window.start].ends_with('。') && text[window.clone()].ends_with(['。', '，'])
        );
        assert!(Columns::of(&text[window]).total() <= WIDTH + 2 * CLAUSE_REACH);
    }

    #[test]
    fn the_window_with_the_most_different_matches_wins() {
        let text = [
            "甲甲".to_owned(),
            "话".repeat(200),
            "甲甲乙乙".to_owned(),
            "话".repeat(200),
        ]
        .concat();
        let late = text.rfind("甲甲").expect("it is there");
        let marks = [0..6, late..late + 6, late + 6..late + 12];
        let window = window(&text, &marks);
        assert!(window.contains(&late) && !window.contains(&0));
    }

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
