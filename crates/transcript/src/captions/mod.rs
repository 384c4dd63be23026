//! Captions: lists of short pieces with times, which are joined to turns.

mod chevrons;
pub mod cue;
pub mod events;
pub mod file;
pub mod labels;
pub mod leads;
pub mod merge;
pub mod opening;
pub mod payload;
pub mod rolling;
pub mod voices;
