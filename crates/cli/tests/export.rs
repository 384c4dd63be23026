//! What is written can be read again: the same people say the same at the same times.

#[path = "../src/export/mod.rs"]
mod export;
#[path = "../src/record.rs"]
mod record;

use export::{ExportError, Target};
use record::TurnRecord;
use turnsearch_model::{Event, Field, Kind, Meeting, Metadata, Speaker, SpeakerId, Turn};
use turnsearch_transcript::{Corrections, Parsed, ReadOptions, parse, parse_with};

/// A meeting with everything that a format could stumble over.
fn meeting() -> (Meeting, Vec<Speaker>) {
    let speaker = |name: &str, role: Option<&str>| Speaker {
        name: name.to_owned(),
        aliases: Vec::new(),
        role: role.map(str::to_owned),
    };
    let turn = |n: u32, speaker: usize, text: &str, heading: &[&str]| Turn {
        n,
        speaker: Some(SpeakerId::at(speaker)),
        label: Some(["唐鳳：", "Jo Smith:"][speaker].to_owned()),
        heading: heading.iter().map(|&part| part.to_owned()).collect(),
        text: text.to_owned(),
        start_ms: Some(u64::from(n) * 4_000_500),
        end_ms: Some(u64::from(n) * 4_000_500 + 2500),
        events: Vec::new(),
        line: n,
    };
    let mut turns = vec![
        turn(
            1,
            0,
            "大家好，我是唐鳳。\n第二段 <b>不是標記</b> & 這也不是。",
            &[],
        ),
        turn(
            2,
            1,
            "Thank you. a --> b, 5 < 6 \"quoted\"\n# not a heading",
            &["Motions"],
        ),
        turn(3, 0, "好。謝謝。", &["Motions", "First & only"]),
        turn(
            4,
            1,
            "**Bye**, `a\\*b*`, 2 * 3, R&D, AT&T; &quot; and &amp;quot; \\&lt; *stay*.",
            &["Close"],
        ),
    ];
    turns[2].events.push(Event {
        offset: "好。".len(),
        text: "（笑）".to_owned(),
    });
    let meta = Metadata::from_iter([
        (Field::Title, "Week <1> & more"),
        (Field::Date, "2021-03-08"),
        (Field::Place, "Taipei"),
        (Field::Language, "zh-Hant"),
    ]);
    let meeting = Meeting {
        id: "week".to_owned(),
        source: "week.txt".to_owned(),
        kind: Kind::Transcript,
        meta,
        turns,
    };
    let speakers = vec![
        speaker("唐鳳", Some("Chair & host")),
        speaker("Jo Smith", None),
    ];
    (meeting, speakers)
}

/// The meeting as the format can hold it: in text and pages nothing keeps pairs of stars from being
/// emphasis, and plain text is told from Markdown by the signs of the latter.
fn fit(target: Target, mut meeting: Meeting) -> Meeting {
    if matches!(target, Target::Text | Target::Html) {
        "Thank you. a --> b, 5 < 6 \"quoted\".\nNot a heading."
            .clone_into(&mut meeting.turns[1].text);
        "Bye, 2 x 3, R&D, AT&T; &quot;.".clone_into(&mut meeting.turns[3].text);
    }
    meeting
}

fn again(target: Target, meeting: &Meeting, speakers: &[Speaker]) -> Parsed {
    let text = target.write(meeting, speakers).expect("written");
    let name = format!("week.{}", target.extension());
    let mut parsed = parse(&name, text.as_bytes(), &Corrections::NONE)
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    // Plain text has no headings; what stands there instead is nobody's.
    if target == Target::Text {
        for turn in &mut parsed.meeting.turns {
            turn.events.retain(|event| !event.text.starts_with('['));
        }
    }
    assert!(parsed.account.is_balanced(), "{:?}\n{text}", parsed.account);
    parsed
}

/// Names, texts and events; without white space where the format has no paragraphs.
fn said(
    meeting: &Meeting,
    speakers: &[Speaker],
    paragraphs: bool,
) -> Vec<(String, String, Vec<Event>)> {
    let text = |turn: &Turn| match paragraphs {
        true => turn.text.clone(),
        false => turn.text.split_whitespace().collect(),
    };
    let name = |turn: &Turn| {
        turn.speaker
            .map_or_else(String::new, |at| speakers[at.index()].name.clone())
    };
    meeting
        .turns
        .iter()
        .map(|turn| (name(turn), text(turn), turn.events.clone()))
        .collect()
}

#[test]
fn every_format_gives_the_same_speakers_and_texts() {
    let (meeting, speakers) = meeting();
    for target in Target::ALL {
        let meeting = fit(target, meeting.clone());
        let parsed = again(target, &meeting, &speakers);
        let paragraphs = !matches!(target, Target::Vtt | Target::Srt);
        assert_eq!(
            said(&parsed.meeting, &parsed.speakers, paragraphs),
            said(&meeting, &speakers, paragraphs),
            "{target}"
        );
    }
}

