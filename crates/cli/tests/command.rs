//! The command as a person calls it: what it prints, how it fails, what it leaves behind.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

const WEEK: &str = "周会\n2021 年 3 月 8 日\n\n莎莉·科斯特顿 (SALLY COSTERTON): 大家好，欢迎参加周会。\n\n帕特里克·琼斯：谢谢莎莉。[笑声]\n\n莎莉·科斯特顿：我们讨论 DNS 滥用。\n";

fn turnsearch(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_turnsearch"))
        .args(arguments)
        .output()
        .expect("the command starts")
}

/// The lines that a successful call prints.
fn lines(arguments: &[&str]) -> Vec<Value> {
    let output = turnsearch(arguments);
    assert!(
        output.status.success(),
        "{arguments:?}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    let text = String::from_utf8(output.stdout).expect("output is UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("every line is JSON"))
        .collect()
}

/// What a failing call says; it prints nothing else.
fn complaint(arguments: &[&str], status: i32) -> String {
    let output = turnsearch(arguments);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    assert!(
        output.stdout.is_empty(),
        "{arguments:?} prints nothing but its complaint"
    );
    String::from_utf8(output.stderr).expect("messages are UTF-8")
}

/// A folder with these files, gone when it is dropped.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("there is room for a file");
    }
    folder
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

fn seeds() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("seeds").display().to_string()
}

#[test]
fn turns_have_the_fields_of_the_contract() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let turns = lines(&["turns", &path(&folder, "week.txt")]);
    assert_eq!(turns.len(), 3);
    let keys: Vec<&str> = turns[0]
        .as_object()
        .expect("a turn is an object")
        .keys()
        .map(String::as_str)
        .collect();
    for key in [
        "source", "meeting", "kind", "n", "speaker", "aliases", "label", "heading", "start_ms",
        "end_ms", "text", "events",
    ] {
        assert!(keys.contains(&key), "{key} in {keys:?}");
    }
    assert_eq!(turns[0]["speaker"], "莎莉·科斯特顿");
    assert_eq!(turns[0]["aliases"][0], "SALLY COSTERTON");
    assert_eq!(turns[1]["events"][0]["text"], "[笑声]");
    assert!(turns[0]["heading"].is_null() && turns[0]["start_ms"].is_null());
}

#[test]
fn audits_account_for_every_character() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let audit = lines(&["audit", &path(&folder, "week.txt")]);
    let sum = audit.last().expect("the sum comes last");
    let characters = WEEK.chars().filter(|c| !c.is_whitespace()).count();
    assert_eq!(
        (&sum["characters"], &sum["lost"], &sum["invented"]),
        (&characters.into(), &0.into(), &0.into())
    );
    assert!(
        audit
            .iter()
            .any(|piece| piece["reason"] == "title" && piece["text"] == "周会")
    );
}

#[test]
fn sources_packs_modules_and_turns_are_searched_alike() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let source = path(&folder, "week.txt");
    // JSON lines, as `turns` prints them, are a source as well.
    let printed = turnsearch(&["turns", &source]).stdout;
    std::fs::write(folder.path().join("again.jsonl"), printed).expect("there is room");
    let hits = |input: &str| -> Vec<(Value, Value)> {
        let answer = lines(&["search", input, "--query", "dns滥用"]);
        assert_eq!(
            (&answer[0]["total"], &answer[0]["matched"]),
            (&1.into(), &"exact".into())
        );
        answer[1..]
            .iter()
            .map(|hit| (hit["n"].clone(), hit["snippet"].clone()))
            .collect()
    };
    let expected = hits(&source);
    assert_eq!(expected[0].0, 3);
    assert_eq!(expected[0].1[1], serde_json::json!(["DNS 滥用", true]));
    assert_eq!(hits(&path(&folder, "again.jsonl")), expected);

    let (site, out) = (site(&folder), folder.path().join("out"));
    for (extra, name) in [
        (&[][..], "engine_bg.wasm"),
        (&["--separate"][..], "collection.turns"),
    ] {
        let out = out.with_extension(name);
        let out_name = out.display().to_string();
        let mut arguments = vec!["build", &source, "--engine", &site, "--out", &out_name];
        arguments.extend(extra);
        lines(&arguments);
        assert_eq!(hits(&out.join(name).display().to_string()), expected);
        assert!(out.join("index.html").exists() && !out.join("index.html.br").exists());
    }
}

/// A stand-in for the built page: an empty module and a page.
fn site(folder: &tempfile::TempDir) -> String {
    let site = folder.path().join("site");
    std::fs::create_dir(&site).expect("there is room");
    for (name, bytes) in [
        ("engine_bg.wasm", &b"\0asm\x01\0\0\0"[..]),
        ("index.html", b"<!doctype html>"),
        ("index.html.br", b"x"),
    ] {
        std::fs::write(site.join(name), bytes).expect("there is room");
    }
    site.display().to_string()
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let site = site(&folder);
    let build = |name: &str| {
        let out = folder.path().join(name);
        lines(&[
            "build",
            &seeds(),
            "--engine",
            &site,
            "--out",
            &out.display().to_string(),
        ]);
        std::fs::read(out.join("engine_bg.wasm")).expect("it was written")
    };
    assert!(build("one") == build("two"));
}

#[test]
fn filters_take_any_alias_and_an_empty_query_lists() {
    let all = lines(&[
        "search",
        &seeds(),
        "--speaker",
        "stephanie perrin",
        "--limit",
        "1000",
    ]);
    assert_eq!(all[0]["total"], all.len() - 1);
    assert!(all.len() > 10 && all[1..].iter().all(|hit| hit["speaker"] == "丝黛芬妮·裴琳"));
    let complaint = complaint(&["search", &seeds(), "--speaker", "nobody at all"], 1);
    assert!(
        complaint.contains("no speaker is called `nobody at all`"),
        "{complaint}"
    );
}

