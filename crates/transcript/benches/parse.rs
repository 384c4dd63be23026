//! Parsing speed on each seed, and on 100 copies of one: bytes in a second should be the same.
//!
//! Run with `cargo bench -p turnsearch-transcript`. Figures stand in `docs/PARSING.md`.

use std::hint::black_box;
use std::path::Path;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use turnsearch_transcript::{Corrections, parse};

fn seeds() -> Vec<(String, Vec<u8>)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../seeds");
    let mut seeds: Vec<(String, Vec<u8>)> = std::fs::read_dir(folder)
        .expect("the seeds")
        .map(|entry| entry.expect("an entry").path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "txt"))
        .map(|path| {
            let name = path
                .file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned();
            (name, std::fs::read(&path).expect("readable"))
        })
        .collect();
    seeds.sort();
    seeds
}

fn parsing(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("parse");
    group.sample_size(10);
    for (name, bytes) in seeds() {
        for copies in [1, 100] {
            let text = bytes.repeat(copies);
            group.throughput(Throughput::Bytes(text.len() as u64));
            let id = BenchmarkId::new(&name[..3], copies);
            group.bench_function(id, |bencher| {
                bencher.iter(|| parse(black_box(&name), black_box(&text), &Corrections::NONE));
            });
        }
    }
    group.finish();
}

criterion_group!(benches, parsing);
criterion_main!(benches);
