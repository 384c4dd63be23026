//! Character references, as XML and HTML write them.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;

/// A reference longer than this is none.
const MAX_NAME: usize = 32;

/// What `&name;` stands for: a number, or one of the names of HTML, which hold those of XML.
pub(crate) fn resolve(name: &str) -> Option<Cow<'static, str>> {
    let Some(number) = name.strip_prefix('#') else {
        return resolve_html5_entity(name).map(Cow::Borrowed);
    };
    let (digits, radix) = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => (hexadecimal, 16),
        None => (number, 10),
    };
    // Rust's numbers may begin with a sign, those of references may not.
    if digits.starts_with('+') {
        return None;
    }
    let code = u32::from_str_radix(digits, radix).ok()?;
    let c = char::from_u32(code).filter(|&c| c != '\0')?;
    Some(Cow::Owned(c.to_string()))
}

/// The reference with which a text begins: its length, and what it stands for.
pub fn opening(text: &str) -> Option<(usize, Cow<'static, str>)> {
    let inner = text.strip_prefix('&')?;
    let end = inner.bytes().take(MAX_NAME).position(|byte| byte == b';')?;
    Some((end + 2, resolve(&inner[..end])?))
}

/// A text with its references resolved; what is none stays as it is.
pub(crate) fn unescape(text: &str) -> Cow<'_, str> {
    if !text.contains('&') {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find('&') {
        out.push_str(&rest[..at]);
        rest = &rest[at..];
        let (length, characters) = opening(rest).unwrap_or((1, Cow::Borrowed("&")));
        out.push_str(&characters);
        rest = &rest[length..];
    }
    out.push_str(rest);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn references_become_characters_and_others_stay() {
        assert_eq!(
            unescape("Q&amp;A &lt;b&gt; &#20320;&#x597d;&nbsp;"),
            "Q&A <b> 你好\u{a0}"
        );
        for none in ["AT&T; a & b &#0; &amp", "&#+65; &#x+41; &#; &;"] {
            assert_eq!(unescape(none), none);
        }
    }
}
