//! When two printed names are the same name.

use turnsearch_model::Speaker;

use crate::script::{is_ideograph, is_interpunct};

/// The form under which two printings of a name are the same: case, blanks beside ideographs and
/// the kind of dot put aside.
pub fn key(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    let mut blank = false;
    for c in name.chars() {
        if c.is_whitespace() {
            blank = !out.is_empty();
            continue;
        }
        let c = if is_interpunct(c) { '·' } else { c };
        if blank && !is_ideograph(c) && !out.ends_with(is_ideograph) {
            out.push(' ');
        }
        blank = false;
        out.extend(c.to_lowercase());
    }
    out
}

/// Whether two printings are of the same name.
pub(crate) fn are_same(a: &str, b: &str) -> bool {
    key(a) == key(b)
}

/// Whether this is the name or an alias of the speaker.
pub fn is_called(speaker: &Speaker, name: &str) -> bool {
    let name = key(name);
    key(&speaker.name) == name || speaker.aliases.iter().any(|alias| key(alias) == name)
}

/// Adds another form of the name, unless it is empty or the same as a known one.
pub fn add_alias(speaker: &mut Speaker, alias: &str) {
    if !alias.is_empty() && !is_called(speaker, alias) {
        speaker.aliases.push(alias.to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::key;

    #[test]
    fn keys_put_case_and_dots_aside() {
        assert_eq!(key("Patrick  JONES"), key("patrick jones"));
        assert_eq!(key("奥利维尔·科雷鹏 勒布朗"), key("奥利维尔•科雷鹏勒布朗"));
        assert_ne!(key("王 明"), key("王明明"));
    }
}
