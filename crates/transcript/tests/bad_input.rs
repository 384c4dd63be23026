//! Files that are broken, hostile or of no known kind: one message each, with file, line and what
//! to do; and no random file of a format loses a character.

use std::io::{Cursor, Write};

use proptest::prelude::*;
use turnsearch_model::SpeakerId;
use turnsearch_transcript::{
    Corrections, Encoding, Format, MAX_BYTES, ParseError, ReadOptions, Remedy, parse, parse_with,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

fn message(name: &str, bytes: &[u8]) -> String {
    match parse(name, bytes, &Corrections::NONE) {
        Ok(_) => panic!("{name} was read"),
        Err(error) => error.to_string(),
    }
}

#[test]
fn broken_files_are_named_with_line_and_remedy() {
    let cases: [(&str, &str, &[&str]); 15] = [
        (
            "a.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n\n00:03.000 --> 00",
            &["a.vtt:6: ", "no time line", "remove"],
        ),
        (
            "b.vtt",
            "WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n\n00:03.000 --> 00:04.000",
            &["b.vtt:6: ", "cut off"],
        ),
        (
            "c.vtt",
            "00:01.000 --> 00:02.000\nHi\n",
            &["c.vtt:1: ", "WEBVTT"],
        ),
        (
            "d.vtt",
            "WEBVTT\n\nNOTE nothing\n",
            &["d.vtt: ", "no turn", "captions"],
        ),
        (
            "e.srt",
            "1\n00:00:01,000 --> 00:00:02,000\nHi\n\n2\n00:00:03,000 -->\n",
            &["e.srt:6: ", "no time line"],
        ),
        (
            "f.json",
            "{\"segments\": [{\"body\": \"a\",\n \"startTime\": 1",
            &["f.json:2: ", "cut off"],
        ),
        (
            "g.json",
            "[{\"section_content\": \"a\"},\n{\"section_co",
            &["g.json:2: ", "cut off"],
        ),
        (
            "h.json",
            "{\"a\": 1}",
            &["h.json: ", "unknown kind of file", "podcast-json"],
        ),
        (
            "i.xml",
            "<akomaNtoso>\n<debate>\n<speech by=\"#a\"><p>Hel",
            &["i.xml:3: ", "cut off", "<p>"],
        ),
        (
            "j.xml",
            "<!DOCTYPE akomaNtoso [\n<!ENTITY a SYSTEM \"/etc/hostname\">\n]>\n<akomaNtoso>&a;</akomaNtoso>",
            &["j.xml:2: ", "never read", "remove"],
        ),
        (
            "k.xml",
            "<!DOCTYPE TEI [\n<!ENTITY a \"lol\">\n<!ENTITY b \"&a;&a;&a;&a;\">\n]>\n<TEI>&b;</TEI>",
            &["k.xml:3: ", "endless", "remove"],
        ),
        (
            "l.xml",
            "<feed><p>Hi</p></feed>",
            &["l.xml: ", "unknown kind of file", "akn"],
        ),
        (
            "m.css",
            "p { color: red }",
            &["m.css: ", "unknown kind of file", ".css"],
        ),
        (
            "n.jsonl",
            "{\"source\": \"a\", \"n\": 1, \"text\": \"x\"}\n{\"source\": \"a\", \"n\": 2, \"te\n",
            &["n.jsonl:2: ", "not a turn"],
        ),
        (
            "o.jsonl",
            "{\"source\": \"a\", \"n\": 1, \"text\": \"x\", \"start_ms\": 50, \"end_ms\": 10}\n",
            &["o.jsonl:1: ", "before it starts"],
        ),
    ];
    for (name, text, words) in cases {
        let error = message(name, text.as_bytes());
        assert!(words.iter().all(|word| error.contains(word)), "{error}");
    }
}

/// An archive with these parts.
fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, bytes) in parts {
        zip.start_file(*name, packed).expect("a part");
        zip.write_all(bytes).expect("a part");
    }
    zip.finish().expect("an archive").into_inner()
}

