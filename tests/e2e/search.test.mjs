/** Searching the seeds through the page, as a reader does. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";

/**
 * Opens the demo page and waits until its collection is open.
 * @param {import("node:test").TestContext} t
 * @param {Parameters<typeof openPage>[2]} [options]
 */
async function openDemo(t, options) {
  const server = await startServer(t);
  const opened = await openPage(t, server, options);
  const { page } = opened;
  await page.waitForFunction(
    () =>
      document.querySelector("#search")?.archive &&
      document.querySelector("#search").shadowRoot.querySelector("input"),
  );
  const widget = page.locator("#search");
  return {
    ...opened,
    server,
    widget,
    box: widget.getByRole("combobox").first(),
    results: widget.locator(".results > li"),
  };
}

/** The fragment of the address, decoded. @param {import("playwright-core").Page} page */
const hash = (page) => page.evaluate(() => decodeURIComponent(location.hash));

test("typing shows turns with speaker, meeting, date and marked words", async (t) => {
  const { page, widget, box, results, assertClean } = await openDemo(t);
  await box.pressSequentially("多利益");

  const total = await widget.locator(".found b").innerText();
  assert.match(total, /^\d+ 段$/);
  assert.equal(await results.count(), 10);
  for (const mark of await widget.locator(".results mark").allTextContents())
    assert.equal(mark, "多利益");
  const first = results.first();
  assert.notEqual(await first.locator(".main").innerText(), "");
  assert.notEqual(await first.locator(".where .title").innerText(), "");
  assert.match(await widget.locator(".results time").first().innerText(), /^\d{4}年/);
  assert.equal(await page.title(), "谁说了什么 · Who said what");
  assertClean();
});

test("a key press makes one search, and nothing follows it", async (t) => {
  const { page, box } = await openDemo(t);
  await page.evaluate(() => {
    window.counted = { pressed: 0, searched: 0 };
    const search = document.querySelector("#search");
    search.shadowRoot.addEventListener("input", () => (window.counted.pressed += 1));
    search.addEventListener("turn-results", () => (window.counted.searched += 1));
  });
  for (const query of ["多利益", "ICANN"]) {
    await box.fill(query[0]);
    await box.pressSequentially(query.slice(1));
  }
  await page.waitForTimeout(600); // longer than it takes until the number of turns is spoken
  const { pressed, searched } = await page.evaluate(() => window.counted);
  assert.equal(pressed, 8);
  assert.equal(searched, pressed);
});

test("an answer is there when the task of the input event is over", async (t) => {
  const { page } = await openDemo(t);
  const counts = await page.evaluate(async () => {
    const root = document.querySelector("#search").shadowRoot;
    const input = root.querySelector("input");
    const { port1, port2 } = new MessageChannel();
    const counts = [];
    for (const text of ["多利益", "没有这样的话", "域名"]) {
      const nextTask = new Promise((done) => (port1.onmessage = done));
      port2.postMessage(null);
      input.value = text;
      input.dispatchEvent(new InputEvent("input", { bubbles: true, composed: true }));
      await nextTask;
      counts.push(root.querySelectorAll(".results > li").length);
    }
    return counts;
  });
  assert.ok(counts[0] > 0 && counts[2] > 0);
});

test("all that stands in the box is looked at: what is too long does not get in", async (t) => {
  const { page, widget, box } = await openDemo(t);
  const looked = 4096; // bytes, by docs/RELIABILITY.md
  for (const letter of ["域", "a", "\u{20000}"]) {
    await box.fill("");
    await box.focus();
    await page.keyboard.insertText(letter.repeat(5000));
    const typed = await box.inputValue();
    assert.ok(typed.length > 1000 && Buffer.byteLength(typed) <= looked, `${typed.length}`);
  }
  await box.fill("多利益");
  await widget.locator(".results .main").first().click();
  const find = page.locator("turn-reader").getByRole("searchbox");
  await find.fill("");
  await find.focus();
  await page.keyboard.insertText("域".repeat(5000));
  assert.equal((await find.inputValue()).length, 1365);
});

