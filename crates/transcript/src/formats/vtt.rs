//! WebVTT: blocks, time lines, header.
//!
//! Blocks are collected as the standard says ("WebVTT parser algorithm"); the conformance cases of
//! vtt.js are checked in the tests. Crates that parse WebVTT return neither lines nor voices, or
//! stop at what the standard allows, so this is an own reader. Where the standard drops what is
//! broken without a word, it is kept here and listed, for a record must not lose speech in silence:
//! times without minutes or with commas, lines with an arrow in speech, text below a blank line.
//! A file that ends in a time line was cut off, which is an error.

use turnsearch_model::Field;

use crate::captions::cue::{Captions, Cue};
use crate::captions::file::{
    ARROW, Arrow, FileLine, arrow, arrow_times, arrow_times_inside, begins_times, broken_times,
    file_lines, half_caption,
};
use crate::captions::opening::doubt_arrows;
use crate::captions::payload;
use crate::fault::Fault;
use crate::formats::input::Input;
use crate::formats::shape::Shape;
use crate::signs::suspect::Doubt;
use crate::turns::furniture::Reason;

/// The word that opens every file.
const SIGNATURE: &str = "WEBVTT";
/// How a time line is written.
const TIMES: &str = "00:00:01.000 --> 00:00:02.500";

/// Whether the signature opens the source.
pub(crate) fn sniff(bytes: &[u8]) -> bool {
    bytes
        .strip_prefix(SIGNATURE.as_bytes())
        .is_some_and(|rest| matches!(rest.first(), None | Some(b' ' | b'\t' | b'\n' | b'\r')))
}

/// What stands between two blank lines.
#[derive(Debug)]
enum Block<'a> {
    Cue(RawCue<'a>),
    /// `NOTE`, `STYLE`, `REGION` and anything else, with its first word.
    Other(Vec<FileLine<'a>>),
}

/// A caption as it stands in the file.
#[derive(Debug)]
struct RawCue<'a> {
    id: Option<FileLine<'a>>,
    times: FileLine<'a>,
    read: Read,
    start_ms: u64,
    end_ms: u64,
    lines: Vec<FileLine<'a>>,
    /// No blank line stands before it.
    glued: bool,
}

/// How a time line could be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Read {
    /// As the standard says.
    Strictly,
    /// Its times are clear, and not those of the standard.
    Loosely,
    /// It cannot be read.
    Not,
}

/// Reads a file.
pub(crate) fn read<'i>(input: &'i Input) -> Result<Shape<'i>, Fault> {
    captions(input.text()?).map(Shape::Captions)
}

fn captions(text: &str) -> Result<Captions, Fault> {
    let text = text.trim_start();
    let is_signed = sniff(text.as_bytes());
    let lines = file_lines(text);
    // One time line may stand in any text; several make captions, whatever stands above.
    let timed = lines.iter().filter(|line| arrow_times(line.text).is_some());
    if !is_signed && timed.take(2).count() < 2 {
        let problem = "the first line is not `WEBVTT`; add it, or read the file as another format";
        return Err(Fault::at(1, problem));
    }
    let mut captions = Captions::default();
    let body = if is_signed {
        header(&lines, &mut captions)
    } else {
        0
    };
    let mut blocks = blocks(&lines[body..]);
    give_identifiers(&mut blocks);
    if let Some(fault) = cut_off(&lines, &blocks) {
        return Err(fault);
    }
    captions.apart = texts_stand_apart(&blocks);
    for block in &blocks {
        match block {
            Block::Cue(cue) => add_cue(cue, &mut captions),
            Block::Other(lines) => add_other(lines, &mut captions),
        }
    }
    Ok(captions)
}

/// What is wrong with a file that ends in a time line, or right after one.
fn cut_off(lines: &[FileLine], blocks: &[Block]) -> Option<Fault> {
    let last = lines.iter().rev().find(|line| !line.is_blank())?;
    match blocks.last()? {
        Block::Cue(cue) if cue.times.number == last.number => {
            let broken = blocks.iter().find_map(|block| match block {
                Block::Cue(cue) if cue.read == Read::Not => Some(cue.times),
                _ => None,
            });
            Some(match broken.filter(|_| cue.read == Read::Not) {
                Some(broken) => broken_times(broken, TIMES),
                None => half_caption(cue.times),
            })
        }
        Block::Other(lines) => {
            let line = lines.last().filter(|line| begins_times(line.text))?;
            Some(half_caption(*line))
        }
        Block::Cue(_) => None,
    }
}