const WORD: &str = "<w:document xmlns:w='w'><w:body>\
    <w:p><w:r><w:t>Ann: Good morning.</w:t></w:r></w:p>\n\
    <w:p><w:r><w:t>Bo: Thank you.</w:t></w:r></w:p>\
    <w:p><w:r><w:t>Ann: Let us begin.</w:t></w:r></w:p>\
    <w:p><w:r><w:t>Bo: Gladly.</w:t></w:r></w:p></w:body></w:document>";

#[test]
fn broken_archives_are_named_with_part_and_remedy() {
    let whole = archive(&[("word/document.xml", WORD.as_bytes())]);
    let bomb = archive(&[("word/document.xml", &vec![b' '; 40 << 20])]);
    let broken = archive(&[(
        "word/document.xml",
        WORD.replacen("</w:r>", "", 1).as_bytes(),
    )]);
    let typed = format!("<!DOCTYPE a [<!ENTITY b SYSTEM '/etc/hostname'>]>{WORD}");
    let typed = archive(&[("word/document.xml", typed.as_bytes())]);
    let empty = archive(&[("word/other.xml", b"<a/>")]);
    let cases: [(&str, &[u8], &[&str]); 6] = [
        (
            "cut.docx",
            &whole[..whole.len() / 2],
            &["cut.docx: archive: ", "get it again"],
        ),
        (
            "bomb.docx",
            &bomb,
            &["bomb.docx: word/document.xml: ", "unpacks", "split"],
        ),
        (
            "broken.docx",
            &broken,
            &["broken.docx: word/document.xml:1: ", "save"],
        ),
        (
            "typed.docx",
            &typed,
            &["typed.docx: word/document.xml:1: ", "document type"],
        ),
        (
            "empty.docx",
            &empty,
            &["empty.docx: word/document.xml: ", "save"],
        ),
        (
            "old.docx",
            b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0",
            &["old.docx: ", "password", "save"],
        ),
    ];
    for (name, bytes, words) in cases {
        let error = message(name, bytes);
        assert!(words.iter().all(|word| error.contains(word)), "{error}");
    }
}

#[test]
fn relations_that_lead_outside_the_file_are_not_followed() {
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let relations = format!(
        "<Relationships><Relationship Id='a' Type='{office}/officeDocument' TargetMode='External' \
         Target='file:///etc/hostname'/><Relationship Id='b' Type='{office}/officeDocument' \
         Target='word/document.xml'/></Relationships>"
    );
    let parts = format!(
        "<Relationships><Relationship Id='a' Type='{office}/footnotes' TargetMode='External' \
         Target='https://example.org/footnotes.xml'/><Relationship Id='b' \
         Type='{office}/attachedTemplate' TargetMode='External' Target='file:///etc/hostname'/>\
         </Relationships>"
    );
    let bytes = archive(&[
        ("_rels/.rels", relations.as_bytes()),
        ("word/_rels/document.xml.rels", parts.as_bytes()),
        ("word/document.xml", WORD.as_bytes()),
    ]);
    let parsed = parse("a.docx", &bytes, &Corrections::NONE).expect("a document");
    assert_eq!(parsed.meeting.turns.len(), 4);
    assert!(parsed.account.is_balanced());
}

