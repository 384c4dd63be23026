/**
 * An engine in a worker: the page keeps the columns, and the worker everything else. Fetched for
 * large packs only.
 */

/** @import { Loaded, Opened } from "./engine.js" */

/**
 * A worker that has not begun after so many milliseconds never will: its script may have stalled on
 * the way.
 */
const BEGUN_MS = 30_000;

/**
 * Under Trusted Types an address of a script passes through a policy, which a strict page may name
 * or refuse.
 */
const policy = /** @type {any} */ (globalThis).trustedTypes?.createPolicy("turnsearch", {
  createScriptURL: (/** @type {string} */ address) => address,
});

/**
 * Of the browser's own name, so that the line which starts the worker has the form that bundlers
 * look for.
 */
class Worker extends globalThis.Worker {
  /** @param {URL} address @param {WorkerOptions} options */
  constructor(address, options) {
    super(policy ? policy.createScriptURL(address.href) : address, options);
  }
}

/**
 * Opens a pack in a worker, which starts at once, while the pack may be on its way.
 * @param {Promise<Loaded>} loading
 * @returns {Promise<Opened>}
 * @throws {Error} when there can be no worker, or the pack does not come or cannot be opened
 */
export async function open(loading) {
  const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
  /**
   * Who waits for an answer. Answers come in the order of the questions.
   * @type {{ resolve: (answer: any) => void, reject: (error: Error) => void }[]}
   */
  const waiting = [];
  /** Why nothing is answered any more. @type {Error | undefined} */
  let stopped;
  /** @param {any[]} call method and values */
  const ask = (...call) =>
    new Promise((resolve, reject) => {
      if (stopped) return reject(stopped);
      worker.postMessage(call); // first: values that cannot be sent make it throw
      waiting.push({ resolve, reject });
    });
  const stop = (/** @type {string} */ why) => {
    worker.terminate();
    stopped = new Error(`turnsearch: ${why}`);
    for (const { reject } of waiting.splice(0)) reject(stopped);
  };
  worker.onmessage = (/** @type {MessageEvent<{ answer?: any, error?: string }>} */ { data }) => {
    const { resolve, reject } = waiting.shift() ?? {};
    if (data.error === undefined) resolve?.(data.answer);
    else reject?.(new Error(data.error));
  };
  worker.onerror = ({ message }) => stop(`the worker stopped: ${message}`);
  worker.onmessageerror = () => stop("the worker cannot be understood");
  const patience = setTimeout(() => stop("the worker did not begin"), BEGUN_MS);
  const begun = () => clearTimeout(patience);
  void ask("begin").then(begun, begun);
  try {
    const { module, pack } = await loading;
    const [collection, columns, stats] = await ask("open", module, pack);
    return { collection, columns, stats, ask };
  } catch (error) {
    stop("the pack was not opened");
    throw error;
  }
}
