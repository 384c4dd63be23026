/**
 * FlexSearch with an encoder of choice; the index is built beforehand and has ids only, so the
 * texts go beside it.
 */

import { Index } from "flexsearch";

import { allThenAny, fetchJson, fetchTurns, parts, snippet, turnsFile } from "./text.js";

/** @import { File, Opened, Turn } from "./types.js" */

export const npm = "flexsearch";

/**
 * @param {Turn[]} turns
 * @param {object} options of the index
 * @returns {Promise<File[]>}
 */
export async function buildFlexSearch(turns, options) {
  const index = new Index(options);
  turns.forEach(({ speaker, text }, id) => index.add(id, `${speaker} ${text}`));
  /** @type {Record<string, string>} */
  const exported = {};
  await index.export((/** @type {string} */ key, /** @type {string} */ data) => {
    exported[key] = data;
  });
  return [turnsFile(turns), { name: "index.json", bytes: JSON.stringify(exported), preload: true }];
}

/**
 * @param {object} options of the index
 * @returns {Promise<Opened>}
 */
export async function openFlexSearch(options) {
  const [turns, exported] = await Promise.all([fetchTurns(), fetchJson("index.json")]);
  const index = new Index(options);
  for (const [key, data] of Object.entries(exported)) index.import(key, data);
  return {
    search(query, limit) {
      const { results, approximate } = allThenAny((anything) =>
        index.search(query, { limit: Math.min(limit, turns.length), suggest: anything }),
      );
      const asked = parts(query);
      return {
        hits: results.map((turn) => ({ turn, snippet: snippet(turns[turn][1], asked) })),
        approximate,
      };
    },
  };
}
