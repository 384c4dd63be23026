//! Captions that roll: each shows the line of the one before once more, above the new one.
//!
//! What YouTube makes of speech comes so, and what programs convert from it. A copy is furniture.

use std::ops::Range;

use crate::captions::cue::{Captions, Cue};
use crate::turns::content::Content;
use crate::turns::furniture::Reason;

/// Share of captions, in percent, that must begin with the end of the one before,
const ROLLING: usize = 60;
/// and how many of them there must be: two people can say the same once.
const MIN_COPIES: usize = 2;
/// One in so many of these must show a new line below the copy.
const GROWN: usize = 4;

/// Takes out what captions show a second time, if the file is one that rolls.
pub(crate) fn take_copies(captions: &mut Captions) {
    let words: Vec<Vec<Word>> = captions
        .cues
        .iter()
        .map(|cue| words(cue, &captions.content))
        .filter(|words| !words.is_empty())
        .collect();
    let copies: Vec<usize> = words
        .windows(2)
        .map(|pair| copied(&pair[0], &pair[1], captions.content.text()))
        .collect();
    let rolling = copies.iter().filter(|&&count| count > 0).count();
    let pairs = copies.iter().zip(words.iter().skip(1));
    let grown = pairs
        .filter(|&(&count, words)| count > 0 && count < words.len())
        .count();
    let rolls = rolling >= MIN_COPIES && rolling * 100 >= ROLLING * copies.len();
    // Where nothing new stands below the copies, somebody says the same again.
    if !rolls || grown * GROWN < rolling {
        return;
    }
    let mut copies = words
        .iter()
        .skip(1)
        .zip(&copies)
        .filter_map(|(words, &count)| {
            let last = count.checked_sub(1)?;
            Some(words.first()?.range.start..words.get(last)?.range.end)
        })
        .peekable();
    let Captions {
        cues,
        content,
        furniture,
        ..
    } = captions;
    for cue in cues {
        let start = cue.spans.iter().find_map(|span| span.lines.first());
        let Some(copy) = start.and_then(|start| copies.next_if(|copy| copy.start == start.start))
        else {
            continue;
        };
        for span in &mut cue.spans {
            let lines = std::mem::take(&mut span.lines);
            for line in lines {
                let cut = copy.end.clamp(line.start, line.end);
                let old = content.trim(line.start..cut);
                furniture.extend(old.map(|old| (old, Reason::Repeated)));
                span.lines.extend(content.trim(cut..line.end));
            }
        }
    }
}

/// A word that a caption shows.
struct Word {
    range: Range<usize>,
    /// It is the first of its line.
    opens_line: bool,
}

fn words(cue: &Cue, content: &Content) -> Vec<Word> {
    let mut words = Vec::new();
    for line in cue.spans.iter().flat_map(|span| &span.lines) {
        let text = &content.text()[line.clone()];
        for word in text.split_whitespace() {
            let start = line.start + (word.as_ptr() as usize - text.as_ptr() as usize);
            words.push(Word {
                range: start..start + word.len(),
                opens_line: start == line.start,
            });
        }
    }
    words
}

/// How many words at the beginning of a caption are the last ones of the caption before: whole
/// lines of it, or all of one of the two.
fn copied(before: &[Word], after: &[Word], text: &str) -> usize {
    let word = |word: &Word| &text[word.range.clone()];
    let after_words: Vec<&str> = after.iter().map(word).collect();
    // How much of the beginning each beginning of the caption ends with, as in the search of
    // Knuth, Morris and Pratt, so that long captions take no longer than they are.
    let mut borders = vec![0; after_words.len()];
    let mut matched: usize = 0;
    for at in 1..after_words.len() {
        while matched > 0 && after_words[at] != after_words[matched] {
            matched = borders[matched - 1];
        }
        matched += usize::from(after_words[at] == after_words[matched]);
        borders[at] = matched;
    }
    let mut matched: usize = 0;
    for next in before.iter().map(word) {
        if matched == after_words.len() {
            matched = borders.last().copied().unwrap_or(0);
        }
        while matched > 0 && next != after_words[matched] {
            matched = borders[matched - 1];
        }
        matched += usize::from(after_words.get(matched) == Some(&next));
    }
    let mut count = matched;
    while count > 0 {
        let is_whole = count == after_words.len() || before[before.len() - count].opens_line;
        if is_whole {
            return count;
        }
        count = borders[count - 1];
    }
    0
}
