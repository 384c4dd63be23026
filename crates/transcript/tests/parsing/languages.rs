//! The languages: names, the words of a head, and what a committee says, one file each.
//!
//! A file has three sections. `[head]` has `key: value`, where `present`, `scribe` and `agenda` are
//! fields with their colon, `item` stands once for each item of the agenda, `comma` is what parts
//! the names of a list, and `joint` is what stands between two sentences (a blank if not given).
//! `[names]` has one name a line, behind a bar its inverted form if there is one. `[talk]` has one
//! sentence a line.

use std::fs;

use crate::folder;

/// A name of a person or an office.
#[derive(Debug, Clone)]
pub struct Name {
    /// As it is said.
    pub plain: String,
    /// Surname first, with a comma.
    pub inverted: Option<String>,
}

/// What one file holds.
#[derive(Debug, Default, Clone)]
pub struct Language {
    /// BCP 47 tag.
    pub code: String,
    /// Title of the meeting.
    pub title: String,
    /// Its date as people write it.
    pub date: String,
    /// The same date as `YYYY-MM-DD`.
    pub iso: String,
    /// The field of those present, with its colon.
    pub present: String,
    /// The field of who takes the minutes.
    pub scribe: String,
    /// The field of the agenda.
    pub agenda: String,
    /// The items of the agenda.
    pub items: Vec<String>,
    /// What parts the names of a list.
    pub comma: String,
    /// What stands between sentences.
    pub joint: String,
    /// People and offices.
    pub names: Vec<Name>,
    /// Sentences.
    pub talk: Vec<String>,
}

impl Language {
    fn read(code: &str, text: &str) -> Language {
        let mut language = Language {
            code: code.to_owned(),
            comma: ", ".to_owned(),
            joint: " ".to_owned(),
            ..Language::default()
        };
        let mut section = "";
        for line in text.lines().map(str::trim_end) {
            match line {
                "" => {}
                "[head]" | "[names]" | "[talk]" => section = line,
                _ if section == "[head]" => language.head(line),
                _ if section == "[names]" => language.names.push(name(line)),
                _ => language.talk.push(line.to_owned()),
            }
        }
        let sentences = language.talk.len();
        assert!(sentences >= 36, "{code}: only {sentences} sentences");
        assert_eq!(language.names.len(), 8, "{code}: names");
        assert!(!language.iso.is_empty(), "{code}: iso");
        language
    }

    fn head(&mut self, line: &str) {
        let (key, value) = line.split_once(':').expect("key: value");
        let value = value.trim();
        // Quotes keep a blank at the end.
        let quoted = |value: &str| Some(value.strip_prefix('"')?.strip_suffix('"')?.to_owned());
        let value = quoted(value).unwrap_or_else(|| value.to_owned());
        let field = match key {
            "title" => &mut self.title,
            "date" => &mut self.date,
            "iso" => &mut self.iso,
            "present" => &mut self.present,
            "scribe" => &mut self.scribe,
            "agenda" => &mut self.agenda,
            "comma" => &mut self.comma,
            "joint" => &mut self.joint,
            "item" => return self.items.push(value),
            _ => panic!("{}: {key} is no key of a head", self.code),
        };
        *field = value;
    }
}

fn name(line: &str) -> Name {
    match line.split_once(" | ") {
        Some((plain, inverted)) => Name {
            plain: plain.to_owned(),
            inverted: Some(inverted.to_owned()),
        },
        None => Name {
            plain: line.to_owned(),
            inverted: None,
        },
    }
}

/// All languages, by code.
pub fn all() -> Vec<Language> {
    let folder = folder().join("languages");
    let mut languages: Vec<Language> = fs::read_dir(&folder)
        .expect("the folder of languages")
        .map(|entry| {
            let path = entry.expect("an entry").path();
            let code = path.file_stem().expect("a name").to_string_lossy();
            Language::read(&code, &fs::read_to_string(&path).expect("a text"))
        })
        .collect();
    languages.sort_by(|one, other| one.code.cmp(&other.code));
    languages
}
