//! The few words that the pages themselves say, in the languages of the widget.

/// Texts of one language.
#[derive(Debug)]
pub struct Words {
    /// BCP 47 tag.
    pub language: &'static str,
    pub untitled: &'static str,
    pub search: &'static str,
    pub all_meetings: &'static str,
    pub previous: &'static str,
    pub next: &'static str,
    pub source: &'static str,
    pub recording: &'static str,
    pub needs_script: &'static str,
    /// Totals of the collection.
    pub about: fn(turns: u32, meetings: usize) -> String,
}

const ENGLISH: Words = Words {
    language: "en",
    untitled: "Transcripts",
    search: "Search",
    all_meetings: "All meetings",
    previous: "Previous",
    next: "Next",
    source: "Source",
    recording: "Recording",
    needs_script: "The search needs JavaScript.",
    about: |turns, meetings| {
        let (turn_ending, meeting_ending) = (plural(turns == 1), plural(meetings == 1));
        format!("{turns} turn{turn_ending} in {meetings} meeting{meeting_ending}.")
    },
};

const SIMPLIFIED: Words = Words {
    language: "zh-Hans",
    untitled: "会议记录",
    search: "搜索",
    all_meetings: "全部记录",
    previous: "上一篇",
    next: "下一篇",
    source: "原文",
    recording: "录音录像",
    needs_script: "搜索需要 JavaScript。",
    about: |turns, meetings| format!("{meetings} 份记录，{turns} 段发言。"),
};

const TRADITIONAL: Words = Words {
    language: "zh-Hant",
    untitled: "會議紀錄",
    search: "搜尋",
    all_meetings: "全部紀錄",
    previous: "上一篇",
    next: "下一篇",
    source: "原文",
    recording: "錄音錄影",
    needs_script: "搜尋需要 JavaScript。",
    about: |turns, meetings| format!("{meetings} 份紀錄，{turns} 段發言。"),
};

fn plural(one: bool) -> &'static str {
    if one { "" } else { "s" }
}

/// The words for a page in `language` (a BCP 47 tag): Chinese by its script or region, else
/// English.
pub fn words(language: Option<&str>) -> &'static Words {
    let tag = language.unwrap_or_default().to_lowercase();
    let mut parts = tag.split('-');
    if parts.next() != Some("zh") {
        return &ENGLISH;
    }
    if parts.any(|part| ["hant", "tw", "hk", "mo"].contains(&part)) {
        &TRADITIONAL
    } else {
        &SIMPLIFIED
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_choose_the_words() {
        for (tag, language) in [
            (None, "en"),
            (Some("de"), "en"),
            (Some("zh"), "zh-Hans"),
            (Some("zh-CN"), "zh-Hans"),
            (Some("zh-TW"), "zh-Hant"),
            (Some("zh-Hant-HK"), "zh-Hant"),
        ] {
            assert_eq!(words(tag).language, language);
        }
        assert_eq!((ENGLISH.about)(1, 2), "1 turn in 2 meetings.");
    }
}
