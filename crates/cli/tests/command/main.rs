//! The command as a person calls it: what it prints, how it fails, what it leaves behind.

mod bundle;
mod config;
mod inputs;
mod interrupt;
mod manual;
#[cfg(unix)]
#[path = "../../../../tests/common/skipped.rs"]
mod skipped;
mod stages;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;

/// A small meeting.
const WEEK: &str = "周会\n2021 年 3 月 8 日\n\n莎莉·科斯特顿 (SALLY COSTERTON): 大家好，欢迎参加周会。\n\n帕特里克·琼斯：谢谢莎莉。[笑声]\n\n莎莉·科斯特顿：我们讨论 DNS 滥用。\n";

/// A small module of the widget, as the bundler writes it.
const WIDGET: &str = r#"const u=new URL("./engine_bg.wasm",import.meta.url).href;import("./engine.js");import("./i18n/zh-Hans.js")"#;

fn turnsearch(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_turnsearch"))
        .args(arguments)
        .output()
        .expect("the command starts")
}

/// A successful call.
fn done(arguments: &[&str]) -> Output {
    let output = turnsearch(arguments);
    let message = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{arguments:?}: {message}");
    output
}

/// The lines that a successful call prints.
fn lines(arguments: &[&str]) -> Vec<Value> {
    let text = String::from_utf8(done(arguments).stdout).expect("output is UTF-8");
    text.lines()
        .map(|line| serde_json::from_str(line).expect("every line is JSON"))
        .collect()
}

/// What a failing call says; it prints nothing else.
fn complaint(arguments: &[&str], status: i32) -> String {
    let output = turnsearch(arguments);
    assert_eq!(output.status.code(), Some(status), "{arguments:?}");
    assert!(
        output.stdout.is_empty(),
        "{arguments:?} prints nothing but its complaint"
    );
    String::from_utf8(output.stderr).expect("messages are UTF-8")
}

/// A folder with these files, gone when it is dropped.
fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        let path = folder.path().join(name);
        let parent = path.parent().expect("it lies in the folder");
        std::fs::create_dir_all(parent).expect("there is room for a folder");
        std::fs::write(path, bytes).expect("there is room for a file");
    }
    folder
}

fn path(folder: &tempfile::TempDir, name: &str) -> String {
    folder.path().join(name).display().to_string()
}

fn seeds() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    root.join("seeds").display().to_string()
}

/// A stand-in for the built page: an empty module, a widget, and a demo that is to stay behind.
fn site() -> tempfile::TempDir {
    let demo = br#"<!doctype html><link href="demo.css"><script src="turnsearch.js"></script>"#;
    folder(&[
        ("engine_bg.wasm", b"\0asm\x01\0\0\0"),
        ("engine.js", b"export default 1"),
        ("turnsearch.js", WIDGET.as_bytes()),
        ("turnsearch.d.ts", b"export {}"),
        ("i18n/zh-Hans.js", b"export default 2"),
        ("LICENSES.txt", b"MIT"),
        ("index.html", demo),
        ("index.html.br", b"x"),
        ("demo.css", b"a{}"),
    ])
}

/// All files below a folder, by their paths in it.
fn files(top: &Path) -> Vec<String> {
    let mut files = Vec::new();
    let mut open: Vec<PathBuf> = vec![top.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).expect("it is a folder") {
            let path = entry.expect("it can be listed").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let below = path.strip_prefix(top).expect("it lies below");
                files.push(below.display().to_string());
            }
        }
    }
    files.sort();
    files
}
