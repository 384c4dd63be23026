//! Small classes of words of the domain.
//!
//! None of them is needed for a transcript to parse; they settle cases that form alone leaves
//! open. They name things that every meeting record has, in the languages of the corpora, and no
//! word of one particular document.

use std::ops::Range;

use crate::script::{closing_bracket, is_closing};

/// Stage directions: what a room does while nobody speaks.
const STAGE: [&str; 30] = [
    "笑",
    "笑声",
    "笑聲",
    "大笑",
    "掌声",
    "掌聲",
    "鼓掌",
    "众笑",
    "眾笑",
    "全场笑",
    "音乐",
    "音樂",
    "沉默",
    "停顿",
    "停頓",
    "欢呼",
    "歡呼",
    "咳嗽",
    "叹气",
    "播放影片",
    "laughter",
    "laughs",
    "laughing",
    "applause",
    "music",
    "pause",
    "silence",
    "crosstalk",
    "cheers",
    "coughs",
];

/// Marks of a writer who could not hear: they stand for words and stay in the text.
const INAUDIBLE: [&str; 13] = [
    "听不清",
    "聽不清",
    "不清晰",
    "不清楚",
    "音频干扰",
    "无法识别",
    "無法識別",
    "inaudible",
    "unintelligible",
    "indiscernible",
    "unclear",
    "distorted",
    "no audio",
];

/// What opens a note about the record itself.
const NOTE: [&str; 12] = [
    "注",
    "註",
    "备注",
    "備註",
    "说明",
    "說明",
    "免责声明",
    "note",
    "please note",
    "nota",
    "disclaimer",
    "remarque",
];

/// What opens such a note without a marker.
const NOTE_OPENING: [&str; 14] = [
    "本文",
    "下文",
    "以下",
    "本记录",
    "本紀錄",
    "本抄录",
    "本逐字",
    "this transcript",
    "the following",
    "this is a transcript",
    "this document",
    "this file",
    "this text",
    "although the transcript",
];

/// What such a note speaks of.
const RECORD: [&str; 14] = [
    "抄录",
    "转录",
    "轉錄",
    "听写",
    "聽寫",
    "听录",
    "录音",
    "錄音",
    "音频",
    "逐字",
    "transcri",
    "audio",
    "recording",
    "verbatim",
];

/// What such a note says about it.
const RELIABILITY: [&str; 12] = [
    "权威",
    "權威",
    "官方",
    "准确",
    "準確",
    "authoritative",
    "official record",
    "inaccura",
    "accurate",
    "incomplete",
    "autoritaire",
    "oficial",
];

/// What an end mark says.
const END: [&str; 12] = [
    "结束",
    "結束",
    "完毕",
    "完畢",
    "终",
    "終",
    "完",
    "end of",
    "ends",
    "the end",
    "concluded",
    "adjourned",
];

/// Words after which a speaker gives the own name.
pub(crate) const INTRODUCING: [&str; 14] = [
    "我是",
    "我叫",
    "我的名字是",
    "我名叫",
    "我的名字叫",
    "本人是",
    "本人",
    "my name is ",
    "i'm ",
    "i am ",
    "this is ",
    "i’m ",
    "je suis ",
    "soy ",
];

/// Words before the name of somebody who is spoken to.
pub(crate) const ADDRESSING_BEFORE: [&str; 14] = [
    "谢谢",
    "謝謝",
    "感谢",
    "感謝",
    "有请",
    "有請",
    "请",
    "請",
    "下面是",
    "thank you ",
    "thank you, ",
    "thanks ",
    "thanks, ",
    "over to ",
];

/// Words after the name of somebody who is given the floor.
pub(crate) const ADDRESSING_AFTER: [&str; 12] = [
    "发言",
    "發言",
    "请讲",
    "請講",
    "，请",
    "，請",
    "，你",
    "，您",
    ", please",
    ", go ahead",
    ", you",
    " has the floor",
];

