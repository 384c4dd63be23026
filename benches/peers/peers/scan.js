/** The turns as JSON, and `includes` over them: what needs no library and hardly any code. */

import { fetchTurns, parts, snippet, turnsFile } from "../lib/text.js";

/** @import { File, Opened, Turn } from "../lib/types.js" */

export const title = "plain JSON and a scan";

/** @param {Turn[]} turns @returns {File[]} */
export function build(turns) {
  return [turnsFile(turns)];
}

/** @returns {Promise<Opened>} */
export async function open() {
  const turns = await fetchTurns();
  const lower = turns.map(([speaker, text]) => `${speaker}\n${text}`.toLowerCase());
  return {
    search(query, limit) {
      const asked = parts(query);
      const hits = [];
      for (let turn = 0; turn < lower.length && asked.length > 0; turn += 1) {
        if (!asked.every((part) => lower[turn].includes(part))) continue;
        if (hits.length < limit) hits.push({ turn, snippet: snippet(turns[turn][1], asked) });
      }
      return { hits, approximate: false };
    },
  };
}
