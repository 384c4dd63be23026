//! Who speaks, and from when, in the shapes and languages in which people write transcripts.

use turnsearch_model::Field;
use turnsearch_transcript::{Corrections, Parsed, parse};

fn read(name: &str, text: &str) -> Parsed {
    let parsed = parse(name, text.as_bytes(), &Corrections::NONE)
        .unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert!(parsed.account.is_balanced(), "{:?}\n{text}", parsed.account);
    parsed
}

/// Every turn with who speaks it (empty for nobody), from when, and its text on one line.
fn turns(parsed: &Parsed) -> Vec<(&str, Option<u64>, String)> {
    let turns = parsed.meeting.turns.iter();
    turns
        .map(|turn| {
            let name = turn
                .speaker
                .map_or("", |at| parsed.speakers[at.index()].name.as_str());
            (name, turn.start_ms, turn.text.replace('\n', " "))
        })
        .collect()
}

/// Three people in a committee; the numbers are whose turn it is.
const TALK: [(usize, &str); 14] = [
    (0, "Good evening and welcome to the harbour committee."),
    (1, "The ferry has run late on nine of the last ten Fridays."),
    (2, "One thing to add: the pontoon was closed twice."),
    (1, "That is fair."),
    (0, "What do we ask of the operator?"),
    (2, "A later departure at 17:40, or a relief boat."),
    (1, "People miss the last train otherwise."),
    (0, "Lucy, what would the boat cost?"),
    (2, "Known by the next meeting."),
    (1, "On to the lamps on the quay."),
    (0, "The lamps are out between crane and pontoon."),
    (2, "The grid answered in April."),
    (1, "Then the posts are ours."),
    (0, "Closed at nine."),
];

const PEOPLE: [&str; 3] = ["Anna Berg", "Tom Reyes", "Lucy Hahn"];

/// When a turn of the talk begins, in seconds.
fn second(index: usize) -> usize {
    7 + 23 * index
}

/// Writes the talk as `form` says, with `{n}`, `{t}` for the text, `{m}` for minutes and seconds
/// and `{h}` for hours too.
fn written(form: &str, people: [&str; 3]) -> String {
    let mut out = String::new();
    for (index, (who, text)) in TALK.into_iter().enumerate() {
        let at = second(index);
        let (minutes, seconds) = (at / 60, at % 60);
        out += &form
            .replace("{n}", people[who])
            .replace("{h}", &format!("00:{minutes:02}:{seconds:02}"))
            .replace("{m}", &format!("{minutes}:{seconds:02}"))
            .replace("{words}", &format!("{minutes} minutes {seconds} seconds"))
            .replace("{t}", text);
    }
    out
}

fn expect(form: &str, people: [&str; 3], timed: bool, name: &str) {
    let parsed = read(name, &written(form, people));
    let expected: Vec<(&str, Option<u64>, String)> = TALK
        .into_iter()
        .enumerate()
        .map(|(index, (who, text))| {
            let start = timed.then(|| 1000 * second(index) as u64);
            (people[who], start, text.to_owned())
        })
        .collect();
    assert_eq!(turns(&parsed), expected, "{form:?}");
}

#[test]
fn labels_without_times_are_found_however_they_are_set() {
    for form in [
        "{n}: {t}\n\n",
        "{n}: {t}\n",
        "{n}:\n{t}\n\n",
        "{n}\n{t}\n\n",
        "{n} : {t}\n\n",
        "{n}：{t}\n\n",
        "* {n}: {t}\n",
        "- {n}: {t}\n",
        "[{n}]: {t}\n",
        "[{n}] {t}\n",
        "<{n}> {t}\n",
        "{n} - {t}\n\n",
        "{n} | {t}\n\n",
        ">> {n}: {t}\n\n",
    ] {
        expect(form, PEOPLE, false, "talk.txt");
    }
    for form in [
        "**{n}:** {t}\n\n",
        "**{n}**: {t}\n\n",
        "### {n}:\n\n{t}\n\n",
        "* **{n}**: {t}\n",
    ] {
        expect(form, PEOPLE, false, "talk.md");
    }
}

