//! Damaged, truncated, foreign and hostile packs: an error each that names the place, never a
//! panic, nothing half-opened. `cargo test --test damage -- --nocapture` prints the matrix of
//! section, damage and outcome.

mod common;

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;
use std::time::Instant;

use common::{SEEDS_PACK, searcher_of};
use proptest::prelude::*;
use proptest::sample::Index;
use turnsearch::{PackError, Request, Searcher, TurnId};
use turnsearch_pack::{FORMAT_VERSION, SectionTag, Sections, checksum};

/// Random places of the seeds' pack that are damaged.
const RANDOM_PLACES: u32 = 10_000;

/// A pack so small that every change of it can be tried.
fn small_pack() -> Vec<u8> {
    let searcher = searcher_of(&[
        "# 2019-03-11 治理 call",
        "莎莉: 域名系统的安全和 DNS。",
        "Ann: A café, the domain name system.",
        "莎莉: 著作權。",
    ]);
    searcher.pack().bytes().to_vec()
}

fn sections_of(pack: &[u8]) -> Vec<(SectionTag, Range<usize>)> {
    Sections::read(pack)
        .expect("the pack is sound")
        .iter()
        .collect()
}

fn seeds_sections() -> &'static [(SectionTag, Range<usize>)] {
    static SECTIONS: LazyLock<Vec<(SectionTag, Range<usize>)>> =
        LazyLock::new(|| sections_of(SEEDS_PACK));
    &SECTIONS
}

fn error_of(pack: &[u8]) -> PackError {
    Searcher::open(pack.to_vec()).expect_err("a damaged pack does not open")
}

/// Asserts that `error` names the place of the one byte that was changed.
fn assert_names_place(error: &PackError, sections: &[(SectionTag, Range<usize>)], at: usize) {
    match sections.iter().find(|(_, range)| range.contains(&at)) {
        Some((section, _)) => {
            assert_eq!(
                *error,
                PackError::Checksum { section: *section },
                "byte {at}"
            );
            assert!(error.to_string().contains(section.as_str()));
        }
        None => assert!(
            matches!(
                error,
                PackError::NotAPack
                    | PackError::Version { .. }
                    | PackError::Header
                    | PackError::Length { .. }
            ),
            "byte {at}: {error:?}"
        ),
    }
}

/// Asserts that `error` names the section in which a pack of `length` bytes ends.
fn assert_names_cut(error: &PackError, sections: &[(SectionTag, Range<usize>)], length: usize) {
    let cut = sections.iter().find(|(_, range)| range.contains(&length));
    match (error, cut) {
        (PackError::NotAPack | PackError::Length { section: None, .. }, None) => {}
        (
            PackError::Length {
                section: Some(named),
                ..
            },
            Some((section, _)),
        ) => {
            assert_eq!(named, section, "{length} bytes");
            assert!(error.to_string().contains(section.as_str()));
        }
        _ => panic!("{length} bytes: {error:?}"),
    }
}

#[test]
fn every_change_of_every_byte_of_a_small_pack_is_found() {
    let pack = small_pack();
    let sections = sections_of(&pack);
    let mut damaged = pack.clone();
    for at in 0..pack.len() {
        for value in (0..=u8::MAX).filter(|&value| value != pack[at]) {
            damaged[at] = value;
            let error = Sections::read(&damaged).expect_err("a damaged pack is not read");
            assert_names_place(&error, &sections, at);
        }
        damaged[at] = pack[at];
    }
}

#[test]
fn every_truncation_of_a_small_pack_is_found() {
    let pack = small_pack();
    let sections = sections_of(&pack);
    for length in 0..pack.len() {
        assert_names_cut(&error_of(&pack[..length]), &sections, length);
    }
    let longer = [pack.as_slice(), &[0]].concat();
    assert!(matches!(error_of(&longer), PackError::Length { .. }));
}

