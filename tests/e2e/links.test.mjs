/** The way back: results and reader lead to the publisher's own pages, turn by turn. */
import assert from "node:assert/strict";
import test from "node:test";
import { openPage, startServer } from "./harness.mjs";
import { collectionOf, standIn } from "./stand-in.mjs";

/**
 * @param {import("node:test").TestContext} t
 * @param {string} url of the meeting, as the builder leaves it in the pack
 */
async function linksOf(t, url) {
  const turns = [
    ["Ann Lee", "We welcome everybody.", { startMs: 61_500 }],
    ["Bob Ray", "Thank you for the welcome."],
  ];
  const collection = collectionOf([{ slug: "first", title: "First meeting", url, turns }]);
  const html = `<turn-search sort="meeting"></turn-search>`;
  const server = await startServer(t, {
    fault: standIn(collection, { pages: { "own.html": html } }),
  });
  const { page, assertClean } = await openPage(t, server, { path: "own.html" });
  const widget = page.locator("turn-search");
  await widget.getByRole("combobox").first().fill("welcome");
  await widget.locator(".results > li").nth(1).waitFor();
  const results = widget.locator(".results").getByRole("link", { name: "Source" });
  const hrefs = await results.evaluateAll((links) => links.map((link) => link.href));
  await widget.locator(".results .main").nth(1).click();
  const reader = page.locator("turn-reader");
  await reader.locator(".turn.current").waitFor();
  const sources = reader.getByRole("link", { name: "Source" });
  const whole = await sources.evaluateAll((links) => links.map((link) => link.href));
  assertClean();
  return { hrefs, whole, origin: server.url };
}

test("each result leads to its turn, the reader to the meeting", async (t) => {
  const url = "https://publisher.example/first?at={seconds}#s{n}-{ms}";
  const { hrefs, whole } = await linksOf(t, url);
  assert.deepEqual(hrefs, [
    "https://publisher.example/first?at=61#s1-61500",
    "https://publisher.example/first?at=0#s2-0",
  ]);
  assert.deepEqual(whole, ["https://publisher.example/first?at=0#s1-0"]);
});

test("reading pages are found beside the page", async (t) => {
  const { hrefs, origin } = await linksOf(t, "meetings/first.html#/first/{n}");
  assert.deepEqual(hrefs, [
    `${origin}meetings/first.html#/first/1`,
    `${origin}meetings/first.html#/first/2`,
  ]);
});

test("an address that is a script is no link", async (t) => {
  const { hrefs, whole } = await linksOf(t, "javascript:window.harmed={n}");
  assert.deepEqual([hrefs, whole], [[], []]);
});
