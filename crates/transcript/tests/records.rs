//! Small files of each format, whole: who speaks, what they say, under which headings, and when.

use turnsearch_model::{Field, Turn};
use turnsearch_transcript::{Corrections, Doubt, Parsed, Reason, parse};

fn read(name: &str, text: &str) -> Parsed {
    let parsed =
        parse(name, text.as_bytes(), &Corrections::NONE).unwrap_or_else(|error| panic!("{error}"));
    assert!(parsed.account.is_balanced(), "{:?}", parsed.account);
    parsed
}

/// `Name: text`, with events in their places between `⟨⟩`.
fn lines(parsed: &Parsed) -> Vec<String> {
    let name = |turn: &Turn| {
        turn.speaker
            .map_or("", |at| parsed.speakers[at.index()].name.as_str())
    };
    let shown = |turn: &Turn| {
        let mut text = turn.text.clone();
        for event in turn.events.iter().rev() {
            text.insert_str(event.offset, &format!("⟨{}⟩", event.text));
        }
        format!("{}: {text}", name(turn))
    };
    parsed.meeting.turns.iter().map(shown).collect()
}

fn headings(parsed: &Parsed) -> Vec<String> {
    let turns = parsed.meeting.turns.iter();
    turns.map(|turn| turn.heading.join(" > ")).collect()
}

fn times(parsed: &Parsed) -> Vec<(Option<u64>, Option<u64>)> {
    let turns = parsed.meeting.turns.iter();
    turns.map(|turn| (turn.start_ms, turn.end_ms)).collect()
}

#[test]
fn meeting_software_writes_a_name_into_every_caption() {
    let parsed = read(
        "2026-07-06_call.vtt",
        "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\npk910: Hi.\n\n2\n00:00:02.000 --> 00:00:03.000\npk910: One thing: this\nworks.\n\n\
         3\n00:00:09.000 --> 00:00:10.000\nSam | Nimbus: Yes.\n\n4\n00:00:11.000 --> 00:00:12.000\nFelix (Geth): No.\n",
    );
    assert_eq!(
        lines(&parsed),
        [
            "pk910: Hi. One thing: this works.",
            "Sam | Nimbus: Yes.",
            "Felix: No."
        ]
    );
    assert_eq!(
        times(&parsed),
        [
            (Some(1000), Some(3000)),
            (Some(9000), Some(10000)),
            (Some(11000), Some(12000))
        ]
    );
    assert_eq!(parsed.meeting.turns[0].label.as_deref(), Some("pk910:"));
    assert_eq!(
        parsed.meeting.meta[Field::Date].as_deref(),
        Some("2026-07-06")
    );
    let again: Vec<&str> = parsed
        .furniture
        .iter()
        .filter(|piece| piece.reason == Reason::Label)
        .map(|piece| piece.text.as_str())
        .collect();
    assert_eq!(again, ["pk910:"]);
}

#[test]
fn captions_with_names_where_the_speaker_changes() {
    let mut text = String::new();
    let speeches = [
        "Bekah Hawrot Weigel: Hey, I'm\nBekah.",
        "Dan Ott: And I'm Dan.",
        "And this is the\nPodcast.",
        "[music]",
        "Bekah: The question is\nthis: who are you?",
        "Dan: I am Dan. You know me.",
        "Bekah: Thank you, Dan.",
        "Dan: Thanks.",
        "Bekah: Bye.",
    ];
    for (index, speech) in speeches.iter().enumerate() {
        text += &format!(
            "{}\n00:00:{index:02},000 --> 00:00:{index:02},900\n{speech}\n\n",
            index + 1
        );
    }
    let parsed = read("podcast.srt", &text);
    assert_eq!(
        lines(&parsed)[..3],
        [
            "Bekah Hawrot Weigel: Hey, I'm Bekah.",
            "Dan Ott: And I'm Dan. And this is the Podcast.⟨[music]⟩",
            "Bekah Hawrot Weigel: The question is this: who are you?"
        ]
    );
    assert_eq!(parsed.speakers.len(), 2);
    assert_eq!(times(&parsed)[1], (Some(1000), Some(3900)));
}

#[test]
fn captions_without_speakers_become_paragraphs_with_times() {
    let mut text = "WEBVTT\n".to_owned();
    for minute in 0..60 {
        for second in [0, 10, 20, 30, 40, 50] {
            text += &format!(
                "\n{minute:02}:{second:02}.000 --> {minute:02}:{:02}.500\nThis is what was said in the lecture at minute {minute}, and it goes on{}\n",
                second + 9,
                if second == 50 { "." } else { "" }
            );
        }
    }
    let parsed = read("lecture.vtt", &text);
    assert!(
        (30..=120).contains(&parsed.meeting.turns.len()),
        "{}",
        parsed.meeting.turns.len()
    );
    for turn in &parsed.meeting.turns {
        assert!(turn.speaker.is_none() && turn.text.len() < 2000);
        let (start, end) = (
            turn.start_ms.expect("a start"),
            turn.end_ms.expect("an end"),
        );
        assert!(end > start && end - start <= 180_000);
    }
}

