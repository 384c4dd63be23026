/**
 * What the peers share: how a query is cut, how a text is cut into terms, and how a snippet is
 * made.
 */

/** @import { Turn } from "./types.js" */

/** Characters of a snippet, before and after the start of the match. */
const BEFORE = 30;
const AFTER = 70;

/** Runs of ideographs, and runs of letters and digits of any other script. */
const RUNS = /\p{Script=Han}+|[^\P{L}\p{Script=Han}]+[\p{N}\p{M}]*|\p{N}+/gu;

/**
 * Parts of a query between blanks, lower case: all of them are asked for.
 * @param {string} query
 */
export function parts(query) {
  return query.toLowerCase().split(/\s+/u).filter(Boolean);
}

/**
 * Overlapping pairs of ideographs, single ones where they stand alone, and words of other scripts.
 * @param {string} text
 */
export function bigrams(text) {
  const terms = [];
  for (const [run] of text.toLowerCase().matchAll(RUNS)) {
    const characters = /^\p{Script=Han}/u.test(run) ? [...run] : [run];
    if (characters.length === 1) terms.push(run);
    for (let at = 0; at + 1 < characters.length; at += 1)
      terms.push(characters[at] + characters[at + 1]);
  }
  return terms;
}

/**
 * Words as the platform cuts them.
 * @param {string} text
 */
export function words(text) {
  segmenter ??= new Intl.Segmenter("zh", { granularity: "word" });
  const words = [];
  for (const { segment, isWordLike } of segmenter.segment(text.toLowerCase())) {
    if (isWordLike) words.push(segment);
  }
  return words;
}

/** @type {Intl.Segmenter | undefined} */
let segmenter;

/**
 * A plain cut of `text` around the first of `terms` that stands in it.
 * @param {string} text
 * @param {string[]} terms
 */
export function snippet(text, terms) {
  const lower = text.toLowerCase();
  let at = 0;
  for (const term of terms) {
    at = lower.indexOf(term);
    if (at >= 0) break;
  }
  return text.slice(Math.max(0, at - BEFORE), Math.max(0, at) + AFTER);
}

/**
 * The turns as a page ships them for peers that keep no texts.
 * @param {Turn[]} turns
 */
export function turnsFile(turns) {
  const rows = turns.map(({ speaker, text }) => [speaker, text]);
  return { name: "turns.json", bytes: JSON.stringify(rows), preload: true };
}

/**
 * What {@link turnsFile} holds, as it arrives in the page.
 * @returns {Promise<[speaker: string, text: string][]>}
 */
export async function fetchTurns() {
  return fetchJson("turns.json");
}

/** @param {string} name */
export async function fetchJson(name) {
  const response = await fetch(name);
  if (!response.ok) throw new Error(`${name}: ${response.status} ${response.statusText}`);
  return response.json();
}

/**
 * Asks for everything first, and for anything where nothing has everything.
 * @template T
 * @param {(anything: boolean) => T[]} ask
 */
export function allThenAny(ask) {
  const exact = ask(false);
  return exact.length
    ? { results: exact, approximate: false }
    : { results: ask(true), approximate: true };
}
