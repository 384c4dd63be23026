//! The compatibility decomposition that the platform already has.

/// `text` with compatibility forms taken apart, accents dropped and capitals lowered: NFKD, lower
/// case, without the marks U+0300 to U+036F, recomposed (NFC, for kana and Hangul).
///
/// The engine has no Unicode tables of its own: in the browser this is `String.prototype.normalize`
/// and `toLowerCase`, natively the `unicode-normalization` crate. Both follow the same standard.
#[cfg(not(target_arch = "wasm32"))]
pub fn compatibility_form(text: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    text.nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| !is_accent(*c))
        .nfc()
        .collect()
}

/// `text` with compatibility forms taken apart, accents dropped and capitals lowered.
#[cfg(target_arch = "wasm32")]
pub fn compatibility_form(text: &str) -> String {
    // The first call of `normalize` takes a good part of the time to the first answer.
    if text.chars().all(has_no_other_form) {
        return text.to_ascii_lowercase();
    }
    let lowered = js_sys::JsString::from(text)
        .normalize("NFKD")
        .to_lower_case();
    let bare: String = String::from(lowered)
        .chars()
        .filter(|c| !is_accent(*c))
        .collect();
    js_sys::JsString::from(bare).normalize("NFC").into()
}

/// Whether `c` is ASCII, an ideograph of the first block of them, or the mark between the parts of
/// a name: none of these has another form but for small letters, nor does what stands beside it
/// change it.
#[cfg(any(target_arch = "wasm32", test))]
fn has_no_other_form(c: char) -> bool {
    matches!(c, '\0'..='\u{7F}' | '·' | '\u{4E00}'..='\u{9FFF}')
}

/// Whether `c` is alphabetic, as Unicode has it.
#[cfg(not(target_arch = "wasm32"))]
pub fn is_alphabetic(c: char) -> bool {
    c.is_alphabetic()
}

/// Whether `c` is alphabetic, as Unicode has it.
#[cfg(target_arch = "wasm32")]
pub fn is_alphabetic(c: char) -> bool {
    is_like(c, r"\p{Alphabetic}")
}

/// Whether `c` is alphabetic or a number, as Unicode has it.
#[cfg(not(target_arch = "wasm32"))]
pub fn is_alphanumeric(c: char) -> bool {
    c.is_alphanumeric()
}

/// Whether `c` is alphabetic or a number, as Unicode has it.
#[cfg(target_arch = "wasm32")]
pub fn is_alphanumeric(c: char) -> bool {
    is_like(c, r"[\p{Alphabetic}\p{N}]")
}

#[cfg(target_arch = "wasm32")]
fn is_like(c: char, pattern: &str) -> bool {
    js_sys::RegExp::new(pattern, "u").test(c.encode_utf8(&mut [0; 4]))
}

/// The combining diacritical marks that tell accented Latin, Greek and Cyrillic letters apart.
pub(crate) fn is_accent(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36F}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_passed_over_has_no_other_form() {
        for c in ('\0'..=char::MAX).filter(|&c| has_no_other_form(c)) {
            let text = String::from(c);
            assert_eq!(compatibility_form(&text), text.to_ascii_lowercase());
        }
    }
}
