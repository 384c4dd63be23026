//! The folding itself, and the way back from folded to displayed text.

use std::ops::Range;

use crate::chars::{is_ignorable, is_space, is_token};
use crate::part;
use crate::platform::compatibility_form;

/// What a collection adds to the rules of [`fold`]: the folded form of each of its characters that
/// the rules leave alone, and of the characters that readers may type for them (traditional for
/// simplified and the other way round).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoldTable {
    entries: Forms,
    /// See [`FoldTable::alternatives`].
    alternatives: Forms,
    /// A bit for each of [`SIEVE_BITS`] classes of characters, set where `entries` has one of the
    /// class. Most characters of a text have no entry, and one look tells so.
    sieve: Vec<u32>,
}

/// More than ten times what a large collection has entries for, in as little as 1 kB.
const SIEVE_BITS: u32 = 1 << 13;

impl Default for FoldTable {
    /// The rules alone.
    fn default() -> Self {
        Self {
            entries: Forms::default(),
            alternatives: Forms::default(),
            sieve: vec![0; SIEVE_BITS as usize / 32],
        }
    }
}

impl FoldTable {
    /// A table of `entries` (character, folded form) and `alternatives` (typed character, what
    /// else of the folded collection it may stand for), in any order.
    pub fn new(
        mut entries: Vec<(char, Box<str>)>,
        mut alternatives: Vec<(char, Vec<char>)>,
    ) -> Self {
        entries.sort_unstable();
        alternatives.sort_unstable();
        let mut table = Self::default();
        for (character, folded) in entries {
            table.push_entry(character, &folded);
        }
        for (typed, others) in alternatives {
            table.push_alternatives(typed, &String::from_iter(others));
        }
        table
    }

    /// Adds an entry. Characters come in order; the first entry of a character stays.
    pub fn push_entry(&mut self, character: char, folded: &str) {
        self.entries.push(character, folded);
        let (word, bit) = place_in_sieve(character.into());
        if let Some(bits) = self.sieve.get_mut(word) {
            *bits |= bit;
        }
    }

    /// Adds [`FoldTable::alternatives`] of a character. Characters come in order, as for entries.
    pub fn push_alternatives(&mut self, typed: char, others: &str) {
        self.alternatives.push(typed, others);
    }

    /// Every character that has an entry, sorted, and its folded form.
    pub fn entries(&self) -> impl ExactSizeIterator<Item = (char, &str)> {
        self.entries.iter()
    }

    /// Every character with alternatives, sorted, and those.
    pub fn all_alternatives(&self) -> impl ExactSizeIterator<Item = (char, &str)> {
        self.alternatives.iter()
    }

    /// Other characters of the folded collection that a character of a query may stand for, where
    /// one traditional character has several simplified counterparts (`著` is both 著 and 着).
    pub fn alternatives(&self, typed: char) -> &str {
        self.alternatives.get(typed).unwrap_or_default()
    }

    /// Whether there can be an entry for the character with this code point.
    fn may_have(&self, point: u32) -> bool {
        let (word, bit) = place_in_sieve(point);
        self.sieve.get(word).is_some_and(|bits| bits & bit != 0)
    }

    fn get(&self, c: char) -> Option<&str> {
        if !self.may_have(c.into()) {
            return None;
        }
        self.entries.get(c)
    }
}

/// Characters, each with a text. The texts lie one after the other, since thousands of small ones
/// would cost more memory than they hold, and the engine the code to look after them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
struct Forms {
    /// The characters, sorted, and where the text of each ends.
    ends: Vec<(char, u32)>,
    texts: String,
}

impl Forms {
    /// Adds a character, unless it is the last one's equal.
    fn push(&mut self, character: char, text: &str) {
        if self.ends.last().is_none_or(|last| last.0 != character) {
            self.texts.push_str(text);
            self.ends.push((character, self.texts.len() as u32));
        }
    }

