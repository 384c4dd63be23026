//! The structure of a JSON text: which keys stand inside which.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde_json::Error;

use crate::formats::recogniser::path::{Letters, Step};

/// What is deeper is left aside,
const MAX_DEPTH: usize = 16;
/// and so are further keys of one object: formats have a few dozen.
const MAX_KEYS: usize = 128;

/// Keys by the keys above them. Elements of an array stand under one key without a name.
#[derive(Debug)]
pub(crate) struct Keys {
    /// Of each object or array: the keys in it, each with its own place here.
    nodes: Vec<Vec<(Box<str>, usize)>>,
}

impl Keys {
    /// Reads the first value of a text, or as much of it as is there.
    pub fn read(json: &[u8]) -> Keys {
        Keys::read_all(json).0
    }

    /// The same, with what is wrong with the text.
    pub fn read_all(json: &[u8]) -> (Keys, Option<Error>) {
        let mut keys = Keys {
            nodes: vec![Vec::new()],
        };
        let mut reader = serde_json::Deserializer::from_slice(json);
        let walk = Walk {
            keys: &mut keys,
            node: 0,
            depth: 0,
        };
        let error = walk
            .deserialize(&mut reader)
            .and_then(|()| reader.end())
            .err();
        (keys, error)
    }

    /// Whether anything stands at the end of a way.
    pub fn have(&self, way: impl IntoIterator<Item = Step>) -> bool {
        let mut node = 0;
        way.into_iter().all(|step| {
            let name = match step {
                Step::Key(name) => name,
                Step::Each | Step::At(_) => "",
            };
            let found = self.nodes[node].iter().find(|(key, _)| **key == *name);
            found.is_some_and(|(_, next)| {
                node = *next;
                true
            })
        })
    }

    fn child(&mut self, node: usize, name: &str) -> Option<usize> {
        let known = self.nodes[node].iter().find(|(key, _)| **key == *name);
        if let Some((_, child)) = known {
            return Some(*child);
        }
        if self.nodes[node].len() >= MAX_KEYS {
            return None;
        }
        let child = self.nodes.len();
        self.nodes.push(Vec::new());
        self.nodes[node].push((name.into(), child));
        Some(child)
    }
}

/// Walks through a value.
struct Walk<'k> {
    keys: &'k mut Keys,
    node: usize,
    depth: usize,
}

impl Walk<'_> {
    fn inside(&mut self, name: &str) -> Option<Walk<'_>> {
        let depth = self.depth + 1;
        let node = self
            .keys
            .child(self.node, name)
            .filter(|_| depth < MAX_DEPTH)?;
        Some(Walk {
            keys: self.keys,
            node,
            depth,
        })
    }
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut map: A) -> Result<(), A::Error> {
        while let Some(name) = map.next_key::<Letters>()? {
            match self.inside(&name.0) {
                Some(inside) => map.next_value_seed(inside)?,
                None => drop(map.next_value::<IgnoredAny>()?),
            }
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut array: A) -> Result<(), A::Error> {
        loop {
            let more = match self.inside("") {
                Some(inside) => array.next_element_seed(inside)?.is_some(),
                None => array.next_element::<IgnoredAny>()?.is_some(),
            };
            if !more {
                return Ok(());
            }
        }
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::recogniser::path::steps;

    #[test]
    fn keys_are_known_by_the_keys_above_them_also_where_the_text_is_cut_off() {
        let whole = br#"{"a": {"b": [{"c": 1}, {"d": "x"}]}, "e": null}"#;
        for (json, there, missing) in [
            (
                &whole[..],
                &["a.b[].c", "a.b[0].d", "e"][..],
                &["b", "a.b.c", "a.e"][..],
            ),
            (&whole[..20], &["a.b[].c"], &["a.b[].d", "e"]),
            (b"[[{\"a\":1}]] x", &["[][].a"], &["[].a"]),
            (b"text", &[], &["a"]),
        ] {
            let (keys, _) = Keys::read_all(json);
            assert!(there.iter().all(|way| keys.have(steps(way))), "{there:?}");
            assert!(
                !missing.iter().any(|way| keys.have(steps(way))),
                "{missing:?}"
            );
        }
    }

    #[test]
    fn a_text_of_many_keys_or_many_levels_is_walked_and_not_kept() {
        let many: String = (0..10_000).map(|n| format!("\"{n}\":{{}},")).collect();
        let keys = Keys::read(format!("{{{many}\"a\":1}}").as_bytes());
        assert!(keys.nodes.len() <= MAX_KEYS + 1);
        let deep = "[".repeat(100_000) + &"]".repeat(100_000);
        let (keys, error) = Keys::read_all(deep.as_bytes());
        assert!(keys.nodes.len() <= MAX_DEPTH + 1 && error.is_none());
    }
}
