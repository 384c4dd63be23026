//! Queries and transcripts that mean harm. `-- --nocapture` prints what each takes; nothing is
//! judged by the clock.

use std::time::Instant;

use turnsearch::{MAX_PARTS, MAX_QUERY_BYTES, Query, Request, Searcher};
use turnsearch_properties::{assert_answers, collection_of, samples, transcript};
use turnsearch_transcript::{Corrections, parse};

const MEGABYTE: usize = 1 << 20;

/// A query of about a megabyte made of `piece`.
fn megabyte_of(piece: &str) -> String {
    piece.repeat(MEGABYTE / piece.len())
}

fn hostile_queries() -> Vec<(&'static str, String)> {
    let nested = |levels: usize| {
        let open: String = "“「『«\"".chars().cycle().take(levels).collect();
        let close: String = "\"»』」”".chars().cycle().take(levels).collect();
        format!("{open}域名{close}")
    };
    vec![
        ("markup", "<img src=x onerror=alert(1)>\"><script>".into()),
        (
            "control characters",
            "域\u{0}名\u{1}\u{7f}\u{9b} DNS\u{1b}[31m".into(),
        ),
        (
            "bidi overrides",
            "\u{202E}域名\u{202C}\u{2066}DNS\u{2069}\u{200F}".into(),
        ),
        (
            "noncharacters and private use",
            "\u{FFFF}\u{10FFFF}\u{E000}域名\u{FFFD}".into(),
        ),
        ("tag characters", "域名\u{E0041}\u{E0042}\u{E007F}".into()),
        ("1 MB of one word", megabyte_of("a")),
        ("1 MB of ideographs", megabyte_of("域")),
        ("1 MB of words", megabyte_of("dns ")),
        ("1 MB of unknown words", megabyte_of("qzx ")),
        ("1 MB of blanks", megabyte_of(" ")),
        (
            "1 MB of combining marks",
            format!("e{}", megabyte_of("\u{301}")),
        ),
        (
            "1 MB that folds to 18 times as much",
            megabyte_of("\u{FDFA}"),
        ),
        ("1 MB of characters with alternatives", megabyte_of("著")),
        ("10,000 parts", "域名 ".repeat(10_000)),
        ("10,000 alternatives", "域名 OR ".repeat(10_000)),
        ("10,000 exclusions", "-滥用 ".repeat(10_000)),
        ("10,000 filters", "speaker:ann ".repeat(10_000)),
        ("10,000 opened quotation marks", "“「『«\"".repeat(2_000)),
        ("quotation marks 1,000 deep", nested(1_000)),
        ("pinyin without end", "xianxianxian".repeat(1_000)),
        ("initials without end", "d".repeat(4_000)),
        ("as many joins as parts", "dns 域 ".repeat(MAX_PARTS)),
    ]
}

#[test]
fn hostile_queries_get_sound_answers() {
    for pack in samples() {
        let searcher = Searcher::open(pack.clone()).expect("a sound pack");
        for (what, query) in hostile_queries() {
            let started = Instant::now();
            assert_answers(&searcher, &query);
            println!("{:>10.1?}  {what}", started.elapsed());
        }
    }
}

/// The limits of `docs/RELIABILITY.md`.
#[test]
fn queries_are_cut_at_the_stated_limits() {
    assert_eq!((MAX_QUERY_BYTES, MAX_PARTS), (4096, 32));
    for (what, query) in hostile_queries() {
        let parsed = Query::parse(&query);
        let parts = parsed.parts.iter().map(|part| part.text.len());
        let values = parsed.filters.iter().map(|(_, value)| value.len());
        let lengths = parts.chain(values);
        let bytes: usize = lengths.clone().sum();
        assert!(
            lengths.count() <= MAX_PARTS && bytes <= MAX_QUERY_BYTES,
            "{what}"
        );
    }
    let searcher = Searcher::open(samples()[1].clone()).expect("a sound pack");
    let long = "names domain ".repeat(MEGABYTE / 13);
    let answer = |query: &str| {
        let request = Request {
            query: query.into(),
            ..Request::default()
        };
        (searcher.search(&request), searcher.suggest(query, 5))
    };
    assert_eq!(answer(&long), answer(&long[..MAX_QUERY_BYTES]));
    assert!(!answer(&long).1.is_empty());
    // What is cut off is the end, at a character.
    let parsed = Query::parse(&"域".repeat(MEGABYTE));
    assert_eq!(parsed.parts[0].text, "域".repeat(MAX_QUERY_BYTES / 3));
}

