//! How far long work is, for the person at the terminal.
//!
//! Everything goes to standard error, and the moving line only if that is a terminal.

use std::time::Duration;

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};

/// How often the line moves by itself while a stage reports nothing.
const TICK: Duration = Duration::from_millis(100);

/// Shows how far the work is.
pub struct Progress {
    bar: ProgressBar,
    quiet: bool,
    files: u64,
    bytes: u64,
    turns: u64,
}

impl Progress {
    /// A line on standard error; none with `quiet`, and none where nobody looks.
    pub fn new(quiet: bool) -> Self {
        if quiet {
            Self::with(ProgressBar::hidden(), true)
        } else {
            Self::with(ProgressBar::new_spinner(), false)
        }
    }

    /// Only lines that stay, for commands that print results.
    pub fn still() -> Self {
        Self::with(ProgressBar::hidden(), false)
    }

    fn with(bar: ProgressBar, quiet: bool) -> Self {
        Self {
            bar,
            quiet,
            files: 0,
            bytes: 0,
            turns: 0,
        }
    }

    /// So many files are going to be read.
    pub fn begin_files(&mut self, files: usize) {
        self.bar.set_length(files as u64);
        if let Ok(style) = ProgressStyle::with_template("{bar:24} {pos}/{len} {msg}") {
            self.bar.set_style(style);
        }
    }

    /// A file of this size was read and gave so many turns.
    pub fn file(&mut self, bytes: u64, turns: usize) {
        self.files += 1;
        self.bytes += bytes;
        self.turns += turns as u64;
        self.bar.set_position(self.files);
        let (bytes, turns) = (HumanBytes(self.bytes), HumanCount(self.turns));
        self.bar.set_message(format!("{bytes}, {turns} turns"));
    }

    /// The next stage, which cannot tell how far it is.
    pub fn stage(&mut self, what: &'static str) {
        self.bar.set_style(ProgressStyle::default_spinner());
        self.bar.set_message(what);
        self.bar.enable_steady_tick(TICK);
    }

    /// A file is left out.
    pub fn skipped(&self, reason: &str) {
        self.say(&format!("turnsearch: skipped {reason}"));
    }

    /// A line that stays, unless all is to be quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            self.bar.suspend(|| eprintln!("{line}"));
        }
    }

    /// Takes the line away.
    pub fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
