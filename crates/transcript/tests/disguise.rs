//! Transcripts of the same family that nobody has seen: the seeds with other labels, other names,
//! other line lengths and page furniture in random places.
//!
//! What the parser makes of a seed (which `golden.rs` holds against listings made by hand) is
//! written out again in a disguise; parsed again it must give the same turns.

use std::fmt::Write as _;
use std::path::Path;

use turnsearch_model::{Field, Kind, SpeakerId, Turn};
use turnsearch_transcript::{Corrections, Parsed, parse};

/// Share of turns that must come out identical, over all disguises.
const IDENTICAL: f64 = 0.99;
/// The same for the blocks of a document: one heading that is missed changes the path of all
/// blocks below it.
const IDENTICAL_BLOCKS: f64 = 0.97;
/// The same in any one disguise of one seed.
const IDENTICAL_EACH: f64 = 0.8;

/// A small generator, so that every run sees the same disguises (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, limit: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((z ^ (z >> 31)) % limit as u64).expect("below the limit")
    }

    fn pick<'a, T>(&mut self, items: &'a [T]) -> &'a T {
        &items[self.below(items.len())]
    }
}

/// How labels are printed.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Labels {
    /// `Name: text`
    Colon,
    /// `Name：text`
    Wide,
    /// `Name:` alone on a line
    Alone,
    /// `Name ：text`
    Blank,
    /// `中文名` and `(LATIN NAME): text` below it
    TwoLines,
    /// `Name（， 主席）：text`
    Role,
    /// `>> Name: text`
    Chevron,
    /// A different one of the plain forms every time
    Mixed,
    /// `**Name:** text`
    Bold,
    /// `### Name:`
    Heading,
}

impl Labels {
    fn is_markdown(self) -> bool {
        matches!(self, Labels::Bold | Labels::Heading)
    }
}

/// Which names the speakers are given.
#[derive(Debug, Clone, Copy)]
enum Names {
    Kept,
    Transliterated,
    Chinese,
    Capitals,
    Title,
}

/// How long lines are, and what stands between them.
#[derive(Debug, Clone, Copy)]
enum Lines {
    Whole,
    /// Wrapped at these columns, paragraphs parted by a blank line.
    Wrapped(usize),
    /// Wrapped, with a blank line behind every line.
    Spaced(usize),
}

#[derive(Debug, Clone, Copy)]
struct Disguise {
    labels: Labels,
    names: Names,
    lines: Lines,
    furniture: bool,
}

const SURNAMES: [&str; 12] = [
    "王", "李", "张", "刘", "陈", "杨", "赵", "黄", "周", "吴", "徐", "孙",
];
const GIVEN: [&str; 14] = [
    "建国", "晓明", "淑芬", "志强", "雅婷", "俊杰", "怡君", "海燕", "文博", "思远", "丽华", "子涵",
    "国栋", "春梅",
];
const SYLLABLES: [&str; 16] = [
    "安", "德", "莉", "娜", "卡", "洛", "米", "特", "罗", "贝", "尔", "维", "奥", "希", "伦", "帕",
];
const FIRST: [&str; 14] = [
    "Ingrid", "Tomas", "Leila", "Kwame", "Sofia", "Henrik", "Amara", "Diego", "Yuki", "Nadia",
    "Oskar", "Priya", "Samir", "Elena",
];
const LAST: [&str; 14] = [
    "Halvorsen",
    "Okafor",
    "Lindqvist",
    "Mbeki",
    "Castellano",
    "Novak",
    "Ferrante",
    "Takahashi",
    "Brandt",
    "Dubois",
    "Petrov",
    "Almeida",
    "Kowalski",
    "Rahman",
];

/// A name with the part by which people call it.
fn invent(names: Names, index: usize, random: &mut Random) -> (String, String) {
    let latin = || {
        let first = FIRST[index % FIRST.len()];
        let last = LAST[(index * 5 + index / FIRST.len()) % LAST.len()];
        (format!("{first} {last}"), first.to_owned())
    };
    match names {
        Names::Kept => (String::new(), String::new()),
        Names::Title => latin(),
        Names::Capitals => {
            let (name, called) = latin();
            (name.to_uppercase(), called)
        }
        Names::Chinese => {
            let surname = SURNAMES[index % SURNAMES.len()];
            let given = GIVEN[(index * 3 + index / SURNAMES.len()) % GIVEN.len()];
            (format!("{surname}{given}"), format!("{surname}{given}"))
        }
        Names::Transliterated => {
            let mut part = |length: usize| -> String {
                (0..length).map(|_| *random.pick(&SYLLABLES)).collect()
            };
            // The index makes parts different that the generator could draw twice.
            let first = format!("{}{}", SYLLABLES[index % 16], part(2));
            let last = format!("{}{}", SYLLABLES[(index / 2 + 5) % 16], part(2));
            (format!("{first}·{last}"), first)
        }
    }
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| !c.is_whitespace()).collect()
}

