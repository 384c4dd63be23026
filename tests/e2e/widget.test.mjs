/** What a reader presses and sees beside searching: drawer, presets, rules, loading, recordings. */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { collectionOf, standIn } from "./stand-in.mjs";

/** @param {import("node:test").TestContext} t @param {Parameters<typeof openPage>[2]} [options] */
async function openDemo(t, options) {
  const server = await startServer(t);
  const opened = await openPage(t, server, options);
  const widget = opened.page.locator("#search");
  await widget.locator(".meetings").waitFor();
  return { ...opened, widget, box: widget.getByRole("combobox").first() };
}

test("on a phone the filters stand in a drawer that says how many turns are left", async (t) => {
  const { page, widget, box, assertClean } = await openDemo(t, {
    context: { viewport: { width: 390, height: 844 } },
  });
  await box.fill("多利益");
  const opener = widget.getByRole("button", { name: "筛选", exact: true });
  await opener.click();
  const drawer = widget.getByRole("dialog", { name: "筛选" });
  const first = drawer.getByRole("checkbox").first();
  const name = await drawer.locator("li .name").first().innerText();
  const count = await drawer.locator("li .count").first().innerText();
  await first.check();
  await drawer.getByRole("button", { name: `查看 ${count} 段发言` }).click();
  assert.equal(await drawer.count(), 0);
  assert.equal(await widget.locator(".found b").innerText(), `${count} 段`);
  assert.equal(await widget.locator(".chip").innerText(), name);
  assert.ok(await opener.evaluate((button) => button.matches(":focus")));

  await opener.click();
  await page.keyboard.press("Escape");
  assert.equal(await drawer.count(), 0);
  assertClean();
});

test("the page says by which rule it found turns that do not have the query", async (t) => {
  const { widget, box } = await openDemo(t);
  for (const [query, said] of [
    ["ICAMN", /没有完全匹配的结果，以下发言含有相近的词/],
    ["duoliyi", /拼音/],
    ["第一次会议是什么时候召开的", /没有完全匹配的结果，以下发言含有：/],
  ]) {
    await box.fill(query);
    assert.match(await widget.locator(".notes").innerText(), said);
    assert.match(await widget.locator(".found b").innerText(), /^[1-9]\d* 段$/);
  }
  await box.fill("多利益");
  assert.equal(await widget.locator(".notes").innerText(), "");
});

test("the clear button empties the box and brings the meetings back", async (t) => {
  const { widget, box } = await openDemo(t);
  const clear = widget.locator(".clear");
  assert.ok(await clear.isHidden());
  await box.fill("多利益");
  await clear.click();
  assert.equal(await box.inputValue(), "");
  assert.ok(await box.evaluate((input) => input.matches(":focus")));
  assert.ok(await clear.isHidden());
  assert.ok(await widget.locator(".meetings").isVisible());
});

test("where nothing is found there are no tools for results", async (t) => {
  const { widget, box } = await openDemo(t);
  await box.fill("qzxwvkj");
  assert.ok(await widget.locator(".nothing").isVisible());
  for (const part of [".found", ".controls", ".saving", ".plot"])
    assert.ok(await widget.locator(part).first().isHidden(), part);
});

const MEETINGS = collectionOf([
  {
    slug: "first",
    title: "First",
    turns: [
      ["Ann", "welcome"],
      ["Bob", "thank you"],
    ],
  },
  {
    slug: "second",
    title: "Second",
    media: "talk.mp3",
    turns: [
      ["Ann", "welcome back", { startMs: 0 }],
      ["Cy", "welcome all", { startMs: 65_000 }],
    ],
  },
]);

/**
 * @param {import("node:test").TestContext} t
 * @param {string} html
 * @param {Parameters<typeof openPage>[2]} [options]
 */
async function openOwn(t, html, options) {
  const fault = standIn(MEETINGS, { pages: { "own.html": html } });
  const server = await startServer(t, { fault });
  return openPage(t, server, { path: "own.html", ...options });
}

test("a meeting can be chosen beforehand, and the filter taken away", async (t) => {
  const { page, assertClean } = await openOwn(t, `<turn-search meeting="second"></turn-search>`);
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("welcome");
  await widget.getByRole("heading", { name: "2 turns in 1 meeting" }).waitFor();
  await widget.getByRole("button", { name: "Remove filter: Second" }).click();
  await widget.getByRole("heading", { name: "3 turns in 2 meetings" }).waitFor();
  await widget.evaluate((element) => element.setAttribute("speaker", "Cy"));
  await widget.getByRole("button", { name: "Remove filter: Cy" }).waitFor();
  await widget.getByRole("heading", { name: "1 turn in 1 meeting" }).waitFor();
  assertClean();
});

test("while the engine comes, its bytes are counted", async (t) => {
  const fault = (/** @type {string} */ path) =>
    path.endsWith("engine_bg.wasm") ? { stallAfter: 120_000 } : undefined;
  const server = await startServer(t, { fault });
  const { page } = await openPage(t, server);
  const widget = page.locator("#search");
  await widget.locator(".loading", { hasText: /[1-9]\d* ?kB/ }).waitFor();
  assert.ok(await widget.getByRole("progressbar").isVisible());
});

test("without WebAssembly the page shows what it has prepared for that, or says it itself", async (t) => {
  const html = `<turn-search id="own"></turn-search>
    <turn-search id="given"><p slot="unsupported">Read the minutes instead</p></turn-search>`;
  const { page } = await openOwn(t, html, {
    prepare: (page) =>
      page.addInitScript(() => Object.defineProperty(window, "WebAssembly", { value: undefined })),
  });
  await page.locator("#own", { hasText: "This browser lacks WebAssembly." }).waitFor();
  await page.getByText("Read the minutes instead").waitFor();
});

test("the text follows the recording", async (t) => {
  const { page } = await openOwn(t, `<turn-reader meeting="second"></turn-reader>`);
  const reader = page.locator("turn-reader");
  await reader.locator(".turn").first().waitFor();
  const spoken = (/** @type {number} */ seconds) =>
    reader.locator("audio").evaluate((audio, seconds) => {
      // The file does not exist, so the player is told what it would report.
      Object.defineProperty(audio, "paused", { value: false, configurable: true });
      Object.defineProperty(audio, "currentTime", { value: seconds, configurable: true });
      audio.dispatchEvent(new Event("timeupdate"));
    }, seconds);
  const playing = reader.locator(".turn.playing");
  await spoken(3);
  assert.equal(await playing.getAttribute("data-turn"), "1");
  await spoken(70);
  assert.equal(await playing.getAttribute("data-turn"), "2");
});
