//! Which files are read: folders, patterns, names, configuration, sidecars.

use std::path::Path;

use turnsearch_intake::{InputOptions, Unfit, parse_sidecar};

use crate::{FOREIGN, TOP, read, read_paths};

const TALK: &str = "ANN LEE: Hello.\n\nJO SMITH: Hi.\n\nANN LEE: Bye.\n";

/// Names of the sources, and what was left out.
fn chosen(files: &[(&str, &str)], paths: &[&str]) -> Result<(Vec<String>, Vec<String>), String> {
    let options = InputOptions {
        foreign: &[FOREIGN],
        ..InputOptions::default()
    };
    let loaded = read_paths(files, paths, &options)?;
    let sources = loaded.sources.into_iter();
    let skipped = loaded.skipped.iter();
    Ok((
        sources.map(|parsed| parsed.meeting.source).collect(),
        skipped.map(|skipped| skipped.error.to_string()).collect(),
    ))
}

#[test]
fn folders_and_patterns_name_the_same_files_everywhere() {
    let files = [
        ("a.txt", TALK),
        ("b.md", TALK),
        ("c.log", TALK),
        (".hidden.txt", TALK),
        ("talks/a.txt", TALK),
        ("talks/2021/d.txt", TALK),
        ("talks/.git/e.txt", TALK),
        ("made/foreign.txt", TALK),
        ("made/f.txt", TALK),
    ];
    for (paths, expected) in [
        (
            &[""][..],
            &["a.txt", "b.md", "talks/2021/d.txt", "talks/a.txt"][..],
        ),
        (
            &["."],
            &["a.txt", "b.md", "talks/2021/d.txt", "talks/a.txt"],
        ),
        (&["made"], &["made/f.txt", "made/foreign.txt"]),
        (
            &["talks/2021", "a.txt", "talks"],
            &["talks/2021/d.txt", "a.txt", "talks/a.txt"],
        ),
        (&["*.txt"], &["a.txt"]),
        (
            &["**/*.txt"],
            &[
                "a.txt",
                "made/f.txt",
                "made/foreign.txt",
                "talks/2021/d.txt",
                "talks/a.txt",
            ],
        ),
        (&["talks/**/*.txt"], &["talks/2021/d.txt", "talks/a.txt"]),
        (&["t?lks/./[ab].txt"], &["talks/a.txt"]),
        (&["*/2021/d.txt"], &["talks/2021/d.txt"]),
        (&["talks/2021/../*.txt"], &["talks/a.txt"]),
        (&[".h*.txt"], &[".hidden.txt"]),
        (&["b.m[d]", "a.txt"], &["b.md", "a.txt"]),
    ] {
        let (sources, _) = chosen(&files, paths).unwrap_or_else(|error| panic!("{error}"));
        // A name has only as many folders as tell it from the others.
        let is_end =
            |(whole, source): (&&str, &String)| Path::new(TOP).join(whole).ends_with(source);
        assert!(
            sources.len() == expected.len() && expected.iter().zip(&sources).all(is_end),
            "{paths:?}: {sources:?}"
        );
    }
}