/// Without blank lines between captions, an identifier looks like the last line of the text above
/// it. It is one if the first caption of the file has one of the same kind.
fn give_identifiers(blocks: &mut [Block]) {
    let first = blocks.iter().find_map(|block| match block {
        Block::Cue(cue) => Some(cue.id),
        Block::Other(_) => None,
    });
    let Some(first) = first.flatten().and_then(|id| kind_of_identifier(id.text)) else {
        return;
    };
    for at in 1..blocks.len() {
        let (before, after) = blocks.split_at_mut(at);
        if let (Some(Block::Cue(before)), Some(Block::Cue(cue))) =
            (before.last_mut(), after.first_mut())
            && cue.glued
            && cue.id.is_none()
            && let Some(last) = before.lines.last()
            && kind_of_identifier(last.text) == Some(first)
        {
            cue.id = before.lines.pop();
        }
    }
}

/// Whether a number, or a word with digits in it; nothing for what may be speech.
fn kind_of_identifier(line: &str) -> Option<bool> {
    let line = line.trim();
    let digits = line.bytes().filter(u8::is_ascii_digit).count();
    (digits > 0 && !line.contains(char::is_whitespace)).then_some(digits == line.len())
}

/// Whether blank lines stand between the time lines and their texts throughout, as in what Teams
/// writes where it names nobody.
fn texts_stand_apart(blocks: &[Block]) -> bool {
    let empty = |block: &Block| matches!(block, Block::Cue(cue) if cue.lines.is_empty());
    let apart = blocks
        .windows(2)
        .filter(|pair| empty(&pair[0]) && matches!(pair[1], Block::Other(_)))
        .count();
    let cues = blocks
        .iter()
        .filter(|block| matches!(block, Block::Cue(_)))
        .count();
    apart > 0 && apart * 2 >= cues
}

/// The signature, the title after it, and `Key: value` lines; returns where the blocks begin.
fn header(lines: &[FileLine], captions: &mut Captions) -> usize {
    let end = lines
        .iter()
        .position(|line| line.text.is_empty() || line.text.contains(ARROW))
        .unwrap_or(lines.len());
    for (index, line) in lines[..end].iter().enumerate() {
        captions.add_furniture(line.number, line.text, Reason::Metadata);
        if index == 0 {
            let title = line.text[SIGNATURE.len()..]
                .trim()
                .trim_start_matches(['-', '–', ' ']);
            captions.meta[Field::Title] = (!title.is_empty()).then(|| title.to_owned());
        } else if let Some((key, value)) = line.text.split_once(':') {
            metadata(key, value.trim(), captions);
        }
    }
    end
}

/// A `Key: value` of the header or of a comment, where the key is known.
fn metadata(key: &str, value: &str, captions: &mut Captions) {
    let meta = &mut captions.meta;
    let slot = match key.trim().to_ascii_lowercase().as_str() {
        "language" | "lang" => &mut meta[Field::Language],
        "title" => &mut meta[Field::Title],
        "date" => &mut meta[Field::Date],
        "place" => &mut meta[Field::Place],
        "url" => &mut meta[Field::Url],
        "media" => &mut meta[Field::Media],
        _ => return,
    };
    if !value.is_empty() {
        *slot = Some(value.to_owned());
    }
}

fn add_cue(cue: &RawCue, captions: &mut Captions) {
    if let Some(id) = cue.id {
        captions.add_furniture(id.number, id.text, Reason::Identifier);
    }
    let from = captions.content.text().len();
    captions.add_furniture(cue.times.number, cue.times.text, Reason::Timing);
    if cue.read == Read::Not {
        let place = captions.content.trim(from..captions.content.text().len());
        let doubt = place.map(|place| (place, Doubt::BrokenTimes));
        captions.doubts.extend(doubt);
    }
    let first = cue
        .lines
        .first()
        .map_or(cue.times.number, |line| line.number);
    captions.cues.push(Cue {
        timed: cue.read != Read::Not,
        start_ms: cue.start_ms,
        end_ms: cue.end_ms,
        spans: payload::spans(&cue.text(), first, &mut captions.content),
    });
    doubt_arrows(captions);
}

