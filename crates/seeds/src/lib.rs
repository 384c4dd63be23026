//! The pack of the five demo documents in `seeds/`, as the build script compiled it.

#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

/// The bytes of the pack.
pub const SEEDS_PACK: &[u8; include_bytes!(concat!(env!("OUT_DIR"), "/seeds.turns")).len()] =
    include_bytes!(concat!(env!("OUT_DIR"), "/seeds.turns"));
