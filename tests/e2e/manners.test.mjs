/**
 * The widget as a guest: what it leaves behind on a page, and how it behaves when it comes from
 * another host.
 */
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { collectionOf, standIn } from "./stand-in.mjs";

/** Everything that the widget may keep in the browser; `docs/RELIABILITY.md` lists it. */
const STORED = ["turnsearch.recent"];

const MEETINGS = [
  {
    slug: "first",
    title: "First",
    turns: [
      ["Ann Lee", "We welcome everybody."],
      ["Bob Ray", "A welcome."],
    ],
  },
];

/** Searches, opens a turn and closes it. @param {import("playwright-core").Page} page */
async function useAll(page) {
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("welcome");
  await widget.getByRole("combobox").first().press("Enter");
  await widget.locator(".results .main").first().click();
  await widget.getByRole("dialog").locator(".turn.current").waitFor();
  await page.keyboard.press("Escape");
}

test("no global name, no cookie, and no storage beyond what is listed", async (t) => {
  const server = await startServer(t, {
    fault: standIn(collectionOf(MEETINGS), {
      pages: { "own.html": "<turn-search></turn-search>" },
    }),
  });
  const { page, context, assertClean } = await openPage(t, server, {
    path: "own.html",
    prepare: (page) =>
      page.addInitScript(() => {
        const before = new Set(Object.getOwnPropertyNames(globalThis));
        document.addEventListener("names", () => {
          const added = Object.getOwnPropertyNames(globalThis).filter((name) => !before.has(name));
          document.body.dataset.added = JSON.stringify(added);
        });
      }),
  });
  await useAll(page);
  const left = await page.evaluate(async () => {
    document.dispatchEvent(new Event("names"));
    return {
      names: JSON.parse(document.body.dataset.added),
      prototypes: [Object, Array, String, Function, Promise].flatMap((type) =>
        Object.keys(type.prototype),
      ),
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
      databases: (await indexedDB.databases()).length,
      caches: (await caches.keys()).length,
      workers: (await navigator.serviceWorker.getRegistrations()).length,
      outside: [...document.body.children].map((element) => element.localName),
      head: [...document.head.children].map((element) => element.localName),
    };
  });
  // What the test itself exposes is no name of the widget's.
  assert.deepEqual(
    left.names.filter((name) => !/playwright|turnsearchViolation/i.test(name)),
    [],
  );
  assert.deepEqual(left.prototypes, []);
  assert.deepEqual(left.local, STORED);
  assert.deepEqual(left.session, []);
  assert.deepEqual([left.databases, left.caches, left.workers], [0, 0, 0]);
  assert.deepEqual(left.outside, ["turn-search"]);
  assert.deepEqual(left.head, ["title", "link", "script"]);
  assert.deepEqual(await context.cookies(), []);
  assertClean();
});

test("a browser that allows no storage is no obstacle", async (t) => {
  const server = await startServer(t, {
    fault: standIn(collectionOf(MEETINGS), {
      pages: { "own.html": "<turn-search></turn-search>" },
    }),
  });
  const { page, assertClean } = await openPage(t, server, {
    path: "own.html",
    prepare: (page) =>
      page.addInitScript(() => {
        for (const name of ["localStorage", "sessionStorage"])
          Object.defineProperty(globalThis, name, {
            get() {
              throw new DOMException("The operation is insecure.", "SecurityError");
            },
          });
      }),
  });
  await useAll(page);
  assertClean();
});

/**
 * A host that serves the widget to every page, and a page on another host that uses it.
 * @param {import("node:test").TestContext} t
 * @param {(entry: Buffer) => string} attributes of the script, given the entry file
 */
async function openAcross(t, attributes) {
  const guest = await startServer(t, {
    fault: (path) => ({
      headers: {
        "access-control-allow-origin": "*",
        "cross-origin-resource-policy": "cross-origin",
      },
      ...(path.endsWith("/favicon.ico") ? { status: 204, body: "" } : {}),
    }),
  });
  const entry = Buffer.from(await (await fetch(`${guest.url}turnsearch.js`)).arrayBuffer());
  const policy =
    `default-src 'none'; script-src ${guest.origin} 'wasm-unsafe-eval'; connect-src ${guest.origin}; ` +
    "img-src data:; require-trusted-types-for 'script'";
  const html = `<!doctype html><html lang="en"><title>host</title><link rel="icon" href="data:,">
    <script type="module" crossorigin ${attributes(entry)} src="${guest.url}turnsearch.js"></script>
    <p>The page itself</p><turn-search eager></turn-search>`;
  const host = await startServer(t, {
    fault: () => ({
      status: 200,
      headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
      body: html,
    }),
  });
  return { guest, ...(await openPage(t, host)) };
}

/** @param {Buffer} bytes */
const integrityOf = (bytes) => `sha384-${createHash("sha384").update(bytes).digest("base64")}`;

test("the widget works from another host, with CORS, integrity and a strict policy", async (t) => {
  const { page, guest, requests, complaints } = await openAcross(
    t,
    (entry) => `integrity="${integrityOf(entry)}"`,
  );
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("多利益");
  await widget.locator(".results > li").first().waitFor();
  const own = requests.filter((url) => !url.startsWith("data:")).slice(1);
  assert.ok(
    own.every((url) => url.startsWith(guest.url)),
    `${own}`,
  );
  assert.deepEqual(complaints, []);
});

test("a widget that was changed on its way is refused, and the page is left as it was", async (t) => {
  const { page, requests } = await openAcross(
    t,
    () => `integrity="${integrityOf(Buffer.from("another file"))}"`,
  );
  assert.ok(await page.getByText("The page itself").isVisible());
  assert.equal(await page.evaluate(() => customElements.get("turn-search")), undefined);
  assert.ok(!requests.some((url) => url.includes("engine")));
});