fn add_other(lines: &[FileLine], captions: &mut Captions) {
    let word = lines
        .first()
        .and_then(|line| line.text.split_whitespace().next());
    let reason = match word {
        Some("NOTE") => Reason::Comment,
        Some("STYLE" | "REGION" | "Region:") => Reason::Markup,
        _ => {
            add_stray_block(lines, captions);
            return;
        }
    };
    for line in lines {
        captions.add_furniture(line.number, line.text, reason);
    }
}

/// What is outside every caption: the text of the one above, which a blank line cut, or an
/// identifier that lost its caption.
fn add_stray_block(lines: &[FileLine], captions: &mut Captions) {
    let is_identifier = |line: &FileLine| kind_of_identifier(line.text).is_some();
    match lines {
        [] => {}
        [only] if !captions.apart && is_identifier(only) => {
            captions.add_stray(only.number, only.text);
        }
        [first, ..] => {
            let doubt = (!captions.apart).then_some(Doubt::OutsideCaption);
            payload::add_below(&text_of(lines), first.number, doubt, captions);
        }
    }
}

/// Lines as one text.
fn text_of(lines: &[FileLine]) -> String {
    let lines: Vec<&str> = lines.iter().map(|line| line.text).collect();
    lines.join("\n")
}

impl RawCue<'_> {
    /// The text with its tags.
    fn text(&self) -> String {
        text_of(&self.lines)
    }
}

/// Cuts the lines below the header into blocks.
fn blocks<'a>(lines: &[FileLine<'a>]) -> Vec<Block<'a>> {
    let mut blocks = Vec::new();
    let mut at = 0;
    while at < lines.len() {
        if lines[at].text.is_empty() {
            at += 1;
            continue;
        }
        let (block, next) = block(lines, at);
        blocks.push(block);
        at = next;
    }
    blocks
}

/// The block that begins here, and where the next one can. A time line opens a caption in the
/// first two lines of a block, and a second one opens the next. Other lines with arrows are text,
/// where the standard ends the block.
fn block<'a>(lines: &[FileLine<'a>], start: usize) -> (Block<'a>, usize) {
    let is_open = |at: usize| lines.get(at).is_some_and(|line| !line.text.is_empty());
    let times = (start..start + 2).find_map(|at| {
        let line = lines.get(at).filter(|_| is_open(at))?;
        Some((at, time_line(line.text)?))
    });
    let from = times.map_or(start, |(times, _)| times + 1);
    let is_next = |at: usize| times.is_some() && arrow_times_inside(lines[at].text).is_some();
    let end = (from..lines.len())
        .find(|&at| !is_open(at) || is_next(at))
        .unwrap_or(lines.len());
    let block = match times {
        None => Block::Other(lines[start..end].to_vec()),
        Some((times, (read, (start_ms, end_ms)))) => Block::Cue(RawCue {
            id: (times > start).then(|| lines[start]),
            times: lines[times],
            read,
            start_ms,
            end_ms,
            lines: lines[from..end].to_vec(),
            glued: start > 0 && is_open(start - 1),
        }),
    };
    (block, end)
}

/// The times of a line that opens a caption.
fn time_line(line: &str) -> Option<(Read, (u64, u64))> {
    if !line.contains(ARROW) {
        return None;
    }
    let strictly = parse_times(line).map(|times| (Read::Strictly, times));
    let loosely = || arrow_times(line).map(|times| (Read::Loosely, times));
    strictly.or_else(loosely).or_else(|| match arrow(line) {
        Arrow::Broken(start) => {
            let start = start.unwrap_or_default();
            Some((Read::Not, (start, start)))
        }
        Arrow::Speech => None,
    })
}

