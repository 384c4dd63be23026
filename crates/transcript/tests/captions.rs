//! Captions as a careful person would type them up: who says what, from when, and what nobody
//! says. The truth of every file stands beside it.

use turnsearch_model::Turn;
use turnsearch_transcript::{Corrections, Doubt, Parsed, Reason, parse};

fn read(name: &str, text: &str) -> Parsed {
    let parsed =
        parse(name, text.as_bytes(), &Corrections::NONE).unwrap_or_else(|error| panic!("{error}"));
    assert!(parsed.account.is_balanced(), "{:?}", parsed.account);
    parsed
}

/// `Name: text`, with events in their places between `⟨⟩`.
fn lines(parsed: &Parsed) -> Vec<String> {
    let shown = |turn: &Turn| {
        let name = turn
            .speaker
            .map_or("", |at| parsed.speakers[at.index()].name.as_str());
        let mut text = turn.text.clone();
        for event in turn.events.iter().rev() {
            text.insert_str(event.offset, &format!("⟨{}⟩", event.text));
        }
        format!("{name}: {text}")
    };
    parsed.meeting.turns.iter().map(shown).collect()
}

fn times(parsed: &Parsed) -> Vec<(Option<u64>, Option<u64>)> {
    let turns = parsed.meeting.turns.iter();
    turns.map(|turn| (turn.start_ms, turn.end_ms)).collect()
}

fn doubts(parsed: &Parsed) -> Vec<(u32, Doubt)> {
    let suspects = parsed.suspects.iter();
    suspects.map(|found| (found.line, found.reason)).collect()
}

/// An SRT file with these captions, a second each.
fn srt(captions: &[&str]) -> String {
    let caption = |(at, text): (usize, &&str)| {
        format!(
            "{}\n00:{:02}:{:02},000 --> 00:{:02}:{:02},900\n{text}\n\n",
            at + 1,
            at / 60,
            at % 60,
            at / 60,
            at % 60
        )
    };
    captions.iter().enumerate().map(caption).collect()
}

fn of_srt(captions: &[&str]) -> Vec<String> {
    lines(&read("a.srt", &srt(captions)))
}

#[test]
fn captions_that_roll_give_each_line_once() {
    let rolled = ": we start with the pier then the market and the fees";
    let youtube = "WEBVTT\nKind: captions\nLanguage: en\n\n\
        00:00:00.400 --> 00:00:03.100 align:start position:0%\n \n\
        we<00:00:00.900><c> start</c><00:00:01.300><c> with</c><c> the</c><c> pier</c>\n\n\
        00:00:03.100 --> 00:00:03.110 align:start position:0%\nwe start with the pier\n \n\n\
        00:00:03.110 --> 00:00:06.000 align:start position:0%\nwe start with the pier\n\
        then<00:00:03.500><c> the</c><c> market</c>\n\n\
        00:00:06.000 --> 00:00:06.010 align:start position:0%\nthen the market\n \n\n\
        00:00:06.010 --> 00:00:09.000 align:start position:0%\nthen the market\nand<c> the</c><c> fees</c>\n";
    let parsed = read("auto.vtt", youtube);
    assert_eq!(lines(&parsed), [rolled]);
    assert_eq!(times(&parsed), [(Some(400), Some(9000))]);
    let copies = parsed.furniture.iter();
    let copies: Vec<&str> = copies
        .filter(|piece| piece.reason == Reason::Repeated)
        .map(|piece| piece.text.as_str())
        .collect();
    assert_eq!(
        copies,
        [
            "we start with the pier",
            "we start with the pier",
            "then the market",
            "then the market"
        ]
    );
    let converted = [
        "we start with the pier",
        "we start with the pier",
        "we start with the pier\nthen the market",
        "then the market",
        "then the market\nand the fees",
    ];
    assert_eq!(of_srt(&converted), [rolled]);
    let without_pauses = [
        "we start with the pier",
        "we start with the pier\nthen the market",
        "then the market\nand the fees",
    ];
    assert_eq!(of_srt(&without_pauses), [rolled]);
    let growing = [
        "we start",
        "we start with the pier",
        "we start with the pier then the market",
        "then the market and the fees",
    ];
    assert_eq!(of_srt(&growing)[0][..25], rolled[..25]);
}

