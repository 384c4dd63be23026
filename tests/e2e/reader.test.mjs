/** Reading a turn in its meeting. */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { collectionOf, standIn } from "./stand-in.mjs";

/** Waits until the search can be used. @param {import("playwright-core").Page} page */
const opened = (page) =>
  page.waitForFunction(() =>
    [...document.querySelectorAll("turn-search")].some(
      (each) => each.archive && each.shadowRoot.querySelector("input"),
    ),
  );

/**
 * Whether an element stands within the part of the window that is seen.
 * @param {import("playwright-core").Locator} locator
 */
const inView = (locator) =>
  locator.evaluate((element) => {
    const { top, bottom } = element.getBoundingClientRect();
    return bottom > 0 && top < innerHeight;
  });

test("choosing a result shows the meeting with that turn in view, marked and focused", async (t) => {
  const server = await startServer(t);
  const { page, assertClean } = await openPage(t, server);
  await opened(page);
  const widget = page.locator("#search");
  const reader = page.locator("#reader");
  await widget.getByRole("combobox").first().fill("多利益");
  const link = widget.locator(".results .main").nth(2);
  const speaker = await link.innerText();
  const title = await widget.locator(".results .where .title").nth(2).innerText();
  await link.click();

  const current = reader.locator(".turn.current");
  await current.waitFor();
  assert.equal(await reader.getByRole("heading", { level: 2 }).innerText(), title);
  assert.ok((await current.innerText()).includes(speaker));
  assert.equal(await current.locator("mark.current").first().innerText(), "多利益");
  assert.ok(await inView(current.locator("mark.current").first()));
  assert.ok(
    await current.evaluate((turn) => turn.getRootNode().activeElement === turn),
    "reading goes on from the turn",
  );
  assert.ok(await inView(link), "the result stays in view beside it");
  assert.ok((await reader.locator(".turn").count()) > 1, "the turns around it are there");
  const n = await current.getAttribute("data-turn");
  assert.match(
    await page.evaluate(() => decodeURIComponent(location.hash)),
    new RegExp(`^#/[^/]+/${n}\\?q=多利益$`),
  );

  await page.keyboard.press("Escape");
  assert.equal(await reader.getAttribute("open"), null);
  assert.ok(
    await link.evaluate((element) => element.getRootNode().activeElement === element),
    "the focus returns",
  );
  assert.equal(await page.evaluate(() => decodeURIComponent(location.hash)), "#/?q=多利益");
  await page.goBack();
  await current.waitFor();
  assertClean();
});

test("next and previous go from match to match, round in a circle", async (t) => {
  const server = await startServer(t);
  const { page } = await openPage(t, server);
  await opened(page);
  const reader = page.locator("#reader");
  await page.locator("#search").getByRole("combobox").first().fill("多利益");
  await page.locator("#search .results .main").first().click();
  const count = reader.locator(".stepper .count");
  const place = async () => (await count.innerText()).split("/").map(Number);
  const [, all] = await place();
  const seen = [];
  for (let step = 0; step < all; step++) {
    seen.push((await place())[0]);
    await reader.getByRole("button", { name: "下一处" }).click();
    assert.ok(await inView(reader.locator("mark.current").first()));
  }
  assert.deepEqual(
    [...new Set(seen)].sort((a, b) => a - b),
    Array.from({ length: all }, (_, index) => index + 1),
  );
  const [now] = await place();
  assert.equal(now, seen[0], "after the last match comes the first");
  await reader.getByRole("button", { name: "上一处" }).click();
  assert.equal((await place())[0], now === 1 ? all : now - 1);
});

