//! The searcher as the page sees it, and the module that carries the pack: a class `Engine` that
//! takes and returns plain JavaScript values. Offsets into texts are UTF-16 code units here, as
//! JavaScript counts.
//!
//! No text for readers is written here: errors are codes, which the page words in its language.
//!
//! Answers cross over as one JSON text, one call and one parse in place of a call for every
//! property; numbers by the hundred as typed arrays; statistics through serde.

mod json;

use std::ops::Range;

use js_sys::{Array, Float32Array, JSON, Object, Reflect, Uint32Array};
use turnsearch::{
    Answer, Facets, Filter, Found, Hit, MeetingId, Note, Request, Searcher, Snippet, Sort,
    SpeakerId, Suggestion, SuggestionKind, TurnId,
};
use turnsearch_model::{Field, Speaker};
use turnsearch_pack::{MeetingInfo, Pack, TurnInfo};
use turnsearch_text::part;
use wasm_bindgen::prelude::*;

use crate::json::Json;

/// In place of the allocator of the standard library: smaller, as fast, and memory stays as flat.
/// See docs/decisions/engine-allocator.md.
#[cfg(target_arch = "wasm32")]
#[global_allocator]
static ALLOCATOR: talc::wasm::WasmDynamicTalc = talc::wasm::new_wasm_dynamic_allocator();

/// The pack of `seeds/`. The linker puts it into a custom section of its own, so that a page can
/// hand it to the engine, or an engine with another pack can be made without a compiler.
///
/// Public, and not `#[used]`: so it is kept, but only there and not a second time in the data.
#[cfg(target_arch = "wasm32")]
#[allow(unsafe_code)] // Naming a link section is the one way to make a custom section; it runs nothing.
#[unsafe(link_section = "turnsearch.pack")]
pub static SEEDS_PACK: [u8; turnsearch::SEEDS_PACK.len()] = *turnsearch::SEEDS_PACK;

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
    /// What the last query found: more hits, filters and marks ask for it again.
    last: Option<Last>,
}

struct Last {
    query: String,
    typing: bool,
    found: Found,
}

#[wasm_bindgen]
impl Engine {
    /// Opens a pack.
    ///
    /// # Errors
    /// Throws an `Error` whose message is the code of what is wrong with the bytes, with its
    /// values: `pack/damaged coll`.
    #[wasm_bindgen(constructor)]
    pub fn new(pack: Vec<u8>) -> Result<Engine, JsError> {
        let searcher = Searcher::open(pack).map_err(|error| JsError::new(&error.code()))?;
        Ok(Self {
            searcher,
            last: None,
        })
    }

    /// Searches; see `engine.d.ts` for the shapes.
    pub fn search(&mut self, query: &str, options: &JsValue) -> JsValue {
        let request = request(options);
        let found = found(&mut self.last, &self.searcher, query, request.typing);
        let answer = self.searcher.answer(found, &request);
        let mut json = Json::default();
        write_answer(&mut json, query, &answer);
        let object = parse(&json);
        // A score keeps every bit only as a number.
        let hits: Array = get(&object, "hits").dyn_into().unwrap_or_default();
        for (object, hit) in hits.iter().zip(&answer.hits) {
            set(&object, "score", &JsValue::from_f64(f64::from(hit.score)));
        }
        object
    }

    /// Where in the meetings the matches lie, as a list with an entry for each meeting that has
    /// some.
    pub fn dispersion(&mut self, query: &str, options: &JsValue) -> Array {
        let request = request(options);
        let found = found(&mut self.last, &self.searcher, query, request.typing);
        let plots = Array::new();
        for dispersion in self.searcher.dispersion(found, &request.filter) {
            let plot = Object::new();
            set(&plot, "meeting", &dispersion.meeting.0.into());
            let positions = Float32Array::from(&dispersion.positions[..]);
            set(&plot, "positions", &positions);
            let mut turns = Vec::with_capacity(dispersion.turns.len());
            for turn in dispersion.turns {
                turns.push(turn.0);
            }
            set(&plot, "turns", &Uint32Array::from(&turns[..]));
            plots.push(&plot);
        }
        plots
    }

    /// What is known of all turns without their texts; see `engine.d.ts`.
    pub fn columns(&self) -> Object {
        columns(self.searcher.pack())
    }

