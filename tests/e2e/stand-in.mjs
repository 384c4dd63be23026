/** Serves the widget with collections and pages made up by a test. */
import { readFileSync } from "node:fs";

const engine = readFileSync(new URL("./stand-in-engine.js", import.meta.url));

/** The policy under which the widget has to work. */
export const STRICT_POLICY =
  "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; connect-src 'self'; " +
  "img-src 'self' data:; require-trusted-types-for 'script'";

/**
 * A fault for `startServer` that puts the stand-in engine with a collection in place of the real
 * one, and adds pages.
 *
 * @param {object | null} collection null keeps the real engine
 * @param {object} [more]
 * @param {Record<string, string>} [more.pages] bodies of pages by file name
 * @param {string | null} [more.policy] Content-Security-Policy of the pages, null for none
 * @param {import("./proxy.mjs").Fault} [more.fault] comes first
 * @returns {import("./proxy.mjs").Fault}
 */
export function standIn(collection, { pages = {}, policy = STRICT_POLICY, fault } = {}) {
  const wasm = collection && moduleWith(Buffer.from(JSON.stringify(collection)));
  return (path, before) => {
    const spoiled = fault?.(path, before);
    if (spoiled) return spoiled;
    const file = path.slice(path.lastIndexOf("/") + 1);
    if (wasm && file === "engine.js") return { body: engine };
    if (wasm && file === "engine_bg.wasm") return { body: wasm };
    if (!(file in pages)) return undefined;
    const body = `<!doctype html><html lang="en"><title>test</title><link rel="icon" href="data:,"><script type="module" src="turnsearch.js"></script>${pages[file]}`;
    const headers = {
      "content-type": "text/html; charset=utf-8",
      "content-security-policy": policy,
    };
    return { status: 200, headers, body };
  };
}

/**
 * The smallest WebAssembly module with a pack in its custom section.
 *
 * @param {Uint8Array} pack
 */
function moduleWith(pack) {
  const name = Buffer.from("turnsearch.pack");
  const section = Buffer.concat([leb128(name.length), name, pack]);
  const header = Buffer.from([0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00]);
  return Buffer.concat([header, Buffer.from([0]), leb128(section.length), section]);
}

/** @param {number} value */
function leb128(value) {
  const bytes = [];
  let rest = value;
  do {
    const byte = rest & 0x7f;
    rest >>>= 7;
    bytes.push(rest ? byte | 0x80 : byte);
  } while (rest);
  return Buffer.from(bytes);
}

/**
 * A collection of one or more meetings in the form that the engine gives out.
 *
 * @param {object[]} meetings each with `turns`: a list of `[speaker or null, text, more]`
 */
export function collectionOf(meetings) {
  const made = { title: null, language: "zh-Hans", meetings: [], speakers: [], turns: [] };
  for (const { turns, ...meeting } of meetings) {
    const id = made.meetings.length;
    const blank = {
      kind: "transcript",
      event: null,
      date: null,
      time: null,
      zone: null,
      place: null,
      language: null,
      url: null,
      media: null,
    };
    made.meetings.push({
      ...blank,
      slug: `meeting-${id}`,
      title: `Meeting ${id}`,
      ...meeting,
      id,
      firstTurn: made.turns.length,
      turns: turns.length,
    });
    for (const [index, [name, text, more]] of turns.entries()) {
      const speaker = name === null ? null : speakerId(made.speakers, name, text);
      const turn = {
        id: made.turns.length,
        n: index + 1,
        meeting: id,
        speaker,
        heading: [],
        headingEnd: 0,
        text,
        events: [],
        startMs: null,
        endMs: null,
      };
      made.turns.push({ ...turn, ...more });
    }
  }
  return made;
}

/**
 * @param {{ id: number, name: string, turns: number, characters: number }[]} speakers
 * @param {string} name
 * @param {string} text
 */
function speakerId(speakers, name, text) {
  let speaker = speakers.find((each) => each.name === name);
  if (!speaker) {
    speaker = { id: speakers.length, name, aliases: [], role: null, turns: 0, characters: 0 };
    speakers.push(speaker);
  }
  speaker.turns += 1;
  speaker.characters += text.length;
  return speaker.id;
}
