//! The searcher as the page sees it: a class `Engine` that takes and gives plain JavaScript
//! values. Offsets into texts are UTF-16 code units here, as JavaScript counts.
//!
//! Answers to searches are made by hand from js-sys objects, since they are made with every key
//! press; what is asked for once (the collection, statistics) goes through serde.

use js_sys::{Array, Float32Array, Object, Reflect, Uint32Array};
use serde::Serialize;
use turnsearch_pack::{MeetingField, MeetingInfo, Sections};
use wasm_bindgen::prelude::*;

use crate::request::{Answer, Dispersion, Facets, Filter, Hit, Note, Request, Sort};
use crate::searcher::Searcher;

/// Tells the console where the engine stopped, should it ever panic; without this a page would
/// only see `unreachable`.
#[wasm_bindgen(start)]
pub fn start() {
    std::panic::set_hook(Box::new(|info| {
        let file = info.location().map_or("", |location| location.file());
        let line = info.location().map_or(0, |location| location.line());
        let (file, line) = (JsValue::from_str(file), JsValue::from_f64(f64::from(line)));
        web_sys::console::error_3(
            &JsValue::from_str("turnsearch: the engine stopped at"),
            &file,
            &line,
        );
    }));
}

/// Searches one pack.
#[wasm_bindgen]
pub struct Engine {
    searcher: Searcher,
}

#[wasm_bindgen]
impl Engine {
    /// Opens a pack.
    ///
    /// # Errors
    /// Throws an `Error` that says what is wrong with the bytes.
    #[wasm_bindgen(constructor)]
    pub fn new(pack: Vec<u8>) -> Result<Engine, JsError> {
        let searcher = Searcher::open(pack).map_err(|error| JsError::new(&error.to_string()))?;
        Ok(Self { searcher })
    }

    /// Searches; see `engine.d.ts` for the shapes.
    pub fn search(&self, query: String, options: &JsValue) -> Object {
        let request = request(query, options);
        answer(&request.query, self.searcher.search(&request))
    }

    /// The turn with this number in the collection, or `null`.
    pub fn turn(&self, id: u32) -> JsValue {
        let pack = self.searcher.pack();
        if id >= pack.turns() {
            return JsValue::NULL;
        }
        let mut text = String::new();
        pack.turn_text(id, &mut text);
        let collection = pack.collection();
        let meeting = self.searcher.meeting_of(id);
        let turn = object();
        set(&turn, "id", id);
        set(
            &turn,
            "n",
            id - collection.meetings[meeting as usize].first_turn + 1,
        );
        set(&turn, "meeting", meeting);
        set(
            &turn,
            "speaker",
            collection.turn_speakers[id as usize].map_or(JsValue::NULL, JsValue::from),
        );
        self.set_heading(&turn, id, &text);
        let events = Array::new();
        for event in collection.events.iter().filter(|event| event.turn == id) {
            let entry = object();
            set(
                &entry,
                "offset",
                utf16_length(text.get(..event.offset as usize).unwrap_or(&text)),
            );
            set(&entry, "text", event.text.as_str());
            events.push(&entry);
        }
        set(&turn, "events", events);
        let time = collection
            .times
            .binary_search_by_key(&id, |time| time.turn)
            .ok()
            .map(|at| collection.times[at]);
        set(
            &turn,
            "startMs",
            time.map_or(JsValue::NULL, |time| JsValue::from(time.start_ms)),
        );
        set(
            &turn,
            "endMs",
            time.and_then(|time| time.end_ms)
                .map_or(JsValue::NULL, JsValue::from),
        );
        set(&turn, "text", text);
        turn.into()
    }

    /// Pairs of start and end of every match of `query` in the text of a turn.
    pub fn marks(&self, id: u32, query: &str, typing: bool) -> Uint32Array {
        let marks = self.searcher.marks(id, query, typing);
        let mut text = String::new();
        self.searcher.pack().turn_text(id, &mut text);
        utf16_pairs(&text, &marks)
    }

    /// Up to `limit` suggestions for what was typed.
    pub fn suggest(&self, typed: &str, limit: usize) -> Array {
        let suggestions = self
            .searcher
            .suggest(typed, limit)
            .into_iter()
            .map(|suggestion| {
                let entry = object();
                set(&entry, "kind", suggestion.kind.as_str());
                set(&entry, "text", suggestion.text);
                set(&entry, "insert", suggestion.insert);
                set(&entry, "detail", suggestion.detail);
                set(&entry, "count", suggestion.turns as u32);
                set(
                    &entry,
                    "id",
                    suggestion.id.map_or(JsValue::NULL, JsValue::from),
                );
                JsValue::from(entry)
            });
        suggestions.collect()
    }

