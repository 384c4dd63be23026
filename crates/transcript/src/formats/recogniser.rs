//! The JSON of speech recognisers: one reader, driven by a table of where texts, words, times and
//! speakers stand (`recogniser/table.rs`).
//!
//! A file is known by its keys. What is printed as text is kept as printed; words give it times and
//! speakers, and speakers that stand apart are laid over the words by time. Alternatives after the
//! first, confidences and the like are no text.

mod keys;
mod overlay;
mod path;
mod phrases;
mod printed;
mod table;
mod voices;

use std::borrow::Cow;

use serde_json::Error;
use turnsearch_model::Field;

use crate::captions::cue::{Captions, Said};
use crate::captions::events::is_sentence_end;
use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;

pub(crate) use keys::Keys;
use overlay::Overlay;
pub(crate) use path::{Lines, steps};
use path::{Node, Raw, Source, Step};
use phrases::{Between, Phrases, Times, Unit};
use table::{Fields, Form, LANGUAGES, List, TABLE};
use voices::{Voice, Voices};

/// A piece that is not longer, in bytes, is one phrase if one person says all of it.
const SHORT: usize = 300;
/// A text that is not longer, in bytes, may be a part of a word.
const TOKEN: usize = 24;

/// Whether the keys are those of a recogniser.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    matches!(bytes.first(), Some(b'{' | b'[')) && Form::of(&Keys::read(bytes)).next().is_some()
}

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    captions(input.text()?).map(Shape::Captions)
}

fn captions(text: &str) -> Result<Captions, Fault> {
    let (keys, error) = Keys::read_all(text.as_bytes());
    let name = Form::of(&keys)
        .next()
        .map_or("a recogniser", |form| form.row.name);
    let source = Source { text, name };
    let root = match error {
        Some(error) => Err(error),
        None => serde_json::from_str(text),
    };
    let root: Raw =
        root.map_err(|error| Fault::json(1, &error, &format!("expected the JSON of {name}")))?;
    for form in Form::of(&keys) {
        let mut reading = Reading::new(source, &keys, form);
        reading.spans(root)?;
        reading.pieces(root)?;
        if !reading.phrases.done.is_empty() {
            let mut captions = reading.finish();
            captions.meta[Field::Language] = language(source, root, form)?;
            return Ok(captions);
        }
    }
    let mut names: Vec<&str> = TABLE.iter().map(|row| row.name).collect();
    names.sort_unstable();
    names.dedup();
    Err(Fault::at(
        1,
        format!(
            "no words with times that a recogniser wrote; known is the JSON of {}",
            names.join(", ")
        ),
    ))
}

/// The language, if it is stated by its tag.
fn language(source: Source, root: Raw, form: Form) -> Result<Option<String>, Fault> {
    let wrong = |error| source.fault(root, &error);
    for way in LANGUAGES {
        let node = Node::read(root).map_err(wrong)?;
        for way in [steps(way), form.way(way)] {
            let Some(raw) = node.at(&way).map_err(wrong)? else {
                continue;
            };
            let tag = path::tag(raw).unwrap_or_default();
            let first = tag.split(['-', '_']).next().unwrap_or_default();
            let is_tag = matches!(first.len(), 2 | 3)
                && tag
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b"-_".contains(&b));
            if is_tag {
                return Ok(Some(tag.into_owned()));
            }
        }
    }
    Ok(None)
}

/// The ways of [`Fields`], with the steps of each.
struct Ways {
    text: Vec<Vec<Step>>,
    start: Vec<(Vec<Step>, path::Unit)>,
    end: Vec<(Vec<Step>, path::Unit)>,
    length: Vec<(Vec<Step>, path::Unit)>,
    speaker: Vec<Vec<Step>>,
    attached: Vec<Vec<Step>>,
    unset: &'static str,
}

impl Ways {
    fn of(fields: &Fields) -> Ways {
        let plain = |ways: table::Ways| ways.iter().map(|way| steps(way)).collect();
        let timed = |ways: table::Times| {
            let ways = ways.iter();
            ways.map(|(way, unit)| (steps(way), *unit)).collect()
        };
        Ways {
            text: plain(fields.text),
            start: timed(fields.start),
            end: timed(fields.end),
            length: timed(fields.length),
            speaker: plain(fields.speaker),
            attached: plain(fields.attached),
            unset: fields.unset,
        }
    }