test("a meeting can be searched by itself", async (t) => {
  const server = await startServer(t);
  const { page } = await openPage(t, server);
  await opened(page);
  await page.locator("#search .meetings .main").first().click();
  const reader = page.locator("#reader");
  const find = reader.getByRole("searchbox");
  await find.fill("会议");
  const marks = await reader.locator("mark").allInnerTexts();
  assert.ok(marks.length > 0 && marks.every((mark) => mark === "会议"));
  assert.match(await reader.locator(".stepper .count").innerText(), /^\d+ \/ \d+$/);
  await find.fill("qzxwvkj");
  assert.equal(await reader.locator(".stepper .count").innerText(), "无匹配");
  assert.ok(await reader.getByRole("button", { name: "下一处" }).isDisabled());
});

test("who spoke how much is shown, and a speaker's turns can be stepped through", async (t) => {
  const server = await startServer(t);
  const { page } = await openPage(t, server);
  await opened(page);
  await page.locator("#search .meetings .main").first().click();
  const reader = page.locator("#reader");
  await reader.getByText("发言人与篇幅").click();
  const rows = reader.locator(".shares button");
  await rows.first().waitFor();
  const turns = await rows
    .locator(".share")
    .evaluateAll((all) => all.map(({ textContent }) => Number(textContent.match(/· (\d+)/)[1])));
  assert.equal(
    turns.reduce((sum, count) => sum + count, 0),
    await reader.locator(".turn").count(),
  );
  const name = await rows.first().locator(".name").innerText();
  await rows.first().click();
  assert.equal(await rows.first().getAttribute("aria-pressed"), "true");
  assert.equal(await reader.locator(".turn.current .name").innerText(), name);
  assert.equal(await reader.locator(".stepper .count").innerText(), `1 / ${turns[0]}`);
  assert.equal(await reader.locator(".turn.followed").count(), turns[0]);
});

test("a link to a turn opens it, and every turn has one", async (t) => {
  const server = await startServer(t);
  const { page } = await openPage(t, server);
  await opened(page);
  const slug = await page.evaluate(
    () => document.querySelector("#search").archive.collection.meetings[1].slug,
  );
  await page.goto("about:blank");
  await page.goto(`${server.url}#/${slug}/7`);
  const reader = page.locator("#reader");
  await reader.locator(".turn.current").waitFor();
  assert.equal(await reader.locator(".turn.current").getAttribute("data-turn"), "7");
  await reader.getByRole("link", { name: "第 9 段的链接" }).click();
  assert.equal(await reader.locator(".turn.current").getAttribute("data-turn"), "9");
  assert.equal(await page.evaluate(() => location.hash), `#/${slug}/9`);
});

test("on a phone the meeting takes the whole screen and gives it back", async (t) => {
  const server = await startServer(t);
  const { page } = await openPage(t, server, {
    context: { viewport: { width: 390, height: 844 } },
  });
  await opened(page);
  await page.locator("#search").getByRole("combobox").first().fill("多利益");
  const link = page.locator("#search .results .main").first();
  await link.click();
  const dialog = page.locator("#search dialog[open]");
  await dialog.locator(".turn.current").waitFor();
  const { width, height } = await dialog.evaluate((element) => element.getBoundingClientRect());
  assert.deepEqual([Math.round(width), Math.round(height)], [390, 844]);
  await dialog.getByRole("button", { name: "返回搜索结果" }).click();
  assert.equal(await dialog.count(), 0);
  assert.ok(await link.evaluate((element) => element.getRootNode().activeElement === element));
});

