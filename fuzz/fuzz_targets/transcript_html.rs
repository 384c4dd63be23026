//! Any bytes in a file that ends like a page are a clear error or a meeting whose account balances.

#![no_main]

use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| turnsearch_properties::transcript("fuzz.html", bytes));
