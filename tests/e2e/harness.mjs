/**
 * What every browser test needs: the built site on a server, a page in headless Chromium that keeps
 * count of what it asks for and complains about, and screenshots.
 *
 * ```js
 * import { openPage, startServer } from "./harness.mjs";
 *
 * test("the page loads", async (t) => {
 *   const server = await startServer(t);
 *   const { page, assertClean } = await openPage(t, server);
 *   …
 *   assertClean();
 * });
 * ```
 *
 * Servers and pages close when the test `t` ends; the browser is shared by the tests of one file.
 * `cargo xtask test` names the server and the browser in the environment (TURNSEARCH_XTASK,
 * CHROMIUM); by hand, after `cargo xtask build`, `npm run test:e2e` does.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { startProxy } from "./proxy.mjs";

const repository = fileURLToPath(new URL("../../", import.meta.url));

/** How long the server may take until it prints its address. */
const SERVER_START_MS = 15_000;

/** @type {Promise<import("playwright-core").Browser> | undefined} */
let sharedBrowser;

after(async () => {
  if (sharedBrowser) await (await sharedBrowser).close();
});

/** The browser of this test file, started at the first call. */
export function browser() {
  sharedBrowser ??= chromium.launch({
    executablePath: process.env.CHROMIUM || "/usr/bin/chromium",
    args: [
      "--headless=new",
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
  return sharedBrowser;
}

/**
 * Serves the built site on a free port until the test ends.
 *
 * @param {import("node:test").TestContext} t
 * @param {object} [options]
 * @param {string} [options.base] the folder of the address, with a slash at both ends
 * @param {string} [options.root] another folder to serve than target/site
 * @param {import("./proxy.mjs").Fault} [options.fault] what goes wrong, request by request;
 *   the server then stands behind a proxy
 * @returns {Promise<{ url: string, base: string, origin: string, stop: () => Promise<unknown> }>}
 *   `url` ends with the base; `stop` ends the server before the test does, as if the network were
 *   gone
 */
export async function startServer(t, { base = "/", root, fault } = {}) {
  const args = ["serve", "--no-build", "--port", "0", "--base", base];
  if (root) args.push("--root", root);
  const { address, stop } = await spawnServer(t, args);
  const origin = fault ? await startProxy(t, address.origin, fault) : address.origin;
  return { url: origin + base, base, origin, stop };
}

/**
 * Starts xtask's server and waits for the line with its address.
 *
 * @param {import("node:test").TestContext} t
 * @param {string[]} args
 * @returns {Promise<{ address: URL, stop: () => Promise<unknown> }>}
 */
async function spawnServer(t, args) {
  const server = spawn(xtask(), args, { cwd: repository, stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((resolve) => server.once("exit", resolve));
  const stop = () => {
    server.kill();
    return ended;
  };
  t.after(stop);
  let output = "";
  return new Promise((resolve, reject) => {
    const fail = (/** @type {string} */ why) =>
      reject(new Error(`${why}: xtask ${args.join(" ")}\n${output}`));
    const timer = setTimeout(() => fail("the server printed no address"), SERVER_START_MS);
    const read = (/** @type {Buffer} */ chunk) => {
      output += chunk;
      const address = output.match(/http:\/\/127\.0\.0\.1:\d+\S*(?=\s)/);
      if (!address) return;
      clearTimeout(timer);
      resolve({ address: new URL(address[0]), stop });
    };
    server.stdout.on("data", read);
    server.stderr.on("data", read);
    server.once("error", (error) => fail(`the server did not start (${error.message})`));
    server.once("exit", (code) => fail(`the server ended with status ${code}`));
  });
}

/** The program that serves: named by `cargo xtask test`, else the last one built. */
export function xtask() {
  const target = process.env.CARGO_TARGET_DIR ?? join(repository, "target");
  const program = process.env.TURNSEARCH_XTASK ?? join(target, "debug", "xtask");
  assert.ok(existsSync(program), `${program} is missing: run \`cargo xtask build\` first`);
  return program;
}

/** The `turnsearch` command: named by the environment, else the last one built. */
export function command() {
  const target = process.env.CARGO_TARGET_DIR ?? join(repository, "target");
  const program = process.env.TURNSEARCH ?? join(target, "debug", "turnsearch");
  assert.ok(existsSync(program), `${program} is missing: run \`cargo build -p turnsearch-cli\``);
  return program;
}

/**
 * Opens a page of the server in a context of its own and waits until it has loaded.
 *
 * @param {import("node:test").TestContext} t
 * @param {{ url: string, origin: string, base: string }} server
 * @param {object} [options]
 * @param {string} [options.path] below the server's base, with hash or query if wanted
 * @param {import("playwright-core").BrowserContextOptions} [options.context] viewport, colour
 *   scheme, locale … as Playwright names them
 * @param {(page: import("playwright-core").Page) => Promise<unknown>} [options.prepare] runs
 *   before the page is opened
 */
export async function openPage(t, server, { path = "", context: settings = {}, prepare } = {}) {
  const context = await (
    await browser()
  ).newContext({
    viewport: { width: 1280, height: 800 },
    ...settings,
  });
  t.after(() => context.close());
  const page = await context.newPage();
  const record = await watch(page, server);
  await prepare?.(page);
  await page.goto(server.url + path, { waitUntil: "load" });
  return { page, context, ...record };
}

/**
 * Records every address that the page asks for and every complaint of the page or the browser.
 *
 * @param {import("playwright-core").Page} page
 * @param {{ url: string }} server
 */
async function watch(page, server) {
  /** @type {string[]} addresses in the order of the requests, of workers and frames too */
  const requests = [];
  /** @type {string[]} console errors and warnings, uncaught exceptions, CSP violations */
  const complaints = [];

  page.context().on("request", (request) => requests.push(request.url()));
  page.context().on("console", (message) => {
    if (["error", "warning", "assert"].includes(message.type())) {
      complaints.push(`console ${message.type()}: ${message.text()}`);
    }
  });
  page.context().on("weberror", (error) => complaints.push(`uncaught: ${error.error()}`));
  // A violation of a report-only policy, or one whose message the console folds, still counts.
  await page.exposeFunction("turnsearchViolation", (/** @type {string} */ violation) =>
    complaints.push(`policy violation: ${violation}`),
  );
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) => {
      const { effectiveDirective, blockedURI, sourceFile, lineNumber } = event;
      // @ts-expect-error the function exposed above
      window.turnsearchViolation(
        `${effectiveDirective} blocked ${blockedURI || "?"} (${sourceFile || "?"}:${lineNumber})`,
      );
    });
  });

  const outside = () =>
    requests.filter((url) => !url.startsWith(server.url) && !/^(data|blob|about):/.test(url));

  return {
    requests,
    complaints,
    /** Requests for anything but files at or below the server's base. */
    outside,
    /** Fails unless the page kept to its own folder and nothing complained. */
    assertClean() {
      assert.deepEqual(outside(), [], "requests beyond the page's own folder");
      assert.deepEqual(complaints, [], "complaints of the page");
    },
  };
}

/**
 * Saves what the page shows to target/screenshots, to be looked at.
 *
 * @param {import("playwright-core").Page} page
 * @param {string} name file name without extension
 * @param {import("playwright-core").PageScreenshotOptions} [options]
 * @returns {Promise<string>} the file's path
 */
export async function screenshot(page, name, options = {}) {
  const folder = join(repository, "target", "screenshots");
  await mkdir(folder, { recursive: true });
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, ...options });
  return path;
}
