//! What queries mean, on small collections.

mod common;

use common::searcher_of;
use turnsearch::{Filter, Matched, NoteKind, Request, Searcher, SpeakerId, TurnId};

fn ask(searcher: &Searcher, query: &str) -> (Vec<u32>, Matched) {
    let answer = searcher.search(&Request {
        query: query.into(),
        ..Request::default()
    });
    let mut turns: Vec<u32> = answer.hits.iter().map(|hit| hit.turn.0).collect();
    turns.sort_unstable();
    (turns, answer.matched)
}

fn exact(searcher: &Searcher, query: &str) -> Vec<u32> {
    let (turns, matched) = ask(searcher, query);
    assert!(
        turns.is_empty() || matched == Matched::Exact,
        "{query}: {matched:?}"
    );
    turns
}

#[test]
fn a_blank_between_han_and_latin_is_typography_if_the_piece_occurs() {
    let searcher = searcher_of(&[
        "a: 讨论 DNS 滥用的问题",
        "b: 滥用之外，DNS 很好",
        "c: 非洲的部署，还有 DNSSEC",
    ]);
    assert_eq!(exact(&searcher, "DNS滥用"), [0]);
    let answer = searcher.search(&Request {
        query: "dns 滥用".into(),
        ..Request::default()
    });
    assert_eq!(
        (answer.total, answer.notes[0].kind, answer.notes[0].more),
        (1, NoteKind::Joined, 1)
    );
    let answer = searcher.search(&Request {
        query: "非洲 DNSSEC".into(),
        ..Request::default()
    });
    assert_eq!((answer.total, answer.notes[0].kind), (1, NoteKind::Apart));
}

#[test]
fn latin_words_match_whole_and_while_typing_as_beginnings() {
    let searcher = searcher_of(&[
        "a: the domains",
        "b: a domain",
        "c: WSIS+10 and .com, e-mail 3.0",
    ]);
    assert_eq!(exact(&searcher, "domain"), [1]);
    let typing = Request {
        query: "domain".into(),
        typing: true,
        ..Request::default()
    };
    assert_eq!(searcher.search(&typing).total, 2);
    let closed = Request {
        query: "domain ".into(),
        typing: true,
        ..Request::default()
    };
    assert_eq!(searcher.search(&closed).total, 1);
    for query in ["wsis+10", ".com", "E-Mail", "3.0", "wsis"] {
        assert_eq!(exact(&searcher, query), [2], "{query}");
    }
    assert_eq!(exact(&searcher, "\"a domain\""), [1]);
}

#[test]
fn full_names_find_the_turns_of_their_bearers() {
    let searcher = searcher_of(&[
        "安娜·李: 大家好",
        "Bob Lee: 谢谢安娜·李",
        "Bob: 你好",
        "安娜·李: 再见",
    ]);
    assert_eq!(exact(&searcher, "安娜·李"), [0, 1, 3]);
    assert_eq!(exact(&searcher, "安娜李"), [0, 3]);
    assert_eq!(exact(&searcher, "bob lee"), [1]);
    assert_eq!(exact(&searcher, "speaker:bob 你好"), [2]);
    assert_eq!(exact(&searcher, "speaker:Lee"), [1]);
    assert_eq!(exact(&searcher, "speaker:anna"), [] as [u32; 0]);
    assert_eq!(exact(&searcher, "speaker:annali"), [0, 3]);
}

#[test]
fn a_speaker_whom_the_query_names_leads_the_facet() {
    let searcher = searcher_of(&[
        "Bob Stone: 莎莉和 Sally 说得好，科斯特顿也是",
        "Bob Stone: 谢谢莎莉，谢谢 Sally，谢谢科斯特顿",
        "莎莉·科斯特顿 = SALLY COSTERTON: 我是莎莉，Sally 科斯特顿",
    ]);
    let order = |query: &str| -> Vec<String> {
        let answer = searcher.search(&Request {
            query: query.into(),
            ..Request::default()
        });
        let speakers = &searcher.pack().collection().speakers;
        let name = |id: SpeakerId| speakers[id.index()].name.to_string();
        answer
            .facets
            .speakers
            .iter()
            .map(|&(id, _)| name(id))
            .collect()
    };
    // In Chinese, in Latin letters, misspelt, and in pinyin.
    for query in ["莎莉", "sally", "saly", "科斯特顿", "kesite顿", "shali"] {
        assert_eq!(order(query), ["莎莉·科斯特顿", "Bob Stone"], "{query}");
    }
    assert_eq!(order("谢谢 Sally"), ["Bob Stone"], "no turn, no entry");
    assert_eq!(order("是"), ["Bob Stone", "莎莉·科斯特顿"], "by count");
}

