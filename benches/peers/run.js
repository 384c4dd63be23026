/**
 * turnsearch beside other searches for static pages: bytes, start, latency, memory, and how much of
 * what people judged to be right comes back.
 *
 * Called by `cargo xtask bench peers`. Prints tables, leaves all figures in
 * target/bench/peers.json, and with `--write` puts the first table into docs/PERFORMANCE.md.
 */

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { coldStart, findAll, launch, memory, openPage, warmLatencies } from "./lib/browser.js";
import { weigh } from "./lib/bundle.js";
import { judge } from "./lib/judge.js";
import { drawnQueries, judgedQueries } from "./lib/queries.js";
import * as report from "./lib/report.js";
import { serve } from "./lib/server.js";
import { median, tails } from "./lib/statistics.js";
import { readTurns } from "./lib/turns.js";
import { DOCUMENT, ROOT, inFolder, options, preparePeer } from "./lib/workbench.js";

/** @import { Query } from "./lib/types.js" */

const PEERS = [
  "turnsearch",
  "scan",
  "minisearch-words",
  "minisearch-bigrams",
  "flexsearch-bigrams",
  "flexsearch-cjk",
  "lunr",
  "orama",
  "fuse",
  "ufuzzy",
  "pagefind",
  "sqlite",
];

/** Memory is measured against this page. */
const EMPTY = "empty";

/** Rounds of starts: they take seconds each on the slow network. */
const COLD_ROUNDS = 7;
const SLOW_ROUNDS = 3;

/** Asked for at the start; it stands in the seeds. */
const FIRST_QUERY = "互联网";

const { browser: executable, command, corpus, peers, rounds, write } = options();
const inputs = [corpus ?? fileURLToPath(new URL("seeds", ROOT))];

await inFolder(async (folder) => {
  const turns = readTurns(command, inputs);
  const queries = corpus
    ? drawnQueries(turns)
    : judgedQueries(new URL("tests/relevance/", ROOT), turns);
  const firstQuery = corpus ? queries[0].query : FIRST_QUERY;
  const textBytes = turns.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
  const page = readFileSync(new URL("page/index.html", import.meta.url), "utf8");

  const asked = peers ? peers.split(",") : PEERS;
  const unknown = asked.filter((id) => !PEERS.includes(id));
  if (unknown.length) throw new Error(`--peers ${unknown}: choose from ${PEERS.join(",")}`);
  const prepared = [];
  for (const id of [EMPTY, ...asked]) {
    console.error(`building ${id}`);
    prepared.push(await preparePeer(id, { turns, inputs, command }, page, folder));
  }

  const server = await serve(folder);
  const browser = await launch(executable);
  try {
    const results = await measure({ browser, server, prepared, queries, firstQuery });
    const versions = Object.fromEntries(
      results.flatMap(({ npm }) => (npm ? [[npm, versionOf(npm)]] : [])),
    );
    const setting = report.setting(browser, versions);
    const text = `${setting}.\n\n${describe(results)}`;
    console.log(`${text}\n\n${byKind(results, queries)}`);
    mkdirSync(new URL("target/bench/", ROOT), { recursive: true });
    const figures = { setting, textBytes, turns: turns.length, rounds, queries, results };
    writeFileSync(new URL("target/bench/peers.json", ROOT), JSON.stringify(figures, null, 1));
    if (write) report.replaceSection(DOCUMENT, "peers", text);
  } finally {
    await browser.close();
    server.close();
  }
});

/**
 * @param {object} run
 * @param {import("playwright-core").Browser} run.browser
 * @param {Awaited<ReturnType<typeof serve>>} run.server
 * @param {Awaited<ReturnType<typeof preparePeer>>[]} run.prepared the empty page first
 * @param {Query[]} run.queries
 * @param {string} run.firstQuery
 */
