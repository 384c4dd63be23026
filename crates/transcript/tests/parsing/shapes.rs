//! The shapes of transcripts: how a meeting is printed, and what of it the print states.

use turnsearch_model::Field;

use crate::languages::Language;
use crate::markup;
use crate::meeting::{Meeting, SENTENCE_MS, Said, Truth, Turn};
use crate::recognisers;

/// Who speaks in a shape.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    /// People by their names.
    Named,
    /// People by their inverted names; where all names are so, they come out the right way round.
    Inverted,
    /// A prefix and a number: the first number, and its digits.
    Numbered(&'static str, usize, usize),
    /// A question and an answer by turns.
    Questions,
    /// One person, named at the head alone.
    One,
    /// Nobody that the file would name.
    Nobody,
}

/// Which turns of a shape have a time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Times {
    /// None.
    None,
    /// Every turn.
    All,
    /// Every other turn: two stand in one caption.
    Pairs,
}

/// A shape.
pub struct Shape {
    /// Its name, for the tables and `PARSING_SHOW`.
    pub name: &'static str,
    /// Name of the file.
    pub file: &'static str,
    /// Who speaks.
    pub who: Who,
    /// Whether a turn can have several paragraphs.
    pub has_paragraphs: bool,
    /// Which turns have a time.
    pub times: Times,
    /// What the head states.
    fields: &'static [Field],
    /// Whether the head is text of nobody; front matter is none.
    has_head: bool,
    /// The meeting as a file.
    form: fn(&Meeting, &Language) -> String,
}

impl Shape {
    /// The file of a meeting.
    pub fn print(&self, meeting: &Meeting, language: &Language) -> String {
        (self.form)(meeting, language)
    }

    /// What a careful person would make of the file.
    pub fn truth(&self, meeting: &Meeting, language: &Language) -> Truth {
        let field = |field: &Field| {
            let value = match field {
                Field::Title => &language.title,
                Field::Date => &language.iso,
                Field::Media => MEDIA,
                _ => unreachable!("no head states {field:?}"),
            };
            (*field, value.to_owned())
        };
        let turn = |(at, said): (usize, &Said)| Turn {
            name: said.name.clone(),
            text: said.texts().join("\n"),
            start_ms: match self.times {
                Times::None => None,
                Times::Pairs if at % 2 == 1 => None,
                Times::All | Times::Pairs => Some(said.start_ms),
            },
        };
        Truth {
            fields: self.fields.iter().map(field).collect(),
            turns: meeting.said.iter().enumerate().map(turn).collect(),
            is_run: matches!(self.who, Who::One | Who::Nobody),
            has_head: self.has_head,
        }
    }

    /// A shape of plain text with names, several paragraphs a turn, no times and no head.
    const fn text(name: &'static str, form: fn(&Meeting, &Language) -> String) -> Shape {
        Shape {
            name,
            file: "talk.txt",
            who: Who::Named,
            has_paragraphs: true,
            times: Times::None,
            fields: &[],
            has_head: false,
            form,
        }
    }

    /// A shape of JSON with times and one paragraph a turn.
    const fn json(name: &'static str, form: fn(&Meeting, &Language) -> String) -> Shape {
        Shape::text(name, form).short().timed().file("talk.json")
    }

    /// The same in a file of another name.
    const fn file(self, file: &'static str) -> Shape {
        Shape { file, ..self }
    }

    /// The same with one paragraph a turn.
    const fn short(self) -> Shape {
        Shape {
            has_paragraphs: false,
            ..self
        }
    }

    /// The same with a time for every turn.
    const fn timed(self) -> Shape {
        Shape {
            times: Times::All,
            ..self
        }
    }

    /// The same with two turns in a caption, and one time for both.
    const fn pairs(self) -> Shape {
        Shape {
            times: Times::Pairs,
            ..self
        }
    }

    /// The same with other speakers.
    const fn of(self, who: Who) -> Shape {
        Shape { who, ..self }
    }

    /// The same with front matter that states these.
    const fn stating(self, fields: &'static [Field]) -> Shape {
        Shape { fields, ..self }
    }

    /// The same with a head of title, date and fields of nobody.
    const fn headed(self) -> Shape {
        Shape {
            fields: &[Field::Title, Field::Date],
            has_head: true,
            ..self
        }
    }
}

/// The recording that front matter names.
const MEDIA: &str = "https://example.org/recordings/0308.mp3";

