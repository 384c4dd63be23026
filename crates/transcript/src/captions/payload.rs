//! The text of a caption: voices, other tags, references.
//!
//! The tokens are those of the WebVTT standard, "WebVTT cue text tokenizer", with one difference: a
//! `<` that opens no tag of captions (`a < b`, `<3`, `List<Widget>`) is text here; there it is
//! dropped with its name, or swallows the rest of the caption.

use std::borrow::Cow;

use crate::captions::cue::{Captions, Span};
use crate::entity::unescape;
use crate::signs::suspect::Doubt;
use crate::turns::content::Content;

/// A piece of the text of a caption.
#[derive(Debug, PartialEq, Eq)]
enum Token<'p> {
    /// Speech, references resolved.
    Text(Cow<'p, str>),
    /// `<v Name>`.
    Voice(String),
    /// `</v>`.
    EndVoice,
    /// Any other tag.
    Tag,
}

/// Cuts the text of a caption into tokens.
fn tokens(payload: &str) -> Vec<Token<'_>> {
    // What may be a tag or not, such as the type `Option<B>`, is one where something is closed.
    let closed = payload.contains("</");
    let mut tokens = Vec::new();
    let mut text_from = 0;
    let mut at = 0;
    while let Some(found) = payload[at..].find(['<', '{']) {
        let open = at + found;
        let starts_line = payload[..open]
            .chars()
            .next_back()
            .is_none_or(|c| c == '\n');
        let Some((length, token)) = tag(&payload[open..], starts_line, closed) else {
            at = open + 1;
            continue;
        };
        if text_from < open {
            tokens.push(Token::Text(unescape(&payload[text_from..open])));
        }
        tokens.push(token);
        at = open + length;
        text_from = at;
    }
    if text_from < payload.len() {
        tokens.push(Token::Text(unescape(&payload[text_from..])));
    }
    tokens
}

/// A time or a place inside a caption is not longer than this.
const MAX_SHORT_TAG: usize = 32;
/// What a tag notes is not longer than this many bytes.
const MAX_TAG: usize = 400;
/// Tags that note something: a voice, a language, the looks of a font.
const NOTING: [&str; 3] = ["v", "lang", "font"];
/// Tags that note nothing, but for attributes such as `class="x"`.
const PLAIN: [&str; 6] = ["c", "i", "b", "u", "ruby", "rt"];

/// The tag that opens the text, and its length. The end of a caption closes a tag.
fn tag(text: &str, starts_line: bool, closed: bool) -> Option<(usize, Token<'_>)> {
    let window = &text.as_bytes()[..text.len().min(MAX_SHORT_TAG)];
    let closes = |sign: u8| window.iter().position(|&byte| byte == sign);
    if text.starts_with("{\\") {
        // `{\an8}`: where a subtitle stands, in SRT.
        return closes(b'}').map(|end| (end + 1, Token::Tag));
    }
    let inner = text.strip_prefix('<')?;
    if inner.starts_with(|c: char| c.is_ascii_digit()) {
        // `<00:00:01.000>`: when the next words are said.
        let end = closes(b'>').filter(|&end| is_time(text[1..end].trim()))?;
        return Some((end + 1, Token::Tag));
    }
    let name_from = usize::from(inner.starts_with('/'));
    let name_end = inner[name_from..]
        .find(|c: char| !c.is_ascii_alphabetic())
        .map_or(inner.len(), |at| name_from + at);
    let name = &inner[name_from..name_end];
    let is_known = |name: &str| NOTING.contains(&name) || PLAIN.contains(&name);
    if !(is_known(name) || closed && is_known(&name.to_ascii_lowercase())) {
        return None;
    }
    if !inner[name_end..].starts_with(['.', '>', '/', ' ', '\t', '\n']) && name_end < inner.len() {
        return None;
    }
    let window = &inner.as_bytes()[..inner.len().min(MAX_TAG)];
    let end = memchr::memchr(b'>', window);
    let length = end.map_or(text.len(), |end| end + 2);
    let inner = &inner[..end.unwrap_or(inner.len())];
    let note = inner[name_end..].trim();
    let notes = NOTING.iter().any(|tag| name.eq_ignore_ascii_case(tag));
    let is_tag = match end {
        // Nothing but the tag is left, or a voice that the caption closes: `<v It's a tree!`.
        None => note.is_empty() || name == "v" && starts_line && name_from == 0,
        // `if a <b and c> d` has two signs and no tag.
        Some(_) => {
            let is_plain = note.is_empty() || note.starts_with(['.', '/']) || note.contains('=');
            notes || is_plain || starts_line || closed
        }
    };
    if !is_tag {
        return None;
    }
    let token = match name_from {
        1 if name.eq_ignore_ascii_case("v") => Token::EndVoice,
        1 => Token::Tag,
        _ => start_tag(inner),
    };
    Some((length, token))
}

/// Whether a time stands in the tag: `00:01.000`, and not the heart of `<3>`.
fn is_time(inner: &str) -> bool {
    inner.contains(':')
        && inner
            .bytes()
            .all(|byte| byte.is_ascii_digit() || matches!(byte, b':' | b'.' | b','))
}

