//! The pack of the seeds must not grow unseen. `cargo xtask size --check` holds the engine to its
//! figures.

mod common;

use common::SEEDS_PACK;

/// Growth that passes unasked, in percent.
const TOLERANCE: usize = 2;

#[test]
fn the_pack_stays_within_its_figure() {
    let accepted: usize = include_str!("size.toml")
        .lines()
        .find_map(|line| line.strip_prefix("pack = ")?.parse().ok())
        .expect("tests/size.toml has a figure for the pack");
    assert!(
        SEEDS_PACK.len() * 100 <= accepted * (100 + TOLERANCE),
        "the pack has grown from {accepted} to {} bytes; make it smaller, or accept it with `cargo xtask size --accept`",
        SEEDS_PACK.len()
    );
}
