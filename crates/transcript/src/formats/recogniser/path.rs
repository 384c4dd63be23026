//! Ways through a JSON text that stays as it is: only what is asked for is read.

use std::borrow::Cow;
use std::fmt;

use serde::de::{Deserialize, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::Error;
use serde_json::value::RawValue;

use crate::captions::file::clock;
use crate::fault::Fault;

/// A value as it stands in the text.
pub(crate) type Raw<'a> = &'a RawValue;

/// One step of a way: `results.items[].alternatives[0]` has five.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Step {
    /// The member of an object.
    Key(&'static str),
    /// Every element of an array.
    Each,
    /// The element with this index.
    At(usize),
}

/// The steps of a way that is written down.
pub(crate) fn steps(way: &'static str) -> Vec<Step> {
    let mut steps = Vec::new();
    for part in way.split('.') {
        let (key, indices) = part.split_at(part.find('[').unwrap_or(part.len()));
        if !key.is_empty() {
            steps.push(Step::Key(key));
        }
        for index in indices.split_terminator(']') {
            let index = index.trim_start_matches('[');
            steps.push(index.parse().map_or(Step::Each, Step::At));
        }
    }
    steps
}

/// Letters between quotes, borrowed where nothing is escaped.
#[derive(Debug)]
pub(crate) struct Letters<'a>(pub Cow<'a, str>);

impl<'de> Deserialize<'de> for Letters<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Letters<'de>, D::Error> {
        struct Quoted;

        impl<'de> Visitor<'de> for Quoted {
            type Value = Letters<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a string")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Letters<'de>, E> {
                Ok(Letters(Cow::Borrowed(text)))
            }

            fn visit_str<E>(self, text: &str) -> Result<Letters<'de>, E> {
                Ok(Letters(Cow::Owned(text.to_owned())))
            }
        }

        deserializer.deserialize_str(Quoted)
    }
}

/// A value, read one level deep.
#[derive(Debug)]
pub(crate) enum Node<'a> {
    /// Members in their order.
    Object(Vec<(Letters<'a>, Raw<'a>)>),
    /// Elements.
    Array(Vec<Raw<'a>>),
    /// A string, a number and the like.
    Leaf,
}

impl<'a> Node<'a> {
    /// Reads a value one level deep.
    pub fn read(raw: Raw<'a>) -> Result<Node<'a>, Error> {
        match raw.get().as_bytes().first() {
            Some(b'{') => Ok(Node::Object(serde_json::from_str::<Members>(raw.get())?.0)),
            Some(b'[') => serde_json::from_str(raw.get()).map(Node::Array),
            _ => Ok(Node::Leaf),
        }
    }

    /// The value at the end of a way; nothing if it is missing or `null`.
    pub fn at(&self, way: &[Step]) -> Result<Option<Raw<'a>>, Error> {
        let Some((first, rest)) = way.split_first() else {
            return Ok(None);
        };
        let mut found = self.step(*first);
        for step in rest {
            let Some(raw) = found else { break };
            found = Node::read(raw)?.step(*step);
        }
        Ok(found.filter(|raw| raw.get() != "null"))
    }

    fn step(&self, step: Step) -> Option<Raw<'a>> {
        match (self, step) {
            (Node::Object(members), Step::Key(key)) => members
                .iter()
                .find(|(name, _)| name.0 == key)
                .map(|(_, raw)| *raw),
            (Node::Array(elements), Step::At(index)) => elements.get(index).copied(),
            _ => None,
        }
    }
}

/// The members of an object.
struct Members<'a>(Vec<(Letters<'a>, Raw<'a>)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Members<'de>, D::Error> {
        struct Object;

        impl<'de> Visitor<'de> for Object {
            type Value = Members<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = map.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(Object)
    }
}

/// What is done with each value that is found.
pub(crate) type Found<'f, 'a> = dyn FnMut(Raw<'a>) -> Result<(), Fault> + 'f;

/// A JSON text.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Source<'a> {
    /// All of it.
    pub text: &'a str,
    /// Whose it is, for messages.
    pub name: &'static str,
}

impl<'a> Source<'a> {
    /// Calls `found` for every value at the end of a way, in their order. What is missing or `null`
    /// is left out.
    ///
    /// # Errors
    /// Where something else stands than the way expects, and what `found` returns.
    pub fn each(&self, raw: Raw<'a>, way: &[Step], found: &mut Found<'_, 'a>) -> Result<(), Fault> {
        let Some((step, rest)) = way.split_first() else {
            return found(raw);
        };
        match step {
            _ if raw.get() == "null" => Ok(()),
            Step::Each => self.elements(raw, &mut |element| self.each(element, rest, found)),
            _ => {
                let node = Node::read(raw).map_err(|error| self.fault(raw, &error))?;
                match node.step(*step) {
                    Some(next) => self.each(next, rest, found),
                    None => Ok(()),
                }
            }
        }
    }