    /// The texts of turns, each with the end of its headings and its events; `null` for a turn that
    /// is not there.
    pub fn texts(&self, ids: &[u32]) -> JsValue {
        let mut json = Json::default();
        json.open('[');
        for &id in ids {
            write_text(&mut json, self.searcher.pack(), TurnId(id));
        }
        parse(json.close(']'))
    }

    /// For each of the turns, pairs of start and end of every match of `query` in its text and its
    /// events, one text after the other, in UTF-16.
    pub fn marks(&mut self, ids: &[u32], query: &str, typing: bool) -> Array {
        let found = found(&mut self.last, &self.searcher, query, typing);
        let marks_of_turns = Array::new();
        for &id in ids {
            let offsets = offsets(&self.searcher.whole(found, TurnId(id)));
            marks_of_turns.push(&Uint32Array::from(&offsets[..]));
        }
        marks_of_turns
    }

    /// Up to `limit` suggestions for what was typed.
    pub fn suggest(&self, typed: &str, limit: usize) -> JsValue {
        let mut json = Json::default();
        json.open('[');
        for suggestion in self.searcher.suggest(typed, limit) {
            write_suggestion(&mut json, &suggestion);
        }
        parse(json.close(']'))
    }

    /// Meetings, speakers and totals.
    pub fn collection(&self) -> JsValue {
        let mut json = Json::default();
        self.write_collection(&mut json);
        parse(&json)
    }

    /// Bytes of the pack; of its sections, name and bytes.
    pub fn stats(&self) -> Object {
        let pack = self.searcher.pack();
        let mut sections: Vec<(String, u32)> = Vec::new();
        for (tag, range) in pack.sections().iter() {
            sections.push((tag.as_str().to_owned(), range.len() as u32));
        }
        let stats = Object::new();
        set(&stats, "packBytes", &(pack.bytes().len() as u32).into());
        set(&stats, "words", &(pack.lexicon().len() as u32).into());
        let sections = serde_wasm_bindgen::to_value(&sections).unwrap_or_default();
        set(&stats, "sections", &sections);
        stats
    }
}

impl Engine {
    fn write_collection(&self, json: &mut Json) {
        let pack = self.searcher.pack();
        let info = pack.collection();
        let mut totals = vec![(0, 0); info.speakers.len()];
        for (turn, speaker) in (0..).zip(pack.columns().speakers()) {
            let total = speaker.and_then(|speaker| totals.get_mut(speaker.index()));
            if let Some((turns, characters)) = total {
                *turns += 1;
                *characters += self.searcher.folded_characters(TurnId(turn));
            }
        }
        json.open('{').key("title").optional(info.title.as_deref());
        json.key("language").optional(info.language.as_deref());
        json.key("meetings").open('[');
        for (id, meeting) in (0..).zip(&info.meetings) {
            write_meeting(json, id, meeting);
        }
        json.close(']').key("speakers").open('[');
        for ((id, speaker), totals) in (0..).zip(&info.speakers).zip(totals) {
            write_speaker(json, id, speaker, totals);
        }
        json.close(']').key("turns").number(pack.turns());
        json.key("textBytes").number(info.text_bytes as u32);
        json.close('}');
    }
}

/// In a typed array, what has no value.
const NONE: u32 = u32::MAX;

/// Numbers for each turn, in the order of `engine.d.ts`.
const NUMBERS_OF_TURN: usize = 6;

/// The columns of `pack`: numbers, and the paths of headings that they refer to.
fn columns(pack: &Pack) -> Object {
    let mut numbers = Vec::with_capacity(pack.turns() as usize * NUMBERS_OF_TURN);
    let mut headings = Json::default();
    headings.open('[');
    let mut paths = 0;
    let mut path: &[String] = &[];
    for id in 0..pack.turns() {
        let Some(turn) = pack.turn(TurnId(id)) else {
            continue;
        };
        // Turns that follow each other mostly stand under the same headings.
        let has_headings = !turn.heading.is_empty();
        if has_headings && turn.heading != path {
            path = turn.heading;
            headings.strings(path);
            paths += 1;
        }
        let heading = if has_headings { paths - 1 } else { NONE };
        numbers.extend(numbers_of(&turn, heading));
    }
    let columns = Object::new();
    set(&columns, "numbers", &Uint32Array::from(&numbers[..]));
    set(&columns, "headings", &parse(headings.close(']')));
    columns
}

