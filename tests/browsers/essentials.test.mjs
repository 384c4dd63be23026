/**
 * What must work in every engine: `cargo xtask browsers` runs this file once for each. The engine
 * is named by TURNSEARCH_ENGINE; the page is the built demo.
 */
import assert from "node:assert/strict";
import { before, test } from "node:test";
import { startServer } from "../e2e/harness.mjs";
import { withoutGrowth } from "../e2e/modules.mjs";
import { standIn } from "../e2e/stand-in.mjs";
import { engineUnderTest } from "./engines.mjs";
import { KEYS, openSession } from "./webdriver.mjs";

const QUERY = "多利益";
const engine = engineUnderTest();

/** A context that lives as long as this file: the session is opened once. */
const file = { after: (/** @type {() => void} */ work) => void cleanUp.push(work) };
/** @type {(() => void | Promise<void>)[]} */
const cleanUp = [];

/** @type {import("./webdriver.mjs").Session} */
let session;
before(async () => {
  // @ts-expect-error as much of a test context as is used
  session = await openSession(file, engine);
  // Wide enough for the reader beside the results.
  await session.resize(1400, 900);
  console.log(`${engine.name} ${session.version}`);
});
test.after(async () => {
  for (const work of cleanUp.reverse()) await work();
});

/**
 * Opens the demo and waits until its collection is open.
 * @param {import("node:test").TestContext} t
 */
async function openDemo(t) {
  const { url } = await startServer(t);
  await session.open(url);
  await session.until(() => Boolean(document.querySelector("#search")?.archive));
}

/** Types into the box of the demo, as a reader does. @param {string} text */
async function type(text) {
  await session.run(() => document.querySelector("#search").focus());
  await session.press(text);
  await session.until((wanted) => document.querySelector("#search").query === wanted, text);
}

/**
 * Texts of the elements in the widget that fit.
 * @param {string} selector
 * @returns {Promise<string[]>}
 */
const texts = (selector) =>
  session.run(
    (wanted) =>
      [...document.querySelector("#search").shadowRoot.querySelectorAll(wanted)].map(
        (element) => element.textContent,
      ),
    selector,
  );

test("the page loads and opens its collection", async (t) => {
  await openDemo(t);
  const { meetings, turns } = await session.run(() => {
    const { collection } = document.querySelector("#search").archive;
    return { meetings: collection.meetings.length, turns: collection.turns };
  });
  assert.ok(meetings === 5 && turns > 100, `${meetings} meetings, ${turns} turns`);
});

test("typing shows turns with the words marked", async (t) => {
  await openDemo(t);
  await type(QUERY);
  assert.equal((await texts(".results > li")).length, 10);
  const marks = await texts(".results mark");
  assert.ok(marks.length > 0 && marks.every((mark) => mark === QUERY), `${marks}`);
  assert.match((await texts(".found b"))[0], /^\d+ 段$/);
});

test("a speaker that is chosen narrows the results", async (t) => {
  await openDemo(t);
  await type(QUERY);
  const total = () =>
    session.run(() =>
      Number.parseInt(
        document.querySelector("#search").shadowRoot.querySelector(".found b").textContent,
      ),
    );
  const all = await total();
  await session.run(() =>
    document
      .querySelector("#search")
      .shadowRoot.querySelector(".filters input[type=checkbox]")
      .click(),
  );
  assert.ok((await total()) < all);
  assert.equal((await texts(".chip")).length, 1);
  assert.match(await session.run(() => location.hash), /speaker/);
});

test("the keyboard goes from the box to a result, opens it and comes back", async (t) => {
  await openDemo(t);
  await type(QUERY);
  await session.run(() =>
    document.querySelector("#search").shadowRoot.querySelector(".results .main").focus(),
  );
  await session.press(KEYS.Down);
  const at = await session.run(() => {
    const { shadowRoot } = document.querySelector("#search");
    return [...shadowRoot.querySelectorAll(".results .main")].indexOf(shadowRoot.activeElement);
  });
  assert.equal(at, 1);
  await session.press(KEYS.Enter);
  await session.until(() => document.querySelector("turn-reader").hasAttribute("open"));
  const current = await session.until(
    () =>
      document.querySelector("turn-reader").shadowRoot.querySelector(".turn.current")?.textContent,
  );
  assert.ok(String(current).includes(QUERY));
  await session.press(KEYS.Escape);
  await session.until(() => !document.querySelector("turn-reader").hasAttribute("open"));
});

