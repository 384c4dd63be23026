/**
 * A small WebDriver client (https://www.w3.org/TR/webdriver2/): as much of the protocol as the
 * tests need, over plain fetch, so that every engine is driven in the same way.
 */
import { spawn } from "node:child_process";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** How long a driver may take until it answers, and a condition until it holds. */
const PATIENCE_MS = 30_000;
/** How often a condition is looked at. */
const LOOK_MS = 50;

/** Keys by the code points that WebDriver gives them. */
export const KEYS = {
  Enter: "\uE007",
  Escape: "\uE00C",
  Down: "\uE015",
  Up: "\uE013",
  Tab: "\uE004",
};

/**
 * A driver program and what it needs to be told.
 *
 * @typedef {object} Engine
 * @property {string} name as the tables print it
 * @property {string} program
 * @property {(port: number) => string[]} args
 * @property {object} capabilities
 */

/**
 * Starts the driver of an engine and opens a session, both until the test ends.
 *
 * @param {import("node:test").TestContext} t
 * @param {Engine} engine
 * @returns {Promise<Session>}
 */
export async function openSession(t, engine) {
  const port = await freePort();
  const driver = spawn(engine.program, engine.args(port), { stdio: "ignore" });
  /** @type {Promise<never>} */
  const failed = new Promise((_, reject) => driver.once("error", reject));
  t.after(() => driver.kill());
  const origin = `http://127.0.0.1:${port}`;
  await Promise.race([untilReady(origin), failed]);
  const { sessionId, capabilities } = await call(origin, "POST", "/session", {
    capabilities: { alwaysMatch: engine.capabilities },
  });
  const session = new Session(`${origin}/session/${sessionId}`, capabilities.browserVersion);
  // Before the driver ends, so that no browser is left behind.
  t.after(() => session.close().catch(() => undefined));
  return session;
}

/** @param {string} origin */
async function untilReady(origin) {
  const end = Date.now() + PATIENCE_MS;
  for (;;) {
    try {
      return void (await call(origin, "GET", "/status"));
    } catch (error) {
      if (Date.now() > end)
        throw new Error(`the driver at ${origin} does not answer`, { cause: error });
      await sleep(LOOK_MS);
    }
  }
}

/** A port that was free a moment ago. @returns {Promise<number>} */
function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      server.close(() =>
        resolve(address !== null && typeof address === "object" ? address.port : 0),
      );
    });
  });
}

/**
 * @param {string} base
 * @param {"GET" | "POST" | "DELETE"} method
 * @param {string} path
 * @param {object} [body]
 */
async function call(base, method, path, body) {
  const response = await fetch(base + path, {
    method,
    headers: { "content-type": "application/json" },
    body: body && JSON.stringify(body),
  });
  const { value } = await response.json();
  if (!response.ok)
    throw new Error(`WebDriver ${method} ${path}: ${value.error}: ${value.message}`);
  return value;
}

/** One browser window. */
export class Session {
  #base;

  /** @param {string} base @param {string} version of the browser */
  constructor(base, version) {
    this.#base = base;
    this.version = version;
  }

  close() {
    return call(this.#base, "DELETE", "");
  }

  /** @param {number} width @param {number} height of the window */
  resize(width, height) {
    return call(this.#base, "POST", "/window/rect", { width, height });
  }

  /** @param {string} url */
  open(url) {
    return call(this.#base, "POST", "/url", { url });
  }

  /**
   * Runs a function in the page; it sees nothing but its arguments, which are sent as JSON, as is
   * its result.
   *
   * @template T
   * @template {unknown[]} A
   * @param {(...args: A) => T | Promise<T>} work
   * @param {A} args
   * @returns {Promise<T>}
   */
  run(work, ...args) {
    const script = `const done = arguments[arguments.length - 1];
      Promise.resolve().then(() => (${work})(...[...arguments].slice(0, -1)))
        .then((value) => done({ value }), (error) => done({ error: String(error) }));`;
    return call(this.#base, "POST", "/execute/async", { script, args }).then((outcome) => {
      if (outcome.error !== undefined) throw new Error(`in the page: ${outcome.error}`);
      return outcome.value;
    });
  }

  /**
   * Waits until a function in the page gives something true, and gives that.
   *
   * @template T
   * @template {unknown[]} A
   * @param {(...args: A) => T} condition
   * @param {A} args
   */
  async until(condition, ...args) {
    const end = Date.now() + PATIENCE_MS;
    for (;;) {
      const value = await this.run(condition, ...args);
      if (value) return value;
      if (Date.now() > end) throw new Error(`never true in the page: ${condition}`);
      await sleep(LOOK_MS);
    }
  }

  /** Presses keys, one after the other, where the focus is. @param {string} keys */
  press(keys) {
    const strokes = [...keys].flatMap((value) => [
      { type: "keyDown", value },
      { type: "keyUp", value },
    ]);
    const actions = [{ type: "key", id: "keyboard", actions: strokes }];
    return call(this.#base, "POST", "/actions", { actions });
  }
}
