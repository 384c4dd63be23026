//! Classes of characters: what ends a sentence, what meets without a blank, what looks like a name.

use unicode_script::{Script, UnicodeScript};

/// Whether the character is written without blanks between words.
pub fn is_ideograph(c: char) -> bool {
    (c as u32) >= 0x2e80
        && matches!(
            c.script(),
            Script::Han | Script::Hiragana | Script::Katakana | Script::Bopomofo
        )
        && !is_fullwidth_mark(c)
}

/// Punctuation that brings its own space: `，` `。` `（` `「` and the like.
pub(crate) fn is_fullwidth_mark(c: char) -> bool {
    matches!(c, '\u{3000}'..='\u{3004}' | '\u{3008}'..='\u{3020}' | '\u{3030}' | '\u{30fb}'
        | '\u{fe10}'..='\u{fe6f}' | '\u{ff01}'..='\u{ff0f}' | '\u{ff1a}'..='\u{ff20}'
        | '\u{ff3b}'..='\u{ff40}' | '\u{ff5b}'..='\u{ff65}')
}

/// Marks that Chinese and Latin share: they stand tight beside ideographs.
fn is_shared_mark(c: char) -> bool {
    matches!(c, '“' | '”' | '‘' | '’' | '…' | '·' | '‧' | '—')
}

/// What stands between two lines that were one: nothing, or a blank.
///
/// Nothing between ideographs and beside full-width marks, one blank where letters or digits meet
/// letters, digits or an ideograph.
pub fn joint(before: char, after: char) -> &'static str {
    let tight = is_fullwidth_mark(before)
        || is_fullwidth_mark(after)
        || is_ideograph(before) && is_ideograph(after)
        || is_shared_mark(before) && is_ideograph(after)
        || is_ideograph(before) && is_shared_mark(after)
        || before == '—' && after == '—'
        || matches!(before, '(' | '[' | '{' | '/')
        || matches!(
            after,
            ')' | ']' | '}' | ',' | '.' | ';' | ':' | '!' | '?' | '%'
        );
    if tight { "" } else { " " }
}

/// Closing quotes and brackets, which may follow the end of a sentence.
pub(crate) fn is_closing(c: char) -> bool {
    matches!(
        c,
        '”' | '’'
            | '"'
            | '\''
            | ')'
            | ']'
            | '）'
            | '】'
            | '』'
            | '」'
            | '》'
            | '〉'
            | '〕'
            | '*'
            | '_'
    )
}

/// A mark that ends a sentence.
pub(crate) fn is_terminator(c: char) -> bool {
    matches!(
        c,
        '。' | '！' | '？' | '.' | '!' | '?' | '…' | '；' | ';' | '｡' | '．'
    )
}

/// A colon in any of its forms.
pub(crate) fn is_colon(c: char) -> bool {
    matches!(c, ':' | '：' | '﹕' | '︰' | '∶')
}

/// Brackets as they pair up around roles, Latin names and stage directions.
pub(crate) fn closing_bracket(open: char) -> Option<char> {
    Some(match open {
        '(' => ')',
        '[' => ']',
        '（' => '）',
        '【' => '】',
        '〔' => '〕',
        '［' => '］',
        '{' => '}',
        _ => return None,
    })
}

/// The dot between the parts of a transliterated name, in the forms that are printed.
pub(crate) fn is_interpunct(c: char) -> bool {
    matches!(c, '·' | '•' | '・' | '‧' | '∙' | '⋅' | '･' | '．')
}

/// The sign that opens an item of a list.
pub(crate) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '•' | '●'
            | '○'
            | '◦'
            | '▪'
            | '■'
            | '□'
            | '◆'
            | '◇'
            | '➢'
            | '‣'
            | '⁃'
            | '·'
            | '✓'
            | '\u{f0b7}'
    )
}

/// Whether the line opens an item of a list: `• …`, `- …`, `1. …`, `(a) …`, `一、…`.
pub(crate) fn is_list_item(line: &str) -> bool {
    let mut chars = line.chars();
    let Some(first) = chars.next() else {
        return false;
    };
    let second = chars.next();
    if is_bullet(first) {
        return true;
    }
    if matches!(first, '-' | '*' | '–' | '+') {
        return second.is_some_and(char::is_whitespace);
    }
    let rest = line.trim_start_matches(['(', '（']);
    let bracketed = rest.len() < line.len();
    let number = rest
        .find(|c: char| !(c.is_ascii_digit() || "一二三四五六七八九十".contains(c)))
        .unwrap_or(rest.len());
    let (number, after) = rest.split_at(number);
    let mut after = after.chars();
    !number.is_empty()
        && number.chars().count() <= 3
        && match after.next() {
            Some(')' | '）') => true,
            Some('.') => !bracketed && after.next().is_some_and(char::is_whitespace),
            Some('、') => !bracketed && !number.is_ascii(),
            _ => false,
        }
}

/// Whether a line ends like the end of a sentence, or of something else that is complete.
pub(crate) fn is_finished(line: &str) -> bool {
    let end = line.trim_end_matches(|c: char| c.is_whitespace() || is_closing(c));
    let bracket = line
        .chars()
        .next_back()
        .is_some_and(|c| matches!(c, ')' | ']' | '）' | '】'));
    end.chars()
        .next_back()
        .is_none_or(|c| is_terminator(c) || is_colon(c) || bracket)
}

/// Width in columns, ideographs counting two.
pub(crate) fn columns(line: &str) -> usize {
    unicode_width::UnicodeWidthStr::width(line)
}

/// A question mark of any width.
pub(crate) fn is_question(c: char) -> bool {
    matches!(c, '?' | '？')
}

/// Whether a label can say so who speaks: by a name, or by question marks that it is not known.
pub(crate) fn is_named(name: &str) -> bool {
    name.chars().any(char::is_alphanumeric) || !name.is_empty() && name.chars().all(is_question)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_join_as_a_typist_would() {
        for (before, after, between) in [
            ('国', '家', ""),
            ('年', '3', " "),
            ('N', '的', " "),
            ('n', 'a', " "),
            ('，', 'I', ""),
            ('好', '（', ""),
            ('好', '“', ""),
            ('(', 'a', ""),
            (',', '谢', " "),
        ] {
            assert_eq!(joint(before, after), between, "{before}{after}");
        }
    }

    #[test]
    fn list_items_are_known_by_their_opening() {
        for line in ["• a", "- a", "1. a", "12) a", "(3) a", "（一）甲", "一、甲"] {
            assert!(is_list_item(line), "{line}");
        }
        for line in ["-a", "1.5 a", "2021 年", "一个", "1、", "a"] {
            assert!(!is_list_item(line), "{line}");
        }
    }

    #[test]
    fn quotes_and_brackets_do_not_hide_the_end_of_a_sentence() {
        for line in ["好。", "好。”", "a.)", "[完]", "第一："] {
            assert!(is_finished(line), "{line}");
        }
        for line in ["好", "好，", "a,", "the “word”"] {
            assert!(!is_finished(line), "{line}");
        }
    }
}