fn first_part(name: &str) -> &str {
    name.split(['·', ' ']).next().unwrap_or(name)
}

/// A speaker in the disguise.
struct Person {
    name: String,
    latin: String,
}

/// Who speaks, what, and the events with the number of the paragraph in which they stand.
type Said = (Option<SpeakerId>, String, Vec<(usize, String)>);

/// A seed in other words: who says what.
struct Script {
    head: Vec<String>,
    people: Vec<Person>,
    turns: Vec<Said>,
}

impl Script {
    fn of(parsed: &Parsed, disguise: Disguise, random: &mut Random) -> Script {
        let mut replacements: Vec<(String, String)> = Vec::new();
        let mut people = Vec::new();
        for (index, speaker) in parsed.speakers.iter().enumerate() {
            let (name, called) = invent(disguise.names, index, random);
            let (name, called) = if name.is_empty() {
                (speaker.name.clone(), first_part(&speaker.name).to_owned())
            } else {
                (name, called)
            };
            let old_call = first_part(&speaker.name);
            let shared = parsed
                .speakers
                .iter()
                .filter(|other| first_part(&other.name).eq_ignore_ascii_case(old_call))
                .count()
                > 1;
            replacements.push((speaker.name.clone(), title_case(&name)));
            if speaker.name.is_ascii() {
                replacements.push((title_case(&speaker.name), title_case(&name)));
                if !shared {
                    replacements.push((title_case(old_call), called));
                }
            } else if old_call != speaker.name && !shared {
                replacements.push((old_call.to_owned(), called));
            }
            let latin = format!(
                "{} {}",
                FIRST[(index + 3) % 14],
                LAST[(index * 3 + index / 14) % 14]
            );
            people.push(Person {
                name,
                latin: latin.to_uppercase(),
            });
        }
        if matches!(disguise.names, Names::Kept) {
            replacements.clear();
        }
        let turns = parsed
            .meeting
            .turns
            .iter()
            .filter(|turn| turn.speaker.is_some() || !disguise.labels.is_markdown())
            .map(|turn| {
                let (text, events) = rename(turn, &replacements);
                (turn.speaker, text, events)
            })
            .collect();
        let head = parsed
            .furniture
            .iter()
            .filter(|piece| matches!(piece.reason.as_str(), "title" | "date" | "place"))
            .map(|piece| piece.text.clone())
            .collect();
        Script {
            head,
            people,
            turns,
        }
    }

    /// The turns as the parser should give them.
    fn expected(&self) -> Vec<(String, String, Vec<String>)> {
        self.turns
            .iter()
            .map(|(speaker, text, events)| {
                let name = speaker.map_or_else(
                    || "-".to_owned(),
                    |speaker| self.people[speaker.index()].name.clone(),
                );
                (
                    name,
                    squeeze(text),
                    events.iter().map(|(_, event)| squeeze(event)).collect(),
                )
            })
            .collect()
    }
}

fn title_case(name: &str) -> String {
    if !name.is_ascii() {
        return name.to_owned();
    }
    let mut out = String::new();
    for (index, word) in name.split(' ').enumerate() {
        let (first, rest) = word.split_at(1.min(word.len()));
        write!(
            out,
            "{}{first}{}",
            if index > 0 { " " } else { "" },
            rest.to_lowercase()
        )
        .expect("a string");
    }
    out
}

/// The text of a turn under other names. Events keep their places by paragraph: they are moved to
/// the end of the paragraph in which they stand.
fn rename(turn: &Turn, replacements: &[(String, String)]) -> (String, Vec<(usize, String)>) {
    let replaced = |text: &str| {
        let mut text = text.to_owned();
        for (old, new) in replacements {
            text = text.replace(old.as_str(), new);
        }
        text
    };
    let events = turn
        .events
        .iter()
        .map(|event| {
            (
                turn.text[..event.offset].matches('\n').count(),
                event.text.clone(),
            )
        })
        .collect();
    (replaced(&turn.text), events)
}

