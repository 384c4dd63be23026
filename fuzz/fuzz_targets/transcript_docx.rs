//! Any bytes in a file that ends like Word are a clear error or a meeting whose account balances.

#![no_main]

use libfuzzer_sys::fuzz_target;

// The bytes are the part with the text: an archive would hardly ever be whole.
fuzz_target!(|bytes: &[u8]| turnsearch_properties::word(bytes));
