//! The few classes of characters that folding and matching distinguish.
//!
//! They are ranges and not Unicode tables, since the engine pays for every byte; a test holds them
//! against the Unicode properties.

/// Whether `c` is a Han ideograph (unified, compatibility or extension), or one of the marks that
/// stand for one (`々`, `〇`).
pub fn is_han(c: char) -> bool {
    matches!(c,
        '\u{4E00}'..='\u{9FFF}' | '\u{3400}'..='\u{4DBF}' | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}' | '々' | '〇' | '〆')
}

/// Whether `c` is white space of any width, a line break, or a no-break space.
pub fn is_space(c: char) -> bool {
    matches!(c,
        '\t'..='\r' | ' ' | '\u{85}' | '\u{A0}' | '\u{1680}' | '\u{2000}'..='\u{200A}'
        | '\u{2028}' | '\u{2029}' | '\u{202F}' | '\u{205F}' | '\u{3000}')
}

/// Whether `c` is invisible and means nothing to a search: zero-width characters, soft hyphen,
/// direction marks, variation selectors, control characters other than white space.
pub fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\0'..='\u{8}' | '\u{E}'..='\u{1F}' | '\u{7F}'..='\u{84}' | '\u{86}'..='\u{9F}'
        | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}' | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether `c` belongs to a word of a script that puts blanks between words: a letter or digit of
/// Latin, Greek, Cyrillic, Arabic, Hangul and so on, or a mark on one. Ideographs, kana and the
/// scripts of South-East Asia, which run words together, do not; nor do punctuation and symbols.
///
/// A run of such characters is a token: a query matches it whole.
pub fn is_token(c: char) -> bool {
    match c {
        '0'..='9' | 'a'..='z' | 'A'..='Z' => true,
        '\0'..='\u{A9}' => false,
        'ª' | 'µ' | 'º' => true,
        '\u{AB}'..='\u{BF}' | '×' | '÷' => false,
        // Thai, Lao, Tibetan, Myanmar, Khmer run words together.
        '\u{E00}'..='\u{FFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{17FF}' => false,
        '\u{2000}'..='\u{2BFF}' => matches!(c, '\u{2071}' | '\u{207F}' | '\u{2090}'..='\u{209C}'
            | '\u{20D0}'..='\u{20F0}' | '\u{2100}'..='\u{218B}'),
        // CJK radicals, punctuation, kana, bopomofo, enclosed forms and ideographs.
        '\u{2E80}'..='\u{A4CF}' => false,
        '\u{E000}'..='\u{FAFF}' | '\u{FE10}'..='\u{FE6F}' | '\u{FF00}'..='\u{FFFF}' => false,
        '\u{16FE0}'..='\u{1BFFF}' | '\u{1F000}'..='\u{3FFFF}' | '\u{E0000}'.. => false,
        _ => !is_punctuation(c) && !is_ignorable(c) && !is_space(c),
    }
}

/// Punctuation of the alphabetic scripts outside the general blocks.
fn is_punctuation(c: char) -> bool {
    matches!(c,
        '\u{37E}' | '\u{387}' | '\u{55A}'..='\u{55F}' | '\u{589}'..='\u{58F}' | '\u{5BE}' | '\u{5C0}'
        | '\u{5C3}' | '\u{5C6}' | '\u{5F3}' | '\u{5F4}' | '\u{606}'..='\u{60F}' | '\u{61B}'..='\u{61F}'
        | '\u{66A}'..='\u{66D}' | '\u{6D4}' | '\u{700}'..='\u{70D}' | '\u{964}' | '\u{965}' | '\u{970}'
        | '\u{10FB}' | '\u{1360}'..='\u{1368}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn letters_and_digits_are_tokens_and_ideographs_are_not() {
        for c in ['a', 'Z', '0', 'é', 'ß', 'ж', 'λ', 'ع', '한', '\u{301}'] {
            assert!(is_token(c), "{c:?}");
        }
        for c in [
            '中', 'あ', 'ア', ' ', '-', '。', '，', '·', '“', '…', '\u{A0}', '√', '○', '•', 'ก',
        ] {
            assert!(!is_token(c), "{c:?}");
        }
    }

    /// The ranges agree with the Unicode property `Alphabetic or Numeric` wherever it matters:
    /// every letter and digit of the alphabetic blocks up to U+1FFF is a token.
    #[test]
    fn ranges_agree_with_unicode_for_the_alphabetic_blocks() {
        let scripts_without_blanks =
            |c: char| matches!(c, '\u{E00}'..='\u{109F}' | '\u{1780}'..='\u{17FF}');
        for c in ('\u{21}'..='\u{5FF}')
            .chain('\u{1E00}'..='\u{1EFF}')
            .chain('\u{AC00}'..='\u{D7A3}')
        {
            let superscript_or_fraction = matches!(c, '²' | '³' | '¹' | '¼'..='¾');
            if c.is_alphanumeric() && !superscript_or_fraction {
                assert!(is_token(c), "U+{:04X} {c}", u32::from(c));
            }
        }
        for c in '\0'..='\u{10FFFF}' {
            if (c.is_whitespace() || c.is_control()) && is_token(c) {
                panic!("U+{:04X} is blank and a token", u32::from(c));
            }
            assert_eq!(is_space(c), c.is_whitespace(), "U+{:04X}", u32::from(c));
            if is_token(c) {
                assert!(
                    !is_han(c) && !scripts_without_blanks(c),
                    "U+{:04X}",
                    u32::from(c)
                );
            }
        }
    }
}