/// The paragraphs of the disguise: each with whether it is an event or a label on its own.
fn paragraphs(script: &Script, labels: Labels, random: &mut Random) -> Vec<String> {
    let mut out = script.head.clone();
    for (speaker, text, events) in &script.turns {
        let plain = [Labels::Colon, Labels::Wide, Labels::Alone, Labels::Blank];
        let form = if labels == Labels::Mixed {
            *random.pick(&plain)
        } else {
            labels
        };
        let mut lines: Vec<String> = text.split('\n').map(str::to_owned).collect();
        for (paragraph, event) in events.iter().rev() {
            lines.insert((paragraph + 1).min(lines.len()), event.clone());
        }
        let first = lines[0].clone();
        let Some(speaker) = speaker else {
            lines[0] = format!(">> {first}");
            out.append(&mut lines);
            continue;
        };
        let Person { name, latin } = &script.people[speaker.index()];
        match form {
            Labels::Colon | Labels::Mixed => lines[0] = format!("{name}: {first}"),
            Labels::Wide => lines[0] = format!("{name}：{first}"),
            Labels::Blank => lines[0] = format!("{name} ：{first}"),
            Labels::Role => lines[0] = format!("{name}（ ， 主席）：{first}"),
            Labels::Chevron => lines[0] = format!(">> {name}: {first}"),
            Labels::Bold => lines[0] = format!("**{name}:** {first}"),
            Labels::Alone => lines.insert(0, format!("{name}:")),
            Labels::Heading => lines.insert(0, format!("### {name}：")),
            Labels::TwoLines if name.is_ascii() => lines[0] = format!("{name}: {first}"),
            Labels::TwoLines => {
                lines[0] = format!("({latin}): {first}");
                lines.insert(0, name.clone());
            }
        }
        out.append(&mut lines);
    }
    out
}

/// Breaks a paragraph into lines of at most so many columns: between ideographs, and at blanks.
fn wrap(paragraph: &str, columns: usize) -> Vec<String> {
    let wide = |c: char| if c >= '\u{1100}' { 2 } else { 1 };
    let breakable = |before: char, after: char| {
        let closing = "，。？！：；、）”’》…";
        let opening = "（“‘《(";
        before == ' '
            || (before >= '\u{2e80}' || after >= '\u{2e80}')
                && !closing.contains(after)
                && !opening.contains(before)
                && !(after < '\u{2e80}' && !after.is_alphanumeric() && after != '(')
    };
    let characters: Vec<char> = paragraph.chars().collect();
    let mut lines = Vec::new();
    let mut start = 0;
    while start < characters.len() {
        let (mut width, mut end, mut last) = (0, start, None);
        while end < characters.len() {
            width += wide(characters[end]);
            if width > columns && characters[end] != ' ' {
                break;
            }
            end += 1;
            if end < characters.len() && breakable(characters[end - 1], characters[end]) {
                last = Some(end);
            }
        }
        if end < characters.len() {
            end = last.unwrap_or(end).max(start + 1);
        }
        lines.push(
            characters[start..end]
                .iter()
                .collect::<String>()
                .trim()
                .to_owned(),
        );
        start = end;
    }
    lines.retain(|line| !line.is_empty());
    lines
}

/// The file: paragraphs as lines, with furniture between any two of them.
fn print(paragraphs: &[String], disguise: Disguise, title: &str, random: &mut Random) -> String {
    let mut lines: Vec<(String, bool)> = Vec::new();
    for paragraph in paragraphs {
        if paragraph.is_empty() {
            lines.push((String::new(), true));
            continue;
        }
        let wrapped = match disguise.lines {
            Lines::Whole => vec![paragraph.clone()],
            Lines::Wrapped(columns) | Lines::Spaced(columns) => wrap(paragraph, columns),
        };
        let last = wrapped.len().saturating_sub(1);
        let spaced = matches!(disguise.lines, Lines::Spaced(_));
        lines.extend(
            wrapped
                .into_iter()
                .enumerate()
                .map(|(at, line)| (line, at == last || spaced)),
        );
    }
    let every = if matches!(disguise.lines, Lines::Whole) {
        9
    } else {
        37
    };
    let mut out = String::new();
    let mut page = 0;
    for (at, (line, gap)) in lines.iter().enumerate() {
        writeln!(out, "{line}").expect("a string");
        if *gap {
            out.push('\n');
        }
        if disguise.furniture && at > 6 && random.below(every) == 0 {
            page += 1;
            let piece = match random.below(5) {
                0 => format!("{page}"),
                1 => format!("- {page} -"),
                2 => format!("第 {page} 页，共 40 页"),
                3 => format!("{title}\n\nPage {page} of 40"),
                _ => "---".to_owned(),
            };
            let blank = if *gap { "" } else { "\n" };
            write!(out, "{blank}{piece}\n\n").expect("a string");
        }
    }
    out
}

