/** uFuzzy over the turns, set up for other than Latin letters as its documentation says. */

import uFuzzy from "@leeoniya/ufuzzy";

import { fetchTurns, parts, snippet, turnsFile } from "../lib/text.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "uFuzzy";
export const npm = "@leeoniya/ufuzzy";

const OPTIONS = {
  unicode: true,
  interSplit: "[^\\p{L}\\d']+",
  intraSplit: "\\p{Ll}\\p{Lu}",
  intraBound: "\\p{L}\\d|\\d\\p{L}|\\p{Ll}\\p{Lu}",
  intraChars: "[\\p{L}\\d']",
  intraContr: "'\\p{L}{1,2}\\b",
};

/** Parts may stand in any order if there are at most this many. */
const MOST_PARTS_OUT_OF_ORDER = 3;
/** As many matches are ranked; beyond, they stay in the order of the turns. */
const MOST_RANKED = 1000;

/** @param {Turn[]} turns @returns {File[]} */
export function build(turns) {
  return [turnsFile(turns)];
}

/** @returns {Promise<Opened>} */
export async function open() {
  const turns = await fetchTurns();
  const haystack = turns.map(([speaker, text]) => `${speaker}\n${text}`);
  const fuzzy = new uFuzzy(OPTIONS);
  return {
    search(query, limit) {
      const [found, , order] = fuzzy.search(haystack, query, MOST_PARTS_OUT_OF_ORDER, MOST_RANKED);
      const ranked = found && order ? order.map((at) => found[at]) : (found ?? []);
      const asked = parts(query);
      const hits = ranked
        .slice(0, limit)
        .map((turn) => ({ turn, snippet: snippet(turns[turn][1], asked) }));
      return { hits, approximate: false };
    },
  };
}
