/**
 * The worker's side of `remote.js`: holds an engine and calls its methods.
 *
 * A message is a method's name and its values; every message is answered, in order, by `{ answer }` or `{ error }`.
 */

import init, { Engine } from "./engine.js";

/** @type {Engine} */
let engine;

/** @param {WebAssembly.Module} module @param {Uint8Array} pack */
async function open(module, pack) {
  await init({ module_or_path: module });
  engine = new Engine(pack);
  return engine.collection();
}

/** @param {MessageEvent<[method: string, ...values: any[]]>} message */
globalThis.onmessage = async ({ data: [method, ...values] }) => {
  try {
    const answer =
      method === "open"
        ? await open(.../** @type {Parameters<typeof open>} */ (values))
        : /** @type {any} */ (engine)[method](...values);
    postMessage({ answer });
  } catch (error) {
    postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
