/**
 * How the costs of turnsearch grow with the collection: bytes, building, start, memory and latency
 * at one, ten and a hundred times the seeds, and on a whole corpus.
 *
 * Called by `cargo xtask bench growth`. Prints tables, leaves all figures in
 * target/bench/growth.json, and with `--write` puts the tables into docs/PERFORMANCE.md.
 */

import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { coldStart, keyLatencies, launch, memory, openPage, warmLatencies } from "./lib/browser.js";
import { weigh } from "./lib/bundle.js";
import { measureProgram } from "./lib/native.js";
import { drawnQueries } from "./lib/queries.js";
import * as report from "./lib/report.js";
import { serve } from "./lib/server.js";
import { corpusFiles, slice } from "./lib/slices.js";
import { median, tails } from "./lib/statistics.js";
import { readTurns } from "./lib/turns.js";
import {
  DOCUMENT,
  ROOT,
  inFolder,
  options as optionsOfCall,
  preparePeer,
} from "./lib/workbench.js";

/** Source bytes of the slices, by their names. */
const SLICES = /** @type {const} */ ([
  ["ten times", 2.3e6],
  ["a hundred times", 24e6],
  ["the whole corpus", Infinity],
]);

const SEARCH = "turnsearch";
const SCAN = "scan";
const EMPTY = "empty";

/** Starts of which the median counts. */
const STARTS = 5;

const { browser: executable, command, corpus, rounds, write } = optionsOfCall();
if (!corpus) throw new Error("name the folder of a corpus of 48 MB or more with --corpus");

await inFolder(async (folder) => {
  const unpacked = join(folder, "corpus");
  mkdirSync(unpacked);
  const files = corpusFiles(corpus, unpacked);
  const page = readFileSync(new URL("page/index.html", import.meta.url), "utf8");
  const browser = await launch(executable);
  const server = await serve(folder);
  try {
    const results = [await measure("seeds", fileURLToPath(new URL("seeds", ROOT)))];
    for (const [name, bytes] of SLICES) {
      results.push(
        await measure(name, slice(files, bytes, join(folder, name.replaceAll(" ", "-")))),
      );
    }
    const setting = report.setting(browser);
    const text = `${setting}.\n\n${costs(results)}\n\n${byKind(results)}`;
    console.log(text);
    mkdirSync(new URL("target/bench/", ROOT), { recursive: true });
    writeFileSync(
      new URL("target/bench/growth.json", ROOT),
      JSON.stringify({ setting, rounds, results }, null, 1),
    );
    if (write) report.replaceSection(DOCUMENT, "growth", text);
  } finally {
    await browser.close();
    server.close();
  }

  /** @param {string} name @param {string} input */
  async function measure(name, input) {
    console.error(`${name}: building`);
    const engine = fileURLToPath(new URL("target/site", ROOT));
    const out = join(folder, "native");
    const options = ["--engine", engine, "--out", out, "--no-compress", "--quiet"];
    const build = await measureProgram(command, ["build", input, ...options]);
    rmSync(out, { recursive: true });
    const turns = readTurns(command, [input]);
    const textBytes = turns.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0);
    const queries = drawnQueries(turns);

    const site = join(folder, "site");
    mkdirSync(site);
    const prepared = [];
    for (const id of [SEARCH, SCAN, EMPTY]) {
      prepared.push(await preparePeer(id, { turns, inputs: [input], command }, page, site));
    }
    console.error(`${name}: asking`);
    const addressOf = (/** @type {string} */ id) => `${server.address}site/${id}/`;
    const starts = [];
    for (let round = 0; round < STARTS; round += 1) {
      starts.push(await coldStart(browser, addressOf(SEARCH), queries[0].query));
    }
    const [search, scan, empty] = await Promise.all(
      [SEARCH, SCAN, EMPTY].map((id) => openPage(browser, addressOf(id))),
    );
    const loads = [];
    for (let round = 0; round < STARTS; round += 1) {
      const again = await openPage(browser, addressOf(SEARCH));
      loads.push(await again.page.evaluate(() => globalThis.afterBytes));
      await again.page.context().close();
    }
    const latencies = await warmLatencies([search.page, scan.page], queries, rounds);
    const keyMs = await keyLatencies(search.page, queries, rounds);
    const memoryBytes = (await memory(search.page)) - (await memory(empty.page));
    for (const { page } of [search, scan, empty]) await page.context().close();
    rmSync(site, { recursive: true });
    return {
      name,
      turns: turns.length,
      textBytes,
      build,
      bytes: weigh(prepared[0].shipped),
      startMs: median(starts),
      afterBytesMs: median(loads),
      memoryBytes,
      queries,
      latencyMs: latencies[0],
      scanMs: latencies[1],
      keyMs,
    };
  }
});

