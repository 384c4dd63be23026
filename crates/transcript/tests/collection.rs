//! Files and folders to a collection: configuration, sidecars, people across meetings, JSON Lines.

use std::fs;
use std::path::Path;

use turnsearch_model::{Field, SpeakerId};
use turnsearch_transcript::input::{self, Loaded};
use turnsearch_transcript::json::TurnRecord;
use turnsearch_transcript::{CollectionConfig, Corrections, Reason, collect, parse};

const FIRST: &str = "周会 — 第一次\n2021 年 3 月 8 日\n\n莎莉·科斯特顿 (SALLY COSTERTON): 大家好，帕特里克。\n\n\
                     帕特里克·琼斯：谢谢莎莉。\n\n[笑声]\n\n再见。\n";
const SECOND: &str = "SALLY COSTERTON: Welcome back.\n\nPATRICK JONES: Thanks, Sally.\n";

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, content) in files {
        fs::write(folder.path().join(name), content).expect("writable");
    }
    folder
}

fn read(folder: &tempfile::TempDir) -> Result<Loaded, String> {
    input::read(&[folder.path()]).map_err(|error| error.to_string())
}

#[test]
fn one_person_is_one_speaker_in_all_meetings() {
    let folder = folder(&[
        ("b.txt", FIRST),
        ("a.txt", SECOND),
        (
            "collection.toml",
            "title = \"会议\"\nbase_url = \"https://example.org/\"\n[meetings.\"a.txt\"]\ndate = \"2020-01-02\"\n\
             url = \"a.html\"\n[[speakers]]\nname = \"帕特里克·琼斯\"\naliases = [\"Patrick Jones\"]\nrole = \"主持人\"\n",
        ),
    ]);
    let loaded = read(&folder).expect("readable");
    let (collection, audits) = collect(loaded.sources, &loaded.config).expect("a collection");
    let ids: Vec<&str> = collection
        .meetings
        .iter()
        .map(|meeting| meeting.id.as_str())
        .collect();
    assert_eq!(ids, ["a", "b"], "ordered by date");
    let names: Vec<&str> = collection
        .speakers
        .iter()
        .map(|speaker| speaker.name.as_str())
        .collect();
    assert_eq!(names, ["莎莉·科斯特顿", "帕特里克·琼斯"]);
    assert_eq!(collection.speakers[1].role.as_deref(), Some("主持人"));
    assert_eq!(
        collection.meetings[0].meta[Field::Url].as_deref(),
        Some("https://example.org/a.html")
    );
    let both = [Some(SpeakerId(0)), Some(SpeakerId(1))];
    let speakers: Vec<Vec<Option<SpeakerId>>> = collection
        .meetings
        .iter()
        .map(|meeting| meeting.turns.iter().map(|turn| turn.speaker).collect())
        .collect();
    assert_eq!(speakers, [both, both]);
    assert!(audits.iter().all(|audit| audit.account.is_balanced()));
}

#[test]
fn two_people_of_one_name_stay_two() {
    let text =
        "PETER MAJOR: One.\n\nPETER DENGATE THRUSH: Two.\n\nPETER: Three.\n\nPETER MAJOR: Four.\n";
    let parsed = parse("a.txt", text.as_bytes(), None).expect("a transcript");
    let (collection, _) =
        collect(vec![parsed], &CollectionConfig::default()).expect("a collection");
    let names: Vec<&str> = collection
        .speakers
        .iter()
        .map(|speaker| speaker.name.as_str())
        .collect();
    assert_eq!(names, ["PETER MAJOR", "PETER DENGATE THRUSH", "PETER"]);
}

#[test]
fn a_first_name_is_resolved_where_only_one_person_has_it() {
    let text =
        "凯茜·克莱曼：大家好。\n\n马修·希尔斯：谢谢凯茜。\n\n凯茜：不客气。\n\n马修·希尔斯：好。\n";
    let parsed = parse("a.txt", text.as_bytes(), None).expect("a transcript");
    let speakers: Vec<Option<SpeakerId>> = parsed
        .meeting
        .turns
        .iter()
        .map(|turn| turn.speaker)
        .collect();
    let both = [Some(SpeakerId(0)), Some(SpeakerId(1))];
    assert_eq!(speakers, [both, both].concat());
    assert_eq!(parsed.suspects[0].reason.as_str(), "short-name");
}