test("while an input method composes nothing is searched, then at once", async (t) => {
  const { page, context, widget, box, results } = await openDemo(t);
  await box.focus();
  const devtools = await context.newCDPSession(page);
  for (const text of ["d", "duo", "duo li yi"]) {
    await devtools.send("Input.imeSetComposition", {
      text,
      selectionStart: text.length,
      selectionEnd: text.length,
    });
  }
  assert.equal(await box.inputValue(), "duo li yi");
  assert.equal(await results.count(), 0);
  await box.press("Enter");
  assert.ok(await widget.locator(".body").isHidden(), "Enter belongs to the input method");

  await devtools.send("Input.imeSetComposition", {
    text: "多利益",
    selectionStart: 3,
    selectionEnd: 3,
  });
  assert.equal(await results.count(), 0);
  await devtools.send("Input.insertText", { text: "多利益" });
  assert.equal(await box.inputValue(), "多利益");
  assert.equal(await results.count(), 10);
});

test("a speaker and a meeting filter the results, as chips that can be taken away", async (t) => {
  const { page, widget, box, results } = await openDemo(t);
  await box.fill("多利益");
  const all = await widget.locator(".found b").innerText();
  const group = widget.getByRole("group", { name: "发言人" });
  const row = group.getByRole("listitem").first();
  const name = await row.locator(".name").innerText();
  const count = await row.locator(".count").innerText();
  await row.getByRole("checkbox").check();

  assert.equal(await widget.locator(".found b").innerText(), `${count} 段`);
  const speakers = await results.locator(".main").allTextContents();
  assert.deepEqual([...new Set(speakers)], [name]);
  assert.ok(
    await row.getByRole("checkbox").evaluate((box) => box.getRootNode().activeElement === box),
    "the focus stays on the box",
  );
  assert.ok((await hash(page)).includes(`speaker=${name.replaceAll(" ", "+")}`));

  await widget.getByRole("group", { name: "会议" }).getByRole("checkbox").first().check();
  assert.equal(await widget.locator(".chip").count(), 2);
  await widget.locator(".chip").last().click();
  await widget.getByRole("button", { name: `取消筛选：${name}` }).click();
  assert.equal(await widget.locator(".chip").count(), 0);
  assert.equal(await widget.locator(".found b").innerText(), all);
});

test("a long list of speakers opens and can be searched", async (t) => {
  const { widget, box } = await openDemo(t);
  await box.fill("会议");
  const group = widget.getByRole("group", { name: "发言人" });
  const before = await group.getByRole("listitem").count();
  await group.getByRole("button").click();
  const open = await group.getByRole("listitem").count();
  assert.ok(open > before, `${open} rows after opening, ${before} before`);
  const last = await group.getByRole("listitem").last().locator(".name").innerText();
  await group.getByRole("searchbox").fill(last);
  const names = await group.locator(".name").allInnerTexts();
  assert.ok(names.length > 0 && names.every((name) => name.includes(last)), `${names}`);
});