    /// The first text that is not blank.
    fn text<'a>(&self, node: &Node<'a>) -> Result<Option<Cow<'a, str>>, Error> {
        let mut blank = None;
        for way in &self.text {
            if let Some(raw) = node.at(way)? {
                let text = path::text(raw)?;
                if !text.trim().is_empty() {
                    return Ok(Some(text));
                }
                blank = Some(text);
            }
        }
        Ok(blank)
    }

    fn times(&self, node: &Node) -> Result<Times, Error> {
        let first = |ways: &[(Vec<Step>, path::Unit)]| {
            for (way, unit) in ways {
                if let Some(raw) = node.at(way)? {
                    return path::time(raw, *unit);
                }
            }
            Ok(None)
        };
        let start = first(&self.start)?;
        let end = match first(&self.end)? {
            None => first(&self.length)?
                .zip(start)
                .map(|(length, start)| start.saturating_add(length)),
            end => end,
        };
        Ok(Times { start, end })
    }

    fn voice(&self, node: &Node, voices: &mut Voices) -> Result<Voice, Error> {
        for way in &self.speaker {
            if let Some(raw) = node.at(way)? {
                let tag = path::tag(raw)?;
                if tag != self.unset {
                    return Ok(voices.voice(&tag));
                }
            }
        }
        Ok(Voice::Unstated)
    }

    /// Whether it belongs to what stands before.
    fn is_attached(&self, node: &Node) -> Result<bool, Error> {
        for way in &self.attached {
            if let Some(raw) = node.at(way)? {
                let tag = path::tag(raw)?;
                if matches!(&*tag, "punctuation" | "previous" | "both") {
                    return Ok(true);
                }
            }
        }
        Ok(false)
    }
}

/// No time: a recording is not as long as that.
const NO_TIME: u32 = u32::MAX;

/// A word, small since there are many.
struct Word {
    /// Where it ends in the text of all words of its piece.
    end: u32,
    start_ms: u32,
    end_ms: u32,
    voice: Voice,
    line: u32,
    attached: bool,
}

impl Word {
    fn times(&self) -> Times {
        let time = |ms: u32| (ms != NO_TIME).then_some(u64::from(ms));
        Times {
            start: time(self.start_ms),
            end: time(self.end_ms),
        }
    }
}

fn small(time: Option<u64>) -> u32 {
    let small = |time| u32::try_from(time).unwrap_or(NO_TIME - 1).min(NO_TIME - 1);
    time.map_or(NO_TIME, small)
}

/// A file while it is read as one of the forms.
struct Reading<'a> {
    source: Source<'a>,
    form: Form,
    piece: Ways,
    words: Option<(Ways, Vec<Step>)>,
    /// Whether pieces have texts of their own.
    pieces_have_texts: bool,
    /// Whether words state who says them.
    words_have_voices: bool,
    lines: Lines<'a>,
    voices: Voices,
    overlay: Overlay,
    phrases: Phrases,
    /// Pieces have their blanks with them.
    blanks: bool,
    /// The piece before is one word or less, and ends no sentence.
    after_token: bool,
    /// The words of the piece, and their texts.
    said: Vec<Word>,
    text: String,
}

impl<'a> Reading<'a> {
    fn new(source: Source<'a>, keys: &Keys, form: Form) -> Self {
        let row = form.row;
        let has_voices =
            |words: &List| form.has(keys, words, row.pieces.each, words.fields.speaker.to_vec());
        let texts = row.pieces.fields.text.to_vec();
        Reading {
            source: Source {
                name: row.name,
                ..source
            },
            form,
            piece: Ways::of(&row.pieces.fields),
            words: row
                .words
                .as_ref()
                .map(|words| (Ways::of(&words.fields), steps(words.each))),
            pieces_have_texts: form.has(keys, &row.pieces, "", texts),
            words_have_voices: row.words.as_ref().is_some_and(has_voices),
            lines: Lines::new(source.text),
            voices: Voices::default(),
            overlay: Overlay::default(),
            phrases: Phrases::default(),
            blanks: false,
            after_token: false,
            said: Vec::new(),
            text: String::new(),
        }
    }

