//! `turnsearch build`: what is in a bundle, and that it is whole or not there.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;
use sha2::{Digest, Sha384};
use turnsearch_bundle::compress::unpack_brotli;

use crate::{WEEK, complaint, done, files, folder, lines, path, seeds, site};

/// Builds with the stand-in for the page, and gives back the report.
fn build(input: &str, out: &str, more: &[&str]) -> Value {
    let site = site();
    let engine = site.path().display().to_string();
    let mut arguments = vec!["build", input, "--out", out, "--engine", &engine, "--json"];
    arguments.extend(more);
    lines(&arguments).remove(0)
}

/// Everything in a folder, by name.
fn contents(top: &str) -> BTreeMap<String, Vec<u8>> {
    let read = |name: String| {
        let bytes = std::fs::read(Path::new(top).join(&name)).expect("it was listed");
        (name, bytes)
    };
    files(Path::new(top)).into_iter().map(read).collect()
}

fn text(folder: &str, name: &str) -> String {
    let bytes = std::fs::read(Path::new(folder).join(name)).expect(name);
    String::from_utf8(bytes).expect("it is UTF-8")
}

fn integrity(bytes: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(bytes)))
}

#[test]
fn a_bundle_has_a_page_with_title_and_language_and_no_demo() {
    let config = "title = \"Who & what\"\nlanguage = \"zh-Hans\"\n";
    let folder = folder(&[
        ("in/week.txt", WEEK.as_bytes()),
        ("in/collection.toml", config.as_bytes()),
    ]);
    let out = path(&folder, "out");
    let report = build(&path(&folder, "in"), &out, &["--no-compress"]);
    assert_eq!(
        files(Path::new(&out)),
        [
            "LICENSES.txt",
            "UPLOAD.txt",
            "engine.js",
            "engine_bg.wasm",
            "i18n/zh-Hans.js",
            "index.html",
            "page.css",
            "turnsearch.d.ts",
            "turnsearch.js",
        ]
    );
    let page = text(&out, "index.html");
    for words in [
        "<title>Who &#38; what</title>",
        "<html lang=\"zh-Hans\">",
        "<turn-search hash eager reader=\"reader\"></turn-search>",
        "require-trusted-types-for &#39;script&#39;",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    assert_eq!(
        (&report["meetings"], &report["turns"]),
        (&1.into(), &3.into())
    );
    assert_eq!(report["skipped"], serde_json::json!([]));
}

#[test]
fn scripts_and_styles_are_named_with_their_integrity() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let out = path(&folder, "out");
    let report = build(&path(&folder, "week.txt"), &out, &[]);
    let page = text(&out, "index.html");
    let upload = text(&out, "UPLOAD.txt");
    for name in ["turnsearch.js", "page.css"] {
        let expected = integrity(&contents(&out)[name]);
        let written = report["files"].as_array().expect("it is a list").iter();
        let reported = written
            .filter(|file| file["file"] == *name)
            .map(|file| &file["integrity"]);
        assert_eq!(
            reported.collect::<Vec<_>>(),
            [&Value::from(expected.clone())]
        );
        assert!(
            page.contains(&format!("\"{name}\" integrity=\"{expected}\"")),
            "{page}"
        );
        assert!(upload.contains(&expected));
    }
}

#[test]
fn copies_lie_beside_what_shrinks_and_unpack_to_it() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let out = path(&folder, "out");
    build(&path(&folder, "week.txt"), &out, &["--pages"]);
    let contents = contents(&out);
    let style = &contents["page.css"];
    let brotli = unpack_brotli(&contents["page.css.br"]).expect("it is brotli");
    assert_eq!(&brotli, style);
    let mut gzip = Vec::new();
    flate2::read::GzDecoder::new(&contents["page.css.gz"][..])
        .read_to_end(&mut gzip)
        .expect("it is gzip");
    assert_eq!(&gzip, style);
    assert!(contents["page.css.br"].len() < style.len());
    assert!(!contents.contains_key("UPLOAD.txt.br"));
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let seed = format!("{}/000_ee40c7cdf3c3a8b4.txt", seeds());
    let week = path(&folder, "week.txt");
    let (one, two) = (path(&folder, "one"), path(&folder, "two"));
    for (input, how) in [
        (&week, &["--pages"][..]),
        (&seed, &["--separate", "--hashed", "--pages"]),
    ] {
        for out in [&one, &two] {
            build(input, out, how);
        }
        assert!(contents(&one) == contents(&two), "{how:?}");
        for out in [&one, &two] {
            std::fs::remove_dir_all(out).expect("it is ours");
        }
    }
}

