/**
 * The elements on other people's pages: attributes, isolation, failures, and texts that mean harm.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { collectionOf, standIn } from "./stand-in.mjs";

const WELCOME = [
  {
    slug: "first",
    title: "First meeting",
    date: "2020-05-04",
    turns: [
      ["Ann Lee", "We welcome everybody."],
      ["Bob Ray", "Thank you for the welcome."],
    ],
  },
  {
    slug: "second",
    title: "Second meeting",
    turns: [
      ["Ann Lee", "Welcome again."],
      [null, "A welcome from the floor."],
    ],
  },
];

/**
 * Opens a page of one's own, with a small collection behind it.
 * @param {import("node:test").TestContext} t
 * @param {string} html
 * @param {object} [options]
 * @param {object[] | null} [options.meetings] null for the real engine
 * @param {import("./proxy.mjs").Fault} [options.fault]
 * @param {string} [options.base]
 * @param {string} [options.hash]
 */
async function openOwn(t, html, { meetings = WELCOME, fault, base, hash = "" } = {}) {
  const server = await startServer(t, {
    base,
    fault: standIn(meetings && collectionOf(meetings), { pages: { "own.html": html }, fault }),
  });
  const opened = await openPage(t, server, { path: `own.html${hash}` });
  await opened.page.waitForFunction(() => customElements.get("turn-search"));
  return { ...opened, server };
}

test("two lines of HTML are enough, in any folder and under a strict policy", async (t) => {
  const { page, assertClean, requests, server } = await openOwn(t, "<turn-search></turn-search>", {
    base: "/a/folder/",
  });
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("welcome");
  await widget.getByRole("heading", { name: "4 turns in 2 meetings" }).waitFor();
  await widget.locator(".results .main").first().click();
  await widget.getByRole("dialog").locator(".turn.current").waitFor();
  assert.ok(requests.every((url) => url.startsWith(server.url)));
  assert.equal(
    await page.evaluate(() => location.hash),
    "",
    "without the attribute the address is left alone",
  );
  assertClean();
});

test("attributes choose placeholder, limit, order, filters and language", async (t) => {
  const html = `<turn-search placeholder="Ask me" limit="1" sort="meeting" speaker="Ann Lee" lang="zh-TW"></turn-search>`;
  const { page } = await openOwn(t, html);
  const widget = page.locator("turn-search");
  const box = widget.getByPlaceholder("Ask me");
  await box.fill("welcome");
  await widget.getByRole("button", { name: "再顯示 1 段" }).waitFor();
  assert.equal(await widget.locator(".results > li").count(), 1);
  assert.equal(await widget.locator(".found b").innerText(), "2 段");
  assert.equal(await widget.locator(".chip").innerText(), "Ann Lee");
  assert.equal(await widget.getByRole("combobox", { name: "排序" }).inputValue(), "meeting");
  await widget.getByRole("button", { name: "再顯示 1 段" }).click();
  assert.equal(await widget.locator(".results > li").count(), 2);
});

test("several elements share one engine and keep their own state", async (t) => {
  const { page, requests } = await openOwn(
    t,
    `<turn-search id="a" eager></turn-search><turn-search id="b" eager></turn-search>`,
  );
  await page.locator("#a").getByRole("combobox").first().fill("thank");
  await page.locator("#b").getByRole("combobox").first().fill("again");
  for (const id of ["a", "b"]) await page.locator(`#${id} .results > li`).first().waitFor();
  assert.equal(await page.locator("#a .results > li").count(), 1);
  assert.ok((await page.locator("#a .words").innerText()).includes("Thank"));
  assert.ok((await page.locator("#b .words").innerText()).includes("again"));
  assert.equal(requests.filter((url) => url.endsWith("engine_bg.wasm")).length, 1);
});