    /// Reads what stands apart from the pieces: the names of speakers, and who speaks when.
    fn spans(&mut self, root: Raw<'a>) -> Result<(), Fault> {
        let source = self.source;
        let voices = &mut self.voices;
        if let Some(names) = &self.form.row.names {
            let ways = Ways::of(&names.fields);
            source.each(root, &self.form.way(names.each), &mut |raw| {
                let mut name = || {
                    let node = Node::read(raw)?;
                    if let Some(name) = ways.text(&node)? {
                        let voice = ways.voice(&node, voices)?;
                        voices.rename(voice, &name);
                    }
                    Ok(())
                };
                name().map_err(|error| source.fault(raw, &error))
            })?;
        }
        let Some(list) = &self.form.row.spans else {
            return Ok(());
        };
        let ways = Ways::of(&list.fields);
        let mut spans = Vec::new();
        source.each(root, &self.form.way(list.each), &mut |raw| {
            let mut span = || {
                let node = Node::read(raw)?;
                let (times, voice) = (ways.times(&node)?, ways.voice(&node, voices)?);
                if let (Some(start), true) = (times.start, voice != Voice::Unstated) {
                    spans.push((start, times.end.unwrap_or(start), voice));
                }
                Ok(())
            };
            span().map_err(|error| source.fault(raw, &error))
        })?;
        self.overlay = Overlay::new(spans);
        Ok(())
    }

    fn pieces(&mut self, root: Raw<'a>) -> Result<(), Fault> {
        let source = self.source;
        let way = self.form.way(self.form.row.pieces.each);
        source.each(root, &way, &mut |raw| self.piece(raw))?;
        self.phrases.close();
        Ok(())
    }

    fn piece(&mut self, raw: Raw<'a>) -> Result<(), Fault> {
        let source = self.source;
        let line = self.lines.line_of(raw.get());
        let mut piece = || {
            let node = Node::read(raw)?;
            let text = self.piece.text(&node)?;
            let times = self.piece.times(&node)?;
            Ok((text, times, self.piece.voice(&node, &mut self.voices)?))
        };
        let (text, times, voice) = piece().map_err(|error| source.fault(raw, &error))?;
        let text = text.filter(|text| !text.trim().is_empty());
        let whole = Unit {
            text: text.as_deref().unwrap_or_default(),
            times,
            voice,
            line,
            between: Between::Piece,
        };
        // Some list what a piece lacks, such as speakers, without a text of their own.
        if text.is_none() && self.pieces_have_texts && !self.overlay.is_empty() {
            return Ok(());
        }
        let needs_words = text.is_none()
            || self.words_have_voices
            || !self.overlay.is_empty()
            || times.start.is_none()
            || whole.text.len() > SHORT;
        self.said.clear();
        self.text.clear();
        if needs_words {
            self.read_words(raw, voice)?;
        }
        if text.is_none() {
            self.add_words(whole);
        } else if self.said.is_empty() || self.is_one(whole) {
            let voice = self.said.first().map_or(voice, |word| word.voice);
            self.add_piece(Unit { voice, ..whole });
        } else {
            self.add_parts(whole);
        }
        Ok(())
    }

    /// Whether a piece can stay whole: one person says it, and it is short.
    fn is_one(&self, piece: Unit) -> bool {
        let mut voices = self.said.iter().map(|word| word.voice);
        let first = voices.next();
        piece.times.start.is_some()
            && piece.text.len() <= SHORT
            && voices.all(|voice| Some(voice) == first)
    }

    /// Reads the words of a piece that is said by `of_piece` where they say nothing else.
    fn read_words(&mut self, raw: Raw<'a>, of_piece: Voice) -> Result<(), Fault> {
        let Some((ways, way)) = &self.words else {
            return Ok(());
        };
        let source = self.source;
        let (said, text, lines) = (&mut self.said, &mut self.text, &mut self.lines);
        let (voices, overlay) = (&mut self.voices, &self.overlay);
        let mut before = of_piece;
        source.each(raw, way, &mut |raw| {
            let mut word = || {
                let node = Node::read(raw)?;
                let Some(printed) = ways.text(&node)? else {
                    return Ok(());
                };
                text.push_str(&printed);
                let times = ways.times(&node)?;
                let own = ways.voice(&node, voices)?;
                let voice = own.or(match times.start {
                    // A mark without a time belongs to whoever said the word before it.
                    None => before,
                    Some(start) if !overlay.is_empty() => {
                        overlay.voice(start, times.end.unwrap_or(start))
                    }
                    Some(_) => of_piece,
                });
                before = voice;
                said.push(Word {
                    end: u32::try_from(text.len()).unwrap_or(u32::MAX),
                    start_ms: small(times.start),
                    end_ms: small(times.end),
                    voice,
                    line: lines.line_of(raw.get()),
                    attached: ways.is_attached(&node)?,
                });
                Ok(())
            };
            word().map_err(|error| source.fault(raw, &error))
        })
    }

    /// Adds a piece whose text is its own, with one voice.
    fn add_piece(&mut self, piece: Unit) {
        let between = self.between_pieces(piece.text);
        self.phrases.add(Unit { between, ..piece });
    }

