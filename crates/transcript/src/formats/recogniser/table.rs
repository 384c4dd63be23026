//! Where recognisers put texts, words, times and speakers.
//!
//! A recogniser yields pieces: segments, utterances, or the whole recording as one. A piece has a
//! text, or words, or both. All that is special about a recogniser is in its row.

use crate::formats::recogniser::keys::Keys;
use crate::formats::recogniser::path::{Step, Unit, steps};
use Unit::{Hundredths, Milliseconds, Seconds, Ticks};

/// Ways to the same thing, of which the first that holds something counts.
pub(crate) type Ways = &'static [&'static str];
/// Ways to a time, each with what its numbers count.
pub(crate) type Times = &'static [(&'static str, Unit)];

/// Where what is known of a piece, a word or a span stands in it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Fields {
    /// What is said.
    pub text: Ways,
    /// When it begins.
    pub start: Times,
    /// When it ends,
    pub end: Times,
    /// or how long it takes.
    pub length: Times,
    /// Who says it.
    pub speaker: Ways,
    /// A speaker that stands where none is known.
    pub unset: &'static str,
    /// Whether it belongs to the word before: `punctuation`, `previous` and `both` do.
    pub attached: Ways,
}

/// Things of one kind.
#[derive(Debug, Clone, Copy)]
pub(crate) struct List {
    /// The way to each.
    pub each: &'static str,
    /// What stands in each.
    pub fields: Fields,
    /// Blanks that belong between two are in their texts: `" Hel"`, `"lo"`.
    pub blanks: bool,
}

/// A row: one form of the JSON of a recogniser.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Recogniser {
    /// Whose it is, for messages.
    pub name: &'static str,
    /// Ways of which one leads to something in every file of the form, where texts with times are
    /// not enough to know it by.
    pub marks: Ways,
    /// The pieces; an empty way is the whole recording as one.
    pub pieces: List,
    /// The words of a piece, from the piece on.
    pub words: Option<List>,
    /// Who speaks from when to when, apart from what is said.
    pub spans: Option<List>,
    /// Names of speakers that are numbers elsewhere.
    pub names: Option<List>,
    /// Channels stand one after the other, so pieces are put in the order of their times.
    pub sorted: bool,
}

const NONE: Fields = Fields {
    text: &[],
    start: &[],
    end: &[],
    length: &[],
    speaker: &[],
    unset: "",
    attached: &[],
};

/// Fields of these names, with times in seconds.
const fn fields(text: Ways, start: Times, end: Times, speaker: Ways) -> Fields {
    Fields {
        text,
        start,
        end,
        speaker,
        ..NONE
    }
}

const fn list(each: &'static str, fields: Fields) -> List {
    List {
        each,
        fields,
        blanks: false,
    }
}

/// A list whose texts have their blanks.
const fn verbatim(each: &'static str, fields: Fields) -> List {
    List {
        each,
        fields,
        blanks: true,
    }
}

/// The whole recording as one piece, whose text stands there.
const fn whole(text: Ways) -> List {
    list("", fields(text, &[], &[], &[]))
}

const fn row(name: &'static str, pieces: List) -> Recogniser {
    Recogniser {
        name,
        marks: &[],
        pieces,
        words: None,
        spans: None,
        names: None,
        sorted: false,
    }
}

const START: Times = &[("start", Seconds)];
const END: Times = &[("end", Seconds)];
const START_MS: Times = &[("start", Milliseconds)];
const END_MS: Times = &[("end", Milliseconds)];
const START_TIME: Times = &[("start_time", Seconds)];
const END_TIME: Times = &[("end_time", Seconds)];

/// Words of Google, also as its libraries write them.
const GOOGLE_WORDS: Fields = Fields {
    unset: "0",
    ..fields(
        &["word"],
        &[
            ("startTime", Seconds),
            ("startOffset", Seconds),
            ("start_time", Seconds),
            ("start_offset", Seconds),
        ],
        &[
            ("endTime", Seconds),
            ("endOffset", Seconds),
            ("end_time", Seconds),
            ("end_offset", Seconds),
        ],
        &["speakerLabel", "speakerTag", "speaker_label", "speaker_tag"],
    )
};

/// Words in the style of Whisper and of many others.
const WORDS: Fields = fields(
    &["punctuated_word", "punct", "word", "text"],
    START,
    END,
    &["speaker", "speaker_id"],
);

const AWS_SPEAKER: Ways = &["speaker_label", "channel_label"];