/// The numbers of a turn whose path of headings has the number `heading`.
fn numbers_of(turn: &TurnInfo, heading: u32) -> [u32; NUMBERS_OF_TURN] {
    [
        turn.meeting.0,
        turn.speaker.map_or(NONE, |speaker| speaker.0),
        heading,
        turn.own_headings as u32,
        turn.time.map_or(NONE, |time| time.start_ms),
        turn.time.and_then(|time| time.end_ms).unwrap_or(NONE),
    ]
}

/// The text of a turn with its events, or `null`.
fn write_text(json: &mut Json, pack: &Pack, id: TurnId) {
    let (Some(turn), Some(text)) = (pack.turn(id), pack.text(id)) else {
        json.optional(None);
        return;
    };
    json.open('{').key("text").string(&text);
    let headings = first_lines(&text, turn.own_headings);
    json.key("headingEnd").number(utf16_length(headings));
    json.key("events").open('[');
    for event in turn.events {
        write_event(json, &text, event.offset, &event.text);
    }
    json.close(']').close('}');
}

/// What happens in `text` before the UTF-8 `offset`, or at its end.
fn write_event(json: &mut Json, text: &str, offset: usize, event: &str) {
    let before = text.get(..offset).unwrap_or(text);
    json.open('{').key("offset").number(utf16_length(before));
    json.key("text").string(event).close('}');
}

/// What `query` finds: looked for, unless that was what was looked for last.
fn found<'l>(
    last: &'l mut Option<Last>,
    searcher: &Searcher,
    query: &str,
    typing: bool,
) -> &'l Found {
    if !last
        .as_ref()
        .is_some_and(|last| last.query == query && last.typing == typing)
    {
        *last = None;
    }
    let last = last.get_or_insert_with(|| Last {
        query: query.to_owned(),
        typing,
        found: searcher.find(query, typing),
    });
    &last.found
}

/// The request in a plain object, its query aside; what is missing or of another type has its
/// default.
fn request(options: &JsValue) -> Request {
    let defaults = Request::default();
    let number = |name: &str, default: usize| {
        let given = get(options, name).as_f64();
        given.map_or(default, |number| number as usize)
    };
    let mut filter = Filter::default();
    each_number(options, "speakers", &mut |number| {
        filter.speakers.push(SpeakerId(number));
    });
    each_number(options, "meetings", &mut |number| {
        filter.meetings.push(MeetingId(number));
    });
    each(options, "years", &mut |value| {
        if let Some(year) = value.as_string() {
            filter.years.push(year);
        }
    });
    Request {
        query: String::new(),
        limit: number("limit", defaults.limit),
        offset: number("offset", defaults.offset),
        sort: get(options, "sort")
            .as_string()
            .and_then(|name| Sort::from_name(&name))
            .unwrap_or_default(),
        typing: get(options, "typing").is_truthy(),
        filter,
    }
}

/// The property `name`; `undefined` where there is none.
fn get(object: &JsValue, name: &str) -> JsValue {
    Reflect::get(object, &JsValue::from_str(name)).unwrap_or_default()
}

