/**
 * What is asked: the queries that people have judged, or queries drawn from the turns of any
 * collection.
 */

import { readFileSync } from "node:fs";

import { pick, random } from "./random.js";

/** @import { Query, Turn } from "./types.js" */

const SEED = 20_260_101;

/** Queries of each kind that are drawn. */
const EACH = 20;
/** Draws after which a kind counts as one that the collection cannot give. */
const MOST_DRAWS = 20_000;

/**
 * The judged queries of `tests/relevance`, their places as indices of turns.
 * @param {URL} folder
 * @param {Turn[]} turns
 * @returns {Query[]}
 */
export function judgedQueries(folder, turns) {
  return ["tune.tsv", "held.tsv"].flatMap((file) =>
    readFileSync(new URL(file, folder), "utf8")
      .split("\n")
      .filter((line) => line.trim() && !line.startsWith("#") && !line.startsWith("kind\t"))
      .map((line) => {
        const [kind, query, expected] = line.split("\t");
        const places = expected === "none" ? [] : expected.split(" ");
        return { kind, query, expected: places.flatMap((place) => turnsAt(place, turns)) };
      }),
  );
}

/**
 * `002:3,5-7`: turns 3 and 5 to 7 of the source whose name begins with 002.
 * @param {string} place
 * @param {Turn[]} turns
 */
function turnsAt(place, turns) {
  const [source, numbers] = place.split(":");
  return numbers.split(",").flatMap((range) => {
    const [from, to = from] = range.split("-").map(Number);
    const found = [];
    for (let n = from; n <= to; n += 1) {
      const turn = turns.findIndex((turn) => turn.source.startsWith(source) && turn.n === n);
      if (turn < 0) throw new Error(`tests/relevance: ${place}: there is no turn ${n}`);
      found.push(turn);
    }
    return found;
  });
}

/**
 * Queries drawn from the turns, by kind; the same turns give the same queries.
 * @param {Turn[]} turns
 * @returns {Query[]}
 */
export function drawnQueries(turns) {
  const texts = turns.map(({ text }) => text).filter((text) => text.length > 0);
  const all = texts.join("\n").toLowerCase();
  const next = random(SEED);
  const han = (/** @type {number} */ least, /** @type {number} */ most) => () => {
    const run = pick(pick(texts, next).match(/\p{Script=Han}+/gu) ?? [""], next);
    const length = least + Math.floor(next() * (most - least + 1));
    const at = Math.floor(next() * (run.length - length + 1));
    return run.length < length ? "" : run.slice(at, at + length);
  };
  const latin = () => pick(pick(texts, next).match(/\b[A-Za-z]{3,}\b/gu) ?? [""], next);
  const misspelt = () => {
    const word = latin().toLowerCase();
    const at = 1 + Math.floor(next() * (word.length - 2));
    const wrong = word.slice(0, at) + word.slice(at + 1);
    return word.length < 6 || all.includes(wrong) ? "" : wrong;
  };
  const two = han(2, 2);
  const apart = () => {
    const runs = pick(texts, next).match(/\p{Script=Han}{2}/gu) ?? [""];
    const [first, second] = [pick(runs, next), pick(runs, next)];
    return first && second ? `${first} ${second}` : "";
  };
  const question = () => {
    const [first, second] = [two(), two()];
    return first && second ? `${first}什么时候${second}` : "";
  };
  const absent = () => {
    const text = [two(), two()].join("");
    return text.length < 4 || all.includes(text) ? "" : text;
  };
  /** @type {[string, () => string][]} */
  const kinds = [
    ["one ideograph", han(1, 1)],
    ["two ideographs", two],
    ["three to five ideographs", han(3, 5)],
    ["Latin word", latin],
    ["two parts", apart],
    ["question", question],
    ["two words that nowhere touch", absent],
    ["misspelt Latin word", misspelt],
  ];
  return kinds.flatMap(([kind, draw]) => distinct(draw).map((query) => ({ kind, query })));
}

/** @param {() => string} draw gives an empty text where a draw fails */
function distinct(draw) {
  /** @type {Set<string>} */
  const found = new Set();
  for (let draws = 0; found.size < EACH && draws < MOST_DRAWS; draws += 1) {
    const query = draw();
    if (query) found.add(query);
  }
  return [...found];
}
