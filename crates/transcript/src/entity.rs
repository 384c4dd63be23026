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
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16).ok()?,
        None => number.parse().ok()?,
    };
    let c = char::from_u32(code).filter(|&c| c != '\0')?;
    Some(Cow::Owned(c.to_string()))
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
        let end = rest.bytes().take(MAX_NAME).position(|byte| byte == b';');
        match end.and_then(|end| Some((end, resolve(&rest[1..end])?))) {
            Some((end, character)) => {
                out.push_str(&character);
                rest = &rest[end + 1..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
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
        assert_eq!(unescape("AT&T; a & b &#0; &amp"), "AT&T; a & b &#0; &amp");
    }
}
