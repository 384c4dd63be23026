//! The house has walls: who may know whom, checked against the sources.
//!
//! The rules are those of docs/ARCHITECTURE.md. A breach is told with its file, line and import.

#![allow(clippy::panic)] // a source that cannot be read is a failed test

mod circles;
mod house;
mod rules;
mod rust;
mod script;
mod sources;

use house::House;
use sources::Sources;

#[test]
fn nobody_knows_whom_they_must_not() {
    let breaches = rules::breaches(&House::new(sources::read()));
    let told: Vec<String> = breaches.iter().map(ToString::to_string).collect();
    assert!(
        told.is_empty(),
        "{} breaches:\n{}",
        told.len(),
        told.join("\n")
    );
}

#[test]
fn no_files_reach_each_other() {
    let house = House::new(sources::read());
    let circles = circles::find(&house.edges());
    assert!(
        circles.is_empty(),
        "{} circles:\n{}",
        circles.len(),
        circles.join("\n")
    );
}

/// What the house becomes when one line is put at the end of one file.
fn with_line(file: &str, line: &str) -> House {
    let mut sources: Sources = sources::read();
    let text = sources
        .get_mut(file)
        .unwrap_or_else(|| panic!("{file} is not there"));
    *text = format!("{text}\n{line}\n");
    House::new(sources)
}

#[test]
fn every_rule_is_broken_by_the_import_that_it_forbids() {
    for (file, line, rule) in [
        (
            "crates/model/src/lib.rs",
            "use turnsearch_text::fold;",
            "come before it",
        ),
        (
            "crates/text/src/lib.rs",
            "use turnsearch_model::Turn;",
            "come before it",
        ),
        (
            "crates/transcript/src/lib.rs",
            "use turnsearch_pack::Pack;",
            "come before it",
        ),
        (
            "crates/pack/src/lib.rs",
            "use turnsearch_transcript::parse;",
            "come before it",
        ),
        (
            "src/lib.rs",
            "use turnsearch_transcript::parse;",
            "come before it",
        ),
        (
            "src/lib.rs",
            "fn f() { turnsearch_pack::write::write(); }",
            "not its writer",
        ),
        (
            "crates/pack/Cargo.toml",
            "[dependencies]\nturnsearch-transcript.workspace = true",
            "come before it",
        ),
        ("crates/transcript/src/lib.rs", "use std::fs;", "open files"),
        (
            "crates/pack/src/lib.rs",
            "fn f() { x.is_file(); }",
            "open files",
        ),
        (
            "crates/transcript/src/lib.rs",
            "fn f() { serde_json::to_string(&x); }",
            "write JSON",
        ),
        (
            "src/lib.rs",
            "fn f() { println!(\"{}\", serde_json::json!({})); }",
            "write JSON",
        ),
        (
            "crates/transcript/src/lib.rs",
            "const A: &str = \"give `--format`\";",
            "names a flag",
        ),
        (
            "crates/intake/src/lib.rs",
            "#[error(\"use --encoding\")] struct S;",
            "names a flag",
        ),
        (
            "www/parts/dom.js",
            "import { A } from \"../elements/turn-reader.js\";",
            "know no element",
        ),
        (
            "www/client.js",
            "import { el } from \"./parts/dom.js\";",
            "knows no DOM",
        ),
        ("www/client.js", "document.title = 1;", "knows no DOM"),
    ] {
        let breaches = rules::breaches(&with_line(file, line));
        let told = breaches
            .iter()
            .any(|breach| breach.place.starts_with(file) && breach.rule.contains(rule));
        assert!(told, "{file}: {line}\n{breaches:#?}");
    }
}

#[test]
fn a_circle_is_told_with_the_lines_that_close_it() {
    let sources = Sources::from([
        (
            "src/lib.rs".to_owned(),
            "mod a; mod b; pub use a::A;".to_owned(),
        ),
        ("src/a.rs".to_owned(), "\nuse crate::b::B;".to_owned()),
        ("src/b.rs".to_owned(), "fn f() { crate::a::g() }".to_owned()),
        ("www/x.js".to_owned(), "import \"./y.js\";".to_owned()),
        ("www/y.js".to_owned(), "import \"./x.js\";".to_owned()),
    ]);
    let house = House::new(sources);
    let circles = circles::find(&house.edges());
    assert_eq!(
        circles,
        [
            "src/a.rs:2 `crate::b::B` → src/b.rs:1 `crate::a::g` → src/a.rs",
            "www/x.js:1 `www/y.js` → www/y.js:1 `www/x.js` → www/x.js",
        ]
    );
}
