/**
 * The worker's side of `remote.js`: holds an engine and calls its methods.
 *
 * A message is a method's name and its values; every message is answered, in order, by `{ answer }`
 * or `{ error }`.
 */

import init, { Engine } from "./engine.js";

/** @type {Engine} */
let engine;

/** What can be asked before there is an engine. */
const own = {
  /** A sign of life. */
  begin() {},

  /** @param {WebAssembly.Module} module @param {Uint8Array} pack */
  async open(module, pack) {
    await init({ module_or_path: module });
    engine = new Engine(pack);
    return [engine.collection(), engine.columns(), engine.stats()];
  },
};

/** @param {MessageEvent<[method: string, ...values: any[]]>} message */
globalThis.onmessage = async ({ data: [method, ...values] }) => {
  try {
    const asked = /** @type {any} */ (Object.hasOwn(own, method) ? own : engine);
    postMessage({ answer: await asked[method](...values) });
  } catch (error) {
    postMessage({ error: error instanceof Error ? error.message : String(error) });
  }
};
