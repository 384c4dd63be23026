/** Tables in Markdown, and their place in a document. */

import { readFileSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";

/**
 * @param {string[]} head the first column holds names, all others numbers
 * @param {string[][]} rows
 */
export function table(head, rows) {
  const line = (/** @type {string[]} */ cells) => `| ${cells.join(" | ")} |`;
  const rule = ["---", ...head.slice(1).map(() => "--:")];
  return [line(head), `|${rule.join("|")}|`, ...rows.map(line)].join("\n");
}

/**
 * Puts `text` between `<!-- name:begin -->` and `<!-- name:end -->` of a document.
 * @param {string | URL} document
 * @param {string} name
 * @param {string} text
 */
export function replaceSection(document, name, text) {
  const [begin, end] = [`<!-- ${name}:begin -->`, `<!-- ${name}:end -->`];
  const before = readFileSync(document, "utf8");
  const [from, to] = [before.indexOf(begin), before.indexOf(end)];
  if (from < 0 || to < from)
    throw new Error(`${document}: it has no place between ${begin} and ${end}`);
  writeFileSync(
    document,
    `${before.slice(0, from + begin.length)}\n\n${text}\n\n${before.slice(to)}`,
  );
}

/** Kilobytes of 1,000 bytes. */
export function kilobytes(/** @type {number} */ bytes) {
  return (bytes / 1000).toLocaleString("en", { maximumFractionDigits: bytes < 100_000 ? 1 : 0 });
}

/** Megabytes of 1,000,000 bytes. */
export function megabytes(/** @type {number} */ bytes) {
  return (bytes / 1e6).toFixed(1);
}

/** Milliseconds with the digits that mean something. */
export function milliseconds(/** @type {number} */ time) {
  if (time >= 100) return Math.round(time).toLocaleString("en");
  return time >= 10 ? time.toFixed(1) : time.toFixed(time >= 1 ? 2 : 3);
}

/** @param {number | undefined} share */
export function percent(share) {
  return share === undefined ? "–" : `${(100 * share).toFixed(1)} %`;
}

/**
 * What a reader must know of the machine and the run.
 * @param {import("playwright-core").Browser} browser
 * @param {Record<string, string>} more
 */
export function setting(browser, more = {}) {
  const facts = {
    date: new Date().toISOString().slice(0, 10),
    machine: `${cpus().length} × ${cpus()[0]?.model.trim() ?? "unknown"}`,
    Chromium: browser.version(),
    node: process.version.slice(1),
    ...more,
  };
  return Object.entries(facts)
    .map(([name, value]) => `${name} ${value}`)
    .join("; ");
}
