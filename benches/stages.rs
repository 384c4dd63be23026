//! Each stage natively, on the five documents: parsing, building the pack, opening it, and
//! searching by kind of query.
//!
//! Run with `cargo xtask bench stages`. What a reader feels is measured in a browser:
//! `cargo xtask bench peers`.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{BatchSize, BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use turnsearch::{Request, Searcher};
use turnsearch_intake::{collect, read};
use turnsearch_model::Collection;

/// One query for each way through the search.
const QUERIES: [(&str, &str); 9] = [
    ("one ideograph", "网"),
    ("word", "互联网"),
    ("substring", "联网普"),
    ("Latin word", "ICANN"),
    ("two parts", "滥用 域名"),
    ("phrase without a part", "\"公共利益\" -ICANN"),
    ("question", "什么时候召开第一次会议"),
    ("misspelt", "multistakholder"),
    ("pinyin", "duoliyi"),
];

fn seeds() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("seeds")
}

fn collection() -> Collection {
    let loaded = read(&[seeds()]).unwrap();
    collect(loaded.sources, &loaded.config).unwrap().0
}

fn stages(criterion: &mut Criterion) {
    let collection = collection();
    let text: usize = collection
        .meetings
        .iter()
        .flat_map(|meeting| &meeting.turns)
        .map(|turn| turn.text.len())
        .sum();
    let pack = turnsearch_pack::write(&collection).unwrap();

    let mut group = criterion.benchmark_group("seeds");
    group.throughput(Throughput::Bytes(text as u64));
    group.bench_function("read and parse", |bencher| bencher.iter(self::collection));
    group.sample_size(10);
    group.bench_function("build the pack", |bencher| {
        bencher.iter(|| turnsearch_pack::write(black_box(&collection)).unwrap());
    });
    group.bench_function("open the pack", |bencher| {
        bencher.iter(|| Searcher::open(black_box(&pack).clone()).unwrap());
    });
    group.finish();
}

fn queries(criterion: &mut Criterion) {
    let pack = turnsearch_pack::write(&collection()).unwrap();
    let searcher = Searcher::open(pack).unwrap();
    let mut group = criterion.benchmark_group("query");
    for (kind, query) in QUERIES {
        let request = Request {
            query: query.to_owned(),
            ..Request::default()
        };
        group.bench_function(BenchmarkId::from_parameter(kind), |bencher| {
            // A fresh searcher each time: one that has been asked remembers where its needles
            // stand.
            bencher.iter_batched_ref(
                || searcher.clone(),
                |fresh| fresh.search(black_box(&request)),
                BatchSize::LargeInput,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, stages, queries);
criterion_main!(benches);
