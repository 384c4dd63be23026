//! `turnsearch init`: a `collection.toml` to begin with.
//!
//! Everything in it that a person has to judge is a comment, so that the collection is the same
//! with the file as it is without.

use std::fmt::Write as _;
use std::io::{ErrorKind, Write as _};
use std::path::{Path, PathBuf};

use clap::Args;
use turnsearch_model::{Collection, Field, Meeting, Speaker};
use turnsearch_transcript::names::is_machine_made;

use crate::error::CliError;
use crate::progress::Progress;
use crate::source::{self, HowToRead, Inputs};

/// The file that is written.
const FILE: &str = "collection.toml";

/// Collections with more people than this are not searched for names of one person, which takes the
/// square of their number.
const MAX_PEOPLE: usize = 4000;

/// Characters of simplified and of traditional Chinese that are frequent in speech and not shared.
const SIMPLIFIED: &str = "这个们说国会对时来发为开";
const TRADITIONAL: &str = "這個們說國會對時來發為開";

#[derive(Debug, Args)]
pub struct InitArguments {
    /// The folder with the transcripts.
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    #[command(flatten)]
    how: HowToRead,
}

/// Writes the file, unless there is one.
///
/// # Errors
/// Where there is one already, the transcripts cannot be read, or the file cannot be written.
pub fn init(arguments: InitArguments) -> Result<(), CliError> {
    let path = arguments.folder.join(FILE);
    if path.exists() {
        return Err(there_is_one(&path));
    }
    let inputs = Inputs {
        paths: vec![arguments.folder.clone()],
        format: None,
        how: arguments.how,
    };
    let mut progress = Progress::new(false);
    let sources = source::collection(&inputs, &mut progress)?;
    progress.finish();
    let text = config(&title(&arguments.folder), &sources.collection);
    let mut file = std::fs::File::create_new(&path).map_err(|error| match error.kind() {
        ErrorKind::AlreadyExists => there_is_one(&path),
        _ => CliError::io(&path)(error),
    })?;
    file.write_all(text.as_bytes()).map_err(|error| {
        // Half a configuration would stop builds, and the next `init`.
        let _ = std::fs::remove_file(&path);
        CliError::NotWritten {
            path: path.clone(),
            error,
        }
    })?;
    progress.say(&format!("{}: written; look it over", path.display()));
    Ok(())
}

fn there_is_one(path: &Path) -> CliError {
    CliError::Bundle(format!(
        "{}: there is one already; it is left as it is",
        path.display()
    ))
}

/// The name of the folder, for want of a better title.
fn title(folder: &Path) -> String {
    let whole = folder.canonicalize().unwrap_or_else(|_| folder.to_owned());
    let name = whole.file_name().unwrap_or_default().to_string_lossy();
    name.replace(['-', '_'], " ")
}

/// The whole file.
fn config(title: &str, collection: &Collection) -> String {
    let mut text = String::from(
        "# What readers see of the collection, beside what the transcripts state themselves.\n\
         # Lines that begin with # are suggestions: take the # away to use one.\n\n\
         # Title of the page.\n",
    );
    let _ = writeln!(text, "title = {}", quoted(title));
    text.push_str("\n# Language of most of the text, as a tag: en, zh-Hans, zh-Hant, de …\n");
    match language(collection) {
        Some(language) => {
            let _ = writeln!(text, "language = {}", quoted(language));
        }
        None => text.push_str("# language = \"en\"\n"),
    }
    text.push_str(
        "\n# What `url` and `media` of the meetings below are relative to.\n\
         # base_url = \"https://example.org/meetings\"\n\
         \n# Where a turn stands on your own pages. {url} {media} {source} {stem} {id} {date} {year} stand\n\
         # for the meeting, {n} {seconds} {ms} for the turn.\n\
         # link = \"{url}#turn-{n}\"\n\
         \n# Which files of the folder to read.\n\
         # include = [\"**/*.vtt\"]\n\
         # exclude = [\"drafts/**\"]\n",
    );
    text.push_str("\n# People under several names.\n");
    let namesakes = namesakes(collection);
    if namesakes.is_empty() {
        text.push_str("# [[speakers]]\n# name = \"Full Name\"\n# aliases = [\"Nickname\"]\n");
    } else {
        text.push_str("# These may be the same; compare before you take a # away.\n");
    }
    for (name, aliases) in namesakes {
        let aliases: Vec<String> = aliases.iter().map(|alias| quoted(alias)).collect();
        let (name, aliases) = (quoted(name), aliases.join(", "));
        let _ = writeln!(
            text,
            "# [[speakers]]\n# name = {name}\n# aliases = [{aliases}]"
        );
    }
    text.push_str("\n# The meetings, with what was found in them.\n");
    for meeting in &collection.meetings {
        describe(&mut text, meeting);
        suggest_names(&mut text, meeting, &collection.speakers);
    }
    text
}

/// Characters of the first words of somebody whose name is looked for.
const FIRST_WORDS: usize = 50;