#[test]
fn a_caption_that_ends_before_it_starts_is_doubted_and_has_no_length() {
    let text = "WEBVTT\n\n04:05.000 --> 00:06.000\n<v Bob>Thank you.</v>\n\n\
                00:01.000 --> 00:04.000\n<v Ann Lee>Welcome.</v>\n";
    let parsed = read("call.vtt", text);
    assert_eq!(
        times(&parsed),
        [(Some(245_000), Some(245_000)), (Some(1000), Some(4000))]
    );
    let doubts: Vec<_> = parsed.suspects.iter().map(|s| (s.line, s.reason)).collect();
    assert_eq!(doubts, [(4, Doubt::BackwardTimes)]);
}

#[test]
fn voices_in_one_caption_are_turns() {
    let parsed = read(
        "a.vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v.loud Esme>Hi</v> <v Mary Ann><i>Ho</i> &amp; hum\n\n\
         00:02.000 --> 00:03.000\nand on\n\n00:03.000 --> 00:04.000\n<v Esme:>Bye\n",
    );
    assert_eq!(
        lines(&parsed),
        ["Esme: Hi", "Mary Ann: Ho & hum and on", "Esme: Bye"]
    );
    assert_eq!(times(&parsed)[1], (Some(1000), Some(3000)));
}

#[test]
fn words_of_podcast_segments_are_joined() {
    let parsed = read(
        "a.json",
        r#"{"version":"1.0.0","segments":[
            {"speaker":"Darth Vader","startTime":0.5,"endTime":0.75,"body":"I"},
            {"speaker":"Darth Vader","startTime":1,"endTime":1.25,"body":"am"},
            {"speaker":"Luke","startTime":2.75,"endTime":3.0,"body":"Nooooo"},
            {"startTime":3,"endTime":4,"body":"(laughter)"}]}"#,
    );
    assert_eq!(
        lines(&parsed),
        ["Darth Vader: I am", "Luke: Nooooo⟨(laughter)⟩"]
    );
    assert_eq!(
        times(&parsed),
        [(Some(500), Some(1250)), (Some(2750), Some(4000))]
    );
    assert_eq!(parsed.meeting.turns[1].line, 4);
}

#[test]
fn akoma_ntoso_in_the_style_of_sayit() {
    let parsed = read(
        "2016-01-02-會議.an.xml",
        "<akomaNtoso><debate><meta><references>\n<TLCPerson href=\"/p/1\" id=\"唐鳳\" showAs=\"唐鳳\"/></references></meta>\n\
         <debateBody><debateSection><heading>1/2 會議</heading><narrative><i>開場</i></narrative>\n\
         <speech by=\"#唐鳳\"><p>大家<b>好</b>。<br/>第二行（笑）完。</p><p>（點頭）</p><p><a href=\"x\">連結</a></p></speech>\n\
         <narrative>（休息）</narrative><speech by=\"#黃-旭田\"><script>alert(1)</script><p>好。</p></speech>\n\
         <debateSection><heading>問答</heading><speech by=\"#唐鳳\"><p>請。</p></speech></debateSection>\n\
         </debateSection></debateBody></debate></akomaNtoso>",
    );
    assert_eq!(
        lines(&parsed),
        [
            ": ⟨開場⟩",
            "唐鳳: 大家好。\n第二行⟨（笑）⟩完。⟨（點頭）⟩\n連結⟨（休息）⟩",
            "黃 旭田: 好。",
            "唐鳳: 請。"
        ]
    );
    assert_eq!(headings(&parsed), ["", "", "", "問答"]);
    assert_eq!(
        parsed.meeting.meta[Field::Title].as_deref(),
        Some("1/2 會議")
    );
    assert_eq!(
        parsed.meeting.meta[Field::Date].as_deref(),
        Some("2016-01-02")
    );
    assert_eq!(parsed.meeting.turns[1].line, 4);
}