    fn get(&self, character: char) -> Option<&str> {
        let at = self.ends.binary_search_by_key(&character, |entry| entry.0);
        Some(self.text(at.ok()?))
    }

    /// The text of the character at `at`.
    fn text(&self, at: usize) -> &str {
        let end = |at: usize| self.ends.get(at).map_or(0, |entry| entry.1 as usize);
        part(&self.texts, at.checked_sub(1).map_or(0, end)..end(at))
    }

    fn iter(&self) -> impl ExactSizeIterator<Item = (char, &str)> {
        let characters = self.ends.iter().enumerate();
        characters.map(|(at, entry)| (entry.0, self.text(at)))
    }
}

/// Word and bit of [`FoldTable::sieve`] for the class of a code point.
fn place_in_sieve(point: u32) -> (usize, u32) {
    let class = point % SIEVE_BITS;
    (class as usize / 32, 1 << (class % 32))
}

/// Folded text together with the place that each part of it comes from.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FoldedText {
    /// The folded text.
    pub text: String,
    /// Where each run of it comes from, in order.
    pub spans: Vec<Span>,
}

/// One displayed character, or a run of ideographs, and where its folded form begins. A character
/// that folds to nothing has no span.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Span {
    /// UTF-8 offset into the folded text.
    pub folded: u32,
    /// UTF-8 offset of the character or the run in the displayed text.
    pub start: u32,
    /// UTF-8 offset of its end in the displayed text.
    pub end: u32,
    /// Whether it is a run of ideographs that fold to themselves, each of three bytes.
    pub is_run: bool,
}

impl Span {
    /// The displayed character from which the byte of the folded text at `offset` comes.
    fn character(&self, offset: usize) -> Range<usize> {
        let (start, end) = (self.start as usize, self.end as usize);
        if !self.is_run {
            return start..end;
        }
        let start = start + (offset - self.folded as usize) / IDEOGRAPH * IDEOGRAPH;
        start..start + IDEOGRAPH
    }
}

/// UTF-8 bytes of the ideographs from U+4E00 to U+9FFF.
const IDEOGRAPH: usize = 3;

impl FoldedText {
    /// The displayed text (UTF-8 offsets) from which the folded bytes `range` come: from the start
    /// of the first character that takes part to the end of the last one.
    ///
    /// An empty range, or one outside the text, gives an empty range.
    pub fn display_range(&self, range: Range<usize>) -> Range<usize> {
        if range.is_empty() || range.start >= self.text.len() {
            return 0..0;
        }
        let holding = |offset: usize| {
            let after = self
                .spans
                .partition_point(|span| span.folded as usize <= offset);
            let span = self.spans.get(after.saturating_sub(1));
            span.map_or(0..0, |span| span.character(offset))
        };
        let first = holding(range.start);
        let last = holding(range.end.min(self.text.len()) - 1);
        first.start..last.end
    }
}

/// `text` as it is compared: lower case, half width, simplified, accents and quotation styles
/// levelled, invisible characters dropped, white space dropped except for one blank between two
/// runs of token characters (see [`is_token`]).
///
/// Folding what is folded changes nothing.
pub fn fold(text: &str, table: &FoldTable) -> String {
    fold_with_spans(text, table).text
}

/// Like [`fold`], with the way back to `text`. `text` must be shorter than 4 GiB.
pub fn fold_with_spans(text: &str, table: &FoldTable) -> FoldedText {
    fold_start_with_spans(text, table, usize::MAX)
}

/// Like [`fold_with_spans`], but only as far as the first `wanted` bytes of the folded text need.
pub fn fold_start_with_spans(text: &str, table: &FoldTable, wanted: usize) -> FoldedText {
    let mut folded = FoldedText::default();
    folded.text.reserve(text.len().min(wanted));
    fold_into(text, table, &mut folded, wanted);
    folded
}

/// A reader's query as it is compared: [`compatibility_form`], then [`fold`].
///
/// A collection's own text needs no [`compatibility_form`], because its table has an entry for
/// each of its characters.
pub fn fold_query(query: &str, table: &FoldTable) -> String {
    fold(&compatibility_form(query), table)
}

