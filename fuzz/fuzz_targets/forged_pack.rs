//! A pack forged behind right checksums is an error or, at worst, a wrong text.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| turnsearch_properties::forged_pack(bytes));
