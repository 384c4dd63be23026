/** The three engines, and how their drivers are called. */
import { existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** @import { Engine } from "./webdriver.mjs" */

/** Where Debian and its relatives keep the browser that WebKitWebDriver drives. */
const LIBRARIES = "/usr/lib";

/** @type {Record<string, () => Engine>} */
const ENGINES = {
  chromium: () => ({
    name: "Chromium",
    program: "chromedriver",
    args: (port) => [`--port=${port}`],
    capabilities: {
      browserName: "chrome",
      "goog:chromeOptions": {
        binary: process.env.CHROMIUM || "/usr/bin/chromium",
        args: ["--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run"],
      },
    },
  }),
  firefox: () => ({
    name: "Firefox",
    program: "geckodriver",
    args: (port) => ["--port", String(port), "--websocket-port", "0"],
    capabilities: {
      browserName: "firefox",
      "moz:firefoxOptions": { binary: firefox(), args: ["-headless"] },
    },
  }),
  webkit: () => ({
    name: "WebKitGTK",
    program: "WebKitWebDriver",
    args: (port) => [`--port=${port}`],
    capabilities: {
      browserName: "MiniBrowser",
      "webkitgtk:browserOptions": { binary: miniBrowser(), args: ["--automation"] },
    },
  }),
};

/**
 * The engine that TURNSEARCH_ENGINE names: `chromium`, `firefox` or `webkit`.
 * @returns {Engine}
 */
export function engineUnderTest() {
  const wanted = process.env.TURNSEARCH_ENGINE ?? "chromium";
  const engine = ENGINES[wanted];
  if (!engine)
    throw new Error(`TURNSEARCH_ENGINE is ${wanted}; known are ${Object.keys(ENGINES).join(", ")}`);
  return engine();
}

/** The browser's program, under the name that Debian or its makers give it. */
function firefox() {
  for (const name of ["firefox-esr", "firefox"]) {
    for (const folder of (process.env.PATH ?? "").split(delimiter)) {
      const program = join(folder, name);
      if (existsSync(program)) return program;
    }
  }
  throw new Error("Firefox is missing (on Debian: apt-get install firefox-esr)");
}

/** MiniBrowser lies in a folder named after the machine and the version of the library. */
function miniBrowser() {
  for (const machine of readdirSync(LIBRARIES)) {
    for (const version of ["4.1", "4.0", "6.0"]) {
      const program = join(LIBRARIES, machine, `webkit2gtk-${version}`, "MiniBrowser");
      if (existsSync(program)) return program;
    }
  }
  throw new Error("MiniBrowser is missing (on Debian: apt-get install webkit2gtk-driver)");
}
