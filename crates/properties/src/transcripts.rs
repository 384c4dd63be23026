//! Sources of every format.

use std::io::{Cursor, Write};

use turnsearch_transcript::{Corrections, ParseError, Parsed, parse};
use zip::ZipWriter;
use zip::result::ZipError;
use zip::write::SimpleFileOptions;

/// Any bytes under the file name `source` are an error that names the file, or a meeting whose
/// account of characters balances.
pub fn transcript(source: &str, bytes: &[u8]) {
    match parse(source, bytes, &Corrections::NONE) {
        Ok(parsed) => assert_meeting(&parsed),
        Err(ParseError::Correction { .. }) => unreachable!("there was no correction to fit"),
        Err(error) => {
            let message = error.to_string();
            assert!(
                message.contains(source),
                "no file is named in the message: {message}"
            );
        }
    }
}

/// Any bytes as the text of a Word document are an error that names the file, or a meeting whose
/// account of characters balances.
pub fn word(document: &[u8]) {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let written = archive
        .start_file("word/document.xml", SimpleFileOptions::default())
        .and_then(|()| archive.write_all(document).map_err(ZipError::from))
        .and_then(|()| archive.finish());
    let bytes = written.expect("memory takes what is written").into_inner();
    transcript("fuzz.docx", &bytes);
}

fn assert_meeting(parsed: &Parsed) {
    let account = parsed.account;
    assert!(account.is_balanced(), "{account:?}");
    assert_eq!(account.characters, account.in_turns + account.furniture);
    for (turn, ordinal) in parsed.meeting.turns.iter().zip(1..) {
        assert_eq!(turn.n, ordinal);
        assert!(
            turn.speaker
                .is_none_or(|speaker| speaker.index() < parsed.speakers.len())
        );
        for event in &turn.events {
            assert!(turn.text.is_char_boundary(event.offset), "{event:?}");
        }
        assert!(turn.events.is_sorted_by_key(|event| event.offset));
        assert!(
            turn.start_ms
                .zip(turn.end_ms)
                .is_none_or(|(start, end)| start <= end),
            "turn {ordinal} ends before it starts"
        );
    }
    assert!(parsed.furniture.is_sorted_by_key(|piece| piece.offset));
}