/// Endings of offices and parties that speak without a name.
pub(crate) const OFFICE: [&str; 37] = [
    "代表",
    "主席",
    "主持人",
    "主持",
    "秘书",
    "秘书长",
    "书记员",
    "議長",
    "议长",
    "委员",
    "部长",
    "部長",
    "署长",
    "局长",
    "司仪",
    "译员",
    "口译",
    "记者",
    "記者",
    "发言人",
    "與會者",
    "与会者",
    "講者",
    "讲者",
    "chair",
    "chairman",
    "chairperson",
    "president",
    "moderator",
    "operator",
    "host",
    "representative",
    "secretary",
    "speaker",
    "interpreter",
    "participant",
    "delegate",
];

/// Words that make a clause, and so no name and no heading, before a colon.
const CLAUSE: [&str; 38] = [
    "我", "你", "您", "他们", "她", "它", "的是", "了", "这", "這", "吗", "嗎", "呢", "说", "說",
    "问题", "問題", "关于", "關於", "因为", "所以", "如果", "如下", "以下", "例如", "比如", "就是",
    "我们", "第一", "第二", "第三", "一个", "两句", "两点", "总之", "首先", "最后", "其中",
];

/// The same for languages that part words by blanks.
const CLAUSE_WORDS: [&str; 38] = [
    "is",
    "are",
    "was",
    "were",
    "be",
    "been",
    "am",
    "has",
    "have",
    "had",
    "will",
    "would",
    "can",
    "could",
    "should",
    "may",
    "i",
    "you",
    "he",
    "she",
    "it",
    "we",
    "they",
    "this",
    "that",
    "these",
    "those",
    "what",
    "how",
    "why",
    "if",
    "because",
    "but",
    "so",
    "not",
    "following",
    "note",
    "example",
];

/// Openings of a sentence about the text itself, and particles: what no run-in heading holds.
const SENTENCE: [&str; 17] = [
    "是", "了", "该", "該", "这", "這", "本", "都", "已", "将", "將", "以下", "如下", "因此",
    "例如", "并未", "此外",
];

/// Whether a run of speech marks in brackets is a stage direction.
fn is_stage(content: &str) -> bool {
    let content = content
        .trim_matches(|c: char| c.is_whitespace() || is_closing(c) || matches!(c, '。' | '.'))
        .to_lowercase();
    STAGE.contains(&content.as_str())
}

/// The first bracketed stage direction of a line, such as `（笑）` or `[Laughter]`.
pub(crate) fn find_stage_direction(line: &str) -> Option<Range<usize>> {
    let mut from = 0;
    loop {
        let (at, open) = line[from..]
            .char_indices()
            .find(|&(_, c)| closing_bracket(c).is_some())?;
        let start = from + at;
        let inner = start + open.len_utf8();
        let close = closing_bracket(open)?;
        let window = line[inner..].char_indices().take(24);
        if let Some((length, _)) = window.clone().find(|&(_, c)| c == close)
            && is_stage(&line[inner..inner + length])
        {
            return Some(start..inner + length + close.len_utf8());
        }
        from = inner;
    }
}

/// Whether the whole line is one pair of brackets and what they hold.
pub(crate) fn bracketed(line: &str) -> Option<&str> {
    let open = line.chars().next()?;
    let close = closing_bracket(open)?;
    let inner = line.strip_prefix(open)?;
    let end = inner.find(close)?;
    (end + close.len_utf8() == inner.len()).then(|| inner[..end].trim())
}

/// Whether a line of its own is a stage direction: anything in brackets, or the bare word.
pub(crate) fn is_stage_line(line: &str) -> bool {
    match bracketed(line) {
        Some(content) => !is_inaudible(content),
        None => is_stage(line),
    }
}

/// Whether the writer says that something could not be heard.
fn is_inaudible(content: &str) -> bool {
    let content = content.to_lowercase();
    INAUDIBLE.iter().any(|word| content.contains(word)) && !content.contains("中断")
}

