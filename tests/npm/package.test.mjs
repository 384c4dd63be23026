/** The npm package as somebody's Vite project uses it: packed, installed, built, served, opened. */
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { build } from "vite";
import { openPage, startServer, xtask } from "../e2e/harness.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** The project's files. */
const PROJECT = {
  "package.json": JSON.stringify({ name: "somebody", private: true, type: "module" }),
  "index.html": `<!doctype html><html lang="en"><title>Somebody's page</title><link rel="icon" href="data:,">
    <turn-search src="archive.turns"></turn-search><output></output>
    <script type="module" src="/main.js"></script>`,
  "main.js": `import { TurnReader, TurnSearch } from "turnsearch";
    import * as classes from "turnsearch/elements";
    if (classes.TurnReader !== TurnReader) throw new Error("the classes are there twice");
    const archive = await TurnSearch.open({ src: "archive.turns?in-a-worker", worker: true });
    document.querySelector("output").textContent = String((await archive.search("加强合作")).total);`,
};

/** A project that names the elements itself. */
const OWN_NAMES = {
  ...PROJECT,
  "index.html": `<!doctype html><html lang="en"><title>Somebody's page</title><link rel="icon" href="data:,">
    <my-search src="archive.turns"></my-search>
    <script type="module" src="/main.js"></script>`,
  "main.js": `import { TurnReader, TurnSearchElement } from "turnsearch/elements";
    customElements.define("my-reader", TurnReader);
    customElements.define("my-search", class extends TurnSearchElement {});`,
};

/**
 * Packs the package, installs it into a project, builds that and opens it.
 * @param {import("node:test").TestContext} t
 * @param {Record<string, string>} content of the project
 */
async function openProject(t, content) {
  execFileSync(xtask(), ["package"], { cwd: repository, stdio: "pipe" });
  const project = await mkdtemp(join(tmpdir(), "turnsearch-vite-"));
  t.after(() => rm(project, { recursive: true }));
  for (const [name, text] of Object.entries(content)) await writeFile(join(project, name), text);
  const packed = npm(project, "pack", join(repository, "target/npm"), "--json");
  const [{ filename, files }] = JSON.parse(packed);
  npm(project, "install", "--offline", "--no-audit", "--no-fund", join(project, filename));
  await mkdir(join(project, "public"));
  await writeFile(join(project, "public/archive.turns"), await pack());
  await build({ root: project, base: "./", logLevel: "error" });
  const server = await startServer(t, { root: join(project, "dist"), base: "/somewhere/" });
  return { ...(await openPage(t, server)), files };
}

test("the packed package works in a Vite project", async (t) => {
  const { page, assertClean, files } = await openProject(t, PROJECT);
  assert.deepEqual(files.map(({ path }) => path).sort(), [
    "LICENSE-APACHE",
    "LICENSE-MIT",
    "README.md",
    "elements.js",
    "engine.js",
    "engine_bg.wasm",
    "i18n/errors.js",
    "i18n/zh-Hans.js",
    "i18n/zh-Hant.js",
    "package.json",
    "parts/saving.js",
    "remote.js",
    "styles/reader.js",
    "turnsearch-offline.js",
    "turnsearch.d.ts",
    "turnsearch.js",
    "worker.js",
  ]);
  await page.locator("output").filter({ hasText: /^\d+$/ }).waitFor();
  assert.ok(Number(await page.locator("output").innerText()) > 0);
  assert.equal(page.workers().length, 1, "Vite has bundled the worker too");
  await page.getByRole("combobox").first().fill("加强合作");
  await page.locator("turn-search .results > li mark").first().waitFor();
  await page.locator("turn-search").evaluate((element) => element.setAttribute("lang", "zh-Hans"));
  await page.getByRole("searchbox").or(page.getByLabel("搜索会议记录")).first().waitFor();
  assertClean();
});

test("the classes can be had without the names", async (t) => {
  const { page, assertClean } = await openProject(t, OWN_NAMES);
  const widget = page.locator("my-search");
  await widget.getByRole("combobox").first().fill("加强合作");
  await widget.locator(".results .main").first().click();
  await widget.locator(".turn.current").waitFor();
  for (const name of ["turn-search", "turn-reader"])
    assert.ok(await page.evaluate((name) => !customElements.get(name), name), `${name} is free`);
  assertClean();
});

/** The pack of the seeds, out of the engine's module. */
async function pack() {
  const module = await WebAssembly.compile(
    await readFile(join(repository, "target/engine/engine_bg.wasm")),
  );
  return Buffer.from(WebAssembly.Module.customSections(module, "turnsearch.pack")[0]);
}

/** @param {string} cwd @param {...string} args */
function npm(cwd, ...args) {
  return execFileSync("npm", args, { cwd, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
}
