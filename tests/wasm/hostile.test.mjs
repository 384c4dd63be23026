// Hostile packs and queries through the compiled module: an error each, never a trap, and the same
// instance goes on working. What JavaScript can pass and Rust cannot, such as half a surrogate
// pair, is tried here too.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { turnOf } from "../../www/client/columns.js";
import { worded } from "../../www/i18n/errors.js";

const root = new URL("../../", import.meta.url);
const bindings = await import(new URL("target/engine/engine.js", root));
const module = new WebAssembly.Module(
  await readFile(new URL("target/engine/engine_bg.wasm", root)),
);
const pack = new Uint8Array(WebAssembly.Module.customSections(module, "turnsearch.pack")[0]);
const { memory } = bindings.initSync({ module });

const HEADER_BYTES = 20;
const ENTRY_BYTES = 16;
const QUERIES = ["互联网", "dns 滥用", "duoliyi", "stakehodler", "speaker:peter 会议"];

/**
 * A random number generator that gives the same sequence in every run (mulberry32, T. Ettinger).
 */
function random(seed) {
  return (below) => {
    seed = (seed + 0x6d2b79f5) | 0;
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) % below;
  };
}

/** XXH32 of `bytes`, as its specification has it. */
function xxh32(bytes, seed = 0) {
  const [p1, p2, p3, p4, p5] = [0x9e3779b1, 0x85ebca77, 0xc2b2ae3d, 0x27d4eb2f, 0x165667b1];
  const rotated = (value, by) => (value << by) | (value >>> (32 - by));
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  let hash = seed + p5;
  let at = 0;
  if (bytes.length >= 16) {
    const lanes = [seed + p1 + p2, seed + p2, seed, seed - p1];
    for (; at + 16 <= bytes.length; at += 16) {
      lanes.forEach((lane, k) => {
        const next = lane + Math.imul(view.getUint32(at + 4 * k, true), p2);
        lanes[k] = Math.imul(rotated(next, 13), p1);
      });
    }
    hash = [1, 7, 12, 18].reduce((sum, by, k) => sum + rotated(lanes[k], by), 0);
  }
  hash += bytes.length;
  for (; at + 4 <= bytes.length; at += 4) {
    hash = Math.imul(rotated(hash + Math.imul(view.getUint32(at, true), p3), 17), p4);
  }
  for (; at < bytes.length; at += 1)
    hash = Math.imul(rotated(hash + Math.imul(bytes[at], p5), 11), p1);
  for (const [by, prime] of [
    [15, p2],
    [13, p3],
    [16, 1],
  ])
    hash = Math.imul(hash ^ (hash >>> by), prime);
  return hash >>> 0;
}

/**
 * Makes every checksum of the pack right again, so that the damage reaches the readers of the
 * sections.
 */
function repair(bytes) {
  const view = new DataView(bytes.buffer, bytes.byteOffset);
  const sections = view.getUint16(10, true);
  const tableEnd = HEADER_BYTES + ENTRY_BYTES * sections;
  for (let entry = HEADER_BYTES; entry < tableEnd; entry += ENTRY_BYTES) {
    const start = view.getUint32(entry + 4, true);
    const section = bytes.subarray(start, start + view.getUint32(entry + 8, true));
    view.setUint32(entry + 12, xxh32(section), true);
  }
  const before = xxh32(bytes.subarray(0, 16));
  view.setUint32(16, xxh32(bytes.subarray(HEADER_BYTES, tableEnd), before), true);
}

/** Opens a pack; an error that is no trap is an answer too. */
function open(bytes) {
  try {
    return new bindings.Engine(bytes);
  } catch (error) {
    assert.ok(!(error instanceof WebAssembly.RuntimeError), `the module stopped: ${error}`);
    assert.match(error.message, /^pack\/[a-z-]+( [\w-]+)*$/);
    assert.notEqual(worded({ ...error, code: error.message, message: "" }, "zh-Hant"), "");
    return null;
  }
}

