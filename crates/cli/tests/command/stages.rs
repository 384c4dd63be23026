//! Each stage by itself: turns, audit, search, inspect.

use serde_json::Value;

use crate::{WEEK, complaint, folder, lines, path, seeds, site, turnsearch};

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

    let (engine, out) = (site(), folder.path().join("out"));
    let site = engine.path().display().to_string();
    for (extra, name) in [
        (&[][..], "engine_bg.wasm"),
        (&["--separate"][..], "collection.turns"),
    ] {
        let out = out.with_extension(name);
        let out_name = out.display().to_string();
        let mut arguments = vec!["build", &source, "--engine", &site, "--out", &out_name];
        arguments.extend(extra);
        crate::done(&arguments);
        assert_eq!(hits(&out.join(name).display().to_string()), expected);
    }
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
        (
            "mixed.txt",
            b"Anna: caf\xc3\xa9 cr\xc3\xa8me\nBo: caf\xe9\n",
        ),
        ("empty.txt", b""),
        ("pages.txt", b"Page 1 of 3\n"),
        ("broken.turns", b"\x89turns\r\n\x01"),
        ("page.turns", b"<!doctype html>"),
        ("page.wasm", b"<!doctype html>"),
        ("engine.wasm", b"\0asm\x01\0\0\0"),
        ("photo.png", b"\x89PNG"),
    ]);
    for (arguments, words) in [
        (&["turns", "mixed.txt"][..], &["mixed.txt"][..]),
        (&["turns", "empty.txt"], &["empty.txt"]),
        (&["turns", "pages.txt"], &["pages.txt", "no turn"]),
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
    let (engine, out) = (site(), folder.path().join("out"));
    let site = engine.path().display().to_string();
    crate::done(&[
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
    let (engine, out) = (site(), folder.path().join("out"));
    let site = engine.path().display().to_string();
    crate::done(&[
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

#[test]
fn meetings_are_written_in_the_formats_of_the_field_and_read_again() {
    let captions = "WEBVTT\n\n00:00:01.000 --> 00:00:03.000\n<v Ann>Good morning.\n\n00:00:04.000 --> 00:00:06.000\n<v Bob>Hello, Ann.\n";
    let folder = folder(&[
        ("talk.vtt", captions.as_bytes()),
        ("week.txt", WEEK.as_bytes()),
    ]);
    let talk = path(&folder, "talk.vtt");
    let spoken = |input: &str| -> Vec<(Value, Value)> {
        let turns = lines(&["turns", input]);
        let said = turns
            .iter()
            .map(|turn| (turn["speaker"].clone(), turn["text"].clone()));
        said.collect()
    };
    let expected = spoken(&talk);
    assert_eq!(expected[1], ("Bob".into(), "Hello, Ann.".into()));
    for (format, name) in [
        ("vtt", "a.vtt"),
        ("akn", "a.xml"),
        ("json", "a.json"),
        ("md", "a.md"),
        ("jsonl", "a.jsonl"),
    ] {
        let written = crate::done(&["turns", &talk, "--format", format]).stdout;
        std::fs::write(folder.path().join(name), written).expect("there is room");
        assert_eq!(spoken(&path(&folder, name)), expected, "{format}");
    }

    let both = [&talk, &path(&folder, "week.txt")];
    let several = complaint(&["turns", both[0], both[1], "--format", "md"], 1);
    assert!(several.contains("--out"), "{several}");
    let out = path(&folder, "out");
    crate::done(&["turns", both[0], both[1], "--format", "md", "--out", &out]);
    assert_eq!(
        crate::files(std::path::Path::new(&out)),
        ["talk.md", "week.md"]
    );
    let untimed = complaint(&["turns", both[1], "--format", "vtt"], 1);
    assert!(
        untimed.contains("week.txt") && untimed.contains("times"),
        "{untimed}"
    );
}