    /// Calls `found` for the elements of an array without holding them all.
    fn elements(&self, raw: Raw<'a>, found: &mut Found<'_, 'a>) -> Result<(), Fault> {
        struct Elements<'e, 'f, 'a> {
            found: &'e mut Found<'f, 'a>,
            fault: &'e mut Option<Fault>,
        }

        impl<'de> Visitor<'de> for Elements<'_, '_, 'de> {
            type Value = ();

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an array")
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut array: A) -> Result<(), A::Error> {
                while let Some(raw) = array.next_element()? {
                    if let Err(fault) = (self.found)(raw) {
                        *self.fault = Some(fault);
                        return Err(A::Error::custom("an element cannot be read"));
                    }
                }
                Ok(())
            }
        }

        let mut fault = None;
        let mut reader = serde_json::Deserializer::from_str(raw.get());
        let visitor = Elements {
            found,
            fault: &mut fault,
        };
        let read = reader.deserialize_seq(visitor);
        match (read, fault) {
            (Ok(()), _) => Ok(()),
            (Err(_), Some(fault)) => Err(fault),
            (Err(error), None) => Err(self.fault(raw, &error)),
        }
    }

    /// The fault of a value that is not what it should be.
    pub fn fault(&self, raw: Raw, error: &Error) -> Fault {
        let before = &self.text.as_bytes()[..self.offset(raw.get())];
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        let line = u32::try_from(line).unwrap_or(u32::MAX);
        Fault::json(line, error, &format!("expected the JSON of {}", self.name))
    }

    fn offset(&self, piece: &str) -> usize {
        (piece.as_ptr() as usize)
            .saturating_sub(self.text.as_ptr() as usize)
            .min(self.text.len())
    }
}

/// Lines of pieces of a text that are asked for in their order.
#[derive(Debug)]
pub(crate) struct Lines<'a> {
    text: &'a str,
    offset: usize,
    line: u32,
}

impl<'a> Lines<'a> {
    /// Of this text.
    pub fn new(text: &'a str) -> Self {
        Lines {
            text,
            offset: 0,
            line: 1,
        }
    }

    /// The line of a piece, which must be a part of the text not before the one asked for last.
    pub fn line_of(&mut self, piece: &str) -> u32 {
        let offset = (piece.as_ptr() as usize)
            .saturating_sub(self.text.as_ptr() as usize)
            .clamp(self.offset, self.text.len());
        let between = &self.text.as_bytes()[self.offset..offset];
        let ends = memchr::memchr_iter(b'\n', between).count();
        self.offset = offset;
        self.line = self
            .line
            .saturating_add(u32::try_from(ends).unwrap_or(u32::MAX));
        self.line
    }
}

