//! The tables, and the floors below which no figure may fall.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::PathBuf;

use serde::{Deserialize, Serialize};

use crate::score::Score;
use crate::{Cell, Part, folder};

/// Floors: turns right by shape and by language, in percent of the part that is read, and both
/// parts over everything.
#[derive(Debug, Default, Serialize, Deserialize)]
struct Floors {
    all: BTreeMap<String, f64>,
    shapes: BTreeMap<String, f64>,
    languages: BTreeMap<String, f64>,
}

/// The marks in the document around the tables, which no formatter touches.
const BEGIN: &str = "<!-- prettier-ignore-start -->";
const END: &str = "<!-- prettier-ignore-end -->";

/// A share in percent.
fn percent(some: usize, all: usize) -> f64 {
    match all {
        0 => 0.0,
        _ => 100.0 * some as f64 / all as f64,
    }
}

/// A share for a table: a dash where there is nothing to share.
fn share(some: usize, all: usize, digits: usize) -> String {
    match all {
        0 => "–".to_owned(),
        _ => format!("{:.digits$}", percent(some, all)),
    }
}

/// The sum of the cells of a part that are wanted.
fn sum(cells: &[Cell], part: Part, wanted: impl Fn(&Cell) -> bool) -> Score {
    let mut sum = Score::default();
    for cell in cells {
        if cell.part == part && wanted(cell) {
            sum += cell.score;
        }
    }
    sum
}

/// The names that cells have, in the order of the cells, each once.
fn names<'a>(cells: &'a [Cell], name: impl Fn(&'a Cell) -> &'a str) -> Vec<&'a str> {
    let mut names = Vec::new();
    for cell in cells {
        if !names.contains(&name(cell)) {
            names.push(name(cell));
        }
    }
    names
}

fn row(name: &str, read: &Score, unread: &Score) -> String {
    let characters = read.characters;
    [
        name.to_owned(),
        share(read.right, read.turns, 1),
        share(read.wrong, characters, 2),
        share(read.nobody, characters, 1),
        share(read.lost, characters, 1),
        share(read.doubled, characters, 1),
        share(read.extra, characters, 1),
        share(read.times_right, read.times, 1),
        share(read.fields_right, read.fields, 1),
        format!("{} of {}", read.refused, read.files),
        share(unread.right, unread.turns, 1),
        share(unread.wrong, unread.characters, 2),
        share(unread.nobody, unread.characters, 1),
        share(unread.lost, unread.characters, 1),
        format!("{} of {}", unread.refused, unread.files),
    ]
    .join(" | ")
}

/// The tables, in Markdown.
pub fn tables(cells: &[Cell]) -> String {
    let mut text = "In percent: turns right; of all characters those in a wrong mouth, of nobody, \
        lost, doubled, invented; times and fields right; files refused.\nBehind that the unread \
        part.\n"
        .to_owned();
    let head = |text: &mut String, what: &str| {
        let _ = writeln!(
            text,
            "\n| {what} | right | wrong | nobody | lost | doubled | invented | times | fields | \
             refused | unread: right | wrong | nobody | lost | refused |\n|---{}|",
            "|--:".repeat(14)
        );
    };
    let add = |text: &mut String, name: &str, wanted: &dyn Fn(&Cell) -> bool| {
        let [read, unread] = [Part::Read, Part::Unread].map(|part| sum(cells, part, wanted));
        let _ = writeln!(text, "| {} |", row(name, &read, &unread));
    };
    head(&mut text, "shape");
    for name in names(cells, |cell| cell.shape) {
        add(&mut text, name, &|cell| cell.shape == name);
    }
    head(&mut text, "language");
    for name in names(cells, |cell| &cell.language) {
        add(&mut text, name, &|cell| cell.language == name);
    }
    add(&mut text, "all", &|_| true);
    text
}

/// Puts the tables into the document, between the marks there.
pub fn write_tables(tables: &str) {
    let path = folder().join("../../../../docs/PARSING.md");
    let text = fs::read_to_string(&path).expect("the document");
    let (before, rest) = text.split_once(BEGIN).expect("the mark before the tables");
    let (_, after) = rest.split_once(END).expect("the mark after the tables");
    let text = format!("{before}{BEGIN}\n\n{tables}\n{END}{after}");
    fs::write(path, text).expect("the document");
}

/// The floors that the figures stand at.
fn measured(cells: &[Cell]) -> Floors {
    let floor = |percent: f64| (percent * 10.0).floor() / 10.0;
    let right = |score: Score| floor(percent(score.right, score.turns));
    let by = |wanted: &dyn Fn(&Cell) -> bool| right(sum(cells, Part::Read, wanted));
    let mut floors = Floors::default();
    for (part, name) in [(Part::Read, "read"), (Part::Unread, "unread")] {
        let all = sum(cells, part, |_| true);
        let wrong = percent(all.wrong, all.characters);
        let mut put = |what: &str, value: f64| floors.all.insert(format!("{name}-{what}"), value);
        put("right", right(all));
        put("wrong-at-most", (wrong * 100.0).ceil() / 100.0);
        put("refused-at-most", all.refused as f64);
    }
    for name in names(cells, |cell| cell.shape) {
        let right = by(&|cell| cell.shape == name);
        floors.shapes.insert(name.to_owned(), right);
    }
    for name in names(cells, |cell| &cell.language) {
        let right = by(&|cell| cell.language == name);
        floors.languages.insert(name.to_owned(), right);
    }
    floors
}

fn file() -> PathBuf {
    folder().join("floors.toml")
}

/// Puts the figures as measured into the file of the floors.
pub fn write_floors(cells: &[Cell]) {
    let floors = toml::to_string(&measured(cells)).expect("a table");
    let text = format!(
        "# Floors of `cargo xtask parsing`: turns right, in percent. PARSING_FLOORS=write puts the\n\
         # figures as measured here. Shapes and languages count the part that is read alone.\n\
         \n{floors}"
    );
    fs::write(file(), text).expect("the file of the floors");
}

/// What fell below its floor, or rose above what it may be at most.
pub fn below_floors(cells: &[Cell]) -> Vec<String> {
    let text = fs::read_to_string(file()).expect("the file of the floors");
    let floors: Floors = toml::from_str(&text).expect("floors");
    let now = measured(cells);
    let mut below = Vec::new();
    let groups = [
        (&floors.all, &now.all),
        (&floors.shapes, &now.shapes),
        (&floors.languages, &now.languages),
    ];
    for (floors, now) in groups {
        for (name, floor) in floors {
            let Some(value) = now.get(name) else {
                below.push(format!("{name}: no such figure"));
                continue;
            };
            let fell = match name.ends_with("at-most") {
                true => value > floor,
                false => value < floor,
            };
            if fell {
                below.push(format!("{name}: {value}, floor {floor}"));
            }
        }
    }
    below
}
