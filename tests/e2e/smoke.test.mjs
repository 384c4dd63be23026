/**
 * The page as a whole: it loads wherever it lies, keeps to its own files and complains of nothing.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";

for (const base of ["/", "/some/path/"]) {
  test(`the page loads from ${base} and asks for nothing but its own files`, async (t) => {
    const server = await startServer(t, { base });
    const { page, requests, assertClean } = await openPage(t, server);
    await page.waitForFunction(() => customElements.get("turn-search") !== undefined);
    await page.waitForLoadState("networkidle");

    assert.notEqual(await page.title(), "");
    assert.ok(requests.includes(server.url), "the page itself was asked for");
    assert.ok(requests.includes(`${server.url}turnsearch.js`), "the widget was asked for");
    assertClean();
  });
}
