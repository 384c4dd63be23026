/** One HTML file that opens from disk: what `turnsearch build --single-file` makes. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { command, openPage, screenshot } from "./harness.mjs";

const run = promisify(execFile);
const repository = fileURLToPath(new URL("../../", import.meta.url));

/**
 * The seeds as one file, gone when the test ends.
 * @param {import("node:test").TestContext} t
 */
async function singleFile(t) {
  const folder = await mkdtemp(join(tmpdir(), "turnsearch-"));
  t.after(() => rm(folder, { recursive: true }));
  const file = join(folder, "meetings.html");
  const input = join(repository, "seeds");
  const engine = join(repository, "target", "site");
  await run(command(), ["build", input, "--engine", engine, "--single-file", file]);
  return pathToFileURL(file).href;
}

test("a single file opens from disk, searches, and shows a turn, under its own policy", async (t) => {
  const url = await singleFile(t);
  const base = url.slice(0, url.lastIndexOf("/") + 1);
  const server = { url: base, base, origin: base };
  const { page, requests, assertClean } = await openPage(t, server, { path: "meetings.html" });
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("多利益相关方");
  await widget.locator(".results > li").first().waitFor();
  await widget.locator(".results .main").first().click();
  await page.locator("turn-reader .turn.current").waitFor();
  await screenshot(page, "single-file");
  assert.match(await page.title(), /ICANN/);
  assert.deepEqual(
    requests.filter((address) => !address.startsWith("data:")),
    [url],
    "everything is in the one file",
  );
  assertClean();
});

test("a link to a turn opens that turn in a single file, in another language of the page", async (t) => {
  const url = await singleFile(t);
  const base = url.slice(0, url.lastIndexOf("/") + 1);
  const { page, assertClean } = await openPage(
    t,
    { url: base, base, origin: base },
    { path: "meetings.html#/?q=DNS" },
  );
  const widget = page.locator("turn-search");
  await widget.locator(".results > li").first().waitFor();
  assert.equal(await widget.getByRole("combobox").first().inputValue(), "DNS");
  await page.evaluate(() => document.querySelector("turn-search").setAttribute("lang", "en"));
  await widget.getByRole("combobox", { name: "Order" }).waitFor();
  assertClean();
});
