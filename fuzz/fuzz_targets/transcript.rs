//! Any bytes are a clear error or a meeting whose account balances.

#![no_main]

use libfuzzer_sys::fuzz_target;
use turnsearch_transcript::{ParseError, parse};

fuzz_target!(|bytes: &[u8]| {
    match parse("fuzz.txt", bytes, None) {
        Ok(parsed) => {
            let account = parsed.account;
            assert!(account.is_balanced(), "{account:?}");
            assert_eq!(account.characters, account.in_turns + account.furniture);
            for turn in &parsed.meeting.turns {
                assert!(turn.speaker.is_none_or(|speaker| speaker < parsed.speakers.len()));
                for event in &turn.events {
                    assert!(turn.text.is_char_boundary(event.offset));
                }
            }
        }
        Err(
            ParseError::Undecodable { .. }
            | ParseError::Empty { .. }
            | ParseError::NoTurns { .. }
            | ParseError::Syntax { .. }
            | ParseError::SeveralMeetings { .. },
        ) => {}
        Err(error) => panic!("an error that bytes alone cannot cause: {error}"),
    }
});
