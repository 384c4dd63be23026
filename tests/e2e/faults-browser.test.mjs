/**
 * Faults of the browser and of what it was given: what the reader sees, and that trying again
 * works.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { finds, moduleBytes, note, testFault } from "./faults.mjs";
import { openPage, startServer } from "./harness.mjs";
import { withoutGrowth } from "./modules.mjs";
import { standIn, STRICT_POLICY } from "./stand-in.mjs";

/** @type {import("./faults.mjs").Case[]} */
const CASES = [
  {
    fault: "no streaming compiler",
    // @ts-expect-error an older browser
    cripple: () => delete WebAssembly.compileStreaming,
  },
  {
    fault: "memory cannot grow",
    spoil: (wasm) => ({ status: 200, body: withoutGrowth(wasm) }),
    reason: /engine_bg\.wasm：搜索已停止，很可能是内存不足/,
  },
  { fault: "offline", offline: true, reason: /engine_bg\.wasm: file\/unreachable ./ },
  {
    fault: "WebAssembly forbidden by policy",
    policy: STRICT_POLICY.replace(" 'wasm-unsafe-eval'", ""),
    reason: /engine_bg\.wasm 不是 WebAssembly 模块.*Content Security Policy/s,
    lasting: true,
  },
  {
    fault: "no WebAssembly",
    // @ts-expect-error an older browser, or one in a locked-down mode
    cripple: () => delete globalThis.WebAssembly,
    unsupported: true,
    lasting: true,
  },
  {
    fault: "no customSections",
    // @ts-expect-error no browser lacks it; a policy or an extension might take it away
    cripple: () => delete WebAssembly.Module.customSections,
    reason: /customSections/,
    lasting: true,
  },
];

for (const each of CASES) testFault(each);

test("after a damaged pack the page can open another one", async (t) => {
  const wasm = await moduleBytes(t);
  const module = await WebAssembly.compile(new Uint8Array(wasm));
  const pack = Buffer.from(WebAssembly.Module.customSections(module, "turnsearch.pack")[0]);
  const damaged = Buffer.from(pack);
  damaged[damaged.length >> 1] ^= 1;
  const server = await startServer(t, {
    fault: standIn(null, {
      pages: {
        "own.html": `<turn-search lang="zh-Hans" src="bad.turns" eager></turn-search>`,
      },
      fault: (path) => {
        if (path.endsWith("bad.turns")) return { status: 200, body: damaged };
        if (path.endsWith("good.turns")) return { status: 200, body: pack };
        return undefined;
      },
    }),
  });
  const { page } = await openPage(t, server, { path: "own.html" });
  const alert = page.locator("turn-search").getByRole("alert");
  await alert.waitFor();
  await alert.getByText(/bad\.turns 的 \w+ 段已损坏/).waitFor();
  note("damaged pack", await alert.innerText());
  await page.evaluate(() =>
    document.querySelector("turn-search").setAttribute("src", "good.turns"),
  );
  await finds(page);
  assert.equal(await alert.count(), 0);
});

test("texts of the interface that cannot be fetched are shown in English", async (t) => {
  const server = await startServer(t, {
    fault: standIn(null, {
      pages: { "own.html": `<turn-search lang="zh-Hans" eager></turn-search>` },
      fault: (path) => (path.includes("i18n/zh-Hans") ? { status: 404, body: "" } : undefined),
    }),
  });
  const { page } = await openPage(t, server, { path: "own.html" });
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox", { name: "Search the transcripts" }).waitFor();
  await finds(page);
});
