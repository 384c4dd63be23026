//! One conversation in every format: each row of the table is told by its content or its ending,
//! read in whatever encoding, accounted for, and never loses a character of a file that was cut
//! off.

use std::io::{Cursor, Write};

use turnsearch_transcript::{
    Corrections, Encoding, Format, ParseError, Parsed, ReadOptions, parse, parse_with,
};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

/// What is said.
const SAID: [(&str, &str); 3] = [
    ("ANN LEE", "Good morning, everybody."),
    ("BO CHEN", "Thank you, Ann."),
    ("ANN LEE", "Let us begin."),
];

/// The conversation in each format, by the name of the format.
const SAMPLES: &[(&str, &str)] = &[
    (
        "text",
        "ANN LEE: Good morning, everybody.\n\nBO CHEN: Thank you, Ann.\n\nANN LEE: Let us begin.\n",
    ),
    (
        "markdown",
        "### ANN LEE:\nGood morning, everybody.\n\n### BO CHEN:\nThank you, *Ann*.\n\n\
         ### ANN LEE:\nLet us begin.\n",
    ),
    (
        "vtt",
        "WEBVTT\n\n00:01.000 --> 00:02.000\n<v ANN LEE>Good morning, everybody.\n\n\
         00:02.000 --> 00:03.000\n<v BO CHEN>Thank you, Ann.\n\n\
         00:03.000 --> 00:04.000\n<v ANN LEE>Let us begin.\n",
    ),
    (
        "srt",
        "1\n00:00:01,000 --> 00:00:02,000\nANN LEE: Good morning, everybody.\n\n\
         2\n00:00:02,000 --> 00:00:03,000\nBO CHEN: Thank you, Ann.\n\n\
         3\n00:00:03,000 --> 00:00:04,000\nANN LEE: Let us begin.\n",
    ),
    (
        "sbv",
        "0:00:01.000,0:00:02.000\nANN LEE: Good morning, everybody.\n\n\
         0:00:02.000,0:00:03.000\n>> BO CHEN: Thank you, Ann.\n\n\
         0:00:03.000,0:00:04.000\nANN LEE: Let us begin.\n",
    ),
    (
        "asr-json",
        "{\"results\": {\"speaker_labels\": {\"segments\": [\n\
         {\"start_time\": \"1\", \"end_time\": \"2\", \"speaker_label\": \"ANN LEE\"},\n\
         {\"start_time\": \"2\", \"end_time\": \"3\", \"speaker_label\": \"BO CHEN\"},\n\
         {\"start_time\": \"3\", \"end_time\": \"4\", \"speaker_label\": \"ANN LEE\"}]},\n\
         \"items\": [\n\
         {\"start_time\": \"1\", \"end_time\": \"2\", \"alternatives\": [{\"content\": \"Good\"}]},\n\
         {\"start_time\": \"1.2\", \"alternatives\": [{\"content\": \"morning\"}]},\n\
         {\"type\": \"punctuation\", \"alternatives\": [{\"content\": \",\"}]},\n\
         {\"start_time\": \"1.5\", \"alternatives\": [{\"content\": \"everybody\"}]},\n\
         {\"type\": \"punctuation\", \"alternatives\": [{\"content\": \".\"}]},\n\
         {\"start_time\": \"2.1\", \"alternatives\": [{\"content\": \"Thank\"}, {\"content\": \"Tank\"}]},\n\
         {\"start_time\": \"2.3\", \"alternatives\": [{\"content\": \"you,\"}]},\n\
         {\"start_time\": \"2.5\", \"alternatives\": [{\"content\": \"Ann.\"}]},\n\
         {\"start_time\": \"3.1\", \"alternatives\": [{\"content\": \"Let\"}]},\n\
         {\"start_time\": \"3.2\", \"alternatives\": [{\"content\": \"us\"}]},\n\
         {\"start_time\": \"3.4\", \"alternatives\": [{\"content\": \"begin.\"}]}],\n\
         \"transcripts\": [{\"transcript\":\n\
         \"Good morning, everybody. Thank you, Ann. Let us begin.\"}]}}\n",
    ),
    (
        "lrc",
        "[ti:Call]\n[00:01.00]ANN LEE: Good morning, everybody.\n\
         [00:02.00]BO CHEN: Thank you, Ann.\n[00:03.00]ANN LEE: Let us begin.\n",
    ),
    (
        "ass",
        "[Script Info]\nTitle: Call\n\n[Events]\n\
         Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text\n\
         Dialogue: 0,0:00:01.00,0:00:02.00,Default,ANN LEE,0,0,0,,Good morning,\\Neverybody.\n\
         Dialogue: 0,0:00:02.00,0:00:03.00,Default,BO CHEN,0,0,0,,Thank you, {\\i1}Ann{\\i0}.\n\
         Dialogue: 0,0:00:03.00,0:00:04.00,Default,ANN LEE,0,0,0,,Let us begin.\n",
    ),
    (
        "csv",
        "speaker,start,text\nANN LEE,0:01,\"Good morning, everybody.\"\n\
         BO CHEN,0:02,\"Thank you, Ann.\"\nANN LEE,0:03,Let us begin.\n",
    ),
    (
        "tsv",
        "speaker\ttext\nANN LEE\tGood morning, everybody.\nBO CHEN\tThank you, Ann.\n\
         ANN LEE\tLet us begin.\n",
    ),
    (
        "podcast-json",
        "{\"segments\": [\n\
         {\"speaker\": \"ANN LEE\", \"startTime\": 1, \"body\": \"Good morning, everybody.\"},\n\
         {\"speaker\": \"BO CHEN\", \"startTime\": 2, \"body\": \"Thank you, Ann.\"},\n\
         {\"speaker\": \"ANN LEE\", \"startTime\": 3, \"body\": \"Let us begin.\"}]}\n",
    ),
    (
        "sayit-json",
        "[{\"section_speaker\": \"ANN-LEE-1\", \"section_content\": \"<p>Good morning, everybody.</p>\"},\n\
         {\"section_speaker\": \"BO-CHEN-1\", \"section_content\": \"<p>Thank you, <i>Ann</i>.</p>\"},\n\
         {\"section_speaker\": \"ANN-LEE-1\", \"section_content\": \"<p>Let us begin.</p>\"}]\n",
    ),
    (
        "akn",
        "<akomaNtoso><debate><debateBody>\n\
         <speech><from>ANN LEE:</from><p>Good morning, everybody.</p></speech>\n\
         <speech><from>BO CHEN:</from><p>Thank you, <i>Ann</i>.</p></speech>\n\
         <speech><from>ANN LEE:</from><p>Let us begin.</p></speech>\n\
         </debateBody></debate></akomaNtoso>\n",
    ),
    (
        "tei",
        "<TEI><text><body>\n<u who=\"#ANN_LEE\"><seg>Good morning, everybody.</seg></u>\n\
         <u who=\"#BO_CHEN\"><seg>Thank you, Ann.</seg></u>\n\
         <u who=\"#ANN_LEE\"><seg>Let us begin.</seg></u>\n</body></text></TEI>\n",
    ),
    (
        "twfy",
        "<publicwhip>\n<speech speakername=\"ANN LEE\"><p>Good morning, everybody.</p></speech>\n\
         <speech speakername=\"BO CHEN\"><p>Thank you, Ann.</p></speech>\n\
         <speech speakername=\"ANN LEE\"><p>Let us begin.</p></speech>\n</publicwhip>\n",
    ),
    (
        "ttml",
        "<tt xmlns:ttm='http://www.w3.org/ns/ttml#metadata'><head><metadata>\n\
         <ttm:agent xml:id='a'><ttm:name type='full'>ANN LEE</ttm:name></ttm:agent>\n\
         <ttm:agent xml:id='b'><ttm:name type='full'>BO CHEN</ttm:name></ttm:agent>\n\
         </metadata></head><body><div>\n\
         <p begin='1s' end='2s' ttm:agent='a'>Good morning,<br/>everybody.</p>\n\
         <p begin='2s' end='3s' ttm:agent='b'>Thank you, <span>Ann</span>.</p>\n\
         <p begin='3s' end='4s' ttm:agent='a'>Let us begin.</p></div></body></tt>\n",
    ),
    (
        "youtube-xml",
        "<timedtext format=\"3\"><head/><body>\n\
         <p t=\"1000\" d=\"1000\">ANN LEE: <s>Good</s><s t=\"300\"> morning,</s> everybody.</p>\n\
         <p t=\"2000\" d=\"1000\">BO CHEN: Thank you, Ann.</p>\n\
         <p t=\"3000\" d=\"1000\">ANN LEE: Let us begin.</p>\n</body></timedtext>\n",
    ),
    (
        "html",
        "<!DOCTYPE html>\n<title></title>\n<p><b>ANN LEE:</b> Good morning, everybody.</p>\n\
         <p><b>BO CHEN:</b> Thank you, <i>Ann</i>.</p>\n<p><b>ANN LEE:</b> Let us begin.</p>\n",
    ),
    (
        "jsonl",
        "{\"source\": \"a\", \"n\": 1, \"speaker\": \"ANN LEE\", \"text\": \"Good morning, everybody.\"}\n\
         {\"source\": \"a\", \"n\": 2, \"speaker\": \"BO CHEN\", \"text\": \"Thank you, Ann.\"}\n\
         {\"source\": \"a\", \"n\": 3, \"speaker\": \"ANN LEE\", \"text\": \"Let us begin.\"}\n",
    ),
];

