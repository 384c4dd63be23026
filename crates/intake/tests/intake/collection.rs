//! Sources to a collection: configuration, corrections, people across meetings.

use turnsearch_intake::{
    CollectionConfig, InputOptions, Memory, collect, parse_sidecar, read_with,
};
use turnsearch_model::{Field, SpeakerId};
use turnsearch_transcript::{Corrections, Reason, parse};

use crate::read;

const FIRST: &str = "周会 — 第一次\n2021 年 3 月 8 日\n\n莎莉·科斯特顿 (SALLY COSTERTON): 大家好，帕特里克。\n\n\
                     帕特里克·琼斯：谢谢莎莉。\n\n[笑声]\n\n再见。\n";
const SECOND: &str = "SALLY COSTERTON: Welcome back.\n\nPATRICK JONES: Thanks, Sally.\n";

#[test]
fn one_person_is_one_speaker_in_all_meetings() {
    let loaded = read(&[
        ("b.txt", FIRST),
        ("a.txt", SECOND),
        (
            "collection.toml",
            "title = \"会议\"\nbase_url = \"https://example.org/\"\n[meetings.\"a.txt\"]\ndate = \"2020-01-02\"\n\
             url = \"a.html\"\n[[speakers]]\nname = \"帕特里克·琼斯\"\naliases = [\"Patrick Jones\"]\nrole = \"主持人\"\n",
        ),
    ])
    .expect("readable");
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
    let parsed = parse("a.txt", text.as_bytes(), &Corrections::NONE).expect("a transcript");
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
    let parsed = parse("a.txt", text.as_bytes(), &Corrections::NONE).expect("a transcript");
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
    let corrections = parse_sidecar("a.turns.toml", sidecar).expect("a sidecar");
    let parsed = parse("a.txt", text.as_bytes(), &corrections).expect("a transcript");
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
    let corrections = parse_sidecar("a.turns.toml", sidecar).expect("a sidecar");
    let text = "莎莉·科斯特顿：大家好。\n\n帕特里克·琼斯：谢谢。\n";
    let error = parse("a.txt", text.as_bytes(), &corrections)
        .expect_err("outgrown")
        .to_string();
    assert!(
        error.contains("a.turns.toml") && error.contains("line 3"),
        "{error}"
    );
}

#[test]
fn bad_input_is_named_with_its_place() {
    for (files, words) in [
        (
            vec![(".hidden.txt", FIRST)],
            vec!["no transcript in this folder", ".txt"],
        ),
        (
            vec![("a.txt", "Page 1 of 3\n")],
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
        let error = read(&files).err().unwrap_or_default();
        assert!(words.iter().all(|word| error.contains(word)), "{error}");
    }
    let stray = [
        ("a.txt", FIRST),
        ("collection.toml", "[meetings.\"c.txt\"]\n"),
    ];
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
fn a_meeting_can_say_who_those_are_whom_a_machine_only_told_apart() {
    let srt = |name: &str| {
        format!(
            "1\n00:00:01,000 --> 00:00:02,000\nSPEAKER_00: Good evening.\n\n\
             2\n00:00:02,000 --> 00:00:03,000\n{name}: Thank you.\n\n\
             3\n00:00:03,000 --> 00:00:04,000\nSPEAKER_00: The ferry.\n\n\
             4\n00:00:04,000 --> 00:00:05,000\n{name}: Was late.\n"
        )
    };
    let names = |config: &str, name: &str| {
        let files = Memory::from_iter([
            ("x/a.srt", srt(name)),
            ("x/b.srt", srt("Tom")),
            ("x/collection.toml", config.to_owned()),
        ]);
        let loaded = read_with(&files, &["x"], &InputOptions::default(), |_| ()).expect("read");
        collect(loaded.sources, &loaded.config).map(|(collection, _)| {
            let meeting = collection.meetings.iter().find(|m| m.source == "a.srt");
            let turns = meeting.expect("a.srt").turns.iter();
            let speaker = |at: usize| {
                let speaker = &collection.speakers[at];
                format!("{} {:?}", speaker.name, speaker.aliases)
            };
            turns
                .map(|turn| speaker(turn.speaker.expect("named").index()))
                .collect::<Vec<String>>()
        })
    };
    let table = "[meetings.\"a.srt\".speakers]\nSPEAKER_00 = \"Ann Lee\"\n";
    assert_eq!(
        names(table, "Tom").expect("named"),
        ["Ann Lee []", "Tom []", "Ann Lee []", "Tom []"]
    );
    let one = format!("{table}\"Speaker 1\" = \"Ann Lee\"\n");
    assert_eq!(names(&one, "Speaker 1").expect("named"), ["Ann Lee []"; 4]);
    let person = "[meetings.\"a.srt\".speakers]\nTom = \"Tom Reyes\"\n";
    assert_eq!(
        names(person, "Tom").expect("named")[1],
        "Tom Reyes [\"Tom\"]"
    );
    let error = names(&format!("{table}SPEAKER_01 = \"Bo\"\n"), "Tom").expect_err("nobody");
    let error = error.to_string();
    assert!(
        error.starts_with("x/collection.toml:3: ") && error.contains("SPEAKER_01"),
        "{error}"
    );
}

#[test]
fn the_columns_of_tables_can_be_named() {
    let files = |columns: &str| {
        Memory::from_iter([
            (
                "x/a.csv",
                "Wer,Worum,Was\nAnn,Hafen,Guten Abend.\nBo,Hafen,Danke.\n",
            ),
            ("x/collection.toml", columns),
        ])
    };
    let read = |columns: &str| {
        let strict = InputOptions {
            unreadable: turnsearch_intake::Unfit::Stop,
            ..InputOptions::default()
        };
        read_with(&files(columns), &["x"], &strict, |_| ()).map(|loaded| {
            let turns = loaded.sources[0].meeting.turns.iter();
            turns.map(|turn| turn.text.clone()).collect::<Vec<String>>()
        })
    };
    for columns in [
        "[columns]\nspeaker = \"wer\"\ntext = \"Was\"\n",
        "[columns]\nspeaker = 1\ntext = 3\n",
    ] {
        assert_eq!(
            read(columns).expect("named"),
            ["Guten Abend.", "Danke."],
            "{columns}"
        );
    }
    for (columns, words) in [
        (
            "[columns]\ntext = \"Inhalt\"\n",
            ["a.csv:1: ", "no column `Inhalt`"],
        ),
        (
            "[columns]\ntext = true\n",
            ["collection.toml:2: ", "number from 1"],
        ),
        (
            "[columns]\ntxt = 1\n",
            ["collection.toml:2: ", "did you mean `text`?"],
        ),
    ] {
        let error = read(columns).expect_err(columns).to_string();
        assert!(words.iter().all(|word| error.contains(word)), "{error}");
    }
}