#[test]
fn akoma_ntoso_with_namespace_labels_and_nested_sections() {
    let parsed = read(
        "debate.xml",
        "<?xml version=\"1.0\"?>\n<an:akomaNtoso xmlns:an=\"http://docs.oasis-open.org/legaldocml/ns/akn/3.0\"><an:debate>\n\
         <an:meta><an:identification><an:FRBRWork><an:FRBRdate date=\"2011-06-10T10:00\"/></an:FRBRWork>\
         <an:FRBRExpression><an:FRBRdate date=\"2012-01-01\"/><an:FRBRlanguage language=\"eng\"/></an:FRBRExpression></an:identification>\n\
         <an:references><an:TLCPerson eId=\"alfa\" showAs=\"Mr. Alfa\"/><an:TLCRole eId=\"chair\" showAs=\"Chair\"/></an:references></an:meta>\n\
         <an:preface><an:p><an:docTitle>Second Meeting</an:docTitle></an:p></an:preface>\n\
         <an:debateBody><an:debateSection><an:heading>Motions</an:heading>\
         <an:debateSection><an:num>1.</an:num><an:heading>First</an:heading>\
         <an:speech by=\"#alfa\" as=\"#chair\"><an:from>Mr Alfa (Chair):</an:from><an:p>I beg <an:remark>[Applause]</an:remark> to move.</an:p></an:speech>\
         <an:scene>(Bell)</an:scene></an:debateSection>\
         <an:p>The House rose.</an:p></an:debateSection></an:debateBody></an:debate></an:akomaNtoso>",
    );
    assert_eq!(
        lines(&parsed),
        [
            "Mr. Alfa: I beg⟨[Applause]⟩ to move.⟨(Bell)⟩",
            ": The House rose."
        ]
    );
    assert_eq!(headings(&parsed), ["Motions > First", "Motions"]);
    assert_eq!(
        parsed.meeting.turns[0].label.as_deref(),
        Some("Mr Alfa (Chair):")
    );
    assert_eq!(parsed.speakers[0].role.as_deref(), Some("Chair"));
    let meta = &parsed.meeting.meta;
    assert_eq!(meta[Field::Title].as_deref(), Some("Second Meeting"));
    assert_eq!(
        (
            meta[Field::Date].as_deref(),
            meta[Field::Language].as_deref()
        ),
        (Some("2011-06-10"), Some("en"))
    );
}

#[test]
fn parlamint_with_people_and_what_happens() {
    let parsed = read(
        "sitting.xml",
        "<TEI xmlns=\"http://www.tei-c.org/ns/1.0\" xml:lang=\"es\"><teiHeader><fileDesc><titleStmt>\
         <title xml:lang=\"en\" type=\"main\">Corpus</title><title xml:lang=\"es\" type=\"sub\">Sesión 1</title></titleStmt></fileDesc>\n\
         <profileDesc><settingDesc><setting><name type=\"city\">Madrid</name><date when=\"2022-02-17\">x</date></setting></settingDesc>\
         <listPerson><person xml:id=\"PerezAna\"><persName><surname>Pérez</surname><forename>Ana</forename></persName></person></listPerson></profileDesc></teiHeader>\n\
         <text><body><div><head>DEBATE</head><note type=\"speaker\">La señora PÉREZ:</note>\n\
         <u who=\"#PerezAna\"><seg>Buenos días.</seg><kinesic><desc>Aplausos</desc></kinesic><seg>Gracias.</seg></u>\n\
         <u who=\"#JuanGómezRuiz\"><seg>Sí.</seg></u><u><seg>Silencio.</seg></u></div></body></text></TEI>",
    );
    assert_eq!(
        lines(&parsed),
        [
            "Ana Pérez: Buenos días.⟨Aplausos⟩\nGracias.",
            "Juan Gómez Ruiz: Sí.",
            ": Silencio."
        ]
    );
    assert_eq!(
        parsed.meeting.turns[0].label.as_deref(),
        Some("La señora PÉREZ:")
    );
    assert_eq!(headings(&parsed), ["DEBATE"; 3]);
    let meta = &parsed.meeting.meta;
    assert_eq!(meta[Field::Title].as_deref(), Some("Sesión 1"));
    assert_eq!(
        (meta[Field::Date].as_deref(), meta[Field::Place].as_deref()),
        (Some("2022-02-17"), Some("Madrid"))
    );
}