test("a meeting of 5,000 turns opens at once at the wanted turn, and is whole after a while", async (t) => {
  const turns = Array.from({ length: 5000 }, (_, index) => [
    `Speaker ${index % 7}`,
    `Turn number ${index + 1} of a long meeting. ${"words ".repeat(index % 90)}`,
  ]);
  const fault = standIn(collectionOf([{ slug: "long", turns }]), {
    pages: { "long.html": "<turn-search hash></turn-search>" },
  });
  const server = await startServer(t, { fault });
  const { page, assertClean } = await openPage(t, server, { path: "long.html" });
  await opened(page);
  const took = await page.evaluate(async () => {
    const widget = document.querySelector("turn-search");
    widget.query = "number 3777 ";
    await new Promise((done) => widget.addEventListener("turn-results", done, { once: true }));
    const start = performance.now();
    widget.shadowRoot.querySelector(".results .main").click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  });
  t.diagnostic(`5,000 turns: open and painted after ${took.toFixed(0)} ms`);
  const reader = page.locator("turn-search turn-reader");
  const current = reader.locator(".turn.current");
  assert.equal(await current.getAttribute("data-turn"), "3777");
  await page.waitForTimeout(100);
  assert.ok(await inView(current));
  assert.ok(took < 500, `${took} ms`);
  await page.waitForFunction(
    () =>
      document
        .querySelector("turn-search")
        .shadowRoot.querySelector("turn-reader")
        .shadowRoot.querySelectorAll(".turn").length === 5000,
  );
  assert.ok(await inView(current), "the turn stays in view while the rest is built");
  assertClean();
});

test("where turns have times and the meeting a recording, a turn can be played", async (t) => {
  const turns = [
    ["Ann", "One.", { startMs: 0 }],
    ["Bob", "Two.", { startMs: 65_000 }],
  ];
  const fault = standIn(collectionOf([{ slug: "m", media: "talk.mp3", turns }]), {
    pages: { "play.html": '<turn-reader meeting="m" turn="2"></turn-reader>' },
    policy: null,
  });
  const server = await startServer(t, { fault });
  const { page } = await openPage(t, server, { path: "play.html" });
  const reader = page.locator("turn-reader");
  await reader.getByRole("button", { name: "Play from 1:05" }).click();
  assert.equal(await reader.locator("audio").evaluate((audio) => audio.currentTime), 65);
  assert.equal(
    await reader.locator("audio").evaluate((audio) => new URL(audio.src).pathname),
    "/talk.mp3",
  );
});

test("attributes choose meeting and turn, and the focus stays where it is", async (t) => {
  const meetings = ["one", "two"].map((slug) => ({
    slug,
    title: slug,
    turns: Array.from({ length: 60 }, (_, index) => ["Ann", `Turn ${index + 1} of ${slug}.`]),
  }));
  const fault = standIn(collectionOf(meetings), {
    pages: { "own.html": '<turn-reader meeting="one"></turn-reader>' },
  });
  const server = await startServer(t, { fault });
  const { page } = await openPage(t, server, { path: "own.html" });
  const reader = page.locator("turn-reader");
  await reader.locator(".turn").first().waitFor();
  assert.equal(await page.evaluate(() => scrollY), 0);
  await reader.evaluate((element) => element.setAttribute("turn", "50"));
  assert.equal(await reader.locator(".turn.current").getAttribute("data-turn"), "50");
  assert.ok(await inView(reader.locator(".turn.current")));
  await reader.evaluate((element) => element.setAttribute("meeting", "two"));
  assert.equal(await reader.getByRole("heading", { level: 2 }).innerText(), "two");
  assert.equal(await page.evaluate(() => document.activeElement === document.body), true);
  await reader.evaluate((element) => element.setAttribute("meeting", "three"));
  await reader.getByText("There is no such turn in this collection.").waitFor();
});

test("on paper the meeting stands without its tools", async (t) => {
  const turns = Array.from({ length: 120 }, (_, index) => ["Ann", `Turn ${index + 1}.`]);
  const fault = standIn(collectionOf([{ slug: "m", turns }]), {
    pages: { "print.html": '<turn-reader meeting="m"></turn-reader>' },
  });
  const server = await startServer(t, { fault });
  const { page } = await openPage(t, server, { path: "print.html" });
  const reader = page.locator("turn-reader");
  await reader.locator(".turn").first().waitFor();
  await page.emulateMedia({ media: "print" });
  await page.evaluate(() => dispatchEvent(new Event("beforeprint")));
  assert.equal(await reader.locator(".turn").count(), 120);
  assert.ok(await reader.getByRole("searchbox").isHidden());
  assert.ok(await reader.getByRole("heading", { level: 2 }).isVisible());
});