#[test]
fn times_beside_names_are_starts_and_neither_roles_nor_text() {
    for form in [
        "[{h}] {n}: {t}\n",
        "({h}) {n}: {t}\n\n",
        "{h} {n}: {t}\n",
        "{m} {n}: {t}\n\n",
        "{n}  {m}\n{t}\n\n",
        "{n} ({h})\n{t}\n\n",
        "{n} ({m}):\n{t}\n\n",
        "{m} - {n}\n{t}\n\n",
        "[{n}] {h}\n{t}\n\n",
        "[{n}] [{m}] {t}\n\n",
        "#{h}-0# {n}: {t}\n",
        "{n}   {words}\n{t}\n\n",
        "{h} From {n} to Everyone:\n\t{t}\n",
        "{n}:\t{h}\t{t}\n\n",
        "{h}.000 --> {h}.900\n{n}:\n{t}\n\n",
    ] {
        expect(form, PEOPLE, true, "talk.txt");
    }
    for form in [
        "**{n}** [{m}] {t}\n\n",
        "**{n}** ({h}): {t}\n\n",
        "@{m} - **{n}**\n{t}\n\n",
    ] {
        expect(form, PEOPLE, true, "talk.md");
    }
}

#[test]
fn times_between_labelled_lines_take_no_words_with_them() {
    let text: String = TALK
        .into_iter()
        .enumerate()
        .map(|(index, (who, text))| format!("{}: {text}\n0:{:02}\n", PEOPLE[who], 3 * index + 3))
        .collect();
    let parsed = read("talk.txt", &text);
    let said: Vec<(&str, String)> = turns(&parsed)
        .into_iter()
        .map(|(name, _, text)| (name, text))
        .collect();
    for ((name, text), (who, words)) in said.iter().zip(TALK) {
        assert_eq!(*name, PEOPLE[who]);
        assert!(text.starts_with(words), "{text}");
    }
}

#[test]
fn names_of_every_script_and_kind_are_names() {
    for people in [
        ["Mehmet Yılmaz", "Ayşe Kaya", "Председатель"],
        ["Иванов И.И.", "Петрова", "Спикер №3"],
        ["דוד כהן", "היושבת ראש", "רות לוי"],
        ["أحمد علي", "المتحدث 1", "رئيس الجلسة"],
        ["सभापति", "राम कुमार", "सीता देवी"],
        ["ประธาน", "สมชาย ใจดี", "วิภา"],
        ["김민수", "의장", "박영희"],
        ["山田太郎", "議長", "佐藤花子"],
        ["陳委員其邁", "主席", "林院長志遠"],
        ["გიორგი ბერიძე", "თავმჯდომარე", "ნინო კობახიძე"],
        ["Γιώργος Παπαδόπουλος", "Πρόεδρος", "Ελένη"],
        ["Nguyễn Văn An", "Chủ tọa", "Trần Thị Bình"],
        ["bren_77", "van der Berg", "15550100199"],
        ["MVL", "IOO", "LHO"],
        ["SPEAKER_00", "SPEAKER_01", "SPEAKER_02"],
        ["M. le président", "El señor PRESIDENTE", "Audience member"],
    ] {
        expect("{n}: {t}\n\n", people, false, "talk.txt");
        expect("[{h}] {n}: {t}\n", people, true, "talk.txt");
    }
}