#[test]
fn they_work_for_you_with_declared_characters_and_divisions() {
    let text = "<?xml version=\"1.0\" encoding=\"ISO-8859-1\"?>\n<!DOCTYPE publicwhip [\n<!ENTITY mdash \"&#8212;\">\n]>\n<publicwhip>\n\
        <major-heading id=\"uk.org.publicwhip/debate/2009-10-28b.1.0\">Health</major-heading>\n<minor-heading id=\"x\">Caf\u{e9}s</minor-heading>\n\
        <speech id=\"y\" speakerid=\"m/1\" speakername=\"Jane Doe\"><p>One&mdash;two.</p><p>Three.</p></speech>\n\
        <speech id=\"z\" nospeaker=\"true\"><p>[Mr. Speaker in the Chair]</p></speech>\n\
        <division><mpname>Doe, Jane</mpname></division>\n<speech speakerid=\"m/1\" speakername=\"Ms Doe\"><p>Four.</p></speech>\n</publicwhip>";
    // As the declaration says: one byte a character.
    let latin1: Vec<u8> = text.chars().map(|c| c as u8).collect();
    let parsed = parse("debates2009-10-28b.xml", &latin1, &Corrections::NONE).expect("read");
    assert!(parsed.account.is_balanced(), "{:?}", parsed.account);
    assert_eq!(
        lines(&parsed),
        [
            "Jane Doe: One—two.\nThree.",
            ": ⟨[Mr. Speaker in the Chair]⟩",
            "Jane Doe: Four."
        ]
    );
    assert_eq!(headings(&parsed), ["Health > Cafés"; 3]);
    assert_eq!(
        parsed.meeting.meta[Field::Date].as_deref(),
        Some("2009-10-28")
    );
}

#[test]
fn sayit_sections_with_html() {
    let parsed = read(
        "sections.json",
        "[{\"filename\": \"2025-11-10-柏林\", \"section_speaker\": null, \"section_content\": \"<p><i>（開場）</i></p>\"},\n\
         {\"section_speaker\": \"%E5%94%90%E9%B3%B3-3\", \"section_content\": \"<p>大家好。<br>好&amp;好</p><p>完。\"},\n\
         {\"section_speaker\": null, \"section_content\": \"<p>（影片）</p>\"}]",
    );
    assert_eq!(
        lines(&parsed),
        [": ⟨（開場）⟩", "唐鳳: 大家好。\n好&好\n完。⟨（影片）⟩"]
    );
    assert_eq!(parsed.meeting.turns[1].line, 2);
}

#[test]
fn references_in_markdown_are_the_characters_they_name() {
    let parsed = read(
        "a.md",
        "# 2017-01-11 Questions &amp; answers\n\n### Tom &amp; Jerry:\n\n&quot;Hi.&quot;\n\n&gt; no quote, \
         \\*no emphasis\\*, but *this*\n\n### Ann:\n\nAT&T writes `&lt;b&gt;`, I write \\&lt;.\n\n\
         > (&nbsp;laughs)\n",
    );
    assert_eq!(
        parsed.meeting.meta[Field::Title].as_deref(),
        Some("Questions & answers")
    );
    assert_eq!(
        lines(&parsed),
        [
            "Tom & Jerry: \"Hi.\"\n> no quote, *no emphasis*, but this",
            "Ann: AT&T writes `&lt;b&gt;`, I write &lt;.⟨( laughs)⟩",
        ]
    );
}

#[test]
fn references_in_plain_text_stay() {
    let parsed = read(
        "a.txt",
        "JANE ROE: Hi &amp; ho.\n\nJOHN DOE: Thank you.\n\nJANE ROE: Bye.\n\nJOHN DOE: Bye.\n",
    );
    assert_eq!(lines(&parsed)[0], "JANE ROE: Hi &amp; ho.");
}

const SAID: &str = "Anna Berg: Good evening. I open the meeting, thank you all.\n\n\
                    Tom Reyes: Thank you, Anna. I have a question for you.\n\n\
                    Anna Berg: Go on, Tom.\n\nTom Reyes: Who pays?\n\nAnna Berg: You do.\n";

fn stated(parsed: &Parsed) -> Vec<(Field, &str)> {
    parsed.meeting.meta.iter().collect()
}

#[test]
fn front_matter_states_and_is_never_text() {
    let parsed = read(
        "a.md",
        &format!(
            "---\ntitle: Harbour &amp; **port**\ndescription: \"This transcript: *draft*.\"\n\
             # a comment\ndate: 2024-05-14\nurl: https://example.org/?a=1&copy;=2\n---\n\n\
             ## Ferry\n\n{SAID}"
        ),
    );
    assert_eq!(
        stated(&parsed),
        [
            (Field::Title, "Harbour &amp; **port**"),
            (Field::Date, "2024-05-14"),
            (Field::Url, "https://example.org/?a=1&copy;=2"),
        ]
    );
    assert_eq!(parsed.meeting.turns.len(), 5);
    assert_eq!(headings(&parsed)[0], "Ferry");
    let above = parsed.furniture.iter().filter(|piece| piece.line <= 7);
    assert!(above.clone().all(|piece| piece.reason == Reason::Metadata));
    assert_eq!(above.count(), 7);
}

