//! The audit: every character of the source against every character of the output.
//!
//! This does not ask the parser what it did. It walks the source character by character, beside
//! the furniture (each piece at its place) and the turns (in their order), and whatever does not
//! meet is lost or invented. White space is left aside throughout, and a precomposed character
//! meets its parts.

use turnsearch_model::Turn;
use unicode_normalization::char::decompose_canonical;

use crate::turns::furniture::Furniture;

/// How far ahead the walk looks for a place where source and output meet again.
const WINDOW: usize = 4096;
/// How many characters must agree there.
const AGREE: usize = 8;
/// After this many differences the rest is counted as it stands.
const MAX_DIFFERENCES: usize = 256;

/// Characters that are not white space, by where they went.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Account {
    /// Characters of the source.
    pub characters: usize,
    /// In the text, label, heading or events of a turn.
    pub in_turns: usize,
    /// In furniture.
    pub furniture: usize,
    /// In the source and in no output.
    pub lost: usize,
    /// In the output and not in the source, at this place.
    pub invented: usize,
}

impl Account {
    /// Whether nothing was lost and nothing invented.
    pub fn is_balanced(&self) -> bool {
        self.lost == 0 && self.invented == 0
    }

    /// The account of turns that came finished: their texts are all there is of the source.
    pub(crate) fn of_texts(turns: &[Turn]) -> Account {
        let texts = turns.iter().flat_map(|turn| turn.text.chars());
        let characters = texts.filter(|c| !c.is_whitespace()).count();
        Account {
            characters,
            in_turns: characters,
            ..Account::default()
        }
    }

    /// Compares a source with what was made of it. `furniture` must be sorted by offset.
    pub fn take(source: &str, turns: &[Turn], furniture: &[Furniture]) -> Account {
        let mut account = Account::default();
        let rest = without_furniture(source, furniture, &mut account);
        let mut output = turns.iter().flat_map(turn_characters).peekable();
        let mut at = 0;
        while at < rest.len() {
            let Some(&next) = output.peek() else { break };
            let Some(met) = meets(&rest[at..], next) else {
                break;
            };
            output.next();
            at += met;
            account.in_turns += met;
        }
        let left: Vec<char> = output.collect();
        resynchronise(&rest[at..], &left, &mut account);
        account
    }
}

/// The characters of a turn in the order of the source: label, then the text with its events.
fn turn_characters(turn: &Turn) -> impl Iterator<Item = char> + '_ {
    let mut text_from = 0;
    let mut pieces: Vec<&str> = vec![turn.label.as_deref().unwrap_or("")];
    for event in &turn.events {
        let offset = event.offset.clamp(text_from, turn.text.len());
        pieces.push(turn.text.get(text_from..offset).unwrap_or(""));
        pieces.push(&event.text);
        text_from = offset;
    }
    pieces.push(turn.text.get(text_from..).unwrap_or(""));
    pieces
        .into_iter()
        .flat_map(str::chars)
        .filter(|c| !c.is_whitespace())
}

/// The characters of the source that no piece of furniture accounts for.
fn without_furniture(source: &str, furniture: &[Furniture], account: &mut Account) -> Vec<char> {
    // As long as it gets and no longer, for it is the largest thing there is of a source.
    let mut rest = Vec::with_capacity(source.chars().filter(|c| !c.is_whitespace()).count());
    let mut pieces = furniture.iter().peekable();
    // Pieces inside pieces: markup inside a note.
    let mut open: Vec<Vec<char>> = Vec::new();
    let mut chars = source
        .char_indices()
        .filter(|(_, c)| !c.is_whitespace())
        .peekable();
    while let Some((at, c)) = chars.next() {
        account.characters += 1;
        while let Some(piece) = pieces.next_if(|piece| piece.offset <= at) {
            let mut text: Vec<char> = piece.text.chars().filter(|c| !c.is_whitespace()).collect();
            text.reverse();
            if piece.offset == at {
                open.push(text);
            } else {
                account.invented += text.len();
            }
        }
        while open.last().is_some_and(Vec::is_empty) {
            open.pop();
        }
        let Some(top) = open.last_mut() else {
            rest.push(c);
            continue;
        };
        let wanted = top.last().copied();
        if wanted == Some(c) {
            top.pop();
            account.furniture += 1;
        } else if let Some(parts) = wanted.map(parts).filter(|parts| parts.first() == Some(&c)) {
            // A precomposed character of the output meets several of the source.
            top.pop();
            account.furniture += 1;
            for part in &parts[1..] {
                if chars.next_if(|(_, next)| next == part).is_some() {
                    account.characters += 1;
                    account.furniture += 1;
                }
            }
        } else {
            account.invented += top.len();
            open.pop();
            rest.push(c);
        }
    }
    account.invented += open.iter().map(Vec::len).sum::<usize>();
    account.invented += pieces
        .map(|piece| piece.text.chars().filter(|c| !c.is_whitespace()).count())
        .sum::<usize>();
    rest
}

