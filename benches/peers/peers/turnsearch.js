/** turnsearch by its public interface, without its user interface. */

import { TurnSearch } from "../../../www/client.js";

/** @import { BuildContext, File, Opened, Turn } from "../lib/types.js" */

export const title = "turnsearch";

/** The module with the pack of the collection inside. */
const MODULE = "engine_bg.wasm";

/**
 * What a page fetches besides when it searches in a worker, and the size of a module from which on
 * it does.
 */
const WORKER = ["worker.js", "engine.js"];
const WORKER_BYTES = 2_200_000;

/** @param {Turn[]} _turns @param {BuildContext} context @returns {Promise<File[]>} */
export async function build(_turns, { command, folder, inputs, site }) {
  const { execFileSync } = await import("node:child_process");
  const { readFileSync } = await import("node:fs");
  const out = `${folder}/bundle`;
  execFileSync(command, [
    "build",
    ...inputs,
    "--engine",
    site,
    "--out",
    out,
    "--no-compress",
    "--quiet",
  ]);
  const file = (/** @type {string} */ name) => ({ name, bytes: readFileSync(`${out}/${name}`) });
  const module = { ...file(MODULE), preload: true };
  return module.bytes.length > WORKER_BYTES ? [module, ...WORKER.map(file)] : [module];
}

/** @returns {Promise<Opened>} */
export async function open() {
  const turns = await TurnSearch.open();
  const most = turns.collection.turns;
  return {
    async search(query, limit) {
      const { hits, matched } = await turns.search(query, { limit: Math.min(limit, most) });
      return {
        hits: hits.map(({ turn, snippet }) => ({ turn, snippet: snippet.text })),
        approximate: matched !== "exact",
      };
    },
    async key(typed) {
      await Promise.all([turns.search(typed, { typing: true }), turns.suggest(typed)]);
    },
  };
}
