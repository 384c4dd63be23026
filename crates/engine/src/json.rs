//! Writing JSON: how answers reach the page.
//!
//! The browser makes all objects of one text, where it would have to be called for every property
//! otherwise. A general serializer would do the same and cost the engine several kilobytes.

/// A JSON text that is being written. The caller says what stands where; commas come by themselves.
#[derive(Debug, Default)]
pub(crate) struct Json {
    text: String,
}

impl Json {
    /// The text.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Begins an object (`{`) or a list (`[`), as the next value.
    pub(crate) fn open(&mut self, bracket: char) -> &mut Self {
        self.separate();
        self.text.push(bracket);
        self
    }

    /// Ends an object (`}`) or a list (`]`).
    pub(crate) fn close(&mut self, bracket: char) -> &mut Self {
        self.text.push(bracket);
        self
    }

    /// Names the next value. `name` must need no escapes.
    pub(crate) fn key(&mut self, name: &str) -> &mut Self {
        self.separate();
        self.text.push('"');
        self.text.push_str(name);
        self.text.push_str("\":");
        self
    }

    /// A string.
    pub(crate) fn string(&mut self, value: &str) -> &mut Self {
        self.separate();
        self.text.push('"');
        for c in value.chars() {
            if c < ' ' {
                self.text.push_str("\\u00");
                self.digit(u32::from(c) / 16);
                self.digit(u32::from(c) % 16);
                continue;
            }
            if matches!(c, '"' | '\\') {
                self.text.push('\\');
            }
            self.text.push(c);
        }
        self.text.push('"');
        self
    }

    /// A number.
    pub(crate) fn number(&mut self, value: u32) -> &mut Self {
        self.separate();
        self.decimal(value);
        self
    }

    /// `true` or `false`.
    pub(crate) fn flag(&mut self, value: bool) -> &mut Self {
        self.word(if value { "true" } else { "false" })
    }

    /// A string, or `null`.
    pub(crate) fn optional(&mut self, value: Option<&str>) -> &mut Self {
        match value {
            Some(value) => self.string(value),
            None => self.word("null"),
        }
    }

    /// A number, or `null`.
    pub(crate) fn optional_number(&mut self, value: Option<u32>) -> &mut Self {
        match value {
            Some(value) => self.number(value),
            None => self.word("null"),
        }
    }

    /// A list of strings.
    pub(crate) fn strings(&mut self, values: &[String]) -> &mut Self {
        self.open('[');
        for value in values {
            self.string(value);
        }
        self.close(']')
    }

    fn word(&mut self, word: &str) -> &mut Self {
        self.separate();
        self.text.push_str(word);
        self
    }

    fn decimal(&mut self, value: u32) {
        if value > 9 {
            self.decimal(value / 10);
        }
        self.digit(value % 10);
    }

    fn digit(&mut self, digit: u32) {
        let first = if digit < 10 { b'0' } else { b'a' - 10 };
        self.text.push(char::from(first + digit as u8));
    }

    /// A comma, unless nothing stands before.
    fn separate(&mut self) {
        if !matches!(self.text.as_bytes().last(), None | Some(b'{' | b'[' | b':')) {
            self.text.push(',');
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::json;

    proptest! {
        #[test]
        fn what_is_written_reads_the_same(
            name: String,
            numbers: Vec<u32>,
            strings: Vec<String>,
            flag: bool,
        ) {
            let mut written = Json::default();
            written.open('{').key("name").string(&name).key("list").open('[');
            for &number in &numbers {
                written.open('{').key("n").number(number).close('}');
            }
            written.close(']').key("strings").strings(&strings).key("flag").flag(flag);
            written.key("none").optional(None).key("some").optional(Some(&name));
            written.key("no").optional_number(None).key("yes").optional_number(Some(7)).close('}');
            let read: serde_json::Value = serde_json::from_str(written.text()).expect("it is JSON");
            let list: Vec<_> = numbers.iter().map(|number| json!({ "n": number })).collect();
            let expected = json!({
                "name": name, "list": list, "strings": strings, "flag": flag,
                "none": null, "some": name, "no": null, "yes": 7,
            });
            prop_assert_eq!(read, expected);
        }
    }
}
