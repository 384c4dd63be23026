/*!
What every source format becomes, and what every pack is made of: a [`Collection`] of meetings, each
with its speakers and turns.

The crate has no dependency and does no input or output. Everybody may know it; it knows nobody.

```
use turnsearch_model::{Collection, Field, Meeting, Metadata, Speaker, SpeakerId, Turn};

let mut meta = Metadata::default();
meta[Field::Date] = Some("2021-03-08".to_owned());
let meeting = Meeting {
    id: turnsearch_model::slug("week one.txt"),
    source: "week one.txt".to_owned(),
    meta,
    turns: vec![Turn { n: 1, speaker: Some(SpeakerId(0)), text: "Hello.".to_owned(), ..Turn::default() }],
    ..Meeting::default()
};
let speaker = Speaker { name: "Ann Lee".to_owned(), ..Speaker::default() };
let collection = Collection { meetings: vec![meeting], speakers: vec![speaker], ..Collection::default() };
assert_eq!(collection.meetings[0].id, "week-one");
assert_eq!(collection.speaker_of(&collection.meetings[0].turns[0]).unwrap().name, "Ann Lee");
```

# Units

Offsets are UTF-8 bytes, times are milliseconds from the start of the recording, lines count from 1.
*/

#![deny(missing_docs)]

mod collection;
mod field;
mod id;
pub mod link;
mod slug;

pub use collection::{Collection, Event, Kind, Meeting, Speaker, Turn};
pub use field::{Field, Metadata};
pub use id::{MeetingId, SpeakerId, TurnId};
pub use link::{LinkError, LinkPattern};
pub use slug::slug;
