//! What labels, names, dates and remarks look like, and how much each sign weighs.

mod colons;
pub mod court;
pub mod dates;
pub mod evidence;
pub mod forest;
pub mod glyph;
mod initials;
pub mod label;
pub mod lang;
pub mod names;
pub mod opening;
pub mod phrases;
pub mod script;
pub mod series;
pub mod speakers;
pub mod stage;
pub mod stamp;
pub mod suspect;
mod tally;
