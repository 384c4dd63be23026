//! Web pages: minutes, the transcripts of podcasts, the records of W3C's scribes and of SayIt.
//!
//! The tokens of the page become paragraphs with hints. No tree is built of them, so no depth of
//! nesting can exhaust the stack.

mod outline;
mod statements;
mod tags;

use std::cell::RefCell;

use html5ever::TokenizerResult;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};

use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::formats::sniff;

use outline::Outline;

/// Characters that are handed to the tokenizer at a time.
const PIECE: usize = 64 * 1024;
/// How pages begin.
const OPENINGS: [&str; 2] = ["<!doctype html", "<html"];

/// Whether the bytes begin like a page.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    let begins = |opening: &str| {
        let head = bytes.get(..opening.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(opening.as_bytes()))
    };
    OPENINGS.into_iter().any(begins) || sniff::is_xml(bytes, &["html"])
}

/// Reads a page.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    let text = input.text()?;
    tags::check(text)?;
    let tokenizer = Tokenizer::new(Sink(RefCell::new(Outline::default())), Default::default());
    let mut rest = text;
    while !rest.is_empty() {
        let mut end = PIECE.min(rest.len());
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let (piece, after) = rest.split_at(end);
        rest = after;
        feed(&tokenizer, piece);
    }
    tokenizer.end();
    let outline = tokenizer.sink.0.into_inner();
    Ok(Shape::Lines(outline.finish()?))
}

fn feed(tokenizer: &Tokenizer<Sink>, piece: &str) {
    let queue = BufferQueue::default();
    queue.push_back(StrTendril::from(piece));
    while !matches!(tokenizer.feed(&queue), TokenizerResult::Done) {}
}

/// Takes tokens.
struct Sink(RefCell<Outline>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, line: u64) -> TokenSinkResult<()> {
        let mut outline = self.0.borrow_mut();
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        match token {
            Token::CharacterTokens(text) => outline.text(&text, line),
            Token::TagToken(tag) if tag.kind == TagKind::StartTag => {
                outline.open(&tag, line);
                return raw(&tag);
            }
            Token::TagToken(tag) => outline.close(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

/// How what stands in an element is read, where it is no markup.
fn raw(tag: &Tag) -> TokenSinkResult<()> {
    TokenSinkResult::RawData(match &*tag.name {
        _ if tag.self_closing => return TokenSinkResult::Continue,
        "title" | "textarea" => RawKind::Rcdata,
        "style" | "xmp" | "iframe" | "noembed" | "noframes" => RawKind::Rawtext,
        "script" => RawKind::ScriptData,
        "plaintext" => return TokenSinkResult::Plaintext,
        _ => return TokenSinkResult::Continue,
    })
}
