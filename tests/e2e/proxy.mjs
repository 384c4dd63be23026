/**
 * A proxy that spoils answers on purpose: the networks and hosts that a widget meets, on one
 * machine.
 */
import { createServer } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/**
 * What goes wrong with one answer; what is not named stays as the server gave it.
 *
 * @typedef {object} Spoiled
 * @property {number} [status] another status
 * @property {Record<string, string | null>} [headers] headers set, or left out where null
 * @property {string | Uint8Array} [body] another body; its length follows
 * @property {number} [delayMs] wait before the first byte
 * @property {number} [bytesPerSecond] send the body no faster than this
 * @property {number} [cutAfter] close the connection after so many bytes of the body
 * @property {number} [stallAfter] send so many bytes of the body, then nothing more
 * @property {boolean} [refuse] close the connection without an answer
 */

/**
 * Called for every request with its path and how often that path was asked for before (0, 1, …);
 * gives nothing for an answer that passes untouched.
 *
 * @typedef {(path: string, before: number) => Spoiled | undefined} Fault
 */

/** How often a throttled body sends a piece. */
const PIECE_MS = 50;

/**
 * Starts the proxy on a free port until the test ends.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} target origin of the server behind
 * @param {Fault} fault
 * @returns {Promise<string>} the proxy's origin
 */
export async function startProxy(t, target, fault) {
  /** @type {Map<string, number>} */
  const asked = new Map();
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", target);
    const before = asked.get(pathname) ?? 0;
    asked.set(pathname, before + 1);
    answer(request, response, target, fault(pathname, before) ?? {}).catch(() =>
      response.destroy(),
    );
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("the proxy has no port");
  return `http://127.0.0.1:${address.port}`;
}

/**
 * @param {import("node:http").IncomingMessage} request
 * @param {import("node:http").ServerResponse} response
 * @param {string} target
 * @param {Spoiled} spoiled
 */
async function answer(request, response, target, spoiled) {
  // A test that is over does not wait for an answer that nobody wants.
  if (spoiled.delayMs) await sleep(spoiled.delayMs, undefined, { ref: false });
  if (spoiled.refuse) return void response.destroy();

  // Asked for without compression: counts of bytes then mean bytes of the file.
  const behind = await fetch(new URL(request.url ?? "/", target), {
    method: request.method,
    headers: { "accept-encoding": "identity" },
    redirect: "manual",
  });
  const body =
    spoiled.body === undefined
      ? new Uint8Array(await behind.arrayBuffer())
      : Buffer.from(spoiled.body);
  const headers = new Headers(behind.headers);
  for (const name of ["connection", "keep-alive", "transfer-encoding", "etag"])
    headers.delete(name);
  headers.set("content-length", String(body.length));
  for (const [name, value] of Object.entries(spoiled.headers ?? {})) {
    if (value === null) headers.delete(name);
    else headers.set(name, value);
  }
  response.writeHead(spoiled.status ?? behind.status, Object.fromEntries(headers));
  if (request.method === "HEAD") return void response.end();
  await send(response, body, spoiled);
}

/**
 * Sends the body at the speed, and as far, as the fault lets it.
 *
 * @param {import("node:http").ServerResponse} response
 * @param {Uint8Array} body
 * @param {Spoiled} spoiled
 */
async function send(response, body, { bytesPerSecond, cutAfter, stallAfter }) {
  const end = Math.min(body.length, cutAfter ?? Infinity, stallAfter ?? Infinity);
  const piece = bytesPerSecond ? Math.max(1, Math.round((bytesPerSecond * PIECE_MS) / 1000)) : end;
  for (let start = 0; start < end && !response.destroyed; start += piece) {
    response.write(body.subarray(start, Math.min(start + piece, end)));
    if (bytesPerSecond) await sleep(PIECE_MS);
  }
  if (stallAfter !== undefined && stallAfter < body.length) return;
  if (end === body.length) return void response.end();
  // Let what was written leave before the connection breaks.
  await sleep(PIECE_MS);
  response.destroy();
}
