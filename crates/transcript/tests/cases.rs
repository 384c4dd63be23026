//! Small files of the kinds that people hold, against truths written by hand.
//!
//! `tests/cases/KIND/NAME.truth` is what a careful person types up from `tests/cases/KIND/NAME`:
//!
//! ```text
//! # a remark
//! title: Harbour committee              what the file states, absent where it states nothing
//! paragraphs: free                      turns of nobody may be cut anywhere
//! longest: 1500                         in bytes; no turn has more
//! ---
//! heading | Crane / The hook            of all turns below it; `-` ends it
//! 1:02.5 | Anna Weber | The text.       when it begins (`-`: not stated), who speaks, what
//!   More of the same turn.
//! - | (nobody) | A line that no one says.
//! event | [applause]                    in the turn above it
//! furniture | Page 12                   in no turn
//! either | Present: Anna Weber          in no turn or in one of nobody
//! ```
//!
//! Or it is one line, `error: …`, with words that the message must have. White space and the
//! brackets around events make no difference.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use turnsearch_model::{Event, Turn};
use turnsearch_transcript::{Corrections, Parsed, parse};

/// Files that come out otherwise than their truth says, and what is wrong.
const KNOWN: &[(&str, &str)] = &[
    (
        "minutes/list-bold.md",
        "the address of a topic is taken for that of the meeting",
    ),
    (
        "minutes/m.txt",
        "two speakers before the first label that comes back are left out",
    ),
    (
        "srt-labels/third-once.srt",
        "`Вывод один` is set like whoever speaks once",
    ),
];

const NOBODY: &str = "(nobody)";

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

/// One line of a truth after its head.
#[derive(Debug, Clone, PartialEq)]
enum Row {
    Heading(String),
    Turn(Option<u64>, String, String),
    Event(String),
    Furniture(String),
    Either(String),
}

impl Row {
    /// What may be furniture or of nobody, without white space.
    fn either(&self) -> String {
        match self {
            Row::Either(text) => squeezed(text),
            _ => String::new(),
        }
    }
}

#[derive(Debug, Default)]
struct Truth {
    /// Words that the message must have, where the file is refused.
    error: Option<String>,
    meta: BTreeSet<String>,
    free: bool,
    longest: Option<usize>,
    rows: Vec<Row>,
}

impl Truth {
    fn read(text: &str, name: &str) -> Truth {
        let mut truth = Truth::default();
        let (head, body) = text.split_once("---\n").unwrap_or((text, ""));
        for line in head.lines() {
            match line
                .split_once(": ")
                .map(|(key, value)| (key, value.trim()))
            {
                _ if line.trim().is_empty() || line.starts_with('#') => {}
                Some(("error", words)) => truth.error = Some(words.to_owned()),
                Some(("paragraphs", "free")) => truth.free = true,
                Some(("longest", bytes)) => truth.longest = bytes.parse().ok(),
                Some((key, value)) => drop(truth.meta.insert(format!("{key}: {value}"))),
                None => panic!("{name}: {line:?} is no line of the head of a truth"),
            }
        }
        for line in body.lines() {
            if line.trim().is_empty() || line.starts_with('#') {
                continue;
            }
            if let (true, Some(Row::Turn(_, _, text))) =
                (line.starts_with(' '), truth.rows.last_mut())
            {
                *text = collapsed(&format!("{text} {line}"));
                continue;
            }
            let row = line.split_once(" |").and_then(|(what, rest)| {
                Some(match what {
                    "heading" => Row::Heading(collapsed(rest)),
                    "event" => Row::Event(bare(rest)),
                    "furniture" => Row::Furniture(collapsed(rest)),
                    "either" => Row::Either(collapsed(rest)),
                    "-" => turn(None, rest)?,
                    time => turn(Some(milliseconds(time)?), rest)?,
                })
            });
            truth
                .rows
                .push(row.unwrap_or_else(|| panic!("{name}: {line:?} is no line of a truth")));
        }
        truth
    }
}