/// Every word over two letters is near every other one, so that a walk over the lexicon can prune
/// little.
#[test]
fn words_that_are_all_alike_do_not_make_spelling_explode() {
    let words = (0..1u32 << 12).map(|bits| {
        (0..12)
            .map(|at| if bits >> at & 1 == 1 { 'b' } else { 'a' })
            .collect::<String>()
    });
    let lines: Vec<String> = words
        .collect::<Vec<_>>()
        .chunks(64)
        .map(|words| format!("A: {}", words.join(" ")))
        .collect();
    let pack =
        turnsearch_pack::write(&collection_of(&lines.join("\n"))).expect("a sound collection");
    let searcher = Searcher::open(pack).expect("a sound pack");
    for query in ["abababababax", "xbababababab", "aaaaaaxxbbbbb"] {
        let request = Request {
            query: query.into(),
            ..Request::default()
        };
        let started = Instant::now();
        let answer = searcher.search(&request);
        println!(
            "{:>10.1?}  {query}: {} turns, {:?}",
            started.elapsed(),
            answer.total,
            answer.notes.first().map(|note| note.terms.len())
        );
        assert!(answer.notes.iter().all(|note| note.terms.len() <= 8));
        assert_answers(&searcher, query);
    }
}

/// Letters can be spelt in many ways by ideographs that have several readings, and by a text that
/// repeats one for long.
#[test]
fn letters_do_not_make_pinyin_explode() {
    // Initials are looked for in names, not in texts.
    let (name, text) = ("和".repeat(50), "和".repeat(6_000));
    let lines = format!("A: {}\n{name}: {text}", "阿".repeat(6_000));
    let pack = turnsearch_pack::write(&collection_of(&lines)).expect("a sound collection");
    let searcher = Searcher::open(pack).expect("a sound pack");
    for (letters, is_found) in [
        ("a".repeat(40), true),
        ("a".repeat(40) + "z", false),
        ("h".repeat(40), true),
        ("h".repeat(40) + "z", false),
        ("he".repeat(30), true),
        // More than anybody writes in pinyin, and a call for each would be too deep.
        ("a".repeat(MAX_QUERY_BYTES), false),
    ] {
        let started = Instant::now();
        assert_answers(&searcher, &letters);
        println!("{:>10.1?}  {letters:.45}", started.elapsed());
        let request = Request {
            query: letters.clone(),
            ..Request::default()
        };
        let total = searcher.search(&request).total;
        assert_eq!(total > 0, is_found, "{letters}");
    }
}

fn hostile_sources() -> Vec<(&'static str, String)> {
    vec![
        (
            "markup in labels",
            "<script>alert(1)</script>: <b>hi</b>\nAnn: <img onerror=x>\n".repeat(20),
        ),
        (
            "control characters",
            "Ann\u{0}: a\u{1}b\u{7f}c\nBob: \u{1b}[31m red\n".repeat(20),
        ),
        (
            "bidi overrides",
            "\u{202E}nnA: hello\u{202C}\nBob: \u{2067}x\u{2069}\n".repeat(20),
        ),
        (
            "one line of a megabyte",
            format!("Ann: {}\nBob: end.\n", "word ".repeat(MEGABYTE / 5)),
        ),
        (
            "one word of a megabyte",
            format!("Ann: {}\nBob: end.\n", "字".repeat(MEGABYTE / 3)),
        ),
        (
            "100,000 empty lines",
            format!("Ann: a\n{}Bob: b\n", "\n".repeat(100_000)),
        ),
        ("20,000 turns", "Ann: a.\nBob: b.\n".repeat(10_000)),
        (
            "5,000 speakers",
            (0..5_000)
                .map(|n| format!("Person Number{n}: hello.\n"))
                .collect(),
        ),
        (
            "brackets 10,000 deep",
            format!(
                "Ann: {}x{}\nBob: b\n",
                "[".repeat(10_000),
                "]".repeat(10_000)
            ),
        ),
        (
            "asterisks without end",
            format!("**Ann:** {}\n**Bob:** b\n", "*".repeat(100_000)),
        ),
        (
            "headings 10,000 deep",
            (1..10_000)
                .map(|n| format!("{} h{n}\n\ntext {n}\n\n", "#".repeat(n % 7)))
                .collect(),
        ),
        ("only labels", "Ann:\nBob:\n".repeat(5_000)),
        ("only colons", ":".repeat(100_000)),
        (
            "combining marks",
            format!("Ann: a{}\nBob: b\n", "\u{301}".repeat(100_000)),
        ),
    ]
}