#[test]
fn what_people_say_twice_is_no_copy() {
    assert_eq!(
        of_srt(&["No.", "No.", "No.", "That is enough."]),
        [": No. No. No. That is enough."]
    );
    assert_eq!(
        of_srt(&["Ida: Yes.", "Yes.", "Jon: Yes.", "Yes.", "Ida: Good."]),
        ["Ida: Yes. Yes.", "Jon: Yes. Yes.", "Ida: Good."]
    );
}

#[test]
fn captions_without_blank_lines_between_them_are_read() {
    let wanted = ["Ida: Is it due in 2031", "Jon: It is.", "Ida: Fine."];
    let numbered = "WEBVTT\n\n1\n00:01.000 --> 00:02.000\nIda: Is it due in\n2031\n\
        2\n00:02.000 --> 00:03.000\nJon: It is.\n3\n00:03.000 --> 00:04.000\nIda: Fine.\n";
    assert_eq!(lines(&read("a.vtt", numbered)), wanted);
    let words = "WEBVTT\n\nab-1\n00:01.000 --> 00:02.000\nIda: Is it due in 2031\n\
        ab-2\n00:02.000 --> 00:03.000\nJon: It is.\nab-3\n00:03.000 --> 00:04.000\nIda: Fine.\n";
    assert_eq!(lines(&read("b.vtt", words)), wanted);
    let bare = "WEBVTT\n00:01.000 --> 00:02.000\nIda: Is it due in\n2031\n\
        00:02.000 --> 00:03.000\nJon: It is.\n00:03.000 --> 00:04.000\nIda: Fine.\n";
    assert_eq!(lines(&read("c.vtt", bare)), wanted);
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nIda: Is it due in\n2031\n\
        2\n00:00:02,000 --> 00:00:03,000\nJon: It is.\n3\n00:00:03,000 --> 00:00:04,000\nIda: Fine.\n";
    assert_eq!(lines(&read("d.srt", srt)), wanted);
    let bare = "00:00:01,000 --> 00:00:02,000\nIda: Is it due in\n2031\n\
        00:00:02,000 --> 00:00:03,000\nJon: It is.\n00:00:03,000 --> 00:00:04,000\nIda: Fine.\n";
    assert_eq!(lines(&read("e.srt", bare)), wanted);
    let sbv = "0:00:01.000,0:00:02.000\nIda: Is it due in\n2031\n\
        0:00:02.000,0:00:03.000\nJon: It is.\n0:00:03.000,0:00:04.000\nIda: Fine.\n";
    assert_eq!(lines(&read("f.sbv", sbv)), wanted);
}

#[test]
fn times_without_hours_or_minutes_are_read() {
    let text = "WEBVTT\n\n0.860 --> 7.380\n<v Ida>Good day.\n\n7.5 --> 61.25\n<v Jon>Hello.\n\n\
        1:01.3-->1:02,000\n<v Ida>Go on.\n";
    let parsed = read("a.vtt", text);
    assert_eq!(
        lines(&parsed),
        ["Ida: Good day.", "Jon: Hello.", "Ida: Go on."]
    );
    assert_eq!(
        times(&parsed),
        [
            (Some(860), Some(7380)),
            (Some(7500), Some(61_250)),
            (Some(61_300), Some(62_000))
        ]
    );
    assert_eq!(doubts(&parsed), []);
}

#[test]
fn arrows_in_speech_are_speech_and_listed() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\nIda: The log has\n\
        03:12.000 --> where it failed\n\n00:02.000 --> 00:03.000\nJon: From X-->Y.\n\n\
        00:03.000 --> 00:04.000\nIda: Right.\n";
    let parsed = read("a.vtt", vtt);
    let wanted = [
        "Ida: The log has 03:12.000 --> where it failed",
        "Jon: From X-->Y.",
        "Ida: Right.",
    ];
    assert_eq!(lines(&parsed), wanted);
    assert_eq!(
        doubts(&parsed),
        [(5, Doubt::BrokenTimes), (8, Doubt::BrokenTimes)]
    );
    let srt = "00:00:01,000-->00:00:02,000\nIda: The log has\n03:12.000 --> where it failed\n\n\
        00:00:02,000-->00:00:03,000\nJon: From X-->Y.\n\n00:00:03,000-->00:00:04,000\nIda: Right.\n";
    assert_eq!(lines(&read("b.srt", srt)), wanted);
}