#[test]
fn whoever_speaks_once_keeps_their_words() {
    for name in [
        "The Minister of State, Department for Ports",
        "The Secretary of State for Environment, Food and Rural Affairs (Ben Renner)",
        "Ben Renner (he/him)",
        "Ben Renner & Joe Hill",
        "Ben van der Renner",
        "Rep. Renner (D-OR)",
        "bren_77",
        "15550100199",
        "Unidentified Speaker",
        "Q1",
        "M. le président",
        "O SR. PRESIDENTE (Ana Lima. PT - SP)",
        "היו\"ר דוד כהן",
        "議長（山田太郎君）",
        "陳議員",
        "ALEX",
    ] {
        for form in ["{n}: {t}\n\n", "{n}:\n{t}\n\n"] {
            let once = written(form, PEOPLE).replacen(
                &form.replace("{n}", "Tom Reyes").replace("{t}", TALK[9].1),
                &form.replace("{n}", name).replace("{t}", TALK[9].1),
                1,
            );
            let parsed = read("talk.txt", &once);
            let turns = turns(&parsed);
            assert_eq!(turns.len(), TALK.len(), "{name}");
            assert!(
                !PEOPLE.contains(&turns[9].0) && !turns[9].0.is_empty(),
                "{name}"
            );
            assert_eq!(turns[9].2, TALK[9].1, "{name}");
            assert!(
                parsed.suspects.iter().any(|suspect| suspect
                    .text
                    .starts_with(name.split(',').next().unwrap_or(name))),
                "{name} is listed"
            );
        }
    }
}

#[test]
fn structure_decides_and_not_the_words() {
    // Every letter becomes another one of its kind; names keep theirs.
    let changed = |text: &str| -> String {
        text.chars()
            .map(|c| match c {
                'a'..='z' => char::from(b'a' + (c as u8 - b'a' + 7) % 26),
                'A'..='Z' => char::from(b'A' + (c as u8 - b'A' + 7) % 26),
                other => other,
            })
            .collect()
    };
    for form in [
        "{n}: {t}\n\n",
        "{n}: {t}\n",
        "{n}\n{t}\n\n",
        "{n} ({m})\n{t}\n\n",
    ] {
        let speakers = |source: &str| -> Vec<(String, usize)> {
            let parsed = read("talk.txt", source);
            let turns = turns(&parsed);
            turns
                .iter()
                .map(|(name, _, text)| ((*name).to_owned(), text.chars().count()))
                .collect()
        };
        let plain = written(form, PEOPLE);
        let others = TALK.iter().fold(plain.clone(), |source, (_, text)| {
            source.replace(text, &changed(text))
        });
        assert_eq!(speakers(&plain), speakers(&others), "{form}");
        let renamed = written(form, ["Kofi Mensah", "Ida Lund", "Per Ek"]);
        let names = |rows: Vec<(String, usize)>| -> Vec<usize> {
            let mut seen = Vec::new();
            rows.into_iter()
                .map(|(name, _)| {
                    let at = seen.iter().position(|known| *known == name);
                    at.unwrap_or_else(|| {
                        seen.push(name);
                        seen.len() - 1
                    })
                })
                .collect()
        };
        assert_eq!(names(speakers(&plain)), names(speakers(&renamed)), "{form}");
    }
}

#[test]
fn fields_are_never_speakers() {
    let parsed = read(
        "minutes.md",
        "# Minutes of 14 May 2024\n\n**Attendees:**\n\n| Name | Short |\n| --- | --- |\n| Mara Vogel | MVL |\n\n\
         ## Crane\n\nPresenter: Mara Vogel (MVL)\n\nMVL: The hook needs a lock.\n\nIOO: Why does it?\n\nMVL: Because of the wind.\n\n\
         Topic: Ferry\n\nIOO: Nine or ten?\n\nMVL: Nine.\n\n### Conclusion\n\n- The lock is optional.\n",
    );
    let mut names: Vec<&str> = parsed
        .speakers
        .iter()
        .map(|speaker| speaker.name.as_str())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["IOO", "Mara Vogel"]);
    let turns = turns(&parsed);
    assert!(
        turns.contains(&("", None, "Topic: Ferry".to_owned())),
        "{turns:?}"
    );
    assert!(
        turns.contains(&("", None, "- The lock is optional.".to_owned())),
        "{turns:?}"
    );
}

