//! The searcher as the page sees it: a class `Engine` that takes and gives plain JavaScript
//! values. Offsets into texts are UTF-16 code units here, as JavaScript counts.
//!
//! Objects are made by hand from js-sys, which is fast and small; lists of strings go through serde.

use js_sys::{Array, Float32Array, Object, Reflect, Uint32Array};
use turnsearch_pack::{MeetingField, MeetingInfo, SpeakerInfo};
use wasm_bindgen::prelude::*;

use turnsearch_text::part;

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
        let searcher = Searcher::open(pack).map_err(|error| JsError::new(&error.message()))?;
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
        list(self.searcher.suggest(typed, limit), |suggestion| {
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
            entry.into()
        })
    }

    /// Meetings, speakers and totals.
    pub fn collection(&self) -> Object {
        let pack = self.searcher.pack();
        let info = pack.collection();
        let mut totals = vec![(0, 0); info.speakers.len()];
        for (turn, speaker) in (0..).zip(&info.turn_speakers) {
            if let Some(speaker) = speaker {
                let total = &mut totals[*speaker as usize];
                total.0 += 1;
                total.1 += self.searcher.folded_characters(turn);
            }
        }
        let meetings = Array::new();
        for (id, info) in (0..).zip(&info.meetings) {
            meetings.push(&meeting(id, info));
        }
        let speakers = Array::new();
        for ((id, info), totals) in (0..).zip(&info.speakers).zip(totals) {
            speakers.push(&speaker(id, info, totals));
        }
        let collection = object();
        set(&collection, "title", optional(&info.title));
        set(&collection, "language", optional(&info.language));
        set(&collection, "meetings", meetings);
        set(&collection, "speakers", speakers);
        set(&collection, "turns", pack.turns());
        set(&collection, "textBytes", info.text_bytes as u32);
        collection
    }

    /// Bytes of the pack and of its sections.
    pub fn stats(&self) -> Object {
        let pack = self.searcher.pack();
        let sections = Array::new();
        for (tag, range) in self.searcher.pack().sections().iter() {
            let section = object();
            set(&section, "name", tag.as_str());
            set(&section, "bytes", range.len() as u32);
            sections.push(&section);
        }
        let stats = object();
        set(&stats, "packBytes", pack.bytes().len() as u32);
        set(&stats, "sections", sections);
        set(&stats, "words", pack.lexicon().len() as u32);
        stats
    }

    fn set_heading(&self, turn: &Object, id: u32, text: &str) {
        let headings = &self.searcher.pack().collection().headings;
        let found = headings
            .binary_search_by_key(&id, |heading| heading.turn)
            .ok()
            .map(|at| &headings[at]);
        let path = found.map_or(&[][..], |heading| &heading.path);
        set(turn, "heading", strings(path));
        let own = found.map_or(0, |heading| heading.own);
        let lines = text.split_inclusive('\n').take(own).map(str::len).sum();
        set(turn, "headingEnd", utf16_length(part(text, ..lines)));
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
    set(&object, "notes", list(answer.notes, note));
    let matched = answer.matched.as_str();
    set(
        &object,
        "hits",
        list(answer.hits, |found| hit(found, matched)),
    );
    set(&object, "facets", facets(answer.facets));
    set(&object, "dispersion", list(answer.dispersion, dispersion));
    object
}

fn note(note: Note) -> JsValue {
    let entry = object();
    set(&entry, "kind", note.kind.as_str());
    set(&entry, "terms", strings(&note.terms));
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
        list(counts, |(id, count)| counted(JsValue::from(id), count))
    };
    let object = object();
    set(&object, "speakers", numbered(facets.speakers));
    set(&object, "meetings", numbered(facets.meetings));
    let year = |(year, count): (String, usize)| counted(JsValue::from(year), count);
    set(&object, "years", list(facets.years, year));
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

fn list<T>(items: Vec<T>, entry: impl Fn(T) -> JsValue) -> Array {
    let list = Array::new();
    for item in items {
        list.push(&entry(item));
    }
    list
}

fn set(object: &Object, name: &str, value: impl Into<JsValue>) {
    set_value(object, name, &value.into());
}

/// Setting a property of a fresh plain object cannot fail.
fn set_value(object: &Object, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
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
            units += utf16_length(part(text, at..offset));
            at = offset;
            pairs.push(units);
        }
    }
    Uint32Array::from(&pairs[..])
}

/// What is said about the speaker with this number, given how many turns and characters are theirs.
fn speaker(id: u32, info: &SpeakerInfo, (turns, characters): (u32, u32)) -> JsValue {
    let entry = object();
    set(&entry, "id", id);
    set(&entry, "name", &*info.name);
    set(&entry, "aliases", strings(&info.aliases));
    set(&entry, "role", optional(&info.role));
    set(&entry, "turns", turns);
    set(&entry, "characters", characters);
    entry.into()
}

fn meeting(id: u32, info: &MeetingInfo) -> JsValue {
    let kind = if info.document {
        "document"
    } else {
        "transcript"
    };
    let entry = object();
    set(&entry, "id", id);
    set(&entry, "slug", &*info.slug);
    set(&entry, "source", &*info.source);
    set(&entry, "kind", kind);
    for (name, value) in FIELDS.iter().zip(&info.fields) {
        set(&entry, name, optional(value));
    }
    if info.field(MeetingField::Title).is_none() {
        set(&entry, "title", &*info.slug);
    }
    set(&entry, "firstTurn", info.first_turn);
    set(&entry, "turns", info.turns);
    entry.into()
}

/// Names of [`MeetingInfo::fields`].
const FIELDS: [&str; 9] = [
    "title", "event", "date", "time", "zone", "place", "language", "url", "media",
];

fn optional(text: &Option<String>) -> JsValue {
    text.as_deref().map_or(JsValue::NULL, JsValue::from_str)
}

/// A list of strings, by way of serde.
fn strings(list: &[String]) -> JsValue {
    serde_wasm_bindgen::to_value(list).unwrap_or_default()
}