#[test]
fn a_caption_with_a_broken_time_line_is_kept_and_listed() {
    let vtt = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>One.\n\n00:02.000 --> 00:0\n<v Jon>Two.\n\n\
        00:03.000 --> 00:04.000\n<v Ida>Three.\n";
    let parsed = read("a.vtt", vtt);
    assert_eq!(lines(&parsed), ["Ida: One.", "Jon: Two.", "Ida: Three."]);
    assert_eq!(doubts(&parsed), [(6, Doubt::BrokenTimes)]);
    assert_eq!(times(&parsed)[1], (None, None));
    let srt = "1\n00:00:01,000 --> 00:00:02,000\nIda: One.\n\n2\n00:00:02,000 --> 00:0\nJon: Two.\n\n\
        3\n00:00:03,000 --> 00:00:04,000\nIda: Three.\n";
    let parsed = read("b.srt", srt);
    assert_eq!(lines(&parsed), ["Ida: One.", "Jon: Two.", "Ida: Three."]);
    assert_eq!(doubts(&parsed), [(6, Doubt::BrokenTimes)]);
}

#[test]
fn text_below_a_blank_line_stays_in_its_caption_and_is_listed() {
    let text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida>The pier\n\nis closed.\n\n\
        00:02.000 --> 00:03.000\n<v Jon>Since when?\n";
    let parsed = read("a.vtt", text);
    assert_eq!(
        lines(&parsed),
        ["Ida: The pier is closed.", "Jon: Since when?"]
    );
    assert_eq!(doubts(&parsed), [(6, Doubt::OutsideCaption)]);
}

#[test]
fn what_opens_no_tag_is_text() {
    for text in [
        "a Vec<String> or an Option<u8> each",
        "it is called <summary and it folds",
        "I <3 this pier <3 much",
        "<- here it starts",
        "run mkdir <name> and press <Return>",
        "and then <.... it was unclear",
        "I said <inaudible> twice, 3 < 4 and 5 > 2",
        "a <> b, and a </end> mark",
    ] {
        let captions = [
            "Ida: Before it.",
            &format!("Jon: {text}"),
            "Ida: After it.",
            "Jon: Yes.",
        ];
        let wanted = [
            "Ida: Before it.".to_owned(),
            format!("Jon: {text}"),
            "Ida: After it.".to_owned(),
            "Jon: Yes.".to_owned(),
        ];
        assert_eq!(of_srt(&captions), wanted);
        let vtt = format!("WEBVTT\n\n{}", srt(&captions).replace(",", "."));
        let wanted: Vec<String> = wanted.iter().map(|line| line.replace(',', ".")).collect();
        assert_eq!(lines(&read("a.vtt", &vtt)), wanted);
    }
    assert_eq!(
        of_srt(&[
            "<i>All</i> <b>tags</b> <font color=\"red\">go</font>, <U>even</U> <c.x>these</c>."
        ]),
        [": All tags go, even these."]
    );
}

#[test]
fn names_in_angles_brackets_and_before_a_bar_are_labels() {
    let wanted = [
        "Ida: Good day.",
        "Jon: The pier first.",
        "Ida: I have a question.",
    ];
    for form in ["<@> ", "[@]: ", "@|", "@：", "[@] "] {
        let label = |name: &str| form.replace('@', name);
        let captions = [
            format!("{}Good day.", label("Ida")),
            format!("{}The pier first.", label("Jon")),
            format!("{}I have a question.", label("Ida")),
        ];
        let captions: Vec<&str> = captions.iter().map(String::as_str).collect();
        assert_eq!(of_srt(&captions), wanted, "{form}");
    }
    assert_eq!(
        of_srt(&[
            "[SPEAKER_00]: One.",
            "[SPEAKER_01]: Two.",
            "[SPEAKER_00]: Three."
        ]),
        ["SPEAKER_00: One.", "SPEAKER_01: Two.", "SPEAKER_00: Three."]
    );
    assert_eq!(
        of_srt(&[
            "[laughs] Well.",
            "It is late.",
            "[laughs] So it is.",
            "[coughs] Go."
        ]),
        [": ⟨[laughs]⟩Well. It is late.⟨[laughs]⟩ So it is.⟨[coughs]⟩ Go."]
    );
}

