//! Who speaks, as numbers.

use std::collections::HashMap;

/// Who speaks: a number of [`Voices`], or none of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Voice {
    /// Nothing is said about it.
    Unstated,
    /// It is stated that nobody is known.
    Nobody,
    /// Somebody.
    One(u32),
}

impl Voice {
    /// This one, or the other where nothing is said.
    pub fn or(self, other: Voice) -> Voice {
        if self == Voice::Unstated { other } else { self }
    }
}

/// What recognisers call somebody whom they do not know.
const NOBODY: [&str; 4] = ["UU", "?", "unknown", "Unnamed Speaker"];

/// The names of a recording, each once.
#[derive(Debug, Default)]
pub(crate) struct Voices {
    names: Vec<String>,
    numbers: HashMap<String, u32>,
}

impl Voices {
    /// The voice with this name.
    pub fn voice(&mut self, name: &str) -> Voice {
        let name = name.trim();
        if name.is_empty() {
            return Voice::Unstated;
        }
        if NOBODY
            .iter()
            .any(|nobody| nobody.eq_ignore_ascii_case(name))
        {
            return Voice::Nobody;
        }
        if let Some(number) = self.numbers.get(name) {
            return Voice::One(*number);
        }
        let number = u32::try_from(self.names.len()).unwrap_or(u32::MAX);
        self.names.push(name.to_owned());
        self.numbers.insert(name.to_owned(), number);
        Voice::One(number)
    }

    /// Says what somebody is called who was a number so far.
    pub fn rename(&mut self, voice: Voice, name: &str) {
        if let (Voice::One(number), false) = (voice, name.trim().is_empty()) {
            self.names[number as usize] = name.trim().to_owned();
        }
    }

    /// The name of a voice, if it is somebody's.
    pub fn name(&self, voice: Voice) -> Option<&str> {
        match voice {
            Voice::One(number) => self.names.get(number as usize).map(String::as_str),
            Voice::Unstated | Voice::Nobody => None,
        }
    }
}