#[test]
fn what_does_not_fit_is_named() {
    let files = [
        ("a.txt", TALK),
        ("c.log", TALK),
        ("empty.txt", ""),
        ("cut.json", "{"),
        ("bare/x.css", "p {}"),
        ("latin.txt", "\u{0}"),
    ];
    let (sources, skipped) = chosen(&files, &[""]).expect("one of them fits");
    assert_eq!(sources, ["a.txt"]);
    let places = [
        "top/bare/x.css: ",
        "top/c.log: ",
        "top/cut.json: ",
        "top/empty.txt: ",
        "top/latin.txt: ",
    ];
    assert_eq!(skipped.len(), places.len(), "{skipped:?}");
    for (line, place) in skipped.iter().zip(places) {
        assert!(line.starts_with(place), "{line}");
    }
    for (paths, words) in [
        (&["none.txt"][..], &["top/none.txt: ", "check the path"][..]),
        (&["none/*.txt"], &["top/none/*.txt: ", "matches no file"]),
        (&["bare/**"], &["matches no file"]),
        (
            &["a***.txt"],
            &[
                "top/a***.txt: ",
                "as a pattern: Pattern syntax error near position",
            ],
        ),
        (
            &["bare"],
            &["top/bare: no transcript in this folder", ".txt"],
        ),
        (
            &["empty.txt", "cut.json"],
            &[
                "none of the 2 files",
                "first: top/empty.txt: the file is empty",
            ],
        ),
        (&[], &["no input"]),
    ] {
        let error = chosen(&files, paths).expect_err("nothing fits");
        for word in words {
            assert!(error.contains(word), "{word}: {error}");
        }
    }
    for options in [
        InputOptions {
            unknown: Unfit::Stop,
            ..InputOptions::default()
        },
        InputOptions {
            unreadable: Unfit::Stop,
            ..InputOptions::default()
        },
    ] {
        let error = read_paths(&files, &[""], &options).expect_err("it is to stop");
        let place = if options.unknown == Unfit::Stop {
            "top/bare/x.css: "
        } else {
            "top/empty.txt: "
        };
        assert!(error.starts_with(place), "{error}");
    }
}

#[test]
fn a_configuration_chooses_among_the_files_of_its_folder() {
    let config = "include = [\"**/*.txt\", \"notes/*.log\"]\nexclude = [\"drafts/**\"]\n\
                  [meetings.\"a.txt\"]\ntitle = \"A\"\n";
    let files = [
        ("collection.toml", config),
        ("a.txt", TALK),
        ("b.md", TALK),
        ("drafts/c.txt", TALK),
        ("deep/er/d.txt", TALK),
    ];
    let (sources, skipped) = chosen(&files, &[""]).expect("two are included");
    assert_eq!(
        (sources, skipped.len()),
        (vec!["a.txt".into(), "d.txt".into()], 0)
    );

    let none = [
        ("collection.toml", "include = [\"*.vtt\"]\n"),
        ("a.txt", TALK),
    ];
    assert!(read(&none).expect_err("none").contains("correct `include`"));

    let two = [
        ("x/collection.toml", ""),
        ("x/a.txt", TALK),
        ("y/collection.toml", ""),
        ("y/b.txt", TALK),
    ];
    let error = chosen(&two, &["x", "y"]).expect_err("two configurations");
    assert!(
        error.contains("two configurations; give one folder"),
        "{error}"
    );
}

#[test]
fn a_sidecar_belongs_to_the_source_beside_it() {
    let merge = "[[merge]]\nspeaker = \"Ann\"\nnames = [\"ANN LEE\"]\n";
    let files = [
        ("x/a.txt", TALK),
        ("x/a.turns.toml", merge),
        ("y/a.txt", TALK),
    ];
    let loaded = read(&files).expect("both fit");
    let first = |at: usize| loaded.sources[at].speakers[0].name.as_str();
    assert_eq!((first(0), first(1)), ("Ann", "ANN LEE"));

    // One that is faulty is never passed over.
    for (sidecar, words) in [
        (
            "[[merge]]\nspeker = \"Ann\"\n",
            "top/a.turns.toml:2: unknown key `speker`; did you mean",
        ),
        (
            "[[text]]\nline = 1\nquote = \"Nobody\"\n",
            "top/a.turns.toml: text for line 1 of a.txt",
        ),
    ] {
        let files = [("a.txt", TALK), ("a.turns.toml", sidecar), ("b.txt", TALK)];
        let error = chosen(&files, &[""]).expect_err("the sidecar is faulty");
        assert!(error.starts_with(words), "{error}");
    }
}

#[test]
fn a_reason_that_is_none_is_named_with_its_line() {
    let sidecar = "[[furniture]]\nline = 1\nquote = \"x\"\nreason = \"running-hed\"\n";
    let error = parse_sidecar("a.turns.toml", sidecar)
        .expect_err("it is no reason")
        .to_string();
    assert!(
        error.starts_with("a.turns.toml:4: `running-hed` is no reason; known are title, "),
        "{error}"
    );
}
