//! What is read: folders, patterns, files that fit and files that do not.

use crate::{WEEK, complaint, done, folder, lines, path, turnsearch};

/// The sources of the turns that a call prints, each once.
fn sources(arguments: &[&str]) -> Vec<String> {
    let mut sources: Vec<String> = lines(arguments)
        .iter()
        .map(|turn| turn["source"].as_str().expect("it is named").to_owned())
        .collect();
    sources.dedup();
    sources
}

#[test]
fn patterns_stand_for_the_files_that_they_match() {
    let week = WEEK.as_bytes();
    let folder = folder(&[
        ("a.txt", week),
        ("b/c.txt", week),
        ("b/d.md", week),
        ("b/.e.txt", week),
    ]);
    for (pattern, expected) in [
        ("*.txt", &["a.txt"][..]),
        ("**/*.txt", &["a.txt", "c.txt"]),
        ("b/[cd].*", &["c.txt", "d.md"]),
    ] {
        assert_eq!(
            sources(&["turns", &path(&folder, pattern)]),
            expected,
            "{pattern}"
        );
    }
    // A file that is named twice is read once.
    let (all, one) = (path(&folder, "**/*.txt"), path(&folder, "a.txt"));
    assert_eq!(sources(&["turns", &all, &one]), ["a.txt", "c.txt"]);
    let none = complaint(&["turns", &path(&folder, "*.vtt")], 1);
    assert!(
        none.contains("*.vtt") && none.contains("matches no file"),
        "{none}"
    );
}

#[test]
fn unfit_files_are_named_and_counted_or_stop_a_strict_call() {
    let folder = folder(&[
        ("week.txt", WEEK.as_bytes()),
        ("photo.png", b"\x89PNG"),
        ("empty.txt", b""),
    ]);
    let all = folder.path().display().to_string();
    let output = done(&["turns", &all]);
    let message = String::from_utf8_lossy(&output.stderr);
    for words in [
        "photo.png: its ending",
        "empty.txt: the file is empty",
        "2 of 3 files skipped",
    ] {
        assert!(message.contains(words), "{message}");
    }
    assert!(complaint(&["turns", &all, "--strict"], 1).contains("photo.png"));
    std::fs::remove_file(folder.path().join("photo.png")).expect("it is ours");
    assert!(complaint(&["turns", &all, "--strict"], 1).contains("empty.txt"));
}

#[test]
fn a_path_that_does_not_exist_is_never_passed_over() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let (week, missing) = (path(&folder, "week.txt"), path(&folder, "weak.txt"));
    assert!(complaint(&["turns", &week, &missing], 1).contains("weak.txt"));
}

#[test]
fn a_file_that_cannot_be_read_is_named_with_the_reason() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    #[cfg(unix)]
    std::os::unix::fs::symlink("nowhere", folder.path().join("gone.txt")).expect("there is room");
    #[cfg(unix)]
    {
        let all = folder.path().display().to_string();
        let message = String::from_utf8_lossy(&done(&["turns", &all]).stderr).into_owned();
        assert!(
            message.contains("gone.txt: No such file") && message.contains("1 of 2"),
            "{message}"
        );
        assert!(complaint(&["turns", &all, "--strict"], 1).contains("gone.txt"));
    }
}

#[cfg(unix)]
#[test]
fn a_folder_that_cannot_be_read_is_named_with_the_reason() {
    use std::os::unix::fs::PermissionsExt;

    let folder = folder(&[
        ("week.txt", WEEK.as_bytes()),
        ("shut/other.txt", WEEK.as_bytes()),
    ]);
    let shut = folder.path().join("shut");
    let set = |mode: u32| {
        std::fs::set_permissions(&shut, std::fs::Permissions::from_mode(mode)).expect("it is ours");
    };
    set(0o000);
    if std::fs::read_dir(&shut).is_ok() {
        crate::skipped::skipped("a folder that cannot be read", "this user may read all");
        set(0o755);
        return;
    }
    let (all, only) = (
        folder.path().display().to_string(),
        shut.display().to_string(),
    );
    let (whole, top) = (
        turnsearch(&["turns", &all]),
        complaint(&["turns", &only], 1),
    );
    set(0o755);
    let message = String::from_utf8_lossy(&whole.stderr);
    assert!(
        whole.status.success() && message.contains("shut: "),
        "{message}"
    );
    assert!(top.contains("shut"), "{top}");
}

#[test]
fn a_file_beyond_the_limit_is_refused_before_it_is_read() {
    let folder = folder(&[("huge.txt", b"")]);
    let huge = folder.path().join("huge.txt");
    // One line of a gigabyte, which takes no room on the disk.
    let file = std::fs::File::create(&huge).expect("there is room");
    file.set_len(1 << 30)
        .expect("the file system has sparse files");
    let complaint = complaint(&["turns", &huge.display().to_string()], 1);
    for words in ["huge.txt", "1073741824", "split"] {
        assert!(complaint.contains(words), "{complaint}");
    }
}

