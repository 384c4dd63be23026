/** Faults while loading: a page on which one has just happened, and what the reader sees of it. */
import assert from "node:assert/strict";
import test, { after } from "node:test";
import chinese from "../../www/i18n/zh-Hans.js";
import { openPage, startServer } from "./harness.mjs";
import { standIn, STRICT_POLICY } from "./stand-in.mjs";

const PAGE = `<turn-search lang="zh-Hans" eager></turn-search>`;
/** Longer than the widget waits for a silent server. */
const LONGER_THAN_STALLED_MS = 31_000;

/**
 * @typedef {object} Case
 * @property {string} fault
 * @property {string} [file] the file that is spoiled, the module when absent
 * @property {import("./proxy.mjs").Spoiled | ((wasm: Buffer) => import("./proxy.mjs").Spoiled)}
 *   [spoil]
 * @property {string} [aborted] how the network fails once, as Playwright names it
 * @property {() => void} [cripple] runs in the page before its scripts
 * @property {string} [policy]
 * @property {boolean} [offline]
 * @property {boolean} [waits] the clock is moved on until the widget gives up
 * @property {RegExp} [reason] what the message says besides that it failed; absent where loading
 *   succeeds
 * @property {boolean} [unsupported] the page says that this browser cannot
 * @property {boolean} [lasting] trying again cannot help, because nothing changed
 */

/** Lines of the matrix: fault, engine, what the reader sees. @type {string[]} */
const matrix = [];
after(() => console.log(["fault | engine | what the reader sees", ...matrix].join("\n")));

/**
 * Adds a line to the matrix, without the address of the machine that tests.
 * @param {string} fault
 * @param {string} seen
 */
export function note(fault, seen) {
  const told = seen.replace(/http:\/\/127\.0\.0\.1:\d+/g, "").replace(/\s*\n+\s*/g, " ");
  matrix.push(`${fault} | Chromium | ${told}`);
}

/** Makes a test of a case. @param {Case} each */
export function testFault(each) {
  const expected = each.reason ? "a message, and trying again works" : "the page copes";
  test(`${each.fault}: ${expected}`, async (t) => {
    const opened = await openCase(t, each);
    if (each.unsupported) {
      await opened.page.getByText(chinese.unsupported).waitFor();
      return note(each.fault, chinese.unsupported);
    }
    if (each.reason) await seesMessage(opened, each, each.reason);
    else note(each.fault, "the results");
    if (each.lasting) return;
    await finds(opened.page);
    assert.equal(await opened.page.getByRole("alert").count(), 0);
  });
}

/**
 * Checks the message, in the language of the page, and presses the button that tries again.
 * @param {Awaited<ReturnType<typeof openCase>>} opened
 * @param {Case} each
 * @param {RegExp} reason
 */
async function seesMessage({ page, context, complaints }, each, reason) {
  const widget = page.locator("turn-search");
  const alert = widget.getByRole("alert");
  if (each.offline) {
    await widget.getByRole("button", { name: chinese.open }).waitFor();
    await context.setOffline(true);
    await widget.evaluate((element) => {
      element.removeAttribute("mode");
      // @ts-expect-error an element of the widget
      void element.load();
    });
  }
  while (each.waits && (await alert.count()) === 0)
    await page.clock.fastForward(LONGER_THAN_STALLED_MS);
  await alert.getByText(chinese.failed).waitFor();
  await alert.getByText(reason).waitFor();
  const seen = await alert.innerText();
  assert.equal(await page.evaluate(() => document.querySelector("turn-search").archive), null);
  note(each.fault, seen);
  if (each.lasting) return;
  if (each.offline) await context.setOffline(false);
  await alert.getByRole("button", { name: chinese.retry }).click();
  assert.ok(!complaints.some((text) => text.startsWith("uncaught")), `${complaints}`);
}

/**
 * Opens a page on which the case has just gone wrong.
 * @param {import("node:test").TestContext} t
 * @param {Case} each
 */
async function openCase(t, each) {
  const { file = "engine_bg.wasm", aborted } = each;
  const spoiled = typeof each.spoil === "function" ? each.spoil(await moduleBytes(t)) : each.spoil;
  const server = await startServer(t, {
    fault: standIn(null, {
      pages: { "own.html": each.offline ? PAGE.replace("eager", `mode="dialog"`) : PAGE },
      policy: each.policy ?? STRICT_POLICY,
      fault: (path, before) => (path.endsWith(`/${file}`) && before === 0 ? spoiled : undefined),
    }),
  });
  const opened = await openPage(t, server, {
    path: "own.html",
    prepare: async (page) => {
      if (each.cripple) await page.addInitScript(each.cripple);
      if (each.waits) await page.clock.install();
      if (aborted) await page.route(`**/${file}`, (route) => route.abort(aborted), { times: 1 });
    },
  });
  await opened.page.waitForFunction(() => customElements.get("turn-search"));
  return opened;
}

/** @type {Buffer | undefined} */
let cachedModule;

/** The module as it is served. @param {import("node:test").TestContext} t */
export async function moduleBytes(t) {
  if (!cachedModule) {
    const { url } = await startServer(t);
    cachedModule = Buffer.from(await (await fetch(`${url}engine_bg.wasm`)).arrayBuffer());
  }
  return cachedModule;
}

/** The page answers a query. @param {import("playwright-core").Page} page */
export async function finds(page) {
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("多利益");
  await widget.locator(".results > li").first().waitFor();
}