/// How many turns of the two lists are identical, in order (longest common subsequence).
fn identical<T: PartialEq>(expected: &[T], found: &[T]) -> usize {
    let mut row = vec![0usize; found.len() + 1];
    for item in expected {
        let mut diagonal = 0;
        for (at, other) in found.iter().enumerate() {
            let above = row[at + 1];
            row[at + 1] = if item == other {
                diagonal + 1
            } else {
                above.max(row[at])
            };
            diagonal = above;
        }
    }
    row[found.len()]
}

fn seeds() -> Vec<Parsed> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut paths: Vec<_> = std::fs::read_dir(folder)
        .expect("the seeds")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .collect();
    paths.sort();
    paths
        .iter()
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            parse(
                &name,
                &std::fs::read(path).expect("readable"),
                &Corrections::NONE,
            )
            .expect("a seed that parses")
        })
        .collect()
}

fn disguises() -> Vec<Disguise> {
    let labels = [
        Labels::Colon,
        Labels::Wide,
        Labels::Alone,
        Labels::Blank,
        Labels::TwoLines,
        Labels::Role,
        Labels::Chevron,
        Labels::Mixed,
        Labels::Bold,
        Labels::Heading,
    ];
    let names = [
        Names::Kept,
        Names::Transliterated,
        Names::Chinese,
        Names::Capitals,
        Names::Title,
    ];
    let lines = [
        Lines::Whole,
        Lines::Wrapped(20),
        Lines::Wrapped(30),
        Lines::Wrapped(40),
        Lines::Spaced(20),
        Lines::Spaced(30),
        Lines::Spaced(40),
    ];
    let mut all = Vec::new();
    for (index, &labels) in labels.iter().enumerate() {
        for (shift, &names) in names.iter().enumerate() {
            for step in 0..2 {
                // Markup is not wrapped by columns: its lines are paragraphs.
                let lines = if labels.is_markdown() {
                    Lines::Whole
                } else {
                    lines[(index + 2 * shift + 3 * step) % 7]
                };
                all.push(Disguise {
                    labels,
                    names,
                    lines,
                    furniture: step == 1,
                });
            }
        }
    }
    all
}

fn compare(expected: &[(String, String, Vec<String>)], parsed: &Parsed) -> (usize, Vec<String>) {
    let found: Vec<(String, String, Vec<String>)> = parsed
        .meeting
        .turns
        .iter()
        .map(|turn| {
            let name = turn.speaker.map_or_else(
                || "-".to_owned(),
                |speaker| parsed.speakers[speaker.index()].name.clone(),
            );
            let events = turn
                .events
                .iter()
                .map(|event| squeeze(&event.text))
                .collect();
            (name, squeeze(&turn.text), events)
        })
        .collect();
    let mut missing = Vec::new();
    for (name, text, events) in expected {
        if !found
            .iter()
            .any(|turn| turn == &(name.clone(), text.clone(), events.clone()))
        {
            let begin: String = text.chars().take(24).collect();
            let other = found
                .iter()
                .find(|(_, other, _)| other.starts_with(&begin))
                .map(|(name, other, events)| {
                    let end: String = other
                        .chars()
                        .rev()
                        .take(24)
                        .collect::<Vec<_>>()
                        .into_iter()
                        .rev()
                        .collect();
                    format!(
                        "{name}, {} characters, … {end} {events:?}",
                        other.chars().count()
                    )
                });
            missing.push(format!(
                "{name}: {begin}…, {} characters {events:?} => {other:?}",
                text.chars().count()
            ));
        }
    }
    (identical(expected, &found), missing)
}

