/**
 * Loading the engine, once for the whole page, and packs for it. The engine's two files stand
 * beside this one.
 */

import { compile, download } from "./client/download.js";
import { Failure } from "./client/failure.js";
import { Shared } from "./client/shared.js";

/** @import { Report } from "./client/download.js" */
/** @import { EngineFiles, Loaded, Opened } from "./engine.js" */

/** Name of the custom section of the module that carries its pack. */
const PACK_SECTION = "turnsearch.pack";

/**
 * A pack of more bytes, some 8 MB of text, is searched in a worker, unless the page says otherwise.
 * Reckoned between the figures of `docs/PERFORMANCE.md` for 2 and 22 MB, a query of it can take 4
 * ms there: over 8 on a machine of half the speed. Opening would hold the page for 0.1 s there.
 */
const WORKER_PACK_BYTES = 2_000_000;

const ENGINE_WASM = new URL("./engine_bg.wasm", import.meta.url).href;

/** How often loading the engine has failed, or the engine itself. */
let engineFailures = 0;

/** @type {Shared<EngineFiles>} */
const engineFiles = new Shared(async (onProgress) => {
  try {
    const [bindings, module] = await Promise.all([
      importBindings(),
      download(ENGINE_WASM, onProgress, compile),
    ]);
    return { bindings, module };
  } catch (error) {
    engineFailures += 1;
    throw error;
  }
});

/**
 * The engine's own JavaScript. After a failure it is asked for under another address: browsers keep
 * a module that failed to load, and the bindings keep an instance that has run out of memory.
 * @returns {Promise<typeof import("./engine.js")>}
 */
function importBindings() {
  return engineFailures === 0
    ? import("./engine.js")
    : import(new URL(`./engine.js?again=${engineFailures}`, import.meta.url).href);
}

/**
 * The engine and a pack, fetched side by side.
 * @param {string} address empty for the pack inside the module
 * @param {Report} onProgress
 * @returns {Promise<Loaded>}
 */
async function loadFiles(address, onProgress) {
  const [engine, fetched] = await Promise.all([
    engineFiles.get(address ? undefined : onProgress),
    address && download(address, onProgress, (response) => response.arrayBuffer()),
  ]);
  const pack = fetched || WebAssembly.Module.customSections(engine.module, PACK_SECTION)[0];
  if (!pack) throw new Failure(ENGINE_WASM, "engine/empty");
  return { ...engine, pack: new Uint8Array(pack) };
}

/**
 * Opens a pack, in the page or in a worker; where a worker has it, the page holds no engine.
 * @param {string} address empty for the pack inside the module
 * @param {boolean | undefined} worker whether to search in a worker; a large pack is when absent
 * @param {Report} report
 * @returns {Promise<Opened>}
 * @throws {Failure}
 */
export async function load(address, worker, report) {
  /**
   * Without a value where there can be no worker.
   * @type {Promise<Opened | void> | undefined}
   */
  let remote;
  const startWorker = (/** @type {number} */ bytes) => {
    if (worker ?? bytes > WORKER_PACK_BYTES) {
      remote ??= import("./remote.js").then(({ open }) => open(loading)).catch(() => {});
    }
  };
  const loading = loadFiles(address, (progress, size) => {
    report(progress, size);
    startWorker(size); // while the bytes arrive
  });
  try {
    const loaded = await loading;
    startWorker(loaded.pack.length);
    // Here too for a pack that a worker can do nothing with: what is wrong is found out.
    return (await remote) ?? (await openHere(loaded));
  } catch (error) {
    if (error instanceof Failure) throw error;
    const stopped = error instanceof WebAssembly.RuntimeError;
    if (stopped) {
      // Its memory is not trusted again.
      engineFailures += 1;
      engineFiles.forget();
    }
    // The engine throws codes; what else is thrown is the browser's.
    const { message } = /** @type {Error} */ (error);
    const code = stopped ? "engine/stopped " : message.startsWith("pack/") ? "" : "engine/failed ";
    throw new Failure(address || ENGINE_WASM, code + message, error);
  }
}

/** @param {Loaded} loaded @returns {Promise<Opened>} */
async function openHere({ bindings, module, pack }) {
  await bindings.default({ module_or_path: module });
  const engine = new bindings.Engine(pack);
  return {
    collection: engine.collection(),
    columns: engine.columns(),
    stats: engine.stats(),
    engine,
  };
}
