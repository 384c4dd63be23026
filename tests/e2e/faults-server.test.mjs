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
    reason: /engine_bg\.wasm：30 秒内没有收到数据/,
  },
  {
    fault: "no answer at all",
    spoil: { delayMs: 300_000 },
    waits: true,
    reason: /engine_bg\.wasm：30 秒内没有收到数据/,
  },
  { fault: "cut off", spoil: { cutAfter: 10_000 }, reason: /engine_bg\.wasm/ },
  {
    fault: "connection refused",
    aborted: "connectionrefused",
    reason: /无法取得 .*engine_bg\.wasm（.+）/,
  },
  { fault: "404", spoil: { status: 404, body: HTML }, reason: /engine_bg\.wasm：服务器返回 404/ },
  { fault: "503", spoil: { status: 503, body: "" }, reason: /engine_bg\.wasm：服务器返回 503/ },
  {
    fault: "HTML instead of wasm",
    spoil: { status: 200, headers: { "content-type": "text/html" }, body: HTML },
    reason: /engine_bg\.wasm 不是 WebAssembly 模块/,
  },
  {
    fault: "empty file",
    spoil: { status: 200, body: "" },
    reason: /engine_bg\.wasm 不是 WebAssembly 模块/,
  },
  {
    fault: "module cut short",
    spoil: (wasm) => ({ status: 200, body: wasm.subarray(0, wasm.length >> 1) }),
    reason: /engine_bg\.wasm 不是 WebAssembly 模块/,
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
    reason: /搜索无法启动（.+）/,
  },
];

for (const each of CASES) testFault(each);