#[test]
fn dates_and_meetings_restrict() {
    let searcher = searcher_of(&[
        "# 2013-07-15 德班会议",
        "a: 治理",
        "# 2019-03-12 神户会议",
        "a: 治理",
    ]);
    assert_eq!(exact(&searcher, "治理 before:2014"), [0]);
    assert_eq!(exact(&searcher, "治理 after:2019-03"), [1]);
    assert_eq!(exact(&searcher, "治理 会议:神户"), [1]);
    assert_eq!(exact(&searcher, "meeting:德班"), [0]);
    assert_eq!(
        exact(&searcher, "治理 before:2014 after:2019"),
        [] as [u32; 0]
    );
    let filter = Filter {
        years: vec!["2019".into()],
        ..Filter::default()
    };
    let answer = searcher.search(&Request {
        query: "治理".into(),
        filter,
        ..Request::default()
    });
    assert_eq!((answer.total, answer.facets.years.len()), (1, 2));
}

#[test]
fn slips_are_corrected_in_the_open() {
    let searcher = searcher_of(&[
        "a: 多利益相关方的 stakeholder 模型",
        "b: 多利益相关方",
        "c: 多利益相关方在 registry 里",
        "d: 无关的内容",
        "莎莉·科斯特顿: 大家好",
    ]);
    for (query, matched, turns) in [
        ("stakehodler", Matched::Fuzzy, vec![0]),
        ("regisrty 相关", Matched::Fuzzy, vec![2]),
        ("duoliyi", Matched::Pinyin, vec![0, 1, 2]),
        ("duo li yi", Matched::Pinyin, vec![0, 1, 2]),
        ("duo利益", Matched::Pinyin, vec![0, 1, 2]),
        ("slkstd", Matched::Pinyin, vec![4]),
    ] {
        assert_eq!(ask(&searcher, query), (turns, matched), "{query}");
    }
    assert_eq!(ask(&searcher, "zzzzqqqq").0, [] as [u32; 0]);
}

#[test]
fn questions_are_answered_by_their_words() {
    let searcher = searcher_of(&[
        "a: 我们今天讨论预算",
        "b: 第一次会议将于五月召开",
        "c: 会议结束",
        "d: 第一次参加的人请举手",
        "e: 我们吃饭",
        "f: 会议召开的地点",
        "g: 第一次会议的预算",
    ]);
    let answer = searcher.search(&Request {
        query: "什么时候召开第一次会议？".into(),
        ..Request::default()
    });
    assert_eq!(
        (answer.matched, answer.hits[0].turn),
        (Matched::Words, TurnId(1))
    );
}

#[test]
fn suggestions_offer_people_phrases_and_completions() {
    let searcher = searcher_of(&[
        "莎莉·科斯特顿: 互联网治理论坛 registry",
        "b: 互联网治理论坛 registrar",
        "c: 互联网治理论坛",
        "Bertrand Chapelle: 互联网",
    ]);
    let first = |typed: &str| {
        let found = searcher.suggest(typed, 5);
        found
            .first()
            .map(|suggestion| (suggestion.kind.as_str(), suggestion.text.clone()))
    };
    assert_eq!(first("莎莉"), Some(("speaker", "莎莉·科斯特顿".into())));
    assert_eq!(first("科斯"), Some(("speaker", "莎莉·科斯特顿".into())));
    assert_eq!(first("shali"), Some(("speaker", "莎莉·科斯特顿".into())));
    assert_eq!(
        first("Chapele"),
        Some(("speaker", "Bertrand Chapelle".into()))
    );
    assert_eq!(first("regis"), Some(("term", "registrar".into())));
    assert_eq!(searcher.suggest("  ", 5), []);
    // The last blank may be of any width.
    assert_eq!(
        first("互联网\u{3000}regis"),
        Some(("term", "registrar".into()))
    );
}

#[test]
fn hostile_queries_are_answered() {
    let searcher = searcher_of(&["a: 文本"]);
    for query in [
        "\"".repeat(5000),
        "-".repeat(5000),
        "a ".repeat(100_000),
        "OR ".repeat(1000),
        "（".repeat(3000),
        "é".repeat(5000),
        "\u{202E}\u{0}<script>".into(),
        "speaker: before: after:".into(),
        "a".repeat(4000),
        "aaaa".repeat(8) + "文",
    ] {
        let answer = searcher.search(&Request {
            query: query.clone(),
            typing: true,
            ..Request::default()
        });
        assert!(answer.total <= 1);
        searcher.suggest(&query, 10);
    }
}
