/*!
The pack: one file that holds a collection and everything needed to search it.

Reader and writer of each structure lie side by side; the layout of each section is described at the
head of its module, and byte by byte in `docs/FORMAT.md`. The reader is for the browser: it knows no
files, trusts no byte, and answers every damage with a [`PackError`]. The writer (feature `write`) is
for build time.

Columns lie apart from texts: [`Pack::turn`] says who, when and under which heading without decoding
anything, [`Pack::text`] what was said.

Numbers are little-endian; `number` means LEB128, `gamma` means Elias gamma of the number plus one,
and `string` a text of the section `text`.
*/

#![forbid(unsafe_code)]
#![deny(missing_docs)]

mod bytes;
mod code;
mod collection;
mod columns;
mod container;
mod error;
mod fault;
mod format;
mod lexicon;
mod phrases;
mod read;
mod tables;
mod turn;
#[cfg(feature = "write")]
mod write;

pub use code::{MAX_CODE_LENGTH, MAX_EXPANSION};
pub use collection::{CollectionInfo, MeetingInfo};
pub use columns::{Columns, Heading, Time};
#[cfg(feature = "write")]
pub use container::assemble;
pub use container::{Sections, checksum};
pub use error::PackError;
pub use fault::Fault;
pub use format::{CUSTOM_SECTION, FORMAT_VERSION, SIGNATURE, SectionTag};
pub use lexicon::{Lexicon, Visit, is_function_word, turns_of_word};
pub use phrases::{Phrase, Phrases};
pub use read::{MAX_TEXT_BYTES, OnTurn, Pack, most_text};
pub use tables::Pinyin;
pub use turn::TurnInfo;
#[cfg(feature = "write")]
pub use write::{WriteError, write, write_owned};
