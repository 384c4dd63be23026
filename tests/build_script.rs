//! The build script itself: what it makes of good and bad seeds.

#[allow(dead_code)] // Its `main` is for cargo.
#[path = "../build.rs"]
mod build_script;

use std::path::Path;

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("there is room for a folder");
    for (name, bytes) in files {
        std::fs::write(folder.path().join(name), bytes).expect("there is room for a file");
    }
    folder
}

/// The pack, or the message with which the build stops.
fn compiled(files: &[(&str, &[u8])]) -> Result<Vec<u8>, String> {
    let (seeds, out) = (folder(files), folder(&[]));
    let pack = out.path().join("seeds.turns");
    let done = build_script::compile(seeds.path(), &pack).map_err(|error| error.to_string());
    assert_eq!(
        done.is_ok(),
        pack.exists(),
        "a build that stops leaves no pack"
    );
    done.map(|()| std::fs::read(pack).expect("it was written"))
}

const ONE: &[u8] = "安娜·李: 大家好。\n\n鲍勃·王: 你好。\n\n安娜·李: 开始吧。\n".as_bytes();
const OTHER: &[u8] = "安娜·李: 再见。\n\n鲍勃·王: 再见。\n\n安娜·李: 结束了。\n".as_bytes();

#[test]
fn the_same_seeds_give_the_same_bytes_and_others_do_not() {
    let one = compiled(&[("one.txt", ONE)]).expect("the seed is sound");
    assert!(compiled(&[("one.txt", ONE)]) == Ok(one.clone()));
    for changed in [
        &[("one.txt", OTHER)][..],
        &[("one.txt", ONE), ("two.txt", OTHER)],
    ] {
        assert!(compiled(changed).expect("the seeds are sound") != one);
    }
}

#[test]
fn bad_seeds_stop_the_build_with_file_and_reason() {
    for (files, words) in [
        (&[][..], &["no transcript in this folder"][..]),
        (
            &[("one.txt", ONE), ("bad.txt", b"Anna: ok\nAnna: caf\xe9\n")],
            &["bad.txt:2", "UTF-8"],
        ),
        (
            &[("prose.txt", "只有一行没有冒号".as_bytes())],
            &["prose.txt", "no turn"],
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
        let message = compiled(files).expect_err("the seeds are bad");
        for word in words {
            assert!(message.contains(word), "{message}");
        }
    }
    assert!(
        build_script::compile(Path::new("/nowhere/at/all"), Path::new("/nowhere/else")).is_err()
    );
}