#[test]
fn a_sidecar_corrects_a_label_a_merge_and_furniture() {
    let text = "莎莉·科斯特顿：大家好。机密 第 3 页 今天很好。补充：莉莉：我也是。\n\n帕特里克·琼斯：谢谢莎莉。\n\nP. J.：再见。\n";
    let sidecar = "[[label]]\nline = 1\nquote = \"莉莉：\"\nspeaker = \"莉莉\"\n\
                   [[label]]\nline = 5\nquote = \"P. J.：\"\nspeaker = \"P. J.\"\n\
                   [[furniture]]\nline = 1\nquote = \"机密 第 3 页\"\nreason = \"running-head\"\n\
                   [[merge]]\nspeaker = \"帕特里克·琼斯\"\nnames = [\"P. J.\"]\n";
    let corrections = Corrections::parse("a.turns.toml", sidecar).expect("a sidecar");
    let parsed = parse("a.txt", text.as_bytes(), Some(&corrections)).expect("a transcript");
    let turns: Vec<(&str, &str)> = parsed
        .meeting
        .turns
        .iter()
        .map(|turn| {
            (
                parsed.speakers[turn.speaker.expect("named").index()]
                    .name
                    .as_str(),
                turn.text.as_str(),
            )
        })
        .collect();
    assert_eq!(
        turns,
        [
            ("莎莉·科斯特顿", "大家好。 今天很好。补充："),
            ("莉莉", "我也是。"),
            ("帕特里克·琼斯", "谢谢莎莉。"),
            ("帕特里克·琼斯", "再见。"),
        ]
    );
    assert!(
        parsed
            .furniture
            .iter()
            .any(|piece| piece.reason == Reason::RunningHead)
    );
    assert!(parsed.account.is_balanced());
}

#[test]
fn a_correction_that_the_source_has_outgrown_says_so() {
    let sidecar = "[[text]]\nline = 1\nquote = \"谢谢\"\n";
    let corrections = Corrections::parse("a.turns.toml", sidecar).expect("a sidecar");
    let text = "莎莉·科斯特顿：大家好。\n\n帕特里克·琼斯：谢谢。\n";
    let error = parse("a.txt", text.as_bytes(), Some(&corrections))
        .expect_err("outgrown")
        .to_string();
    assert!(
        error.contains("a.turns.toml") && error.contains("line 3"),
        "{error}"
    );
}

#[test]
fn turns_come_back_from_json_lines() {
    let parsed = parse("b.txt", FIRST.as_bytes(), None).expect("a transcript");
    let lines: String = parsed
        .meeting
        .turns
        .iter()
        .map(|turn| {
            TurnRecord::new(&parsed.meeting, &parsed.speakers, turn)
                .to_line()
                .expect("JSON")
                + "\n"
        })
        .collect();
    assert!(lines.starts_with(
        "{\"source\":\"b.txt\",\"meeting\":\"周会 — 第一次\",\"kind\":\"transcript\",\"n\":1,\
         \"speaker\":\"莎莉·科斯特顿\",\"aliases\":[\"SALLY COSTERTON\"],"
    ));
    let folder = folder(&[("turns.jsonl", &lines)]);
    let loaded = read(&folder).expect("readable");
    let mut again = loaded.sources[0].meeting.turns.clone();
    for (turn, before) in again.iter_mut().zip(&parsed.meeting.turns) {
        turn.line = before.line;
    }
    assert_eq!(again, parsed.meeting.turns);
    let names = |speakers: &[turnsearch_model::Speaker]| -> Vec<String> {
        speakers
            .iter()
            .map(|speaker| speaker.name.clone())
            .collect()
    };
    assert_eq!(names(&loaded.sources[0].speakers), names(&parsed.speakers));
}

#[test]
fn bad_input_is_named_with_its_place() {
    let missing = input::read(&[Path::new("no/such/folder")])
        .expect_err("nothing there")
        .to_string();
    assert!(missing.contains("no/such/folder"));
    for (files, words) in [
        (vec![], vec!["no transcript in this folder", ".txt"]),
        (
            vec![("a.txt", "甲\u{0}")],
            vec!["a.txt", "no turn found", "lines 1 to 1"],
        ),
        (vec![("a.txt", "")], vec!["a.txt", "empty"]),
        (
            vec![("a.txt", FIRST), ("collection.toml", "titel = 1\n")],
            vec!["collection.toml:1", "titel", "title"],
        ),
        (
            vec![("a.txt", FIRST), ("a.turns.toml", "[[label]]\nlin = 1\n")],
            vec!["a.turns.toml:2", "lin", "line"],
        ),
        (
            vec![("a.jsonl", "{\"source\": 1}\n")],
            vec!["a.jsonl:1", "not a turn"],
        ),
    ] {
        let error = read(&folder(&files)).err().unwrap_or_default();
        assert!(words.iter().all(|word| error.contains(word)), "{error}");
    }
    let stray = folder(&[
        ("a.txt", FIRST),
        ("collection.toml", "[meetings.\"c.txt\"]\n"),
    ]);
    let loaded = read(&stray).expect("readable");
    let error = collect(loaded.sources, &loaded.config)
        .expect_err("no such source")
        .to_string();
    assert!(
        error.contains("c.txt") && error.contains("a.txt"),
        "{error}"
    );
}

#[test]
fn older_encodings_are_read_and_damage_is_named() {
    let (gb, _, _) = encoding_rs::GB18030.encode(FIRST);
    let parsed = parse("a.txt", &gb, None).expect("GB18030");
    assert_eq!(
        parsed,
        parse("a.txt", FIRST.as_bytes(), None).expect("UTF-8")
    );
    let latin: &[u8] = b"Jos\xe9: hola, se\xf1or\n";
    let error = parse("latin.txt", latin, None)
        .expect_err("not read")
        .to_string();
    assert!(
        error.starts_with("latin.txt:1: not UTF-8 at byte 4") && error.contains("--encoding"),
        "{error}"
    );
}
