// Every code of an error has words in every language of the interface, and they say what the code
// says.

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { test } from "node:test";
import { ERRORS, worded } from "../../www/i18n/errors.js";

const root = new URL("../../", import.meta.url);
const source = (path) => readFile(new URL(path, root), "utf8");

/** Each code with values such as it has. */
const CODES = [
  "file/status 404 Not Found",
  "file/stalled 30",
  "file/unreachable Failed to fetch",
  "engine/invalid expected magic word",
  "engine/empty",
  "engine/stopped unreachable",
  "engine/failed import is missing",
  "pack/not-a-pack",
  "pack/version 7 1",
  "pack/length 100 50",
  "pack/cut 100 50 text",
  "pack/header",
  "pack/damaged coll",
  "pack/missing coll",
  "pack/malformed coll ends-early",
];

/** The languages of the interface: its files but for this one. */
const languages = (await readdir(new URL("www/i18n/", root)))
  .filter((name) => name !== "errors.js")
  .map((name) => name.replace(".js", ""));

test("every code has words in every language, with all of its values", () => {
  assert.deepEqual(Object.keys(ERRORS).sort(), languages.sort());
  for (const language of languages) {
    const codes = CODES.map((code) => code.split(" ")[0]);
    assert.deepEqual(Object.keys(ERRORS[language]).sort(), codes.sort(), language);
    const said = CODES.map((code) => {
      const words = worded({ code, address: "a.turns", message: "" }, language);
      for (const value of ["a.turns", ...code.split(" ").slice(1)])
        assert.ok(words.includes(value), `${language}, ${code}: ${words}`);
      assert.doesNotMatch(words, /[{}]|undefined/);
      assert.match(words, language === "en" ? /\. ?[A-Z].*\.$/s : /[。：].*。$/s, "what to do");
      return words;
    });
    assert.equal(new Set(said).size, CODES.length, language);
  }
});

test("what has no code, or one that is not known, is said as it is", () => {
  assert.equal(worded({ message: "Invalid URL" }, "zh-Hans"), "Invalid URL");
  assert.equal(worded({ code: "pack/new 1", message: "pack/new 1" }, "en"), "pack/new 1");
  assert.match(
    worded({ code: "pack/header", address: "a", message: "" }, "fr"),
    /^The header of a/,
  );
});

test("these are the codes that the engine and the client have", async () => {
  const engine = await source("crates/pack/src/error.rs");
  const client = (await Promise.all(["www/load.js", "www/client/download.js"].map(source))).join();
  for (const code of CODES) {
    const [name] = code.split(" ");
    const [room, what] = name.split("/");
    assert.ok(room === "pack" ? engine.includes(`"${what}`) : client.includes(name), name);
  }
  const used = [...client.matchAll(/["`]((?:file|engine|pack)\/[a-z-]+)/g)].map(([, name]) => name);
  for (const name of used) assert.ok(name in ERRORS.en, name);
});