const AWS_ITEMS: Fields = Fields {
    attached: &["type"],
    ..fields(
        &["alternatives[0].content"],
        START_TIME,
        END_TIME,
        AWS_SPEAKER,
    )
};

/// Sentences of Amazon, which newer files have.
const AWS_SEGMENTS: Recogniser = Recogniser {
    sorted: true,
    ..row(
        "AWS Transcribe",
        list(
            "results.audio_segments[]",
            fields(&["transcript"], START_TIME, END_TIME, AWS_SPEAKER),
        ),
    )
};

const WHISPER: Recogniser = Recogniser {
    words: Some(list("words[]", WORDS)),
    ..row(
        "Whisper",
        verbatim(
            "segments[]",
            fields(
                &["text"],
                &[("start", Seconds), ("t0", Hundredths)],
                &[("end", Seconds), ("t1", Hundredths)],
                &["speaker", "speaker_id"],
            ),
        ),
    )
};

const CHUNKS: Fields = fields(
    &["text"],
    &[("timestamp[0]", Seconds)],
    &[("timestamp[1]", Seconds)],
    &["speaker"],
);

const FIREFLIES: Fields = fields(
    &["sentence", "text", "raw_text"],
    &[("startTime", Seconds), ("start_time", Seconds)],
    &[("endTime", Seconds), ("end_time", Seconds)],
    &["speaker_name", "speaker_id"],
);

/// What may stand around the JSON of a recogniser: `{"response": {…}}`.
pub(crate) const WRAPPERS: &[&str] = &[
    "",
    "retval",
    "response",
    "results[]",
    "transcripts[]",
    "output",
    "result",
    "data.transcript",
];

/// Where the language stands.
pub(crate) const LANGUAGES: &[&str] = &[
    "language",
    "language_code",
    "result.language",
    "results.language_code",
    "metadata.transcription_config.language",
];