    /// What belongs before a piece. Texts that have their blanks with them are parts of words where
    /// there is none; but some files cut whole sentences out of such texts.
    fn between_pieces(&mut self, text: &str) -> Between {
        if !self.form.row.pieces.blanks {
            return Between::Piece;
        }
        let is_part = self.after_token
            && if self.blanks {
                !begins_sentence(text)
            } else {
                text.len() <= TOKEN
            };
        let opens = text.starts_with(char::is_whitespace);
        self.blanks |= opens;
        let was_token = std::mem::replace(&mut self.after_token, is_token(text));
        match (is_part && !opens, was_token && is_token(text)) {
            (true, _) if self.blanks => Between::Nothing,
            (true, _) | (false, true) => Between::Word,
            (false, false) => Between::Piece,
        }
    }

    /// Adds a piece that has no text but its words.
    fn add_words(&mut self, piece: Unit) {
        let blanks = self
            .form
            .row
            .words
            .as_ref()
            .is_some_and(|words| words.blanks);
        let mut from = 0;
        let mut between = Between::Piece;
        for word in &self.said {
            let end = word.end as usize;
            let mut times = word.times();
            if between == Between::Piece {
                times.start = times.start.or(piece.times.start);
            }
            times.end = times
                .end
                .or(piece.times.end.filter(|_| times.start.is_some()));
            self.phrases.add(Unit {
                text: self.text.get(from..end).unwrap_or_default(),
                times,
                voice: word.voice,
                line: word.line,
                between: if word.attached {
                    Between::Nothing
                } else {
                    between
                },
            });
            from = end;
            between = if blanks {
                Between::Nothing
            } else {
                Between::Word
            };
        }
    }

    /// Adds the text of a piece, cut where its words have other speakers or end a sentence.
    fn add_parts(&mut self, piece: Unit) {
        let ends = self.said.iter().map(|word| word.end as usize);
        let starts = std::iter::once(0).chain(ends.clone());
        let words = starts
            .zip(ends)
            .map(|(start, end)| self.text.get(start..end).unwrap_or_default());
        let Some(parts) = printed::parts(piece.text, words) else {
            // The text is not that of the words. Who says what is known of the words alone.
            let first = self.said.first().map(|word| word.voice);
            if self.said.iter().any(|word| Some(word.voice) != first) {
                self.add_words(piece);
            } else {
                let voice = first.unwrap_or(piece.voice);
                let times = piece.times.or(self.times());
                self.add_piece(Unit {
                    voice,
                    times,
                    ..piece
                });
            }
            return;
        };
        let mut between = Between::Piece;
        for part in parts {
            let word = part.word.and_then(|index| self.said.get(index));
            let mut times = word.map_or_else(Times::default, Word::times);
            if between == Between::Piece {
                times.start = times.start.or(piece.times.start);
            }
            self.phrases.add(Unit {
                text: &piece.text[part.range],
                times,
                voice: word.map_or(piece.voice, |word| word.voice),
                line: word.map_or(piece.line, |word| word.line),
                between,
            });
            between = Between::Nothing;
        }
    }

    /// From the first to the last word.
    fn times(&self) -> Times {
        Times {
            start: self.said.iter().find_map(|word| word.times().start),
            end: self.said.iter().rev().find_map(|word| word.times().end),
        }
    }

    fn finish(self) -> Captions {
        let Phrases { text, mut done, .. } = self.phrases;
        if self.form.row.sorted {
            done.sort_by_key(|phrase| phrase.times.start);
        }
        let mut captions = Captions {
            voice_each: true,
            ..Captions::default()
        };
        for phrase in done {
            captions.add_said(Said {
                line: phrase.line,
                voice: self.voices.name(phrase.voice),
                lines: std::iter::once(&text[phrase.text]),
                start_ms: phrase.times.start,
                end_ms: phrase.times.end,
            });
        }
        captions
    }
}

/// Whether a text is one word or less, and ends no sentence.
fn is_token(text: &str) -> bool {
    let text = text.trim();
    text.len() <= TOKEN && !text.contains(char::is_whitespace) && !is_sentence_end(text)
}

/// Whether a text opens as a sentence does: with more than a letter, and not with a small one.
fn begins_sentence(text: &str) -> bool {
    let mut chars = text.chars();
    let first = chars.next();
    first.is_some_and(|c| c.is_alphabetic() && !c.is_lowercase())
        && chars.next().is_some_and(char::is_alphabetic)
}