/// Every folded form of `query` that is worth looking for: first [`fold_query`], then the forms in
/// which characters with several counterparts stand for the others. At most
/// [`MAX_QUERY_VARIANTS`].
pub fn query_variants(query: &str, table: &FoldTable) -> Vec<String> {
    let typed = compatibility_form(query);
    let mut forms = vec![String::new()];
    for c in typed.chars() {
        let so_far = forms.len();
        let room = MAX_QUERY_VARIANTS / so_far;
        for other in table.alternatives(c).chars().take(room.saturating_sub(1)) {
            for at in 0..so_far {
                let mut grown = forms.get(at).cloned().unwrap_or_default();
                grown.push(other);
                forms.push(grown);
            }
        }
        for form in forms.iter_mut().take(so_far) {
            form.push(c);
        }
    }
    for form in &mut forms {
        *form = fold(form, table);
    }
    forms
}

/// How many forms of a query [`query_variants`] makes: four characters with one alternative each.
pub const MAX_QUERY_VARIANTS: usize = 16;

/// Appends `text`, folded by itself, to `folded`, as far as its first `wanted` bytes need. Tells
/// whether white space comes behind the last character that folds to something.
///
/// Whoever needs no spans gets them all the same: so this is compiled once.
pub(crate) fn fold_into(
    text: &str,
    table: &FoldTable,
    folded: &mut FoldedText,
    wanted: usize,
) -> bool {
    let mut blank_pending = false;
    let mut after_token = false;
    let mut at = 0;
    loop {
        let start = at;
        let mut span = Span {
            folded: folded.text.len() as u32,
            start: start as u32,
            ..Span::default()
        };
        // Most of a Chinese text is ideographs that stay as they are.
        let room = wanted.saturating_sub(folded.text.len());
        at += plain_ideographs(text.as_bytes().get(at..).unwrap_or_default(), table, room);
        if at > start {
            folded.text.push_str(part(text, start..at));
            (blank_pending, after_token) = (false, false);
            span.is_run = true;
        } else {
            let Some(c) = part(text, at..).chars().next() else {
                return blank_pending;
            };
            at += c.len_utf8();
            if is_space(c) {
                blank_pending = true;
                continue;
            }
            let mut buffer = [0; 4];
            let form: &str = match by_rule(c) {
                Some('\0') => continue,
                Some(ruled) => ruled.encode_utf8(&mut buffer),
                None => match table.get(c) {
                    Some(entry) => entry,
                    None => c.encode_utf8(&mut buffer),
                },
            };
            let Some(first) = form.chars().next() else {
                continue;
            };
            if blank_pending && after_token && is_token(first) {
                folded.text.push(' ');
                span.folded += 1;
            }
            blank_pending = false;
            folded.text.push_str(form);
            after_token = form.chars().next_back().is_some_and(is_token);
        }
        span.end = at as u32;
        folded.spans.push(span);
        if folded.text.len() > wanted {
            return false;
        }
    }
}

/// Whether `text` is nothing but ideographs of which the rules and the sieve alone tell that they
/// fold to themselves, as most of a Chinese text are. Other texts may fold to themselves too.
pub fn folds_to_itself(text: &str, table: &FoldTable) -> bool {
    plain_ideographs(text.as_bytes(), table, text.len()) == text.len()
}

/// Bytes of the ideographs at the head of `text` that fold to themselves, as far as `wanted` bytes
/// need, and one ideograph more.
fn plain_ideographs(text: &[u8], table: &FoldTable, wanted: usize) -> usize {
    let mut at = 0;
    while at <= wanted
        && let Some(&[first, second, third]) = text.get(at..).unwrap_or_default().first_chunk()
        && let 0xE4..=0xE9 = first
    {
        let bits = |byte: u8| u32::from(byte & 0x3F);
        let point = u32::from(first & 0xF) << 12 | bits(second) << 6 | bits(third);
        if !(0x4E00..=0x9FFF).contains(&point) || table.may_have(point) {
            break;
        }
        at += IDEOGRAPH;
    }
    at
}

