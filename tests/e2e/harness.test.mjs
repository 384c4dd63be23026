/** The harness itself: what it must notice, it does, or the other tests would pass for nothing. */
import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";

/**
 * Serves a page made of a script, and of nothing else.
 *
 * @param {import("node:test").TestContext} t
 * @param {string} script
 * @param {Omit<Parameters<typeof startServer>[1], "root">} [options]
 */
async function serveScript(t, script, options) {
  const root = await mkdtemp(join(tmpdir(), "turnsearch-"));
  t.after(() => rm(root, { recursive: true }));
  const html =
    '<!doctype html><link rel="icon" href="data:,"><script type="module" src="page.js"></script>';
  await writeFile(join(root, "index.html"), html);
  await writeFile(join(root, "page.js"), script);
  return startServer(t, { ...options, root });
}

/**
 * Opens the page and waits until its script is through.
 *
 * @param {import("node:test").TestContext} t
 * @param {Awaited<ReturnType<typeof startServer>>} server
 */
async function runScript(t, server) {
  const opened = await openPage(t, server);
  await opened.page.waitForFunction(() => "result" in window);
  return { ...opened, result: await opened.page.evaluate(() => Reflect.get(window, "result")) };
}

test("a quiet page is clean", async (t) => {
  const server = await serveScript(t, "window.result = 'quiet';");
  const { requests, assertClean } = await runScript(t, server);
  assert.deepEqual(requests, [server.url, `${server.url}page.js`]);
  assertClean();
});

test("a request beyond the base is noticed, even one to the same origin", async (t) => {
  const script = "await fetch('/elsewhere').catch(() => {}); window.result = 'asked';";
  const server = await serveScript(t, script, { base: "/some/path/" });
  const { outside, assertClean } = await runScript(t, server);
  assert.deepEqual(outside(), [`${server.origin}/elsewhere`]);
  assert.throws(assertClean, /beyond the page's own folder/);
});

for (const [what, script, complaint] of [
  ["an error in the console", "console.error('oh'); window.result = 1;", /console error: oh/],
  ["an uncaught error", "window.result = 1; throw new Error('oh');", /uncaught: .*oh/],
  [
    "an inline style",
    "document.body.setAttribute('style', 'color: red'); window.result = 1;",
    /style-src-attr blocked inline/,
  ],
  [
    "markup from a string",
    "try { document.body.innerHTML = '<b>' } catch { window.result = 1 }",
    /require-trusted-types-for blocked/,
  ],
  [
    "a foreign address",
    "await fetch('https://example.invalid/').catch(() => {}); window.result = 1;",
    /connect-src blocked https:\/\/example\.invalid/,
  ],
]) {
  test(`${what} is noticed`, async (t) => {
    const { page, complaints, assertClean } = await runScript(t, await serveScript(t, script));
    // What the browser reports comes in tasks of its own.
    await page.waitForTimeout(100);
    assert.match(complaints.join("\n"), complaint);
    assert.throws(assertClean, /complaints of the page/);
  });
}

/** Asks for the page's own script and tells what came of it. */
const ASK = `
  const outcome = async () => {
    const started = performance.now();
    try {
      const answer = await fetch("page.js?again", { signal: AbortSignal.timeout(1000) });
      const type = answer.headers.get("content-type");
      const { length } = await answer.text();
      return { status: answer.status, type, length, ms: performance.now() - started };
    } catch (error) {
      return { error: error.name };
    }
  };
  window.result = await outcome();
`;

for (const [what, spoiled, expected] of [
  ["the answer as it is", undefined, { status: 200, length: ASK.length }],
  ["another status", { status: 503 }, { status: 503 }],
  ["another media type", { headers: { "content-type": "text/plain" } }, { type: "text/plain" }],
  ["no media type", { headers: { "content-type": null } }, { type: null }],
  ["another body", { body: "<!doctype html>" }, { status: 200, length: 15 }],
  ["no answer", { refuse: true }, { error: "TypeError" }],
  ["a body cut off", { cutAfter: 10 }, { error: "TypeError" }],
  ["a body that stalls", { stallAfter: 10 }, { error: "TimeoutError" }],
]) {
  test(`the proxy gives ${what}`, async (t) => {
    // The first request is the page's own, and passes.
    const server = await serveScript(t, ASK, {
      fault: (path, before) => (path === "/page.js" && before > 0 ? spoiled : undefined),
    });
    const { result } = await runScript(t, server);
    assert.deepEqual({ ...result, ...expected }, result);
  });
}

test("the proxy delays and throttles", async (t) => {
  const server = await serveScript(t, ASK, {
    fault: (path, before) =>
      path === "/page.js" && before > 0
        ? { delayMs: 200, bytesPerSecond: ASK.length * 4 }
        : undefined,
  });
  const { result } = await runScript(t, server);
  assert.equal(result.length, ASK.length);
  assert.ok(result.ms >= 400, `${result.ms} ms`);
});
