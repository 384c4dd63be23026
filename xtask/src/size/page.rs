//! What the page weighs, file by file.

use std::fmt::Write as _;
use std::path::Path;

use anyhow::{Result, ensure};
use fs_err as fs;
use turnsearch_bundle::compress;
use turnsearch_bundle::folder::{files_below, name_in};
use turnsearch_bundle::site::ENTRY;

/// A table of the bytes of a site's files: as they are, as gzip, as brotli, with their sums.
/// A file that has no compressed copies is counted as it is.
///
/// # Errors
///
/// When a file cannot be looked at.
pub fn table(site: &Path) -> Result<String> {
    let mut table = row("bytes", ["raw", "gzip", "brotli"].map(str::to_owned));
    let mut sums = [0; 3];
    for file in files_below(site)? {
        let name = name_in(site, &file).unwrap_or_default();
        if compress::is_copy(&name) {
            continue;
        }
        let raw = fs::metadata(&file)?.len();
        let packed = |ending| {
            std::fs::metadata(site.join(format!("{name}.{ending}"))).map_or(raw, |copy| copy.len())
        };
        let sizes = [raw, packed("gz"), packed("br")];
        for (sum, size) in sums.iter_mut().zip(sizes) {
            *sum += size;
        }
        table += &row(&name, sizes.map(|size| size.to_string()));
    }
    table += &row("all", sums.map(|sum| sum.to_string()));
    Ok(table)
}

/// Most that [`ENTRY`] may weigh in brotli, in bytes: the widget that a page loads before anybody
/// searches; script, the styles of the search and one language are one file.
const WIDGET_LIMIT: u64 = 20_000;

/// A line on the weight of the widget.
///
/// # Errors
///
/// When the widget has no compressed copy, or weighs more than it may.
pub fn widget(site: &Path) -> Result<String> {
    let bytes = fs::metadata(site.join(format!("{ENTRY}.br")))?.len();
    ensure!(
        bytes <= WIDGET_LIMIT,
        "{ENTRY} weighs {bytes} bytes in brotli, and may weigh {WIDGET_LIMIT}"
    );
    Ok(format!(
        "the widget weighs {bytes} bytes in brotli, of {WIDGET_LIMIT} that it may"
    ))
}

fn row(name: &str, [raw, gzip, brotli]: [String; 3]) -> String {
    let mut row = String::new();
    let _ = writeln!(row, "  {name:<28} {raw:>9} {gzip:>9} {brotli:>9}");
    row
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counts_copies_beside_their_file() {
        let site = tempfile::tempdir().unwrap();
        for (name, size) in [
            ("a.js", 2000),
            ("a.js.br", 700),
            ("a.js.gz", 800),
            ("b.html", 10),
        ] {
            fs::write(site.path().join(name), vec![0; size]).unwrap();
        }
        let table = table(site.path()).unwrap();
        let rows: Vec<Vec<&str>> = table
            .lines()
            .map(|line| line.split_whitespace().collect())
            .collect();
        assert_eq!(
            rows,
            [
                ["bytes", "raw", "gzip", "brotli"],
                ["a.js", "2000", "800", "700"],
                ["b.html", "10", "10", "10"],
                ["all", "2010", "810", "710"],
            ]
        );
    }

    #[test]
    fn a_widget_over_its_limit_is_an_error() {
        let site = tempfile::tempdir().unwrap();
        let copy = site.path().join("turnsearch.js.br");
        assert!(widget(site.path()).is_err());
        fs::write(&copy, vec![0; WIDGET_LIMIT as usize]).unwrap();
        assert!(widget(site.path()).is_ok());
        fs::write(&copy, vec![0; WIDGET_LIMIT as usize + 1]).unwrap();
        assert!(widget(site.path()).is_err());
    }
}
