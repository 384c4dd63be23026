/** Measuring a peer's page in Chromium. */

import { chromium } from "playwright-core";

import { median } from "./statistics.js";

/** @import { Browser, Page } from "playwright-core" */
/** @import { Query } from "./types.js" */

/** 1.6 Mbit/s and a round trip of 150 ms: what Lighthouse calls a slow 4G connection. */
const SLOW = {
  offline: false,
  latency: 150,
  downloadThroughput: 200_000,
  uploadThroughput: 94_000,
};

/** How long a page may take until its first results, in milliseconds. */
const LIMIT_MS = 300_000;

/** @param {string} executablePath */
export function launch(executablePath) {
  return chromium.launch({
    executablePath,
    // Without the flag, a page's memory is measured at the next garbage collection, up to 20 s
    // later.
    args: ["--enable-blink-features=ForceEagerMeasureMemory", "--no-sandbox"],
  });
}

/**
 * Milliseconds from navigation until the first results stand in the page, with nothing in any
 * cache.
 * @param {Browser} browser
 * @param {string} address
 * @param {string} query
 * @param {{ slow?: boolean }} [options]
 */
export async function coldStart(browser, address, query, { slow = false } = {}) {
  const context = await browser.newContext();
  try {
    const page = await context.newPage();
    page.setDefaultTimeout(LIMIT_MS);
    if (slow) {
      const session = await context.newCDPSession(page);
      await session.send("Network.enable");
      await session.send("Network.emulateNetworkConditions", SLOW);
    }
    await page.goto(`${address}?q=${encodeURIComponent(query)}`, { timeout: LIMIT_MS });
    return await page.evaluate(() => globalThis.shown);
  } finally {
    await context.close();
  }
}

/**
 * A page that stays open, with its search ready.
 * @param {Browser} browser
 * @param {string} address
 */
export async function openPage(browser, address) {
  const page = await (await browser.newContext()).newPage();
  page.setDefaultTimeout(LIMIT_MS);
  page.on("pageerror", (error) => console.error(`${address}: ${error.message}`));
  await page.goto(address, { timeout: LIMIT_MS });
  const ready = await page.evaluate(() => globalThis.ready);
  return { page, ready };
}

/**
 * Warm latencies: for each page and query the median over the rounds. The pages take turns within
 * every round, so that what else the machine does falls on all of them.
 * @param {Page[]} pages
 * @param {Query[]} queries
 * @param {number} rounds
 * @returns {Promise<number[][]>} milliseconds, for each page and query
 */
export async function warmLatencies(pages, queries, rounds) {
  const texts = queries.map(({ query }) => query);
  /** @type {number[][][]} */
  const times = pages.map(() => queries.map(() => []));
  // The first round warms up and does not count.
  for (let round = 0; round <= rounds; round += 1) {
    for (let step = 0; step < pages.length; step += 1) {
      const at = (step + round) % pages.length;
      await pages[at].bringToFront();
      const measured = await pages[at].evaluate((queries) => globalThis.time(queries), texts);
      if (round > 0) measured.forEach((time, query) => times[at][query].push(time));
    }
  }
  return times.map((ofPage) => ofPage.map(median));
}

/**
 * How long each key takes while the queries are typed letter by letter: the median over the rounds.
 * @param {Page} page
 * @param {Query[]} queries
 * @param {number} rounds
 * @returns {Promise<number[]>} milliseconds, for each key
 */
export async function keyLatencies(page, queries, rounds) {
  const texts = queries.map(({ query }) => query);
  /** @type {number[][]} */
  const times = [];
  await page.bringToFront();
  for (let round = 0; round <= rounds; round += 1) {
    const measured = await page.evaluate((texts) => globalThis.type(texts), texts);
    if (round > 0) measured.forEach((time, key) => (times[key] ??= []).push(time));
  }
  return times.map(median);
}

/**
 * @param {Page} page
 * @param {Query[]} queries
 * @returns {Promise<{ turns: number[], approximate: boolean }[]>}
 */
export function findAll(page, queries) {
  return page.evaluate(
    (queries) => globalThis.find(queries),
    queries.map(({ query }) => query),
  );
}

/**
 * Bytes that the page keeps, its workers included: JavaScript and elements, and the memories of
 * WebAssembly, which the platform's own measurement leaves out.
 * @param {Page} page
 * @returns {Promise<number>}
 */
export async function memory(page) {
  const own = await page.evaluate(async () => {
    const { bytes } = await performance.measureUserAgentSpecificMemory();
    return bytes + globalThis.wasmBytes();
  });
  const ofWorkers = page.workers().map((worker) =>
    worker.evaluate(async () => {
      // The engine gives its memory to whoever initialises it once more.
      const { default: init } = await import(new URL("engine.js", location.href).href);
      return (await init()).memory.buffer.byteLength;
    }),
  );
  return (await Promise.all(ofWorkers)).reduce((sum, bytes) => sum + bytes, own);
}
