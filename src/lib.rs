/*!
Full-text search over transcripts of meetings, in one process and without a server: who said what, in
which meeting, with the matches marked.

A collection of transcripts is compiled once into a *pack*, a compact file of bytes. A [`Searcher`]
opens the pack in memory and answers queries. The same code runs natively, behind the command
`turnsearch`, and compiled to WebAssembly inside a web page (crate `turnsearch-engine`).

# A search

```
use turnsearch::{Request, Searcher, build_from_memory};

let week = "WEBVTT\n\n00:01.000 --> 00:04.000\n<v Ada>The engine weaves patterns.\n\n\
            00:04.000 --> 00:06.000\n<v Charles>It needs punched cards.\n";
let searcher = Searcher::open(build_from_memory(&[("week.vtt", week)])?)?;

let answer = searcher.search(&Request { query: "punched cards".to_owned(), ..Request::default() });
assert_eq!(answer.total, 1);
let hit = &answer.hits[0];
assert_eq!(hit.snippet.text, "It needs punched cards.");
assert_eq!(&hit.snippet.text[hit.snippet.marks[0].clone()], "punched");
# Ok::<(), Box<dyn std::error::Error>>(())
```

# The types

- [`Searcher`] is an open pack. [`search`](Searcher::search) goes all the way from a [`Request`] to
  an [`Answer`] with [`Hit`]s, [`Facets`] and [`Note`]s. Its [`pack`](Searcher::pack) has what is
  known of a turn besides: text, speaker, meeting, times.
- A page that shows more of a result, or filters it, keeps the [`Found`] of
  [`find`](Searcher::find) and makes each page with [`answer`](Searcher::answer).
- [`marks`](Searcher::marks), [`whole`](Searcher::whole), [`kwic`](Searcher::kwic) and [`dispersion`](Searcher::dispersion) are
  other views of the same matches; [`suggest`](Searcher::suggest) is for every key press.
- [`Query`] is what was typed, taken apart: words, `"phrases"`, `OR`, `-without`, `speaker:`,
  `meeting:`, `before:`, `after:`. No query is an error.

All offsets into texts are UTF-8 bytes, all times are milliseconds from the start of the recording.

# How it finds

1. Exactly. Case, width, traditional and simplified characters, typographic marks and blanks that
   mean nothing are folded away, in the texts and in the query alike. Then every part of the query
   must stand in the turn, in its text or in one of its events: ideographs anywhere, words of
   alphabetic scripts whole. A part is found by scanning the folded texts, so every substring is
   found, whatever words it cuts.
2. If no turn has everything, then relaxed, and in the open: a part that stands nowhere is replaced
   by words spelt almost like it, or by words pronounced like it (pinyin); failing that, any of the
   words will do. [`Answer::matched`] says by which rule the turns match, and [`Answer::notes`]
   which words were looked for. An answer that says [`Matched::Exact`] is exact.
3. The turns are ranked by BM25 with additions for names, headings, closeness, and for questions,
   whose answers tend to stand in the next turn.

# Features

| feature           | what it adds                                                                   |
| ----------------- | ------------------------------------------------------------------------------ |
| `seeds` (default) | `SEEDS_PACK`, a pack of five demo documents                                    |
| `build`           | `build`, `build_from_memory` and `write` make packs; pulls parser and writer   |

Without features the crate opens packs and searches, with few dependencies, also on
`wasm32-unknown-unknown`.

# Limits

- A pack is read whole and stays in memory, with the folded form of its texts, which is about as
  large as the texts themselves. A pack holds at most 256 MiB of text; more has to be split.
- A search that knows nothing of the query from before reads all folded texts, so its time grows
  with the collection.
- A query has at most [`MAX_QUERY_BYTES`] and [`MAX_PARTS`]; what is beyond is cut off or joined.
- A collection does not change: a new transcript means a new pack.
- Relaxing and ranking know Chinese and languages in Latin letters best. Words are not stemmed.

# When not to use it

- For texts that change while they are searched, or for gigabytes of them: use a search server, or
  an index on disk such as tantivy.
- For prose without turns, such as articles or manuals: the unit of an answer here is what one
  person said at one time.
- For search by meaning: nothing is found that shares no word, spelling or sound with the query.
- From several threads at once on one searcher: it remembers what it found, without locks, so
  it is [`Send`] but not [`Sync`]; see [`Searcher`].

# Inside

Five rooms, each of which knows only those before it: `compact` (small stand-ins for the standard
library), `index` (what is open, and where a string stands), `find` (from a query to the turns that
answer it exactly), `relax` (what else the reader may have meant), `show` (which come first, and what
is seen of them). `searcher` joins them.
*/

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod compact;
mod find;
mod index;
mod relax;
mod searcher;
mod show;

pub use find::filter::Filter;
pub use find::found::Found;
pub use find::matched::Matched;
pub use find::note::{Note, NoteKind};
pub use find::query::{FilterKey, MAX_PARTS, MAX_QUERY_BYTES, Part, Query};
pub use find::request::{Request, Sort};
pub use relax::suggestion::{Suggestion, SuggestionKind};
pub use searcher::Searcher;
pub use show::answer::{Answer, Hit};
pub use show::dispersion::Dispersion;
pub use show::facets::Facets;
pub use show::kwic::Kwic;
pub use show::snippet::Snippet;

// What the methods above return or take, so that no other crate is needed to name it.
#[cfg(feature = "build")]
pub use turnsearch_builder::{
    BuildError, ConfigError, InputError, ParseError, WriteError, build, build_from_memory, write,
};
pub use turnsearch_model as model;
pub use turnsearch_model::{Event, Field, Kind, MeetingId, Metadata, Speaker, SpeakerId, TurnId};
pub use turnsearch_pack::{
    CollectionInfo, Columns, Fault, Heading, Lexicon, MeetingInfo, Pack, PackError, Phrase,
    Phrases, Pinyin, SectionTag, Sections, Time, TurnInfo, Visit,
};
pub use turnsearch_text::FoldTable;

/// The pack of the five documents in `seeds/`, as the build script compiled it.
#[cfg(feature = "seeds")]
pub const SEEDS_PACK: &[u8; include_bytes!(concat!(env!("OUT_DIR"), "/seeds.turns")).len()] =
    include_bytes!(concat!(env!("OUT_DIR"), "/seeds.turns"));
