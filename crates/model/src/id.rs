//! Numbers that are not to be mistaken for each other.

use std::fmt;

macro_rules! ids {
    ($($(#[$about:meta])* $name:ident;)*) => {$(
        $(#[$about])*
        #[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
        #[repr(transparent)]
        pub struct $name(pub u32);

        impl $name {
            /// The id of the entry at `index` of its list. No list has more than 2³² entries: its
            /// texts alone would not fit into a pack; beyond that the id stays at the largest.
            pub fn at(index: usize) -> Self {
                Self(u32::try_from(index).unwrap_or(u32::MAX))
            }

            /// Index into the list that the id counts.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    )*};
}

ids! {
    /// A turn in the whole collection, from 0: the turns of all meetings follow each other.
    TurnId;
    /// Index into [`Collection::meetings`](crate::Collection::meetings).
    MeetingId;
    /// Index into [`Collection::speakers`](crate::Collection::speakers), or, before sources are
    /// brought together, into the speakers of one source.
    SpeakerId;
}