/// The canonical parts of a character; itself, if it has none.
fn parts(c: char) -> Vec<char> {
    let mut parts = Vec::new();
    decompose_canonical(c, |part| parts.push(part));
    parts
}

/// How many characters of the source the next one of the output accounts for.
fn meets(source: &[char], output: char) -> Option<usize> {
    if source.first() == Some(&output) {
        return Some(1);
    }
    if output.is_ascii() {
        return None;
    }
    let parts = parts(output);
    // The source may be composed in part: ế as ê + acute.
    let mut at = 0;
    let mut decomposed = Vec::new();
    while decomposed.len() < parts.len() {
        decompose_canonical(*source.get(at)?, |part| decomposed.push(part));
        at += 1;
    }
    (decomposed == parts).then_some(at)
}

/// Counts what differs, finding the nearest place after each difference where both agree again.
fn resynchronise(mut source: &[char], mut output: &[char], account: &mut Account) {
    for _ in 0..MAX_DIFFERENCES {
        let same = source
            .iter()
            .zip(output)
            .take_while(|(a, b)| a == b)
            .count();
        account.in_turns += same;
        (source, output) = (&source[same..], &output[same..]);
        if source.is_empty() || output.is_empty() {
            break;
        }
        let (lost, invented) = nearest_agreement(source, output);
        account.lost += lost;
        account.invented += invented;
        (source, output) = (&source[lost..], &output[invented..]);
    }
    account.lost += source.len();
    account.invented += output.len();
}

/// How much to leave out of the source, or of the output, so that the next characters agree.
fn nearest_agreement(source: &[char], output: &[char]) -> (usize, usize) {
    let agrees = |a: &[char], b: &[char]| {
        let length = AGREE.min(a.len()).min(b.len());
        length > 0 && a[..length] == b[..length]
    };
    let longest = WINDOW.min(source.len().max(output.len()));
    (1..=longest)
        .find_map(|skip| {
            if skip <= source.len() && agrees(&source[skip.min(source.len())..], output) {
                Some((skip, 0))
            } else if skip <= output.len() && agrees(source, &output[skip.min(output.len())..]) {
                Some((0, skip))
            } else if skip <= source.len().min(output.len())
                && agrees(&source[skip..], &output[skip..])
            {
                Some((skip, skip))
            } else {
                None
            }
        })
        .unwrap_or((source.len(), output.len()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::turns::furniture::Reason;
    use turnsearch_model::Event;

    fn turn(label: &str, text: &str, events: &[(usize, &str)]) -> Turn {
        Turn {
            label: Some(label.to_owned()),
            text: text.to_owned(),
            events: events
                .iter()
                .map(|&(offset, text)| Event {
                    offset,
                    text: text.to_owned(),
                })
                .collect(),
            ..Turn::default()
        }
    }

    fn piece(offset: usize, text: &str) -> Furniture {
        Furniture {
            line: 1,
            offset,
            reason: Reason::Other,
            text: text.to_owned(),
        }
    }

    #[test]
    fn an_exact_output_balances() {
        let source = "A: one 12 two [x] three";
        let turns = [turn("A:", "one two three", &[(7, "[x]")])];
        let account = Account::take(source, &turns, &[piece(7, "12")]);
        assert_eq!(
            account,
            Account {
                characters: 18,
                in_turns: 16,
                furniture: 2,
                lost: 0,
                invented: 0
            }
        );
    }

    #[test]
    fn a_lost_sentence_an_invented_word_and_a_wrong_place_are_found() {
        let source = "A: one two three. four five six. seven eight nine.";
        let lost = Account::take(
            source,
            &[turn("A:", "one two three. seven eight nine.", &[])],
            &[],
        );
        assert_eq!((lost.lost, lost.invented), (12, 0));
        let text = "one two three. and four five six. seven eight nine.";
        let invented = Account::take(source, &[turn("A:", text, &[])], &[]);
        assert_eq!((invented.lost, invented.invented), (0, 3));
        let text = "one two three. four five six. seven eight nine.";
        let wrong = Account::take(source, &[turn("A:", text, &[])], &[piece(0, "two")]);
        assert_eq!((wrong.lost, wrong.invented), (0, 3));
        assert!(!wrong.is_balanced());
    }

    #[test]
    fn markup_inside_a_note_is_counted_once() {
        let source = "*Note **x** y*";
        let furniture = [
            piece(0, "*"),
            piece(1, "Note x y"),
            piece(6, "**"),
            piece(9, "**"),
            piece(13, "*"),
        ];
        let account = Account::take(source, &[], &furniture);
        assert!(account.is_balanced());
        assert_eq!((account.characters, account.furniture), (12, 12));
    }

    #[test]
    fn composed_characters_meet_their_parts() {
        let account = Account::take("e\u{301}a", &[turn("", "éa", &[])], &[]);
        assert!(account.is_balanced());
        assert_eq!(account.in_turns, 3);
    }
}