fn turn(start: Option<u64>, rest: &str) -> Option<Row> {
    let (name, text) = rest.split_once(" |")?;
    Some(Row::Turn(start, name.trim().to_owned(), collapsed(text)))
}

/// Reads `12`, `1:02.5` and `1:00:02.500`.
fn milliseconds(time: &str) -> Option<u64> {
    let (whole, fraction) = time.split_once('.').unwrap_or((time, ""));
    let mut seconds = 0;
    for part in whole.split(':') {
        seconds = 60 * seconds + part.parse::<u64>().ok()?;
    }
    Some(1000 * seconds + format!("{fraction:0<3}").parse::<u64>().ok()?)
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn squeezed(text: &str) -> String {
    text.split_whitespace().collect()
}

/// The words of an event without the brackets around them.
fn bare(text: &str) -> String {
    let ends: &[char] = &[
        '[', ']', '(', ')', '（', '）', '【', '】', '〔', '〕', '>', '♪',
    ];
    collapsed(text.trim().trim_matches(ends))
}

fn speaker<'a>(parsed: &'a Parsed, turn: &Turn) -> &'a str {
    turn.speaker
        .map_or(NOBODY, |at| parsed.speakers[at.index()].name.as_str())
}

/// What was read, as rows. Paragraphs of nobody are put together as far as the truth has them so.
fn rows(parsed: &Parsed, truth: &Truth) -> Vec<Row> {
    let mut rows = Vec::new();
    let mut heading = String::new();
    let mut wanted = truth.rows.iter().filter_map(|row| match row {
        Row::Turn(_, name, text) => Some((name.as_str(), text.as_str())),
        _ => None,
    });
    let mut whole = wanted.next();
    let mut open = false;
    let either: String = truth.rows.iter().map(Row::either).collect();
    let mut left_out: String = parsed
        .furniture
        .iter()
        .map(|piece| squeezed(&piece.text))
        .collect();
    for turn in &parsed.meeting.turns {
        // What a person may take for furniture may happen too.
        let (taken, events): (Vec<&Event>, Vec<&Event>) = turn
            .events
            .iter()
            .partition(|event| either.contains(&squeezed(&event.text)));
        left_out.extend(taken.iter().map(|event| squeezed(&event.text)));
        let events = events
            .into_iter()
            .map(|event| Row::Event(bare(&event.text)));
        if turn.speaker.is_none() && !turn.text.is_empty() && either.contains(&squeezed(&turn.text))
        {
            left_out += &squeezed(&turn.text);
            rows.extend(events);
            continue;
        }
        let path = collapsed(&turn.heading.join(" / "));
        if path != heading {
            let shown = if path.is_empty() { "-" } else { &path };
            rows.push(Row::Heading(shown.to_owned()));
            heading = path;
        }
        let (name, text) = (speaker(parsed, turn), collapsed(&turn.text));
        if truth
            .longest
            .is_some_and(|longest| turn.text.len() > longest)
        {
            rows.push(Row::Event(format!("too long: {} bytes", turn.text.len())));
        }
        match rows.last_mut() {
            // What happens before anybody has spoken.
            _ if text.is_empty() && turn.label.is_none() => {}
            Some(Row::Turn(_, _, before)) if truth.free && open && name == NOBODY => {
                *before = format!("{before} {text}");
            }
            _ => rows.push(Row::Turn(turn.start_ms, name.to_owned(), text)),
        }
        if let (Some(Row::Turn(_, name, text)), Some(want)) = (rows.last(), whole) {
            open = truth.free && want.0 == name && want.1 != text && want.1.starts_with(text);
            if !open {
                whole = wanted.next();
            }
        }
        rows.extend(events);
    }
    // What is no turn and no event is furniture, or the account would not balance.
    for row in &truth.rows {
        if let Row::Furniture(text) | Row::Either(text) = row
            && left_out.contains(&squeezed(text))
        {
            rows.push(row.clone());
        }
    }
    rows
}

