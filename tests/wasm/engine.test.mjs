// The compiled module, as a page loads it, without a page: it answers like the command line, and no
// damaged pack brings it down.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { turnOf } from "../../www/client/columns.js";

const root = new URL("../../", import.meta.url);
const wasm = await readFile(new URL("target/engine/engine_bg.wasm", root));
const bindings = await import(new URL("target/engine/engine.js", root));
const module = new WebAssembly.Module(wasm);
const pack = new Uint8Array(WebAssembly.Module.customSections(module, "turnsearch.pack")[0]);
bindings.initSync({ module });
const engine = new bindings.Engine(pack);
const collection = engine.collection();
const columns = engine.columns();
const turnWith = (id) => ({
  ...turnOf(columns, collection.meetings, id),
  ...engine.texts([id])[0],
});

/** Runs the command line on the seeds and parses what it prints. */
function command(...args) {
  const text = execFileSync("cargo", ["run", "-q", "-p", "turnsearch-cli", "--", ...args], {
    cwd: fileURLToPath(root),
    encoding: "utf8",
    maxBuffer: 1 << 26,
  });
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}

const place = (turn) => {
  const { meeting, n } = turnOf(columns, collection.meetings, turn);
  return `${collection.meetings[meeting].source}:${n}`;
};

test("the module carries the pack and nothing of the machine it was built on", () => {
  assert.equal(new TextDecoder("latin1").decode(pack.subarray(1, 6)), "turns");
  const text = new TextDecoder("latin1").decode(wasm);
  assert.equal(/\/home\/|\/root\/|index\.crates\.io/.exec(text)?.[0], undefined);
});

test("it answers like the command line, hit for hit", () => {
  for (const query of [
    "加强合作",
    "DNS 滥用",
    "wsis+10 ITU",
    "顧問",
    "什么时候召开第一次会议",
    "duoliyi",
    "speaker:perrin 公共利益",
  ]) {
    const [answer, ...hits] = command("search", "seeds", "--query", query, "--limit", "20");
    const found = engine.search(query, { limit: 20 });
    assert.equal(found.total, answer.total, query);
    assert.deepEqual(
      found.hits.map((hit) => place(hit.turn)),
      hits.map((hit) => `${hit.source}:${hit.n}`),
      query,
    );
    assert.deepEqual(
      found.hits.map((hit) => hit.score),
      hits.map((hit) => Math.fround(hit.score)),
      query,
    );
    for (const [at, hit] of found.hits.entries()) {
      assert.equal(hit.snippet.text, hits[at].snippet.map(([text]) => text).join(""));
    }
  }
});

test("errors are codes, and their English is not in the module", () => {
  const text = new TextDecoder("latin1").decode(wasm);
  assert.ok(text.includes("not-a-pack"));
  for (const words of [
    "rebuild",
    "fetch or copy",
    "format version",
    "is damaged",
    "too early",
    "too large",
  ])
    assert.ok(!text.includes(words), words);
});

test("it returns every turn that the command line prints", () => {
  const turns = command("turns", "seeds");
  assert.equal(turns.length, collection.turns);
  const bySource = new Map(collection.meetings.map((meeting) => [meeting.source, meeting]));
  for (const printed of turns) {
    const turn = turnWith(bySource.get(printed.source).firstTurn + printed.n - 1);
    assert.equal(turn.text.slice(turn.headingEnd), printed.text);
    assert.equal(
      turn.speaker === null ? null : collection.speakers[turn.speaker].name,
      printed.speaker,
    );
    assert.equal(turn.n, printed.n);
    assert.equal(turn.heading.join(" > "), printed.heading ?? "");
    assert.equal(turn.startMs, printed.start_ms);
    assert.equal(turn.endMs, printed.end_ms);
    assert.deepEqual(
      turn.events.map((event) => event.text),
      printed.events.map((event) => event.text),
    );
    const own = turn.text.slice(0, turn.headingEnd).match(/^./gmu)?.length ?? 0;
    assert.equal(turn.headingLines, own);
  }
});

test("marks and snippets count in UTF-16", () => {
  const query = "互联网";
  for (const { turn, snippet } of engine.search(query, { limit: 100 }).hits) {
    for (const [text, marks] of [
      [snippet.text, snippet.marks],
      [engine.texts([turn])[0].text, engine.marks([turn], query, false)[0]],
    ]) {
      assert.ok(marks.length >= 2 && marks.length % 2 === 0);
      for (let at = 0; at < marks.length; at += 2)
        assert.equal(text.slice(marks[at], marks[at + 1]), query);
    }
  }
});

test("odd options and queries get an answer", () => {
  for (const options of [
    undefined,
    null,
    7,
    "x",
    {},
    { limit: "many", offset: NaN, sort: 3, speakers: "a", years: [1, null] },
  ]) {
    assert.equal(engine.search("互联网", options).hits.length, 10);
  }
  for (const query of [
    "",
    "\ud800",
    "\u0000",
    "x".repeat(1 << 20),
    '"'.repeat(10_000),
    "a OR ".repeat(10_000),
  ]) {
    assert.ok(engine.search(query, { limit: 1 }).hits.length <= 1);
    assert.ok(engine.suggest(query, 5).length <= 5);
  }
  assert.deepEqual(engine.texts([1 << 30]), [null]);
  assert.equal(engine.marks([1 << 30], "x", false)[0].length, 0);
});

test("no damaged pack gets in or brings the module down", () => {
  const rejects = (bytes, what) => assert.throws(() => new bindings.Engine(bytes), Error, what);
  for (let length = 0; length < pack.length; length += 97)
    rejects(pack.slice(0, length), `cut at ${length}`);
  for (let at = 0; at < pack.length; at += 61) {
    const damaged = pack.slice();
    damaged[at] ^= 0x10;
    rejects(damaged, `byte ${at} changed`);
  }
  rejects(new TextEncoder().encode("<!doctype html><title>404</title>"), "an error page");
  const newer = pack.slice();
  newer[8] += 1;
  assert.throws(() => new bindings.Engine(newer), { message: "pack/version 2 1" });
  assert.equal(
    new bindings.Engine(pack).search("互联网", {}).total,
    engine.search("互联网", {}).total,
  );
});

test("a long day leaves memory flat", () => {
  const memory = () => bindings.initSync({ module }).memory.buffer.byteLength;
  const queries = [
    "互联网",
    "dns",
    "多利益 模型",
    "“加强合作”",
    "什么时候开会",
    "duoliyi",
    "stakehodler",
  ];
  const run = (rounds) => {
    for (let round = 0; round < rounds; round += 1)
      engine.search(queries[round % queries.length], { limit: 10 });
  };
  run(500);
  const before = memory();
  run(5000);
  assert.equal(memory(), before);
});