/// All rows. Where several fit, the first is read that has texts; so what says more stands above.
pub(crate) const TABLE: &[Recogniser] = &[
    Recogniser {
        marks: &[
            "results.audio_segments[].speaker_label",
            "results.audio_segments[].channel_label",
        ],
        ..AWS_SEGMENTS
    },
    Recogniser {
        marks: &["results.items[].alternatives[].content"],
        words: Some(list("results.items[]", AWS_ITEMS)),
        spans: Some(list(
            "results.speaker_labels.segments[]",
            fields(&[], START_TIME, END_TIME, AWS_SPEAKER),
        )),
        sorted: true,
        ..row(
            "AWS Transcribe",
            whole(&["results.transcripts[0].transcript"]),
        )
    },
    AWS_SEGMENTS,
    Recogniser {
        words: Some(list("[]", AWS_ITEMS)),
        ..row("AWS Transcribe", whole(&[]))
    },
    Recogniser {
        sorted: true,
        ..row(
            "AWS Call Analytics",
            list(
                "Transcript[]",
                fields(
                    &["Content"],
                    &[("BeginOffsetMillis", Milliseconds)],
                    &[("EndOffsetMillis", Milliseconds)],
                    &["ParticipantRole", "ParticipantId"],
                ),
            ),
        )
    },
    Recogniser {
        words: Some(list("words[]", WORDS)),
        sorted: true,
        ..row(
            "Deepgram",
            list(
                "results.utterances[]",
                fields(&["transcript"], START, END, &["speaker"]),
            ),
        )
    },
    Recogniser {
        words: Some(list("sentences[]", fields(&["text"], START, END, &[]))),
        sorted: true,
        ..row(
            "Deepgram",
            list(
                "results.channels[].alternatives[0].paragraphs.paragraphs[]",
                fields(&[], START, END, &["speaker"]),
            ),
        )
    },
    Recogniser {
        words: Some(list("words[]", WORDS)),
        sorted: true,
        ..row(
            "Deepgram",
            list(
                "results.channels[].alternatives[0]",
                fields(&["transcript"], &[], &[], &[]),
            ),
        )
    },
    Recogniser {
        words: Some(list("words[]", WORDS)),
        ..row(
            "Gladia",
            list(
                "result.transcription.utterances[]",
                fields(&["text"], START, END, &["speaker"]),
            ),
        )
    },
    Recogniser {
        words: Some(list(
            "words[]",
            fields(&["text"], START_MS, END_MS, &["speaker"]),
        )),
        ..row(
            "AssemblyAI",
            list(
                "utterances[]",
                fields(&["text"], START_MS, END_MS, &["speaker"]),
            ),
        )
    },
    Recogniser {
        marks: &["words[].type", "words[].speaker_id", "language_probability"],
        words: Some(verbatim(
            "words[]",
            fields(&["text"], START, END, &["speaker_id"]),
        )),
        sorted: true,
        ..row("ElevenLabs", whole(&[]))
    },
    Recogniser {
        marks: &[
            "audio_url",
            "audio_duration",
            "acoustic_model",
            "utterances",
        ],
        words: Some(list(
            "words[]",
            fields(&["text"], START_MS, END_MS, &["speaker"]),
        )),
        ..row("AssemblyAI", whole(&["text"]))
    },
    row(
        "AssemblyAI",
        list(
            "sentences[]",
            fields(&["text"], START_MS, END_MS, &["speaker"]),
        ),
    ),
    Recogniser {
        marks: &["results[].alternatives[].timestamps"],
        words: Some(list(
            "alternatives[0].timestamps[]",
            fields(&["[0]"], &[("[1]", Seconds)], &[("[2]", Seconds)], &[]),
        )),
        spans: Some(list(
            "speaker_labels[]",
            fields(&[], &[("from", Seconds)], &[("to", Seconds)], &["speaker"]),
        )),
        ..row(
            "IBM Watson",
            list(
                "results[]",
                fields(&["alternatives[0].transcript"], &[], &[], &[]),
            ),
        )
    },
    Recogniser {
        marks: &["results[].alternatives[].transcript"],
        words: Some(list("alternatives[0].words[]", GOOGLE_WORDS)),
        spans: Some(list("results[].alternatives[0].words[]", GOOGLE_WORDS)),
        ..row(
            "Google Speech",
            list(
                "results[]",
                fields(
                    &["alternatives[0].transcript"],
                    &[],
                    &[("resultEndTime", Seconds), ("resultEndOffset", Seconds)],
                    &[],
                ),
            ),
        )
    },
    Recogniser {
        marks: &["results[].alternatives[].content"],
        words: Some(list(
            "results[]",
            Fields {
                attached: &["attaches_to", "type"],
                ..fields(
                    &["alternatives[0].content"],
                    START_TIME,
                    END_TIME,
                    &["alternatives[0].speaker", "channel"],
                )
            },
        )),
        sorted: true,
        ..row("Speechmatics", whole(&[]))
    },
    Recogniser {
        marks: &["words[].name"],
        words: Some(list(
            "words[]",
            Fields {
                length: &[("duration", Seconds)],
                ..fields(&["name"], &[("time", Seconds)], &[], &[])
            },
        )),
        spans: Some(list(
            "speakers[]",
            Fields {
                length: &[("duration", Seconds)],
                ..fields(&[], &[("time", Seconds)], &[], &["name"])
            },
        )),
        ..row("Speechmatics", whole(&[]))
    },
    Recogniser {
        sorted: true,
        ..row(
            "Azure",
            list(
                "recognizedPhrases[]",
                Fields {
                    length: &[
                        ("durationMilliseconds", Milliseconds),
                        ("durationInTicks", Ticks),
                        ("duration", Ticks),
                    ],
                    ..fields(
                        &["nBest[0].display", "nBest[0].lexical"],
                        &[
                            ("offsetMilliseconds", Milliseconds),
                            ("offsetInTicks", Ticks),
                            ("offset", Ticks),
                        ],
                        &[],
                        &["speaker"],
                    )
                },
            ),
        )
    },
    Recogniser {
        sorted: true,
        ..row(
            "Azure",
            list(
                "phrases[]",
                Fields {
                    length: &[
                        ("durationMilliseconds", Milliseconds),
                        ("duration", Milliseconds),
                    ],
                    ..fields(
                        &["text"],
                        &[
                            ("offsetMilliseconds", Milliseconds),
                            ("offset", Milliseconds),
                        ],
                        &[],
                        &["speaker"],
                    )
                },
            ),
        )
    },
    Recogniser {
        words: Some(verbatim(
            "elements[]",
            fields(&["value"], &[("ts", Seconds)], &[("end_ts", Seconds)], &[]),
        )),
        names: Some(list("speakers[]", fields(&["name"], &[], &[], &["id"]))),
        ..row(
            "Rev AI",
            list(
                "monologues[]",
                fields(&[], &[], &[], &["speaker_info.display_name", "speaker"]),
            ),
        )
    },
    row("Hugging Face", verbatim("speakers[]", CHUNKS)),
    row("Hugging Face", verbatim("chunks[]", CHUNKS)),
    row(
        "whisper.cpp",
        verbatim(
            "transcription[]",
            fields(
                &["text"],
                &[("offsets.from", Milliseconds), ("timestamps.from", Seconds)],
                &[("offsets.to", Milliseconds), ("timestamps.to", Seconds)],
                &["speaker"],
            ),
        ),
    ),
    WHISPER,
    Recogniser {
        pieces: List {
            each: "[]",
            ..WHISPER.pieces
        },
        ..WHISPER
    },
    row("Fireflies", list("[]", FIREFLIES)),
    row("Fireflies", list("sentences[]", FIREFLIES)),
    row(
        "Microsoft Teams",
        list(
            "entries[]",
            fields(
                &["text"],
                &[("startOffset", Seconds)],
                &[("endOffset", Seconds)],
                &["speakerDisplayName"],
            ),
        ),
    ),
    Recogniser {
        words: Some(verbatim("segs[]", fields(&["utf8"], &[], &[], &[]))),
        ..row(
            "YouTube",
            list(
                "events[]",
                Fields {
                    length: &[("dDurationMs", Milliseconds)],
                    ..fields(&[], &[("tStartMs", Milliseconds)], &[], &[])
                },
            ),
        )
    },
    Recogniser {
        words: Some(list(
            "paragraph[].line[]",
            fields(
                &["text"],
                &[("startTime", Seconds)],
                &[("endTime", Seconds)],
                &[],
            ),
        )),
        ..row(
            "autoEdit",
            list("text[]", fields(&[], &[], &[], &["speaker"])),
        )
    },
    Recogniser {
        words: Some(list("words[]", WORDS)),
        spans: Some(list(
            "segmentation.segments[]",
            Fields {
                length: &[("duration", Seconds)],
                ..fields(&[], START, &[], &["speaker.@id"])
            },
        )),
        marks: &["segmentation.segments[].start"],
        ..row("Kaldi", whole(&[]))
    },
    Recogniser {
        words: Some(list("words[]", WORDS)),
        spans: Some(list("paragraphs[]", fields(&[], START, END, &["speaker"]))),
        ..row("Kaldi", whole(&["text"]))
    },
    Recogniser {
        words: Some(list("result[]", WORDS)),
        ..row("Vosk", whole(&["text"]))
    },
    Recogniser {
        words: Some(list("result[]", WORDS)),
        ..row("Vosk", list("[]", fields(&["text"], &[], &[], &[])))
    },
    Recogniser {
        marks: &["results.transcripts[].transcript"],
        ..row(
            "AWS Transcribe",
            list(
                "results.transcripts[]",
                fields(&["transcript"], &[], &[], &[]),
            ),
        )
    },
];