#[test]
fn a_label_where_the_speaker_changes_holds_until_the_next() {
    for (first, second, words) in [
        (
            "Sprecherin 1",
            "Sprecher 2",
            ["Guten Tag.", "Der Kai ist zu.", "Seit wann?", "Seit Mai."],
        ),
        (
            "Спикер №1",
            "Спикер №2",
            ["Добрый день.", "Причал закрыт.", "С каких пор?", "С мая."],
        ),
        (
            "Ιωάννα",
            "Πέτρος",
            [
                "Καλημέρα.",
                "Το λιμάνι έκλεισε.",
                "Από πότε;",
                "Από τον Μάιο.",
            ],
        ),
        ("יעל", "דן", ["שלום.", "הרציף סגור.", "ממתי?", "ממאי."]),
        ("น้ำ", "ต้น", ["สวัสดี", "ท่าเรือปิด", "เมื่อไร", "พฤษภาคม"]),
        (
            "지은",
            "민호",
            [
                "안녕하세요.",
                "부두가 닫혔어요.",
                "언제부터요?",
                "오월부터요.",
            ],
        ),
    ] {
        let captions = [
            format!("{first}: {}", words[0]),
            words[1].to_owned(),
            format!("{second}: {}", words[2]),
            format!("{first}: {}", words[3]),
        ];
        let shown: Vec<&str> = captions.iter().map(String::as_str).collect();
        let turns = of_srt(&shown);
        assert_eq!(
            turns,
            [
                format!("{first}: {} {}", words[0], words[1]),
                captions[2].clone(),
                captions[3].clone()
            ]
        );
    }
    let sbv = "0:00:01.000,0:00:02.000\nIda: The pier\n\n0:00:02.000,0:00:03.000\nis closed.\n\n\
        0:00:03.000,0:00:04.000\nJon: Since when?\n\n0:00:04.000,0:00:05.000\nIda: May.\n";
    assert_eq!(
        lines(&read("a.sbv", sbv)),
        ["Ida: The pier is closed.", "Jon: Since when?", "Ida: May."]
    );
}

#[test]
fn what_is_set_like_labels_is_one_even_where_it_stands_once() {
    for name in [
        "Kim Sorel",
        "The Under-Secretary of State for Piers and Ports",
        "Unidentified speaker",
        "kims_77",
        "M. le maire",
        "Kim's iPad",
        "Kim van der Sorel",
        "15550101",
    ] {
        let captions = [
            "Ida Berg: We begin.",
            "The pier comes first.",
            "Jon Hale: It is shut.",
            "It was shut in May.",
            &format!("{name}: A word on that."),
            "It opens again soon.",
            "Ida Berg: That is good.",
            "Jon Hale: It is.",
        ];
        assert_eq!(
            of_srt(&captions),
            [
                "Ida Berg: We begin. The pier comes first.".to_owned(),
                "Jon Hale: It is shut. It was shut in May.".to_owned(),
                format!("{name}: A word on that. It opens again soon."),
                "Ida Berg: That is good.".to_owned(),
                "Jon Hale: It is.".to_owned()
            ]
        );
    }
}

#[test]
fn sentences_with_a_colon_are_no_labels() {
    let mut captions = vec!["The talk goes on and on."; 60];
    captions[10] = "The answer: it depends.";
    captions[20] = "One more: the fees.";
    captions[30] = "The answer: it still depends.";
    let turns = read("a.srt", &srt(&captions));
    assert!(turns.speakers.is_empty());
    for sentence in [
        "In other words: it is shut.",
        "Two things follow: we wait, and we pay.",
    ] {
        let captions = [
            "Ida Berg: We begin.",
            "Jon Hale: It is shut.",
            sentence,
            "Ida Berg: That is sad.",
            "The boats must wait.",
            "All of them must.",
            "Jon Hale: They must.",
        ];
        let parsed = read("b.srt", &srt(&captions));
        assert_eq!(
            lines(&parsed)[1],
            format!("Jon Hale: It is shut. {sentence}")
        );
        assert_eq!(doubts(&parsed), [(11, Doubt::PossibleLabel)]);
    }
    assert_eq!(
        of_srt(&[
            "Ida: I ask you",
            "about it: is it shut?",
            "Jon: It is.",
            "We shut it in May",
            "for a reason: rust.",
            "Ida: I see."
        ]),
        [
            "Ida: I ask you about it: is it shut?",
            "Jon: It is. We shut it in May for a reason: rust.",
            "Ida: I see."
        ]
    );
}

