//! Ctrl-C in the middle of a build.
#![cfg(unix)]

use std::path::Path;
use std::process::{Child, Command, Stdio};

use crate::{WEEK, folder, path, site};

/// Exit status of a command that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

fn signal(name: &str, child: &Child) {
    let sent = Command::new("kill")
        .args([format!("-{name}"), child.id().to_string()])
        .status();
    assert!(sent.is_ok_and(|status| status.success()), "kill -{name}");
}

/// Waits for the draft of `out`, or for the end of the command.
fn wait_for_draft(folder: &Path, child: &mut Child) -> bool {
    loop {
        let mut entries = std::fs::read_dir(folder).expect("it is a folder");
        if entries.any(|entry| {
            let name = entry.expect("it can be listed").file_name();
            name.to_string_lossy().starts_with(".out.")
        }) {
            return true;
        }
        if child.try_wait().expect("it is our child").is_some() {
            return false;
        }
        std::thread::yield_now();
    }
}

#[test]
fn an_interrupted_build_leaves_nothing_and_says_so() {
    // A large file that does not shrink takes a while to compress.
    let mut state = 1u32;
    let noise: Vec<u8> = std::iter::repeat_with(|| {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    })
    .take(8 << 20)
    .collect();
    let site = site();
    std::fs::write(site.path().join("large.bin"), noise).expect("there is room");
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);

    let mut child = Command::new(env!("CARGO_BIN_EXE_turnsearch"))
        .args(["build", &path(&folder, "week.txt"), "--out"])
        .arg(folder.path().join("out"))
        .arg("--engine")
        .arg(site.path())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    assert!(
        wait_for_draft(folder.path(), &mut child),
        "it ended too soon"
    );
    signal("INT", &child);
    let output = child.wait_with_output().expect("it ends");

    let message = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(INTERRUPTED), "{message}");
    assert!(message.contains("nothing was written"), "{message}");
    let left: Vec<_> = std::fs::read_dir(folder.path())
        .expect("it is a folder")
        .map(|entry| entry.expect("it can be listed").file_name())
        .collect();
    assert_eq!(left, ["week.txt"]);
}
