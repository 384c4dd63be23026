/** Faults of the server and of the way to it: what the reader sees, and that trying again works. */
import { testFault } from "./faults.mjs";

const HTML = "<!doctype html><title>Not here</title><p>Sorry.";

/** @type {import("./faults.mjs").Case[]} */
const CASES = [
  { fault: "slow", spoil: { bytesPerSecond: 400_000 } },
  { fault: "wrong media type", spoil: { headers: { "content-type": "text/plain" } } },
  { fault: "no media type", spoil: { headers: { "content-type": null } } },
  { fault: "no length", spoil: { headers: { "content-length": null } } },
  {
    fault: "stalled in the middle",
    spoil: { stallAfter: 10_000 },
    waits: true,
    reason: /engine_bg\.wasm: stalled: nothing arrived for 30 seconds/,
  },
  {
    fault: "no answer at all",
    spoil: { delayMs: 300_000 },
    waits: true,
    reason: /engine_bg\.wasm: stalled: nothing arrived for 30 seconds/,
  },
  { fault: "cut off", spoil: { cutAfter: 10_000 }, reason: /engine_bg\.wasm: ./ },
  { fault: "connection refused", aborted: "connectionrefused", reason: /engine_bg\.wasm: ./ },
  { fault: "404", spoil: { status: 404, body: HTML }, reason: /engine_bg\.wasm: 404/ },
  { fault: "503", spoil: { status: 503, body: "" }, reason: /engine_bg\.wasm: 503/ },
  {
    fault: "HTML instead of wasm",
    spoil: { status: 200, headers: { "content-type": "text/html" }, body: HTML },
    reason: /engine_bg\.wasm: not a WebAssembly module/,
  },
  {
    fault: "empty file",
    spoil: { status: 200, body: "" },
    reason: /engine_bg\.wasm: not a WebAssembly module/,
  },
  {
    fault: "module cut short",
    spoil: (wasm) => ({ status: 200, body: wasm.subarray(0, wasm.length >> 1) }),
    reason: /engine_bg\.wasm: not a WebAssembly module/,
  },
  {
    fault: "bindings 404",
    file: "engine.js",
    spoil: { status: 404, body: HTML },
    reason: /engine\.js/,
  },
  {
    fault: "HTML instead of bindings",
    file: "engine.js",
    spoil: { status: 200, headers: { "content-type": "text/html" }, body: HTML },
    reason: /./,
  },
];

for (const each of CASES) testFault(each);