/// `v.loud Name`: the name of the tag, classes, and what the tag notes.
fn start_tag(inner: &str) -> Token<'static> {
    let end = inner
        .find(|c: char| c == '.' || c.is_whitespace())
        .unwrap_or(inner.len());
    if !inner[..end].eq_ignore_ascii_case("v") {
        return Token::Tag;
    }
    let note = inner
        .find(char::is_whitespace)
        .map_or("", |at| &inner[at..]);
    let note = unescape(note);
    Token::Voice(note.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// Puts the text of a caption, the first of whose lines is `first_line`, into the content and
/// returns what each voice says.
pub(crate) fn spans(payload: &str, first_line: u32, content: &mut Content) -> Vec<Span> {
    let mut reader = Reader {
        content,
        line: first_line,
        unfinished: String::new(),
        spans: Vec::new(),
        open: Span::default(),
    };
    for token in tokens(payload) {
        match token {
            Token::Text(text) => reader.text(&text),
            Token::Voice(name) => {
                reader.end_span();
                let range = reader.content.push_line(reader.line, &name);
                // A voice without a name is nobody's, and not the one before.
                let nobody = reader.content.text().len();
                reader.open.voice = Some(range.unwrap_or(nobody..nobody));
            }
            Token::EndVoice => {
                reader.open.closed = reader.open.voice.is_some();
                reader.end_span();
            }
            Token::Tag => {}
        }
    }
    reader.end_span();
    reader.spans
}

/// Adds lines to the last caption: what the standard drops, a record keeps. `doubt` says what is
/// doubtful about them, if anything is. Without a caption they are in none.
pub(crate) fn add_below(
    payload: &str,
    first_line: u32,
    doubt: Option<Doubt>,
    captions: &mut Captions,
) {
    let Some(cue) = captions.cues.last_mut() else {
        for (text, line) in payload.split('\n').zip(first_line..) {
            captions.add_stray(line, text);
        }
        return;
    };
    let from = captions.content.text().len();
    for span in spans(payload, first_line, &mut captions.content) {
        match cue.spans.last_mut() {
            Some(last) if span.voice.is_none() && !last.closed => last.lines.extend(span.lines),
            _ => cue.spans.push(span),
        }
    }
    let place = captions.content.trim(from..captions.content.text().len());
    captions.doubts.extend(place.zip(doubt));
}

struct Reader<'c> {
    content: &'c mut Content,
    line: u32,
    /// The line so far: tags inside it separate no words.
    unfinished: String,
    spans: Vec<Span>,
    open: Span,
}

impl Reader<'_> {
    fn text(&mut self, text: &str) {
        let mut lines = text.split('\n');
        self.unfinished.push_str(lines.next().unwrap_or(""));
        for line in lines {
            self.end_line();
            self.line = self.line.saturating_add(1);
            self.unfinished.push_str(line);
        }
    }

    fn end_line(&mut self) {
        let range = self.content.push_line(self.line, &self.unfinished);
        self.open.lines.extend(range);
        self.unfinished.clear();
    }

    fn end_span(&mut self) {
        self.end_line();
        let span = std::mem::take(&mut self.open);
        if span != Span::default() {
            self.spans.push(span);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Voices and lines of a caption.
    fn read(payload: &str) -> Vec<(String, Vec<String>)> {
        let mut content = Content::default();
        let spans = spans(payload, 1, &mut content);
        let shown = |range: &std::ops::Range<usize>| content.clean(range.clone());
        spans
            .iter()
            .map(|span| {
                let voice = span.voice.as_ref().map(shown).unwrap_or_default();
                (voice, span.lines.iter().map(shown).collect())
            })
            .collect()
    }

    fn one(voice: &str, lines: &[&str]) -> (String, Vec<String>) {
        let lines = lines.iter().map(|&line| line.to_owned()).collect();
        (voice.to_owned(), lines)
    }

    #[test]
    fn voices_are_told_apart_and_other_tags_dropped() {
        assert_eq!(
            read("<v.loud Mary>Hi <i>there</i>,\nQ&amp;A</v><v Roger  B.>Hm<00:00:01.000>m."),
            [
                one("Mary", &["Hi there,", "Q&A"]),
                one("Roger B.", &["Hmm."])
            ]
        );
        assert_eq!(
            read("<c.a.b><ruby>漢<rt>kan</rt></ruby></c>"),
            [one("", &["漢kan"])]
        );
        assert_eq!(
            read("{\\an8}<font color=\"#fff\">Up</font>"),
            [one("", &["Up"])]
        );
    }

    #[test]
    fn signs_that_open_no_tag_are_text() {
        for text in [
            "a < b and b > c",
            "I <3 you",
            "{x}",
            "a <= b",
            "a List<Widget> or an Option<i64> each",
            "a Vec<B> too",
            "called <details and it",
            "press <Enter>, </end> or <>",
            "and then <.... unclear",
            "<- here",
            "if a <b and c> d",
            "<3>",
            "<Anna> hello",
        ] {
            assert_eq!(read(text), [one("", &[text])]);
        }
    }

    #[test]
    fn the_end_of_a_caption_closes_a_tag() {
        assert_eq!(read("<v It's a tree!"), [one("It's a tree!", &[])]);
        assert_eq!(read("text <i"), [one("", &["text"])]);
    }
}
