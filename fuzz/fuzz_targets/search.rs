//! Any query over any texts has a sound answer, with snippets and marks inside the texts.

#![no_main]

use libfuzzer_sys::fuzz_target;
use turnsearch_properties::of_text;

fuzz_target!(|bytes: &[u8]| of_text(bytes, turnsearch_properties::search));
