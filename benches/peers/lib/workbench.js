/** What both comparisons need: where things lie, and a folder for what they make. */

import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

import { bundlePage, ship } from "./bundle.js";

/** @import { Peer, Turn } from "./types.js" */

export const ROOT = new URL("../../../", import.meta.url);

/** The document whose tables the runs write. */
export const DOCUMENT = new URL("docs/PERFORMANCE.md", ROOT);

const HERE = new URL("..", import.meta.url);

/** How `cargo xtask bench` calls: all but the options of a run. */
const CALL = /** @type {const} */ ({
  browser: { type: "string", default: "chromium" },
  command: { type: "string", default: fileURLToPath(new URL("target/release/turnsearch", ROOT)) },
  rounds: { type: "string", default: "15" },
  write: { type: "boolean", default: false },
  corpus: { type: "string" },
  peers: { type: "string" },
});

/** The options of this call. */
export function options() {
  const { values } = parseArgs({ options: CALL });
  const rounds = Number(values.rounds);
  if (!(rounds >= 1)) throw new Error(`--rounds ${values.rounds}: give a number from 1`);
  return { ...values, rounds };
}

/**
 * Runs `work` with an empty folder that is gone afterwards.
 * @template T
 * @param {(folder: string) => Promise<T>} work
 */
export async function inFolder(work) {
  const folder = mkdtempSync(join(tmpdir(), "turnsearch-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Builds the page of a peer in `folder/id`.
 * @param {string} id name of the peer's module
 * @param {object} collection
 * @param {Turn[]} collection.turns
 * @param {string[]} collection.inputs
 * @param {string} collection.command
 * @param {string} page
 * @param {string} folder
 */
export async function preparePeer(id, { turns, inputs, command }, page, folder) {
  /** @type {Peer} */
  const peer = await import(new URL(`peers/${id}.js`, HERE).href);
  const temporary = join(folder, `${id}-build`);
  mkdirSync(temporary);
  const site = fileURLToPath(new URL("target/site", ROOT));
  const started = performance.now();
  const files = await peer.build(turns, { folder: temporary, inputs, command, site });
  const built = performance.now() - started;
  const glue = fileURLToPath(new URL("target/engine/engine.js", ROOT));
  const script = await bundlePage(`peers/${id}.js`, glue);
  const shipped = ship(page, [...files, { name: "app.js", bytes: script }], join(folder, id));
  return { id, title: peer.title, npm: peer.npm, built, shipped };
}
