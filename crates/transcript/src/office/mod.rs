//! Files of word processors: archives with parts in XML.
//!
//! Parts are read by name; no relation that leads outside the file is followed.

pub mod package;
pub mod part;
pub mod properties;
pub mod styles;