fn shown(rows: &[Row]) -> Vec<String> {
    let (furniture, others): (Vec<&Row>, Vec<&Row>) = rows
        .iter()
        .partition(|row| matches!(row, Row::Furniture(_) | Row::Either(_)));
    let line = |row: &Row| match row {
        Row::Heading(text) => format!("heading | {text}"),
        Row::Event(text) => format!("event | {text}"),
        Row::Furniture(text) => format!("furniture | {text}"),
        Row::Either(text) => format!("either | {text}"),
        Row::Turn(None, name, text) => format!("- | {name} | {text}"),
        Row::Turn(Some(start), name, text) => format!(
            "{}:{:02}.{:03} | {name} | {text}",
            start / 60_000,
            start / 1000 % 60,
            start % 1000
        ),
    };
    others.into_iter().chain(furniture).map(line).collect()
}

/// The lines of both, `-` only wanted, `+` only got, with lines that agree left out.
fn difference(wanted: &[String], got: &[String]) -> String {
    let mut common = vec![vec![0usize; got.len() + 1]; wanted.len() + 1];
    for w in (0..wanted.len()).rev() {
        for g in (0..got.len()).rev() {
            common[w][g] = if wanted[w] == got[g] {
                common[w + 1][g + 1] + 1
            } else {
                common[w + 1][g].max(common[w][g + 1])
            };
        }
    }
    let (mut w, mut g) = (0, 0);
    let mut out = String::new();
    while w < wanted.len() || g < got.len() {
        if w < wanted.len() && g < got.len() && wanted[w] == got[g] {
            (w, g) = (w + 1, g + 1);
        } else if g == got.len() || w < wanted.len() && common[w + 1][g] >= common[w][g + 1] {
            let _ = writeln!(out, "  {:3} - {}", w + 1, wanted[w]);
            w += 1;
        } else {
            let _ = writeln!(out, "  {:3} + {}", g + 1, got[g]);
            g += 1;
        }
    }
    out
}

/// What differs between a file and its truth; empty if nothing does.
fn miss(path: &Path) -> String {
    let name = path.file_name().expect("a name").to_string_lossy();
    let text = std::fs::read_to_string(path.with_file_name(format!("{name}.truth")))
        .unwrap_or_else(|error| panic!("{name}.truth: {error}"));
    let truth = Truth::read(&text, &name);
    let bytes = std::fs::read(path).expect("a file");
    match (parse(&name, &bytes, &Corrections::NONE), &truth.error) {
        (Err(error), Some(words)) => {
            let message = error.to_string();
            if message.contains(words.as_str()) {
                return String::new();
            }
            format!("    - error: {words}\n    + error: {message}\n")
        }
        (Err(error), None) => format!("    + error: {error}\n"),
        (Ok(parsed), Some(words)) => {
            let got = shown(&rows(&parsed, &truth));
            format!("    - error: {words}\n{}", difference(&[], &got))
        }
        (Ok(parsed), None) => {
            let meta = parsed.meeting.meta.iter();
            let stated = meta.map(|(field, value)| format!("{}: {value}", field.name()));
            let mut got: Vec<String> = stated.collect();
            got.sort();
            got.extend(shown(&rows(&parsed, &truth)));
            let mut wanted: Vec<String> = truth.meta.iter().cloned().collect();
            wanted.extend(shown(&truth.rows));
            assert!(parsed.account.is_balanced(), "{name}: {:?}", parsed.account);
            difference(&wanted, &got)
        }
    }
}

/// Every file of every kind, as `KIND/NAME`.
fn cases() -> Vec<String> {
    let mut cases = Vec::new();
    for kind in std::fs::read_dir(folder()).expect("the cases") {
        let kind = kind.expect("a kind").path();
        if !kind.is_dir() {
            continue;
        }
        for file in std::fs::read_dir(&kind).expect("a kind") {
            let path = file.expect("a case").path();
            if path.extension().is_some_and(|ending| ending == "truth") {
                continue;
            }
            let short = path.strip_prefix(folder()).expect("a case");
            cases.push(short.to_string_lossy().replace('\\', "/"));
        }
    }
    cases.sort();
    cases
}