/// What needs no table; `'\0'` drops the character.
fn by_rule(c: char) -> Option<char> {
    Some(match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '!'..='~' => c,
        // Full-width ASCII lies at a fixed distance from ASCII.
        '\u{FF01}'..='\u{FF5E}' => {
            return char::from_u32(u32::from(c) - 0xFEE0).map(|half| half.to_ascii_lowercase());
        }
        '“' | '”' | '„' | '‟' | '«' | '»' | '「' | '」' | '〝' | '〞' | '〟' | '｢' | '｣' | '﹁'
        | '﹂' => '"',
        '‘' | '’' | '‚' | '‛' | '‹' | '›' | '『' | '』' | '﹃' | '﹄' => '\'',
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '﹘' | '﹣' => '-',
        '•' | '‧' | '∙' | '⋅' | '・' | '･' => '·',
        _ if is_ignorable(c) => '\0',
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        fold(text, &FoldTable::default())
    }

    #[test]
    fn blanks_stay_only_between_tokens() {
        assert_eq!(
            plain("DNS 滥用 和  DNSSEC\u{A0}部署"),
            "dns滥用和dnssec部署"
        );
        assert_eq!(plain("one\n two , three"), "one two,three");
        assert_eq!(plain(" 前 后 "), "前后");
    }

    #[test]
    fn width_quotes_and_dashes_are_levelled() {
        assert_eq!(plain("ＩＣＡＮＮ　７０"), "icann 70");
        assert_eq!(plain("「根」“根”『根』‘根’"), "\"根\"\"根\"'根''根'");
        assert_eq!(plain("e‑mail — ok"), "e-mail-ok");
        assert_eq!(plain("ab\u{200B}c\u{AD}d"), "abcd");
    }

    #[test]
    fn the_table_decides_for_the_rest() {
        let table = FoldTable::new(
            vec![
                ('顧', "顾".into()),
                ('é', "e".into()),
                ('\u{301}', "".into()),
            ],
            vec![],
        );
        assert_eq!(fold("顧問 Café cafe\u{301}", &table), "顾問cafe cafe");
    }

    #[test]
    fn a_folded_range_leads_back_to_the_displayed_characters() {
        let table = FoldTable::new(vec![('…', "...".into())], vec![]);
        let folded = fold_with_spans("新 ＧＴＬＤ…的", &table);
        assert_eq!(folded.text, "新gtld...的");
        let at = folded.text.find("gtld").expect("it is there");
        let display = folded.display_range(at..at + 4);
        assert_eq!(&"新 ＧＴＬＤ…的"[display], "ＧＴＬＤ");
        let dots = folded.text.find("..").expect("it is there");
        assert_eq!(&"新 ＧＴＬＤ…的"[folded.display_range(dots..dots + 1)], "…");
        assert_eq!(folded.display_range(99..100), 0..0);
    }

    #[test]
    fn the_start_of_a_text_is_folded_as_far_as_it_is_wanted() {
        let table = FoldTable::new(vec![('…', "...".into()), ('問', "问".into())], vec![]);
        let text = "新 ＧＴＬＤ… 問 a b 的…";
        let whole = fold_with_spans(text, &table);
        for wanted in 0..=whole.text.len() {
            let start = fold_start_with_spans(text, &table, wanted);
            assert!(whole.text.starts_with(&start.text) && start.text.len() >= wanted);
            for from in 0..wanted {
                let range = from..wanted;
                assert_eq!(
                    start.display_range(range.clone()),
                    whole.display_range(range)
                );
            }
        }
    }

    #[test]
    fn queries_are_taken_apart_by_the_platform_first() {
        assert_eq!(
            fold_query("Ｃａｆé ﬁne Ⅷ", &FoldTable::default()),
            "cafe fine viii"
        );
    }
}
