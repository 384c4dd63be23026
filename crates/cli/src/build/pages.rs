//! Reading pages: plain HTML, one page a meeting, every turn with an anchor, no script.
//!
//! Turn 12 of the meeting `week-one` is `meetings/week-one.html#/week-one/12`: the fragment is the
//! same by which the search page leads to that turn (`index.html#/week-one/12`).

use askama::Template;
use turnsearch_model::{Event, Field, TurnId, link};
use turnsearch_pack::{MeetingInfo, Pack, TurnInfo};

use crate::build::page::{About, Asset};
use crate::build::words::Words;
use crate::build::writer::Writer;
use crate::error::CliError;

/// The folder of the pages.
const FOLDER: &str = "meetings";
/// The list of all meetings.
pub const LIST: &str = "meetings/index.html";

/// The address of the reading page of the meeting `slug`, with the placeholder `{n}` for the turn.
pub fn address(slug: &str) -> String {
    format!("{FOLDER}/{}#{}", file_address(slug), fragment(slug, "{n}"))
}

/// Fragment that leads to a turn.
fn fragment(slug: &str, n: &str) -> String {
    format!("/{}/{n}", link::encoded(slug))
}

/// The file of a meeting. One that is called like the list keeps out of its way.
fn file(slug: &str) -> String {
    let apart = if slug == "index" { "-" } else { "" };
    format!("{slug}{apart}.html")
}

/// The same as it may stand in an address.
fn file_address(slug: &str) -> String {
    link::encoded(&file(slug))
}

#[derive(Template)]
#[template(path = "meeting.html")]
struct MeetingPage<'a> {
    language: &'a str,
    about: &'a str,
    date: Option<&'a str>,
    title: &'a str,
    collection: Option<&'a str>,
    style: &'a Asset,
    words: &'a Words,
    slug: &'a str,
    previous: Option<String>,
    next: Option<String>,
    facts: Vec<&'a str>,
    source: Option<String>,
    media: Option<&'a str>,
    name_level: u8,
    turns: Vec<TurnView<'a>>,
}

struct TurnView<'a> {
    n: u32,
    /// The `id`: the fragment as browsers read it, without percent codes.
    anchor: String,
    fragment: String,
    headings: Vec<Heading>,
    speaker: Option<&'a str>,
    time: Option<String>,
    source: Option<String>,
    paragraphs: Vec<Vec<Piece>>,
}

struct Heading {
    level: usize,
    text: String,
}

struct Piece {
    text: String,
    is_event: bool,
}

#[derive(Template)]
#[template(path = "meetings.html")]
struct ListPage<'a> {
    words: &'a Words,
    title: &'a str,
    language: &'a str,
    about: &'a str,
    style: &'a Asset,
    meetings: Vec<Entry<'a>>,
}

struct Entry<'a> {
    file: String,
    title: &'a str,
    date: Option<&'a str>,
    language: &'a str,
}

/// Writes the list and a page for each meeting. `sources` has the publisher's address of each.
///
/// # Errors
/// Where a file cannot be written.
pub fn write(
    writer: &mut Writer,
    pack: &Pack,
    about: &About,
    style: &Asset,
    sources: &[Option<String>],
) -> Result<(), CliError> {
    let collection = pack.collection();
    let meetings = &collection.meetings;
    let list = ListPage {
        words: about.words,
        title: &about.title,
        language: &about.language,
        about: &about.about,
        style,
        meetings: meetings
            .iter()
            .map(|meeting| Entry {
                file: file_address(&meeting.id),
                title: title(meeting),
                date: meeting.meta.get(Field::Date),
                language: language(meeting, about),
            })
            .collect(),
    };
    writer.add(LIST, list.render()?.as_bytes())?;
    for (at, meeting) in meetings.iter().enumerate() {
        let neighbour = |at: Option<usize>| Some(file_address(&meetings.get(at?)?.id));
        let source = sources.get(at).and_then(Option::as_deref);
        let turns = turns(pack, meeting, source);
        let has_headings = turns.iter().any(|turn| !turn.headings.is_empty());
        let page = MeetingPage {
            language: language(meeting, about),
            about: &description(&turns),
            date: meeting.meta.get(Field::Date),
            title: title(meeting),
            collection: collection.title.as_deref(),
            style,
            words: about.words,
            slug: &link::encoded(&meeting.id),
            previous: neighbour(at.checked_sub(1)),
            next: neighbour(Some(at + 1)),
            facts: [Field::Time, Field::Zone, Field::Place, Field::Event]
                .iter()
                .filter_map(|field| meeting.meta.get(*field))
                .collect(),
            source: source.map(link::of_whole).filter(|url| is_web(url)),
            media: meeting.meta.get(Field::Media).filter(|url| is_web(url)),
            name_level: if has_headings { 3 } else { 2 },
            turns,
        };
        let name = format!("{FOLDER}/{}", file(&meeting.id));
        writer.add(&name, page.render()?.as_bytes())?;
    }
    Ok(())
}

/// The title, or the name of the file without its ending.
fn title(meeting: &MeetingInfo) -> &str {
    let source = &meeting.source;
    meeting
        .meta
        .get(Field::Title)
        .unwrap_or_else(|| source.rsplit_once('.').map_or(source, |(stem, _)| stem))
}

