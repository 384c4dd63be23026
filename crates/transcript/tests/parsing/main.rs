//! A bench of who speaks: shapes of transcripts times languages, each with its truth.
//!
//! A cell is one file: a meeting made up of the sentences and names of `languages/CODE.txt`,
//! printed in one of the shapes of `shapes.rs`, parsed, and held against what a careful person
//! would type up. `cargo xtask parsing` prints the tables.
//!
//! A third of the cells, by a fixed hash of their names, is *unread*: nobody tunes the parser on
//! them, so their columns tell how far what was learned on the others carries.
//!
//! In the environment:
//!
//! - `PARSING_SHOW=SHAPE/LANGUAGE` prints source, truth and findings of one cell and nothing else;
//! - `PARSING_SHOW=misses` names, for each cell that may be looked at and is not right, the
//!   speakers who were missed and who are none;
//! - `PARSING_SEED=TEXT` makes other meetings, in the same shapes and languages, and holds them
//!   against no floors;
//! - `PARSING_FLOORS=write` puts the figures as measured into `floors.toml` and the tables into
//!   `docs/PARSING.md`.

mod languages;
mod markup;
mod meeting;
mod random;
mod recognisers;
mod score;
mod shapes;
mod tables;

use std::path::{Path, PathBuf};
use std::thread;

use languages::Language;
use meeting::Truth;
use random::Random;
use score::Score;
use shapes::{SHAPES, Shape};
use turnsearch_transcript::{Corrections, ParseError, Parsed, parse};

/// Cells of a hundred in which other names or letters may change who speaks.
const DIFFERING: usize = 3;
/// Threads that parse.
const THREADS: usize = 2;

/// Which part of the bench a cell belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// The two thirds that may be looked at.
    Read,
    /// The third that nobody looks at.
    Unread,
}

/// One shape in one language, and how it went.
pub struct Cell {
    /// The name of the shape.
    pub shape: &'static str,
    /// The code of the language.
    pub language: String,
    /// Whether one may look at it.
    pub part: Part,
    /// How it went.
    pub score: Score,
}

/// Shapes with a row for each sentence.
const PARTED: [&str; 3] = ["csv-merged", "tsv", "ttml"];

/// The folder of this test.
pub fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/parsing")
}

/// What makes the meetings other ones; empty for those of the floors.
pub fn seed() -> String {
    std::env::var("PARSING_SEED").unwrap_or_default()
}

/// The part of a cell, by its name alone.
fn part(shape: &str, language: &str) -> Part {
    match random::hash(&format!("{shape}/{language}/part")) % 3 {
        0 => Part::Unread,
        _ => Part::Read,
    }
}

/// The file of a cell and what a careful person would make of it; nothing where the shape is not
/// used in the language.
fn cell(shape: &Shape, language: &Language) -> Option<(String, Truth)> {
    let meeting = meeting::make(shape, language)?;
    Some((
        shape.print(&meeting, language),
        shape.truth(&meeting, language),
    ))
}

fn read(shape: &Shape, source: &str) -> Result<Parsed, ParseError> {
    parse(
        shape.file,
        &markup::bytes(shape.file, source),
        &Corrections::NONE,
    )
}