/// All shapes.
pub const SHAPES: &[Shape] = &[
    // Names and colons.
    Shape::text("colon-blank", |meeting, _| {
        blocks(meeting, |said| format!("{}: {}", said.label, gaps(said)))
    }),
    Shape::text("colon-lines", |meeting, _| {
        lines(meeting, |said| format!("{}: {}", said.label, breaks(said)))
    }),
    Shape::text("name-line", |meeting, _| {
        blocks(meeting, |said| format!("{}\n{}", said.label, breaks(said)))
    }),
    Shape::text("name-colon-line", |meeting, _| {
        blocks(meeting, |said| format!("{}:\n{}", said.label, breaks(said)))
    }),
    Shape::text("wide-colon", |meeting, _| {
        blocks(meeting, |said| format!("{}：{}", said.label, gaps(said)))
    }),
    Shape::text("french-colon", |meeting, _| {
        blocks(meeting, |said| format!("{} : {}", said.label, gaps(said)))
    }),
    Shape::text("inverted", |meeting, _| {
        blocks(meeting, |said| format!("{}: {}", said.label, gaps(said)))
    })
    .of(Who::Inverted),
    Shape::text("wrapped", |meeting, _| {
        blocks(meeting, |said| {
            let text = format!("{}: {}", said.label, gaps(said));
            let paragraphs = text.split("\n\n").map(wrap);
            paragraphs.collect::<Vec<String>>().join("\n\n")
        })
    }),
    Shape::text("dash", |meeting, _| {
        blocks(meeting, |said| format!("{} - {}", said.label, gaps(said)))
    }),
    Shape::text("bar", |meeting, _| {
        lines(meeting, |said| format!("{} | {}", said.label, breaks(said)))
    })
    .short(),
    Shape::text("chevrons", |meeting, _| {
        blocks(meeting, |said| format!(">> {}: {}", said.label, gaps(said)))
    }),
    Shape::text("bullets", |meeting, _| {
        lines(meeting, |said| {
            format!("* {}: {}", said.label, breaks(said))
        })
    })
    .short()
    .file("talk.md"),
    Shape::text("numbers", |meeting, _| {
        let mut n = 0;
        lines(meeting, |said| {
            n += 1;
            format!("{n}. {}: {}", said.label, breaks(said))
        })
    })
    .short(),
    Shape::text("questions", |meeting, _| {
        blocks(meeting, |said| format!("{}. {}", said.label, gaps(said)))
    })
    .of(Who::Questions),
    // Heads.
    Shape::text("head", |meeting, language| {
        let names = meeting.present.join(&language.comma);
        let head = format!(
            "{}\n{}\n\n{} {names}\n{} {}\n{} {}\n",
            language.title,
            language.date,
            language.present,
            language.scribe,
            meeting.present[0],
            language.agenda,
            language.items.join(&language.comma),
        );
        let body = blocks(meeting, |said| format!("{}: {}", said.label, gaps(said)));
        format!("{head}\n{body}")
    })
    .headed(),
    Shape::text("head-bold", |meeting, language| {
        let mut head = format!("# {}\n\n{}\n\n", language.title, language.date);
        head += &format!("**{}**\n\n", language.present);
        for name in &meeting.present {
            head += &format!("- {name}\n");
        }
        head += &format!("\n**{}**\n\n", language.agenda);
        for (at, item) in language.items.iter().enumerate() {
            head += &format!("{}. {item}\n", at + 1);
        }
        let body = blocks(meeting, |said| format!("{}: {}", said.label, gaps(said)));
        format!("{head}\n{body}")
    })
    .headed()
    .file("talk.md"),
    // Markdown.
    Shape::text("bold-colon", |meeting, _| {
        blocks(meeting, |said| {
            format!("**{}:** {}", said.label, gaps(said))
        })
    })
    .file("talk.md"),
    Shape::text("bold-then-colon", |meeting, _| {
        blocks(meeting, |said| {
            format!("**{}**: {}", said.label, gaps(said))
        })
    })
    .file("talk.md"),
    Shape::text("heading", |meeting, _| {
        blocks(meeting, |said| {
            format!("### {}:\n{}", said.label, gaps(said))
        })
    })
    .file("talk.md"),
    // Front matter.
    Shape::text("front-one", |meeting, language| {
        let body = blocks(meeting, gaps);
        format!("{}{body}", front(&meeting.present[..1], language))
    })
    .of(Who::One)
    .stating(&[Field::Title, Field::Date, Field::Media])
    .file("talk.md"),
    Shape::text("front-labels", |meeting, language| {
        let body = blocks(meeting, |said| format!("{}: {}", said.label, gaps(said)));
        format!("{}{body}", front(&meeting.present, language))
    })
    .stating(&[Field::Title, Field::Date, Field::Media])
    .file("talk.md"),
    // Names and times.
    Shape::text("square-time-name", |meeting, _| {
        lines(meeting, |said| {
            let time = clock(said.start_ms);
            format!("[{time}] {}: {}", said.label, breaks(said))
        })
    })
    .timed(),
    Shape::text("time-name", |meeting, _| {
        blocks(meeting, |said| {
            let time = clock(said.start_ms);
            format!("{time} {}: {}", said.label, gaps(said))
        })
    })
    .timed(),
    Shape::text("round-time-name", |meeting, _| {
        blocks(meeting, |said| {
            let time = clock(said.start_ms);
            format!("({time}) {}: {}", said.label, gaps(said))
        })
    })
    .timed(),
    Shape::text("name-round-time-colon", |meeting, _| {
        blocks(meeting, |said| {
            let time = hours(said.start_ms);
            format!("{} ({time}):\n{}", said.label, breaks(said))
        })
    })
    .timed(),
    Shape::text("name-time-line", |meeting, _| {
        blocks(meeting, |said| {
            let time = clock(said.start_ms);
            format!("{}  {time}  \n{}", said.label, breaks(said))
        })
    })
    .timed(),
    Shape::text("name-round-time-line", |meeting, _| {
        blocks(meeting, |said| {
            let time = clock(said.start_ms);
            format!("{} ({time})\n{}", said.label, breaks(said))
        })
    })
    .timed(),
    Shape::text("time-dash-name-line", |meeting, _| {
        blocks(meeting, |said| {
            let time = clock(said.start_ms);
            format!("{time} - {}\n{}", said.label, breaks(said))
        })
    })
    .timed(),
    Shape::text("at-time-bold-line", |meeting, _| {
        blocks(meeting, |said| {
            let time = clock(said.start_ms);
            format!("@{time} - **{}**\n{}", said.label, gaps(said))
        })
    })
    .timed()
    .file("talk.md"),
    Shape::text("bold-square-time", |meeting, _| {
        blocks(meeting, |said| {
            let time = clock(said.start_ms);
            format!("**{}** [{time}] {}", said.label, gaps(said))
        })
    })
    .timed()
    .file("talk.md"),
    Shape::text("bold-round-time", |meeting, _| {
        blocks(meeting, |said| {
            let time = hours(said.start_ms);
            format!("**{}** ({time}): {}", said.label, gaps(said))
        })
    })
    .timed()
    .file("talk.md"),
    Shape::text("square-name-time-line", |meeting, _| {
        blocks(meeting, |said| {
            let time = hours(said.start_ms);
            format!("[{}] {time}\n{}", said.label, breaks(said))
        })
    })
    .timed(),
    Shape::text("minutes-seconds-line", |meeting, _| {
        blocks(meeting, |said| {
            let (minutes, seconds) = (said.start_ms / 60_000, said.start_ms / 1_000 % 60);
            let label = &said.label;
            format!(
                "{label}   {minutes} minutes {seconds} seconds\n{}",
                breaks(said)
            )
        })
    })
    .timed(),
    Shape::text("chat", |meeting, _| {
        lines(meeting, |said| {
            let time = hours(said.start_ms);
            let text = said.texts().join("\n\t");
            format!("{time} From {} to Everyone:\n\t{text}", said.label)
        })
    })
    .timed(),
    Shape::text("tabs", |meeting, _| {
        lines(meeting, |said| {
            let time = hours(said.start_ms);
            format!("{}:\t{time}\t{}", said.label, breaks(said))
        })
    })
    .short()
    .timed(),
    Shape::text("hash-time", |meeting, _| {
        lines(meeting, |said| {
            let time = hours(said.start_ms);
            format!("#{time}-0# {}: {}", said.label, breaks(said))
        })
    })
    .short()
    .timed(),
    // Recognisers.
    Shape::text("square-speaker-colon", |meeting, _| {
        lines(meeting, |said| {
            format!("[{}]: {}", said.label, breaks(said))
        })
    })
    .short()
    .of(Who::Numbered("SPEAKER_", 0, 2)),
    Shape::text("square-speaker", |meeting, _| {
        blocks(meeting, |said| format!("[{}] {}", said.label, gaps(said)))
    })
    .short()
    .of(Who::Numbered("SPEAKER_", 0, 2)),
    Shape::text("square-speaker-time", |meeting, _| {
        lines(meeting, |said| {
            let seconds = said.start_ms / 1_000;
            let time = format!("{:02}:{:02}", seconds / 60, seconds % 60);
            format!("[{}] [{time}] {}", said.label, breaks(said))
        })
    })
    .short()
    .timed()
    .of(Who::Numbered("Speaker ", 1, 1)),
    Shape::text("span-speaker", |meeting, _| {
        lines(meeting, |said| {
            let (start, end) = (hundredths(said.start_ms), hundredths(said.end_ms()));
            format!("[{start} - {end}] {}: {}", said.label, breaks(said))
        })
    })
    .short()
    .timed()
    .of(Who::Numbered("speaker_", 1, 1)),
    Shape::text("span-nobody", |meeting, _| {
        lines(meeting, |said| {
            let (start, end) = (dotted(said.start_ms), dotted(said.end_ms()));
            format!("[{start} --> {end}] {}", breaks(said))
        })
    })
    .short()
    .timed()
    .of(Who::Nobody),
    Shape::text("time-nobody", |meeting, _| {
        lines(meeting, |said| {
            let time = hours(said.start_ms);
            format!("{time} {}", breaks(said))
        })
    })
    .short()
    .timed()
    .of(Who::Nobody),
    Shape::json("json-whispercpp", recognisers::whisper_cpp).of(Who::Nobody),
    Shape::json("json-hf", recognisers::hugging_face).of(Who::Nobody),
    Shape::json("json-whisperx", recognisers::whisperx).of(Who::Numbered("SPEAKER_", 0, 2)),
    Shape::json("json-assemblyai", recognisers::assembly_ai),
    Shape::json("json-aws", recognisers::aws).of(Who::Numbered("spk_", 0, 1)),
    Shape::json("json-deepgram", recognisers::deepgram).of(Who::Numbered("Speaker ", 0, 1)),
    // Captions.
    Shape::text("srt-each", |meeting, _| {
        srt(cues(meeting, |said, _, text| {
            format!("{}: {text}", said.label)
        }))
    })
    .short()
    .timed()
    .file("talk.srt"),
    Shape::text("srt-change", |meeting, _| {
        srt(cues(meeting, |said, at, text| match at {
            0 => format!("{}: {text}", said.label),
            _ => text.to_owned(),
        }))
    })
    .short()
    .timed()
    .file("talk.srt"),
    Shape::text("srt-two", |meeting, _| {
        let pairs = meeting.said.chunks(2).map(|pair| {
            let texts = pair
                .iter()
                .map(|said| format!("{}: {}", said.label, breaks(said)));
            let text = texts.collect::<Vec<String>>().join("\n");
            (pair[0].start_ms, pair[pair.len() - 1].end_ms(), text)
        });
        srt(pairs.collect())
    })
    .short()
    .file("talk.srt")
    .pairs(),
    Shape::text("vtt-voice", |meeting, _| {
        vtt(cues(meeting, |said, _, text| {
            format!("<v {}>{text}", said.label)
        }))
    })
    .short()
    .timed()
    .file("talk.vtt"),
    Shape::text("vtt-colon", |meeting, _| {
        vtt(cues(meeting, |said, _, text| {
            format!("{}: {text}", said.label)
        }))
    })
    .short()
    .timed()
    .file("talk.vtt"),
    Shape::text("vtt-rolling", |meeting, _| {
        let mut before = String::new();
        vtt(cues(meeting, |_, _, text| {
            let cue = format!("{before}{text}");
            before = format!("{text}\n");
            cue
        }))
    })
    .short()
    .timed()
    .of(Who::Nobody)
    .file("talk.vtt"),
    // Tables.
    Shape::text("csv", |meeting, _| {
        let rows = meeting.said.iter().map(|said| {
            let text = breaks(said).replace('"', "\"\"");
            format!("{},{},\"{text}\"\n", hours(said.start_ms), said.label)
        });
        format!("Timestamp,Speaker,Text\n{}", rows.collect::<String>())
    })
    .timed()
    .file("talk.csv"),
    Shape::text("csv-merged", |meeting, _| {
        let rows = cues(meeting, |said, at, text| {
            let name = if at == 0 { &said.label } else { "" };
            format!("{name};\"{}\"\n", text.replace('"', "\"\""))
        });
        let rows = rows.into_iter().map(|(_, _, row)| row);
        format!("name;utterance\n{}", rows.collect::<String>())
    })
    .short()
    .file("talk.csv"),
    Shape::text("tsv", |meeting, _| {
        let rows = cues(meeting, |said, _, text| format!("{}\t{text}\n", said.label));
        let rows = rows
            .into_iter()
            .map(|(start, end, row)| format!("{start}\t{end}\t{row}"));
        format!("start\tend\tspeaker\ttext\n{}", rows.collect::<String>())
    })
    .short()
    .timed()
    .file("talk.tsv"),
    Shape::text("ttml", |meeting, _| {
        let agents = meeting.present.iter().enumerate().map(|(at, name)| {
            let name = format!("<ttm:name type=\"full\">{name}</ttm:name>");
            format!("<ttm:agent xml:id=\"a{at}\" type=\"person\">{name}</ttm:agent>\n")
        });
        let agents: String = agents.collect();
        let agent = |said: &Said, _: usize, text: &str| {
            let at = meeting.present.iter().position(|name| *name == said.label);
            let text = text.replace('&', "&amp;").replace('<', "&lt;");
            format!(" ttm:agent=\"a{}\">{text}", at.expect("somebody present"))
        };
        let rows = cues(meeting, agent).into_iter().map(|(start, end, text)| {
            let (start, end) = (dotted(start), dotted(end));
            format!("<p begin=\"{start}\" end=\"{end}\"{text}</p>\n")
        });
        let rows: String = rows.collect();
        format!(
            "<tt xmlns=\"http://www.w3.org/ns/ttml\" xmlns:ttm=\"http://www.w3.org/ns/ttml#metadata\">\n\
             <head><metadata>{agents}</metadata></head>\n<body><div>\n{rows}</div></body></tt>\n"
        )
    })
    .short()
    .timed()
    .file("talk.ttml"),
    // Documents and pages.
    Shape::text("docx-teams", |meeting, _| {
        markup::word(meeting.said.iter().map(|said| {
            let header = format!("   {}", clock(said.start_ms));
            markup::paragraph(&said.label, &[vec![header], said.texts()].concat())
        }))
    })
    .short()
    .timed()
    .file("talk.docx"),
    Shape::text("docx-plain", |meeting, _| {
        markup::word(meeting.said.iter().flat_map(|said| {
            let mut texts = said.texts();
            texts[0] = format!("{}: {}", said.label, texts[0]);
            texts.into_iter().map(|text| markup::paragraph("", &[text]))
        }))
    })
    .file("talk.docx"),
    Shape::text("html-minutes", |meeting, language| {
        let turns = meeting.said.iter().map(|said| {
            let texts = said.texts().join("</p>\n<p>");
            format!("<p><strong>{}:</strong> {texts}</p>\n", said.label)
        });
        markup::page(&language.title, &turns.collect::<String>())
    })
    .stating(&[Field::Title])
    .file("talk.html"),
    Shape::text("html-podcast", |meeting, _| {
        let turns = meeting.said.iter().map(|said| {
            let (texts, time) = (said.texts().join("</p>\n<p>"), clock(said.start_ms));
            let name = &said.label;
            format!("<cite>{name}:</cite>\n<time>{time}</time>\n<p>{texts}</p>\n")
        });
        turns.collect()
    })
    .timed()
    .file("talk.html"),
];