#[test]
fn inverted_names_are_people_of_their_own() {
    assert_eq!(
        of_srt(&[
            "Tran, Hoa: Hello.",
            "Tran, Minh: Good day.",
            "Hale, Jon: So?",
            "Tran, Hoa: Yes."
        ]),
        [
            "Hoa Tran: Hello.",
            "Minh Tran: Good day.",
            "Jon Hale: So?",
            "Hoa Tran: Yes."
        ]
    );
    assert_eq!(
        of_srt(&[
            "Tran, Hoa: Hello.",
            "Tran, Minh: Good day.",
            "Jon Hale: So?",
            "Tran, Hoa: Yes."
        ]),
        [
            "Tran, Hoa: Hello.",
            "Tran, Minh: Good day.",
            "Jon Hale: So?",
            "Tran, Hoa: Yes."
        ]
    );
    assert_eq!(
        of_srt(&[
            "Ida Berg, Chair: Hello.",
            "Jon Hale, Clerk: Good day.",
            "Ida Berg, Chair: So."
        ]),
        ["Ida Berg: Hello.", "Jon Hale: Good day.", "Ida Berg: So."]
    );
    let voices = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Berg, Ida>Hello.</v>\n\n\
        00:02.000 --> 00:03.000\n<v Hale, Jon>Good day.</v>\n";
    assert_eq!(
        lines(&read("a.vtt", voices)),
        ["Ida Berg: Hello.", "Jon Hale: Good day."]
    );
}

#[test]
fn two_labels_in_a_caption_are_two_turns() {
    let captions = [
        "Ida: Where is the boat?\nJon: It is late.",
        "Ida: How late?\nJon: An hour.",
        "Ida: Thank you.",
        "Jon: You are welcome.\nIda: Let us go.",
    ];
    let parsed = read("a.srt", &srt(&captions));
    assert_eq!(
        lines(&parsed),
        [
            "Ida: Where is the boat?",
            "Jon: It is late.",
            "Ida: How late?",
            "Jon: An hour.",
            "Ida: Thank you.",
            "Jon: You are welcome.",
            "Ida: Let us go."
        ]
    );
    assert_eq!(times(&parsed)[0], times(&parsed)[1]);
    assert_eq!(
        of_srt(&[
            "Ida: Where is it?\nJon: It is late.",
            "Ida: Why?\nKim Sorel: The wind.",
            "Jon: I see.\nIda: Good."
        ])[2..4],
        ["Ida: Why?", "Kim Sorel: The wind."]
    );
    let rooms = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Room 1>Ida: Where is the boat?\n\n\
        00:02.000 --> 00:03.000\n<v Room 2>Jon: It is late.\n\n\
        00:03.000 --> 00:04.000\n<v Room 1>Ida: Thank you.\n";
    assert_eq!(
        lines(&read("b.vtt", rooms)),
        [
            "Ida: Where is the boat?",
            "Jon: It is late.",
            "Ida: Thank you."
        ]
    );
}

#[test]
fn two_dashes_in_a_caption_are_two_turns_of_nobody() {
    assert_eq!(
        of_srt(&[
            "- Where is the boat?\n- It is late.",
            "We wait here.",
            "- How late?\n- An hour."
        ]),
        [
            ": Where is the boat?",
            ": It is late.",
            ": We wait here.",
            ": How late?",
            ": An hour."
        ]
    );
    assert_eq!(
        of_srt(&[
            "- Ida: Is it late?\n- Jon: It is.",
            "- Jon: Very.\n- Ida: I see."
        ]),
        ["Ida: Is it late?", "Jon: It is. Very.", "Ida: I see."]
    );
    assert_eq!(
        of_srt(&["- and so it goes", "-5 degrees."]),
        [": - and so it goes -5 degrees."]
    );
}