/// Every cell, parsed and scored.
fn cells(languages: &[Language]) -> Vec<Cell> {
    let all: Vec<(&'static Shape, &Language)> = SHAPES
        .iter()
        .flat_map(|shape| languages.iter().map(move |language| (shape, language)))
        .collect();
    let share = all.len().div_ceil(THREADS);
    thread::scope(|scope| {
        let threads: Vec<_> = all
            .chunks(share)
            .map(|share| {
                scope.spawn(move || {
                    let scored = share.iter().filter_map(|(shape, language)| {
                        let (source, truth) = cell(shape, language)?;
                        Some(Cell {
                            shape: shape.name,
                            language: language.code.clone(),
                            part: part(shape.name, &language.code),
                            score: Score::of(&truth, read(shape, &source).ok().as_ref()),
                        })
                    });
                    scored.collect::<Vec<Cell>>()
                })
            })
            .collect();
        let done = threads
            .into_iter()
            .flat_map(|thread| thread.join().expect("no panic"));
        done.collect()
    })
}

/// Prints source, truth and findings of the cell `SHAPE/LANGUAGE`.
fn show(wanted: &str, languages: &[Language]) {
    let (shape, code) = wanted.split_once('/').expect("SHAPE/LANGUAGE");
    let shape = SHAPES
        .iter()
        .find(|known| known.name == shape)
        .unwrap_or_else(|| {
            let names: Vec<&str> = SHAPES.iter().map(|shape| shape.name).collect();
            panic!("no shape {shape}; there are {}", names.join(", "))
        });
    let language = languages
        .iter()
        .find(|language| language.code == code)
        .unwrap_or_else(|| panic!("no language {code}"));
    let Some((source, truth)) = cell(shape, language) else {
        println!("{wanted}: this shape is not used in this language");
        return;
    };
    if part(shape.name, code) == Part::Unread {
        println!("{wanted} is of the unread part: tune nothing on it.");
    }
    let parsed = read(shape, &source);
    println!("== source, as {}\n{source}\n== truth", shape.file);
    for (field, value) in &truth.fields {
        println!("{}: {value}", field.name());
    }
    for turn in &truth.turns {
        score::print(turn);
    }
    match &parsed {
        Ok(parsed) => {
            println!("\n== found, {}", parsed.meeting.kind.as_str());
            for (field, _) in &truth.fields {
                let value = parsed.meeting.meta.get(*field);
                println!("{}: {}", field.name(), value.unwrap_or("-"));
            }
            for turn in score::found(parsed) {
                score::print(&turn);
            }
        }
        Err(error) => println!("\n== refused: {error}"),
    }
    println!("\n{:#?}", Score::of(&truth, parsed.ok().as_ref()));
}

/// Prints whom the cells that may be looked at miss, and who speaks there and should not.
fn show_misses(languages: &[Language]) {
    let mut missed = 0;
    for (shape, language) in SHAPES
        .iter()
        .flat_map(|shape| languages.iter().map(move |language| (shape, language)))
        .filter(|(shape, language)| part(shape.name, &language.code) == Part::Read)
    {
        let Some((source, truth)) = cell(shape, language) else {
            continue;
        };
        let parsed = read(shape, &source).ok();
        let score = Score::of(&truth, parsed.as_ref());
        if score.right == score.turns {
            continue;
        }
        missed += 1;
        let found = parsed
            .map(|parsed| score::found(&parsed))
            .unwrap_or_default();
        let without = |turns: &[meeting::Turn], others: &[meeting::Turn]| -> Vec<String> {
            let known: Vec<&Option<String>> = others.iter().map(|turn| &turn.name).collect();
            let mut names: Vec<String> = turns
                .iter()
                .filter(|turn| !known.contains(&&turn.name))
                .map(|turn| turn.name.clone().unwrap_or_else(|| "nobody".to_owned()))
                .collect();
            names.sort_unstable();
            names.dedup();
            names
        };
        println!(
            "{}/{}: {} of {} right, {} characters in a wrong mouth; missed {:?}, none {:?}",
            shape.name,
            language.code,
            score.right,
            score.turns,
            score.wrong,
            without(&truth.turns, &found),
            without(&found, &truth.turns),
        );
    }
    println!("{missed} cells are not right.");
}

#[test]
fn speakers_are_found_in_every_shape_and_language() {
    let languages = languages::all();
    match std::env::var("PARSING_SHOW").as_deref() {
        Ok("misses") => return show_misses(&languages),
        Ok(wanted) => return show(wanted, &languages),
        Err(_) => {}
    }
    let cells = cells(&languages);
    let tables = tables::tables(&cells);
    println!("{tables}");
    if std::env::var_os("PARSING_FLOORS").is_some_and(|value| value == "write") {
        tables::write_floors(&cells);
        tables::write_tables(&tables);
    }
    if !seed().is_empty() {
        return;
    }
    let below = tables::below_floors(&cells);
    assert!(below.is_empty(), "below the floors:\n{}", below.join("\n"));
}

/// Who speaks where: for each turn the number of its speaker, by first appearance, and its length.
fn pattern(parsed: Option<&Parsed>) -> Vec<(Option<usize>, usize)> {
    let turns = parsed.map(score::found).unwrap_or_default();
    let mut seen: Vec<String> = Vec::new();
    let mut number = |name: String| {
        seen.iter()
            .position(|known| *known == name)
            .unwrap_or_else(|| {
                seen.push(name);
                seen.len() - 1
            })
    };
    let mut pattern: Vec<(Option<usize>, usize)> = Vec::new();
    for turn in turns {
        let (speaker, length) = (
            turn.name.map(&mut number),
            score::squeeze(&turn.text).chars().count(),
        );
        // How long paragraphs of nobody are is no matter here.
        match pattern.last_mut() {
            Some((None, before)) if speaker.is_none() => *before += length,
            _ => pattern.push((speaker, length)),
        }
    }
    pattern
}

/// Exchanging all names for others of the same script, or all letters of the speech for others at
/// random, does not change who speaks where.
#[test]
fn structure_decides_in_every_shape_and_language() {
    let languages = languages::all();
    let disguises: [(&str, Disguise); 2] = [
        ("other names", other_names),
        ("other letters", other_letters),
    ];
    for (disguise, disguised) in disguises {
        let (mut cells, mut differ) = (0, Vec::new());
        for (shape, language) in SHAPES
            .iter()
            .flat_map(|shape| languages.iter().map(move |language| (shape, language)))
        {
            let other = disguised(language);
            let (Some(plain), Some(changed)) = (cell(shape, language), cell(shape, &other)) else {
                continue;
            };
            let pattern = |source: &str| {
                let mut pattern = pattern(read(shape, source).ok().as_ref());
                if disguise == "other names" {
                    // Names are mentioned too, and not all are as long.
                    pattern.iter_mut().for_each(|(_, length)| *length = 0);
                }
                pattern
            };
            cells += 1;
            if pattern(&plain.0) != pattern(&changed.0) {
                differ.push(format!("{}/{}", shape.name, language.code));
            }
        }
        println!("{disguise}: {} of {cells} differ: {differ:?}", differ.len());
        // What stands once between paragraphs without a label is weighed by its form, and a title
        // or an office has another form than a name.
        let most = cells * DIFFERING / 100;
        assert!(
            differ.len() <= most,
            "{disguise}: {} differ: {differ:?}",
            differ.len()
        );
    }
}

/// Makes another language of one, in which as much repeats itself.
type Disguise = fn(&Language) -> Language;

fn other_names(language: &Language) -> Language {
    let mut other = language.clone();
    other.names.rotate_left(3);
    other
}

fn other_letters(language: &Language) -> Language {
    let mut letters: Vec<char> = language.talk.iter().flat_map(|talk| talk.chars()).collect();
    letters.retain(|c| c.is_alphabetic() && !c.is_uppercase() && c.to_lowercase().count() == 1);
    letters.sort_unstable();
    letters.dedup();
    let mut others = letters.clone();
    Random::of(&language.code).shuffle(&mut others);
    let exchanged = |c: char| {
        let small = c.to_lowercase().next().unwrap_or(c);
        match letters.binary_search(&small) {
            Ok(at) if c.is_uppercase() => others[at].to_uppercase().next().unwrap_or(c),
            Ok(at) => others[at],
            Err(_) => c,
        }
    };
    let mut other = language.clone();
    for sentence in &mut other.talk {
        // `{n}` and `{name}` are filled in later.
        let mut inside = false;
        *sentence = sentence
            .chars()
            .map(|c| {
                inside = inside && c != '}' || c == '{';
                if inside { c } else { exchanged(c) }
            })
            .collect();
    }
    other
}

/// The bench itself: every word of the truth stands in the source, in order; the truth scores in
/// full, and a name that is exchanged is a wrong mouth.
#[test]
fn the_truth_stands_in_the_source_and_scores_in_full() {
    for language in &languages::all() {
        for shape in SHAPES {
            let Some((source, truth)) = cell(shape, language) else {
                continue;
            };
            let name = format!("{}/{}", shape.name, language.code);
            // Tables write a quotation mark in a cell twice.
            let squeezed = score::squeeze(&source.replace("\"\"", "\""));
            for paragraph in truth.turns.iter().flat_map(|turn| turn.text.split('\n')) {
                // Captions part sentences, and so does JSON, where signs are escaped too.
                let is_parted = source.contains("-->")
                    || shape.file.ends_with("json")
                    || PARTED.contains(&shape.name);
                let stands = squeezed.contains(&score::squeeze(paragraph));
                assert!(stands || is_parted, "{name}: {paragraph}");
            }
            let score = Score::of_turns(&truth, &truth.turns);
            assert_eq!(score.right, score.turns, "{name}");
            assert_eq!(score.times_right, score.times, "{name}");
            let amiss = [
                score.wrong,
                score.nobody,
                score.lost,
                score.doubled,
                score.extra,
            ];
            assert_eq!(amiss, [0; 5], "{name}");

            let mut turns = truth.turns.clone();
            turns[3].name = Some("Somebody Else".to_owned());
            turns.remove(5);
            let score = Score::of_turns(&truth, &turns);
            assert_eq!(score.right, score.turns - 2, "{name}");
            let length = |at: usize| score::squeeze(&truth.turns[at].text).chars().count();
            assert_eq!((score.wrong, score.lost), (length(3), length(5)), "{name}");
        }
    }
}