#[test]
fn bad_input_is_named_with_place_and_remedy() {
    let folder = folder(&[
        ("latin1.txt", b"Anna: caf\xe9\n"),
        ("empty.txt", b""),
        ("prose.txt", "只有一行没有冒号".as_bytes()),
        ("broken.turns", b"\x89turns\r\n\x01"),
        ("page.turns", b"<!doctype html>"),
        ("page.wasm", b"<!doctype html>"),
        ("engine.wasm", b"\0asm\x01\0\0\0"),
        ("photo.png", b"\x89PNG"),
    ]);
    for (arguments, words) in [
        (&["turns", "latin1.txt"][..], &["latin1.txt:1", "UTF-8"][..]),
        (&["turns", "empty.txt"], &["empty.txt"]),
        (&["turns", "prose.txt"], &["prose.txt", "no turn"]),
        (&["turns", "missing.txt"], &["missing.txt"]),
        (&["turns", "photo.png"], &["photo.png"]),
        (&["inspect", "broken.turns"], &["broken.turns", "cut short"]),
        (
            &["inspect", "page.turns"],
            &["page.turns", "not a turnsearch pack"],
        ),
        (
            &["search", "page.wasm", "--query", "x"],
            &["page.wasm", "WebAssembly"],
        ),
        (
            &["search", "engine.wasm", "--query", "x"],
            &["engine.wasm", "turnsearch.pack"],
        ),
    ] {
        let file = path(&folder, arguments[1]);
        let mut arguments = arguments.to_vec();
        arguments[1] = &file;
        let complaint = complaint(&arguments, 1);
        for word in words {
            assert!(complaint.contains(word), "{arguments:?}: {complaint}");
        }
    }
}

#[test]
fn a_folder_without_sources_is_an_error() {
    let folder = folder(&[("notes.pdf", b"%PDF")]);
    let complaint = complaint(&["turns", &folder.path().display().to_string()], 1);
    assert!(
        complaint.contains(&folder.path().display().to_string()),
        "{complaint}"
    );
}

#[test]
fn damaged_packs_are_refused_wherever_the_damage_is() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let (site, out) = (site(&folder), folder.path().join("out"));
    lines(&[
        "build",
        &path(&folder, "week.txt"),
        "--separate",
        "--engine",
        &site,
        "--out",
        &out.display().to_string(),
    ]);
    let pack = std::fs::read(out.join("collection.turns")).expect("it was written");
    let file = folder.path().join("damaged.turns");
    for (bytes, words) in [
        (changed(&pack, pack.len() - 1), "section text"),
        (changed(&pack, 13), "damaged"),
        (changed(&pack, 8), "format version"),
        (pack[..pack.len() - 7].to_vec(), "cut short"),
    ] {
        std::fs::write(&file, bytes).expect("there is room");
        let complaint = complaint(
            &["search", &file.display().to_string(), "--query", "大家"],
            1,
        );
        assert!(
            complaint.contains(words) && complaint.contains("damaged.turns"),
            "{complaint}"
        );
    }
}

fn changed(bytes: &[u8], at: usize) -> Vec<u8> {
    let mut changed = bytes.to_vec();
    changed[at] ^= 0x08;
    changed
}

#[test]
fn builds_leave_nothing_behind_when_they_fail() {
    let folder = folder(&[("week.txt", WEEK.as_bytes()), ("bad.txt", b"\xff\xfe\xff")]);
    let site = site(&folder);
    let occupied: PathBuf = folder.path().join("occupied");
    std::fs::create_dir(&occupied).expect("there is room");
    std::fs::write(occupied.join("mine.txt"), b"keep").expect("there is room");
    let before = entries(folder.path());
    let week = path(&folder, "week.txt");
    for (source, engine, out, words) in [
        (&path(&folder, "bad.txt"), &site, "new", "bad.txt"),
        (&week, &site, "occupied", "not empty"),
        (&week, &path(&folder, "nowhere"), "new", "cargo xtask build"),
    ] {
        let out = folder.path().join(out).display().to_string();
        let complaint = complaint(&["build", source, "--engine", engine, "--out", &out], 1);
        assert!(complaint.contains(words), "{complaint}");
    }
    assert_eq!(entries(folder.path()), before);
    assert_eq!(
        std::fs::read(occupied.join("mine.txt")).expect("it is still there"),
        b"keep"
    );
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut entries: Vec<PathBuf> = std::fs::read_dir(folder)
        .expect("it is a folder")
        .map(|entry| entry.expect("it can be listed").path())
        .collect();
    entries.sort();
    entries
}

#[test]
fn wrong_arguments_give_status_two() {
    for arguments in [
        &["turns"][..],
        &["search", "x", "--sort", "colour"],
        &["fly"],
        &["build", "x"],
    ] {
        assert!(!complaint(arguments, 2).is_empty());
    }
}

#[test]
fn inspect_lists_every_byte_of_a_pack() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let (site, out) = (site(&folder), folder.path().join("out"));
    lines(&[
        "build",
        &path(&folder, "week.txt"),
        "--engine",
        &site,
        "--out",
        &out.display().to_string(),
    ]);
    let report = lines(&["inspect", &out.join("engine_bg.wasm").display().to_string()]);
    assert_eq!(
        (&report[0]["turns"], &report[0]["format_version"]),
        (&3.into(), &1.into())
    );
    let end = report[1..]
        .iter()
        .map(|section| {
            section["offset"].as_u64().unwrap_or(0) + section["bytes"].as_u64().unwrap_or(0)
        })
        .max();
    assert_eq!(report[0]["bytes"].as_u64(), end);
}