#[test]
fn no_depth_of_nesting_exhausts_the_stack_or_takes_the_square_of_the_time() {
    const DEPTH: usize = 100_000;
    let talk = "<p>Ann: Hi.</p><p>Bo: Ho.</p><p>Ann: Well.</p><p>Bo: Yes.</p>";
    for (open, close) in [
        ("<div>", "</div>"),
        ("<b>", "</b>"),
        ("<b><div>", "</i>"),
        ("<table><tr><td>", "</b></td></tr></table>"),
        ("<nav>", "</nav>"),
        ("<dl><dt>", ""),
        ("<p><font color=a>", "</div></b>"),
    ] {
        let text = format!("{}{talk}{}", open.repeat(DEPTH), close.repeat(DEPTH));
        if let Ok(parsed) = parse("deep.html", text.as_bytes(), &Corrections::NONE) {
            assert!(parsed.account.is_balanced(), "{open}");
        }
    }
    let deep = |name: &str| {
        let (open, close) = (format!("<w:{name}>"), format!("</w:{name}>"));
        WORD.replace("<w:body>", &format!("<w:body>{}", open.repeat(DEPTH)))
            .replace("</w:body>", &format!("{}</w:body>", close.repeat(DEPTH)))
    };
    for name in ["sdt", "tbl", "p", "r", "tr", "del", "rt", "txbxContent"] {
        let bytes = archive(&[("word/document.xml", deep(name).as_bytes())]);
        if let Ok(parsed) = parse("deep.docx", &bytes, &Corrections::NONE) {
            assert!(parsed.account.is_balanced(), "{name}");
        }
    }
    let many: String = (0..5_000).map(|at| format!(" a{at}")).collect();
    let error = message(
        "wide.html",
        format!("<p>Ann: Hi.</p>\n<p{many}>").as_bytes(),
    );
    assert!(
        error.contains("wide.html:2: ") && error.contains("attributes"),
        "{error}"
    );
}

#[test]
fn files_that_are_too_large_are_refused_unread() {
    let error = message("one-line.txt", &vec![0; MAX_BYTES + 1]);
    assert!(
        error.contains("one-line.txt") && error.contains("split it"),
        "{error}"
    );
}

#[test]
fn what_is_given_is_not_detected() {
    let options = |format, encoding| ReadOptions {
        format,
        encoding,
        ..ReadOptions::default()
    };
    let text = "1\n00:00:01,000 --> 00:00:02,000\nJo: Hi\n";
    let read = |name: &str, bytes: &[u8], options: &ReadOptions| {
        parse_with(name, bytes, &Corrections::NONE, options)
    };
    let srt = read(
        "captions",
        text.as_bytes(),
        &options("srt".parse().ok(), None),
    )
    .expect("SRT");
    assert_eq!(srt[0].meeting.turns[0].start_ms, Some(1000));
    let plain = "### 唐鳳：\n你好。\n\n### 朱莉：\n再見。\n";
    let (big5, _, _) = encoding_rs::BIG5.encode(plain);
    let meeting = read("a.txt", &big5, &options(None, Some(Encoding::Big5))).expect("Big5");
    assert_eq!(meeting[0].meeting.turns[0].text, "你好。");
    let error = read("a.txt", &big5, &options(None, Some(Encoding::Utf8))).expect_err("not UTF-8");
    assert!(
        matches!(error, ParseError::Undecodable { line: 1, .. }),
        "{error}"
    );
    let error = read("a.css", b"a: b", &ReadOptions::default()).expect_err("unknown");
    assert!(matches!(error, ParseError::UnknownFormat { .. }), "{error}");
}

#[test]
fn sidecars_of_marked_up_files_can_merge_people_and_nothing_else() {
    let text =
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Jo>Hi\n\n00:03.000 --> 00:04.000\n<v Joanna>Ho\n";
    let corrections = |text: &str| toml::from_str::<Corrections>(text).expect("TOML");
    let merge = corrections("[[merge]]\nspeaker = \"Joanna\"\nnames = [\"Jo\"]\n");
    let parsed = parse("a.vtt", text.as_bytes(), &merge).expect("merged");
    assert_eq!(parsed.speakers.len(), 1);
    assert!(
        parsed
            .meeting
            .turns
            .iter()
            .all(|turn| turn.speaker == Some(SpeakerId(0)))
    );
    let label = corrections("[[label]]\nline = 4\nquote = \"Hi\"\nspeaker = \"Jo\"\n");
    let error = parse("a.vtt", text.as_bytes(), &label).expect_err("no lines to correct");
    assert!(error.to_string().contains("[[merge]]"), "{error}");
}

