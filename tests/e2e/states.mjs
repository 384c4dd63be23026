/** The states of the demo page, and axe-core in every one of them. */
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
export const STATES = {
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

/**
 * Declares a test for each theme: axe finds nothing in any state, and nothing sticks out.
 *
 * @param {number} width of the view, in pixels
 */
export function testWithAxe(width) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`axe finds nothing at ${width} pixels, ${colorScheme}`, async (t) => {
      const server = await startServer(t);
      for (const [state, arrive] of Object.entries(STATES)) {
        const { page, context } = await openPage(t, server, {
          context: { viewport: { width, height: 844 }, colorScheme, reducedMotion: "reduce" },
        });
        await page.waitForFunction(() => document.querySelector("#search")?.archive);
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
