//! Small stand-ins for what the standard library has in a size that a web page should not pay for.
//!
//! Every sort, every chain of adapters and every way to read a string is compiled anew for each
//! type and closure that it is used with; here each exists once. Begin at `chars`. The room knows
//! no turn, no query and no collection, and none of the other rooms.

pub(crate) mod chars;
pub(crate) mod first;
pub(crate) mod least;
pub(crate) mod order;
pub(crate) mod strings;