/// A row with what stands around it in a file.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Form {
    /// The row.
    pub row: &'static Recogniser,
    /// What stands around.
    pub wrapper: &'static str,
}

impl Form {
    /// The forms that these keys fit, best first.
    pub fn of(keys: &Keys) -> impl Iterator<Item = Form> {
        TABLE
            .iter()
            .flat_map(|row| WRAPPERS.iter().map(move |wrapper| Form { row, wrapper }))
            .filter(|form| form.fits(keys))
    }

    /// The steps of a way of the row.
    pub fn way(self, way: &'static str) -> Vec<Step> {
        let mut all = steps(self.wrapper);
        all.extend(steps(way));
        all
    }

    /// Whether one of the ways from a list on leads to something.
    pub fn has(
        self,
        keys: &Keys,
        list: &List,
        from: &'static str,
        ways: impl IntoIterator<Item = &'static str>,
    ) -> bool {
        let base = [self.way(from), steps(list.each)].concat();
        ways.into_iter()
            .any(|way| keys.have(base.iter().copied().chain(steps(way))))
    }

    /// Whether there are texts, and marks or times.
    fn fits(self, keys: &Keys) -> bool {
        let Recogniser { pieces, words, .. } = self.row;
        let has = |ways: fn(&Fields) -> Vec<&'static str>| {
            let of_words = words.as_ref().map(|words| (words, pieces.each));
            [Some((pieces, "")), of_words]
                .into_iter()
                .flatten()
                .any(|(list, from)| self.has(keys, list, from, ways(&list.fields)))
        };
        let is_marked = match self.row.marks {
            [] => has(|fields| fields.start.iter().map(|(way, _)| *way).collect()),
            marks => marks.iter().any(|mark| keys.have(self.way(mark))),
        };
        is_marked && has(|fields| fields.text.to_vec())
    }
}