#[test]
fn older_encodings_are_read_and_damage_is_named() {
    let text = "周会 — 第一次\n2021 年 3 月 8 日\n\n莎莉·科斯特顿：大家好。\n\n帕特里克·琼斯：谢谢莎莉。\n";
    let (gb, _, _) = encoding_rs::GB18030.encode(text);
    let parsed = parse("a.txt", &gb, &Corrections::NONE).expect("GB18030");
    assert_eq!(parsed.encoding, Some(Encoding::Gb18030));
    let mut utf8 = parse("a.txt", text.as_bytes(), &Corrections::NONE).expect("UTF-8");
    assert_eq!(
        utf8.encoding.replace(Encoding::Gb18030),
        Some(Encoding::Utf8)
    );
    assert_eq!(parsed, utf8);
    let damaged: &[u8] = b"Jos\xe9: hola, se\x01or\n";
    let error = parse("latin.txt", damaged, &Corrections::NONE).expect_err("no text");
    assert_eq!(error.remedy(), Some(Remedy::Encoding));
    let error = error.to_string();
    assert!(
        error.starts_with("latin.txt:1: not UTF-8 at byte 4") && error.contains("best UTF-8"),
        "{error}"
    );
}

/// Texts that look like speech, labels, markup and mistakes.
fn words() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "Jo: hello.",
        "唐鳳：你好",
        "（笑）",
        "[music]",
        ">> who",
        "a < b",
        "&amp;",
        "&#20320;",
        "&nosuch;",
        "<i>x</i>",
        "<v Ann>",
        "</v>",
        "<v>",
        "<b",
        "{\\an8}",
        "5",
        "NOTE",
        "-->",
        "e\u{301}",
        "\u{feff}",
        "",
    ]);
    prop::collection::vec(
        prop_oneof![3 => fixed.prop_map(str::to_owned), 1 => "[a-z<>&.:，。（）]{0,12}"],
        0..5,
    )
    .prop_map(|pieces| pieces.join(" "))
}

fn captions(comma: char) -> impl Strategy<Value = String> {
    let cue = (0u32..50, prop::collection::vec(words(), 0..3)).prop_map(move |(start, lines)| {
        let lines: Vec<String> = lines.iter().map(|line| line.replace("-->", "")).collect();
        format!(
            "7\n00:00:{start:02}{comma}000 --> 00:00:59{comma}000\n{}\n\n",
            lines.join("\n")
        )
    });
    prop::collection::vec(cue, 0..12).prop_map(|cues| cues.concat())
}

/// Elements in any order, well formed.
fn markup() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "p",
        "speech by='#a'",
        "from",
        "heading",
        "debateSection",
        "narrative",
        "i",
        "br",
        "u who='#b'",
        "seg",
        "note type='speaker'",
        "note",
        "head",
        "div",
        "division",
        "major-heading",
        "script",
        "meta",
        "num",
        "speech speakername='Jo'",
    ]);
    let text = "[a-z（）笑 ]{0,8}";
    let leaf = (names.clone(), text).prop_map(|(name, text)| element(name, &text));
    leaf.prop_recursive(5, 40, 5, move |inner| {
        (names.clone(), prop::collection::vec(inner, 0..5), text).prop_map(|(name, inner, text)| {
            element(name, &format!("{text}{}{text}", inner.concat()))
        })
    })
}

/// Tags of pages in any order, well formed or not.
fn page() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<cite>",
        "</cite>",
        "<time>0:12</time>",
        "<br>",
        "<table>",
        "<tr>",
        "<td>",
        "</td>",
        "</tr>",
        "</table>",
        "<dl>",
        "<dt>",
        "<dd>",
        "</dl>",
        "<h1>",
        "</h1>",
        "<h2>",
        "</h2>",
        "<nav>",
        "</nav>",
        "<script>",
        "</script>",
        "<pre>",
        "</pre>",
        "<span hidden>",
        "</span>",
        "<span class=speaker>",
        "<title>",
        "</title>",
        "<rt>",
        "</rt>",
        "<div>",
        "</div>",
        "<li>",
        "Ann:",
        "Bo:",
        " text. ",
        "\n",
        "&amp;",
        "&nosuch;",
        "（笑）",
        "0:05",
        "<aside>",
        "</aside>",
        "<!-- c -->",
        "<x",
    ]);
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