#[test]
fn times_are_kept_where_the_format_has_them() {
    let (meeting, speakers) = meeting();
    for target in [Target::Vtt, Target::Json, Target::Srt, Target::Csv] {
        let parsed = again(target, &meeting, &speakers);
        for (turn, before) in parsed.meeting.turns.iter().zip(&meeting.turns) {
            assert_eq!(
                (turn.start_ms, turn.end_ms),
                (before.start_ms, before.end_ms),
                "{target}"
            );
        }
    }
    for target in [Target::Markdown, Target::Text, Target::Html] {
        let parsed = again(target, &meeting, &speakers);
        for (turn, before) in parsed.meeting.turns.iter().zip(&meeting.turns) {
            assert_eq!(turn.start_ms, before.start_ms, "{target}");
        }
    }
}

#[test]
fn akoma_ntoso_keeps_headings_labels_roles_and_metadata() {
    let (meeting, speakers) = meeting();
    let parsed = again(Target::Akn, &meeting, &speakers);
    let part = |turn: &Turn| (turn.heading.clone(), turn.label.clone());
    let parts = |meeting: &Meeting| meeting.turns.iter().map(part).collect::<Vec<_>>();
    assert_eq!(parts(&parsed.meeting), parts(&meeting));
    assert_eq!(parsed.speakers, speakers);
    assert_eq!(parsed.meeting.meta, meeting.meta);
}

#[test]
fn nobody_stays_nobody() {
    let (mut meeting, speakers) = meeting();
    meeting.turns[1].speaker = None;
    meeting.turns[1].label = None;
    meeting.turns[1].heading.clear();
    // Twice the same, so that everybody comes back.
    let mut more = meeting.turns.clone();
    for turn in &mut more {
        turn.n += 4;
        turn.start_ms = turn.start_ms.map(|start| start + 17_000_000);
        turn.end_ms = turn.end_ms.map(|end| end + 17_000_000);
    }
    meeting.turns.append(&mut more);
    for target in Target::ALL {
        let parsed = again(target, &meeting, &speakers);
        let nobody: Vec<bool> = parsed
            .meeting
            .turns
            .iter()
            .map(|turn| turn.speaker.is_none())
            .collect();
        assert_eq!(nobody, [false, true, false, false].repeat(2), "{target}");
    }
}

#[test]
fn captions_need_times_and_the_others_do_not() {
    let (mut meeting, speakers) = meeting();
    for turn in &mut meeting.turns {
        (turn.start_ms, turn.end_ms) = (None, None);
    }
    for target in [Target::Vtt, Target::Srt] {
        let error = target.write(&meeting, &speakers).expect_err("no times");
        assert!(matches!(error, ExportError::NoTimes { .. }));
        let message = error.to_string();
        assert!(message.starts_with("week.txt: "), "{message}");
        assert!(message.contains(target.as_str()), "{message}");
    }
    let timeless = Target::ALL.into_iter();
    for target in timeless.filter(|target| !matches!(target, Target::Vtt | Target::Srt)) {
        let meeting = fit(target, meeting.clone());
        let parsed = again(target, &meeting, &speakers);
        assert!(
            parsed
                .meeting
                .turns
                .iter()
                .all(|turn| turn.start_ms.is_none()),
            "{target}"
        );
        assert_eq!(
            said(&parsed.meeting, &parsed.speakers, true),
            said(&meeting, &speakers, true)
        );
    }
}

#[test]
fn json_lines_give_the_same_meetings() {
    let (meeting, speakers) = meeting();
    let other = Meeting {
        id: "other".to_owned(),
        source: "other.vtt".to_owned(),
        meta: Metadata::from_iter([
            (Field::Event, "IGF 2021"),
            (Field::Time, "09:00-10:00"),
            (Field::Zone, "CST"),
            (Field::Url, "https://example.org/other"),
            (Field::Media, "https://example.org/other.mp3"),
        ]),
        turns: meeting.turns[..1].to_vec(),
        ..meeting.clone()
    };
    let mut lines = String::new();
    for meeting in [&meeting, &other] {
        for turn in &meeting.turns {
            let record = TurnRecord::new(meeting, &speakers, turn);
            lines += &serde_json::to_string(&record).expect("it is JSON");
            lines.push('\n');
        }
    }
    let mut read = parse_with(
        "turns.jsonl",
        lines.as_bytes(),
        &Corrections::NONE,
        &ReadOptions::default(),
    )
    .expect("turns");
    assert_eq!(read.len(), 2);
    for (parsed, before) in read.iter_mut().zip([&meeting, &other]) {
        for (turn, before) in parsed.meeting.turns.iter_mut().zip(&before.turns) {
            turn.line = before.line;
        }
        assert_eq!(parsed.meeting, *before);
        assert_eq!(parsed.speakers, speakers[..parsed.speakers.len()]);
    }
    let error =
        parse("turns.jsonl", lines.as_bytes(), &Corrections::NONE).expect_err("two meetings");
    assert!(error.to_string().contains("2 meetings"), "{error}");
}

#[test]
fn targets_are_read_as_they_are_written() {
    for target in Target::ALL {
        assert_eq!(Target::named(&target.to_string()), Some(target));
    }
    assert_eq!(Target::named("docx"), None);
}
