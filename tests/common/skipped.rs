//! Word of what a test could not try on this machine.

use std::io::Write as _;

/// Says that `what` is not tested here, and why. Written past the capture by which cargo hides what
/// passing tests print; `cargo xtask test` counts and lists such lines.
pub fn skipped(what: &str, why: &str) {
    // One call, so that lines of several tests do not mix.
    let line = format!("skipped: {what} ({why})\n");
    std::io::stderr()
        .write_all(line.as_bytes())
        .expect("standard error is open");
}