#[test]
fn chevrons_far_apart_make_no_endless_turns() {
    let mut captions = vec!["and the talk went on about the pier and the boats"; 300];
    captions[100] = ">> and somebody asked about the fees of the market";
    captions[200] = ">> We come to the boats.";
    let parsed = read("a.srt", &srt(&captions));
    let usual = read("b.srt", &srt(&vec![captions[0]; 300]));
    let longest = |parsed: &Parsed| {
        let turns = parsed.meeting.turns.iter();
        turns.map(|turn| turn.text.len()).max().unwrap_or(0)
    };
    assert!(longest(&parsed) <= longest(&usual));
    assert!(
        parsed
            .meeting
            .turns
            .iter()
            .all(|turn| turn.speaker.is_none())
    );
    // A change is a change all the same.
    for start in [100_000, 200_000] {
        assert!(
            parsed
                .meeting
                .turns
                .iter()
                .any(|turn| turn.start_ms == Some(start))
        );
    }
    // Near each other they say who goes on.
    assert_eq!(
        of_srt(&[">> Is it shut?", ">> It is.", "Since May.", ">> I see."]),
        [": Is it shut?", ": It is. Since May.", ": I see."]
    );
}

#[test]
fn a_segment_without_a_speaker_is_nobodys() {
    let json = |field: &str| {
        format!(
            "{{\"version\": \"1.0.0\", \"segments\": [\n\
             {{\"speaker\": \"Ida\", \"startTime\": 0, \"endTime\": 1, \"body\": \"Welcome.\"}},\n\
             {{{field}\"startTime\": 1, \"endTime\": 2, \"body\": \"The boat is late.\"}},\n\
             {{{field}\"startTime\": 2, \"endTime\": 3, \"body\": \"Very.\"}},\n\
             {{\"speaker\": \"Ida\", \"startTime\": 3, \"endTime\": 4, \"body\": \"So it is.\"}}]}}"
        )
    };
    for field in ["\"speaker\": null, ", "\"speaker\": \"\", ", ""] {
        assert_eq!(
            lines(&read("a.json", &json(field))),
            [
                "Ida: Welcome.",
                ": The boat is late. Very.",
                "Ida: So it is."
            ],
            "{field}"
        );
    }
    let nobody = json("").replace("\"speaker\": \"Ida\"", "\"speaker\": null");
    assert_eq!(
        lines(&read("b.json", &nobody)),
        [": Welcome.\nThe boat is late.\nVery.\nSo it is.".replace('\n', " ")]
    );
}

#[test]
fn unattributed_captions_of_teams_are_nobodys() {
    let apart = "00:00:03.100 --> 00:00:05.900\n\nGood day, we start.\n\n\
        00:00:06.000 --> 00:00:08.000\n\nI take notes.\n\n";
    let wanted = [": Good day, we start.", ": I take notes."];
    assert_eq!(lines(&read("a.vtt", apart)), wanted);
    let signed = read("b.vtt", &format!("WEBVTT\n\n{apart}"));
    assert_eq!(lines(&signed), wanted);
    assert_eq!(doubts(&signed), []);
    let among_others = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ida Berg>Good day.</v>\n\n\
        00:02.000 --> 00:03.000\n<v Ida Berg>We start.</v>\n\n00:03.000 --> 00:04.000\nI take notes.\n\n\
        00:04.000 --> 00:05.000\n<v Ida Berg>Thank you.</v>\n";
    assert_eq!(
        lines(&read("c.vtt", among_others)),
        [
            "Ida Berg: Good day. We start.",
            ": I take notes.",
            "Ida Berg: Thank you."
        ]
    );
}

#[test]
fn speech_in_brackets_is_found_and_sounds_are_events() {
    assert_eq!(
        of_srt(&[
            "Ida: We saw the pier.",
            "(and by the way the captain has left us)",
            "Jon: Has he?",
            "Ida: [He left in May.]",
            "[applause]",
            "Jon: I see."
        ]),
        [
            "Ida: We saw the pier. (and by the way the captain has left us)",
            "Jon: Has he?",
            "Ida: [He left in May.]⟨[applause]⟩",
            "Jon: I see."
        ]
    );
}