test("query, filter and order live in the address: reload, back and forward restore them", async (t) => {
  const { page, widget, box } = await openDemo(t);
  await box.fill("多利益");
  await box.press("Enter");
  await widget.getByRole("combobox", { name: "排序" }).selectOption("time");
  await widget.getByRole("group", { name: "会议" }).getByRole("checkbox").first().check();
  const full = await hash(page);
  assert.match(full, /^#\/\?q=多利益&in=[^&]+&sort=time$/);
  const found = await widget.locator(".found").innerText();

  await page.reload();
  await page.waitForFunction(() =>
    document.querySelector("#search")?.shadowRoot?.querySelector(".results > li"),
  );
  assert.equal(await box.inputValue(), "多利益");
  assert.equal(await widget.locator(".found").innerText(), found);
  assert.equal(await widget.getByRole("combobox", { name: "排序" }).inputValue(), "time");

  await page.goBack();
  await page.waitForFunction(() => !decodeURIComponent(location.hash).includes("in="));
  assert.equal(await widget.locator(".chip").count(), 0);
  await page.goForward();
  await page.waitForFunction(() => decodeURIComponent(location.hash).includes("in="));
  assert.equal(await widget.locator(".chip").count(), 1);
});

test("the keyboard alone goes from the box through suggestions to results and back", async (t) => {
  const { page, widget, box, results } = await openDemo(t);
  await box.focus();
  await page.keyboard.type("帕特");
  const options = widget.getByRole("option");
  assert.ok((await options.count()) > 0, "there are suggestions");
  assert.equal(await box.getAttribute("aria-expanded"), "true");
  await page.keyboard.press("ArrowDown");
  const active = await box.getAttribute("aria-activedescendant");
  assert.equal(await options.first().getAttribute("id"), active);
  assert.equal(await options.first().getAttribute("aria-selected"), "true");
  await page.keyboard.press("Escape");
  assert.equal(await box.getAttribute("aria-activedescendant"), null);

  await page.keyboard.press("PageDown");
  const focused = () =>
    page.evaluate(() => {
      const root = document.querySelector("#search").shadowRoot;
      return [...root.querySelectorAll(".results .main")].indexOf(root.activeElement);
    });
  assert.equal(await focused(), 0);
  await page.keyboard.press("ArrowDown");
  assert.equal(await focused(), 1);
  await page.keyboard.press("End");
  assert.equal(await focused(), (await results.count()) - 1);
  await page.keyboard.press("Home");
  assert.equal(await focused(), 0);
  await page.keyboard.press("ArrowUp");
  assert.ok(await box.evaluate((input) => input.getRootNode().activeElement === input));
  await page.keyboard.press("Escape");
  assert.equal(await box.inputValue(), "");
});

test("a suggestion that is taken becomes the query", async (t) => {
  const { page, widget, box, results } = await openDemo(t);
  await box.focus();
  await page.keyboard.type("帕特");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  assert.notEqual(await box.inputValue(), "帕特");
  assert.ok((await results.count()) > 0, await box.inputValue());
  assert.ok(
    !(await widget.getByRole("listbox", { name: "建议" }).isVisible()) ||
      (await widget.getByRole("option").count()) > 0,
  );
});

test("a result opens to the whole turn with its neighbours", async (t) => {
  const { box, results } = await openDemo(t);
  await box.fill("多利益");
  const cut = await results.evaluateAll((all) =>
    all.findIndex((item) => item.querySelector("[aria-expanded]")),
  );
  const hit = results.nth(cut);
  const snippet = await hit.locator(".words").innerText();
  await hit.getByRole("button", { name: "阅读全文" }).click();
  const button = hit.getByRole("button", { name: "收起" });
  assert.equal(await button.getAttribute("aria-expanded"), "true");
  assert.ok((await hit.locator(".words").innerText()).length > snippet.length);
  assert.ok((await hit.locator(".neighbour").count()) > 0);
  await button.click();
  assert.equal(await hit.locator(".words").innerText(), snippet);
});

test("a quotation is copied with speaker, meeting, date and link", async (t) => {
  const { page, context, box, results, server } = await openDemo(t);
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await box.fill("加强合作");
  const hit = results.first();
  const [speaker, meeting] = [
    await hit.locator(".main").innerText(),
    await hit.locator(".where .title").innerText(),
  ];
  await hit.getByRole("button", { name: "复制引文" }).click();
  await hit.getByText("已复制").waitFor();
  const copied = await page.evaluate(() => navigator.clipboard.readText());
  assert.ok(copied.startsWith("“") && copied.includes("加强合作"), copied);
  assert.ok(copied.includes(`——${speaker}，${meeting}`), copied);
  const link = copied.split("\n").at(-1) ?? "";
  assert.ok(link.startsWith(`${server.url}#/`), link);
});

test("results can be grouped by meeting, or stand as lines around the match", async (t) => {
  const { widget, box } = await openDemo(t);
  await box.fill("多利益");
  const view = widget.getByRole("combobox", { name: "显示方式" });
  await view.selectOption("groups");
  assert.ok((await widget.locator(".group").count()) > 0);
  await view.selectOption("lines");
  const middle = await widget
    .locator(".line mark")
    .evaluateAll((marks) => marks.map((mark) => Math.round(mark.getBoundingClientRect().left)));
  assert.ok(middle.length >= 10);
  assert.equal(new Set(middle).size, 1, "all matches stand in one column");
  await box.fill("");
  assert.ok(await widget.locator(".body").isHidden());
});

test("more results come on request, each turn once", async (t) => {
  const { widget, box, results } = await openDemo(t);
  await box.fill("多利益");
  const total = Number.parseInt(await widget.locator(".found b").innerText(), 10);
  while (await widget.locator(".more").isVisible()) await widget.locator(".more").click();
  assert.equal(await results.count(), total);
  const links = await results
    .locator(".main")
    .evaluateAll((all) => all.map((link) => link.getAttribute("href")));
  assert.equal(new Set(links).size, total);
});

test("the whole result list is saved as CSV and as JSON", async (t) => {
  const { page, widget, box } = await openDemo(t);
  await box.fill("多利益");
  const total = Number.parseInt(await widget.locator(".found b").innerText(), 10);
  const saved = async (/** @type {string} */ name) => {
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      widget.getByRole("button", { name }).click(),
    ]);
    return readFile(await download.path(), "utf8");
  };
  const data = JSON.parse(await saved("JSON"));
  assert.equal(data.turns.length, total);
  assert.ok(data.turns.every((/** @type {{ text: string }} */ turn) => turn.text.length > 0));
  const table = await saved("CSV");
  assert.ok(table.startsWith('\ufeff"meeting","title","date","turn","speaker"'));
  // A record ends where a line ends outside of quotes.
  assert.equal(
    table
      .replace(/"(?:[^"]|"")*"/g, "")
      .trim()
      .split("\r\n").length,
    total + 1,
  );
});