#[test]
fn a_page_that_names_one_person_is_what_that_person_says() {
    let parsed = read(
        "talk.md",
        "---\ntitle: Cranes\nspeakers: [Mara Vogel]\n---\n\n# Cranes\n\n## Why\n\nThey lift. \
         Cranes: a love story.\n\nThey turn.\n\n## Q&A\n\nWho pays?\n\n## End\n\nQ: When?\n\nA: Now.\n\nThank you.\n",
    );
    assert_eq!(
        lines(&parsed),
        [
            "Mara Vogel: They lift. Cranes: a love story.\nThey turn.",
            ": Who pays?",
            ": Q: When?",
            "Mara Vogel: A: Now.\nThank you."
        ]
    );
    assert_eq!(headings(&parsed), ["Why", "Q&A", "End", "End"]);
    assert_eq!(parsed.meeting.meta.get(Field::Title), Some("Cranes"));
}

#[test]
fn a_page_that_names_several_people_and_has_no_labels_is_nobodys() {
    let parsed = read(
        "talk.md",
        "---\ntitle: Cranes\nspeakers: [Mara Vogel, Tom Reyes]\n---\nThey lift.\n\nThey turn.\n",
    );
    assert_eq!(lines(&parsed), [": They lift.", ": They turn."]);
    assert!(parsed.speakers.is_empty());
    assert_eq!(parsed.meeting.meta.get(Field::Title), Some("Cranes"));
}

#[test]
fn front_matter_that_cannot_be_read_is_listed() {
    let text = format!("---\ntitle: a: b: c\ndate: 2024-05-14\n---\n\n{SAID}");
    let parsed = read("a.md", &text);
    assert_eq!(stated(&parsed), []);
    assert_eq!(parsed.meeting.turns.len(), 5);
    let found = parsed
        .suspects
        .iter()
        .any(|suspect| suspect.reason == Doubt::FrontMatter);
    assert!(found, "{:?}", parsed.suspects);
}

#[test]
fn front_matter_above_nothing_is_no_record() {
    for text in [
        "---\ntitle: T\n---\n",
        "---\ntitle: T\nspeaker: A B\n---\n\n***\n",
    ] {
        assert!(parse("a.md", text.as_bytes(), &Corrections::NONE).is_err());
    }
}

#[test]
fn what_a_head_does_not_state_stays_empty() {
    for (head, expected) in [
        (
            "항만위원회\n2024년 5월 14일",
            vec![(Field::Title, "항만위원회"), (Field::Date, "2024-05-14")],
        ),
        (
            "Harbour committee\n14. Mai 2024\nApproved",
            vec![
                (Field::Title, "Harbour committee"),
                (Field::Date, "2024-05-14"),
            ],
        ),
        (
            "Harbour committee\n14 May 2024\n12 Quay Street, Coville",
            vec![
                (Field::Title, "Harbour committee"),
                (Field::Date, "2024-05-14"),
            ],
        ),
        (
            "Harbour committee\n14 May 2024\nPresent: Anna, Tom",
            vec![
                (Field::Title, "Harbour committee"),
                (Field::Date, "2024-05-14"),
            ],
        ),
        (
            "Harbour committee\n14 May 2024\n45 minutes",
            vec![
                (Field::Title, "Harbour committee"),
                (Field::Date, "2024-05-14"),
            ],
        ),
        (
            "Harbour committee\nAgenda: cranes\nStatus: draft",
            vec![(Field::Title, "Harbour committee")],
        ),
        ("Present: Anna, Tom\nDuration: 45 minutes", vec![]),
        (
            "Harbour committee\n民國113年5月14日\nPlace: Coville",
            vec![
                (Field::Title, "Harbour committee"),
                (Field::Date, "2024-05-14"),
                (Field::Place, "Coville"),
            ],
        ),
    ] {
        let parsed = read("a.txt", &format!("{head}\n\n{SAID}"));
        assert_eq!(stated(&parsed), expected, "{head}");
        assert_eq!(
            parsed
                .meeting
                .turns
                .iter()
                .filter(|turn| turn.speaker.is_some())
                .count(),
            5,
            "{head}"
        );
    }
}

#[test]
fn a_heading_above_is_the_title_and_one_below_it_a_heading() {
    let parsed = read(
        "a.md",
        &format!("# Harbour committee\n\n## Ferry\n\n{SAID}"),
    );
    assert_eq!(stated(&parsed), [(Field::Title, "Harbour committee")]);
    assert_eq!(headings(&parsed)[0], "Ferry");
}
