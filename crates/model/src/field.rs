//! The table of the metadata fields: the one place that says which there are, in which order, and
//! what they are called.

use std::ops::{Index, IndexMut};

/// Something that a source can state of its meeting.
///
/// The order is that of every list of fields: JSON Lines, packs, answers to the page. A pack stores
/// a field's place in it, so new fields go to the end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Title of the session.
    Title,
    /// The larger event that the session belongs to, such as `ICANN70`.
    Event,
    /// Date as `YYYY-MM-DD`.
    Date,
    /// Local time as `HH:MM` or `HH:MM-HH:MM`.
    Time,
    /// Time zone as printed, such as `JST` or `美国东部标准时间`.
    Zone,
    /// Where the meeting was held.
    Place,
    /// BCP 47 tag.
    Language,
    /// The publisher's own page of the record. It can hold the placeholders of
    /// [`link::OF_TURN`](crate::link::OF_TURN).
    Url,
    /// An audio or video file of the meeting.
    Media,
}

impl Field {
    /// All fields, in order.
    pub const ALL: [Field; 9] = [
        Field::Title,
        Field::Event,
        Field::Date,
        Field::Time,
        Field::Zone,
        Field::Place,
        Field::Language,
        Field::Url,
        Field::Media,
    ];

    /// The word that stands for the field in configurations, JSON and answers.
    pub const fn name(self) -> &'static str {
        match self {
            Field::Title => "title",
            Field::Event => "event",
            Field::Date => "date",
            Field::Time => "time",
            Field::Zone => "zone",
            Field::Place => "place",
            Field::Language => "language",
            Field::Url => "url",
            Field::Media => "media",
        }
    }

    /// The field of that name.
    pub fn named(name: &str) -> Option<Field> {
        Field::ALL.into_iter().find(|field| field.name() == name)
    }

    /// Whether values are addresses, which can be relative to the collection's own.
    pub const fn is_address(self) -> bool {
        matches!(self, Field::Url | Field::Media)
    }
}

/// What is known of a meeting besides its turns: `meta[Field::Title]`. What the source does not
/// state is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Metadata([Option<String>; Field::ALL.len()]);

impl Metadata {
    /// The value of a field, where there is one.
    pub fn get(&self, field: Field) -> Option<&str> {
        self[field].as_deref()
    }

    /// The fields that have a value, in order.
    pub fn iter(&self) -> impl Iterator<Item = (Field, &str)> {
        Field::ALL
            .into_iter()
            .filter_map(|field| Some((field, self.get(field)?)))
    }

    /// The four digits of the year, where the date is known.
    pub fn year(&self) -> Option<&str> {
        self.get(Field::Date)?.get(..4)
    }
}

impl Index<Field> for Metadata {
    type Output = Option<String>;

    fn index(&self, field: Field) -> &Option<String> {
        &self.0[field as usize]
    }
}

impl IndexMut<Field> for Metadata {
    fn index_mut(&mut self, field: Field) -> &mut Option<String> {
        &mut self.0[field as usize]
    }
}

impl<S: Into<String>> FromIterator<(Field, S)> for Metadata {
    fn from_iter<I: IntoIterator<Item = (Field, S)>>(values: I) -> Metadata {
        let mut meta = Metadata::default();
        for (field, value) in values {
            meta[field] = Some(value.into());
        }
        meta
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_stand_where_their_number_says_and_are_found_by_their_names() {
        for (at, field) in Field::ALL.into_iter().enumerate() {
            assert_eq!(field as usize, at);
            assert_eq!(Field::named(field.name()), Some(field));
        }
        assert_eq!(Field::named("speaker"), None);
    }

    #[test]
    fn what_is_stated_comes_back_in_order() {
        let meta = Metadata::from_iter([(Field::Url, "/a"), (Field::Date, "2021-03-08")]);
        let stated: Vec<_> = meta.iter().collect();
        assert_eq!(stated, [(Field::Date, "2021-03-08"), (Field::Url, "/a")]);
        assert_eq!(meta.year(), Some("2021"));
        assert_eq!(meta[Field::Title], None);
    }
}