/// Turns with blank lines between them.
fn blocks(meeting: &Meeting, form: impl FnMut(&Said) -> String) -> String {
    let turns: Vec<String> = meeting.said.iter().map(form).collect();
    turns.join("\n\n") + "\n"
}

/// Turns one below the other.
fn lines(meeting: &Meeting, form: impl FnMut(&Said) -> String) -> String {
    let turns: Vec<String> = meeting.said.iter().map(form).collect();
    turns.join("\n") + "\n"
}

/// The paragraphs of a turn with blank lines between them.
fn gaps(said: &Said) -> String {
    said.texts().join("\n\n")
}

/// The paragraphs of a turn one below the other.
fn breaks(said: &Said) -> String {
    said.texts().join("\n")
}

/// YAML front matter.
fn front(speakers: &[String], language: &Language) -> String {
    let mut front = format!(
        "---\ntitle: \"{}\"\ndate: {}\n",
        language.title, language.iso
    );
    front += "speakers:\n";
    for name in speakers {
        front += &format!("  - \"{name}\"\n");
    }
    front + &format!("media: {MEDIA}\ntags: [minutes, public]\nlayout: page\n---\n\n")
}

/// A caption: from when, until when, and its text.
type Cue = (u64, u64, String);

/// A caption for each sentence.
fn cues(meeting: &Meeting, mut form: impl FnMut(&Said, usize, &str) -> String) -> Vec<Cue> {
    let mut cues = Vec::new();
    for said in &meeting.said {
        for (at, sentence) in said.sentences().enumerate() {
            let start = said.start_ms + SENTENCE_MS * at as u64;
            cues.push((start, start + SENTENCE_MS, form(said, at, sentence)));
        }
    }
    cues
}