/// The people whom only a machine told apart, each with the first words; nothing changes until
/// somebody writes a name.
fn suggest_names(text: &mut String, meeting: &Meeting, speakers: &[Speaker]) {
    let mut seen = Vec::new();
    for turn in meeting.turns.iter().filter(|turn| !turn.text.is_empty()) {
        let Some(id) = turn.speaker.filter(|id| !seen.contains(id)) else {
            continue;
        };
        let Some(speaker) = speakers
            .get(id.index())
            .filter(|s| is_machine_made(&s.name))
        else {
            continue;
        };
        if seen.is_empty() {
            let source = quoted(&meeting.source);
            let _ = writeln!(text, "# [meetings.{source}.speakers]  # who these are");
        }
        seen.push(id);
        let name = quoted(&speaker.name);
        let words: String = turn.text.chars().take(FIRST_WORDS).collect();
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let _ = writeln!(text, "# {name} = {name}  # {words}");
    }
}

fn describe(text: &mut String, meeting: &Meeting) {
    let meta = &meeting.meta;
    let _ = writeln!(text, "\n[meetings.{}]", quoted(&meeting.source));
    for (key, found, sample) in [
        ("title", &meta[Field::Title], "What it is called"),
        ("date", &meta[Field::Date], "YYYY-MM-DD"),
        ("place", &meta[Field::Place], ""),
        ("url", &meta[Field::Url], "its-page.html"),
        ("media", &meta[Field::Media], ""),
    ] {
        match found {
            Some(found) => {
                let _ = writeln!(text, "# {key} = {}", quoted(found));
            }
            None if !sample.is_empty() => {
                let _ = writeln!(text, "# {key} = {}  # none was found", quoted(sample));
            }
            None => {}
        }
    }
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    // On one line, whatever it holds: the lines are comments.
    toml::Value::String(text.replace(['\n', '\r'], " ")).to_string()
}

/// Chinese by its script, where ideographs are at least a third of the letters; other languages are
/// not guessed.
fn language(collection: &Collection) -> Option<&'static str> {
    let [mut letters, mut ideographs, mut simplified, mut traditional] = [0usize; 4];
    let turns = collection
        .meetings
        .iter()
        .flat_map(|meeting| &meeting.turns);
    for c in turns.flat_map(|turn| turn.text.chars()) {
        letters += usize::from(c.is_alphabetic());
        ideographs += usize::from(('\u{4e00}'..='\u{9fff}').contains(&c));
        simplified += usize::from(SIMPLIFIED.contains(c));
        traditional += usize::from(TRADITIONAL.contains(c));
    }
    if ideographs == 0 || ideographs * 3 < letters {
        None
    } else if traditional > simplified {
        Some("zh-Hant")
    } else {
        Some("zh-Hans")
    }
}

/// People who may be one: the longest name first, with the others.
fn namesakes(collection: &Collection) -> Vec<(&str, Vec<&str>)> {
    let mut names: Vec<&str> = collection
        .speakers
        .iter()
        .map(|speaker| speaker.name.as_str())
        .collect();
    if names.len() > MAX_PEOPLE {
        return Vec::new();
    }
    names.sort_by_key(|name| std::cmp::Reverse(name.chars().count()));
    let mut groups: Vec<(&str, Vec<&str>)> = Vec::new();
    for name in names {
        match groups
            .iter_mut()
            .find(|(other, _)| is_namesake(other, name))
        {
            Some((_, aliases)) => aliases.push(name),
            None => groups.push((name, Vec::new())),
        }
    }
    groups.retain(|(_, aliases)| !aliases.is_empty());
    groups
}

/// Whether two names may be those of one person: written alike but for case, blanks and dots, a
/// letter apart, or all words of the one among those of the other.
fn is_namesake(longer: &str, shorter: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.split(|c: char| !c.is_alphanumeric())
            .filter(|word| !word.is_empty())
            .map(str::to_lowercase)
            .collect()
    };
    let (all, some) = (words(longer), words(shorter));
    if some.is_empty() {
        return false;
    }
    let (long, short) = (all.concat(), some.concat());
    // One letter of a short name makes another name.
    let is_slip = short.chars().count() >= 6 && strsim::damerau_levenshtein(&long, &short) <= 1;
    long == short || is_slip || some.iter().all(|word| all.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn namesakes_are_suggested_and_others_are_not() {
        for (longer, shorter, expected) in [
            ("Audrey Tang", "Audrey", true),
            ("Jean-Luc Picard", "jean luc picard", true),
            ("Peter Kirstein", "Peter Kirsten", true),
            ("Peter Smith", "Peter Jones", false),
            ("Anna", "Hanna", false),
            ("帕特里克·琼斯", "琼斯", true),
            ("主席", "主持", false),
        ] {
            assert_eq!(is_namesake(longer, shorter), expected, "{longer} {shorter}");
        }
    }

    #[test]
    fn texts_of_sources_stay_in_their_lines() {
        let value = quoted("a\"\n[meetings]\n\\");
        assert_eq!(value.lines().count(), 1);
        let parsed: toml::Table = toml::from_str(&format!("x = {value}")).expect("it is TOML");
        assert_eq!(parsed["x"].as_str(), Some("a\" [meetings] \\"));
    }
}
