//! Collections to search in: from random lines, and two that have every kind of entry a pack can
//! hold.

use std::sync::LazyLock;

use turnsearch_model::{
    Collection, Event, Field, Kind, Meeting, Metadata, Speaker, SpeakerId, Turn,
};

/// A collection from lines: `# title` opens a meeting, `## heading` gives the next turn a heading,
/// `name: text` is a turn of that speaker, every other line one of nobody.
pub fn collection_of(lines: &str) -> Collection {
    let mut collection = Collection::default();
    let mut headings = Vec::new();
    for line in lines.lines() {
        if let Some(heading) = line.strip_prefix("## ") {
            headings.push(heading.to_owned());
        } else if let Some(title) = line.strip_prefix("# ") {
            open_meeting(&mut collection, Some(title));
        } else {
            let turn = turn(&mut collection, line, std::mem::take(&mut headings));
            push(&mut collection, turn);
        }
    }
    collection
}

fn open_meeting(collection: &mut Collection, title: Option<&str>) {
    let number = collection.meetings.len();
    let mut meta = Metadata::default();
    meta[Field::Title] = title.map(str::to_owned);
    meta[Field::Date] = Some(format!("20{:02}-03-0{}", number % 100, number % 9 + 1));
    collection.meetings.push(Meeting {
        id: format!("m{number}"),
        source: format!("m{number}.txt"),
        kind: Kind::Transcript,
        meta,
        turns: Vec::new(),
    });
}

fn turn(collection: &mut Collection, line: &str, heading: Vec<String>) -> Turn {
    let (speaker, text) = match line.split_once(": ") {
        Some((name, text)) => (Some(speaker_called(collection, name)), text),
        None => (None, line),
    };
    Turn {
        speaker,
        heading,
        text: text.to_owned(),
        ..Turn::default()
    }
}

fn speaker_called(collection: &mut Collection, name: &str) -> SpeakerId {
    let known = collection.speakers.iter();
    let at = known
        .clone()
        .position(|speaker| speaker.name == name)
        .unwrap_or_else(|| {
            let speaker = Speaker {
                name: name.to_owned(),
                ..Speaker::default()
            };
            collection.speakers.push(speaker);
            collection.speakers.len() - 1
        });
    SpeakerId::at(at)
}

fn push(collection: &mut Collection, mut turn: Turn) {
    if collection.meetings.is_empty() {
        open_meeting(collection, None);
    }
    if let Some(meeting) = collection.meetings.last_mut() {
        turn.n = meeting.turns.len() as u32 + 1;
        meeting.turns.push(turn);
    }
}

/// Packs that hold an entry of every kind: one of ideographs, one of Latin letters.
///
/// They are made, not stored, so that they are always of the current format version.
pub fn samples() -> &'static [Vec<u8>] {
    static SAMPLES: LazyLock<Vec<Vec<u8>>> = LazyLock::new(|| {
        let packs = [IDEOGRAPHS, LATIN].map(|lines| turnsearch_pack::write(&decorated(lines)));
        packs.into_iter().flatten().collect()
    });
    assert_eq!(SAMPLES.len(), 2, "the writer refused a sample");
    &SAMPLES
}

const IDEOGRAPHS: &str = "# 互联网治理 第一次会议
莎莉·科斯特顿: 大家好，今天讨论域名系统的安全和 DNS 滥用问题。
帕特里克·琼斯: 谢谢莎莉。多利益相关方模式是互联网治理的基础，域名系统也是。
什么时候召开第二次会议？顧問委員會將在三月召開會議。
## 第二部分
莎莉·科斯特顿: 第二次会议在三月召开，多利益相关方模式的讨论在那里继续。
# 互联网治理 第二次会议
帕特里克·琼斯: ＩＣＡＮＮ 和域名系统安全扩展 DNSSEC，著作权与 e‑mail。
";

const LATIN: &str = "# Working group on names, first call
Ann Lee: We welcome everybody to the working group on domain names.
Bob Ray: Thank you, Ann. The domain name system has two stakeholders here, the stakeholder groups.
Who speaks next? A café, naïve ﬁles and 1,000 DNSSEC keys.
## Any other business
Ann Lee: The stakeholder groups meet again, the domain names stay on the list.
# Working group on names, second call
Bob Ray: Domain names and the DNS: the working group's second call.
";

/// The collection of `lines` with what lines cannot say: aliases, roles, times, events, a document,
/// every field.
fn decorated(lines: &str) -> Collection {
    let mut collection = collection_of(lines);
    collection.title = Some("样本 Sample".to_owned());
    collection.language = Some("zh-Hans".to_owned());
    for speaker in &mut collection.speakers {
        speaker.aliases = vec![speaker.name.to_uppercase(), "别名 Alias".to_owned()];
        speaker.role = Some("Chair 主席".to_owned());
    }
    for meeting in &mut collection.meetings {
        let text = |text: &str| Some(text.to_owned());
        meeting.meta[Field::Event] = text("ICANN70");
        meeting.meta[Field::Time] = text("10:00-11:30");
        meeting.meta[Field::Zone] = text("JST");
        meeting.meta[Field::Place] = text("京都 Kyoto");
        meeting.meta[Field::Language] = text("en");
        meeting.meta[Field::Url] = text("https://example.org/record");
        meeting.meta[Field::Media] = text("https://example.org/record.mp4");
        for (turn, start) in meeting.turns.iter_mut().zip((0u64..).step_by(7000)) {
            turn.start_ms = Some(start);
            turn.end_ms = Some(start + 6000);
            turn.events = vec![Event {
                offset: turn.text.chars().next().map_or(0, char::len_utf8),
                text: "[笑声]".to_owned(),
            }];
        }
    }
    if let Some(last) = collection.meetings.last_mut() {
        last.kind = Kind::Document;
        for turn in &mut last.turns {
            turn.speaker = None;
            turn.heading = vec!["第一章 Chapter".to_owned(), "第一节 Section".to_owned()];
        }
    }
    collection
}
