//! Small classes of words of the domain, one file a language.
//!
//! None of them is needed for a transcript to parse; they settle cases that form alone leaves
//! open. They name things that every meeting record has, and no word of one particular document.
//! The lists of all languages hold at once: a meeting is often in two. Words are in small letters,
//! and blanks at their ends mean nothing.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::LazyLock;

use serde::Deserialize;
use turnsearch_model::Field;

use crate::signs::script::is_ideograph;

/// The files of the languages.
const LANGUAGES: [(&str, &str); 21] = [
    ("zh", include_str!("zh.toml")),
    ("en", include_str!("en.toml")),
    ("fr", include_str!("fr.toml")),
    ("es", include_str!("es.toml")),
    ("de", include_str!("de.toml")),
    ("it", include_str!("it.toml")),
    ("pt", include_str!("pt.toml")),
    ("nl", include_str!("nl.toml")),
    ("pl", include_str!("pl.toml")),
    ("ru", include_str!("ru.toml")),
    ("uk", include_str!("uk.toml")),
    ("tr", include_str!("tr.toml")),
    ("ar", include_str!("ar.toml")),
    ("he", include_str!("he.toml")),
    ("hi", include_str!("hi.toml")),
    ("th", include_str!("th.toml")),
    ("ko", include_str!("ko.toml")),
    ("ja", include_str!("ja.toml")),
    ("vi", include_str!("vi.toml")),
    ("el", include_str!("el.toml")),
    ("ka", include_str!("ka.toml")),
];

static WORDS: LazyLock<Words> = LazyLock::new(|| {
    let mut all = Words::default();
    for (language, text) in LANGUAGES {
        match toml::from_str(text) {
            Ok(words) => all.add(words),
            Err(error) => unreachable!("{language}.toml is checked by a test: {error}"),
        }
    }
    all.index_keys();
    all
});

/// A key without the blanks that stretch it over a column, as between the ideographs of `時　間`.
pub(crate) fn tight(key: &str) -> String {
    let is_one = |part: &str| part.chars().count() == 1 && part.starts_with(is_ideograph);
    if key.split_whitespace().all(is_one) {
        key.split_whitespace().collect()
    } else {
        key.to_owned()
    }
}

/// The words of all languages.
pub(crate) fn words() -> &'static Words {
    &WORDS
}