/** Asks an engine for everything that a page asks for. */
function use(engine) {
  const { meetings, turns } = engine.collection();
  engine.stats();
  for (const query of QUERIES) {
    for (const { turn } of engine.search(query, { limit: 3, typing: true }).hits)
      engine.marks([turn], query, false);
    engine.suggest(query, 5);
  }
  const columns = engine.columns();
  for (let id = 0; id < turns; id += Math.ceil(turns / 20)) {
    const { n, meeting } = turnOf(columns, meetings, id);
    assert.ok(n >= 1 && n <= meetings[meeting].turns);
    assert.equal(typeof engine.texts([id])[0].text, "string");
  }
}

test("600 packs with damage behind right checksums never stop the module", () => {
  const next = random(8);
  const dataStart = HEADER_BYTES + ENTRY_BYTES * new DataView(pack.buffer).getUint16(10, true);
  let opened = 0;
  for (let round = 0; round < 600; round += 1) {
    const damaged = pack.slice();
    for (let change = 0; change <= next(3); change += 1) {
      damaged[dataStart + next(pack.length - dataStart)] = next(256);
    }
    repair(damaged);
    const engine = open(damaged);
    if (!engine) continue;
    opened += 1;
    if (opened % 10 === 0) use(engine);
    engine.free();
  }
  console.log(`${opened} of 600 opened, with wrong contents at worst`);
});

test("random truncations and bytes are errors, and a sound pack opens afterwards", () => {
  const next = random(9);
  for (let round = 0; round < 500; round += 1) {
    assert.equal(open(pack.slice(0, next(pack.length))), null);
    assert.equal(open(Uint8Array.from({ length: next(300) }, () => next(256))), null);
  }
  const engine = open(pack);
  assert.ok(engine.search("互联网", {}).total > 0);
  engine.free();
});

test("strings that are no Unicode, and every other value, are queries too", () => {
  const engine = open(pack);
  for (const query of [
    "\ud800",
    "\udfff域\ud800",
    "互联网\ud83d",
    "\ud83d\ud83d\ude00",
    "\0",
    "\uffff",
  ]) {
    assert.ok(Array.isArray(engine.search(query, {}).hits));
    assert.ok(Array.isArray(engine.suggest(query, 5)));
    assert.ok(engine.marks([0], query, true)[0].length % 2 === 0);
  }
  assert.equal(engine.search("互联网\ud83d", {}).total, engine.search("互联网\ufffd", {}).total);
  for (const limit of [-1, NaN, Infinity, 1e300, 0.5, "7"]) {
    assert.ok(engine.search("互联网", { limit, offset: limit }).hits.length >= 0);
  }
  for (const id of [-1, NaN, 2 ** 32, 1e300]) {
    assert.equal(engine.texts([id]).length, 1);
    assert.ok(engine.marks([id], "互联网", false)[0].length >= 0);
  }
  engine.free();
});

test("hostile queries do not grow the memory without end", () => {
  const engine = open(pack);
  const megabyte = 1 << 20;
  const queries = [
    "a",
    "域",
    "dns ",
    "qzx ",
    "著",
    "\ufdfa",
    "e\u0301",
    "-滥用 ",
    "域名 OR ",
    "speaker:ann ",
    "“「『«",
  ].map((piece) => piece.repeat(Math.ceil(megabyte / piece.length)));
  const ask = () => {
    for (const query of queries) {
      engine.search(query, { limit: 5, typing: true });
      engine.suggest(query, 5);
    }
  };
  ask();
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 2; round += 1) ask();
  console.log(`memory ${before} bytes before, ${memory.buffer.byteLength} after`);
  assert.equal(memory.buffer.byteLength, before);
  engine.free();
});

test("engines that are given back leave no memory behind", () => {
  for (let round = 0; round < 5; round += 1) open(pack).free();
  const before = memory.buffer.byteLength;
  for (let round = 0; round < 40; round += 1) {
    const engine = open(pack);
    engine.search("互联网", {});
    engine.free();
  }
  assert.equal(memory.buffer.byteLength, before);
});
