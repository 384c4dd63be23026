//! The shapes in which formats yield what they read.

use crate::captions::cue::Captions;
use crate::flow::steps::Flow;
use crate::lines::markup::Lines;
use crate::turns::draft::Draft;

/// A source, read as far as its format goes. A shared reader of each shape makes turns of it.
#[derive(Debug)]
pub(crate) enum Shape<'i> {
    /// Text, with or without markup.
    Lines(Lines<'i>),
    /// Short pieces with times.
    Captions(Captions),
    /// XML, HTML and other trees.
    Flow(Flow),
    /// Finished turns of one or several meetings, each with the name of its source: JSON Lines
    /// holds what this crate has made, and there is nothing left to find out.
    Meetings(Vec<(String, Draft)>),
}
