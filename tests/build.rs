//! Transcripts to packs: what is made of good and bad sources, as the build script makes it of
//! `seeds/`.

use std::path::Path;

use turnsearch::{BuildError, Request, Searcher, build, build_from_memory};

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("there is room for a file");
    }
    folder
}

/// The pack, or the message with which the build stops.
fn built(files: &[(&str, &[u8])]) -> Result<Vec<u8>, String> {
    build(&[folder(files).path()]).map_err(|error| error.to_string())
}

const ONE: &[u8] = "安娜·李: 大家好。\n\n鲍勃·王: 你好。\n\n安娜·李: 开始吧。\n".as_bytes();
const OTHER: &[u8] = "安娜·李: 再见。\n\n鲍勃·王: 再见。\n\n安娜·李: 结束了。\n".as_bytes();

#[test]
fn the_same_sources_make_the_same_bytes_and_others_do_not() {
    let one = built(&[("one.txt", ONE)]).expect("the source is sound");
    assert!(built(&[("one.txt", ONE)]) == Ok(one.clone()));
    for changed in [
        &[("one.txt", OTHER)][..],
        &[("one.txt", ONE), ("two.txt", OTHER)],
    ] {
        assert!(built(changed).expect("the sources are sound") != one);
    }
}

#[test]
fn bad_sources_stop_the_build_with_file_and_reason() {
    for (files, words) in [
        (&[][..], &["no transcript in this folder"][..]),
        (
            &[
                ("one.txt", ONE),
                ("bad.txt", b"Anna: caf\xc3\xa9\nAnna: caf\xe9\n"),
            ],
            &["bad.txt:2", "UTF-8"],
        ),
        (
            &[("pages.txt", b"Page 1 of 3\n")],
            &["pages.txt", "no turn"],
        ),
        (
            &[("one.txt", ONE), ("collection.toml", b"titel = \"x\"\n")],
            &["collection.toml", "titel"],
        ),
        (
            &[
                ("one.txt", ONE),
                (
                    "collection.toml",
                    b"[meetings.\"two.txt\"]\ntitle = \"x\"\n",
                ),
            ],
            &["two.txt"],
        ),
    ] {
        let message = built(files).expect_err("the sources are bad");
        for word in words {
            assert!(message.contains(word), "{message}");
        }
    }
    let nowhere = build(&[Path::new("/nowhere/at/all")]);
    assert!(matches!(nowhere, Err(BuildError::Input(_))), "{nowhere:?}");
}

#[test]
fn memory_and_disk_make_the_same_pack() {
    let files = [("one.txt", ONE), ("two.txt", OTHER)];
    let pack = build_from_memory(&files).expect("the sources are sound");
    assert!(built(&files) == Ok(pack.clone()));
    let searcher = Searcher::open(pack).expect("a pack that was built opens");
    let answer = searcher.search(&Request {
        query: "结束".to_owned(),
        ..Request::default()
    });
    assert_eq!(answer.total, 1);
}

#[test]
fn sources_in_memory_are_refused_with_a_reason() {
    let bad = build_from_memory(&[("bad.txt", b"Anna: caf\xc3\xa9\nAnna: caf\xe9\n")]);
    assert!(matches!(bad, Err(BuildError::Input(_))), "{bad:?}");
    let nothing = build_from_memory(&[] as &[(&str, &[u8])]);
    assert!(matches!(nothing, Err(BuildError::Input(_))), "{nothing:?}");
}
