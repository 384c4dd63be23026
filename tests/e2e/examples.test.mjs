/**
 * The page of examples: every attribute of docs/EMBEDDING.md once, working, under the strict
 * policy.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const manual = readFileSync(new URL("../../docs/EMBEDDING.md", import.meta.url), "utf8");

/** @param {import("node:test").TestContext} t @param {number} [width] */
async function openExamples(t, width = 1280) {
  const server = await startServer(t);
  const context = { viewport: { width, height: 800 } };
  const opened = await openPage(t, server, { path: "examples.html", context });
  await opened.page.locator("#answer").filter({ hasText: /turns/ }).waitFor();
  return opened;
}

test("every attribute of the manual has an example", async (t) => {
  const { page } = await openExamples(t);
  const shown = await page.evaluate(() => {
    const elements = [...document.querySelectorAll("turn-search, turn-reader")];
    return [...new Set(elements.flatMap((element) => element.getAttributeNames()))];
  });
  const tables = manual.split("\n\n").filter((block) => block.startsWith("| attribute "));
  const cells = tables.flatMap((table) =>
    table
      .split("\n")
      .slice(2)
      .map((row) => row.split("|")[1]),
  );
  const documented = cells.flatMap((cell) =>
    [...cell.matchAll(/`([a-z]+)/g)].map(([, name]) => name),
  );
  assert.ok(documented.length >= 16, `${documented}`);
  for (const name of documented) assert.ok(shown.includes(name), `${name} has no example`);
});

for (const width of [390, 1280])
  test(`the examples are clean at ${width} pixels`, async (t) => {
    const { page, assertClean } = await openExamples(t, width);
    for (const section of await page.locator("main > section").all()) {
      await section.scrollIntoViewIfNeeded();
      for (const element of await section.locator(".live turn-search:not([mode])").all()) {
        await element.locator(".widget").waitFor();
      }
    }
    await page.evaluate(axe);
    const { violations } = await page.evaluate(() =>
      window.axe.run(document, {
        runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"],
      }),
    );
    assert.deepEqual(
      violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ target }) => target).join("; ")}`),
      [],
    );
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    assertClean();
  });

test("properties, methods and events do what the examples say", async (t) => {
  const { page, assertClean } = await openExamples(t);
  await page.locator("#told").scrollIntoViewIfNeeded();
  await page.locator("#log", { hasText: "turns-ready: 395 turns" }).waitFor();
  await page.locator("#ask").click();
  await page.locator("#log", { hasText: /turn-results: \d+/ }).waitFor();
  await page.locator("#told .results .main").first().click();
  await page.locator("#log", { hasText: /turn-open: turn \d+ for “互联网”/ }).waitFor();
  await page.locator("#go").click();
  assert.equal(await page.evaluate(() => document.activeElement?.id), "told");

  await page.locator("#show").click();
  await page.locator("#shown .turn.current mark").first().waitFor();
  await page.locator("#shown").getByRole("button", { name: "Next match" }).click();
  await page.locator("#reader-log", { hasText: /turn-select: turn \d+/ }).waitFor();
  await page.locator("#shut").click();
  await page.locator("#reader-log", { hasText: "reader-close" }).waitFor();
  assertClean();
});
