//! How many tests ran, read from what the test runners print.

use std::ops::AddAssign;

/// The outcomes of tests.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub passed: usize,
    pub failed: usize,
    pub skipped: usize,
}

impl Counts {
    /// How many tests were run to an outcome.
    pub fn ran(self) -> usize {
        self.passed + self.failed
    }
}

impl AddAssign for Counts {
    fn add_assign(&mut self, other: Self) {
        self.passed += other.passed;
        self.failed += other.failed;
        self.skipped += other.skipped;
    }
}

/// The lines by which tests say what they could not try, such as
/// `skipped: the corpora (no corpora)`; `tests/common/skipped.rs` writes them.
pub fn skips(output: &str) -> impl Iterator<Item = &str> {
    output.lines().filter(|line| line.starts_with("skipped: "))
}

/// The sum over all test programs of a `cargo test`: the lines
/// `test result: ok. 5 passed; 0 failed; 1 ignored; 0 measured; 0 filtered out; finished in 0.00s`.
/// A test that says that it skips has passed for cargo, and is not counted so here.
pub fn of_cargo(output: &str) -> Counts {
    let mut sum = Counts::default();
    for line in output.lines() {
        let Some(result) = line.strip_prefix("test result: ") else {
            continue;
        };
        let number = |outcome: &str| {
            result
                .split([';', '.'])
                .find_map(|item| item.trim().strip_suffix(outcome)?.trim_end().parse().ok())
                .unwrap_or(0)
        };
        sum += Counts {
            passed: number("passed"),
            failed: number("failed"),
            skipped: number("ignored"),
        };
    }
    let skips = skips(output).count();
    sum.passed = sum.passed.saturating_sub(skips);
    sum.skipped += skips;
    sum
}

/// The summary at the end of node's TAP report: lines `# pass 5`. A test may print such lines too,
/// so the last of each counts.
pub fn of_node(report: &str) -> Counts {
    let number = |outcome: &str| {
        report
            .lines()
            .rev()
            .find_map(|line| {
                let (name, number) = line.strip_prefix("# ")?.split_once(' ')?;
                (name == outcome).then(|| number.trim().parse().ok())?
            })
            .unwrap_or(0)
    };
    Counts {
        passed: number("pass"),
        // Cancelled: a hook failed, or the time was up.
        failed: number("fail") + number("cancelled"),
        // To do: what fails as expected is not yet tested.
        skipped: number("skipped") + number("todo"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn adds_up_the_programs_of_a_cargo_test() {
        let output = "
running 3 tests
skipped: the corpora (they are absent)
test a ... ok
test b ... ignored
test c ... FAILED

test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 4 filtered out; finished in 0.01s

     Running tests/golden.rs
   test result: ok. 100 passed; in the output of a test
test result: ok. 12 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 1.50s

   Doc-tests turnsearch
test result: ok. 0 passed; 0 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
";
        assert_eq!(
            of_cargo(output),
            Counts {
                passed: 12,
                failed: 1,
                skipped: 2
            }
        );
    }

    #[test]
    fn output_without_a_result_counts_nothing() {
        for output in [
            "",
            "error: could not compile",
            "test result:",
            "test result: ok.",
        ] {
            assert_eq!(of_cargo(output), Counts::default(), "{output:?}");
            assert_eq!(of_node(output), Counts::default(), "{output:?}");
        }
    }

    #[test]
    fn reads_the_summary_of_a_node_report() {
        let report = "TAP version 13
# pass 99
# Subtest: loads
ok 1 - loads
1..1
# tests 8
# suites 0
# pass 3
# fail 1
# cancelled 1
# skipped 2
# todo 1
# duration_ms 12.5
";
        assert_eq!(
            of_node(report),
            Counts {
                passed: 3,
                failed: 2,
                skipped: 3
            }
        );
    }
}