/// `00:01.000 --> 00:02.000 align:start`: both times in milliseconds. Settings mean nothing here.
fn parse_times(line: &str) -> Option<(u64, u64)> {
    let (start, rest) = line.split_once(ARROW)?;
    let rest = rest.trim_start_matches(BLANKS);
    let end = rest.find(|c: char| !c.is_ascii_digit() && c != ':' && c != '.');
    let end = &rest[..end.unwrap_or(rest.len())];
    Some((timestamp(start.trim_matches(BLANKS))?, timestamp(end)?))
}

/// White space of the standard.
const BLANKS: [char; 3] = [' ', '\t', '\u{c}'];

/// `[hours:]mm:ss.ttt`.
fn timestamp(text: &str) -> Option<u64> {
    let (clock, fraction) = text.split_once('.')?;
    let parts: Vec<&str> = clock.split(':').collect();
    let (hours, minutes, seconds) = match parts[..] {
        [minutes, seconds] => ("00", minutes, seconds),
        [hours, minutes, seconds] => (hours, minutes, seconds),
        _ => return None,
    };
    let number = |text: &str, length: Option<usize>| {
        let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let fits = length.is_none_or(|length| text.len() == length);
        text.parse::<u64>().ok().filter(|_| digits && fits)
    };
    let minutes = number(minutes, Some(2)).filter(|&minutes| minutes < 60)?;
    let seconds = number(seconds, Some(2)).filter(|&seconds| seconds < 60)?;
    let hours = number(hours, None)?;
    let fraction = number(fraction, Some(3))?;
    hours
        .checked_mul(60)?
        .checked_add(minutes)?
        .checked_mul(60_000)?
        .checked_add(seconds * 1000 + fraction)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_the_standard_says() {
        assert_eq!(
            parse_times("00:01.000 --> 01:00:02.500"),
            Some((1000, 3_602_500))
        );
        assert_eq!(
            parse_times("\t100:00:00.000-->100:00:01.000 a:b"),
            Some((360_000_000, 360_001_000))
        );
        for broken in [
            "00:01 --> 00:02.000",
            "00:60.000 --> 01:00.000",
            "0:01.000 --> 0:02.000",
            "00:01,000 --> 00:02,000",
            "--> 00:02.000",
        ] {
            assert_eq!(parse_times(broken), None, "{broken}");
        }
    }

    #[test]
    fn blocks_of_every_kind_are_told_apart() {
        let text = "WEBVTT - Week\nLanguage: en\n\nNOTE a\nb\n\nSTYLE\n::cue {}\n\nid 1\n\
                    00:01.000 --> 00:02.000 align:start\n<v Jo>Hi\nthere\n\n00:03.000 --> 00:04.000\n\nstray\n\n00:05.000 --> 00:06.000\nEnd\n";
        let captions = captions(text).expect("WebVTT");
        assert_eq!(captions.meta[Field::Title].as_deref(), Some("Week"));
        assert_eq!(captions.meta[Field::Language].as_deref(), Some("en"));
        assert_eq!(captions.cues.len(), 3);
        assert_eq!(captions.cues[0].spans[0].lines.len(), 2);
        // What stands below the second caption is its text.
        assert_eq!(captions.cues[1].spans[0].lines.len(), 1);
        assert_eq!(captions.doubts[0].1, Doubt::OutsideCaption);
        let reasons: Vec<Reason> = captions
            .furniture
            .iter()
            .map(|(_, reason)| *reason)
            .collect();
        use Reason::{Comment, Identifier, Markup, Metadata, Timing};
        assert_eq!(
            reasons,
            [
                Metadata, Metadata, Comment, Comment, Markup, Markup, Identifier, Timing, Timing,
                Timing
            ]
        );
    }

    #[test]
    fn half_a_caption_is_named_with_its_line() {
        for (text, (wrong, word)) in [
            (
                "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n\n00:03.000 --> 00:0",
                (6, "is no time line"),
            ),
            (
                "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n\n00:03.000 --> 00:04.000\n",
                (6, "cut off"),
            ),
            ("00:01.000 --> 00:02.000\nHi\n", (1, "WEBVTT")),
        ] {
            let fault = captions(text).expect_err(text);
            assert!(
                matches!(&fault, Fault::Syntax { line, problem } if *line == wrong && problem.contains(word)),
                "{fault:?}"
            );
        }
    }
}

#[cfg(test)]
mod conformance;