#[test]
fn inverted_names_are_turned_and_stay_two_people() {
    let parsed = read(
        "talk.txt",
        "Nguyen, Hoa: Hello.\n\nNguyen, Minh: Good day.\n\nBerg, Tom: Shall we?\n\nNguyen, Minh: Yes.\n\nNguyen, Hoa: Go on.\n\nBerg, Tom: Well.\n",
    );
    let names: Vec<&str> = turns(&parsed).iter().map(|turn| turn.0).collect();
    assert_eq!(
        names,
        [
            "Hoa Nguyen",
            "Minh Nguyen",
            "Tom Berg",
            "Minh Nguyen",
            "Hoa Nguyen",
            "Tom Berg"
        ]
    );
}

#[test]
fn courts_number_lines_and_say_who_asks() {
    let page = [
        "THE COURT:  Good morning. We are on the record in",
        "the matter of the crane.",
        "MS. DELANEY:  Good morning, your Honor.",
        "THE COURT:  Call your first witness.",
        "MS. DELANEY:  The plaintiff calls Paul Winter.",
        "DIRECT EXAMINATION",
        "BY MS. DELANEY:",
        "Q.  Where were you on the morning of the third?",
        "A.  On the quay, next to the crane.",
        "Q.  Did you see the hook come down?",
        "A.  Yes.",
        "MR. OKAFOR:  Objection. Leading.",
        "THE COURT:  Overruled. You may answer.",
        "THE WITNESS:  It came down.",
    ];
    let text: String = page
        .iter()
        .enumerate()
        .map(|(line, text)| format!("{:2}   {text}\n", line + 1))
        .collect();
    let parsed = read("court.txt", &text);
    let turns = turns(&parsed);
    let asks = turns
        .iter()
        .find(|turn| turn.2.contains("hook come down"))
        .expect("a question");
    let answers = turns
        .iter()
        .find(|turn| turn.2 == "Yes.")
        .expect("an answer");
    assert_eq!((asks.0, answers.0), ("MS. DELANEY", "THE WITNESS"));
    assert!(
        turns[0].2.contains("record in the matter"),
        "{:?}",
        turns[0]
    );
}

#[test]
fn plans_and_forms_are_no_transcripts() {
    let section = "Goal: A safe harbour for all.\n\nMeasure: Lamps that burn.\n\nCost: Two thousand a year.\n\n";
    let form = "Name: Anna Berg\nStreet: Quay 7\nTown: Coville\n\n";
    for text in [section.repeat(6), form.repeat(6)] {
        let parsed = read("plan.txt", &text);
        assert!(parsed.speakers.is_empty(), "{:?}", parsed.speakers);
    }
}

#[test]
fn texts_without_names_are_paragraphs_with_their_times() {
    let parsed = read(
        "talk.txt",
        "Welcome to the show.\nGood to be back.\nHow do you test?\nFirst of all.\n",
    );
    assert_eq!(turns(&parsed).len(), 4);
    let parsed = read(
        "talk.txt",
        "00:00:58 Welcome to the show.\n\n00:01:27 Good to be back.\n\n00:01:40 How do you test?\n\n",
    );
    let starts: Vec<_> = turns(&parsed).iter().map(|turn| (turn.0, turn.1)).collect();
    assert_eq!(
        starts,
        [("", Some(58_000)), ("", Some(87_000)), ("", Some(100_000))]
    );
}

#[test]
fn a_page_without_labels_belongs_to_the_speaker_that_it_names() {
    let page = |speakers: &str| {
        format!(
            "---\ntitle: The harbour\nspeakers: {speakers}\ndate: 2024-05-14\nlayout: post\n---\n\nI want to talk about cranes.\n\nThey are old.\n"
        )
    };
    let one = read("talk.md", &page("[Mara Vogel]"));
    assert!(turns(&one).iter().all(|turn| turn.0 == "Mara Vogel"));
    assert_eq!(one.meeting.meta.get(Field::Title), Some("The harbour"));
    assert_eq!(one.meeting.meta.get(Field::Date), Some("2024-05-14"));
    let two = read("talk.md", &page("[Mara Vogel, Lin Ho]"));
    assert!(turns(&two).iter().all(|turn| turn.0.is_empty()));
}
