//! Every input that is kept under `fuzz/`: the seeds, and whatever fuzzing found.

use std::fs;
use std::path::Path;

use turnsearch_properties as holds;
use turnsearch_transcript::{Corrections, parse};

/// A property of any bytes, as a fuzz target states it.
type Property = fn(&[u8]);

/// The fuzz targets, each with the property that it calls.
const TARGETS: [(&str, Property); 13] = [
    ("transcript", |bytes| holds::transcript("fuzz.txt", bytes)),
    ("transcript_vtt", |bytes| {
        holds::transcript("fuzz.vtt", bytes)
    }),
    ("transcript_srt", |bytes| {
        holds::transcript("fuzz.srt", bytes)
    }),
    ("transcript_json", |bytes| {
        holds::transcript("fuzz.json", bytes)
    }),
    ("transcript_xml", |bytes| {
        holds::transcript("fuzz.xml", bytes)
    }),
    ("transcript_jsonl", |bytes| {
        holds::transcript("fuzz.jsonl", bytes)
    }),
    ("transcript_docx", holds::word),
    ("transcript_html", |bytes| {
        holds::transcript("fuzz.html", bytes)
    }),
    ("folding", |bytes| holds::of_text(bytes, holds::folding)),
    ("query", |bytes| holds::of_text(bytes, holds::query)),
    ("search", |bytes| holds::of_text(bytes, holds::search)),
    ("any_pack", holds::any_pack),
    ("forged_pack", holds::forged_pack),
];

#[test]
fn kept_inputs_hold() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    for kept in ["seeds", "regressions"] {
        for (target, property) in TARGETS {
            let Ok(inputs) = fs::read_dir(fuzz.join(kept).join(target)) else {
                continue;
            };
            for input in inputs {
                let path = input.expect("an entry").path();
                println!("{}", path.display());
                property(&fs::read(&path).expect("a readable input"));
            }
        }
    }
}

/// Fuzzing changes what it is given; what no parser reads beyond its first line teaches it little.
#[test]
fn every_seed_of_a_format_is_a_meeting() {
    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/seeds");
    // The seeds of Word documents are parts of archives.
    let whole = TARGETS
        .iter()
        .filter(|(target, _)| *target != "transcript_docx");
    let targets = whole.map(|(target, _)| seeds.join(target));
    let mut meetings = 0;
    for folder in targets.filter(|folder| folder.to_string_lossy().contains("transcript")) {
        for seed in fs::read_dir(folder).expect("seeds of the format") {
            let path = seed.expect("an entry").path();
            let name = path.file_name().expect("a name").to_string_lossy();
            let bytes = fs::read(&path).expect("a readable seed");
            if let Err(error) = parse(&name, &bytes, &Corrections::NONE) {
                panic!("{error}");
            }
            meetings += 1;
        }
    }
    assert!(meetings > 10);
}

#[test]
fn every_folder_of_inputs_belongs_to_a_target() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz");
    for kept in ["seeds", "regressions"] {
        for folder in fs::read_dir(fuzz.join(kept)).expect("a folder") {
            let name = folder.expect("an entry").file_name();
            assert!(
                TARGETS.iter().any(|(target, _)| *target == name),
                "fuzz/{kept}/{} has no target",
                name.display()
            );
        }
    }
}
