//! Sources that are read line by line: text, with or without markup.

pub mod asides;
pub mod blocks;
pub mod corrected;
pub mod document;
pub mod emphasis;
pub mod front;
pub mod head;
pub mod layout;
pub mod literal;
pub mod markdown;
pub mod markup;
pub mod numbering;
pub mod openings;
pub mod page;
pub mod reading;
pub mod source;
pub mod table;
pub mod transcript;
pub mod turns;
