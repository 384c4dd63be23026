/** MiniSearch with a tokenizer of choice; the index is built beforehand and keeps the texts. */

import MiniSearch from "minisearch";

import { allThenAny, fetchJson, parts, snippet } from "./text.js";

/** @import { Opened, File, Turn } from "./types.js" */

export const npm = "minisearch";

/**
 * Words of five letters and more may have a typing error in five letters, as its documentation
 * proposes.
 */
const FUZZY = 0.2;

/** @param {(text: string) => string[]} tokenize */
function options(tokenize) {
  return {
    fields: ["speaker", "text"],
    storeFields: ["text"],
    tokenize,
    processTerm: (/** @type {string} */ term) => term,
    searchOptions: {
      fuzzy: (/** @type {string} */ term) => (/^[a-z]{5,}$/u.test(term) ? FUZZY : false),
      prefix: (/** @type {string} */ term) => /^[a-z]{2,}$/u.test(term),
    },
  };
}

/**
 * @param {Turn[]} turns
 * @param {(text: string) => string[]} tokenize
 * @returns {File[]}
 */
export function buildMiniSearch(turns, tokenize) {
  const index = new MiniSearch(options(tokenize));
  index.addAll(turns.map(({ speaker, text }, id) => ({ id, speaker, text })));
  return [{ name: "index.json", bytes: JSON.stringify(index), preload: true }];
}

/**
 * @param {(text: string) => string[]} tokenize
 * @returns {Promise<Opened>}
 */
export async function openMiniSearch(tokenize) {
  const index = MiniSearch.loadJS(await fetchJson("index.json"), options(tokenize));
  return {
    search(query, limit) {
      const { results, approximate } = allThenAny((anything) =>
        index.search(query, { combineWith: anything ? "OR" : "AND" }),
      );
      const asked = parts(query);
      const hits = results
        .slice(0, limit)
        .map(({ id, text }) => ({ turn: id, snippet: snippet(text, asked) }));
      return { hits, approximate };
    },
  };
}
