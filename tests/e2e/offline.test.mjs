/** The optional service worker: the second visit needs no network. */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";

/** What the demo page is made of, in Chinese. */
const FILES = [
  "",
  "demo.css",
  "turnsearch.js",
  "engine.js",
  "engine_bg.wasm",
  "i18n/zh-Hans.js",
  "i18n/errors.js",
  "parts/saving.js",
  "styles/reader.js",
];

/**
 * Waits until the worker controls the page and has kept these files.
 *
 * @param {import("playwright-core").Page} page
 * @param {string[]} files
 */
function kept(page, files) {
  return page.evaluate(async (files) => {
    const { serviceWorker } = navigator;
    if (!serviceWorker.controller) {
      await new Promise((resolve) => {
        serviceWorker.addEventListener("controllerchange", resolve, { once: true });
      });
    }
    for (const file of files) {
      const address = new URL(file, location.href);
      while (!(await caches.match(address, { ignoreVary: true }))) {
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  }, files);
}

test("after the first visit the page works without a network", async (t) => {
  const server = await startServer(t, { base: "/archive/" });
  const { page, assertClean, complaints } = await openPage(t, server);
  await kept(page, FILES);
  assertClean();
  await server.stop();

  const answer = await page.goto(`${server.url}?from=a-link#/?q=${encodeURIComponent("加强合作")}`);
  assert.ok(answer?.fromServiceWorker());
  await page.locator("#search .results > li mark").first().waitFor();
  await page.locator("#search .results .main").first().click();
  await page.locator("turn-reader .turn.current mark").first().waitFor();
  assert.deepEqual(
    complaints.filter((each) => !/ERR_CONNECTION_REFUSED|Failed to fetch/.test(each)),
    [],
  );
});

test("with a network the page that is shown is the one of today", async (t) => {
  let title = "yesterday";
  const fault = (/** @type {string} */ path) =>
    path.endsWith("/page.html")
      ? {
          status: 200,
          headers: { "content-type": "text/html", "cache-control": "no-cache" },
          body: `<!doctype html><title>${title}</title><link rel="icon" href="data:,"><script src="turnsearch-offline.js" defer></script>`,
        }
      : undefined;
  const server = await startServer(t, { fault });
  const { page } = await openPage(t, server, { path: "page.html" });
  await kept(page, ["page.html", "turnsearch-offline.js"]);
  title = "today";
  const answer = await page.reload();
  assert.ok(answer?.fromServiceWorker());
  assert.equal(await page.title(), "today");
});
