/**
 * A page that stays open: memory after many searches and many turns read, twenty widgets on one
 * page, and what is left of a widget that was removed. `cargo xtask longday` runs the long form and
 * prints the figures.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { standIn } from "./stand-in.mjs";

const LONG = process.env.TURNSEARCH_LONG_DAY !== undefined;
const SEARCHES = LONG ? 100_000 : 2_000;
const READINGS = LONG ? 1_000 : 20;
const WIDGETS = 20;
/** How often an element is added and removed. */
const REMOVALS = LONG ? 200 : 20;
/** Searches between two looks at the page. */
const BATCH = 500;
/**
 * Growth of the JavaScript heap that is no leak: code that was optimised in the meantime, bytes.
 */
const SLACK_BYTES = 2_000_000;

/** What people type, mixed: found, unfinished, misspelt, in letters, asked, filtered, nothing. */
const QUERIES = [
  "多利益相关方",
  "dns 滥用",
  "DNSS",
  "stakehodler",
  "duoliyi",
  "什么时候召开第一次会议",
  "speaker:peter 会议",
  "“公共利益” -域名",
  "互联网 OR 網際網路",
  "after:2019 社群",
  "zzzz qqqq",
  "的",
];

/** Counts WebAssembly instances and keeps their memories in sight. */
function watchEngines() {
  const original = WebAssembly.instantiate;
  window.engines = [];
  WebAssembly.instantiate = async (...args) => {
    const made = await original.apply(WebAssembly, args);
    window.engines.push(made.instance ?? made);
    return made;
  };
}

/**
 * @param {import("node:test").TestContext} t
 * @param {string} html
 */
async function open(t, html) {
  const server = await startServer(t, { fault: standIn(null, { pages: { "own.html": html } }) });
  const opened = await openPage(t, server, {
    path: "own.html",
    prepare: (page) => page.addInitScript(watchEngines),
  });
  await opened.page.waitForFunction(() =>
    [...document.querySelectorAll("turn-search")].every((element) => element.archive),
  );
  const devtools = await opened.context.newCDPSession(opened.page);
  await devtools.send("Performance.enable");
  return { ...opened, measure: () => measure(opened.page, devtools) };
}

/**
 * What the page holds once everything that can be collected is gone.
 * @param {import("playwright-core").Page} page
 * @param {import("playwright-core").CDPSession} devtools
 */
async function measure(page, devtools) {
  // Twice: what the first run finalises is freed by the second.
  await devtools.send("HeapProfiler.collectGarbage");
  await page.waitForTimeout(100);
  await devtools.send("HeapProfiler.collectGarbage");
  const { metrics } = await devtools.send("Performance.getMetrics");
  const of = (/** @type {string} */ name) => metrics.find((each) => each.name === name)?.value ?? 0;
  const wasm = await page.evaluate(() =>
    window.engines.map((engine) => engine.exports.memory.buffer.byteLength),
  );
  return {
    heap: of("JSHeapUsedSize"),
    nodes: of("Nodes"),
    listeners: of("JSEventListeners"),
    wasm,
  };
}

/** @param {import("playwright-core").Page} page @param {number} count */
async function search(page, count) {
  for (let done = 0; done < count; done += BATCH) {
    await page.evaluate(
      async ([queries, from, many]) => {
        const { archive } = document.querySelector("turn-search");
        for (let at = from; at < from + many; at += 1) {
          const query = queries[at % queries.length];
          const { hits } = await archive.search(query, { typing: at % 2 === 0, offset: at % 7 });
          if (at % 3 === 0) await archive.suggest(query);
          if (hits.length > 0) await archive.marks([hits[0].turn], query);
        }
      },
      /** @type {const} */ ([QUERIES, done, Math.min(BATCH, count - done)]),
    );
  }
}

/**
 * Opens and closes the reader. The last reading is always of the first turn, since a closed reader
 * keeps the nodes of the meeting it showed.
 * @param {import("playwright-core").Page} page
 * @param {number} count
 */
async function read(page, count) {
  for (let at = count - 1; at >= 0; at -= 1) {
    await page.evaluate(async (number) => {
      const reader = document.querySelector("turn-reader");
      const { archive } = document.querySelector("turn-search");
      await reader.show((number * 37) % archive.collection.turns, "互联网");
      await new Promise((resolve) => requestAnimationFrame(resolve));
      reader.close();
    }, at);
  }
}

/** @param {string} what @param {object} figures */
const print = (what, { heap, nodes, listeners, wasm }) =>
  console.log(
    `${what}: heap ${heap} bytes, ${nodes} nodes, ${listeners} listeners, wasm ${wasm} bytes`,
  );

test(`memory stays flat over ${SEARCHES} searches and ${READINGS} readings`, async (t) => {
  const { page, measure, assertClean } = await open(
    t,
    `<turn-search lang="zh-Hans" eager reader="reader"></turn-search><turn-reader id="reader"></turn-reader>`,
  );
  await search(page, BATCH);
  await read(page, 10);
  const before = await measure();
  print("before", before);
  await search(page, SEARCHES);
  await read(page, READINGS);
  const after = await measure();
  print(`after ${SEARCHES} searches and ${READINGS} readings`, after);
  assert.deepEqual(after.wasm, before.wasm);
  assert.ok(after.heap < before.heap + SLACK_BYTES, "the heap grew");
  assert.ok(after.nodes <= before.nodes + 10, "nodes are left behind");
  assert.ok(after.listeners <= before.listeners + 2, "listeners are left behind");
  assertClean();
});

test(`${WIDGETS} widgets share one instance and one pack`, async (t) => {
  const { page, requests, measure } = await open(
    t,
    `<turn-search eager></turn-search>`.repeat(WIDGETS),
  );
  const figures = await measure();
  print(`${WIDGETS} widgets`, figures);
  assert.equal(figures.wasm.length, 1);
  assert.equal(requests.filter((url) => url.endsWith("engine_bg.wasm")).length, 1);
  const one = await page.evaluate(
    () => new Set([...document.querySelectorAll("turn-search")].map((each) => each.archive)).size,
  );
  assert.equal(one, 1);
});

test("a widget that is removed leaves no listener and no node behind", async (t) => {
  const { page, measure } = await open(t, "<turn-search eager></turn-search>");
  const addAndRemove = (/** @type {number} */ times) =>
    page.evaluate(async (count) => {
      for (let at = 0; at < count; at += 1) {
        const added = document.createElement("turn-search");
        added.setAttribute("mode", "dialog");
        document.body.append(added);
        await added.load();
        added.query = "互联网";
        await new Promise((resolve) => requestAnimationFrame(resolve));
        added.remove();
      }
      // What is spoken and written to the address waits for quiet.
      await new Promise((resolve) => setTimeout(resolve, 500));
    }, times);
  await addAndRemove(2);
  const before = await measure();
  await addAndRemove(REMOVALS);
  const after = await measure();
  print("before", before);
  print(`after ${REMOVALS} widgets came and went`, after);
  assert.ok(after.nodes <= before.nodes + 10, `${after.nodes - before.nodes} nodes are left`);
  assert.ok(
    after.listeners <= before.listeners + 2,
    `${after.listeners - before.listeners} listeners are left`,
  );
  assert.deepEqual(after.wasm, before.wasm);
});
