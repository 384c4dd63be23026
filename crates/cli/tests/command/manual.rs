//! Man pages and completions.

use crate::{complaint, done, folder, path};

#[test]
fn there_is_a_man_page_for_every_subcommand() {
    let folder = folder(&[]);
    let out = path(&folder, "man");
    let printed = String::from_utf8(done(&["manual", "--out", &out]).stdout).expect("it is UTF-8");
    for name in ["turnsearch.1", "turnsearch-build.1", "turnsearch-init.1"] {
        assert!(
            printed.lines().any(|line| line.ends_with(name)),
            "{name} in {printed}"
        );
    }
    let page =
        std::fs::read_to_string(folder.path().join("man/turnsearch-build.1")).expect("written");
    assert!(page.contains(".TH") && page.contains("single"), "{page}");
}

#[test]
fn completions_know_subcommands_and_options() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let script = String::from_utf8(done(&["completions", shell]).stdout).expect("it is UTF-8");
        assert!(
            script.contains("single-file") && script.contains("inspect"),
            "{shell}"
        );
    }
    assert!(complaint(&["completions", "cobol"], 2).contains("bash"));
}
