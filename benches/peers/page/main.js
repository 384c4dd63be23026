/**
 * The page that every peer is measured in: opens the search, and shows the results of the query in
 * the address.
 *
 * `peer` is replaced by the module of one peer when the page is bundled.
 */

import { wasmBytes } from "./memories.js";
import { open } from "peer";

/** @import { Found } from "../lib/types.js" */

/** How many results a page shows. */
const SHOWN = 10;
/** More than any collection has turns. */
const ALL = 10_000_000;

/** @param {Found} found */
function show({ hits }) {
  const list = document.getElementById("results");
  list?.replaceChildren(
    ...hits.map(({ snippet }) => {
      const item = document.createElement("li");
      item.textContent = snippet;
      return item;
    }),
  );
}

const opened = open();

Object.assign(globalThis, {
  wasmBytes,

  /** Milliseconds from navigation until the search was open. */
  ready: opened.then(() => performance.now()),

  /**
   * Milliseconds from the last byte of the page's files until the search was open; a worker's are
   * part of opening.
   */
  afterBytes: opened.then(() => {
    const ready = performance.now();
    const all = performance.getEntriesByType("resource");
    const files = all.filter(({ name }) => !/\/(?:worker|engine)\.js$/.test(name));
    return (
      ready -
      Math.max(...files.map((file) => /** @type {PerformanceResourceTiming} */ (file).responseEnd))
    );
  }),

  /** Milliseconds from navigation until the results of `?q=` stood in the page. */
  shown: opened.then(async ({ search }) => {
    const query = new URLSearchParams(location.search).get("q");
    if (query === null) return null;
    show(await search(query, SHOWN));
    return performance.now();
  }),

  /**
   * Runs every query once and tells how long each took, in milliseconds.
   * @param {string[]} queries
   */
  async time(queries) {
    const { search } = await opened;
    const times = [];
    for (const query of queries) {
      const start = performance.now();
      await search(query, SHOWN);
      times.push(performance.now() - start);
    }
    return times;
  },

  /**
   * Types every text once, letter by letter, and tells how long each key took, in milliseconds.
   * @param {string[]} texts
   */
  async type(texts) {
    const { key } = await opened;
    const times = [];
    for (const text of texts) {
      const letters = [...text];
      for (let typed = 1; typed <= letters.length; typed += 1) {
        const start = performance.now();
        await key?.(letters.slice(0, typed).join(""));
        times.push(performance.now() - start);
      }
    }
    return times;
  },

  /**
   * All turns that each query finds, best first.
   * @param {string[]} queries
   */
  async find(queries) {
    const { search } = await opened;
    const found = [];
    for (const query of queries) {
      const { hits, approximate } = await search(query, ALL);
      found.push({ turns: hits.map(({ turn }) => turn), approximate });
    }
    return found;
  },
});