async function measure({ browser, server, prepared, queries, firstQuery }) {
  const addressOf = (/** @type {{ id: string }} */ { id }) => `${server.address}${id}/`;
  const [empty, ...peers] = prepared;

  console.error("starting with nothing in the cache");
  const cold = await starts(COLD_ROUNDS, peers, (peer) =>
    coldStart(browser, addressOf(peer), firstQuery),
  );
  const transferred = [];
  for (const peer of peers) {
    server.sent();
    await coldStart(browser, addressOf(peer), firstQuery);
    transferred.push(server.sent());
  }
  console.error("starting at 1.6 Mbit/s");
  const slow = await starts(SLOW_ROUNDS, peers, (peer) =>
    coldStart(browser, addressOf(peer), firstQuery, { slow: true }),
  );

  console.error("asking");
  const pages = [];
  for (const peer of peers) pages.push((await openPage(browser, addressOf(peer))).page);
  const latencies = await warmLatencies(pages, queries, rounds);
  const emptyPage = (await openPage(browser, addressOf(empty))).page;
  const emptyBytes = await memory(emptyPage);
  const results = [];
  for (const [at, { id, title, npm, built, shipped }] of peers.entries()) {
    const bytes = await memory(pages[at]);
    const isJudged = queries.every(({ expected }) => expected);
    results.push({
      id,
      title,
      npm,
      buildMs: built,
      bytes: weigh(shipped),
      files: shipped.length,
      transferred: transferred[at],
      coldMs: cold[at],
      slowMs: slow[at],
      latencyMs: latencies[at],
      memoryBytes: bytes - emptyBytes,
      ...(isJudged ? judge(queries, await findAll(pages[at], queries)) : {}),
    });
  }
  return results;
}

/**
 * Medians over rounds in which the peers take turns.
 * @template T
 * @param {number} rounds
 * @param {T[]} peers
 * @param {(peer: T) => Promise<number>} start
 */
async function starts(rounds, peers, start) {
  /** @type {number[][]} */
  const times = peers.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (let step = 0; step < peers.length; step += 1) {
      const at = (step + round) % peers.length;
      times[at].push(await start(peers[at]));
    }
  }
  return times.map(median);
}

/** @param {Awaited<ReturnType<typeof measure>>} results */
function describe(results) {
  const head = [
    "what a page ships",
    "raw kB",
    "gzip kB",
    "brotli kB",
    "sent up to first results, kB",
    "start, ms",
    "start at 1.6 Mbit/s, ms",
    "query p50, ms",
    "p95",
    "p99",
    "memory, MB",
    "exact sets",
    "questions, MRR@10",
  ];
  const rows = results.map((result) => {
    const { p50, p95, p99 } = tails(result.latencyMs);
    return [
      result.title,
      ...[result.bytes.raw, result.bytes.gzip, result.bytes.brotli, result.transferred].map(
        report.kilobytes,
      ),
      ...[result.coldMs, result.slowMs, p50, p95, p99].map(report.milliseconds),
      report.megabytes(result.memoryBytes),
      report.percent(result.exactSets),
      result.reciprocalRank?.toFixed(2) ?? "–",
    ];
  });
  return report.table(head, rows);
}

/**
 * @param {Awaited<ReturnType<typeof measure>>} results
 * @param {Query[]} queries
 */
function byKind(results, queries) {
  const kinds = [...new Set(queries.map(({ kind }) => kind))];
  const rows = results.map(({ title, latencyMs }) => [
    title,
    ...kinds.map((kind) => {
      const { p50, p95 } = tails(latencyMs.filter((_, at) => queries[at].kind === kind));
      return `${report.milliseconds(p50)} / ${report.milliseconds(p95)}`;
    }),
  ]);
  return report.table(["query p50 / p95, ms", ...kinds], rows);
}

/** @param {string} npm */
function versionOf(npm) {
  const file = new URL(`node_modules/${npm}/package.json`, import.meta.url);
  return JSON.parse(readFileSync(file, "utf8")).version;
}