#[test]
fn files_come_out_as_a_person_would_type_them_up() {
    let mut wrong = String::new();
    let cases = cases();
    for case in &cases {
        let miss = miss(&folder().join(case));
        let known = KNOWN.iter().find(|(name, _)| name == case);
        match known {
            None if !miss.is_empty() => {
                let _ = write!(wrong, "{case} (- truth, + read)\n{miss}");
            }
            Some((_, reason)) if miss.is_empty() => {
                let _ = writeln!(wrong, "{case} is right now; KNOWN says: {reason}");
            }
            Some((_, reason)) => println!("{case}: {reason}\n{miss}"),
            None => {}
        }
    }
    for (name, _) in KNOWN {
        if !cases.iter().any(|case| case == name) {
            let _ = writeln!(wrong, "KNOWN names {name}, which is no case");
        }
    }
    assert!(wrong.is_empty(), "\n{wrong}");
}

/// A talk of two people and a third one; the numbers are whose turn it is.
const TALK: [(usize, &str); 11] = [
    (0, "Good evening and welcome to the harbour committee."),
    (1, "The ferry has run late on nine of the last ten Fridays."),
    (0, "What do we ask of the operator?"),
    (2, "One thing to add: the pontoon was closed twice."),
    (1, "That is fair."),
    (0, "People miss the last train otherwise."),
    (1, "A later departure at 17:40, or a relief boat."),
    (2, "The grid answered in April."),
    (0, "Then the posts are ours."),
    (1, "On to the lamps on the quay."),
    (0, "Closed at nine."),
];

/// What everybody adds in the settings that have it.
const MORE: &str = "And so on.";

/// How a label is set.
const SETTINGS: [(&str, &str); 11] = [
    ("blank", "{n}: {t}\n\n"),
    ("blank, no empty lines", "{n}: {t}\n"),
    ("line break", "{n}:\n{t}\n\n"),
    ("blank before", "{n} : {t}\n\n"),
    ("blank before, line break", "{n} :\n{t}\n\n"),
    ("full width", "{n}：{t}\n\n"),
    ("full width, line break", "{n}：\n{t}\n\n"),
    ("bold", "**{n}:** {t}\n\n"),
    ("bullets", "* {n}: {t}\n"),
    ("time before", "[00:00:{s}] {n}: {t}\n"),
    ("time below", "{n} (0:{s})\n{t}\n\n"),
];

/// The two others.
const OTHERS: [[&str; 2]; 7] = [
    ["Anna Berg", "Tom Reyes"],
    ["Anna", "Tom"],
    ["ANNA BERG", "TOM REYES"],
    ["MVL", "IOO"],
    ["anna", "tom"],
    ["Иванова", "Петренко О. В."],
    ["主席", "陳委員大同"],
];

/// What is wrong with the talk where the third one is called so; empty if nothing is. The talk
/// ends after `turns`, and the third one speaks so many `times` at most.
fn wrong_with(label: &str, others: [&str; 2], form: &str, times: usize, turns: usize) -> String {
    let people = [others[0], others[1], label.trim_end_matches(':')];
    let mut left = times;
    let mut said = Vec::new();
    for (who, text) in TALK.into_iter().take(turns) {
        if who == 2 {
            if left == 0 {
                continue;
            }
            left -= 1;
        }
        said.push((who, text));
    }
    let source: String = said
        .iter()
        .enumerate()
        .map(|(at, &(who, text))| {
            form.replace("{n}", people[who])
                .replace("{t}", text)
                .replace("{i}", &(1 + at).to_string())
                .replace("{+}", MORE)
                .replace("{s}", &(10 + 4 * at).to_string())
        })
        .collect();
    let parsed = match parse("talk.txt", source.as_bytes(), &Corrections::NONE) {
        Ok(parsed) => parsed,
        Err(error) => return format!("    {error}\n"),
    };
    let got: Vec<(&str, String)> = parsed
        .meeting
        .turns
        .iter()
        .map(|turn| (speaker(&parsed, turn), collapsed(&turn.text)))
        .collect();
    // Whatever the third one is called in the end, it is one name and none of the others'.
    let third = said
        .iter()
        .position(|&(who, _)| who == 2)
        .and_then(|at| got.get(at))
        .map_or("", |turn| turn.0);
    let third = if [people[0], people[1], NOBODY].contains(&third) {
        label
    } else {
        third
    };
    let line = |name: &str, text: &str| format!("{name} | {text}");
    let wanted: Vec<String> = said
        .iter()
        .map(|&(who, text)| {
            let more = if form.contains("{+}") { MORE } else { "" };
            let text = collapsed(&format!("{text} {more}"));
            line([people[0], people[1], third][who], &text)
        })
        .collect();
    let got: Vec<String> = got.iter().map(|(name, text)| line(name, text)).collect();
    assert!(
        parsed.account.is_balanced(),
        "{label}: {:?}",
        parsed.account
    );
    difference(&wanted, &got)
}

