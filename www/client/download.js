/** Fetching files: with their bytes counted, and with failures that name the file. */

import { Failure } from "./failure.js";

/** @import { Progress } from "../types/turnsearch.js" */

/**
 * Called when a download begins and with each piece of it. `size` is what is known of its bytes: so
 * many there will be, or under a content coding more.
 * @typedef {(progress: Progress, size: number) => void} Report
 */

/** A download of which nothing arrives for so many milliseconds has stalled. */
const STALLED_MS = 30_000;

/**
 * Fetches a file, counts its bytes as they arrive, and gives up when none do.
 *
 * The body is handed on as WebAssembly, so that a server which mislabels `.wasm` files does not
 * keep the browser from compiling while it downloads; who takes a pack does not look at its type.
 * @template T
 * @param {string} address
 * @param {Report} onProgress
 * @param {(response: Response) => Promise<T>} take what becomes of the body
 * @returns {Promise<T>}
 * @throws {Failure}
 */
export async function download(address, onProgress, take) {
  const watch = stallWatch(address);
  try {
    const response = await fetch(address, { signal: watch.signal });
    if (!response.ok || !response.body) {
      throw new Failure(address, `file/status ${response.status} ${response.statusText}`);
    }
    const body = response.body.pipeThrough(counter(response, onProgress, watch.heard), watch);
    return await take(new Response(body, { headers: { "content-type": "application/wasm" } }));
  } catch (error) {
    // Compilers do not pass the reason on for which a body ended.
    const reason = watch.signal.reason ?? error;
    if (reason instanceof Failure) throw reason;
    const code = reason instanceof WebAssembly.CompileError ? "engine/invalid" : "file/unreachable";
    throw new Failure(address, `${code} ${reason.message}`, reason);
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

/** Gives up on a download of which nothing has been heard for too long. @param {string} address */
function stallWatch(address) {
  const giveUp = new AbortController();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const end = () => clearTimeout(timer);
  const heard = () => {
    end();
    timer = setTimeout(
      () => giveUp.abort(new Failure(address, `file/stalled ${STALLED_MS / 1000}`)),
      STALLED_MS,
    );
  };
  heard();
  return { signal: giveUp.signal, heard, end };
}

/** What becomes of the body of a module. @param {Response} response */
export async function compile(response) {
  return (
    WebAssembly.compileStreaming?.(response) ?? WebAssembly.compile(await response.arrayBuffer())
  );
}
