/** The turns of a collection, as `turnsearch turns` prints them. */

import { execFileSync } from "node:child_process";

/** @import { Turn } from "./types.js" */

const MOST_BYTES = 1 << 30;

/** Between the headings of a path, outermost first. */
const HEADING_SEPARATOR = " > ";

/**
 * @param {string} command the compiled `turnsearch`
 * @param {string[]} inputs
 * @returns {Turn[]} in the order of the pack
 */
export function readTurns(command, inputs) {
  const lines = execFileSync(command, ["turns", ...inputs], {
    encoding: "utf8",
    maxBuffer: MOST_BYTES,
  });
  let before = { source: "", heading: /** @type {string[]} */ ([]) };
  return lines
    .trimEnd()
    .split("\n")
    .map((line) => {
      const { source, n, speaker, heading, text } = JSON.parse(line);
      const path = heading?.split(HEADING_SEPARATOR) ?? [];
      const same = source === before.source ? sharedHeadings(path, before.heading) : 0;
      before = { source, heading: path };
      return { source, n, speaker: speaker ?? "", text: [...path.slice(same), text].join("\n") };
    });
}

/** @param {string[]} path @param {string[]} before */
function sharedHeadings(path, before) {
  const differs = path.findIndex((heading, level) => heading !== before[level]);
  return differs < 0 ? path.length : differs;
}