#[test]
fn formats_and_encodings_are_taken_as_given() {
    let utf16: Vec<u8> = WEEK.encode_utf16().flat_map(u16::to_be_bytes).collect();
    let folder = folder(&[("talk.dat", &utf16)]);
    let talk = path(&folder, "talk.dat");
    let turns = lines(&["turns", &talk, "--encoding", "utf-16be", "--from", "text"]);
    assert_eq!(turns[0]["speaker"], "莎莉·科斯特顿");
    let wrong = complaint(
        &["turns", &talk, "--encoding", "utf-8", "--from", "text"],
        1,
    );
    assert!(
        wrong.contains("talk.dat:") && wrong.contains("--encoding"),
        "{wrong}"
    );
}

#[test]
fn includes_and_excludes_choose_the_files_of_a_folder() {
    let week = WEEK.as_bytes();
    let config = b"include = [\"**/*.txt\", \"notes/*.log\"]\nexclude = [\"drafts/**\"]\n";
    let folder = folder(&[
        ("collection.toml", config),
        ("a.txt", week),
        ("b.md", week),
        ("drafts/c.txt", week),
        ("notes/d.log", week),
    ]);
    let all = folder.path().display().to_string();
    let output = done(&["turns", &all, "--from", "text"]);
    let text = String::from_utf8_lossy(&output.stdout);
    for (name, read) in [
        ("a.txt", true),
        ("b.md", false),
        ("c.txt", false),
        ("d.log", true),
    ] {
        assert_eq!(
            text.contains(&format!("\"source\":\"{name}\"")),
            read,
            "{name}"
        );
    }
    assert!(!String::from_utf8_lossy(&output.stderr).contains("skipped"));

    let config = path(&folder, "collection.toml");
    std::fs::write(config, "include = [\"*.vtt\"]\n").expect("it is ours");
    assert!(complaint(&["turns", &all], 1).contains("correct `include`"));
}

#[test]
fn what_is_wrong_is_said_with_path_line_and_remedy() {
    let bomb = "<!DOCTYPE a [\n<!ENTITY a \"aaaaaaaaaa\">\n<!ENTITY b \"&a;&a;&a;&a;\">\n]>\n\
                <akomaNtoso><p>&b;</p></akomaNtoso>";
    let outside = "<!DOCTYPE a [\n<!ENTITY a SYSTEM \"file:///etc/passwd\">\n]>\n\
                   <akomaNtoso><p>&a;</p></akomaNtoso>";
    for (name, bytes, place, remedy) in [
        (
            "mixed.txt",
            &b"A: caf\xc3\xa9\nB: caf\xe9\n"[..],
            ":2: ",
            "repair",
        ),
        (
            "half.vtt",
            b"WEBVTT\n\n00:01.000 --> 00:02.000\nHi\n\n00:0",
            ":6: ",
            "get it whole",
        ),
        (
            "bomb.xml",
            bomb.as_bytes(),
            ":3: ",
            "remove the declaration",
        ),
        (
            "outside.xml",
            outside.as_bytes(),
            ":2: ",
            "remove the declaration",
        ),
        (
            "cut.json",
            b"{\"segments\":[\n{\"body\":\"Hi\"},\n{\"bo",
            ":3: ",
            "get it whole",
        ),
        (
            "cut.jsonl",
            b"\n{\"source\":\"a\",\"te",
            ":2: ",
            "get it whole",
        ),
    ] {
        let folder = folder(&[(name, bytes)]);
        let file = path(&folder, name);
        let message = complaint(&["turns", &file], 1);
        assert!(
            message.starts_with(&format!("turnsearch: {file}{place}")),
            "{message}"
        );
        assert!(message.contains(remedy), "{message}");
        assert_eq!(message.lines().count(), 1, "{message}");
    }
}

#[test]
fn where_no_file_fits_the_end_says_so() {
    let folder = folder(&[("a.txt", b""), ("b.json", b"{")]);
    let message = complaint(&["turns", &folder.path().display().to_string()], 1);
    let last = message.lines().last().unwrap_or_default();
    assert!(
        last.contains("none of the 2 files") && last.contains("a.txt: the file is empty"),
        "{message}"
    );
}

#[test]
fn a_bundle_that_was_written_into_the_folder_is_passed_over() {
    let folder = folder(&[
        ("a.txt", WEEK.as_bytes()),
        ("site/turnsearch.d.ts", b"export {};"),
        ("site/LICENSES.txt", WEEK.as_bytes()),
    ]);
    let all = folder.path().display().to_string();
    assert_eq!(sources(&["turns", &all, "--strict"]), ["a.txt"]);
}

#[test]
fn files_of_one_name_are_called_by_their_folders() {
    let captions = b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>Hi\n";
    let folder = folder(&[
        ("2026-07-06_86/transcript.vtt", captions),
        ("2026-07-20_88/transcript.vtt", captions),
    ]);
    let all = folder.path().display().to_string();
    done(&["init", &all]);
    let turns = lines(&["turns", &all]);
    for (turn, day) in turns.iter().zip(["2026-07-06_86", "2026-07-20_88"]) {
        assert_eq!(turn["source"], format!("{day}/transcript.vtt"));
        assert_eq!(turn["date"], day[..10]);
    }
}
