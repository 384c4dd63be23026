/**
 * Accessibility: what a screen reader is told, narrow screens, forced colours. With axe: a11y-phone
 * and a11y-desk.
 */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, screenshot, startServer } from "./harness.mjs";
import { STATES } from "./states.mjs";

test("at 320 pixels nothing sticks out", async (t) => {
  const server = await startServer(t);
  for (const arrive of [STATES.empty, STATES.results, STATES.lines, STATES.reader]) {
    const { page, context } = await openPage(t, server, {
      context: { viewport: { width: 320, height: 640 } },
    });
    await page.waitForFunction(() => document.querySelector("#search")?.archive);
    await arrive(page);
    assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
    await context.close();
  }
});

test("forced colours keep matches, chosen suggestions and strips visible", async (t) => {
  const server = await startServer(t);
  const { page } = await openPage(t, server, { context: { forcedColors: "active" } });
  await page.waitForFunction(() => document.querySelector("#search")?.archive);
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
  await page.waitForFunction(() => document.querySelector("#search")?.archive);
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
