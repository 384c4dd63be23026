//! Searches meetings that come from somewhere else, such as a database: own model, pack, search.
//!
//! ```sh
//! cargo run --example own_format
//! ```

use std::error::Error;

use turnsearch::model::{Collection, Field, Meeting, Metadata, Speaker, SpeakerId, Turn};
use turnsearch::{Request, Searcher, write};

/// Rows as a database might return them: who, and what they said.
const ROWS: [(&str, &str); 3] = [
    ("Ada", "The engine weaves algebraic patterns."),
    ("Charles", "It needs punched cards for that."),
    ("Ada", "As the loom needs them for flowers and leaves."),
];

fn main() -> Result<(), Box<dyn Error>> {
    let pack = write(&collection())?;
    println!("{} bytes", pack.len());

    let searcher = Searcher::open(pack)?;
    let answer = searcher.search(&Request {
        query: "punched cards".to_owned(),
        ..Request::default()
    });
    for hit in &answer.hits {
        println!("turn {}: {}", hit.turn.0 + 1, hit.snippet.text);
    }
    Ok(())
}

/// The rows as one meeting.
fn collection() -> Collection {
    let mut speakers: Vec<Speaker> = Vec::new();
    let mut turns = Vec::new();
    for (n, (name, text)) in (1..).zip(ROWS) {
        let known = speakers.iter().position(|speaker| speaker.name == name);
        let speaker = known.unwrap_or_else(|| {
            speakers.push(Speaker {
                name: name.to_owned(),
                ..Speaker::default()
            });
            speakers.len() - 1
        });
        turns.push(Turn {
            n,
            speaker: Some(SpeakerId::at(speaker)),
            text: text.to_owned(),
            ..Turn::default()
        });
    }
    Collection {
        title: Some("The engine".to_owned()),
        language: Some("en".to_owned()),
        meetings: vec![Meeting {
            id: "engine".to_owned(),
            source: "engine".to_owned(),
            meta: Metadata::from_iter([(Field::Date, "1843-07-10")]),
            turns,
            ..Meeting::default()
        }],
        speakers,
    }
}