    /// Meetings, speakers and totals.
    ///
    /// # Errors
    /// Never for a pack that was opened.
    pub fn collection(&self) -> Result<JsValue, JsError> {
        to_js(&collection(&self.searcher))
    }

    /// Bytes of the pack and of its sections.
    ///
    /// # Errors
    /// Never for a pack that was opened.
    pub fn stats(&self) -> Result<JsValue, JsError> {
        let pack = self.searcher.pack();
        let sections =
            Sections::read(pack.bytes()).map_err(|error| JsError::new(&error.to_string()))?;
        let sections = sections.iter().map(|(tag, range)| SectionSize {
            name: tag.as_str().to_owned(),
            bytes: range.len(),
        });
        to_js(&Stats {
            pack_bytes: pack.bytes().len(),
            sections: sections.collect(),
            words: pack.lexicon().len(),
        })
    }

    fn set_heading(&self, turn: &Object, id: u32, text: &str) {
        let headings = &self.searcher.pack().collection().headings;
        let found = headings
            .binary_search_by_key(&id, |heading| heading.turn)
            .ok()
            .map(|at| &headings[at]);
        let path = found.map_or(&[][..], |heading| &heading.path);
        set(
            turn,
            "heading",
            path.iter()
                .map(|part| JsValue::from_str(part))
                .collect::<Array>(),
        );
        let own = found.map_or(0, |heading| heading.own);
        let lines = text.split_inclusive('\n').take(own).map(str::len).sum();
        set(turn, "headingEnd", utf16_length(&text[..lines]));
    }
}

/// The request in a plain object; what is missing or of another type has its default.
fn request(query: String, options: &JsValue) -> Request {
    let defaults = Request::default();
    let get = |name: &str| Reflect::get(options, &JsValue::from_str(name)).unwrap_or_default();
    let number =
        |name: &str, default: usize| get(name).as_f64().map_or(default, |number| number as usize);
    let numbers = |name: &str| -> Vec<u32> {
        let array = get(name).dyn_into::<Array>().unwrap_or_default();
        array
            .iter()
            .filter_map(|value| value.as_f64())
            .map(|number| number as u32)
            .collect()
    };
    let years = get("years").dyn_into::<Array>().unwrap_or_default();
    Request {
        query,
        limit: number("limit", defaults.limit),
        offset: number("offset", defaults.offset),
        sort: get("sort")
            .as_string()
            .and_then(|name| Sort::from_name(&name))
            .unwrap_or_default(),
        typing: get("typing").is_truthy(),
        filter: Filter {
            speakers: numbers("speakers"),
            meetings: numbers("meetings"),
            years: years.iter().filter_map(|year| year.as_string()).collect(),
        },
    }
}

fn answer(query: &str, answer: Answer) -> Object {
    let object = object();
    set(&object, "query", query);
    set(&object, "total", answer.total as u32);
    set(
        &object,
        "matched",
        if answer.total == 0 {
            "none"
        } else {
            answer.matched.as_str()
        },
    );
    set(
        &object,
        "notes",
        answer.notes.into_iter().map(note).collect::<Array>(),
    );
    let matched = answer.matched.as_str();
    set(
        &object,
        "hits",
        answer
            .hits
            .into_iter()
            .map(|found| hit(found, matched))
            .collect::<Array>(),
    );
    set(&object, "facets", facets(answer.facets));
    set(
        &object,
        "dispersion",
        answer
            .dispersion
            .into_iter()
            .map(dispersion)
            .collect::<Array>(),
    );
    object
}

fn note(note: Note) -> JsValue {
    let entry = object();
    set(&entry, "kind", note.kind.as_str());
    set(
        &entry,
        "terms",
        note.terms
            .iter()
            .map(|term| JsValue::from_str(term))
            .collect::<Array>(),
    );
    set(&entry, "more", note.more as u32);
    entry.into()
}

fn hit(hit: Hit, matched: &str) -> JsValue {
    let snippet = object();
    set(
        &snippet,
        "marks",
        utf16_pairs(&hit.snippet.text, &hit.snippet.marks),
    );
    set(&snippet, "text", hit.snippet.text);
    set(&snippet, "before", hit.snippet.cut_before);
    set(&snippet, "after", hit.snippet.cut_after);
    let entry = object();
    set(&entry, "turn", hit.turn);
    set(&entry, "matched", matched);
    set(&entry, "score", hit.score);
    set(&entry, "snippet", snippet);
    entry.into()
}

fn facets(facets: Facets) -> Object {
    let numbered = |counts: Vec<(u32, usize)>| -> Array {
        counts
            .into_iter()
            .map(|(id, count)| counted(JsValue::from(id), count))
            .collect()
    };
    let object = object();
    set(&object, "speakers", numbered(facets.speakers));
    set(&object, "meetings", numbered(facets.meetings));
    let years = facets
        .years
        .into_iter()
        .map(|(year, count)| counted(JsValue::from_str(&year), count));
    set(&object, "years", years.collect::<Array>());
    object
}

