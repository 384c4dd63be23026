//! Texts that repeat themselves, or fold to more, than any record does. Readers would take a pack
//! of them for a forged one, so whoever makes it is told.

use turnsearch_pack::{MAX_TEXT_BYTES, Pack, WriteError, most_text, write};
use turnsearch_properties::collection_of;

#[test]
fn what_a_pack_may_hold_goes_by_its_size() {
    assert_eq!(most_text(0), 16 << 20);
    assert_eq!(most_text(50_000), (16 << 20) + 256 * 50_000);
    assert_eq!(most_text(2_000_000), MAX_TEXT_BYTES);
    assert_eq!(most_text(usize::MAX), MAX_TEXT_BYTES);
}

#[test]
fn copies_without_end_make_no_pack() {
    let copies = |megabytes: usize| collection_of(&"很好。".repeat(megabytes * 1_000_000 / 9));
    let pack = write(&copies(8)).expect("8 MB of copies are fine");
    assert!(pack.len() < 10_000 && Pack::open(pack, &mut |_, _| ()).is_ok());
    let error = write(&copies(18)).expect_err("18 MB are too much");
    assert!(matches!(error, WriteError::TooRepetitive(..)), "{error}");
    assert!(
        error.to_string().contains("leave the copies out"),
        "{error}"
    );
}

#[test]
fn what_folds_to_too_much_makes_no_pack() {
    // Three bytes that fold to 33.
    let error = write(&collection_of(&"\u{FDFA}".repeat(600_000))).expect_err("20 MB folded");
    assert!(matches!(error, WriteError::Pack(_)), "{error}");
    assert!(write(&collection_of(&"\u{FDFA}".repeat(100_000))).is_ok());
}