test("the reader marks every match of its meeting", async (t) => {
  await openDemo(t);
  await type(QUERY);
  await session.run(() =>
    document.querySelector("#search").shadowRoot.querySelector(".results .main").click(),
  );
  await session.until(() =>
    Boolean(document.querySelector("turn-reader").shadowRoot.querySelector(".turn.current")),
  );
  const marked = await session.until(() => {
    const highlighted =
      "highlights" in CSS
        ? [...CSS.highlights.values()].reduce((sum, each) => sum + each.size, 0)
        : 0;
    return (
      highlighted + document.querySelector("turn-reader").shadowRoot.querySelectorAll("mark").length
    );
  });
  assert.ok(marked > 0);
});

test("a worker finds what the page finds", async (t) => {
  await openDemo(t);
  await session.run(() => {
    window.found = "nothing yet";
    import("./turnsearch.js").then(async ({ TurnSearch }) => {
      const started = [];
      window.Worker = class extends Worker {
        constructor(...call) {
          super(...call);
          started.push(call);
        }
      };
      const [near, far] = await Promise.all(
        [false, true].map((worker) => TurnSearch.open({ src: `example.turns?${worker}`, worker })),
      );
      const [one, other] = await Promise.all(
        [near, far].map((archive) => archive.search("多利益")),
      );
      window.found = JSON.stringify([
        started.length,
        one.total > 0,
        JSON.stringify(one) === JSON.stringify(other),
      ]);
    });
  });
  await session.until(() => window.found !== "nothing yet");
  assert.equal(await session.run(() => window.found), "[1,true,true]");
});

test("the dark theme has light letters", async (t) => {
  await openDemo(t);
  const lightness = await session.run(() => {
    const search = document.querySelector("#search");
    const light = () => {
      const box = search.shadowRoot.querySelector("input");
      const [red, green, blue] = getComputedStyle(box)
        .color.match(/[\d.]+/g)
        .map(Number);
      return red + green + blue;
    };
    search.setAttribute("theme", "light");
    const before = light();
    search.setAttribute("theme", "dark");
    return [before, light()];
  });
  assert.ok(lightness[1] > lightness[0], `${lightness}`);
});

/** @type {[string, (wasm: Buffer) => import("../e2e/proxy.mjs").Spoiled, RegExp | null][]} */
const FAULTS = [
  ["wrong media type", () => ({ headers: { "content-type": "text/plain" } }), null],
  ["404", () => ({ status: 404, body: "" }), /engine_bg\.wasm：服务器返回 404/],
  ["cut off", () => ({ cutAfter: 10_000 }), /engine_bg\.wasm/],
  [
    "HTML instead of wasm",
    () => ({ status: 200, headers: { "content-type": "text/html" }, body: "<!doctype html>" }),
    /不是 WebAssembly 模块/,
  ],
  ["memory cannot grow", (wasm) => ({ status: 200, body: withoutGrowth(wasm) }), /内存不足/],
];

for (const [fault, spoil, reason] of FAULTS) {
  test(`${fault}: ${reason ? "a message, and trying again works" : "the page copes"}`, async (t) => {
    const whole = await startServer(t);
    const wasm = Buffer.from(await (await fetch(`${whole.url}engine_bg.wasm`)).arrayBuffer());
    await openSpoiled(t, "engine_bg.wasm", spoil(wasm), reason, fault);
  });
}

test("bindings 404: a message, and trying again works", (t) =>
  openSpoiled(t, "engine.js", { status: 404, body: "" }, /./, "bindings 404"));

/**
 * @param {import("node:test").TestContext} t
 * @param {string} spoiledFile
 * @param {import("../e2e/proxy.mjs").Spoiled} spoiled
 * @param {RegExp | null} reason
 * @param {string} fault
 */
async function openSpoiled(t, spoiledFile, spoiled, reason, fault) {
  const { url } = await startServer(t, {
    fault: standIn(null, {
      pages: { "own.html": `<turn-search id="search" lang="zh-Hans" eager></turn-search>` },
      fault: (path, before) =>
        path.endsWith(`/${spoiledFile}`) && before === 0 ? spoiled : undefined,
    }),
  });
  await session.open(`${url}own.html`);
  if (reason) {
    const seen = String(
      await session.until(
        () =>
          document.querySelector("#search").shadowRoot?.querySelector("[role=alert] .reason")
            ?.innerText,
      ),
    );
    assert.match(seen, reason);
    console.log(
      `${fault} | ${engine.name} | ${seen.replace(/http:\/\/127\.0\.0\.1:\d+/g, "").replace(/\s*\n+\s*/g, " ")}`,
    );
    await session.run(() =>
      document.querySelector("#search").shadowRoot.querySelector("[role=alert] button").click(),
    );
  } else {
    console.log(`${fault} | ${engine.name} | the results`);
  }
  await session.until(() => Boolean(document.querySelector("#search")?.archive));
  await type(QUERY);
  assert.ok((await texts(".results > li")).length > 0);
}
