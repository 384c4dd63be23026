/*!
Folders of transcripts to one collection: files, their configuration and their sidecars, from a disk
or from memory.

```
use turnsearch_intake::{InputOptions, Memory, collect, read_with};
use turnsearch_model::Field;

let files = Memory::from_iter([
    ("talks/week.txt", "JO SMITH: Hi.\n\nANN LEE: Hello.\n\nJO SMITH: Bye.\n"),
    ("talks/week.turns.toml", "[[merge]]\nspeaker = \"Jo Smith\"\nnames = [\"JO SMITH\"]\n"),
    ("talks/collection.toml", "[meetings.\"week.txt\"]\ndate = \"2021-03-08\"\n"),
]);
let loaded = read_with(&files, &["talks"], &InputOptions::default(), |_| ())?;
let (collection, audits) = collect(loaded.sources, &loaded.config)?;
assert_eq!(collection.meetings[0].meta.get(Field::Date), Some("2021-03-08"));
assert_eq!(collection.speakers[0].name, "Jo Smith");
assert!(audits[0].account.is_balanced());
# Ok::<(), Box<dyn std::error::Error>>(())
```

# What is read

1. [`Files`]: where they lie. [`Disk`] and [`Memory`] are two such places; what follows is the same
   for both.
2. Paths to files: folders are listed, patterns matched. A folder's `collection.toml`
   ([`CollectionConfig`]) chooses among its files.
3. Files to sources: each is parsed by itself, with what its sidecar corrects. A file that does not
   fit is left out with its error, or ends the reading ([`InputOptions`]).
4. Sources to a collection ([`collect`]): what the configuration says takes the place of what was
   read, and one person is one speaker in all meetings.

# Limits

- Names of files that are not UTF-8 are read with their odd characters replaced; no pattern matches
  them.
- Links to folders are followed where a path or a pattern names them, and not inside folders.
*/

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod collect;
mod config;
mod discover;
mod error;
mod files;
mod form;
mod hint;
mod names;
mod pattern;
mod people;
mod read;
mod renames;
mod sidecar;
mod syntax;
mod text;

pub use collect::{Audit, collect};
pub use config::{CollectionConfig, MeetingConfig, Renamed, SpeakerConfig};
pub use error::{ConfigError, InputError};
pub use files::{Disk, Entry, Files, Memory};
pub use read::{Event, InputOptions, Loaded, Skipped, Unfit, read, read_with};
pub use sidecar::parse_sidecar;
// Part of `InputError`.
pub use turnsearch_transcript::ParseError;