fn language<'a>(meeting: &'a MeetingInfo, about: &'a About) -> &'a str {
    meeting.meta.get(Field::Language).unwrap_or(&about.language)
}

/// Whether an address may be linked to: of the web, or relative. Scripts in addresses are refused.
fn is_web(address: &str) -> bool {
    let scheme = address.split(['/', '?', '#']).next().unwrap_or_default();
    match scheme.split_once(':') {
        Some((scheme, _)) => ["http", "https"].contains(&scheme.to_ascii_lowercase().as_str()),
        None => true,
    }
}

/// Characters that search engines show of a description.
const DESCRIPTION: usize = 160;

/// The beginning of what was said, on one line.
fn description(turns: &[TurnView]) -> String {
    let pieces = turns
        .iter()
        .flat_map(|turn| turn.paragraphs.iter().flatten());
    let mut description = String::new();
    for piece in pieces.filter(|piece| !piece.is_event) {
        if description.chars().count() >= DESCRIPTION {
            break;
        }
        if !description.is_empty() {
            description.push(' ');
        }
        description.push_str(&piece.text);
    }
    description.chars().take(DESCRIPTION).collect()
}

fn turns<'p>(pack: &'p Pack, meeting: &MeetingInfo, source: Option<&str>) -> Vec<TurnView<'p>> {
    let ids = (0..meeting.turns).map(|at| TurnId(meeting.first_turn.0 + at));
    ids.filter_map(|id| {
        let turn = pack.turn(id)?;
        let speaker = turn.speaker;
        let speaker = speaker.and_then(|speaker| pack.collection().speakers.get(speaker.index()));
        let name = speaker.map(|speaker| speaker.name.as_str());
        Some(view(&turn, name, &pack.text(id)?, meeting, source))
    })
    .collect()
}

fn view<'p>(
    turn: &TurnInfo,
    speaker: Option<&'p str>,
    text: &str,
    meeting: &MeetingInfo,
    source: Option<&str>,
) -> TurnView<'p> {
    let n = turn.n;
    let start = turn.time.map(|time| time.start_ms);
    let outer = turn.heading.len() - turn.own_headings;
    let (headings, body) = split_headings(text, turn.own_headings, outer);
    TurnView {
        n,
        anchor: format!("/{}/{n}", meeting.id),
        fragment: fragment(&meeting.id, &n.to_string()),
        headings,
        speaker,
        time: start.map(time_code),
        source: source
            .map(|source| link::of_turn(source, n, start.map(u64::from)))
            .filter(|url| is_web(url)),
        paragraphs: paragraphs(text, body, turn.events),
    }
}

/// The headings that open a text, a line each, and where they end. `outer` is how many stand above.
fn split_headings(text: &str, own: usize, outer: usize) -> (Vec<Heading>, usize) {
    let mut end = 0;
    let mut headings = Vec::new();
    for line in text.split_inclusive('\n').take(own) {
        // Below the title of the page; names of speakers are one level deeper.
        let level = (2 + outer + headings.len()).min(4);
        let text = line.trim_end().to_owned();
        headings.push(Heading { level, text });
        end += line.len();
    }
    (headings, end)
}

/// The paragraphs of a text from `start` on, with its events in their places.
fn paragraphs(text: &str, start: usize, events: &[Event]) -> Vec<Vec<Piece>> {
    let piece = |text: &str, is_event: bool| Piece {
        text: text.to_owned(),
        is_event,
    };
    let mut paragraphs = Vec::new();
    let mut events = events.iter().peekable();
    let mut at = start;
    for line in text[start..].split('\n') {
        let end = at + line.len();
        let mut pieces = Vec::new();
        while let Some(event) = events.next_if(|event| event.offset <= end) {
            let offset = event.offset;
            if let Some(before) = text.get(at..offset)
                && !before.is_empty()
            {
                pieces.push(piece(before, false));
                at = offset;
            }
            pieces.push(piece(&event.text, true));
        }
        if at < end {
            pieces.push(piece(&text[at..end], false));
        }
        paragraphs.push(pieces);
        at = end + 1;
    }
    paragraphs
}

fn time_code(ms: u32) -> String {
    let seconds = ms / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes}:{seconds:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_stand_where_they_happened() {
        let event = |offset: usize, text: &str| Event {
            offset,
            text: text.to_owned(),
        };
        let events = [event(0, "[a]"), event(2, "[b]"), event(5, "[c]")];
        let made: Vec<Vec<String>> = paragraphs("1234\n5", 0, &events)
            .iter()
            .map(|pieces| pieces.iter().map(|piece| piece.text.clone()).collect())
            .collect();
        assert_eq!(made, [vec!["[a]", "12", "[b]", "34"], vec!["[c]", "5"]]);
    }

    #[test]
    fn only_the_web_is_linked_to() {
        for (address, linked) in [
            ("https://a.org/x:y", true),
            ("pages/x.html#t=1:2", true),
            ("javascript:alert(1)", false),
            ("JavaScript:alert(1)//", false),
            ("data:text/html,x", false),
        ] {
            assert_eq!(is_web(address), linked, "{address}");
        }
    }

    #[test]
    fn times_are_written_as_players_do() {
        assert_eq!(
            (time_code(61_500), time_code(3_600_000)),
            ("1:01".into(), "1:00:00".into())
        );
    }
}
