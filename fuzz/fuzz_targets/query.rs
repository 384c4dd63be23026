//! Anything typed is a query of bounded size.

#![no_main]

use libfuzzer_sys::fuzz_target;
use turnsearch_properties::of_text;

fuzz_target!(|bytes: &[u8]| of_text(bytes, turnsearch_properties::query));