test("nothing is fetched before the box is near the view", async (t) => {
  const { page, requests } = await openOwn(
    t,
    `<p id="tall"></p><turn-search></turn-search><link rel="stylesheet" href="tall.css">`,
    {
      fault: (path) =>
        path.endsWith("tall.css")
          ? {
              status: 200,
              headers: { "content-type": "text/css" },
              body: "#tall { height: 5000px }",
            }
          : undefined,
    },
  );
  await page.waitForLoadState("networkidle");
  assert.ok(!requests.some((url) => /engine/.test(url)), `${requests}`);
  await page.locator("turn-search").scrollIntoViewIfNeeded();
  await page.waitForFunction(() => document.querySelector("turn-search").archive);
  assert.ok(requests.some((url) => url.endsWith("engine_bg.wasm")));
});

test("the dialog opens with Ctrl K and with a slash, searches, and gives the focus back", async (t) => {
  const html = `<input id="other"><turn-search mode="dialog"></turn-search>`;
  const { page, requests } = await openOwn(t, html);
  const widget = page.locator("turn-search");
  const trigger = widget.getByRole("button", { name: "Search" });
  await trigger.waitFor();
  assert.ok(!requests.some((url) => url.includes("engine")), "a closed dialog loads nothing");
  await page.locator("#other").press("/");
  assert.ok(
    await widget.getByRole("dialog").isHidden(),
    "a slash belongs to the field that has the focus",
  );
  await trigger.focus();
  for (const key of ["/", "Control+k"]) {
    await page.keyboard.press(key);
    await page.keyboard.type("thank");
    await widget.locator(".results .main").first().waitFor();
    await page.keyboard.press("Escape");
    assert.equal(
      await widget.getByRole("combobox").first().inputValue(),
      "",
      "the first Escape clears the box",
    );
    await page.keyboard.press("Escape");
    assert.ok(await widget.getByRole("dialog").isHidden());
    assert.ok(await trigger.evaluate((element) => element.getRootNode().activeElement === element));
  }
});

test("what is typed while the collection is on its way is searched when it is there", async (t) => {
  const server = await startServer(t);
  /** @type {(value?: unknown) => void} */
  let arrive = () => {};
  const arrived = new Promise((resolve) => (arrive = resolve));
  const hold = (/** @type {import("playwright-core").Route} */ route) =>
    arrived.then(() => route.continue());
  const { page } = await openPage(t, server, {
    prepare: (page) => page.route("**/engine_bg.wasm", hold),
  });
  const widget = page.locator("#search");
  await widget.getByRole("combobox").first().fill("多利益");
  assert.equal(await widget.locator(".results > li").count(), 0);
  assert.ok(await widget.getByRole("progressbar").isVisible());
  arrive();
  await widget.locator(".results > li").first().waitFor();
  assert.ok(await widget.getByRole("progressbar").isHidden());
});

test("a module that cannot be fetched is told with its name, and trying again works", async (t) => {
  const once = (/** @type {string} */ path, /** @type {number} */ before) =>
    path.endsWith("engine_bg.wasm") && before === 0 ? { status: 503 } : undefined;
  const { page } = await openOwn(t, "<turn-search eager></turn-search>", { fault: once });
  const widget = page.locator("turn-search");
  const alert = widget.getByRole("alert");
  await alert.waitFor();
  await alert.getByText(/engine_bg\.wasm: the server answered 503/).waitFor();
  assert.equal(await page.evaluate(() => document.querySelector("turn-search").archive), null);
  await alert.getByRole("button", { name: "Try again" }).click();
  await widget.getByRole("combobox").first().fill("welcome");
  await widget.getByRole("heading", { name: "4 turns in 2 meetings" }).waitFor();
});

/**
 * A pack with one of its bytes changed.
 * @param {Buffer} bytes
 * @param {number} at
 */
function changed(bytes, at) {
  const copy = Buffer.from(bytes);
  copy[at] ^= 0xff;
  return copy;
}

/** Byte of a pack that holds the low half of its format version. */
const VERSION_AT = 8;

