//! What holds for any text at all.

use proptest::prelude::*;
use turnsearch_model::Kind;
use turnsearch_transcript::{Corrections, ParseError, parse};

/// Pieces that the parser has rules for, so that random texts meet them often.
fn piece() -> impl Strategy<Value = String> {
    let fixed = prop::sample::select(vec![
        "莎莉·科斯特顿：",
        "PATRICK JONES:",
        "Jo Smith: hello.",
        "(SALLY COSTERTON):",
        ">>",
        ">> 甲：",
        "[笑声]",
        "（笑）",
        "笑声",
        "---",
        "12",
        "第 3 页",
        "# 2019-03-12 会",
        "### 唐鳳：",
        "**Jo:** hi",
        "> （中場休息）",
        "* a *b* **c**",
        "注：本文由音频转录，",
        "• 项目",
        "1. 项目",
        "核心区域：授权",
        "维护运行。自成立以来",
        "2021 年 3 月 8 日",
        "ICANN70 | 日本",
        "[会议记录结束]",
        "\u{feff}",
        "\u{a0}",
        "e\u{301}",
        "\u{1100}\u{1161}",
        "\\*",
        "\\",
        "（",
        "）：",
        "[00:01:02] 甲：",
        "……",
    ]);
    prop_oneof![
        4 => fixed.prop_map(str::to_owned),
        2 => "[a-zA-Z，。：:（）()\\[\\]*_#> \u{4e00}-\u{4e40}]{0,24}",
        1 => any::<String>(),
    ]
}

fn text() -> impl Strategy<Value = String> {
    let line = prop::collection::vec(piece(), 0..5).prop_map(|pieces| pieces.concat());
    let end = prop::sample::select(vec!["\n", "\n\n", "\r\n", "\u{c}", "  \n", "\n\n\n\n"]);
    prop::collection::vec((line, end), 0..40)
        .prop_map(|lines| lines.into_iter().map(|(line, end)| line + end).collect())
}

fn holds(source: &str) {
    let parsed = match parse("any.txt", source.as_bytes(), &Corrections::NONE) {
        Ok(parsed) => parsed,
        Err(ParseError::Empty { .. } | ParseError::NoTurns { .. }) => return,
        Err(error) => panic!("{error}"),
    };
    let account = parsed.account;
    assert!(account.is_balanced(), "{account:?} in {source:?}");
    assert_eq!(account.characters, account.in_turns + account.furniture);
    assert!(!parsed.meeting.turns.is_empty());
    for (index, turn) in parsed.meeting.turns.iter().enumerate() {
        assert_eq!(turn.n as usize, index + 1);
        assert!(
            turn.speaker
                .is_none_or(|speaker| speaker.index() < parsed.speakers.len())
        );
        assert_eq!(
            turn.text.trim(),
            turn.text,
            "white space at the ends of a text"
        );
        assert!(!turn.text.contains("  "), "two blanks in {:?}", turn.text);
        for event in &turn.events {
            assert!(turn.text.is_char_boundary(event.offset));
        }
        assert!(turn.events.is_sorted_by_key(|event| event.offset));
        assert!(parsed.meeting.kind == Kind::Transcript || turn.speaker.is_none());
    }
    assert!(parsed.furniture.is_sorted_by_key(|piece| piece.offset));
}

/// Sources that random texts found.
#[test]
fn known_difficult_texts_balance() {
    for source in [
        "### 唐鳳：\n[笑声]\nኊ\n莎莉·科斯特顿：\n",
        "\n\n\n注：本文由音频转录，>>\n>，，># 2019-03-12 会\n注：本文由音频转录，\n# 2019-03-12 会\n",
        ">>\u{a0}莎莉·科斯特顿：\n### 唐鳳：\n# 2019-03-12 会\n",
        "# 2019-03-12 会\n莎莉·科斯特顿：\n\u{feff}\n>> 甲：\nA：\n",
    ] {
        holds(source);
    }
}

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(2000)
    })]

    #[test]
    fn any_text_balances_or_is_an_error(source in text()) {
        holds(&source);
    }

    #[test]
    fn any_bytes_are_an_error_or_a_meeting(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = parse("any.txt", &bytes, &Corrections::NONE);
    }

    #[test]
    fn any_sidecar_is_an_error_or_corrections(text in "(\\[\\[(label|text|furniture|merge)\\]\\]\n(line = [0-9]{1,3}\n)?(quote = \"[^\"\\\\\n]{0,5}\"\n)?){0,3}") {
        if let Ok(corrections) = toml::from_str::<Corrections>(&text) {
            let _ = parse("any.txt", "甲·乙：好。\n丙·丁：好。\n".as_bytes(), &corrections);
        }
    }
}