/// Setting a property of a fresh plain object cannot fail.
fn set(object: &JsValue, name: &str, value: &JsValue) {
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// Hands the items of the list `name` to `on_item`; none where it is no list.
fn each(object: &JsValue, name: &str, on_item: &mut dyn FnMut(JsValue)) {
    let list: Array = get(object, name).dyn_into().unwrap_or_default();
    for at in 0..list.length() {
        on_item(list.get(at));
    }
}

/// Hands the numbers in the list `name` to `on_number`.
fn each_number(object: &JsValue, name: &str, on_number: &mut dyn FnMut(u32)) {
    each(object, name, &mut |value| {
        if let Some(number) = value.as_f64() {
            on_number(number as u32);
        }
    });
}

/// What was written is JSON.
fn parse(json: &Json) -> JsValue {
    JSON::parse(json.text()).unwrap_or_default()
}

fn write_answer(json: &mut Json, query: &str, answer: &Answer) {
    let matched = answer.matched.as_str();
    json.open('{').key("query").string(query);
    json.key("total").number(answer.total as u32);
    json.key("matched")
        .string(if answer.total == 0 { "none" } else { matched });
    json.key("notes").open('[');
    for note in answer.notes.iter() {
        write_note(json, note);
    }
    json.close(']').key("hits").open('[');
    for hit in &answer.hits {
        write_hit(json, hit, matched);
    }
    json.close(']').key("facets");
    write_facets(json, &answer.facets);
    json.close('}');
}

fn write_note(json: &mut Json, note: &Note) {
    json.open('{').key("kind").string(note.kind.as_str());
    json.key("terms").strings(&note.terms);
    json.key("more").number(note.more as u32).close('}');
}

fn write_hit(json: &mut Json, hit: &Hit, matched: &str) {
    let Snippet { text, events, .. } = &hit.snippet;
    json.open('{').key("turn").number(hit.turn.0);
    json.key("matched").string(matched);
    json.key("snippet").open('{');
    json.key("text").string(text);
    json.key("events").open('[');
    for event in events {
        write_event(json, text, event.offset, &event.text);
    }
    json.close(']').key("marks").open('[');
    for offset in offsets(&hit.snippet) {
        json.number(offset);
    }
    json.close(']').key("before").flag(hit.snippet.cut_before);
    json.key("after").flag(hit.snippet.cut_after);
    json.close('}').close('}');
}

fn write_facets(json: &mut Json, facets: &Facets) {
    json.open('{');
    json.key("speakers").open('[');
    for &(speaker, count) in &facets.speakers {
        write_count(json, speaker.0, count);
    }
    json.close(']').key("meetings").open('[');
    for &(meeting, count) in &facets.meetings {
        write_count(json, meeting.0, count);
    }
    json.close(']').key("years").open('[');
    for (year, count) in &facets.years {
        json.open('{').key("id").string(year);
        json.key("count").number(*count as u32).close('}');
    }
    json.close(']').close('}');
}

fn write_count(json: &mut Json, id: u32, count: usize) {
    json.open('{').key("id").number(id);
    json.key("count").number(count as u32).close('}');
}

fn write_suggestion(json: &mut Json, suggestion: &Suggestion) {
    json.open('{').key("kind").string(suggestion.kind.as_str());
    json.key("text").string(&suggestion.text);
    json.key("insert").string(&suggestion.insert);
    json.key("detail").string(&suggestion.detail);
    json.key("count").number(suggestion.turns as u32);
    let id = match suggestion.kind {
        SuggestionKind::Speaker(speaker) => Some(speaker.0),
        SuggestionKind::Meeting(meeting) => Some(meeting.0),
        _ => None,
    };
    json.key("id").optional_number(id).close('}');
}

/// What is said about the speaker with this number, given how many turns and characters are theirs.
fn write_speaker(json: &mut Json, id: u32, info: &Speaker, (turns, characters): (u32, u32)) {
    json.open('{').key("id").number(id);
    json.key("name").string(&info.name);
    json.key("aliases").strings(&info.aliases);
    json.key("role").optional(info.role.as_deref());
    json.key("turns").number(turns);
    json.key("characters").number(characters).close('}');
}

fn write_meeting(json: &mut Json, id: u32, info: &MeetingInfo) {
    json.open('{').key("id").number(id);
    json.key("slug").string(&info.id);
    json.key("source").string(&info.source);
    json.key("kind").string(info.kind.as_str());
    for field in Field::ALL {
        let value = info.meta.get(field);
        let instead = (field == Field::Title).then_some(info.id.as_str());
        json.key(field.name()).optional(value.or(instead));
    }
    json.key("firstTurn").number(info.first_turn.0);
    json.key("turns").number(info.turns).close('}');
}

/// The first `lines` of `text`, each with its end.
fn first_lines(text: &str, lines: usize) -> &str {
    let mut left = lines;
    for (at, byte) in text.bytes().enumerate() {
        if left == 0 {
            return part(text, ..at);
        }
        left -= usize::from(byte == b'\n');
    }
    text
}

fn utf16_length(text: &str) -> u32 {
    text.chars().map(|c| c.len_utf16() as u32).sum()
}

/// The marks of `snippet` as pairs of UTF-16 offsets, which go on from its text through its events.
fn offsets(snippet: &Snippet) -> Vec<u32> {
    let mut whole = snippet.text.clone();
    for event in &snippet.events {
        whole.push_str(&event.text);
    }
    utf16_offsets(&whole, &snippet.marks)
}

/// UTF-8 `ranges` of `text`, in order, as pairs of UTF-16 offsets.
fn utf16_offsets(text: &str, ranges: &[Range<usize>]) -> Vec<u32> {
    let mut offsets = Vec::with_capacity(2 * ranges.len());
    let (mut at, mut units) = (0, 0);
    for range in ranges {
        for offset in [range.start, range.end] {
            units += utf16_length(part(text, at..offset));
            at = offset;
            offsets.push(units);
        }
    }
    offsets
}