#[test]
fn hashed_names_follow_contents_and_pages_name_them() {
    let other = WEEK.replace("滥用", "安全");
    let folder = folder(&[
        ("week.txt", WEEK.as_bytes()),
        ("other.txt", other.as_bytes()),
    ]);
    let built = |name: &str, out: &str| {
        let out = path(&folder, out);
        build(
            &path(&folder, name),
            &out,
            &["--hashed", "--separate", "--no-compress"],
        );
        out
    };
    let (week, other) = (built("week.txt", "a"), built("other.txt", "b"));
    let names = |out: &str| files(Path::new(out));
    let name = |out: &str, start: &str| {
        let found = names(out).into_iter().find(|name| name.starts_with(start));
        found.expect(start)
    };
    let page = text(&week, "index.html");
    for start in ["turnsearch-", "page-", "collection-"] {
        let name = name(&week, start);
        assert!(page.contains(&format!("\"{name}\"")), "{name} in {page}");
    }
    let widget = text(&week, &name(&week, "turnsearch-"));
    for start in ["engine-", "engine_bg-", "i18n/zh-Hans-"] {
        let name = name(&week, start);
        assert!(
            widget.contains(&format!("\"./{name}\"")),
            "{name} in {widget}"
        );
    }
    // Another collection is another pack for the same engine.
    assert_eq!(name(&week, "engine_bg-"), name(&other, "engine_bg-"));
    assert_ne!(name(&week, "collection-"), name(&other, "collection-"));
}

#[test]
fn reading_pages_have_every_turn_under_the_address_that_the_search_uses() {
    let config = "title = \"Talks\"\nlink = \"https://example.org/{stem}?turn={n}\"\n";
    let hostile = "Ann <b>: <script>x</script> & \"more\".\n\nBob: [Applause] Thank you.\n\nAnn <b>: Bye.\n\nBob: Bye.\n";
    let folder = folder(&[
        ("in/week.txt", WEEK.as_bytes()),
        ("in/a talk.txt", hostile.as_bytes()),
        ("in/collection.toml", config.as_bytes()),
    ]);
    let out = path(&folder, "out");
    build(&path(&folder, "in"), &out, &["--pages"]);

    let list = text(&out, "meetings/index.html");
    assert!(
        list.contains("href=\"week.html\"") && list.contains("href=\"a-talk.html\""),
        "{list}"
    );
    let page = text(&out, "meetings/week.html");
    for words in [
        "id=\"/week/3\"",
        "href=\"#/week/3\"",
        "href=\"../index.html#/week/1\"",
        "href=\"https://example.org/week?turn=3\"",
        "<meta name=\"date\" content=\"2021-03-08\">",
        "<span class=\"event\">[笑声]</span>",
        "我们讨论 DNS 滥用。",
    ] {
        assert!(page.contains(words), "{words} in {page}");
    }
    let escaped = text(&out, "meetings/a-talk.html");
    assert!(
        !escaped.contains("<script>") && escaped.contains("&#60;script&#62;"),
        "{escaped}"
    );
    assert!(text(&out, "index.html").contains("href=\"meetings/index.html\""));

    // The results lead to the pages, so their address is in the pack.
    let module = format!("{out}/engine_bg.wasm");
    let other = path(&folder, "other");
    let complaint = complaint(
        &[
            "build", &module, "--pages", "--out", &other, "--engine", &out,
        ],
        1,
    );
    assert!(
        complaint.contains("--pages needs the sources"),
        "{complaint}"
    );
}

#[test]
fn a_single_file_has_everything_inside() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let site = site();
    let engine = site.path().display().to_string();
    let (week, file) = (path(&folder, "week.txt"), path(&folder, "week.html"));
    done(&["build", &week, "--engine", &engine, "--single-file", &file]);
    let page = std::fs::read_to_string(&file).expect("it was written");
    assert!(page.contains("data:application/wasm;base64,") && page.contains("&#39;sha256-"));
    for outside in ["src=", "href=\"page.css\"", "\"./"] {
        assert!(!page.contains(outside), "{outside}");
    }
    // The same under --out, as a file or in a folder.
    let (again, inside) = (path(&folder, "again.html"), path(&folder, "inside"));
    for out in [&again, &inside] {
        done(&[
            "build",
            &week,
            "--engine",
            &engine,
            "--out",
            out,
            "--single-file",
        ]);
    }
    assert_eq!(std::fs::read_to_string(again).ok().as_ref(), Some(&page));
    assert_eq!(text(&inside, "index.html"), page);
    assert_eq!(files(Path::new(&inside)), ["index.html"]);

    let refused = complaint(
        &["build", &week, "--engine", &engine, "--single-file", &file],
        1,
    );
    assert!(refused.contains("week.html"), "{refused}");
}

