//! How a table of sizes begins.

pub fn heading(what: &str) -> String {
    format!("\n{what:<36} {:>9} {:>9}\n", "raw", "brotli")
}
