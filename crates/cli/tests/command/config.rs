//! `collection.toml`: what it says reaches the pack, its mistakes are named, `init` writes one.

use turnsearch_model::Field;

use crate::{WEEK, complaint, done, folder, lines, path};

#[test]
fn mistakes_are_named_with_line_and_hint() {
    for (config, words) in [
        (
            "titel = \"x\"\n",
            &["collection.toml:1: ", "did you mean `title`?"][..],
        ),
        (
            "title = \"x\"\nlink = \"{url}#{m}\"\n",
            &["collection.toml:2: ", "{m}"],
        ),
        (
            "[meetings.\"weak.txt\"]\ntitle = \"x\"\n",
            &["collection.toml:1: ", "did you mean `week.txt`?"],
        ),
        (
            "[meetings.\"week.txt\"]\ndate = \"8.3.2021\"\n",
            &["collection.toml:2: ", "YYYY-MM-DD"],
        ),
        ("title = \"x\n", &["collection.toml:1: "]),
    ] {
        let folder = folder(&[
            ("week.txt", WEEK.as_bytes()),
            ("collection.toml", config.as_bytes()),
        ]);
        let complaint = complaint(&["turns", &folder.path().display().to_string()], 1);
        for word in words {
            assert!(complaint.contains(word), "{word}: {complaint}");
        }
    }
}

#[test]
fn init_writes_what_it_finds_and_changes_nothing() {
    let team = |source: &str, name: &str| {
        format!("{{\"source\":\"{source}\",\"n\":1,\"speaker\":\"{name}\",\"text\":\"Hello.\"}}\n")
    };
    let folder = folder(&[
        ("week.txt", WEEK.as_bytes()),
        ("team.jsonl", team("team.txt", "Audrey Tang").as_bytes()),
        ("again.jsonl", team("again.txt", "Audrey").as_bytes()),
    ]);
    let all = folder.path().display().to_string();
    let before = lines(&["turns", &all]);
    done(&["init", &all]);
    let config = std::fs::read_to_string(folder.path().join("collection.toml")).expect("written");
    for words in [
        "[meetings.\"week.txt\"]",
        "# date = \"2021-03-08\"",
        "[meetings.\"team.txt\"]",
        "# date = \"YYYY-MM-DD\"  # none was found",
        "# name = \"Audrey Tang\"\n# aliases = [\"Audrey\"]",
    ] {
        assert!(config.contains(words), "{words} in {config}");
    }
    let texts = |turns: &[serde_json::Value]| -> Vec<serde_json::Value> {
        turns.iter().map(|turn| turn["text"].clone()).collect()
    };
    assert_eq!(texts(&lines(&["turns", &all])), texts(&before));

    let again = complaint(&["init", &all], 1);
    assert!(again.contains("left as it is"), "{again}");
    let after =
        std::fs::read_to_string(folder.path().join("collection.toml")).expect("it is there");
    assert_eq!(after, config);
}

#[test]
fn suggestions_of_init_are_right_once_they_are_uncommented() {
    let folder = folder(&[("week.txt", WEEK.as_bytes())]);
    let all = folder.path().display().to_string();
    done(&["init", &all]);
    let file = folder.path().join("collection.toml");
    let config = std::fs::read_to_string(&file).expect("it was written");
    let is_setting =
        |line: &str| line.starts_with("# ") && line.contains(" = ") && !line.contains("YYYY");
    let uncommented: Vec<&str> = config
        .lines()
        .filter(|line| !line.starts_with("# exclude") && !line.starts_with("# include"))
        .map(|line| {
            if is_setting(line) {
                &line[2..]
            } else {
                line.strip_prefix("# [[").map_or(line, |_| &line[2..])
            }
        })
        .collect();
    std::fs::write(&file, uncommented.join("\n")).expect("there is room");
    let turns = lines(&["turns", &all]);
    assert_eq!(turns.len(), 3);
}

#[test]
fn links_reach_the_module() {
    let config = "base_url = \"https://example.org\"\nlink = \"talks/{id}#s{n}\"\n";
    let folder = folder(&[
        ("in/week.txt", WEEK.as_bytes()),
        ("in/collection.toml", config.as_bytes()),
    ]);
    let site = crate::site();
    let (engine, out) = (site.path().display().to_string(), path(&folder, "out"));
    let input = path(&folder, "in");
    done(&[
        "build",
        &input,
        "--out",
        &out,
        "--engine",
        &engine,
        "--separate",
    ]);
    let bytes = std::fs::read(folder.path().join("out/collection.turns")).expect("it was written");
    let pack = turnsearch_pack::Pack::open(bytes, &mut |_, _| ()).expect("it is a pack");
    let url = pack.collection().meetings[0].meta.get(Field::Url);
    assert_eq!(url, Some("https://example.org/talks/week#s{n}"));
}