#[test]
fn what_does_not_go_together_gives_status_two() {
    for arguments in [
        &["build", "x"][..],
        &["build", "x", "--single-file"],
        &["build", "x", "--out", "o", "--single-file", "f.html"],
        &["build", "x", "--out", "o", "--single-file", "--pages"],
        &["build", "x", "--out", "o", "--format", "pptx"],
        &["build", "x", "--out", "o", "--encoding", "ebcdic"],
    ] {
        assert!(!complaint(arguments, 2).is_empty());
    }
}

#[test]
fn summaries_go_to_standard_error_and_quiet_says_nothing() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let site = site();
    let engine = site.path().display().to_string();
    let week = path(&folder, "week.txt");
    for (more, out, expected) in [(&[][..], "a", true), (&["--quiet"][..], "b", false)] {
        let out = path(&folder, out);
        let mut arguments = vec!["build", &week, "--engine", &engine, "--out", &out];
        arguments.extend(more);
        let output = done(&arguments);
        assert!(output.stdout.is_empty());
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(
            message.contains("1 file read (202 B): 1 meeting, 3 turns"),
            expected,
            "{message}"
        );
        // Nobody watches, so nothing moves.
        assert!(
            !message.contains('\r') && !message.contains('\u{1b}'),
            "{message:?}"
        );
    }
}

#[test]
fn builds_leave_nothing_behind_when_they_fail() {
    let folder = folder(&[
        ("week.txt", WEEK.as_bytes()),
        ("bad.txt", b"\xff\xfe\xff"),
        ("occupied/mine.txt", b"keep"),
        ("empty/notes", b""),
    ]);
    let site = site();
    let engine = site.path().display().to_string();
    let before = files(folder.path());
    let week = path(&folder, "week.txt");
    for (source, engine, out, words) in [
        (&path(&folder, "bad.txt"), &engine, "new", "bad.txt"),
        (&week, &engine, "occupied", "not empty"),
        (&week, &engine, "week.txt", "week.txt: a file of this name"),
        (&week, &engine, "empty/..", "name a new folder"),
        (&week, &path(&folder, "nowhere"), "new", "nowhere"),
        (&week, &path(&folder, "empty"), "new", "cargo xtask build"),
    ] {
        let out = folder.path().join(out).display().to_string();
        let complaint = complaint(&["build", source, "--engine", engine, "--out", &out], 1);
        assert!(complaint.contains(words), "{complaint}");
    }
    assert_eq!(files(folder.path()), before);
}

/// A limit on the size of files makes every larger write fail, as a full disk does.
#[cfg(unix)]
#[test]
fn a_full_disk_is_named_with_a_remedy_and_leaves_nothing() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let site = site();
    let before = files(folder.path());
    let (all, week) = (path(&folder, "."), path(&folder, "week.txt"));
    let (out, engine) = (path(&folder, "out"), site.path().display().to_string());
    for (arguments, what) in [
        (
            &["build", &week, "--out", &out, "--engine", &engine][..],
            "out: cannot be written",
        ),
        (&["init", &all], "collection.toml: cannot be written"),
    ] {
        let script = "trap '' XFSZ; ulimit -f 1; exec \"$@\"";
        let output = std::process::Command::new("sh")
            .args(["-c", script, "sh", env!("CARGO_BIN_EXE_turnsearch")])
            .args(arguments)
            .output()
            .expect("the shell starts");
        let message = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{message}");
        for words in [what, "nothing was left there", "make room"] {
            assert!(message.contains(words), "{message}");
        }
    }
    assert_eq!(files(folder.path()), before);
    let left = std::fs::read_dir(folder.path())
        .expect("it is a folder")
        .count();
    assert_eq!(left, 1, "not even a draft");
}

#[test]
fn a_build_ends_with_what_a_person_should_look_at() {
    // The same headings come back: a plan, or people who answer each other in turn.
    let plan = "Goal: Light.\n\nMeans: Lamps.\n\nCost: Nine.\n\n".repeat(3);
    let folder = folder(&[("in/plan.txt", plan.as_bytes())]);
    let report = build(&path(&folder, "in"), &path(&folder, "out"), &[]);
    let doubts = &report["doubts"];
    assert_eq!(doubts["labelled_documents"][0], "plan.txt", "{doubts}");
    let suspects = lines(&["audit", "--suspects", &path(&folder, "in")]);
    assert_eq!(doubts["suspects"], suspects.len());
    assert_eq!(doubts["worst"][0], "plan.txt");
    assert_eq!(suspects[0]["reason"], "labelled-document", "{suspects:?}");
}
