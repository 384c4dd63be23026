/**
 * Fuse.js: the extended search with `'` looks for every part as it stands, and the fuzzy search
 * only where that finds nothing, since it takes most Chinese texts for near misses.
 */

import Fuse from "fuse.js";

import { fetchTurns, parts, snippet, turnsFile } from "../lib/text.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "Fuse.js";
export const npm = "fuse.js";

/** Share of the query that may be wrong, in the fuzzy search. */
const THRESHOLD = 0.3;

/** @param {Turn[]} turns @returns {File[]} */
export function build(turns) {
  return [turnsFile(turns)];
}

/** @returns {Promise<Opened>} */
export async function open() {
  const turns = await fetchTurns();
  const records = turns.map(([speaker, text]) => ({ speaker, text, all: `${speaker}\n${text}` }));
  const exact = new Fuse(records, {
    keys: ["all"],
    useExtendedSearch: true,
    ignoreLocation: true,
    threshold: 0,
  });
  const fuzzy = new Fuse(records, {
    keys: ["speaker", "text"],
    ignoreLocation: true,
    threshold: THRESHOLD,
  });
  return {
    search(query, limit) {
      const asked = parts(query);
      const bound = { limit: Math.min(limit, turns.length) };
      // Quotation marks would end the quoted part.
      const quoted = asked.map((part) => `'"${part.replaceAll('"', "")}"`).join(" ");
      let found = exact.search(quoted, bound);
      const approximate = found.length === 0;
      if (approximate) found = fuzzy.search(query, bound);
      const hits = found.map(({ refIndex }) => ({
        turn: refIndex,
        snippet: snippet(turns[refIndex][1], asked),
      }));
      return { hits, approximate };
    },
  };
}
