/**
 * Serves the pages of the peers as a static host would: brotli where it helps, validators and
 * caches switched off.
 */

import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join, normalize } from "node:path";

/** @type {Record<string, string>} */
const MEDIA_TYPES = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".json": "application/json",
  ".wasm": "application/wasm",
};

/** Isolation, which gives the page exact clocks and the measurement of its memory. */
const HEADERS = {
  "cache-control": "no-store",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-embedder-policy": "require-corp",
};

/**
 * @param {string} folder
 * @returns {Promise<{ address: string, sent(): number, close(): void }>} `sent` gives the bytes of
 *   all bodies since it was last called
 */
export async function serve(folder) {
  let sent = 0;
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const place = normalize(
      decodeURIComponent(pathname.endsWith("/") ? `${pathname}index.html` : pathname),
    );
    const path = join(folder, place);
    const type = MEDIA_TYPES[extname(path)] ?? "application/octet-stream";
    /** @type {[string, Record<string, string>][]} */
    const variants = [
      [`${path}.br`, { "content-encoding": "br" }],
      [path, {}],
    ];
    for (const [file, encoding] of variants) {
      const body = await readFile(file).catch(() => undefined);
      if (!body) continue;
      sent += body.length;
      response.writeHead(200, {
        ...HEADERS,
        ...encoding,
        "content-type": type,
        "content-length": body.length,
      });
      response.end(body);
      return;
    }
    response.writeHead(404, HEADERS).end();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
  const address = server.address();
  if (!address || typeof address === "string") throw new Error("the server has no port");
  return {
    address: `http://127.0.0.1:${address.port}/`,
    sent() {
      const bytes = sent;
      sent = 0;
      return bytes;
    },
    close: () => server.close(),
  };
}
