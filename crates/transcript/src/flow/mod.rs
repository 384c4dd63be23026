//! XML, HTML and other trees: running text with elements in it.
//!
//! Nothing outside the file is ever read: no external entity, no document type definition.

pub mod doctype;
pub mod document;
pub mod elements;
pub mod load;
pub mod steps;
pub mod turns;