/// A value as text.
pub(crate) fn text(raw: Raw<'_>) -> Result<Cow<'_, str>, Error> {
    serde_json::from_str::<Letters>(raw.get()).map(|letters| letters.0)
}

/// A value that names somebody: a string, or a number.
pub(crate) fn tag(raw: Raw<'_>) -> Result<Cow<'_, str>, Error> {
    let printed = raw.get();
    if printed.starts_with(|c: char| c.is_ascii_digit() || c == '-') {
        let number = printed.strip_suffix(".0").unwrap_or(printed);
        return Ok(Cow::Borrowed(number));
    }
    text(raw)
}

/// What a number counts that is a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Unit {
    /// Seconds.
    Seconds,
    /// Hundredths of a second.
    Hundredths,
    /// Milliseconds.
    Milliseconds,
    /// Ten millionths of a second.
    Ticks,
}

impl Unit {
    fn milliseconds(self, number: f64) -> u64 {
        let factor = match self {
            Unit::Seconds => 1000.0,
            Unit::Hundredths => 10.0,
            Unit::Milliseconds => 1.0,
            Unit::Ticks => 1e-4,
        };
        (number.max(0.0) * factor).round() as u64
    }
}

/// A value as a time in milliseconds: a number, a string with one (`"1.5"`, `"1.5s"`), a clock
/// (`00:00:01.5`), a duration of ISO 8601 (`PT1.5S`), or an object of seconds and nanoseconds.
/// Nothing for an empty string.
pub(crate) fn time(raw: Raw, unit: Unit) -> Result<Option<u64>, Error> {
    match raw.get().as_bytes().first() {
        Some(b'"') => {
            let printed = text(raw)?;
            let printed = printed.trim();
            let read = printed_time(printed, unit);
            match read {
                _ if printed.is_empty() => Ok(None),
                None => Err(Error::custom(format!("`{printed}` is no time"))),
                read => Ok(read),
            }
        }
        Some(b'{') => {
            let node = Node::read(raw)?;
            let part = |key| match node.at(&[Step::Key(key)])? {
                Some(raw) => Ok(time(raw, Unit::Seconds)?.unwrap_or(0)),
                None => Ok::<u64, Error>(0),
            };
            let nanos = part("nanos")? / 1_000_000_000;
            Ok(Some(part("seconds")?.saturating_add(nanos)))
        }
        _ => serde_json::from_str(raw.get()).map(|number| Some(unit.milliseconds(number))),
    }
}

fn printed_time(printed: &str, unit: Unit) -> Option<u64> {
    if let Some(duration) = printed.strip_prefix("PT") {
        return duration_of(duration);
    }
    if printed.contains(':') {
        return clock(printed);
    }
    let seconds = printed.strip_suffix('s');
    let unit = if seconds.is_some() {
        Unit::Seconds
    } else {
        unit
    };
    let number: f64 = seconds.unwrap_or(printed).parse().ok()?;
    number.is_finite().then(|| unit.milliseconds(number))
}

/// `1H2M3.5S`, in milliseconds.
fn duration_of(mut printed: &str) -> Option<u64> {
    let mut total: u64 = 0;
    while !printed.is_empty() {
        let end = printed.find(|c: char| c.is_ascii_alphabetic())?;
        let number: f64 = printed[..end].parse().ok()?;
        let seconds = match printed.as_bytes()[end] {
            b'H' => 3600.0,
            b'M' => 60.0,
            b'S' => 1.0,
            _ => return None,
        };
        total = total.saturating_add(Unit::Seconds.milliseconds(number * seconds));
        printed = &printed[end + 1..];
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(text: &str) -> Raw<'_> {
        serde_json::from_str(text).expect("JSON")
    }

    #[test]
    fn ways_lead_through_objects_and_arrays() {
        let text = r#"{"a": [{"b": [1, 2]}, {"b": null}, {"c": 0}, {"b": [3]}]}"#;
        let source = Source { text, name: "x" };
        for (way, expected) in [
            ("a[].b[]", &["1", "2", "3"][..]),
            ("a[].b[1]", &["2"]),
            ("a[3].b", &["[3]"]),
            ("a[].d", &[]),
        ] {
            let mut found = Vec::new();
            let walked = source.each(raw(text), &steps(way), &mut |raw| {
                found.push(raw.get());
                Ok(())
            });
            assert!(walked.is_ok(), "{way}");
            assert_eq!(found, expected, "{way}");
        }
        assert!(matches!(
            source.each(raw(text), &steps("a[].b[].c[]"), &mut |_| Ok(())),
            Ok(())
        ));
        assert!(
            source
                .each(raw(text), &steps("a[].c[]"), &mut |_| Ok(()))
                .is_err()
        );
    }

    #[test]
    fn times_are_read_in_all_their_forms() {
        for (text, unit, expected) in [
            ("1.5", Unit::Seconds, Some(1500)),
            ("150", Unit::Hundredths, Some(1500)),
            ("1500", Unit::Milliseconds, Some(1500)),
            ("15000000", Unit::Ticks, Some(1500)),
            ("\"1.5\"", Unit::Seconds, Some(1500)),
            ("\"1.500s\"", Unit::Milliseconds, Some(1500)),
            ("\"00:00:01.5\"", Unit::Seconds, Some(1500)),
            ("\"01:02\"", Unit::Seconds, Some(62_000)),
            ("\"PT1M1.5S\"", Unit::Ticks, Some(61_500)),
            (
                "{\"seconds\": \"1\", \"nanos\": 500000000}",
                Unit::Seconds,
                Some(1500),
            ),
            ("{}", Unit::Seconds, Some(0)),
            ("-3", Unit::Seconds, Some(0)),
            ("\"\"", Unit::Seconds, None),
        ] {
            assert_eq!(time(raw(text), unit).expect(text), expected, "{text}");
        }
        for text in ["\"soon\"", "true", "[1]", "\"PT1X\"", "\"PT5\"", "\"NaN\""] {
            assert!(time(raw(text), Unit::Seconds).is_err(), "{text}");
        }
    }
}