for (const [what, spoil, reason] of /** @type {const} */ ([
  [
    "cut short",
    (/** @type {Buffer} */ bytes) => bytes.subarray(0, bytes.length >> 1),
    /own\.turns should have \d+ bytes and has \d+; it ends in section \w+/,
  ],
  [
    "with one byte changed",
    (/** @type {Buffer} */ bytes) => changed(bytes, bytes.length >> 1),
    /Section \w+ of .*own\.turns is damaged/,
  ],
  [
    "of another format version",
    (/** @type {Buffer} */ bytes) => changed(bytes, VERSION_AT),
    /own\.turns has format version \d+, this page reads version 1/,
  ],
])) {
  test(`a pack ${what} is refused with a message, and nothing is half loaded`, async (t) => {
    const good = await startServer(t);
    const module = await WebAssembly.compile(
      await (await fetch(`${good.url}engine_bg.wasm`)).arrayBuffer(),
    );
    const pack = Buffer.from(WebAssembly.Module.customSections(module, "turnsearch.pack")[0]);
    const { page } = await openOwn(t, `<turn-search src="own.turns" eager></turn-search>`, {
      meetings: null,
      fault: (path) =>
        path.endsWith("own.turns") ? { status: 200, body: spoil(pack) } : undefined,
    });
    const alert = page.locator("turn-search").getByRole("alert");
    await alert.getByText(reason).waitFor();
    assert.equal(await page.evaluate(() => document.querySelector("turn-search").archive), null);
  });
}

test("a pack of its own is opened with src", async (t) => {
  const good = await startServer(t);
  const module = await WebAssembly.compile(
    await (await fetch(`${good.url}engine_bg.wasm`)).arrayBuffer(),
  );
  const pack = Buffer.from(WebAssembly.Module.customSections(module, "turnsearch.pack")[0]);
  const { page } = await openOwn(t, `<turn-search src="packs/own.turns"></turn-search>`, {
    meetings: null,
    fault: (path) => (path.endsWith("packs/own.turns") ? { status: 200, body: pack } : undefined),
  });
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("多利益");
  await widget.locator(".results > li").first().waitFor();
});

test("texts, names, titles and queries with markup are shown as text", async (t) => {
  const attack = `<img src=x onerror="window.harmed=1"><script>window.harmed=1</script>`;
  const turns = [
    [attack, `${attack} welcome`, { events: [{ offset: 3, text: attack }] }],
    ["\u202Eelif", "\u202Ewelcome to the other side\u202C"],
    ["Long", `welcome ${"界".repeat(100_000)}`],
  ];
  const meetings = [
    {
      slug: attack,
      title: attack,
      place: attack,
      url: "javascript:window.harmed=1",
      media: "javascript:window.harmed=1",
      turns,
    },
  ];
  const { page, assertClean } = await openOwn(t, "<turn-search hash></turn-search>", {
    meetings,
    hash: `#/?q=${encodeURIComponent(attack)}`,
  });
  const widget = page.locator("turn-search");
  await widget.locator(".results .main").first().waitFor();
  assert.equal(await widget.locator(".results .main").first().innerText(), attack);
  assert.equal(await widget.locator(".results mark").first().innerText(), attack);
  await widget.getByRole("combobox").first().fill("welcome");
  await widget.getByRole("combobox", { name: "View" }).selectOption("lines");
  await widget.getByRole("combobox", { name: "View" }).selectOption("list");
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth > innerWidth);
  assert.ok(!overflow, "a long line does not widen the page");
  await widget.locator(".results .main").first().click();
  const reader = widget.locator("turn-reader");
  await reader.locator(".turn.current").waitFor();
  assert.equal(await reader.getByRole("heading", { level: 2 }).innerText(), attack);
  assert.equal(await reader.getByRole("link", { name: "Source" }).count(), 0);
  assert.equal(await reader.locator("audio, video").count(), 0);
  const foreign = await page.evaluate(() => {
    const roots = [
      document.querySelector("turn-search").shadowRoot,
      document.querySelector("turn-search").shadowRoot.querySelector("turn-reader").shadowRoot,
    ];
    return roots.flatMap((root) => [
      ...root.querySelectorAll("img, script, [onerror], a[href^=javascript]"),
    ]).length;
  });
  assert.equal(foreign, 0);
  const edges = await reader
    .locator(".turn")
    .nth(1)
    .evaluate((turn) => getComputedStyle(turn.querySelector("p")).unicodeBidi);
  assert.equal(edges, "isolate");
  assert.equal(await page.evaluate(() => window.harmed), undefined);
  assertClean();
});