/// Whether the paragraph is a note on the record itself.
pub(crate) fn is_disclaimer(paragraph: &str) -> bool {
    let lower = paragraph.to_lowercase();
    let lower = lower.trim_start_matches(['*', '_', '[', '(', '（', ' ']);
    let noted = NOTE.iter().any(|note| {
        lower.strip_prefix(note).is_some_and(|rest| {
            rest.trim_start()
                .starts_with([':', '：', '，', ',', '-', '—', '（'])
                || note.contains(' ')
        })
    });
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    let opened = NOTE_OPENING
        .iter()
        .any(|opening| lower.starts_with(opening));
    has(&RECORD) && (noted || opened && has(&RELIABILITY))
}

/// Whether a short line at the end says that the record ends.
pub(crate) fn is_end_mark(line: &str) -> bool {
    let content = bracketed(line).unwrap_or(line).to_lowercase();
    content.chars().count() <= 40 && END.iter().any(|word| content.contains(word))
}

/// Whether words before a colon make a clause rather than a name.
pub(crate) fn is_clause(name: &str) -> bool {
    let lower = name.to_lowercase();
    CLAUSE.iter().any(|word| lower.contains(word))
        || lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| CLAUSE_WORDS.contains(&word))
}

/// Whether the opening of a paragraph is a sentence rather than a heading.
pub(crate) fn is_sentence(opening: &str) -> bool {
    let lower = opening.to_lowercase();
    SENTENCE.iter().any(|word| lower.contains(word))
        || lower
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| CLAUSE_WORDS.contains(&word))
}

/// Whether the name is that of an office or a party, such as `瑞士代表` or `The Chair`.
pub(crate) fn is_office(name: &str) -> bool {
    let lower = name.trim().to_lowercase();
    OFFICE.iter().any(|office| lower.ends_with(office))
}

/// How much a text sounds like speech: first and second persons and courtesies in a thousand
/// characters.
pub(crate) fn speech_rate(text: &str) -> f32 {
    let (mut hits, mut characters) = (0u32, 0u32);
    let mut word = String::new();
    let mut previous = ' ';
    for c in text.chars() {
        characters += u32::from(!c.is_whitespace());
        // 我们 stands in reports as well; 我 alone does not.
        hits += u32::from(matches!(c, '你' | '您'));
        hits += u32::from(previous == '我' && !matches!(c, '们' | '們' | '国' | '國'));
        hits += u32::from(matches!(
            (previous, c),
            ('谢', '谢') | ('謝', '謝') | ('大', '家')
        ));
        previous = c;
        if c.is_ascii_alphabetic() || c == '\'' {
            word.push(c.to_ascii_lowercase());
        } else if !word.is_empty() {
            let said = matches!(
                word.as_str(),
                "i" | "i'm"
                    | "i'll"
                    | "i've"
                    | "you"
                    | "your"
                    | "thank"
                    | "thanks"
                    | "yeah"
                    | "okay"
                    | "me"
                    | "my"
            );
            hits += u32::from(said);
            word.clear();
        }
    }
    1000.0 * hits as f32 / characters.max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stage_directions_are_told_from_inaudible_marks_and_remarks() {
        assert_eq!(find_stage_direction("a (Laughter) b"), Some(2..12));
        assert_eq!(find_stage_direction("协议 (IP) 和 [听不清]"), None);
        for line in [
            "[笑声]",
            "(书记员音频连接中断)",
            "笑声",
            "[Applause]",
            "（播放影片）",
        ] {
            assert!(is_stage_line(line), "{line}");
        }
        for line in ["[听不清]", "(GAC) 主席", "谢谢", "(一) 和 (二)"] {
            assert!(!is_stage_line(line), "{line}");
        }
    }

    #[test]
    fn notes_on_the_record_are_told_from_speech() {
        assert!(is_disclaimer("注：下文是一份由音频文件抄录而成的文档。"));
        assert!(is_disclaimer(
            "The following is the output of transcribing from an audio file. It is not an \
             authoritative record."
        ));
        assert!(!is_disclaimer("注意到音频有问题。"));
        assert!(!is_disclaimer(
            "So the transcript of the audio is an accurate, official record."
        ));
        assert!(!is_disclaimer("注：见附件。"));
    }
}