#[test]
fn disguised_transcripts_give_the_same_turns() {
    let (mut all, mut same) = (0, 0);
    let mut report = String::new();
    for seed in seeds()
        .iter()
        .filter(|seed| seed.meeting.kind == Kind::Transcript)
    {
        for (number, disguise) in disguises().into_iter().enumerate() {
            let mut random = Random(number as u64 * 7919 + seed.meeting.turns.len() as u64);
            let script = Script::of(seed, disguise, &mut random);
            let paragraphs = paragraphs(&script, disguise.labels, &mut random);
            let title = seed.meeting.meta[Field::Title].clone().unwrap_or_default();
            let text = print(&paragraphs, disguise, &title, &mut random);
            let expected = script.expected();
            let name = format!("{} as {disguise:?}", seed.meeting.id);
            let parsed = parse("disguise.txt", text.as_bytes(), &Corrections::NONE)
                .unwrap_or_else(|error| panic!("{name}: {error}"));
            assert!(parsed.account.is_balanced(), "{name}: {:?}", parsed.account);
            let (identical, missing) = compare(&expected, &parsed);
            all += expected.len();
            same += identical;
            if identical < expected.len() {
                writeln!(report, "{name}: {identical} of {}", expected.len()).expect("a string");
                for line in missing.iter().take(4) {
                    writeln!(report, "    {line}").expect("a string");
                }
            }
            if let Ok(folder) = std::env::var("TURNSEARCH_DISGUISES") {
                let path = Path::new(&folder).join(format!("{}-{number}.txt", seed.meeting.id));
                std::fs::write(path, &text).expect("a folder for the disguises");
            }
            assert!(
                identical as f64 >= IDENTICAL_EACH * expected.len() as f64,
                "{report}"
            );
        }
    }
    let share = same as f64 / all as f64;
    println!(
        "{same} of {all} turns identical ({:.2} %)\n{report}",
        100.0 * share
    );
    assert!(share >= IDENTICAL, "{report}");
}

#[test]
fn a_disguised_document_gives_the_same_blocks() {
    let (mut all, mut same) = (0, 0);
    let mut report = String::new();
    for seed in seeds()
        .iter()
        .filter(|seed| seed.meeting.kind == Kind::Document)
    {
        let blocks = |parsed: &Parsed| -> Vec<(String, String)> {
            let turns = parsed.meeting.turns.iter();
            turns
                .map(|turn| (squeeze(&turn.heading.join(">")), squeeze(&turn.text)))
                .collect()
        };
        let expected = blocks(seed);
        for (number, lines) in [
            Lines::Whole,
            Lines::Wrapped(30),
            Lines::Wrapped(40),
            Lines::Spaced(80),
        ]
        .into_iter()
        .enumerate()
        {
            for furniture in [false, true] {
                let disguise = Disguise {
                    labels: Labels::Colon,
                    names: Names::Kept,
                    lines,
                    furniture,
                };
                let mut random = Random(number as u64);
                let mut paragraphs: Vec<String> = seed
                    .furniture
                    .iter()
                    .filter(|piece| piece.reason.as_str() == "title")
                    .map(|piece| piece.text.clone())
                    .collect();
                for turn in &seed.meeting.turns {
                    let label = turn.label.clone().unwrap_or_default();
                    let mut heads: Vec<&str> = label.split('\n').collect();
                    let run_in = heads.pop().unwrap_or("");
                    let standing = !run_in.is_empty() && !run_in.ends_with(['：', '。']);
                    let text = &turn.text;
                    if standing || !heads.is_empty() {
                        // The seed begins a page here; in lines that are all followed by a blank
                        // one nothing else tells a heading from the last words of a list.
                        paragraphs.push(String::new());
                    }
                    paragraphs.extend(heads.into_iter().map(str::to_owned));
                    if standing || text.starts_with('•') && !run_in.is_empty() {
                        paragraphs.push(run_in.to_owned());
                        paragraphs.extend(text.split('\n').map(str::to_owned));
                    } else {
                        let whole = format!("{run_in}{text}");
                        paragraphs.extend(whole.split('\n').map(str::to_owned));
                    }
                }
                let text = print(&paragraphs, disguise, "战略计划 2012", &mut random);
                let parsed =
                    parse("disguise.txt", text.as_bytes(), &Corrections::NONE).expect("a document");
                assert!(
                    parsed.account.is_balanced(),
                    "{disguise:?}: {:?}",
                    parsed.account
                );
                let found = blocks(&parsed);
                let identical = identical(&expected, &found);
                all += expected.len();
                same += identical;
                if identical < expected.len() {
                    writeln!(
                        report,
                        "{disguise:?}: {identical} of {} ({})",
                        expected.len(),
                        found.len()
                    )
                    .expect("a string");
                    for (heading, text) in expected
                        .iter()
                        .filter(|block| !found.contains(block))
                        .take(6)
                    {
                        writeln!(
                            report,
                            "    {heading}: {}",
                            text.chars().take(30).collect::<String>()
                        )
                        .expect("a string");
                    }
                }
                if let Ok(folder) = std::env::var("TURNSEARCH_DISGUISES") {
                    let path =
                        Path::new(&folder).join(format!("document-{number}-{furniture}.txt"));
                    std::fs::write(path, &text).expect("a folder for the disguises");
                }
            }
        }
    }
    let share = same as f64 / all as f64;
    println!(
        "{same} of {all} blocks identical ({:.2} %)\n{report}",
        100.0 * share
    );
    assert!(share >= IDENTICAL_BLOCKS, "{report}");
}
