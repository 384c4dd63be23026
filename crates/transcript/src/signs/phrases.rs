//! What an opening, a name or a paragraph says by its words.

use unicode_normalization::char::is_combining_mark;

use crate::signs::lang;
use crate::signs::script::is_ideograph;
use crate::signs::stage::bracketed;

/// An office with the names around it has not more ideographs than this.
const MAX_INNER: usize = 14;
/// What somebody is called for short has not more letters than this.
const MAX_INITIALS: usize = 3;
/// A given name has not more ideographs than this.
const MAX_GIVEN: usize = 3;

/// Whether the paragraph is a note on the record itself.
pub(crate) fn is_disclaimer(paragraph: &str) -> bool {
    let lower = paragraph.to_lowercase();
    let lower = lower.trim_start_matches(['*', '_', '[', '(', '（', ' ']);
    let words = lang::words();
    let noted = words.note.iter().any(|note| {
        lower.strip_prefix(note.as_str()).is_some_and(|rest| {
            rest.trim_start()
                .starts_with([':', '：', '，', ',', '-', '—', '（'])
                || note.contains(' ')
        })
    });
    let opened = words
        .note_opening
        .iter()
        .any(|opening| lower.starts_with(opening.as_str()));
    lang::holds(lower, &words.record) && (noted || opened && lang::holds(lower, &words.reliability))
}

/// Whether a short line at the end says that the record ends.
pub(crate) fn is_end_mark(line: &str) -> bool {
    let content = bracketed(line).unwrap_or(line).to_lowercase();
    content.chars().count() <= 40 && lang::holds(&content, &lang::words().end)
}

/// Whether words before a colon make a clause rather than a name.
pub(crate) fn is_clause(name: &str) -> bool {
    if is_initials(name) {
        return false;
    }
    let lower = name.to_lowercase();
    lang::holds(&lower, &lang::words().clause) || has_clause_word(&lower)
}

/// Whether people are called so for short: `IS`, or several who say the same, `BE/AWB`.
pub(crate) fn is_initials(name: &str) -> bool {
    name.split(['/', ',', '&', '+']).map(str::trim).all(|part| {
        let capitals = part.chars().filter(|c| c.is_uppercase()).count();
        (2..=MAX_INITIALS).contains(&capitals) && capitals == part.chars().count()
    })
}

/// Whether the opening of a paragraph is a sentence rather than a heading.
pub(crate) fn is_sentence(opening: &str) -> bool {
    let lower = opening.to_lowercase();
    lang::holds(&lower, &lang::words().sentence) || has_clause_word(&lower)
}

fn has_clause_word(lower: &str) -> bool {
    // The small letter of `İ` is two characters, the second of which is a mark.
    lower
        .split(|c: char| !c.is_alphanumeric() && !is_combining_mark(c))
        .any(|word| lang::words().clause_words.contains(word))
}

/// Whether the name is that of an office or a party, such as `瑞士代表` or `The Chair`.
pub(crate) fn is_office(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    lang::words()
        .office
        .iter()
        .any(|office| lower.ends_with(office.as_str()))
}

/// Whether a word of the name is that of an office or a title, as in `Councillor Rivas`, `Madam
/// Chair` or `남궁현 과장`.
pub(crate) fn has_office(name: &str) -> bool {
    let words = &lang::words().office_words;
    let lower = name.trim().to_lowercase();
    let is_break = |c: char| c.is_whitespace() || c == '-';
    let is_one = |word: &str| words.contains(word.trim_end_matches('.'));
    if is_one(&lower) || lower.split(is_break).any(is_one) {
        return true;
    }
    let starts: Vec<usize> = lower.char_indices().map(|(at, _)| at).skip(1).collect();
    // Words of several words, and titles that are written onto the name.
    let parts = |at: usize| {
        let (before, after) = lower.split_at(at);
        let blank = before.ends_with(char::is_whitespace) || after.starts_with(char::is_whitespace);
        let caseless = |part: &str| part.chars().all(|c| !c.is_lowercase());
        (blank || caseless(before) && caseless(after))
            && (words.contains(before.trim()) || words.contains(after.trim()))
    };
    starts.into_iter().any(parts) || has_inner_office(&lower)
}

/// An office between family and given name: `交通部王部長國材`.
pub(crate) fn has_inner_office(name: &str) -> bool {
    let chars: Vec<char> = name.chars().collect();
    if !(4..=MAX_INNER).contains(&chars.len()) || !chars.iter().all(|&c| is_ideograph(c)) {
        return false;
    }
    let words = &lang::words().office_words;
    (1..=MAX_GIVEN.min(chars.len() - 3)).any(|given| {
        let end = chars.len() - given;
        (1..end).any(|start| {
            let word: String = chars[start..end].iter().collect();
            words.contains(&word)
        })
    })
}

/// How much a text sounds like speech: first and second persons and courtesies in a thousand
/// characters.
pub(crate) fn speech_rate(text: &str) -> f32 {
    let words = lang::words();
    let pairs: Vec<(char, char)> = words
        .said_pairs
        .iter()
        .filter_map(|pair| pair.chars().next().zip(pair.chars().nth(1)))
        .collect();
    let (mut hits, mut characters) = (0u32, 0u32);
    let mut word = String::new();
    let mut previous = ' ';
    for c in text.chars() {
        characters += u32::from(!c.is_whitespace());
        if !previous.is_ascii() || !c.is_ascii() {
            hits += u32::from(words.said.has(c));
            hits += u32::from(words.said_alone.has(previous) && !words.said_not_before.has(c));
            hits += u32::from(pairs.contains(&(previous, c)));
        }
        previous = c;
        if c.is_ascii_alphabetic() || c == '\'' {
            word.push(c.to_ascii_lowercase());
        } else if !word.is_empty() {
            hits += u32::from(lang::has(&words.said_words, &word));
            word.clear();
        }
    }
    1000.0 * hits as f32 / characters.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offices_are_known_inside_labels() {
        for name in [
            "La concejala Rivas",
            "De voorzitter",
            "נשיא המדינה",
            "陳委員",
            "交通部王部長國材",
            "남궁현 과장",
            "นายกเทศมนตรี",
            "Chủ tịch Minh",
            "Prof. Ada King",
            "Unidentified Speaker",
        ] {
            assert!(has_office(name), "{name}");
        }
        for name in ["Dicho de otro modo", "다시 말하면", "Presidency", "Anna"] {
            assert!(!has_office(name), "{name}");
        }
    }

    #[test]
    fn notes_on_the_record_are_told_from_speech() {
        assert!(is_disclaimer("注：下文是一份由音频文件抄录而成的文档。"));
        assert!(is_disclaimer(
            "The following is the output of transcribing from an audio file. It is not an \
             authoritative record."
        ));
        assert!(!is_disclaimer("注意到音频有问题。"));
        assert!(!is_disclaimer(
            "So the transcript of the audio is an accurate, official record."
        ));
        assert!(!is_disclaimer("注：见附件。"));
    }
}
