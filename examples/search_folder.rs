//! Searches a folder of transcripts, without files in between: build, open, search.
//!
//! ```sh
//! cargo run --example search_folder -- seeds 多利益相关方
//! ```

use std::error::Error;

use turnsearch::{Request, Searcher, build};

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().unwrap_or_else(|| "seeds".to_owned());
    let query = arguments
        .next()
        .unwrap_or_else(|| "多利益相关方".to_owned());

    // Files to a pack, the bytes that a page would load; the configuration of the folder says what is
    // one person.
    let searcher = Searcher::open(build(&[&folder])?)?;

    let answer = searcher.search(&Request {
        query,
        limit: 5,
        ..Request::default()
    });
    println!("{} turns ({})", answer.total, answer.matched.as_str());
    let info = searcher.pack().collection();
    for hit in &answer.hits {
        let Some(turn) = searcher.pack().turn(hit.turn) else {
            continue;
        };
        let meeting = &info.meetings[turn.meeting.index()];
        let speaker = turn.speaker.map(|speaker| &info.speakers[speaker.index()]);
        let name = speaker.map_or("—", |speaker| &speaker.name);
        println!("{}: {name}: {}", meeting.source, hit.snippet.text);
    }
    Ok(())
}