fn srt(cues: Vec<Cue>) -> String {
    let comma = |ms| dotted(ms).replace('.', ",");
    let cues = cues
        .into_iter()
        .enumerate()
        .map(|(at, (start, end, text))| {
            let (start, end) = (comma(start), comma(end));
            format!("{}\n{start} --> {end}\n{text}\n", at + 1)
        });
    cues.collect::<Vec<String>>().join("\n")
}

fn vtt(cues: Vec<Cue>) -> String {
    let cues = cues.into_iter().map(|(start, end, text)| {
        let (start, end) = (dotted(start), dotted(end));
        format!("\n{start} --> {end}\n{text}\n")
    });
    format!("WEBVTT\n{}", cues.collect::<String>())
}

/// `0:12`, from the hour `1:00:12`.
fn clock(ms: u64) -> String {
    let seconds = ms / 1_000;
    match seconds / 3_600 {
        0 => format!("{}:{:02}", seconds / 60, seconds % 60),
        hour => format!("{hour}:{:02}:{:02}", seconds / 60 % 60, seconds % 60),
    }
}

/// `00:00:12`.
fn hours(ms: u64) -> String {
    let seconds = ms / 1_000;
    let (hour, minute) = (seconds / 3_600, seconds / 60 % 60);
    format!("{hour:02}:{minute:02}:{:02}", seconds % 60)
}