#[test]
fn hostile_sources_are_meetings_or_errors() {
    for (what, source) in hostile_sources() {
        for name in ["hostile.txt", "hostile.md"] {
            let started = Instant::now();
            transcript(name, source.as_bytes());
            println!(
                "{:>10.1?}  {what} ({name}, {} bytes)",
                started.elapsed(),
                source.len()
            );
        }
    }
}

/// Files of structured formats: entities that multiply, levels without end, times and numbers
/// beyond all bounds.
fn hostile_files() -> Vec<(&'static str, String)> {
    let levels = 100_000;
    let entities: String = (1..30)
        .map(|n| format!("<!ENTITY e{n} \"&e{0};&e{0};\">", n - 1))
        .collect();
    let cue = |text: &str| format!("WEBVTT\n\n00:00.000 --> 00:01.000\n{text}\n");
    let segment = |more: &str| format!("{{\"segments\":[{{\"body\":\"hi\",{more}}}]}}");
    vec![
        (
            "entities.xml",
            format!(
                "<!DOCTYPE x [<!ENTITY e0 \"ha\">{entities}]><debate><speech><p>&e29;</p></speech></debate>"
            ),
        ),
        (
            "outside.xml",
            "<!DOCTYPE x SYSTEM \"file:///etc/passwd\"><TEI><u>&x;</u></TEI>".into(),
        ),
        (
            "deep.xml",
            format!(
                "{}x{}",
                "<debate>".repeat(levels),
                "</debate>".repeat(levels)
            ),
        ),
        (
            "wide.xml",
            format!(
                "<publicwhip>{}</publicwhip>",
                "<speech speakername=\"A\"><p>a</p></speech>".repeat(20_000)
            ),
        ),
        (
            "attributes.xml",
            format!(
                "<publicwhip><speech {}/></publicwhip>",
                (0..20_000)
                    .map(|n| format!("a{n}=\"\" "))
                    .collect::<String>()
            ),
        ),
        (
            "deep.json",
            format!("{}{}", "[".repeat(levels), "]".repeat(levels)),
        ),
        (
            "times.json",
            segment("\"startTime\":1e308,\"endTime\":-1e308"),
        ),
        ("halves.json", segment("\"speaker\":\"\\ud800\"")),
        ("deep.jsonl", format!("{{\"source\":{}", "[".repeat(levels))),
        ("tags.vtt", cue(&"<v A><c.x>".repeat(levels))),
        (
            "references.vtt",
            cue(&"&#x110000;&lt;&#0;&zzz;".repeat(10_000)),
        ),
        (
            "times.vtt",
            "WEBVTT\n\n99999999999999999999:00:00.000 --> 00:00.000\nA: hi\n".into(),
        ),
        (
            "times.srt",
            "99999999999999999999\n99:99:99,999 --> 00:00:00,000\nA: hi\n".into(),
        ),
    ]
}

#[test]
fn hostile_files_are_meetings_or_errors() {
    for (name, source) in hostile_files() {
        let started = Instant::now();
        transcript(name, source.as_bytes());
        println!(
            "{:>10.1?}  {name} ({} bytes)",
            started.elapsed(),
            source.len()
        );
    }
}

#[test]
fn bytes_that_are_no_text_are_an_error_with_the_place() {
    for bytes in [
        &b"Ann: caf\xc3\xa9\nBob: \xff\xfe"[..],
        b"\xed\xa0\x80\x01: lone surrogate",
        b"\xc0\x80\x01: overlong",
        b"Ann: hi\nBob: \xff\x02",
    ] {
        let error = parse("bytes.txt", bytes, &Corrections::NONE).expect_err("no UTF-8");
        assert!(error.to_string().starts_with("bytes.txt:"), "{error}");
    }
}
