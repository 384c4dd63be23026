/** The elements as objects: attributes that are properties, events, and classes that nobody has defined. */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { collectionOf, standIn } from "./stand-in.mjs";

const MEETINGS = collectionOf([
  {
    slug: "first",
    media: "talk.mp3",
    turns: [
      ["Ann", "welcome", { startMs: 0 }],
      ["Bob", "thank you", { startMs: 5_000 }],
      ["Ann", "welcome again", { startMs: 9_000 }],
    ],
  },
]);

/** @param {import("node:test").TestContext} t @param {string} html */
async function openOwn(t, html) {
  const server = await startServer(t, {
    fault: standIn(MEETINGS, { pages: { "own.html": html }, policy: null }),
  });
  return openPage(t, server, { path: "own.html" });
}

test("attributes are properties, both ways", async (t) => {
  const { page } = await openOwn(t, "<turn-search></turn-search><turn-reader></turn-reader>");
  const seen = await page.evaluate(() => {
    const wrong = [];
    /** @type {[selector: string, property: string, without: unknown, values: [value: unknown, attribute: string | null][]][]} */
    const table = [
      [
        "turn-search",
        "src",
        null,
        [
          ["other.turns", "other.turns"],
          [null, null],
        ],
      ],
      [
        "turn-search",
        "theme",
        null,
        [
          ["dark", "dark"],
          [undefined, null],
        ],
      ],
      [
        "turn-search",
        "eager",
        false,
        [
          [true, ""],
          [false, null],
        ],
      ],
      [
        "turn-search",
        "placeholder",
        null,
        [
          ["", ""],
          ["Who?", "Who?"],
        ],
      ],
      ["turn-search", "limit", 10, [[3, "3"]]],
      [
        "turn-search",
        "sort",
        "relevance",
        [
          ["time", "time"],
          ["meeting", "meeting"],
        ],
      ],
      ["turn-search", "speaker", null, [["Ann", "Ann"]]],
      ["turn-search", "meeting", null, [["first", "first"]]],
      ["turn-search", "mode", null, [["dialog", "dialog"]]],
      ["turn-search", "hash", false, [[true, ""]]],
      ["turn-search", "reader", null, [["there", "there"]]],
      ["turn-reader", "meeting", null, [["first", "first"]]],
      ["turn-reader", "turn", 1, [[2, "2"]]],
      ["turn-reader", "query", null, [["welcome", "welcome"]]],
      ["turn-reader", "src", null, [["other.turns", "other.turns"]]],
    ];
    for (const [selector, property, without, values] of table) {
      const element = document.createElement(selector);
      if (element[property] !== without) wrong.push(`${property}: ${element[property]} at first`);
      for (const [value, attribute] of values) {
        element[property] = value;
        if (element.getAttribute(property) !== attribute)
          wrong.push(`${property} = ${value}: the attribute is ${element.getAttribute(property)}`);
        element.removeAttribute(property);
        if (attribute !== null) element.setAttribute(property, attribute);
        if (element[property] !== (value ?? null))
          wrong.push(`${property}="${attribute}": the property is ${element[property]}`);
      }
    }
    const search = document.createElement("turn-search");
    search.setAttribute("sort", "loudness");
    search.setAttribute("limit", "many");
    const [shown] = document.getElementsByTagName("turn-reader");
    return { wrong, sort: search.sort, limit: search.limit, open: shown.open };
  });
  assert.deepEqual(seen, { wrong: [], sort: "relevance", limit: 10, open: false });
});

test("a property does what its attribute does", async (t) => {
  const { page } = await openOwn(t, "<turn-search></turn-search><turn-reader></turn-reader>");
  const widget = page.locator("turn-search");
  await widget.evaluate((element) => Object.assign(element, { limit: 1, placeholder: "Who?" }));
  await widget.getByPlaceholder("Who?").fill("welcome");
  await widget.getByRole("heading", { name: "2 turns in 1 meeting" }).waitFor();
  assert.equal(await widget.locator(".results > li").count(), 1);
  const reader = page.locator("turn-reader");
  await reader.evaluate((element) => Object.assign(element, { meeting: "first", turn: 3 }));
  await reader.locator(".turn.current").waitFor();
  assert.equal(await reader.locator(".turn.current").getAttribute("data-turn"), "3");
  assert.ok(await reader.evaluate((element) => element.open && element.archive !== null));
});

test("a reader tells which turn was chosen in it, and that it was closed, and nothing else", async (t) => {
  const { page, assertClean } = await openOwn(t, "<turn-reader></turn-reader>");
  const told = () => page.evaluate(() => window.told.splice(0));
  await page.evaluate(async () => {
    const reader = document.querySelector("turn-reader");
    window.told = [];
    const names = ["turn-select", "reader-close", "turns-ready", "leave", "chosen", "find", "step"];
    for (const name of [...names, "follow", "reach", "play", "choose"])
      reader.addEventListener(name, ({ detail }) => window.told.push([name, detail?.id]));
    reader.href = ({ n }) => `#turn-${n}`;
    await reader.show(0, "welcome");
  });
  const reader = page.locator("turn-reader");
  await reader.locator(".turn.current").waitFor();
  assert.deepEqual(await told(), [["turns-ready", undefined]], "showing is not choosing");
  await reader.getByRole("button", { name: "Next match" }).click();
  assert.deepEqual(await told(), [["turn-select", 2]]);
  await reader.getByRole("link", { name: "Link to turn 2" }).click();
  assert.deepEqual(await told(), [["turn-select", 1]]);
  await reader.getByRole("button", { name: "Play from 0:09" }).click();
  await reader.getByRole("searchbox").fill("thank");
  await reader.getByRole("searchbox").selectText();
  assert.deepEqual(await told(), []);
  assert.equal(await reader.locator("mark").innerText(), "thank");
  await reader.getByText("Who spoke").click();
  await reader.locator(".shares button").first().click();
  assert.deepEqual(await told(), [["turn-select", 0]]);
  assert.equal(await reader.locator(".turn.followed").count(), 2);
  await reader.getByRole("button", { name: "Back to the results" }).click();
  assert.deepEqual(await told(), [["reader-close", undefined]]);
  assert.ok(await reader.evaluate((element) => !element.open));
  assertClean();
});
