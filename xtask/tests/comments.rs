//! No line of a comment is wider than code may be. rustfmt and prettier wrap code, and leave
//! comments as they are.

use std::fs;
use std::path::Path;

use turnsearch_bundle::folder::{files_below, name_in};

/// Columns of a line, as rustfmt and `.prettierrc.json` have it.
const WIDTH: usize = 100;

/// What is looked through, below the top folder.
const PLACES: [&str; 7] = ["benches", "crates", "fuzz", "src", "tests", "www", "xtask"];

/// Folders of these names hold what others wrote, or what a tool made.
const NOT_OURS: [&str; 2] = ["node_modules", "target"];

/// How a line begins that is a comment, by the ending of its file.
const MARKS: [(&str, &[&str]); 7] = [
    ("css", &["/*", "*"]),
    ("js", &["//", "/*", "*"]),
    ("mjs", &["//", "/*", "*"]),
    ("rs", &["//"]),
    ("sh", &["#"]),
    ("toml", &["#"]),
    ("ts", &["//", "/*", "*"]),
];

/// Goes to readers byte for byte.
const AS_IT_IS: &str = "crates/cli/templates/";

#[test]
fn comments_are_no_wider_than_code() {
    let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let wide: Vec<String> = PLACES
        .iter()
        .flat_map(|place| files_below(&top.join(place)).expect("it can be listed"))
        .flat_map(|file| wide_comments(&top, &file))
        .filter(|line| !line.starts_with(AS_IT_IS))
        .collect();
    assert!(
        wide.is_empty(),
        "{} lines of comments are wider than {WIDTH} columns:\n{}",
        wide.len(),
        wide.join("\n")
    );
}

/// The lines of a file that are too wide, as `name:line: columns`.
fn wide_comments(top: &Path, file: &Path) -> Vec<String> {
    let name = name_in(top, file).expect("it is below the top");
    let is_ours = !name.split('/').any(|part| NOT_OURS.contains(&part));
    let ending = file.extension().and_then(|ending| ending.to_str());
    let marks = MARKS.iter().find(|(known, _)| ending == Some(known));
    let Some((_, marks)) = marks.filter(|_| is_ours) else {
        return Vec::new();
    };
    let text = fs::read_to_string(file).expect("sources are UTF-8");
    let numbered = (1..).zip(text.lines());
    numbered
        .filter(|(_, line)| is_wide_comment(line, marks))
        .map(|(number, line)| format!("{name}:{number}: {} columns", line.chars().count()))
        .collect()
}

/// Whether the whole line is a comment and too wide. A single word, such as an address, cannot be
/// wrapped.
fn is_wide_comment(line: &str, marks: &[&str]) -> bool {
    let text = line.trim_start();
    let is_comment = marks.iter().any(|mark| text.starts_with(mark));
    let words = text.split_whitespace().count();
    is_comment && words > 2 && line.chars().count() > WIDTH
}

#[test]
fn wide_comments_are_found_and_nothing_else() {
    let wide = "word ".repeat(20);
    for (line, found) in [
        (format!("// {wide}"), true),
        (format!("    /// {wide}"), true),
        (format!("let x = \"{wide}\";"), false),
        (format!("// https://{}", "x".repeat(100)), false),
        ("// short".to_owned(), false),
        (format!("// {}", "字".repeat(90)), false),
    ] {
        assert_eq!(is_wide_comment(&line, &["//"]), found, "{line}");
    }
}
