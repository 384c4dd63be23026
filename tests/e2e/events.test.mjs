/** What happens and is not said is found, and shown as such. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { command, openPage, startServer } from "./harness.mjs";

const run = promisify(execFile);
const site = fileURLToPath(new URL("../../target/site", import.meta.url));

const MEETING = `Opening

Ann Lee: Thank you all. [Applause] We begin with a vote on the names.

Bob Ray: No applause for me, please.

Ann Lee: Thank you, Bob. [Laughter] Who is next?

Bob Ray: Nobody is next.
`;

/** @param {import("node:test").TestContext} t */
async function openMeeting(t) {
  const folder = await mkdtemp(join(tmpdir(), "turnsearch-events-"));
  t.after(() => rm(folder, { recursive: true }));
  const [input, out] = [join(folder, "opening.txt"), join(folder, "out")];
  await writeFile(input, MEETING);
  const flags = ["--engine", site, "--out", out, "--no-compress", "--quiet"];
  await run(command(), ["build", input, ...flags]);
  const server = await startServer(t, { root: out });
  const context = { locale: "en-GB" };
  const opened = await openPage(t, server, { context });
  await opened.page.waitForFunction(() => document.querySelector("turn-search")?.archive);
  const widget = opened.page.locator("turn-search");
  /** @param {string} query */
  const search = (query) => widget.getByRole("combobox").first().fill(query);
  return { ...opened, widget, search };
}

test("an event is found below what is said, and marked as an event in snippet and reader", async (t) => {
  const { page, widget, search, assertClean } = await openMeeting(t);
  await search("applause");
  const hits = widget.locator(".results .hit");
  await hits.nth(1).waitFor();
  assert.equal(await hits.count(), 2);
  assert.equal(await hits.nth(0).locator(".event").count(), 0, "what is said comes first");
  assert.equal(await hits.nth(0).locator(".snippet > mark").innerText(), "applause");
  const event = hits.nth(1).locator(".snippet .event");
  assert.equal(await event.innerText(), "[Applause]");
  assert.equal(await event.locator("mark").innerText(), "Applause");
  assert.equal(
    await hits.nth(1).locator(".snippet").innerText(),
    "Thank you all.[Applause] We begin with a vote on the names.",
  );

  await hits.nth(1).locator(".main").click();
  const reader = page.locator("turn-reader");
  const current = reader.locator(".turn.current");
  await current.waitFor();
  const mark = current.locator(".event mark");
  assert.equal(await mark.innerText(), "Applause");
  assert.ok(await mark.evaluate((element) => element.classList.contains("current")));
  const count = await reader.locator(".stepper .count").innerText();
  assert.match(count, /1\D+2/, "next and previous go to events, too");
  assert.equal(await reader.locator(".event").count(), 2);
  assertClean();
});

test("a word that is said and one that is not find the turn that has both", async (t) => {
  const { widget, search, assertClean } = await openMeeting(t);
  await search("bob laughter");
  const hit = widget.locator(".results .hit");
  await hit.locator(".event mark").waitFor();
  assert.equal(await hit.count(), 1);
  assert.deepEqual(await hit.locator(".snippet mark").allInnerTexts(), ["Bob", "Laughter"]);
  const colours = await hit
    .locator(".snippet mark")
    .evaluateAll((marks) => marks.map((mark) => getComputedStyle(mark).color));
  assert.equal(colours[1], colours[0], "what is marked is read on its colour, also in events");
  await search("thank -laughter");
  await hit.locator("mark", { hasText: "Thank" }).waitFor();
  assert.deepEqual(await hit.locator(".snippet mark").allInnerTexts(), ["Thank"]);
  assertClean();
});

test("lines and the strip of matches have the event in its place", async (t) => {
  const { widget, search, assertClean } = await openMeeting(t);
  await search("laughter");
  await widget.locator(".results .hit").waitFor();
  const strip = widget.locator(".plot [role=slider]").first();
  await strip.focus();
  await strip.press("End");
  await widget.locator(".balloon", { hasText: "Laughter" }).first().waitFor();
  await widget.getByRole("combobox", { name: "View" }).selectOption("lines");
  const line = widget.locator(".results .line .kwic");
  await line.waitFor();
  assert.equal(await line.locator("mark").innerText(), "Laughter");
  assert.match(await line.locator(".left").innerText(), /Thank you, Bob\. ?\[$/);
  assert.match(await line.locator(".right").innerText(), /^\] ?Who is next/);
  assertClean();
});