test("the page's styles do not get in, the custom properties do", async (t) => {
  const css =
    "body, body * { color: rgb(255, 0, 0) !important; font-size: 40px !important } turn-search { --turns-accent: rgb(1, 2, 3) } turn-search::part(box) { border-width: 5px }";
  const { page } = await openOwn(
    t,
    `<link rel="stylesheet" href="page.css"><turn-search></turn-search>`,
    {
      fault: (path) =>
        path.endsWith("page.css")
          ? { status: 200, headers: { "content-type": "text/css" }, body: css }
          : undefined,
    },
  );
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("welcome");
  const style = (/** @type {string} */ selector, /** @type {string} */ name) =>
    widget
      .locator(selector)
      .first()
      .evaluate((element, property) => getComputedStyle(element).getPropertyValue(property), name);
  assert.equal(await style(".snippet", "font-size"), "16px");
  assert.equal(await style(".ticks", "stroke"), "rgb(1, 2, 3)");
  assert.equal(await style(".box", "border-top-width"), "5px");
});

test("the page can show the turn itself, and fill the slots", async (t) => {
  const { page } = await openOwn(
    t,
    `<turn-search><h2 slot="header">Our meetings</h2><p slot="empty">Begin here</p><p slot="footer">That is all</p></turn-search>`,
  );
  const widget = page.locator("turn-search");
  for (const text of ["Our meetings", "Begin here", "That is all"])
    await page.getByText(text).waitFor();
  await page.evaluate(() =>
    document.addEventListener("turn-open", (event) => {
      event.preventDefault();
      window.chosen = event.detail;
    }),
  );
  await widget.getByRole("combobox").first().fill("thank");
  await widget.locator(".results .main").first().click();
  assert.deepEqual(await page.evaluate(() => [window.chosen.turn.n, window.chosen.query]), [
    2,
    "thank",
  ]);
  assert.equal(await widget.locator("dialog[open]").count(), 0);
});

test("the search can be used without the elements", async (t) => {
  const { page } = await openOwn(t, "<p>nothing</p>");
  const answer = await page.evaluate(async () => {
    const { TurnSearch } = await import("./turnsearch.js");
    const archive = await TurnSearch.open();
    const { total, hits } = await archive.search("welcome", {
      limit: 1,
      filter: { meetings: ["second"] },
    });
    const { total: nobody } = await archive.search("welcome", {
      filter: { speakers: ["Nobody"] },
    });
    const [{ turn: id }] = hits;
    const texts = await archive.texts([id, 0]);
    return {
      total,
      columns: Object.keys(archive.turn(id)).sort().join(" "),
      texts: texts.map(({ text }) => text),
      title: archive.meeting("second").title,
      nobody,
      absent: await archive.texts([id, 7]).catch(({ message }) => message),
      same: archive === (await TurnSearch.open()),
    };
  });
  assert.deepEqual(answer, {
    total: 2,
    columns: "endMs heading headingLines id meeting n speaker startMs",
    texts: ["Welcome again.", "We welcome everybody."],
    title: "Second meeting",
    nobody: 0,
    absent: "turnsearch: there is no turn 7; the last one is 3",
    same: true,
  });
});

test("nothing moves while the page loads", async (t) => {
  const server = await startServer(t, {
    fault: (path) => (path.endsWith(".wasm") ? { delayMs: 300 } : undefined),
  });
  const { page } = await openPage(t, server, {
    prepare: (page) =>
      page.addInitScript(() => {
        window.shift = 0;
        new PerformanceObserver((list) =>
          list.getEntries().forEach((entry) => (window.shift += entry.value)),
        ).observe({ type: "layout-shift", buffered: true });
      }),
  });
  await page.waitForFunction(() => document.querySelector("#search")?.archive);
  await page.waitForTimeout(300);
  const shift = await page.evaluate(() => window.shift);
  t.diagnostic(`cumulative layout shift ${shift.toFixed(4)}`);
  assert.equal(shift, 0);
});