fn counted(id: JsValue, count: usize) -> JsValue {
    let entry = object();
    set(&entry, "id", id);
    set(&entry, "count", count as u32);
    entry.into()
}

fn dispersion(dispersion: Dispersion) -> JsValue {
    let entry = object();
    set(&entry, "meeting", dispersion.meeting);
    set(
        &entry,
        "positions",
        Float32Array::from(&dispersion.positions[..]),
    );
    set(&entry, "turns", Uint32Array::from(&dispersion.turns[..]));
    entry.into()
}

fn object() -> Object {
    Object::new()
}

/// Setting a property of a fresh plain object cannot fail.
fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    let _ = Reflect::set(object, &JsValue::from_str(name), &value.into());
}

fn utf16_length(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

/// UTF-8 `ranges` of `text`, in order, as pairs of UTF-16 offsets.
fn utf16_pairs(text: &str, ranges: &[std::ops::Range<usize>]) -> Uint32Array {
    let mut pairs = Vec::with_capacity(2 * ranges.len());
    let (mut at, mut units) = (0, 0);
    for range in ranges {
        for offset in [range.start, range.end] {
            units += utf16_length(&text[at..offset]);
            at = offset;
            pairs.push(units);
        }
    }
    Uint32Array::from(&pairs[..])
}

#[derive(Serialize)]
struct Stats {
    #[serde(rename = "packBytes")]
    pack_bytes: usize,
    sections: Vec<SectionSize>,
    words: usize,
}

#[derive(Serialize)]
struct SectionSize {
    name: String,
    bytes: usize,
}

#[derive(Serialize)]
struct Collection<'a> {
    title: Option<&'a str>,
    language: Option<&'a str>,
    meetings: Vec<Meeting<'a>>,
    speakers: Vec<Speaker<'a>>,
    turns: u32,
    #[serde(rename = "textBytes")]
    text_bytes: usize,
}

#[derive(Serialize)]
struct Meeting<'a> {
    id: u32,
    slug: &'a str,
    source: &'a str,
    kind: &'static str,
    title: &'a str,
    event: Option<&'a str>,
    date: Option<&'a str>,
    time: Option<&'a str>,
    zone: Option<&'a str>,
    place: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    media: Option<&'a str>,
    #[serde(rename = "firstTurn")]
    first_turn: u32,
    turns: u32,
}

#[derive(Serialize)]
struct Speaker<'a> {
    id: u32,
    name: &'a str,
    aliases: &'a [String],
    role: Option<&'a str>,
    turns: u32,
    characters: u32,
}

fn collection(searcher: &Searcher) -> Collection<'_> {
    let pack = searcher.pack();
    let info = pack.collection();
    let mut totals = vec![(0, 0); info.speakers.len()];
    for (turn, speaker) in (0..).zip(&info.turn_speakers) {
        if let Some(speaker) = speaker {
            let total = &mut totals[*speaker as usize];
            *total = (total.0 + 1, total.1 + searcher.folded_characters(turn));
        }
    }
    let speakers = (0..).zip(&info.speakers).zip(totals);
    Collection {
        title: info.title.as_deref(),
        language: info.language.as_deref(),
        meetings: (0..)
            .zip(&info.meetings)
            .map(|(id, info)| meeting(id, info))
            .collect(),
        speakers: speakers
            .map(|((id, speaker), (turns, characters))| Speaker {
                id,
                name: &speaker.name,
                aliases: &speaker.aliases,
                role: speaker.role.as_deref(),
                turns,
                characters,
            })
            .collect(),
        turns: pack.turns(),
        text_bytes: info.text_bytes,
    }
}

fn meeting(id: u32, info: &MeetingInfo) -> Meeting<'_> {
    Meeting {
        id,
        slug: &info.slug,
        source: &info.source,
        kind: if info.document {
            "document"
        } else {
            "transcript"
        },
        title: info.field(MeetingField::Title).unwrap_or(&info.slug),
        event: info.field(MeetingField::Event),
        date: info.field(MeetingField::Date),
        time: info.field(MeetingField::Time),
        zone: info.field(MeetingField::Zone),
        place: info.field(MeetingField::Place),
        language: info.field(MeetingField::Language),
        url: info.field(MeetingField::Url),
        media: info.field(MeetingField::Media),
        first_turn: info.first_turn,
        turns: info.turns,
    }
}

fn to_js(value: &impl Serialize) -> Result<JsValue, JsError> {
    let serializer = serde_wasm_bindgen::Serializer::new().serialize_missing_as_null(true);
    value
        .serialize(&serializer)
        .map_err(|error| JsError::new(&error.to_string()))
}
