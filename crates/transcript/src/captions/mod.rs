//! Captions: lists of short pieces with times, which are joined to turns.

pub mod cue;
pub mod file;
pub mod merge;
pub mod opening;
pub mod payload;
