//! The properties on random inputs, the stable half of fuzzing.

use proptest::prelude::*;
use turnsearch_properties as holds;

/// Text in which the rules of folding, queries and sources meet often.
fn text() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => prop::sample::select(PIECES.to_vec()).prop_map(str::to_owned),
        1 => any::<String>(),
        1 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

const PIECES: &[&str] = &[
    "互联网治理",
    "多利益相关方",
    "著",
    "着",
    "顧問",
    "发言人：",
    "什么时候",
    "会议",
    "？",
    "，",
    "。",
    "DNS",
    "dns 滥用",
    "stakehodler",
    "ﬁ",
    "É",
    "e\u{301}",
    "ＧＴＬＤ",
    "\u{200B}",
    "\u{AD}",
    "\u{202E}",
    "\u{FEFF}",
    "\u{1F3FD}",
    "👩\u{200D}🚀",
    "\u{FDFA}",
    " ",
    "\u{3000}",
    "\n",
    "\r\n",
    "\t",
    "\u{0}",
    "\"",
    "“",
    "”",
    "「",
    "」",
    "-",
    "OR",
    " | ",
    "speaker:",
    "before:2019",
    "# ",
    "## ",
    "ann: ",
    ">> ",
    "[笑声]",
    "00:00:01.000 --> 00:00:02.000",
    "<v Ann>",
    "&amp;",
    "<!DOCTYPE x [<!ENTITY a \"b\">]>",
    "{\"",
    "}",
    "WEBVTT\n\n",
];

const SOURCES: [&str; 6] = [
    "any.txt",
    "any.vtt",
    "any.srt",
    "any.json",
    "any.xml",
    "any.jsonl",
];

proptest! {
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(256)
    })]

    #[test]
    fn sources_are_meetings_or_errors(source in prop::sample::select(SOURCES.to_vec()), text in text()) {
        holds::transcript(source, text.as_bytes());
    }

    #[test]
    fn bytes_are_meetings_or_errors(source in prop::sample::select(SOURCES.to_vec()), bytes: Vec<u8>) {
        holds::transcript(source, &bytes);
    }

    #[test]
    fn folding_leads_back(text in text()) {
        holds::folding(&text);
    }

    #[test]
    fn everything_typed_is_a_query(text in text()) {
        holds::query(&text);
    }

    #[test]
    fn bytes_are_packs_or_errors(bytes: Vec<u8>) {
        holds::any_pack(&bytes);
    }

    #[test]
    fn forged_packs_are_safe(instructions in prop::collection::vec(any::<u8>(), 0..40)) {
        holds::forged_pack(&instructions);
    }
}

proptest! {
    // Each case makes a pack.
    #![proptest_config(ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::with_cases(64)
    })]

    #[test]
    fn answers_are_sound(query in text(), lines in prop::collection::vec(text(), 1..8)) {
        holds::search(&format!("{}\n{}", query.replace('\n', " "), lines.join("\n")));
    }

    #[test]
    fn what_stands_in_a_turn_is_found_there(lines in prop::collection::vec(text(), 1..8), line: prop::sample::Index, at: prop::sample::Index, length in 1..12usize) {
        let characters: Vec<char> = lines[line.index(lines.len())].chars().collect();
        let from = at.index(characters.len().max(1));
        let piece: String = characters.iter().skip(from).take(length).collect();
        holds::search(&format!("{}\n{}", piece.replace('\n', " "), lines.join("\n")));
    }
}