/// `00:00:12.000`.
fn dotted(ms: u64) -> String {
    format!("{}.{:03}", hours(ms), ms % 1_000)
}

/// `00:12.00`.
fn hundredths(ms: u64) -> String {
    let seconds = ms / 1_000;
    let (minute, second) = (seconds / 60, seconds % 60);
    format!("{minute:02}:{second:02}.{:02}", ms % 1_000 / 10)
}

/// Columns of a wrapped text.
const COLUMNS: usize = 60;

/// Whether a line can break beside this character without a blank.
pub fn is_wide(c: char) -> bool {
    matches!(c, '\u{2e80}'..='\u{a4cf}' | '\u{f900}'..='\u{faff}' | '\u{ff00}'..='\u{ffef}')
}

/// Breaks a paragraph into lines: at blanks, and between ideographs where no mark forbids it.
fn wrap(paragraph: &str) -> String {
    let width = |text: &str| -> usize { text.chars().map(|c| 1 + usize::from(is_wide(c))).sum() };
    let closes = |c: char| "，。？！：；、）」』”’》・ー".contains(c);
    let opens = |c: char| "（「『“‘《".contains(c);
    let mut pieces: Vec<String> = Vec::new();
    let mut before = ' ';
    for c in paragraph.chars() {
        let may_break = before == ' '
            || (is_wide(before) || is_wide(c)) && !closes(c) && !opens(before) && c != ' ';
        match pieces.last_mut() {
            Some(piece) if !may_break => piece.push(c),
            _ => pieces.push(c.to_string()),
        }
        before = c;
    }
    let mut lines = vec![String::new()];
    for piece in pieces {
        let line = lines.last_mut().expect("a line");
        if !line.is_empty() && width(line) + width(piece.trim_end()) > COLUMNS {
            *line = line.trim_end().to_owned();
            lines.push(piece);
        } else {
            *line += &piece;
        }
    }
    lines.join("\n")
}
