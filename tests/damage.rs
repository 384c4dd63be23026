//! Damaged, truncated, foreign and hostile packs: an error each, never a panic, nothing half-opened.

mod common;

use common::SEEDS_PACK;
use proptest::prelude::*;
use turnsearch::{PackError, Searcher};
use turnsearch_pack::{SectionTag, Sections};

fn error_of(pack: &[u8]) -> PackError {
    Searcher::open(pack.to_vec()).expect_err("a damaged pack does not open")
}

#[test]
fn every_changed_byte_is_found_and_its_section_named() {
    let sections: Vec<_> = Sections::read(SEEDS_PACK)
        .expect("the pack is sound")
        .iter()
        .collect();
    // Every byte of the header and table, and every 31st of the rest.
    let table_end = sections[0].1.start;
    for at in (0..table_end).chain((table_end..SEEDS_PACK.len()).step_by(31)) {
        let mut damaged = SEEDS_PACK.to_vec();
        damaged[at] ^= 0x40;
        let error = error_of(&damaged);
        match sections.iter().find(|(_, range)| range.contains(&at)) {
            Some((section, _)) => assert_eq!(
                error,
                PackError::Checksum { section: *section },
                "byte {at}"
            ),
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
}

#[test]
fn every_truncation_is_found() {
    for length in (0..200).chain((200..SEEDS_PACK.len()).step_by(97)) {
        let error = error_of(&SEEDS_PACK[..length]);
        assert!(
            matches!(error, PackError::NotAPack | PackError::Length { .. }),
            "{length}: {error:?}"
        );
    }
    let longer = [SEEDS_PACK, &[0]].concat();
    assert!(matches!(error_of(&longer), PackError::Length { .. }));
}

#[test]
fn other_files_and_versions_are_told_apart() {
    assert_eq!(error_of(b"<!doctype html>"), PackError::NotAPack);
    let mut newer = SEEDS_PACK.to_vec();
    newer[8] = 9;
    assert_eq!(error_of(&newer), PackError::Version { found: 9 });
    assert!(error_of(&newer).to_string().contains("format version 9"));
}

/// The pack with one section's bytes changed and all checksums made right again: what somebody could
/// build on purpose.
fn forged(tag: SectionTag, change: impl Fn(&mut Vec<u8>)) -> Vec<u8> {
    let sections: Vec<_> = Sections::read(SEEDS_PACK)
        .expect("the pack is sound")
        .iter()
        .map(|(section, range)| {
            let mut bytes = SEEDS_PACK[range].to_vec();
            if section == tag {
                change(&mut bytes);
            }
            (section, bytes)
        })
        .collect();
    turnsearch_pack::assemble(&sections).expect("it is small enough")
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// With right checksums a forged section may open; then every access must be safe.
    #[test]
    fn forged_sections_never_panic(
        section in 0..7usize,
        places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..4),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let tags = [
            SectionTag::COLLECTION, SectionTag::CODE, SectionTag::TEXT, SectionTag::FOLD, SectionTag::PINYIN,
            SectionTag::PHRASES, SectionTag::LEXICON,
        ];
        let pack = forged(tags[section], |bytes| {
            for (place, byte) in &places {
                let at = place.index(bytes.len());
                bytes[at] = *byte;
            }
            if let Some(cut) = &cut {
                bytes.truncate(cut.index(bytes.len()));
            }
        });
        if let Ok(searcher) = Searcher::open(pack) {
            for query in ["互联网", "dns 滥用", "duoliyi", "stakehodler", "speaker:peter 会议"] {
                let request = turnsearch::Request { query: query.into(), ..Default::default() };
                searcher.search(&request);
                searcher.suggest(query, 5);
            }
        }
    }

    #[test]
    fn arbitrary_bytes_never_panic(bytes: Vec<u8>) {
        prop_assert!(Searcher::open(bytes).is_err());
    }
}
