/** Fetching files: with their bytes counted, and with errors that name the file. */

/** @import { Progress } from "../types/turnsearch.js" */

/**
 * Called when a download begins and with each piece of it. `size` is what is known of its bytes: so many there will be, or
 * under a content coding more.
 * @typedef {(progress: Progress, size: number) => void} Report
 */

/** A download of which nothing arrives for so many milliseconds has stalled. */
const STALLED_MS = 30_000;

/**
 * Fetches a file, counts its bytes as they arrive, and gives up when none do.
 *
 * The body is handed on as WebAssembly, so that a server which mislabels `.wasm` files does not keep the browser from
 * compiling while it downloads; who takes a pack does not look at its type.
 * @template T
 * @param {string} address
 * @param {Report} onProgress
 * @param {(response: Response) => Promise<T>} take what becomes of the body
 * @returns {Promise<T>}
 */
export async function download(address, onProgress, take) {
  const watch = stallWatch();
  try {
    const response = await fetch(address, { signal: watch.signal });
    if (!response.ok || !response.body) {
      throw new Error(`${response.status} ${response.statusText}`);
    }
    const body = response.body.pipeThrough(counter(response, onProgress, watch.heard), watch);
    return await take(new Response(body, { headers: { "content-type": "application/wasm" } }));
  } catch (error) {
    // Compilers do not pass the reason on for which a body ended.
    throw named(address, watch.signal.reason ?? error);
  } finally {
    watch.end();
  }
}

/**
 * Passes bytes on and tells how many there were.
 * @param {Response} response
 * @param {Report} onProgress
 * @param {() => void} heard called for each piece
 */
function counter({ headers }, onProgress, heard) {
  // Under a content coding the header counts other bytes than the ones that come out here.
  const length = Number(headers.get("content-length"));
  const total = headers.has("content-encoding") ? null : length || null;
  let loaded = 0;
  const count = (/** @type {number} */ more) => {
    heard();
    loaded += more;
    onProgress({ loaded, total }, Math.max(loaded, length));
  };
  count(0);
  return new TransformStream({
    transform(chunk, controller) {
      count(chunk.byteLength);
      controller.enqueue(chunk);
    },
  });
}

/** Gives up on a download of which nothing has been heard for too long. */
function stallWatch() {
  const giveUp = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const end = () => clearTimeout(timer);
  const heard = () => {
    end();
    timer = setTimeout(
      () => giveUp.abort(new Error(`stalled: nothing arrived for ${STALLED_MS / 1000} seconds`)),
      STALLED_MS,
    );
  };
  heard();
  return { signal: giveUp.signal, heard, end };
}

/** What becomes of the body of a module. @param {Response} response */
export async function compile(response) {
  try {
    return await (WebAssembly.compileStreaming?.(response) ??
      WebAssembly.compile(await response.arrayBuffer()));
  } catch (error) {
    if (!(error instanceof WebAssembly.CompileError)) throw error;
    throw new Error(`not a WebAssembly module: ${error.message}`, { cause: error });
  }
}

/**
 * An error that says which file it is about.
 * @param {string} address
 * @param {unknown} error
 * @param {string} [what] goes before the error's own message
 */
export function named(address, error, what = "") {
  return new Error(`${address}: ${what}${messageOf(error)}`, { cause: error });
}

/** @param {unknown} error */
export function messageOf(error) {
  return error instanceof Error ? error.message : String(error);
}