test("the dispersion plot tells every match and opens it", async (t) => {
  const { page, widget, box } = await openDemo(t);
  await box.fill("多利益");
  const total = Number.parseInt(await widget.locator(".found b").innerText(), 10);
  const strips = widget.getByRole("slider");
  const counts = await strips.evaluateAll((all) =>
    all.map((strip) => Number(strip.getAttribute("aria-valuemax"))),
  );
  const matches = counts.reduce((sum, count) => sum + count, 0);
  assert.ok(matches >= total, `${matches} matches in ${total} turns`);
  await strips.first().focus();
  await page.keyboard.press("ArrowRight");
  assert.match((await strips.first().getAttribute("aria-valuetext")) ?? "", /第 \d+ [段节]/);
  assert.equal(await strips.first().getAttribute("aria-valuenow"), String(Math.min(2, counts[0])));
  await page.keyboard.press("Enter");
  await page.locator("#reader[open]").waitFor();
});

test("recent searches are offered and can be forgotten", async (t) => {
  const { page, widget, box } = await openDemo(t);
  for (const query of ["域名", "合作"]) {
    await box.fill(query);
    await box.press("Enter");
  }
  await box.fill("");
  assert.deepEqual(await widget.getByRole("option").locator("bdi").allInnerTexts(), [
    "合作",
    "域名",
  ]);
  await widget.getByRole("button", { name: "清除搜索历史" }).click();
  assert.equal(await widget.getByRole("option").count(), 0);
  assert.equal(await page.evaluate(() => localStorage.getItem("turnsearch.recent")), "[]");
});

test("when nothing is found the page says so and how to search", async (t) => {
  const { widget, box } = await openDemo(t);
  await box.fill("qzxwvkj");
  await widget.getByText("没有找到“qzxwvkj”。").waitFor();
  await widget.getByText("搜索方法").click();
  assert.ok((await widget.locator(".help dt").count()) >= 6);
  await widget.getByRole("button", { name: "清除搜索" }).click();
  assert.equal(await widget.locator(".meetings li").count(), 5);
});

test("the interface speaks English and both Chinese scripts, and keeps the query", async (t) => {
  const { page, widget, box } = await openDemo(t);
  await box.fill("多利益");
  for (const [language, label] of [
    ["en", "Order"],
    ["zh-Hant", "排序"],
    ["zh-Hans", "排序"],
  ]) {
    await page.locator("#language").selectOption(language);
    await widget.getByRole("combobox", { name: label }).waitFor();
    assert.equal(await box.inputValue(), "多利益");
  }
  await page.locator("#language").selectOption("en");
  await widget.getByRole("heading", { name: /^\d+ turns in \d+ meetings$/ }).waitFor();
});
