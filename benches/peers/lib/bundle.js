/** Putting a peer's page together, and weighing it. */

import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";

import { build } from "esbuild";

/** @import { File } from "./types.js" */

const HERE = fileURLToPath(new URL("..", import.meta.url));

/** Media types of the formats that are compressed already; a host leaves them as they are. */
const COMPRESSED = /\.pf_[a-z]+$|wasm\.[^/]*pagefind$/u;

/** Above this, the strongest brotli takes minutes. */
const LARGE = 8e6;

/**
 * @typedef {object} Shipped a file as a host sends it
 * @property {string} name
 * @property {Buffer} raw
 * @property {Buffer} brotli
 * @property {number} gzip bytes
 */

/**
 * The script of a peer's page: minified, with its library and nothing of what only the building
 * needs.
 * @param {string} peer path of its module
 * @param {string} glue path of the engine's JavaScript, which the build puts beside the client
 */
export async function bundlePage(peer, glue) {
  const { outputFiles } = await build({
    absWorkingDir: HERE,
    entryPoints: ["page/main.js"],
    plugins: [places({ peer: join(HERE, peer), "./engine.js": glue })],
    external: ["node:*", "pagefind", "module", "fs", "url", "path"],
    bundle: true,
    minify: true,
    write: false,
    format: "esm",
    target: "es2022",
    legalComments: "none",
    logLevel: "error",
  });
  return outputFiles[0].contents;
}

/**
 * Says where modules lie that are not where their importers name them.
 * @param {Record<string, string>} paths
 * @returns {import("esbuild").Plugin}
 */
function places(paths) {
  return {
    name: "places",
    setup(esbuild) {
      esbuild.onResolve({ filter: /./ }, ({ path }) =>
        path in paths ? { path: paths[path] } : undefined,
      );
    },
  };
}

/**
 * Writes the page of a peer and gives its files, without the page itself, which all have in common.
 * @param {string} page the page's text
 * @param {File[]} files
 * @param {string} folder
 * @returns {Shipped[]}
 */
export function ship(page, files, folder) {
  const shipped = files.map(({ name, bytes }) => compress(name, Buffer.from(bytes)));
  const preloads = files.filter(({ preload }) => preload);
  const links = preloads.map(
    ({ name }) => `<link rel="preload" as="fetch" crossorigin href="${name}">`,
  );
  const html = Buffer.from(page.replace("<!-- preloads -->", links.join("\n")));
  for (const { name, raw, brotli } of [...shipped, compress("index.html", html)]) {
    const target = join(folder, name);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, raw);
    if (brotli !== raw) writeFileSync(`${target}.br`, brotli);
  }
  return shipped;
}

/** @param {string} name @param {Buffer} raw @returns {Shipped} */
function compress(name, raw) {
  if (COMPRESSED.test(name)) return { name, raw, brotli: raw, gzip: raw.length };
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: raw.length > LARGE ? 9 : constants.BROTLI_MAX_QUALITY,
    [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS,
    [constants.BROTLI_PARAM_SIZE_HINT]: raw.length,
  };
  return {
    name,
    raw,
    brotli: brotliCompressSync(raw, { params }),
    gzip: gzipSync(raw, { level: 9 }).length,
  };
}

/** @param {Shipped[]} files @returns {{ raw: number, gzip: number, brotli: number }} bytes */
export function weigh(files) {
  const sum = (/** @type {(file: Shipped) => number} */ bytes) =>
    files.reduce((total, file) => total + bytes(file), 0);
  return {
    raw: sum(({ raw }) => raw.length),
    gzip: sum(({ gzip }) => gzip),
    brotli: sum(({ brotli }) => brotli.length),
  };
}