macro_rules! words {
    ($($(#[$about:meta])* $name:ident: $kind:ty,)*) => {
        /// Words by what they say. The files of the languages say more of each list.
        #[derive(Debug, Default, Deserialize)]
        #[serde(default, deny_unknown_fields)]
        pub(crate) struct Words {
            $($(#[$about])* pub $name: $kind,)*
            /// Keys of the lines above the first turn, by the name of the field that they state.
            head: BTreeMap<String, Vec<String>>,
            /// The field of each of these keys.
            #[serde(skip)]
            field_of_key: HashMap<String, Field>,
        }

        impl Words {
            fn add(&mut self, other: Words) {
                $(self.$name.extend(other.$name.into_iter());)*
                for (field, keys) in other.head {
                    self.head.entry(field).or_default().extend(keys);
                }
            }
        }
    };
}

words! {
    /// Stage directions, whole.
    stage: Vec<String>,
    /// Marks for what the writer could not hear, as a part of a remark.
    inaudible: Vec<String>,
    /// What makes such a remark a stage direction all the same.
    heard: Vec<String>,
    /// What opens a note about the record, before a mark or, where it has several words, alone.
    note: Vec<String>,
    /// What opens such a note without a marker.
    note_opening: Vec<String>,
    /// What such a note speaks of.
    record: Vec<String>,
    /// What such a note says about it.
    reliability: Vec<String>,
    /// What an end mark says.
    end: Vec<String>,
    /// What stands before one's own name.
    introducing: Vec<String>,
    /// What stands before the name of somebody who is spoken to.
    addressing_before: Vec<String>,
    /// What stands after it.
    addressing_after: Vec<String>,
    /// Fields of a record that nobody speaks, before a colon.
    field: HashSet<String>,
    /// Last ideographs of such fields.
    field_endings: Vec<String>,
    /// Sentences on what a house did, which stand as paragraphs and nobody says.
    procedure: Vec<String>,
    /// Words between a title and its date.
    before_date: Vec<String>,
    /// The sign after the number of an hour,
    hour_signs: Signs,
    /// and of a minute.
    minute_signs: Signs,
    /// What opens a line that says who examines a witness.
    examined_by: Vec<String>,
    /// The sign of a question in such an examination,
    question: Vec<String>,
    /// of an answer,
    answer: Vec<String>,
    /// and who answers.
    witness: Vec<String>,
    /// What stands around a name in a saved chat.
    chat: Vec<String>,
    /// Endings of offices that speak without a name.
    office: Vec<String>,
    /// Words of offices and titles inside labels: `Councillor Rivas`.
    office_words: HashSet<String>,
    /// Parts of a clause, where words are not separated.
    clause: Vec<String>,
    /// Words of a clause, where they are.
    clause_words: HashSet<String>,
    /// Parts of a sentence that no heading has.
    sentence: Vec<String>,
    /// Signs of speech.
    said: Signs,
    /// Words of speech, where words are separated.
    said_words: Vec<String>,
    /// Signs of speech in pairs.
    said_pairs: Vec<String>,
    /// A sign of speech,
    said_alone: Signs,
    /// unless one of these follows.
    said_not_before: Signs,
    /// Last words of the name of an event.
    event_nouns: Vec<String>,
    /// The word beside the number of a page,
    page_words: Vec<String>,
    /// and between it and that of all.
    page_of: Vec<String>,
    /// The sign beside the number of a page,
    page_signs: Signs,
    /// before it,
    page_first: Signs,
    /// and before that of all.
    page_total: Signs,
    /// Keys of front matter that name who speaks,
    people_keys: Vec<String>,
    /// and others that tell front matter from speech.
    front_keys: Vec<String>,
    /// What stands in place of a name where nobody is known.
    nobody: Vec<String>,
    /// Headings above the questions of listeners.
    questions: Vec<String>,
    /// The word between two names.
    and: Vec<String>,
    /// Twelve of each language that has them, or twelve more for each other form.
    months: Vec<String>,
    /// What stands before the number of a month, where months have no names.
    month_words: Vec<String>,
    /// Days of the week.
    weekdays: Vec<String>,
    /// What follows the number of a day.
    ordinal_endings: Vec<String>,
    /// What stands between day and month,
    before_month: Vec<String>,
    /// and between month and year.
    before_year: Vec<String>,
    /// The sign after the numbers of a year,
    year_signs: Signs,
    /// of a month,
    month_signs: Signs,
    /// of a day,
    day_signs: Signs,
    /// and of a day as it is said.
    day_signs_said: Signs,
    /// Signs beside a date that do not make its line more than one.
    date_letters: Signs,
    /// Words of that kind.
    date_words: Vec<String>,
    /// Eras that years are counted in, with the year before the first one.
    eras: BTreeMap<String, u32>,
    /// What follows a time before noon,
    morning: Vec<String>,
    /// and past noon.
    afternoon: Vec<String>,
    /// The word between two times,
    until: Vec<String>,
    /// and the sign.
    until_signs: Signs,
    /// Last word of the name of a time zone, case included,
    zone_words: Vec<String>,
    /// and its last two signs, where words are not separated.
    zone_endings: Vec<String>,
}

impl Words {
    /// The field that a key of the head states.
    pub fn head_field(&self, key: &str) -> Option<Field> {
        self.field_of_key.get(key).copied()
    }

    /// Makes keys known; of two fields with the same key it is that of the first.
    fn index_keys(&mut self) {
        for field in Field::ALL {
            for key in self.head.get(field.name()).into_iter().flatten() {
                self.field_of_key.entry(key.clone()).or_insert(field);
            }
        }
    }

    /// The keys that state a field, the surest first.
    pub fn head_keys(&self, field: Field) -> impl Iterator<Item = &String> {
        self.head.get(field.name()).into_iter().flatten()
    }

    /// The number of a month, in full or in short. In short it may begin the names of several
    /// months, in one language or in two: then it is none of them.
    pub fn month(&self, word: &str) -> Option<u32> {
        let word = word.to_lowercase();
        let number = |at: usize| u32::try_from(at % 12 + 1).ok();
        if let Some(at) = self.months.iter().position(|month| *month == word) {
            return number(at);
        }
        if !(3..=4).contains(&word.chars().count()) {
            return None;
        }
        let begins = |(at, month): (usize, &String)| month.starts_with(&word).then(|| number(at));
        let mut found = self.months.iter().enumerate().filter_map(begins);
        let first = found.next()?;
        found.all(|other| other == first).then_some(first)?
    }

    /// Whether it is a day of the week, in full or in short.
    pub fn is_weekday(&self, word: &str) -> bool {
        let word = word.to_lowercase();
        let short = 3..=5;
        self.weekdays.iter().any(|day| {
            *day == word || short.contains(&word.chars().count()) && day.starts_with(&word)
        })
    }
}

/// Whether a list has this word.
pub(crate) fn has(words: &[String], word: &str) -> bool {
    words.iter().any(|known| known == word)
}

/// Whether a text holds one of the words.
pub(crate) fn holds(text: &str, words: &[String]) -> bool {
    words.iter().any(|word| text.contains(word.as_str()))
}

/// Single characters.
#[derive(Debug, Default, Deserialize)]
#[serde(from = "String")]
pub(crate) struct Signs(Vec<char>);

impl Signs {
    /// Whether this is one of them.
    pub fn has(&self, sign: char) -> bool {
        self.0.contains(&sign)
    }

    fn extend(&mut self, others: impl Iterator<Item = char>) {
        self.0.extend(others);
    }

    fn into_iter(self) -> impl Iterator<Item = char> {
        self.0.into_iter()
    }
}

impl From<String> for Signs {
    fn from(signs: String) -> Signs {
        Signs(signs.chars().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_language_is_read_and_its_words_are_in_the_form_that_is_looked_for() {
        for (language, text) in LANGUAGES {
            let words: Words = toml::from_str(text).unwrap_or_else(|e| panic!("{language}: {e}"));
            assert_eq!(words.months.len() % 12, 0, "{language}");
            assert!(
                words
                    .zone_endings
                    .iter()
                    .all(|end| end.chars().count() == 2)
            );
            assert!(
                words
                    .said_pairs
                    .iter()
                    .all(|pair| pair.chars().count() == 2)
            );
            for field in words.head.keys() {
                assert!(Field::named(field).is_some(), "{language}: {field}");
            }
            for list in [
                &words.stage,
                &words.introducing,
                &words.addressing_after,
                &words.office,
            ] {
                for word in list {
                    assert_eq!((word.trim(), &word.to_lowercase()), (word.as_str(), word));
                }
            }
            for word in &words.office_words {
                assert_eq!((word.trim(), &word.to_lowercase()), (word.as_str(), word));
            }
        }
    }

    /// Croatian `listopad` is October and Polish `listopad` November: such a pair must be noticed.
    #[test]
    fn a_name_is_that_of_one_month_in_all_languages() {
        let months = &words().months;
        for (at, name) in months.iter().enumerate() {
            let others = months
                .iter()
                .enumerate()
                .filter(|(_, other)| *other == name);
            for (other, _) in others {
                assert_eq!(other % 12, at % 12, "{name}");
            }
            assert_eq!((name.trim(), &name.to_lowercase()), (name.as_str(), name));
        }
    }

    #[test]
    fn months_days_and_keys_are_found_in_full_and_in_short() {
        let words = words();
        assert_eq!(
            (words.month("Sept"), words.month("may")),
            (Some(9), Some(5))
        );
        assert_eq!((words.month("ma"), words.month("Marcia")), (None, None));
        // June and July in French, Greek and Romance languages begin alike.
        assert_eq!((words.month("jui"), words.month("ιου")), (None, None));
        assert_eq!(
            (words.month("juil"), words.month("ago")),
            (Some(7), Some(8))
        );
        assert_eq!((words.month("дек"), words.month("де")), (Some(12), None));
        assert!(words.is_weekday("Thurs") && !words.is_weekday("th"));
        assert_eq!(words.head_field("地點"), Some(Field::Place));
        assert_eq!(words.head_field("speaker"), None);
    }
}