/**
 * @typedef {object} Growth
 * @property {string} name
 * @property {number} turns
 * @property {number} textBytes
 * @property {{ seconds: number, peakBytes?: number, processorSeconds?: number }} build
 * @property {{ raw: number, brotli: number }} bytes
 * @property {number} startMs
 * @property {number} afterBytesMs
 * @property {number} memoryBytes
 * @property {import("./lib/types.js").Query[]} queries
 * @property {number[]} latencyMs
 * @property {number[]} scanMs
 * @property {number[]} keyMs
 */

/** @param {Growth[]} results */
function costs(results) {
  const row = (/** @type {string} */ name, /** @type {(result: Growth) => string} */ cell) => [
    name,
    ...results.map(cell),
  ];
  const ofText = (/** @type {number} */ bytes, /** @type {Growth} */ { textBytes }) =>
    `${report.kilobytes(bytes)} (${(bytes / textBytes).toFixed(3)})`;
  const times = (/** @type {number[]} */ values) =>
    Object.values(tails(values)).map(report.milliseconds).join(" / ");
  const speed = (/** @type {Growth} */ { textBytes, build }) =>
    `${build.seconds.toFixed(2)} (${(textBytes / 1e6 / build.seconds).toFixed(1)} MB/s)`;
  const memoryOf = (/** @type {number | undefined} */ bytes, /** @type {number} */ textBytes) =>
    bytes === undefined ? "–" : `${report.megabytes(bytes)} (${(bytes / textBytes).toFixed(1)})`;
  return report.table(
    ["", ...results.map(({ name }) => name)],
    [
      row("text, kB", ({ textBytes }) => report.kilobytes(textBytes)),
      row("turns", ({ turns }) => turns.toLocaleString("en")),
      row("engine + pack, raw kB (of the text)", (result) => ofText(result.bytes.raw, result)),
      row("engine + pack, brotli kB (of the text)", (result) =>
        ofText(result.bytes.brotli, result),
      ),
      row("build, s", speed),
      row("processor time of it, s", ({ build }) => build.processorSeconds?.toFixed(2) ?? "–"),
      row("peak of the builder, MB (times the text)", ({ build, textBytes }) =>
        memoryOf(build.peakBytes, textBytes),
      ),
      row("navigation to first results, ms", ({ startMs }) => report.milliseconds(startMs)),
      row("ready after the last byte, ms", ({ afterBytesMs }) => report.milliseconds(afterBytesMs)),
      row("memory of the page, MB (times the text)", (result) =>
        memoryOf(result.memoryBytes, result.textBytes),
      ),
      row("query p50 / p95 / p99, ms", ({ latencyMs }) => times(latencyMs)),
      row("the same, plain scan", ({ scanMs }) => times(scanMs)),
      row("a key while typing, with suggestions, p50 / p95 / p99, ms", ({ keyMs }) => times(keyMs)),
    ],
  );
}

/** @param {Growth[]} results */
function byKind(results) {
  const kinds = [...new Set(results.flatMap(({ queries }) => queries.map(({ kind }) => kind)))];
  const rows = kinds.map((kind) => [
    kind,
    ...results.map(({ queries, latencyMs }) => {
      const ofKind = latencyMs.filter((_, at) => queries[at].kind === kind);
      return ofKind.length
        ? Object.values(tails(ofKind)).map(report.milliseconds).join(" / ")
        : "–";
    }),
  ]);
  return report.table(["query p50 / p95 / p99, ms", ...results.map(({ name }) => name)], rows);
}
