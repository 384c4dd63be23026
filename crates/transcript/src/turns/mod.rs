//! From pieces of a source to turns, whatever the source looked like.

pub mod account;
pub mod builder;
pub mod content;
pub mod corrections;
pub mod draft;
pub mod furniture;
pub mod join;
pub mod marks;
pub mod text;