/// The part of a Word document that holds its text.
const WORD: &str = "<?xml version=\"1.0\"?>\n<w:document xmlns:w=\"w\"><w:body>\
    <w:p><w:r><w:t>ANN LEE: Good morning, everybody.</w:t></w:r></w:p>\
    <w:p><w:r><w:t>BO CHEN: Thank you, </w:t></w:r><w:r><w:t>Ann.</w:t></w:r></w:p>\
    <w:p><w:r><w:t>ANN LEE: Let us begin.</w:t></w:r></w:p></w:body></w:document>";

/// The formats that are no text, with the parts of their archives.
const ARCHIVES: &[(&str, &[(&str, &str)])] = &[
    ("docx", &[("word/document.xml", WORD)]),
    (
        "odt",
        &[
            ("mimetype", "application/vnd.oasis.opendocument.text"),
            ("content.xml", OPEN),
        ],
    ),
];

/// The part of an OpenDocument text that holds its text.
const OPEN: &str = "<office:document-content xmlns:office=\"o\" xmlns:text=\"t\"><office:body>\
    <office:text>\n<text:p>ANN LEE: Good morning, everybody.</text:p>\n\
    <text:p>BO CHEN:<text:s/>Thank you, <text:span>Ann.</text:span></text:p>\n\
    <text:p>ANN LEE: Let us begin.</text:p>\n</office:text></office:body></office:document-content>";

