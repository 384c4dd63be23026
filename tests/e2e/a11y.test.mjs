/** Accessibility: axe-core in every state, both themes, phone and desk; and what a screen reader is told. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import test from "node:test";
import { openPage, screenshot, startServer } from "./harness.mjs";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** The rules of WCAG 2.2, levels A and AA. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];

/** @typedef {(page: import("playwright-core").Page) => Promise<unknown>} Step */

/** @param {import("playwright-core").Page} page */
const box = (page) => page.locator("#search").getByRole("combobox").first();

/** How to come to each state. @type {Record<string, Step>} */
const STATES = {
  empty: async (page) => page.locator("#search .meetings").waitFor(),
  results: (page) => box(page).fill("多利益"),
  suggestions: async (page) => {
    await box(page).fill("帕特");
    await page.keyboard.press("ArrowDown");
  },
  nothing: (page) => box(page).fill("qzxwvkj"),
  lines: async (page) => {
    await box(page).fill("多利益");
    await page.locator("#search").getByRole("combobox", { name: "显示方式" }).selectOption("lines");
  },
  filters: async (page) => {
    await box(page).fill("多利益");
    const drawer = page.locator("#search .open-filters");
    if (await drawer.isVisible()) await drawer.click();
    await page.locator("#search").getByRole("checkbox").first().check();
  },
  reader: async (page) => {
    await box(page).fill("多利益");
    await page.locator("#search .results .main").first().click();
    await page.locator("turn-reader .turn.current").first().waitFor();
    await page.locator("turn-reader .who-spoke summary").first().click();
  },
  dialog: async (page) => {
    await page.keyboard.press("Control+k");
    await page.keyboard.type("域名");
    await page.locator("turn-search[mode=dialog] .results .main").first().waitFor();
  },
};

for (const width of [390, 1280]) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`axe finds nothing at ${width} pixels, ${colorScheme}`, async (t) => {
      const server = await startServer(t);
      for (const [state, arrive] of Object.entries(STATES)) {
        const { page, context } = await openPage(t, server, {
          context: { viewport: { width, height: 844 }, colorScheme, reducedMotion: "reduce" },
        });
        await page.waitForFunction(() => document.querySelector("#search")?.turns);
        await arrive(page);
        await page.waitForTimeout(50);
        await screenshot(page, `${state}-${width}-${colorScheme}`);
        await page.evaluate(axe);
        const { violations } = await page.evaluate(
          (tags) => window.axe.run(document, { runOnly: tags }),
          TAGS,
        );
        const told = violations.map(
          ({ id, nodes }) =>
            `${id}: ${nodes.map(({ target, failureSummary }) => `${target} ${failureSummary}`).join("; ")}`,
        );
        assert.deepEqual(told, [], state);
        const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(wide <= 0, `${state}: the page is ${wide} pixels too wide`);
        await context.close();
      }
    });
  }
}

test("at 320 pixels nothing sticks out", async (t) => {
  const server = await startServer(t);
  for (const arrive of [STATES.empty, STATES.results, STATES.lines, STATES.reader]) {
    const { page, context } = await openPage(t, server, {
      context: { viewport: { width: 320, height: 640 } },
    });
    await page.waitForFunction(() => document.querySelector("#search")?.turns);
    await arrive(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await context.close();
  }
});

test("forced colours keep matches, chosen suggestions and strips visible", async (t) => {
  const server = await startServer(t);
  const { page } = await openPage(t, server, { context: { forcedColors: "active" } });
  await page.waitForFunction(() => document.querySelector("#search")?.turns);
  await STATES.results(page);
  await screenshot(page, "results-forced-colors");
  const [mark, text] = await page
    .locator("#search .snippet mark")
    .first()
    .evaluate((element) => {
      return [
        getComputedStyle(element).backgroundColor,
        getComputedStyle(element.parentElement).backgroundColor,
      ];
    });
  assert.notEqual(mark, text);
});

test("a screen reader is told the box, the number of turns, the results and the strips", async (t) => {
  const server = await startServer(t);
  const { page } = await openPage(t, server);
  await page.waitForFunction(() => document.querySelector("#search")?.turns);
  await STATES.results(page);
  const tree = await page.locator("#search").ariaSnapshot();
  assert.match(tree, /search "搜索会议记录"/);
  assert.match(tree, /combobox "搜索会议记录"(?: \[expanded\])?(?: \[active\])?: 多利益/);
  assert.match(tree, /heading "\d+ 段，来自 \d+ 份记录" \[level=2\]/);
  assert.match(tree, /slider "[^"]+：\d+ 处"/);
  assert.match(tree, /group "发言人"/);
  assert.match(tree, /- list(?: "[^"]+")?:\s+- listitem:\s+- heading /);
  const status = page.locator("#search").getByRole("status");
  await page.waitForFunction(
    () =>
      document.querySelector("#search").shadowRoot.querySelector("[role=status]").textContent !==
      "",
  );
  assert.match(await status.innerText(), /^\d+ 段，来自 \d+ 份记录$/);
});