#[test]
fn every_byte_of_the_seeds_header_is_guarded() {
    let sections = seeds_sections();
    for at in 0..sections[0].1.start {
        let mut damaged = SEEDS_PACK.to_vec();
        damaged[at] ^= 0x40;
        assert_names_place(&error_of(&damaged), sections, at);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: RANDOM_PLACES, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn changes_anywhere_in_the_seeds_are_found(at: Index, value in 1..=u8::MAX) {
        let mut damaged = SEEDS_PACK.to_vec();
        let at = at.index(damaged.len());
        damaged[at] ^= value;
        assert_names_place(&error_of(&damaged), seeds_sections(), at);
    }

    #[test]
    fn truncations_anywhere_in_the_seeds_are_found(length: Index) {
        let length = length.index(SEEDS_PACK.len());
        assert_names_cut(&error_of(&SEEDS_PACK[..length]), seeds_sections(), length);
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        prop_assert!(Searcher::open(bytes).is_err());
    }
}

#[test]
fn other_files_are_told_apart() {
    assert_eq!(error_of(b"<!doctype html>"), PackError::NotAPack);
    assert_eq!(error_of(b"\0asm\x01\0\0\0"), PackError::NotAPack);
    assert_eq!(error_of(b""), PackError::NotAPack);
}

/// The policy of `docs/FORMAT.md`: an engine reads its own version, says which one it met, and
/// looks no further.
#[test]
fn packs_of_older_and_newer_engines_are_refused_with_both_versions() {
    for found in [0, FORMAT_VERSION - 1, FORMAT_VERSION + 1, u16::MAX] {
        // The rest of such a pack may be anything, so it is cut off behind the header.
        let mut other = SEEDS_PACK[..20].to_vec();
        other[8..10].copy_from_slice(&found.to_le_bytes());
        let error = error_of(&other);
        assert_eq!(error, PackError::Version { found });
        let message = error.to_string();
        assert!(
            message.contains(&format!("format version {found},")),
            "{message}"
        );
        assert!(
            message.contains(&format!("reads version {FORMAT_VERSION};")),
            "{message}"
        );
        assert!(message.contains("rebuild the pack"), "{message}");
    }
}

/// `pack` with one section's bytes changed and all checksums made right again: what somebody could
/// build on purpose, and what an engine without checksums would meet.
fn forged(pack: &[u8], tag: SectionTag, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let sections: Vec<_> = sections_of(pack)
        .into_iter()
        .map(|(section, range)| {
            let mut bytes = pack[range].to_vec();
            if section == tag {
                change(&mut bytes);
            }
            (section, bytes)
        })
        .collect();
    turnsearch_pack::assemble(&sections).expect("it is small enough")
}

const QUERIES: [&str; 5] = [
    "互联网",
    "dns 滥用",
    "duoliyi",
    "stakehodler",
    "speaker:peter 会议",
];

/// Uses what has opened, in every way a page does.
fn use_all(searcher: &Searcher) {
    for turn in (0..searcher.pack().turns()).map(TurnId) {
        assert!(searcher.pack().turn(turn).is_some());
        assert!(searcher.pack().text(turn).is_some());
        searcher.folded_characters(turn);
    }
    for query in QUERIES {
        let request = Request {
            query: query.into(),
            ..Default::default()
        };
        for hit in searcher.search(&request).hits {
            searcher.marks(&searcher.find(query, true), hit.turn);
        }
        searcher.suggest(query, 5);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// With right checksums a forged section may open; then every access must be safe.
    #[test]
    fn forged_sections_of_the_seeds_never_panic(
        section: Index,
        places in prop::collection::vec((any::<Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<Index>()),
    ) {
        let sections = seeds_sections();
        let tag = sections[section.index(sections.len())].0;
        let pack = forged(SEEDS_PACK, tag, |bytes| {
            for (place, byte) in &places {
                let at = place.index(bytes.len());
                bytes[at] = *byte;
            }
            if let Some(cut) = &cut {
                bytes.truncate(cut.index(bytes.len()));
            }
        });
        if let Ok(searcher) = Searcher::open(pack) {
            use_all(&searcher);
        }
    }
}

/// A kind of damage: what is done to the bytes at a place.
type Damage = fn(&mut Vec<u8>, usize);

const DAMAGES: [(&str, Damage); 7] = [
    ("bit flipped", |bytes, at| bytes[at] ^= 0x10),
    ("byte set to 255", |bytes, at| bytes[at] = 0xFF),
    ("byte lost", |bytes, at| {
        bytes.remove(at);
    }),
    ("byte added", |bytes, at| bytes.insert(at, 0x55)),
    ("rest lost", |bytes, at| bytes.truncate(at)),
    ("16 bytes of zeros", |bytes, at| {
        for byte in bytes.iter_mut().skip(at).take(16) {
            *byte = 0;
        }
    }),
    ("two halves swapped", |bytes, at| bytes.rotate_left(at)),
];

/// How packs with one kind of damage in one section were taken.
#[derive(Default)]
struct Row {
    /// As the damage left them: the error, with how often it came.
    as_found: BTreeMap<String, usize>,
    /// With checksums made right: refused as malformed, or opened with wrong contents.
    refused: usize,
    opened: usize,
}

fn outcome(error: &PackError) -> String {
    match error {
        PackError::NotAPack => "not a pack".to_owned(),
        PackError::Version { .. } => "version".to_owned(),
        PackError::Length { section, .. } => match section {
            Some(section) => format!("ends in {section}"),
            None => "too long".to_owned(),
        },
        PackError::Header => "header".to_owned(),
        PackError::Checksum { section } => format!("checksum {section}"),
        PackError::Missing { section } => format!("missing {section}"),
        PackError::Malformed { section, .. } => format!("malformed {section}"),
        _ => "another".to_owned(),
    }
}

/// Does `damage` at every place of `range`, with the checksums as they are and made right.
fn damage_everywhere(pack: &[u8], range: &Range<usize>, tag: SectionTag, damage: Damage) -> Row {
    let mut row = Row::default();
    for at in 0..range.len() {
        let mut section = pack[range.clone()].to_vec();
        damage(&mut section, at);
        let found = [&pack[..range.start], &section, &pack[range.end..]].concat();
        if found != pack {
            *row.as_found.entry(outcome(&error_of(&found))).or_default() += 1;
        }
        match Searcher::open(forged(pack, tag, |bytes| bytes.clone_from(&section))) {
            Ok(searcher) => {
                use_all(&searcher);
                row.opened += 1;
            }
            Err(error) => {
                assert!(!matches!(error, PackError::Checksum { .. }), "{error}");
                row.refused += 1;
            }
        }
    }
    row
}

#[test]
fn the_damage_matrix() {
    let pack = small_pack();
    let sections = sections_of(&pack);
    println!(
        "small pack, {} bytes; each kind of damage at every byte of each section",
        pack.len()
    );
    println!(
        "{:<8}{:<20}{:<44}with checksums made right",
        "section", "damage", "as it is found"
    );
    for (tag, range) in &sections {
        for (name, damage) in DAMAGES {
            let row = damage_everywhere(&pack, range, *tag, damage);
            let as_found: Vec<String> = row
                .as_found
                .iter()
                .map(|(what, times)| format!("{what} ×{times}"))
                .collect();
            println!(
                "{:<8}{name:<20}{:<44}refused ×{}, wrong contents ×{}",
                tag.to_string(),
                as_found.join(", "),
                row.refused,
                row.opened
            );
            assert_eq!(row.refused + row.opened, range.len());
            // What is behind lost bytes moves up, so that it is the last section that ends too
            // early.
            let lost = |what: &str| what.starts_with("ends in ") || what == "too long";
            let named = format!("checksum {tag}");
            assert!(
                row.as_found.keys().all(|what| *what == named || lost(what)),
                "{tag}, {name}: {as_found:?}"
            );
        }
    }
}

/// What checking costs beside opening; printed, not judged.
#[test]
fn the_cost_of_checksums() {
    let sections = seeds_sections();
    let started = Instant::now();
    for (_, range) in sections {
        assert_ne!(checksum(&SEEDS_PACK[range.clone()]), 0);
    }
    let checking = started.elapsed();
    let started = Instant::now();
    Searcher::open(SEEDS_PACK.to_vec()).expect("the pack is sound");
    let opening = started.elapsed();
    println!(
        "{} bytes: checksums {checking:?} of {opening:?}",
        SEEDS_PACK.len()
    );
}