fn text(format: Format) -> Option<&'static str> {
    let sample = SAMPLES.iter().find(|(name, _)| *name == format.as_str());
    sample.map(|(_, text)| *text)
}

fn sample(format: Format) -> Vec<u8> {
    if let Some(text) = text(format) {
        return text.into();
    }
    let archive = ARCHIVES.iter().find(|(name, _)| *name == format.as_str());
    let (_, parts) = archive.unwrap_or_else(|| panic!("{format} has no sample here"));
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // As these programs write it, what the archive is stands there as it is.
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, text) in *parts {
        zip.start_file(*name, packed).expect("a part");
        zip.write_all(text.as_bytes()).expect("a part");
    }
    zip.finish().expect("an archive").into_inner()
}

fn assert_conversation(parsed: &Parsed, how: &str) {
    let said: Vec<(&str, &str)> = parsed
        .meeting
        .turns
        .iter()
        .map(|turn| {
            let speaker = turn.speaker.expect("named").index();
            (parsed.speakers[speaker].name.as_str(), turn.text.as_str())
        })
        .collect();
    assert_eq!(said, SAID, "{how}");
    assert!(parsed.account.is_balanced(), "{how}: {:?}", parsed.account);
}

#[test]
fn every_format_is_told_by_its_content_or_its_ending() {
    let mut signed = 0;
    for format in Format::ALL {
        let bytes = sample(format);
        for ending in format.endings() {
            let name = format!("call.{ending}");
            let parsed = parse(&name, &bytes, &Corrections::NONE);
            assert_conversation(&parsed.unwrap_or_else(|error| panic!("{error}")), &name);
        }
        match parse("call", &bytes, &Corrections::NONE) {
            Ok(parsed) => {
                assert_conversation(&parsed, format.as_str());
                signed += 1;
            }
            Err(error) => assert!(matches!(error, ParseError::UnknownFormat { .. }), "{error}"),
        }
    }
    assert_eq!(signed, Format::ALL.len() - 2, "all but text and Markdown");
}

#[test]
fn every_format_is_read_in_other_encodings() {
    for format in Format::ALL {
        let Some(text) = text(format) else {
            continue;
        };
        let bytes: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let marked = [b"\xff\xfe", bytes.as_slice()].concat();
        let name = format!("call.{}", format.endings()[0]);
        let detected = parse(&name, &marked, &Corrections::NONE);
        assert_conversation(&detected.unwrap_or_else(|error| panic!("{error}")), &name);
        let given = ReadOptions {
            format: Some(format),
            encoding: Some(Encoding::Utf16Le),
            ..ReadOptions::default()
        };
        let read = parse_with("call", &bytes, &Corrections::NONE, &given);
        let read = read.unwrap_or_else(|error| panic!("{format}: {error}"));
        assert_conversation(&read[0], format.as_str());
    }
}

#[test]
fn a_file_that_was_cut_off_anywhere_is_an_error_or_balances() {
    for format in Format::ALL {
        let bytes = sample(format);
        let given = ReadOptions {
            format: Some(format),
            encoding: None,
            ..ReadOptions::default()
        };
        for end in 0..bytes.len() {
            match parse_with("cut", &bytes[..end], &Corrections::NONE, &given) {
                Ok(read) => read.iter().for_each(|parsed| {
                    assert!(parsed.account.is_balanced(), "{format}, {end} bytes");
                }),
                Err(error) => assert!(error.to_string().starts_with("cut:"), "{error}"),
            }
        }
    }
}
