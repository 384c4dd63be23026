//! Any bytes are an error or a pack of which every access is safe.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| turnsearch_properties::any_pack(bytes));