/// Elements of Word documents in any order, well formed.
fn word() -> impl Strategy<Value = String> {
    let names = prop::sample::select(vec![
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "b",
        "rPr",
        "pPr",
        "br",
        "tab",
        "del",
        "ins",
        "rt",
        "drawing",
        "txbxContent",
        "fldChar",
        "instrText",
        "sdt",
        "vanish",
        "moveFrom",
        "p><r><t",
    ]);
    let text = "[a-z（）笑:： ]{0,8}";
    let leaf = (names.clone(), text).prop_map(|(name, text)| word_element(name, &text));
    leaf.prop_recursive(5, 40, 5, move |inner| {
        (names.clone(), prop::collection::vec(inner, 0..5), text).prop_map(|(name, inner, text)| {
            word_element(name, &format!("{text}{}{text}", inner.concat()))
        })
    })
}

fn word_element(names: &str, inner: &str) -> String {
    let mut names: Vec<&str> = names.split("><").collect();
    let open: String = names.iter().map(|name| format!("<w:{name}>")).collect();
    names.reverse();
    let close: String = names.iter().map(|name| format!("</w:{name}>")).collect();
    format!("{open}{inner}{close}")
}

fn element(tag: &str, inner: &str) -> String {
    let name = tag.split(' ').next().unwrap_or(tag);
    format!("<{tag}>{inner}</{name}>")
}

fn balances(name: &str, text: &str) {
    balances_in(name, text.as_bytes(), text);
}

fn balances_in(name: &str, bytes: &[u8], text: &str) {
    match parse(name, bytes, &Corrections::NONE) {
        Ok(parsed) => {
            let account = parsed.account;
            assert!(account.is_balanced(), "{account:?} in {text:?}");
            for turn in &parsed.meeting.turns {
                assert!(
                    turn.speaker
                        .is_none_or(|speaker| speaker.index() < parsed.speakers.len())
                );
                assert!(
                    turn.events
                        .iter()
                        .all(|event| turn.text.is_char_boundary(event.offset))
                );
            }
        }
        Err(
            ParseError::NoSpeech { .. }
            | ParseError::NoTurns { .. }
            | ParseError::Empty { .. }
            | ParseError::Syntax { .. }
            | ParseError::UnknownFormat { .. },
        ) => {}
        Err(error) => panic!("{error}"),
    }
}

#[test]
fn a_label_behind_a_speech_inside_is_not_that_of_the_outer_one() {
    balances(
        "a.xml",
        "<akomaNtoso><speech by='#a'><speech by='#b'/><from>C</from><p>hi</p></speech></akomaNtoso>",
    );
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(2000) })]

    #[test]
    fn any_captions_balance(text in captions('.')) {
        balances("any.vtt", &format!("WEBVTT\n\n{text}"));
    }

    #[test]
    fn any_subtitles_balance(text in captions(',')) {
        balances("any.srt", &text);
    }

    #[test]
    fn any_page_balances(text in page()) {
        balances("any.html", &format!("<!doctype html>{text}"));
    }

    #[test]
    fn any_word_document_balances(text in word()) {
        let text = format!("<w:document><w:body>{text}</w:body></w:document>");
        let bytes = archive(&[("word/document.xml", text.as_bytes())]);
        balances_in("any.docx", &bytes, &text);
    }

    #[test]
    fn any_markup_balances(text in markup()) {
        for root in ["akomaNtoso", "TEI", "publicwhip"] {
            balances("any.xml", &element(root, &text));
        }
    }

    #[test]
    fn any_bytes_of_any_format_are_an_error_or_a_meeting(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        for format in Format::ALL {
            let options = ReadOptions { format: Some(format), encoding: None, ..ReadOptions::default() };
            let _ = parse_with("any", &bytes, &Corrections::NONE, &options);
        }
    }
}