/// Compares what is missed with the lines of a list; `CASES=write` in the environment writes it.
fn compare(list: &str, missed: &BTreeSet<String>) {
    let path = folder().join(list);
    if std::env::var("CASES").is_ok_and(|value| value == "write") {
        let lines: String = missed.iter().map(|line| format!("{line}\n")).collect();
        std::fs::write(&path, lines).expect("a list");
        return;
    }
    let known = std::fs::read_to_string(&path).expect("a list");
    let known: BTreeSet<String> = known.lines().map(str::to_owned).collect();
    let new: Vec<&String> = missed.difference(&known).collect();
    let right: Vec<&String> = known.difference(missed).collect();
    assert!(new.is_empty(), "missed, and not in {list}: {new:#?}");
    assert!(
        right.is_empty(),
        "right now, take them off {list} with CASES=write: {right:#?}"
    );
}

fn labels() -> Vec<String> {
    let list = std::fs::read_to_string(folder().join("labels.txt")).expect("the labels");
    let lines = list.lines().filter(|line| !line.is_empty());
    lines.map(str::to_owned).collect()
}

/// Labels that are missed where the third one speaks once.
fn missed_once(form: &str, turns: usize) -> BTreeSet<String> {
    let labels = labels().into_iter();
    labels
        .filter(|label| !wrong_with(label, OTHERS[0], form, 1, turns).is_empty())
        .collect()
}

#[test]
fn the_words_of_a_third_speaker_are_their_own_whatever_they_are_called() {
    let mut missed = BTreeSet::new();
    for (others, label) in OTHERS
        .iter()
        .flat_map(|others| labels().into_iter().map(move |label| (others, label)))
    {
        for (setting, form) in SETTINGS {
            // In the other pairs, once and in two settings is enough.
            let first = others == &OTHERS[0];
            if !first && !["blank", "line break"].contains(&setting) {
                continue;
            }
            for times in 1..=1 + usize::from(first) {
                if !wrong_with(&label, *others, form, times, TALK.len()).is_empty() {
                    let beside = others.join(", ");
                    missed.insert(format!(
                        "{label} | {setting} | {times} times beside {beside}"
                    ));
                }
            }
        }
    }
    compare("labels-missed.txt", &missed);
}

#[test]
fn in_a_short_talk_the_labels_that_are_missed_are_known() {
    // Of the others there are five turns.
    let missed = missed_once(SETTINGS[0].1, 6);
    compare("labels-missed-in-short-talks.txt", &missed);
}

#[test]
fn in_captions_with_labels_at_changes_the_labels_that_are_missed_are_known() {
    let form = "{i}\n00:00:{s},000 --> 00:00:{s},400\n{n}: {t}\n\n\
        {i}\n00:00:{s},400 --> 00:00:{s},900\n{+}\n\n";
    let missed = missed_once(form, TALK.len());
    compare("labels-missed-in-captions.txt", &missed);
}
